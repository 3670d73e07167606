//! What cites a row of a register by a key that isn't listed, as where one row was given another key: what rests on it is told with it.
//!
//! That it does is proved: with a row that nothing cites under that key, nothing is wrong there.

use crate::finding::{Finding, Place, Severity};
use crate::framework::{ColumnId, RegisterSpec};
use crate::returns::rule::CHOICE_UNKNOWN;
use crate::returns::{Register, Row};
use crate::rules::Judged;
use crate::wording::Wording;

use super::trial::gone;
use super::verdict::say;
use super::{Effects, is_known};

/// The most rows that are tried as the one that is meant.
const MOST: usize = 3;

/// Returns what follows from keys that are cited and aren't listed.
pub(super) fn explained(judged: &Judged, findings: &[Finding], effects: &Effects) -> Effects {
    let mut explained = Effects::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| is_unknown(finding)) {
        let Some((spec, key)) = cited(judged, finding) else { continue };
        let tried = uncited(judged, spec).into_iter().take(MOST).map(|place| {
            let renamed = [(place, key.to_owned())];
            gone(judged, findings, |sent| say(sent, &renamed))
        });
        let follows = |other: &usize| *other != index && !is_known(effects, *other) && !is_known(&explained, *other);
        let most = tried.max_by_key(Vec::len).unwrap_or_default();
        let most: Vec<usize> = most.into_iter().filter(follows).collect();
        if !most.is_empty() {
            explained.insert(index, most);
        }
    }
    explained
}

/// Whether a finding says that something is none of the choices.
fn is_unknown(finding: &Finding) -> bool {
    finding.is_of(&CHOICE_UNKNOWN) && finding.severity == Severity::Error
}

/// Returns the register of which a finding says that a key isn't listed, and the key.
pub(super) fn cited<'a, 'b>(judged: &Judged<'a>, finding: &'b Finding) -> Option<(&'a RegisterSpec, &'b str)> {
    let key = finding.subject.as_deref()?;
    let framework = judged.framework;
    let other = framework.registers.iter().find_map(|spec| {
        let register =
            judged.sent.registers.get(&spec.id).filter(|register| finding.sheet() == Some(&register.sheet))?;
        spec.columns.iter().find_map(|column| {
            let of_cell = column.refers_to.as_ref().filter(|_| stands_in(register, &column.id, &finding.place));
            of_cell.or_else(|| column.each.as_ref().filter(|_| heads(register, key, &finding.place)))
        })
    })?;
    Some((framework.register(other.as_str())?, key))
}

/// Whether a place is a cell of a column in one of a register's rows.
fn stands_in(register: &Register, column: &ColumnId, place: &Place) -> bool {
    register.rows.iter().filter_map(|row| row.entry(column.as_str())).any(|entry| entry.place() == *place)
}

/// Whether a place is above all rows, in a column of a name.
fn heads(register: &Register, column: &str, place: &Place) -> bool {
    let Some(at) = register.rows.first().and_then(|row| row.entry(column)?.at()) else { return false };
    place.cells().is_some_and(|cells| cells.first.column == at.column && cells.first.row < at.row)
}

/// Returns where the keys of rows stand that nothing cites.
fn uncited(judged: &Judged, spec: &RegisterSpec) -> Vec<Place> {
    let Some((key, register)) = spec.key.as_ref().zip(judged.sent.registers.get(&spec.id)) else { return Vec::new() };
    let cited: Vec<Wording> = citing(judged, spec).iter().map(|key| Wording::of(key)).collect();
    let keys = register.rows.iter().filter_map(|row| row.entry(key.as_str()));
    let free = keys.filter(|key| key.given().is_some_and(|key| !cited.contains(&Wording::of(&key.to_string()))));
    free.map(|key| key.place()).collect()
}

/// Returns all that cites rows of a register: references to it, and the headings of columns that there are for each of its rows.
fn citing(judged: &Judged, spec: &RegisterSpec) -> Vec<String> {
    let mut citing = Vec::new();
    for (other, register) in
        judged.framework.registers.iter().filter_map(|other| Some((other, judged.sent.registers.get(&other.id)?)))
    {
        for column in &other.columns {
            if column.refers_to.as_ref() == Some(&spec.id) {
                let given = register.rows.iter().filter_map(|row| row.given(column.id.as_str()));
                citing.extend(given.map(ToString::to_string));
            } else if column.each.as_ref() == Some(&spec.id) {
                citing.extend(register.rows.first().into_iter().flat_map(Row::columns).map(ToString::to_string));
            }
        }
    }
    citing
}
