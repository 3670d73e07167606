//! Who was expected, and who belongs to whom: the roster as read.
//!
//! It is a list of organisations, a line each, below a line of headings: `organisation`, `expected_kinds` (several with `;` between) and
//! whatever else there is to group by, such as `region`. They are found by their words, in any order, below whatever title
//! stands above them. `lines` reads the file, whatever program saved it; `heading` knows the headings.

mod error;
mod heading;
pub(in crate::season) mod lines;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::framework::{FieldRole, Framework, meant};
use crate::returns::names_nothing;
use crate::wording::{Wording, name_words, nearest};
use crate::workbook::Source;

pub use error::RosterError;
use heading::{Headings, Holds};
use lines::{Line, SavedAs};

/// Kinds less alike than this aren't offered as what may be meant.
const NEAR_KIND: f64 = 0.6;

/// Who was expected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The organisations, in the file's order, each once, or once for each framework that is named.
    organisations: Vec<Expected>,
    /// Where among them an organisation is, by the wording of its name.
    places: HashMap<Wording, Vec<usize>>,
    /// What of the file people should look at, a sentence each.
    pub doubts: Vec<String>,
}

/// An organisation that was expected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Its name.
    pub organisation: String,
    /// The kinds of return that are expected; empty where one return of any kind will do.
    pub kinds: Vec<String>,
    /// What it can be grouped by, by column: `region`, `group`.
    pub columns: BTreeMap<String, String>,
}

impl Roster {
    /// Returns a roster of these.
    pub fn of(organisations: impl IntoIterator<Item = Expected>) -> Self {
        let mut roster = Self::default();
        organisations.into_iter().for_each(|expected| roster.add(expected));
        roster
    }

    /// Reads a roster: text with commas, semicolons or tabs between its columns, in any of the letters that programs save it in,
    /// or a workbook. Names of organisations may stand below what the frameworks' forms call them, and kinds of return are
    /// written as the forms write them.
    ///
    /// ```
    /// # use scrutineer::season::Roster;
    /// # use scrutineer::workbook::Source;
    /// let file = Source::new("roster.csv", b"organisation,expected_kinds\nAcme,Self-assessment;External assessment\n".to_vec());
    /// let roster = Roster::read(&file, &[]).unwrap();
    /// assert_eq!(roster.organisations()[0].kinds, ["Self-assessment", "External assessment"]);
    /// ```
    pub fn read(file: &Source, frameworks: &[Framework]) -> Result<Self, RosterError> {
        let names = heading::names_of_organisations(frameworks);
        let lines = lines::read(file, &|lines| Headings::stand_in(lines, &names))?;
        let (headings, below) = Headings::find(&lines, &names)?;
        let mut roster = Self::default();
        for line in below {
            if let Some(sum) = headings.sum_of(line) {
                roster.doubts.push(left_out(line, sum));
            } else {
                roster.refuse_moved(&headings, line, SavedAs::of(file))?;
                roster.take(&headings, line);
            }
        }
        if roster.organisations.is_empty() {
            return Err(RosterError::Nobody(headings.line));
        }
        roster.write_kinds_as(frameworks);
        roster.doubt_frameworks(frameworks);
        Ok(roster)
    }

    /// Returns the organisations, in the file's order.
    pub fn organisations(&self) -> &[Expected] {
        &self.organisations
    }

    /// Returns what is expected of the organisation of this name, by the wording of its name.
    pub fn find(&self, organisation: &str) -> Option<&Expected> {
        self.places.get(&Wording::of(organisation))?.first().map(|place| &self.organisations[*place])
    }

    /// Returns the columns that can be grouped by, each once.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> =
            self.organisations.iter().flat_map(|expected| expected.columns.keys().map(String::as_str)).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Refuses a line of text that has an entry beyond the last heading, since its columns have moved; those of a workbook don't.
    fn refuse_moved(&mut self, headings: &Headings, line: &Line, saved: SavedAs) -> Result<(), RosterError> {
        let Some(beyond) = headings.beyond(line) else { return Ok(()) };
        if saved == SavedAs::Text {
            return Err(RosterError::TooMany(line.number, beyond.to_owned()));
        }
        let number = line.number;
        self.doubts.push(format!("“{beyond}” in line {number} stands in a column without a heading; it was left out"));
        Ok(())
    }

    /// Takes what a line says of an organisation.
    fn take(&mut self, headings: &Headings, line: &Line) {
        let mut expected = Expected::default();
        let entries = headings.columns.iter().zip(&line.entries).filter(|(_, entry)| !entry.is_empty());
        for (column, entry) in entries {
            match column {
                Holds::Organisation => entry.clone_into(&mut expected.organisation),
                Holds::Kinds => expected.kinds = kinds(entry),
                Holds::Group(name) => expected.columns.extend([(name.clone(), entry.clone())]),
                Holds::Nothing => {}
            }
        }
        if names_nobody(&expected.organisation) {
            self.doubts.push(left_out(line, &expected.organisation));
        } else if !expected.organisation.is_empty() {
            self.add(expected);
        } else if !expected.kinds.is_empty() || !expected.columns.is_empty() {
            let number = line.number;
            self.doubts.push(format!("line {number} names no organisation; nothing in it was taken"));
        }
    }

