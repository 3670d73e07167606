//! A heading of the form that several columns have. Where they say the same the first is enough; a row in which they differ is open, as
//! nobody but the sender can tell which of them holds.

use std::collections::BTreeSet;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place, Severity};
use crate::layout::rule::{HEADING_MISSING, HEADING_RENAMED};
use crate::wording::Wording;
use crate::words::list_of_at_most;
use crate::workbook::{DateSystem, Sheet};

/// The most cells that are named one by one.
const MOST_NAMED: usize = 10;

/// Columns with one heading of the form.
pub(super) struct Again<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The row of the heading.
    pub heading: u32,
    /// The column that is read.
    pub read: u32,
    /// The others.
    pub others: &'a [u32],
    /// How the workbook counts days.
    pub dates: DateSystem,
}

impl Again<'_> {
    /// Returns the rows of these in which the columns differ: what isn't read says something, and what is read doesn't say so.
    pub(super) fn disputed(&self, rows: impl Iterator<Item = u32>) -> BTreeSet<u32> {
        rows.filter(|row| self.differs(*row)).collect()
    }

    /// Whether the columns differ in a row.
    fn differs(&self, row: u32) -> bool {
        let said = |column: u32| {
            let cell = self.sheet.cell(self.sheet.shown_at(CellRef::new(row, column)));
            cell.filter(|cell| !cell.value.is_blank()).map(|cell| Wording::of_answer(&cell.written(self.dates)))
        };
        let own = said(self.read);
        self.others.iter().filter_map(|other| said(*other)).any(|other| own.as_ref() != Some(&other))
    }

    /// Says that the heading stands several times, and in which rows that is open.
    pub(super) fn told(&self, title: &str, disputed: &BTreeSet<u32>) -> Option<Finding> {
        let at = |column: u32| CellRef::new(self.heading, column);
        let (first, last) = (at(*self.others.first()?), at(*self.others.last()?));
        let listed: Vec<String> =
            std::iter::once(&self.read).chain(self.others).map(|column| at(*column).to_string()).collect();
        let listed = listed.join(" and ");
        let named: Vec<String> = disputed.iter().map(|row| CellRef::new(*row, self.read).to_string()).collect();
        let (rule, message) = if named.is_empty() {
            let read = at(self.read);
            (
                &HEADING_RENAMED,
                format!("{listed} all say “{title}”; what stands below {read} was read, and nothing differs from it"),
            )
        } else {
            let cells = list_of_at_most(&named, MOST_NAMED);
            let message = format!(
                "{listed} all say “{title}”, and nothing tells which is the form's: where they differ ({cells}) none was read"
            );
            (&HEADING_MISSING, message)
        };
        let message = if self.others.len() == 1 { of_two(&message) } else { message };
        let place = Place::Cells(self.sheet.name.clone(), CellRange::new(first, last));
        let finding = Finding::new(rule, place, message).with_severity(Severity::Warning).with_found(title);
        Some(finding.with_help("Give the column that isn't the form's another heading, or delete it."))
    }
}

/// Returns a message about several columns in words for two.
fn of_two(message: &str) -> String {
    message.replacen(" all say ", " both say ", 1).replace(") none was read", ") neither was read")
}
