//! A second column of answers beside the form's own, with a heading of its own: “Moderated score”, “Agreed score”.
//!
//! Nobody but the sender knows which of the two counts, so that an answer on which they differ is open. What was answered before, or
//! may be reached, is no rival: “Last year’s score”, “Maximum score”.

use std::collections::BTreeSet;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::framework::{ColumnId, Framework, Holds, RaterId, TableColumn};
use crate::layout::TablePlace;
use crate::layout::rule::HEADING_MISSING;
use crate::wording::{Wording, name_words};
use crate::words::list_of_at_most;
use crate::workbook::{Cell, Sheet, Workbook};

use super::place::Spot;
use super::{grade, percent};

/// The most answers that are named one by one.
const MOST_NAMED: usize = 10;

/// Words in headings over what isn't an answer of this time, in English and Welsh.
const OTHER_TIMES: [&str; 22] = [
    "last",
    "previous",
    "previously",
    "prior",
    "earlier",
    "old",
    "former",
    "before",
    "target",
    "maximum",
    "max",
    "minimum",
    "min",
    "available",
    "possible",
    "weight",
    "weighting",
    "weighted",
    "total",
    "average",
    "llynedd",
    "uchafswm",
];

/// A second column of answers.
pub(super) struct Second<'f> {
    /// The column of the form beside which it stands.
    pub column: &'f ColumnId,
    /// The criteria and measures to which the two give different answers.
    pub disputed: BTreeSet<String>,
    /// What is said of it.
    pub finding: Finding,
}

/// Finds the second columns of answers of a table; where several of the form's columns are alike, one stands beside that of the rater
/// whose answers count.
pub(super) fn columns<'f>(
    framework: &'f Framework,
    workbook: &Workbook,
    place: &TablePlace,
    counts: &RaterId,
) -> Vec<Second<'f>> {
    let sheet = &workbook.sheets[place.sheet];
    let table = Table { framework, workbook, place, sheet };
    let is_own = |at: u32| place.columns.values().chain(place.opinions.iter().map(|(_, at)| at)).any(|own| *own == at);
    let headings = sheet.row(place.heading).iter().filter(|cell| !is_own(cell.at.column) && !table.is_printed(cell));
    headings.filter_map(|heading| table.second(heading, counts)).collect()
}

/// A table of criteria, with what is asked of it.
struct Table<'f, 'a> {
    framework: &'f Framework,
    workbook: &'a Workbook,
    place: &'a TablePlace,
    sheet: &'a Sheet,
}

impl<'f> Table<'f, '_> {
    /// Whether the form has a heading on its sheet.
    fn is_printed(&self, heading: &Cell) -> bool {
        let says = heading.text().map(Wording::of);
        let issued = self.framework.issued_sheet(&self.framework.tables[self.place.table].sheet);
        let mut printed = issued.into_iter().flat_map(|form| &form.cells).filter_map(Cell::text);
        says.is_none_or(|says| printed.any(|text| Wording::of(text) == says))
    }

    /// Returns what a heading is over, where that is a second column of answers.
    fn second(&self, heading: &Cell, counts: &RaterId) -> Option<Second<'f>> {
        let says = heading.text()?.trim();
        let words: BTreeSet<String> = name_words(says).into_iter().collect();
        if words.iter().any(|word| OTHER_TIMES.contains(&word.as_str()) || is_year(word)) {
            return None;
        }
        let (column, at) = self.answered_alike(&words, counts)?;
        let rows = self.place.rows.iter();
        let answered = rows.filter_map(|(id, row)| {
            let own = self.answer(id, CellRef::new(*row, at), column);
            Some((id, *row, own, self.answer(id, CellRef::new(*row, heading.at.column), column)?))
        });
        let answered: Vec<(&String, u32, Option<String>, String)> = answered.collect();
        let last = answered.iter().map(|(_, row, ..)| *row).max()?;
        if answered.len() < 2 || answered.len() * 2 < self.place.rows.len() {
            return None;
        }
        let mut differing: Vec<(u32, &String)> = answered
            .iter()
            .filter(|(_, _, own, second)| own.as_ref().is_some_and(|own| own != second))
            .map(|(id, row, ..)| (*row, *id))
            .collect();
        differing.sort_unstable();
        let named: Vec<String> = differing.iter().map(|(row, _)| CellRef::new(*row, at).to_string()).collect();
        let cells = CellRange::new(heading.at, CellRef::new(last, heading.at.column));
        let finding = told(Place::Cells(self.sheet.name.clone(), cells), (says, &column.heading), &named);
        let disputed = differing.into_iter().map(|(_, id)| id.clone()).collect();
        Some(Second { column: &column.id, disputed, finding })
    }

    /// Returns the column of answers whose heading has most words of another.
    fn answered_alike(&self, words: &BTreeSet<String>, counts: &RaterId) -> Option<(&'f TableColumn, u32)> {
        let columns = self.framework.tables[self.place.table].columns.iter();
        let scores = columns.filter_map(|column| match &column.holds {
            Holds::Score(rater) => Some((column, *self.place.columns.get(&column.id)?, rater)),
            Holds::Code
            | Holds::Text
            | Holds::CodeAndText
            | Holds::Form
            | Holds::Opinions
            | Holds::Result
            | Holds::Entry(_) => None,
        });
        let shared = |column: &TableColumn| {
            let own: BTreeSet<String> =
                name_words(&column.heading).into_iter().filter(|word| is_telling(word)).collect();
            own.intersection(words).count()
        };
        let alike = scores.filter(|(column, ..)| shared(column) > 0);
        let (column, at, _) = alike.max_by_key(|(column, _, rater)| (shared(column), *rater == counts))?;
        Some((column, at))
    }

    /// Returns what a cell answers; `None` where that is nothing.
    fn answer(&self, id: &str, at: CellRef, column: &TableColumn) -> Option<String> {
        let spot = Spot::new(self.sheet, at, self.workbook.date_system, id);
        let mut silent = Findings::default();
        if let Some(criterion) = self.framework.criterion(id) {
            let scale = self.framework.scale(criterion);
            let spot = spot.in_unit(percent::unit(&spot, scale, Some(column)));
            return grade::read(&spot, scale, &mut silent).given().map(|grading| grading.grade.clone());
        }
        let measure = self.framework.measure(id)?;
        grade::read_points(&spot, &measure.maximum, &mut silent).given().map(ToString::to_string)
    }
}

/// Whether a word of a heading says what stands below it, and isn't only small.
fn is_telling(word: &str) -> bool {
    word.chars().count() > 3
        && word.chars().all(char::is_alphabetic)
        && !["self", "with", "from", "this"].contains(&word)
}

/// Whether a word is a year.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Says that a heading is over a second column of answers, which differs from the form's in the cells that are named.
fn told(place: Place, (says, own): (&str, &str), differing: &[String]) -> Finding {
    let (message, severity) = if differing.is_empty() {
        let message = format!("“{says}” heads answers beside those under “{own}”, which were read; they are the same");
        (message, Severity::Note)
    } else {
        let cells = list_of_at_most(differing, MOST_NAMED);
        let message = format!(
            "“{says}” heads answers beside those under “{own}”, and nothing tells which count: where they differ ({cells}) neither was read"
        );
        (message, Severity::Warning)
    };
    let help = "Put what counts under the form’s own heading, and take the other column off the form.";
    Finding::new(&HEADING_MISSING, place, message).with_severity(severity).with_found(says).with_help(help)
}
