//! The facts of Excel 97 to 2003: one pass over the records of its stream.

use std::collections::BTreeMap;

use super::Facts;
use super::record::{Record, decoded, number16, number32, old_records};
use crate::cell::{CellRange, CellRef};
use crate::workbook::Span;

const END: u16 = 0x000A;
const PROTECT: u16 = 0x0012;
const NOTE: u16 = 0x001C;
const FILE_PASS: u16 = 0x002F;
const CONTINUE: u16 = 0x003C;
const OBJECT: u16 = 0x005D;
const COLUMN: u16 = 0x007D;
const SHEET: u16 = 0x0085;
const MERGED: u16 = 0x00E5;
const TEXT_OBJECT: u16 = 0x01B6;
const BOOK: u16 = 0x01AE;
const ROW: u16 = 0x0208;
const BEGIN: u16 = 0x0809;

/// What the stream says of the workbook as a whole.
#[derive(Debug, Default)]
pub(in crate::workbook) struct Globals {
    pub(in crate::workbook) sheets: Vec<Entry>,
    pub(in crate::workbook) external_links: Vec<String>,
    /// Whether the rest is encrypted.
    pub(in crate::workbook) is_encrypted: bool,
}

/// A sheet as the workbook names it.
#[derive(Debug)]
pub(in crate::workbook) struct Entry {
    /// Where its records begin in the stream.
    pub(in crate::workbook) start: usize,
    /// Whether it holds cells, not a chart or macros.
    pub(in crate::workbook) is_worksheet: bool,
    /// Whether it holds macros of Excel 4.
    pub(in crate::workbook) is_macro_sheet: bool,
    pub(in crate::workbook) is_hidden: bool,
}

/// Reads the records that come before the sheets'.
pub(in crate::workbook) fn globals(stream: &[u8]) -> Globals {
    let mut globals = Globals::default();
    for record in old_records(stream) {
        match record.kind {
            // A file with an empty password is only scrambled with a known one; the reader can't undo that either.
            FILE_PASS => globals.is_encrypted = true,
            SHEET => globals.sheets.extend(entry(record.content)),
            BOOK => globals.external_links.extend(external_book(record.content)),
            END => break,
            _ => {}
        }
    }
    globals
}

fn entry(content: &[u8]) -> Option<Entry> {
    let start = number32(content, 0)? as usize;
    let (visibility, kind) = (*content.get(4)?, *content.get(5)?);
    Some(Entry { start, is_worksheet: kind == 0, is_macro_sheet: kind == 1, is_hidden: visibility & 3 != 0 })
}

/// Returns the place of another workbook; `None` for the workbook itself, and for programs' functions.
fn external_book(content: &[u8]) -> Option<String> {
    let length = number16(content, 2)?;
    if matches!(length, 0x0401 | 0x3A01) || length == 0 {
        return None;
    }
    let text = characters(content.get(4..)?, usize::from(length))?;
    // Control characters stand for drives, folders and the folder of this workbook.
    let plain = text.chars().map(|c| if c.is_control() { '/' } else { c }).collect::<String>();
    Some(plain.trim_start_matches('/').to_owned())
}

/// Reads `length` characters after the byte that says whether they are of one byte or two.
fn characters(bytes: &[u8], length: usize) -> Option<String> {
    let (flags, rest) = bytes.split_first()?;
    if flags & 1 == 0 {
        Some(rest.get(..length)?.iter().map(|byte| char::from(*byte)).collect())
    } else {
        rest.get(..length * 2).map(decoded)
    }
}

/// Reads the facts of the sheet whose records begin at `start`.
pub(in crate::workbook) fn sheet(stream: &[u8], start: usize) -> Facts {
    let mut facts = Facts::default();
    let mut notes = Notes::default();
    let mut depth = 0;
    for record in old_records(stream.get(start..).unwrap_or_default()) {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // Charts lie in the sheet with records of their own.
            _ if depth > 1 => {}
            ROW => facts.hidden_rows.extend(hidden_row(record.content)),
            COLUMN => facts.hidden_columns.extend(hidden_columns(record.content)),
            MERGED => facts.merges.extend(merged(record.content)),
            PROTECT => facts.is_protected |= number16(record.content, 0).is_some_and(|locked| locked != 0),
            _ => notes.take(record),
        }
    }
    facts.notes = notes.joined();
    facts
}

fn hidden_row(content: &[u8]) -> Option<Span> {
    let row = u32::from(number16(content, 0)?) + 1;
    (number16(content, 12)? & 0x20 != 0).then_some(Span { first: row, last: row })
}

fn hidden_columns(content: &[u8]) -> Option<Span> {
    let (first, last) = (u32::from(number16(content, 0)?) + 1, u32::from(number16(content, 2)?).min(255) + 1);
    (number16(content, 8)? & 1 != 0 && first <= last).then_some(Span { first, last })
}

fn merged(content: &[u8]) -> Vec<CellRange> {
    let ranges = content.get(2..).unwrap_or_default().chunks_exact(8);
    let corner =
        |row: Option<u16>, column: Option<u16>| Some(CellRef::new(u32::from(row?) + 1, u32::from(column?) + 1));
    ranges
        .filter_map(|range| {
            let number = |at| number16(range, at);
            Some(CellRange::new(corner(number(0), number(4))?, corner(number(2), number(6))?))
        })
        .collect()
}

/// Notes while they are read: their cells and texts come apart, joined by the number of an object.
#[derive(Debug, Default)]
struct Notes {
    object: u16,
    /// How many characters the text of the object is to have, until it comes.
    awaited: Option<usize>,
    texts: BTreeMap<u16, String>,
    cells: Vec<(CellRef, u16)>,
}

impl Notes {
    fn take(&mut self, record: Record<'_>) {
        let content = record.content;
        let awaited = self.awaited.take();
        match record.kind {
            OBJECT => self.object = number16(content, 6).unwrap_or_default(),
            TEXT_OBJECT => self.awaited = number16(content, 10).map(usize::from).filter(|length| *length > 0),
            CONTINUE => {
                let text = awaited.and_then(|length| characters(content, length));
                self.texts.extend(text.map(|text| (self.object, text)));
            }
            NOTE => {
                let at = number16(content, 0).zip(number16(content, 2)).zip(number16(content, 6));
                self.cells.extend(
                    at.map(|((row, column), object)| (CellRef::new(u32::from(row) + 1, u32::from(column) + 1), object)),
                );
            }
            _ => {}
        }
    }

    fn joined(mut self) -> Vec<(CellRef, String)> {
        let cells = self.cells.into_iter();
        cells.map(|(cell, object)| (cell, self.texts.remove(&object).unwrap_or_default())).collect()
    }
}
