//! What stands beside a blank, in the row of which it is called missing: an answer a column off, words under no heading. The finding says where, as that is sooner what is to be put right; nothing of it is read.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::cell::{CellRef, LAST_COLUMN};
use crate::exact::Exact;
use crate::finding::{Finding, Place};
use crate::framework::{Framework, Grade, Grades};
use crate::returns::names_nothing;
use crate::rules::Judged;
use crate::rules::answer::answer_blank;
use crate::rules::evidence::{action_missing, evidence_missing};
use crate::wording::Wording;
use crate::workbook::{Cell, Sheet, Value, Workbook};

/// Says of what is called missing where it seems to stand.
pub(super) fn said(judged: &Judged, workbook: &Workbook, mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut read = None;
    for finding in &mut findings {
        let Some((sheet, at)) = blank_cell(workbook, finding) else { continue };
        let read = read.get_or_insert_with(|| places_read(judged));
        let beside = Beside { judged, sheet, at, read };
        let found = if finding.is_of(&answer_blank::RULE) {
            finding.subject.as_deref().and_then(|subject| beside.answer(subject))
        } else {
            beside.words()
        };
        if let Some((cell, what)) = found {
            finding.message = format!("{}; {what} {}", finding.message, cell.at);
            finding.help = format!("{} What stands in {} may belong there.", finding.help.trim(), cell.at);
        }
    }
    findings
}

/// Returns the cell that a finding calls blank.
fn blank_cell<'a>(workbook: &'a Workbook, finding: &Finding) -> Option<(&'a Sheet, CellRef)> {
    let rules = [&answer_blank::RULE, &evidence_missing::RULE, &action_missing::RULE];
    let (sheet, cells) = finding.sheet().zip(finding.cells())?;
    let is_of_blank = rules.iter().any(|rule| finding.is_of(rule)) && cells.first == cells.last;
    Some((workbook.sheet(sheet).filter(|_| is_of_blank)?, cells.first))
}

/// Returns the cells from which something was read that belongs there.
fn places_read<'a>(judged: &Judged<'a>) -> BTreeSet<&'a Place> {
    places_of_answers(judged).chain(judged.sent.places_of_entries()).collect()
}

/// Returns the cells of answers, those of others than the raters among them.
fn places_of_answers<'a>(judged: &Judged<'a>) -> impl Iterator<Item = &'a Place> {
    let opinions = judged.sent.opinions.values().filter_map(|entry| entry.place.as_ref());
    judged.sent.places_of_answers().chain(opinions)
}

/// What stands beside a blank cell.
struct Beside<'a> {
    judged: &'a Judged<'a>,
    sheet: &'a Sheet,
    at: CellRef,
    read: &'a BTreeSet<&'a Place>,
}

