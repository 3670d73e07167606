//! What cells of Excel 97 to 2003 may hold: one record each.

use super::record::{characters, number16, number32};
use super::token::{self, Named};
use crate::cell::{CellRange, CellRef};
use crate::workbook::Validation;

/// Reads a record of what cells may hold; `None` where it names no cells.
pub(super) fn read(content: &[u8], named: &Named) -> Option<Validation> {
    const KINDS: [&str; 8] = ["none", "whole", "decimal", "list", "date", "time", "textLength", "custom"];
    let flags = number32(content, 0)?;
    // Titles and messages of the prompt and of the error stand before the formulas.
    let mut at = (0..4).try_fold(4, |at, _| after_text(content, at))?;
    let first = formula_tokens(content, at)?;
    at += 4 + first.len();
    at += 4 + formula_tokens(content, at)?.len();
    let cells = ranges(content, at)?;
    let corner = cells.first()?.first;
    let written = token::written(first, corner, named).unwrap_or_default();
    // A list that stands in the form itself has zeros between its texts.
    let formula = written.replace('\0', ",");
    Some(Validation { cells, kind: (*KINDS.get(flags as usize & 0xF)?).to_owned(), formula })
}

/// Returns where the text at `at` ends.
fn after_text(content: &[u8], at: usize) -> Option<usize> {
    let length = usize::from(number16(content, at)?);
    characters(content.get(at + 2..)?, length)?;
    let width = if content[at + 2] & 1 == 0 { 1 } else { 2 };
    Some(at + 3 + length * width)
}

/// Returns the tokens of the formula at `at`, which has its length and two unused bytes before it.
fn formula_tokens(content: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(number16(content, at)?);
    content.get(at + 4..at + 4 + length)
}

/// Reads the cells: how many rectangles, and each with first and last row, first and last column.
fn ranges(content: &[u8], at: usize) -> Option<Vec<CellRange>> {
    let count = usize::from(number16(content, at)?);
    let rectangles = content.get(at + 2..at + 2 + count * 8)?.chunks_exact(8);
    let ranges = rectangles.map(|rectangle| {
        let number = |at| number16(rectangle, at).map(|number| u32::from(number) + 1);
        Some(CellRange::new(CellRef::new(number(0)?, number(4)?), CellRef::new(number(2)?, number(6)?)))
    });
    ranges.collect()
}
