//! What the team wrote into the season workbook of an earlier run: whose each finding is, how it stands, and what moderators say.
//!
//! A new run makes the workbook anew and carries these over. A finding is known by its rule, its workbook and what it is about; its cell
//! may have moved since. Whatever can't be told to belong to one finding alone is left where it was.

use std::collections::BTreeSet;

use super::Season;
use super::moderation::said::{self, Said};
use super::roster::RosterError;
use super::roster::lines::{self, Line};
use crate::finding::Finding;
use crate::words::sentence;
use crate::workbook::Source;

/// The headings of the sheet of findings that notes are read by; they are written as they are read.
pub const OWNER: &str = "Owner";
/// How a finding stands.
pub const STATE: &str = "State";
/// What the team says of a finding.
pub const COMMENT: &str = "Comment";
/// Who looks at a return that was drawn.
pub const MODERATOR: &str = "Moderator";
/// The outcome that a moderator gives.
pub const MODERATED: &str = "Outcome after moderation";
/// The outcome that a return had when a moderator looked at it.
pub const SEEN: &str = "Outcome looked at";
/// What a moderator says beside.
pub const REMARK: &str = "What the moderator says";

/// The headings by which a finding is known again: its rule, its workbook, where it is, what it is about, what was said of it.
pub const KNOWN_BY: [&str; 6] = ["Rule", "File", "Sheet", "Cell", "About", "What is there"];
/// The headings of what a team writes beside a finding.
pub const NOTED: [&str; 3] = [OWNER, STATE, COMMENT];
/// The headings of what moderators write beside a return.
pub const SAID: [&str; 3] = [MODERATOR, MODERATED, REMARK];
/// The heading of a return that was drawn.
pub const DRAWN: &str = "Workbook";

/// What the team wrote into a season workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamNotes {
    findings: Vec<NotedFinding>,
    /// What moderators wrote.
    moderated: Vec<Said>,
}

/// What the team wrote beside a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Whose it is.
    pub owner: String,
    /// How it stands.
    pub state: String,
    /// What else there is to say.
    pub comment: String,
}

/// A finding beside which something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct NotedFinding {
    /// By which it is known, in the order of the headings.
    known: [String; 6],
    note: Note,
}

impl TeamNotes {
    /// Reads a season workbook; nothing is noted where it has no such sheets.
    ///
    /// # Errors
    /// Where it is no workbook that can be read.
    pub fn read(file: &Source) -> Result<Self, RosterError> {
        let (of_findings, of_drawn) = ([&KNOWN_BY[..], &NOTED[..]].concat(), [&[DRAWN][..], &SAID[..]].concat());
        let sheets =
            lines::sheets(file, &|lines| rows(lines, &of_findings).or_else(|| rows(lines, &of_drawn)).is_some())?;
        let all =
            |headings: &[&str]| sheets.iter().filter_map(|lines| rows(lines, headings)).flatten().collect::<Vec<_>>();
        let findings = all(&of_findings).into_iter().filter_map(NotedFinding::of).collect();
        let lists = sheets.iter().filter(|lines| rows(lines, &of_drawn).is_some());
        let moderated = lists.filter_map(|lines| said::of_lines(lines)).flatten().filter(Said::has_words);
        Ok(Self { findings, moderated: moderated.collect() })
    }

    /// Returns what was noted of a finding of a return, or of the season where no file is named.
    pub fn of(&self, file: Option<&str>, finding: &Finding) -> Option<&Note> {
        self.place_of(file, finding).map(|place| &self.findings[place].note)
    }

    /// Returns the notes on findings that a season doesn't have, each as it is read.
    pub fn without_place(&self, season: &Season) -> Vec<Vec<String>> {
        let across = season.findings.iter().map(|finding| (None, finding));
        let of =
            season.reviews().flat_map(|review| review.asked().map(|finding| (Some(review.file.as_str()), finding)));
        let taken: BTreeSet<usize> =
            across.chain(of).filter_map(|(file, finding)| self.place_of(file, finding)).collect();
        let left = self.findings.iter().enumerate().filter(|(place, _)| !taken.contains(place));
        left.map(|(_, noted)| noted.row()).collect()
    }

    /// Returns the place of what was noted of a finding.
    fn place_of(&self, file: Option<&str>, finding: &Finding) -> Option<usize> {
        if self.findings.is_empty() {
            return None;
        }
        let known = known(file, finding);
        // In these columns they must be the same; the first way in which one alone is, is the one.
        let ways: [&[usize]; 4] = [&[0, 1, 2, 3, 4, 5], &[0, 1, 2, 3, 4], &[0, 1, 2, 4], &[0, 1, 5]];
        let is_same = |noted: &&NotedFinding, columns: &[usize]| {
            columns.iter().all(|column| (*column == 1 && file.is_none()) || noted.known[*column] == known[*column])
        };
        ways.into_iter()
            .find_map(|columns| {
                let mut same = self.findings.iter().enumerate().filter(|(_, noted)| is_same(noted, columns));
                same.next().filter(|_| same.next().is_none())
            })
            .map(|(place, _)| place)
    }

