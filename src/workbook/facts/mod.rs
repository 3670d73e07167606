//! What a sheet says beside its cells: what is hidden, merged, noted, restricted and protected.
//!
//! [`Facts`] are gathered from each format by a file of its own: `sheet_part` for Office Open XML, `binary_part` for its
//! binary form, `biff` for Excel 97 to 2003. OpenDocument tells them together with its cells. The cells of the binary formats
//! are read beside them, by `binary_cells` and `biff_cells`.

pub(super) mod biff;
pub(super) mod biff_cells;
mod biff_objects;
mod biff_text;
mod biff_validation;
pub(super) mod binary_cells;
pub(super) mod binary_part;
mod code_page;
pub(super) mod drawing;
pub(super) mod element;
pub(super) mod legacy_drawing;
pub(super) mod note;
mod page_words;
pub(super) mod record;
pub(super) mod sheet_part;
pub(super) mod token;
pub(super) mod totals;

use super::{Floating, Sheet, Span, Validation};
use crate::cell::{CellRange, CellRef};

/// The least height in points at which something can be seen in a row: one of two pixels, of 0.75 points each, is little more than its border.
pub(super) const LEAST_HEIGHT: f64 = 2.0;

/// The least width at which something can be seen in a column, in widths of a digit, which has seven pixels in Excel's usual type: one
/// of two pixels is little more than its border.
pub(super) const LEAST_WIDTH: f64 = 0.29;

/// The same height in twentieths of a point, as binary formats have it.
const LEAST_TWIPS: u32 = 40;

/// The same width in 256ths of a digit, as binary formats have it.
const LEAST_PARTS: u32 = 75;

/// What a sheet says beside its cells, in the order in which the file says it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// The merged rectangles.
    pub(super) merges: Vec<CellRange>,
    /// The last row that is listed, filled in or only ruled; nought where that isn't told.
    pub(super) last_row: u32,
    /// Hidden rows, in any order.
    pub(super) hidden_rows: Vec<Span>,
    /// Hidden columns, in any order.
    pub(super) hidden_columns: Vec<Span>,
    /// The notes on cells.
    pub(super) notes: Vec<(CellRef, String)>,
    /// What floats over cells.
    pub(super) floating: Vec<Floating>,
    /// What is printed above and below each page.
    pub(super) page_words: Vec<String>,
    /// What cells may hold.
    pub(super) validations: Vec<Validation>,
    /// The rows that sum up tables of the program's own.
    pub(super) totals: Vec<CellRange>,
    /// Whether the sheet is protected.
    pub(super) is_protected: bool,
}

impl Facts {
    /// Gives the facts to their sheet, each list in order.
    pub(super) fn put_on(mut self, sheet: &mut Sheet) {
        self.merges.sort_unstable();
        self.merges.dedup();
        self.notes.sort();
        sheet.merges = self.merges;
        sheet.page_words = self.page_words;
        sheet.last_row = self.last_row;
        sheet.hidden_rows = joined(self.hidden_rows);
        sheet.hidden_columns = joined(self.hidden_columns);
        sheet.notes = self.notes;
        sheet.floating = self.floating;
        sheet.validations = self.validations;
        sheet.totals = self.totals;
        sheet.is_protected = self.is_protected;
    }
}

/// Returns the spans in ascending order, those that touch or overlap as one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(before) if span.first <= before.last.saturating_add(1) => before.last = before.last.max(span.last),
            Some(_) | None => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_are_one() {
        let span = |first, last| Span { first, last };
        let spans = vec![span(7, 9), span(1, 2), span(3, 3), span(5, 5), span(8, 8)];
        assert_eq!(joined(spans), [span(1, 3), span(5, 5), span(7, 9)]);
        assert_eq!(joined(Vec::new()), []);
    }
}