impl<'a> Beside<'a> {
    /// Returns the cells that are seen next to it on both sides, as far as somebody typed something in them.
    fn typed(&self) -> impl Iterator<Item = &'a Cell> {
        let is_hidden =
            |column: &u32| self.sheet.hidden_columns.iter().any(|span| (span.first..=span.last).contains(column));
        let right = (self.at.column + 1..=LAST_COLUMN).find(|column| !is_hidden(column));
        let left = (1..self.at.column).rev().find(|column| !is_hidden(column));
        let cells =
            right.into_iter().chain(left).filter_map(|column| self.sheet.cell(CellRef::new(self.at.row, column)));
        cells.filter(|cell| cell.formula.is_none() && !cell.value.is_blank()).collect::<Vec<_>>().into_iter()
    }

    /// Whether the form itself says what a cell says, or has the same number there.
    fn is_printed(&self, cell: &Cell) -> bool {
        let issued = self.judged.framework.form().and_then(|form| form.sheet(&self.sheet.name)?.cell(cell.at));
        if issued.is_some_and(|issued| issued.value == cell.value) {
            return true;
        }
        let Some(text) = cell.text().map(Wording::of) else { return false };
        let form = self.judged.framework.form().into_iter().flat_map(|form| &form.sheets);
        form.flat_map(|sheet| &sheet.cells).any(|cell| cell.text().is_some_and(|printed| Wording::of(printed) == text))
    }

    /// Returns what stands beside a blank answer and would be one there.
    fn answer(&self, subject: &str) -> Option<(&'a Cell, Cow<'a, str>)> {
        let mut fitting = self.typed().filter(|cell| fits(self.judged.framework, subject, cell));
        let is_none_s = |cell: &&Cell| !self.is_an_answer(cell.at) && !self.is_printed(cell);
        let beside = fitting.find(is_none_s).map(|cell| (cell, "an answer stands beside it, in".into()));
        let behind =
            || Some((self.behind_text(subject)?, "an answer stands behind words of the form\u{2019}s, in".into()));
        beside.or_else(behind).or_else(|| self.of_another_rater(subject))
    }

    /// Returns the answer that another rater gives.
    fn of_another_rater(&self, subject: &str) -> Option<(&'a Cell, Cow<'a, str>)> {
        let (judged, counts) = (self.judged, &self.judged.sent.counts);
        let others = judged.framework.raters.iter().filter(|rater| rater.id != *counts);
        others.into_iter().find_map(|rater| {
            let entry = judged.sent.answers.get(&(rater.id.clone(), subject.into()))?;
            let place =
                entry.given().and(entry.place.as_ref()).filter(|place| place.sheet() == Some(&self.sheet.name))?;
            let said = format!("\u{201c}{}\u{201d} has an answer to it, in", rater.title);
            Some((self.sheet.cell(place.cells()?.first)?, said.into()))
        })
    }

    /// Returns the cell of its row in which what would be an answer stands behind words of the form's. Which of several answers to the row it is
    /// can't be told.
    fn behind_text(&self, subject: &str) -> Option<&'a Cell> {
        let parted = |cell: &Cell| {
            let (words, said) = cell.text()?.trim().rsplit_once([':', '\n'])?;
            let printed = Cell::new(cell.at, Value::Text(words.trim().into()), None);
            let answer = Cell::new(cell.at, Value::Text(said.trim().into()), None);
            Some(self.is_printed(&printed) && fits(self.judged.framework, subject, &answer))
        };
        let row = self.sheet.row(self.at.row).iter().filter(|cell| cell.formula.is_none());
        row.into_iter().find(|cell| parted(cell) == Some(true) && !self.is_printed(cell))
    }

    /// Whether a cell is that of another answer.
    fn is_an_answer(&self, at: CellRef) -> bool {
        let place = Place::cell(&self.sheet.name, at);
        places_of_answers(self.judged).any(|other| *other == place)
    }

    /// Returns words beside it that nothing asks for.
    fn words(&self) -> Option<(&'a Cell, Cow<'a, str>)> {
        let is_free = |cell: &&Cell| {
            let is_read = self.read.contains(&Place::cell(&self.sheet.name, cell.at));
            cell.text().is_some_and(|text| !names_nothing(text)) && !is_read && !self.is_printed(cell)
        };
        Some((self.typed().find(is_free)?, "words that nothing asks for stand beside it, in".into()))
    }
}

/// Whether what a cell holds is an answer that a criterion or measure can have.
fn fits(framework: &Framework, subject: &str, cell: &Cell) -> bool {
    let text = || cell.text().map(Wording::of);
    let number = match &cell.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Empty | Value::Date(_) | Value::Elapsed(_) | Value::Logical(_) | Value::Error(_) | Value::Picture => {
            None
        }
    };
    let number = number.and_then(Exact::from_float);
    if let Some(measure) = framework.measure(subject) {
        return number.is_some_and(|number| !number.is_negative() && number <= measure.maximum);
    }
    let Some(criterion) = framework.criterion(subject) else { return false };
    let scale = framework.scale(criterion);
    match &scale.grades {
        Grades::Listed(grades) => {
            let written = number.map(|number| Wording::of(&number.to_string())).or_else(text);
            grades.iter().flat_map(Grade::names).any(|name| Some(Wording::of(name)) == written)
        }
        Grades::Range { minimum, maximum, .. } => number.is_some_and(|number| (minimum..=maximum).contains(&&number)),
    }
}
