//! What rests on an entry of a register's row that can't stand, and is told with it: a day to come where it must be past, one before a day that it must follow, a key that another
//! row has already, and a row that names itself where it is to name another.
//!
//! That it does is proved: with another entry there or none, or without the row that repeats a key, nothing is wrong.

use crate::finding::{Finding, Place, Severity};
use crate::framework::{RegisterColumn, RegisterSpec};
use crate::returns::{EntryValue, Return, Row};
use crate::rules::Judged;
use crate::rules::answer::{date_in_future, date_out_of_order};
use crate::rules::register::identifier_repeated;
use crate::wording::Wording;

use super::Effects;
use super::blank::unlisted;
use super::in_register::{column_at, row_at};
use super::trial::{doubt, gone, leave_out, put};
use super::verdict::{is_own, say};

/// The most findings whose entries are tried.
const MOST: usize = 6;

/// Returns what follows from entries that can't stand; `effects` has what is known already. What was told with a row that marks go against is
/// told with such an entry sooner.
pub(super) fn explained(judged: &Judged, findings: &[Finding], effects: &Effects) -> Effects {
    let mut explained = Effects::new();
    let entries = findings.iter().enumerate();
    let entries = entries.filter_map(|(index, finding)| Some((index, Unfit::of(judged, finding)?)));
    for (index, unfit) in entries.take(MOST) {
        let is_marked = |cause: &usize| is_own(judged, &findings[*cause]);
        let is_told = |other: &usize| {
            effects.contains_key(other) || effects.iter().any(|(cause, own)| own.contains(other) && !is_marked(cause))
        };
        let is_taken = |other: &usize| explained.values().flatten().any(|taken| taken == other);
        let follow = unfit.follow(judged, findings, &findings[index].place);
        let own: Vec<usize> =
            follow.into_iter().filter(|other| *other != index && !is_told(other) && !is_taken(other)).collect();
        if !own.is_empty() {
            explained.insert(index, own);
        }
    }
    explained
}

/// Takes what follows from entries out of what marks go against, and leaves out the rows of which nothing else is said.
pub(super) fn without_marked(explained: &Effects, effects: &mut Effects) {
    let is_taken = |other: &usize| explained.values().flatten().any(|taken| taken == other);
    for own in effects.values_mut() {
        own.retain(|other| !is_taken(other));
    }
    effects.retain(|_, own| !own.is_empty());
}

/// Why an entry can't stand.
enum Unfit<'a> {
    /// It is a day to come.
    ToCome,
    /// It is a day before one that it must follow.
    OutOfOrder,
    /// It is a key that another row has.
    Repeated(&'a RegisterSpec),
    /// It names its own row.
    OwnRow,
}

impl<'a> Unfit<'a> {
    /// Returns why the entry of a finding can't stand; `None` where it can.
    fn of(judged: &Judged<'a>, finding: &Finding) -> Option<Self> {
        let (spec, _, row) = row_at(judged, &finding.place)?;
        let column = column_at(spec, row, &finding.place)?;
        if finding.is_of(&date_in_future::RULE) {
            return Some(Self::ToCome);
        }
        if finding.is_of(&date_out_of_order::RULE) {
            return Some(Self::OutOfOrder);
        }
        if finding.is_of(&identifier_repeated::RULE) && finding.severity == Severity::Error {
            return (spec.key.as_ref() == Some(&column.id)).then_some(Self::Repeated(spec));
        }
        (is_own(judged, finding) && names_itself(spec, column, row)).then_some(Self::OwnRow)
    }

    /// Returns the findings that aren't made where it is put right, in the way that leaves the fewest.
    fn follow(&self, judged: &Judged, findings: &[Finding], place: &Place) -> Vec<usize> {
        let without = || gone(judged, findings, |sent| put(sent, place, None));
        let tried = match self {
            Self::OwnRow => vec![without()],
            Self::OutOfOrder => vec![gone(judged, findings, |sent| doubt(judged, sent, place))],
            Self::ToCome => {
                let today = date_in_future::today(judged).map(EntryValue::Date);
                let then = today.map(|today| gone(judged, findings, |sent| enter(sent, place, &today)));
                then.into_iter().chain([without()]).collect()
            }
            Self::Repeated(spec) => {
                let cited = unlisted(judged, findings, spec).into_iter().map(|(index, key)| {
                    let named = [(place.clone(), key.to_owned())];
                    let mut gone = gone(judged, findings, |sent| say(sent, &named));
                    gone.push(index);
                    gone
                });
                let number = place.cells().map_or(0, |cells| cells.first.row);
                let left = gone(judged, findings, |sent| leave_out(sent, place, |row| row == number));
                cited.chain([left]).collect()
            }
        };
        tried.into_iter().max_by_key(Vec::len).unwrap_or_default()
    }
}

/// Whether a row names itself where it is to name another of its register.
fn names_itself(spec: &RegisterSpec, column: &RegisterColumn, row: &Row) -> bool {
    let given = |column: &str| row.given(column).map(|entry| Wording::of(&entry.to_string()));
    let key = spec.key.as_ref().and_then(|key| given(key.as_str()));
    column.refers_to.as_ref() == Some(&spec.id) && key.is_some() && given(column.id.as_str()) == key
}

/// Puts an entry in place of what stands at a cell of a register.
fn enter(sent: &mut Return, place: &Place, entry: &EntryValue) {
    let Some((sheet, cells)) = place.sheet().zip(place.cells()) else { return };
    let registers = sent.registers.values_mut().filter(|register| register.sheet == sheet);
    registers.for_each(|register| register.enter(cells.first, entry));
}