    /// Returns what moderators wrote beside returns, each return once.
    pub fn moderated(&self) -> impl Iterator<Item = &Said> {
        let mut files: BTreeSet<&str> = BTreeSet::new();
        self.moderated.iter().filter(move |said| said.file.is_empty() || files.insert(&said.file))
    }
}

impl NotedFinding {
    /// Returns it as a row that is read again.
    fn row(&self) -> Vec<String> {
        let Note { owner, state, comment } = &self.note;
        self.known.iter().chain([owner, state, comment]).cloned().collect()
    }

    /// Returns what a row says; `None` where the team wrote nothing beside it.
    fn of(row: Vec<String>) -> Option<Self> {
        let [rule, file, sheet, cell, about, what, owner, state, comment] = <[String; 9]>::try_from(row).ok()?;
        let note = Note { owner, state, comment };
        let known = [rule, file, sheet, cell, about, what];
        (!(note.owner.is_empty() && note.comment.is_empty() && !note.is_decided())).then_some(Self { known, note })
    }
}

impl Note {
    /// Whether somebody said how the finding stands: all begin as open, and what a waiver says is told as waived as long as it does.
    pub fn is_decided(&self) -> bool {
        let is_worked_on = !self.owner.is_empty() || !self.comment.is_empty();
        !["", "open"].contains(&self.state.as_str()) && (self.state != "waived" || is_worked_on)
    }
}

/// Returns by what a finding is known, as the sheet shows it.
fn known(file: Option<&str>, finding: &Finding) -> [String; 6] {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let cell = finding.cell().unwrap_or_default();
    let about = text(finding.about());
    [finding.rule.as_str().to_owned(), text(file), text(finding.sheet()), cell, about, sentence(&finding.message)]
}

/// Returns the entries under these headings, in their order, a row for each line below them; `None` where not all of them stand there.
fn rows(lines: &[Line], headings: &[&str]) -> Option<Vec<Vec<String>>> {
    let places = |line: &Line| -> Option<Vec<usize>> {
        headings.iter().map(|heading| line.entries.iter().position(|entry| entry == heading)).collect()
    };
    let (heading, below) = lines::below_heading(lines, |line| places(line).is_some())?;
    let places = places(heading)?;
    let entry = |line: &Line, place: &usize| line.entries.get(*place).cloned().unwrap_or_default();
    Some(below.iter().map(|line| places.iter().map(|place| entry(line, place)).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Rule, Severity, Silencing};

    /// Returns the sheet of findings with these rows, as somebody saves it.
    fn notes(rows: &[[&str; 9]]) -> TeamNotes {
        let headings = [&KNOWN_BY[..], &NOTED[..]].concat().join("\t");
        let rows = rows.iter().map(|row| row.join("\t"));
        let text = ["All that was found".to_owned(), headings].into_iter().chain(rows).collect::<Vec<_>>().join("\n");
        TeamNotes::read(&Source::new("season.xlsx", text.into_bytes())).unwrap()
    }

    fn finding(cell: (u32, u32), about: &str) -> Finding {
        static RULE: Rule =
            Rule { id: "score-missing", severity: Severity::Error, title: "", docs: "", silencing: Silencing::Allowed };
        let at = Place::cell("Scoring", crate::cell::CellRef::new(cell.0, cell.1));
        Finding::new(&RULE, at, "no score").with_subject(about)
    }

    #[test]
    fn what_was_noted_goes_with_the_finding_also_when_its_cell_moved() {
        let notes = notes(&[
            ["score-missing", "a.xlsx", "Scoring", "C4", "1.1", "No score.", "Ann", "asked", "by mail"],
            ["score-missing", "a.xlsx", "Scoring", "C5", "1.2", "No score.", "Bob", "open", ""],
            ["score-missing", "a.xlsx", "Scoring", "C6", "1.3", "No score.", "", "open", ""],
        ]);
        let owner = |file, cell, about| notes.of(Some(file), &finding(cell, about)).map(|note| note.owner.as_str());
        assert_eq!(owner("a.xlsx", (3, 2), "1.1"), Some("Ann"));
        assert_eq!(owner("a.xlsx", (9, 2), "1.1"), Some("Ann"), "a row was put in");
        assert_eq!(owner("a.xlsx", (4, 2), "1.2"), Some("Bob"));
        assert_eq!(owner("a.xlsx", (5, 2), "1.3"), None, "nothing was noted");
        assert_eq!(owner("b.xlsx", (3, 2), "1.1"), None, "another return");
    }

    #[test]
    fn a_finding_that_a_waiver_settled_is_not_settled_by_having_been_so() {
        let row = |owner, state| ["score-missing", "a.xlsx", "Scoring", "C4", "1.1", "No score.", owner, state, ""];
        for (owner, state, is_decided) in [
            ("", "waived", None),
            ("Ann", "waived", Some(true)),
            ("", "done", Some(true)),
            ("Ann", "open", Some(false)),
        ] {
            let notes = notes(&[row(owner, state)]);
            let note = notes.of(Some("a.xlsx"), &finding((3, 2), "1.1"));
            assert_eq!(note.map(Note::is_decided), is_decided, "{owner} {state}");
        }
    }
}
