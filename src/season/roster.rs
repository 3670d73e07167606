//! Who was expected, and who belongs to whom: `roster.csv` as read.
//!
//! The columns `organisation`, `region`, `group` and `expected_kinds` (several with `;` between) are found by their headings,
//! in any order; other columns are kept and can be grouped by. The column `framework` says on which of several frameworks somebody is
//! expected. Nothing but `organisation` is needed.

use std::collections::BTreeMap;

use crate::wording::Wording;

/// Who was expected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The organisations, in the file's order.
    pub organisations: Vec<Expected>,
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

/// Why a roster can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    /// There is no column of names.
    #[error("no heading `organisation` in the first line of the roster")]
    NoOrganisation,
    /// It isn't comma-separated text.
    #[error("line {line} of the roster can't be read")]
    Unreadable {
        /// The line, from one.
        line: u64,
        /// What is wrong with it.
        #[source]
        source: csv::Error,
    },
}

impl Roster {
    /// Reads a roster from comma-separated text with a heading line.
    ///
    /// ```
    /// # use scrutineer::season::Roster;
    /// let roster = Roster::parse("organisation,expected_kinds\nAcme,Self-assessment;External assessment\n").unwrap();
    /// assert_eq!(roster.organisations[0].kinds, ["Self-assessment", "External assessment"]);
    /// ```
    pub fn parse(text: &str) -> Result<Self, RosterError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let headings = reader.headers().map_err(|source| RosterError::Unreadable { line: 1, source })?;
        let headings: Vec<String> = headings.iter().map(column_name).collect();
        if !headings.iter().any(|heading| heading == "organisation") {
            return Err(RosterError::NoOrganisation);
        }
        let mut organisations = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|source| RosterError::Unreadable { line: line_of(&source), source })?;
            organisations.extend(expected(&headings, &record));
        }
        Ok(Self { organisations })
    }

    /// Returns what is expected of the organisation of this name, by the wording of its name.
    pub fn find(&self, organisation: &str) -> Option<&Expected> {
        let wording = Wording::of(organisation);
        self.organisations.iter().find(|expected| Wording::of(&expected.organisation) == wording)
    }

    /// Returns the columns that can be grouped by, each once.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> =
            self.organisations.iter().flat_map(|expected| expected.columns.keys().map(String::as_str)).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// Returns the heading as columns are named: `Expected kinds` is `expected_kinds`.
fn column_name(heading: &str) -> String {
    Wording::of(heading).as_str().replace([' ', '-'], "_")
}

/// Returns the line at which reading stopped.
fn line_of(error: &csv::Error) -> u64 {
    error.position().map_or(0, csv::Position::line)
}

/// Reads one line; `None` where it names no organisation.
fn expected(headings: &[String], record: &csv::StringRecord) -> Option<Expected> {
    let mut expected = Expected::default();
    for (heading, entry) in headings.iter().zip(record).filter(|(_, entry)| !entry.is_empty()) {
        match heading.as_str() {
            "organisation" => entry.clone_into(&mut expected.organisation),
            "expected_kinds" => {
                let kinds = entry.split(';').map(str::trim).filter(|kind| !kind.is_empty());
                expected.kinds = kinds.map(ToOwned::to_owned).collect();
            }
            column => {
                expected.columns.insert(column.to_owned(), entry.to_owned());
            }
        }
    }
    (!expected.organisation.is_empty()).then_some(expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_headings() {
        let text =
            "\u{feff}Region, Organisation ,Expected kinds,Size\nWales,\"Smith, Jones\", A ; B;,large\n,,,\n,Beta\n";
        let roster = Roster::parse(text).expect("it has the heading");
        assert_eq!(roster.organisations.len(), 2);
        let first = &roster.organisations[0];
        assert_eq!(
            (first.organisation.as_str(), first.kinds.as_slice()),
            ("Smith, Jones", &["A".into(), "B".into()][..])
        );
        assert_eq!(roster.columns(), ["region", "size"]);
        assert_eq!(roster.find("BETA").map(|expected| expected.kinds.len()), Some(0));
    }

    #[test]
    fn a_roster_without_names_is_refused() {
        assert!(matches!(Roster::parse("name,region\nA,B\n"), Err(RosterError::NoOrganisation)));
    }
}
