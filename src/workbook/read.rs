//! Bytes to a [`Workbook`], in any of five formats.
//!
//! [`read`] tells the format by the content and refuses what isn't a workbook, is encrypted, damaged or beyond a limit,
//! before the cell reader sees any of it.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::container::{self, Container, recognise};
use super::{ReadError, Sheet, Source, Value, Workbook, compound, placeholder, zipped};
use crate::ooxml::{Limit, Limits};
use crate::wording::visible;

/// Reads a workbook.
pub fn read(source: &Source, limits: &Limits) -> Result<Workbook, ReadError> {
    limits.check(Limit::File, source.bytes.len() as u64, || "the file".to_owned())?;
    // The cell reader panics at some files that no program writes.
    let read = catch_unwind(AssertUnwindSafe(|| match recognise(&source.bytes) {
        Container::Zip => zipped::read(source, limits),
        Container::Compound => compound::read(source, limits),
        Container::Foreign(what) => Err(ReadError::Foreign(what)),
    }));
    let damaged = || Err(ReadError::Damaged("its content isn't put together as a workbook's".to_owned()));
    let mut workbook = read.unwrap_or_else(|_| damaged()).map_err(|error| not_here(source, error))?;
    for sheet in &mut workbook.sheets {
        leave_what_is_seen(sheet);
        sheet.put_covered_aside();
    }
    Ok(workbook)
}

/// Says what a file is that is neither a workbook nor a list in plain text, such as `a PDF document`; `None` where it may be one.
pub fn no_list(source: &Source) -> Option<&'static str> {
    container::no_list(&source.bytes)
}

/// Says of what is damaged because it hasn't arrived that it isn't here.
fn not_here(source: &Source, error: ReadError) -> ReadError {
    match error {
        ReadError::Damaged(_) | ReadError::Foreign(_) => {
            placeholder(&source.name, &source.bytes).map_or(error, ReadError::NotHere)
        }
        ReadError::NotHere(_) | ReadError::Packed(_) | ReadError::Encrypted | ReadError::TooLarge { .. } => error,
    }
}

/// Takes out of the texts of a sheet what nobody sees in them; what has nothing else is no cell, unless a formula gives it.
fn leave_what_is_seen(sheet: &mut Sheet) {
    sheet.cells.retain_mut(|cell| {
        if let Some(struck) = &mut cell.look.struck {
            take_unseen(struck);
        }
        let Value::Text(text) = &mut cell.value else { return true };
        let held = take_unseen(text);
        cell.look.letters = cell.look.letters.take().or(held);
        !text.is_empty() || cell.formula.is_some()
    });
}

/// Takes out of a text what nobody sees; returns it as it was, where something was taken out.
fn take_unseen(text: &mut Box<str>) -> Option<Box<str>> {
    let Cow::Owned(seen) = visible(text) else { return None };
    Some(std::mem::replace(text, seen.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;
    use crate::workbook::{Cell, Look};

    #[test]
    fn what_nobody_sees_stands_in_no_cell() {
        let cell = |column: u32, text: &str, formula: Option<&str>| {
            Cell::new(CellRef::new(1, column), Value::Text(text.into()), formula.map(Into::into))
        };
        let mut sheet = Sheet::empty("A");
        sheet.cells = vec![cell(1, "\u{feff}a\u{200b}b\u{ad}", None), cell(2, "\u{2060}", None)];
        sheet.cells.extend([cell(3, "\u{200e}", Some("A1")), cell(4, "a\u{a0}b\n", None)]);
        sheet.cells[3].look = Look { struck: Some("\u{200b}a".into()), ..Look::default() };
        leave_what_is_seen(&mut sheet);
        let texts: Vec<(u32, &Value)> = sheet.cells.iter().map(|cell| (cell.at.column, &cell.value)).collect();
        let text = |text: &str| Value::Text(text.into());
        assert_eq!(texts, [(1, &text("ab")), (3, &text("")), (4, &text("a\u{a0}b\n"))]);
        assert_eq!(sheet.cells[2].look.struck.as_deref(), Some("a"));
        let held = sheet.cells.iter().map(|cell| cell.look.letters.as_deref());
        assert!(held.eq([Some("\u{feff}a\u{200b}b\u{ad}"), Some("\u{200e}"), None]));
    }
}
