//! What rests on an entry of a register's row that has to be filled in and is blank, or on a row that most marks go against, is told with it.
//!
//! That it does is proved: with one of the choices there, or with the key that others cite and no row has, nothing is wrong.

use crate::finding::{Finding, Place, Severity};
use crate::framework::{RegisterColumn, RegisterSpec};
use crate::returns::Row;
use crate::returns::rule::{CHOICE_UNKNOWN, PLACEHOLDER_LEFT};
use crate::rules::Judged;
use crate::rules::answer::field_blank;

use super::in_register::{column_at, row_at};
use super::trial::gone;
use super::unlisted::cited;
use super::verdict::{is_own, say};
use super::{Effects, is_known};

/// The most findings whose entries are tried.
const MOST: usize = 6;

/// Returns what follows from blanks and from rows that marks go against; `effects` has what is known of both.
pub(super) fn explained(judged: &Judged, findings: &[Finding], effects: &Effects) -> Effects {
    let mut explained = Effects::new();
    let tried = findings.iter().enumerate().filter_map(|(index, finding)| {
        let is_marked = is_own(judged, finding) && effects.contains_key(&index);
        Some((index, Entries::of(judged, finding, is_marked)?))
    });
    for (index, entries) in tried.take(MOST) {
        let follows = |other: &usize| *other != index && !is_known(effects, *other) && !is_known(&explained, *other);
        let own: Vec<usize> = entries.follow(judged, findings).into_iter().collect();
        let is_cited = |other: &usize| is_unlisted(&findings[*other]) && !is_effect(&explained, *other);
        let own: Vec<usize> = own.into_iter().filter(|other| follows(other) || is_cited(other)).collect();
        if !own.is_empty() {
            explained.insert(index, own);
        }
    }
    explained
}

/// Whether a finding follows from another.
fn is_effect(effects: &Effects, index: usize) -> bool {
    effects.values().flatten().any(|effect| *effect == index)
}

/// Whether a finding says that something is none of the choices.
fn is_unlisted(finding: &Finding) -> bool {
    finding.is_of(&CHOICE_UNKNOWN) && finding.severity == Severity::Error
}

/// What may be put right in a row.
enum Entries<'a> {
    /// Choices: the cells, each with what it may hold.
    Choices(Vec<(Place, &'a [Vec<String>])>),
    /// The key, which no other row lacks.
    Key(&'a RegisterSpec, Place),
}

impl<'a> Entries<'a> {
    /// Returns what may be put right at a finding: the blank entry, or the choices of a row that marks go against.
    fn of(judged: &Judged<'a>, finding: &Finding, is_marked: bool) -> Option<Self> {
        let (spec, register, row) = row_at(judged, &finding.place)?;
        let column = column_at(spec, row, &finding.place)?;
        let is_key = spec.key.as_ref() == Some(&column.id);
        if is_marked && is_key {
            let choices = spec.columns.iter().filter_map(|column| choices(row, column));
            return Some(Self::Choices(choices.collect()));
        }
        let is_blank = finding.is_of(&field_blank::RULE);
        if is_key && (is_blank || finding.is_of(&PLACEHOLDER_LEFT)) {
            let lacking = register.rows.iter().filter(|row| row.given(column.id.as_str()).is_none()).count();
            return (lacking == 1).then(|| Self::Key(spec, finding.place.clone()));
        }
        Some(Self::Choices(vec![choices(row, column).filter(|_| is_blank)?]))
    }

    /// Returns the findings that aren't made where it is put right, in the way that leaves the fewest.
    fn follow(&self, judged: &Judged, findings: &[Finding]) -> Vec<usize> {
        let with = |place: &Place, word: &str| {
            let said = [(place.clone(), word.to_owned())];
            gone(judged, findings, |sent| say(sent, &said))
        };
        match self {
            Self::Choices(cells) => {
                let tried = cells.iter().flat_map(|(place, choices)| choices.iter().map(move |names| (place, names)));
                tried.map(|(place, names)| with(place, &names[0])).max_by_key(Vec::len).unwrap_or_default()
            }
            Self::Key(spec, place) => {
                let unlisted: Vec<(usize, &str)> = unlisted(judged, findings, spec);
                let is_one = unlisted.iter().all(|(_, key)| *key == unlisted[0].1);
                let tried = unlisted.iter().map(|(_, key)| (*key, with(place, key)));
                let best = tried.max_by_key(|(_, gone)| gone.len());
                let best = best.filter(|(_, gone)| is_one || !gone.is_empty());
                let Some((key, gone)) = best else { return Vec::new() };
                let citing = unlisted.iter().filter(|(_, other)| *other == key).map(|(index, _)| *index);
                gone.into_iter().chain(citing).collect()
            }
        }
    }
}

/// Returns the findings that cite a row of a register by a key that none has, with the key.
pub(super) fn unlisted<'f>(judged: &Judged, findings: &'f [Finding], spec: &RegisterSpec) -> Vec<(usize, &'f str)> {
    let all = findings.iter().enumerate().filter(|(_, finding)| is_unlisted(finding));
    let of = |(index, finding): (usize, &'f Finding)| {
        let (other, key) = cited(judged, finding)?;
        (other.id == spec.id).then_some((index, key))
    };
    all.filter_map(of).collect()
}

/// Returns the cell of a row's entry that is a choice, with the choices.
fn choices<'a>(row: &Row, column: &'a RegisterColumn) -> Option<(Place, &'a [Vec<String>])> {
    Some((row.entry(column.id.as_str())?.place(), column.kind.choices()?))
}
