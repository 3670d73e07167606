//! One cell of a return, whether or not something stands in it.

use crate::cell::CellRef;
use crate::finding::{Finding, Place, Rule};
use crate::workbook::{Cell, DateSystem, Sheet};

/// One cell of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// The address.
    pub(super) at: CellRef,
    /// What stands there.
    pub(super) cell: Option<&'a Cell>,
    /// How the workbook counts dates.
    pub(super) dates: DateSystem,
    /// The criterion, measure, field or row key that the cell is about.
    pub(super) subject: &'a str,
}

impl<'a> Spot<'a> {
    /// Returns the cell at an address; where merged cells cover it, the one that shows their value.
    pub(super) fn new(sheet: &'a Sheet, at: CellRef, dates: DateSystem, subject: &'a str) -> Self {
        Self { sheet, at, cell: sheet.cell(at), dates, subject }
    }

    /// Returns where it stands.
    pub(super) fn place(&self) -> Place {
        Place::cell(&self.sheet.name, self.at)
    }

    /// Returns what a person sees there.
    pub(super) fn written(&self) -> String {
        self.cell.map(|cell| cell.shown(self.dates)).unwrap_or_default()
    }

    /// Starts a finding about the cell.
    pub(super) fn finding(&self, rule: &'static Rule, message: impl Into<String>) -> Finding {
        let finding = Finding::new(rule, self.place(), message).with_found(self.written());
        if self.subject.is_empty() { finding } else { finding.with_subject(self.subject) }
    }
}
