//! The headings of a roster, told by their words.

use std::collections::BTreeSet;

use crate::framework::{FieldRole, Framework};
use crate::wording::{Wording, name_words};

use super::error::RosterError;
use super::lines::{Line, below_heading};

/// Words one of which a heading over names has.
const ORGANISATION: [&str; 5] = ["organisation", "organization", "organisations", "organizations", "org"];
/// Words that it may have beside.
const BESIDE_ORGANISATION: [&str; 9] = ["name", "names", "of", "the", "full", "legal", "your", "s", "official"];
/// Words one of which a heading over expected kinds of return has.
const KINDS: [&str; 6] = ["kind", "kinds", "return", "returns", "type", "types"];
/// Words that it may have beside; the first it must have.
const BESIDE_KINDS: [&str; 6] = ["expected", "of", "the", "assessment", "assessments", "form"];

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// The names of organisations.
    Organisation,
    /// The kinds of return that are expected.
    Kinds,
    /// What organisations can be grouped by, under this name.
    Group(String),
    /// It has no heading.
    Nothing,
}

/// The headings of a roster.
#[derive(Debug)]
pub(super) struct Headings {
    /// The line that they stand in.
    pub(super) line: u64,
    /// What each column holds.
    pub(super) columns: Vec<Holds>,
}

/// Returns what the frameworks' forms call an organisation.
pub(super) fn names_of_organisations(frameworks: &[Framework]) -> BTreeSet<Wording> {
    let fields = frameworks.iter().filter_map(|framework| framework.field_for(FieldRole::Organisation));
    fields.flat_map(|field| std::iter::once(&field.label).chain(&field.also)).map(|label| Wording::of(label)).collect()
}

impl Headings {
    /// Whether some of the lines are headings.
    pub(super) fn stand_in(lines: &[Line], names: &BTreeSet<Wording>) -> bool {
        below(lines, names).is_some()
    }

    /// Finds the line of the headings, and what stands below it.
    pub(super) fn find<'a>(lines: &'a [Line], names: &BTreeSet<Wording>) -> Result<(Self, &'a [Line]), RosterError> {
        let Some((line, below)) = below(lines, names) else {
            let first = lines.first().map(|line| line.entries.iter().filter(|entry| !entry.is_empty()).cloned());
            return Err(RosterError::NoOrganisation(first.into_iter().flatten().collect()));
        };
        let mut columns: Vec<Holds> = line.entries.iter().map(|heading| Holds::of(heading, names)).collect();
        let plain: Vec<usize> = (0..columns.len()).filter(|at| is_plain(&line.entries[*at])).collect();
        let of_names: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == Holds::Organisation).collect();
        if let ([one], true) = (&plain[..], of_names.len() > 1) {
            for other in of_names.iter().filter(|other| *other != one) {
                columns[*other] = Holds::Group(column_name(&line.entries[*other]));
            }
        } else if of_names.len() > 1 {
            let headings = of_names.iter().map(|at| format!("“{}”", line.entries[*at])).collect();
            return Err(RosterError::SeveralColumns { line: line.number, headings });
        }
        Ok((Self { line: line.number, columns }, below))
    }

    /// Returns what stands beyond the last heading of a line.
    pub(super) fn beyond<'a>(&self, line: &'a Line) -> Option<&'a str> {
        line.entries.iter().skip(self.columns.len()).find(|entry| !entry.is_empty()).map(String::as_str)
    }
}

/// Returns the first line that has a heading over names, and the lines below it.
fn below<'a>(lines: &'a [Line], names: &BTreeSet<Wording>) -> Option<(&'a Line, &'a [Line])> {
    let is_of_names = |entry: &String| Holds::of(entry, names) == Holds::Organisation;
    below_heading(lines, |line| line.entries.iter().any(is_of_names))
}

/// Whether a heading is the one that the program itself gives a column of names.
fn is_plain(heading: &str) -> bool {
    column_name(heading) == ORGANISATION[0]
}

impl Holds {
    /// Says what stands below a heading.
    fn of(heading: &str, names: &BTreeSet<Wording>) -> Self {
        if heading.is_empty() {
            return Self::Nothing;
        }
        let words = name_words(&heading.replace('_', " "));
        let has = |one_of: &[&str], beside: &[&str]| {
            let is_one = |word: &String| one_of.contains(&word.as_str());
            words.iter().any(is_one) && words.iter().all(|word| is_one(word) || beside.contains(&word.as_str()))
        };
        if has(&ORGANISATION, &BESIDE_ORGANISATION) || names.contains(&Wording::of(heading)) {
            Self::Organisation
        } else if has(&KINDS, &BESIDE_KINDS) && words.iter().any(|word| word == BESIDE_KINDS[0]) {
            Self::Kinds
        } else {
            Self::Group(column_name(heading))
        }
    }
}

/// Returns the heading as columns are named: `Legal form` is `legal_form`.
fn column_name(heading: &str) -> String {
    Wording::of(heading).as_str().replace([' ', '-'], "_")
}