    /// Adds an organisation, or to what is known of it.
    pub fn add(&mut self, expected: Expected) {
        // An organisation may be expected on several frameworks, a line each.
        let framework = |of: &Expected| of.columns.get("framework").map(|named| Wording::of(named));
        let places = self.places.entry(Wording::of(&expected.organisation)).or_default();
        let known = places.iter().find(|place| framework(&self.organisations[**place]) == framework(&expected));
        let Some(known) = known.map(|place| &mut self.organisations[*place]) else {
            places.push(self.organisations.len());
            return self.organisations.push(expected);
        };
        let others: Vec<String> =
            expected.kinds.into_iter().filter(|kind| !known.kinds.iter().any(|other| other == kind)).collect();
        known.kinds.extend(others);
        for (column, entry) in expected.columns {
            known.columns.entry(column).or_insert(entry);
        }
    }

    /// Writes kinds of return as the forms do, and doubts those that no form has: a slip of the roster makes no return missing, so that
    /// of an organisation with no other kind one return of any kind will do.
    fn write_kinds_as(&mut self, frameworks: &[Framework]) {
        let fields = frameworks.iter().filter_map(|framework| framework.field_for(FieldRole::Kind));
        let choices: Option<Vec<&[Vec<String>]>> = fields.map(|field| field.kind.choices()).collect();
        let Some(choices) = choices.filter(|choices| !choices.is_empty()) else { return };
        let named = |kind: &str| {
            let words = name_words(kind);
            let all = || choices.iter().copied().flatten().filter(|names| !names.is_empty());
            let is_name = |names: &&Vec<String>| name_words(&names[0]) == words;
            let is_any = |names: &&Vec<String>| names.iter().any(|name| name_words(name) == words);
            all().find(is_name).or_else(|| all().find(is_any)).map(|names| names[0].clone())
        };
        for expected in &mut self.organisations {
            for kind in std::mem::take(&mut expected.kinds) {
                match named(&kind) {
                    Some(name) => expected.kinds.push(name),
                    None => self.doubts.push(unknown_kind(&expected.organisation, &kind, &choices)),
                }
            }
        }
    }
}

impl Roster {
    /// Doubts frameworks that nobody knows, each once.
    fn doubt_frameworks(&mut self, frameworks: &[Framework]) {
        let named = self.organisations.iter().filter_map(|expected| expected.columns.get("framework"));
        let is_known = |named: &&String| frameworks.iter().any(|framework| framework.is_called(named));
        let unknown: BTreeSet<String> = named.filter(|named| !is_known(named)).cloned().collect();
        if !frameworks.is_empty() {
            self.doubts.extend(unknown.iter().map(|named| unknown_framework(named, frameworks)));
        }
    }
}

/// Says that no framework has a name.
fn unknown_framework(named: &str, frameworks: &[Framework]) -> String {
    let known: Vec<&Framework> = frameworks.iter().collect();
    let instead = meant(&known, named).map_or_else(
        || "`scrutineer framework list` has their names".to_owned(),
        |meant| format!("did you mean “{meant}”?"),
    );
    format!(
        "no framework is called “{named}”, so that it can't be told by this on which a return is expected; {instead}"
    )
}

/// Words that begin a line which sums up others.
const SUMS: [&str; 7] = ["total", "totals", "subtotal", "sub-total", "grand total", "count", "cyfanswm"];

impl Headings {
    /// Returns the word for a sum that a line begins with, where nothing but figures stands for an organisation in it.
    fn sum_of<'a>(&self, line: &'a Line) -> Option<&'a str> {
        let names = self.columns.iter().zip(&line.entries).filter(|(column, _)| **column == Holds::Organisation);
        let has_name = names.map(|(_, entry)| entry).any(|entry| entry.contains(char::is_alphabetic) && !is_sum(entry));
        let first = line.entries.iter().find(|entry| !entry.is_empty())?;
        (is_sum(first) && !has_name).then_some(first)
    }
}

/// Says that a line names nobody.
fn left_out(line: &Line, said: &str) -> String {
    format!("line {}, “{said}”, names no organisation; it was left out", line.number)
}

/// Whether an entry is a word for a sum with nothing but figures after it.
fn is_sum(written: &str) -> bool {
    let words = Wording::of(written);
    let rest = SUMS.iter().filter_map(|word| words.as_str().strip_prefix(word)).min_by_key(|rest| rest.len());
    rest.is_some_and(|rest| !rest.contains(char::is_alphabetic))
}

/// Whether what stands where a name belongs is none: signs, “n/a”, a comment, or a word for a sum.
fn names_nobody(written: &str) -> bool {
    !written.is_empty() && (names_nothing(written) || written.starts_with('#') || is_sum(written))
}

/// Reads the kinds of return that are expected.
fn kinds(entry: &str) -> Vec<String> {
    let kinds = entry.split([';', '|', '\n']).map(str::trim).filter(|kind| !kind.is_empty());
    kinds.map(ToOwned::to_owned).collect()
}

/// Says that no form has a kind of return.
fn unknown_kind(organisation: &str, kind: &str, choices: &[&[Vec<String>]]) -> String {
    let mut all: Vec<&str> =
        choices.iter().copied().flatten().filter_map(|names| Some(names.first()?.as_str())).collect();
    all.sort_unstable();
    all.dedup();
    let meant = match nearest(kind, all.iter().copied(), NEAR_KIND) {
        Some(near) => format!("did you mean “{near}”?"),
        None => format!("there are: {}", all.join(", ")),
    };
    format!("no form has the kind “{kind}” that is expected of {organisation}, so that it wasn't awaited; {meant}")
}

#[cfg(test)]
mod tests;
