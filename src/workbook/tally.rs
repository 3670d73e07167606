//! Counting what is read against the limits, and refusing cells that no sheet has.

use super::{ReadError, Value};
use crate::cell::CellRef;
use crate::ooxml::{Limit, Limits};

/// What has been read of a workbook.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    limits: &'a Limits,
    cells: u64,
    content: u64,
}

impl<'a> Tally<'a> {
    /// Starts at nothing.
    pub(super) const fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: 0, content: 0 }
    }

    /// Counts a cell; refuses it beyond the grid or a limit.
    pub(super) fn add(
        &mut self,
        at: CellRef,
        sheet: &str,
        value: &Value,
        formula: Option<&str>,
    ) -> Result<(), ReadError> {
        if !at.is_on_grid() {
            return Err(ReadError::Damaged(format!(
                "the sheet `{sheet}` has a cell in row {}, column {}, where no sheet has one",
                at.row, at.column
            )));
        }
        let text = match value {
            Value::Text(text) | Value::Error(text) => text.len(),
            Value::Empty
            | Value::Number(_)
            | Value::Date(_)
            | Value::Elapsed(_)
            | Value::Picture
            | Value::Logical(_) => 0,
        };
        self.cells += 1;
        self.content += (text + formula.map_or(0, str::len)) as u64;
        self.limits.check(Limit::Cells, self.cells, || "the workbook".to_owned())?;
        self.limits.check(Limit::Content, self.content, || "the text of all cells".to_owned())?;
        Ok(())
    }
}
