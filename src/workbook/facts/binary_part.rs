//! The facts of a worksheet part of the binary format (xlsb), and of the parts that its workbook shares.

use std::ops::RangeInclusive;

use super::record::{Record, new_records, number16, number32, wide_text};
use super::{Facts, LEAST_PARTS, LEAST_TWIPS, page_words};
use crate::cell::{CellRange, CellRef, LAST_COLUMN, LAST_ROW};
use crate::workbook::Span;
use crate::workbook::runs::Font;
use crate::workbook::style::{StyleEntry, StyleParts};
use crate::workbook::symbols::Symbols;

pub(super) const ROW: u16 = 0x0000;
/// Cells that hold something, in full.
pub(super) const CELLS: RangeInclusive<u16> = 0x0002..=0x000B;
pub(super) const FORMULAS: RangeInclusive<u16> = 0x0008..=0x000B;
pub(super) const RICH_TEXT: u16 = 0x003E;
const COLUMN: u16 = 0x003C;
const MERGED: u16 = 0x00B0;
const BESIDE_PAGES: u16 = 0x01DF;
const PROTECTION: u16 = 0x0217;
const NOTE: u16 = 0x027B;
const NOTE_TEXT: u16 = 0x027D;

/// What a sheet part says.
#[derive(Debug, Default)]
pub(in crate::workbook) struct Scanned {
    pub(in crate::workbook) facts: Facts,
    /// The cells that have a formula, in order of their records.
    pub(in crate::workbook) formulas: Vec<CellRef>,
    /// The number of each filled cell's style.
    pub(in crate::workbook) styles: Vec<(CellRef, u32)>,
}

/// Goes over a sheet part whose cells are written in full.
pub(in crate::workbook) fn scan(part: &[u8]) -> Scanned {
    let (mut scanned, mut row) = (Scanned::default(), 0);
    for record in new_records(part) {
        let (content, facts) = (record.content, &mut scanned.facts);
        scanned.formulas.extend(FORMULAS.contains(&record.kind).then(|| cell(row, content)).flatten());
        let is_cell = CELLS.contains(&record.kind) || record.kind == RICH_TEXT;
        scanned.styles.extend(is_cell.then(|| cell(row, content).zip(style(content))).flatten());
        match record.kind {
            ROW => {
                row = number32(content, 0).map_or(u32::MAX, |row| row.saturating_add(1));
                let is_low = number16(content, 8).is_some_and(|height| u32::from(height) < LEAST_TWIPS);
                let is_hidden = is_low || content.get(11).is_some_and(|flags| flags & 0x10 != 0);
                facts.hidden_rows.extend((is_hidden && row <= LAST_ROW).then_some(Span { first: row, last: row }));
            }
            COLUMN => facts.hidden_columns.extend(hidden_columns(content)),
            MERGED => facts.merges.extend(range(content, 0)),
            BESIDE_PAGES => facts.page_words.extend(printed(content)),
            PROTECTION => facts.is_protected |= number16(content, 2).is_some_and(|locked| locked != 0),
            _ => {}
        }
    }
    scanned
}

/// Returns what is printed above and below pages, the usual ones, those with even numbers and the first.
fn printed(content: &[u8]) -> Vec<String> {
    const TEXTS: usize = 6;
    let (mut words, mut at) = (Vec::new(), 2);
    for _ in 0..TEXTS {
        let Some((written, end)) = wide_text(content, at) else { break };
        words.extend(page_words::of(&written));
        at = end;
    }
    words
}

/// Returns a sheet part up to its end, behind which some programs leave more, and with the columns of the cells that leave
/// them out.
pub(in crate::workbook) fn in_full(part: &[u8]) -> Vec<u8> {
    // A short cell's kind is this much more than that of the same cell in full.
    const SHORTER_BY: u16 = 11;
    const END_OF_SHEET: u16 = 0x0082;
    let mut full = Vec::with_capacity(part.len() + part.len() / 4);
    let mut column = 0;
    for Record { kind, content } in new_records(part) {
        match kind {
            0x0001..=0x000B | RICH_TEXT => {
                column = number32(content, 0).unwrap_or_default();
                write_record(&mut full, kind, &[content]);
            }
            0x000C..=0x0012 => {
                column = column.saturating_add(1);
                write_record(&mut full, kind - SHORTER_BY, &[&column.to_le_bytes(), content]);
            }
            _ => write_record(&mut full, kind, &[content]),
        }
        if kind == END_OF_SHEET {
            break;
        }
    }
    full
}

/// Returns the workbook part as the cell reader wants it: names without the formulas that they stand for, which it would
/// put in words though nobody needs them.
pub(in crate::workbook) fn without_meanings(part: &[u8]) -> Vec<u8> {
    const NAME: u16 = 0x0027;
    const FLAGS: usize = 9;
    let mut plain = Vec::with_capacity(part.len());
    for Record { kind, content } in new_records(part) {
        let name = (kind == NAME).then(|| wide_text(content, FLAGS)).flatten();
        match name {
            Some((_, end)) => write_record(&mut plain, kind, &[&content[..end], &[0; 4]]),
            None => write_record(&mut plain, kind, &[content]),
        }
    }
    plain
}

/// Writes a record.
fn write_record(bytes: &mut Vec<u8>, kind: u16, content: &[&[u8]]) {
    let (low, high) = (kind.to_le_bytes()[0], (kind >> 7).to_le_bytes()[0]);
    if high == 0 {
        bytes.push(low);
    } else {
        bytes.extend([low | 0x80, high]);
    }
    let mut length = content.iter().map(|piece| piece.len()).sum::<usize>();
    while length >= 0x80 {
        bytes.push(length.to_le_bytes()[0] & 0x7F | 0x80);
        length >>= 7;
    }
    bytes.push(length.to_le_bytes()[0]);
    for piece in content {
        bytes.extend_from_slice(piece);
    }
}

/// Reads a part of notes.
pub(in crate::workbook) fn notes(part: &[u8]) -> Vec<(CellRef, String)> {
    let (mut notes, mut cell) = (Vec::new(), None);
    for record in new_records(part) {
        match record.kind {
            NOTE => cell = range(record.content, 4).map(|range| range.first),
            NOTE_TEXT => notes.extend(cell.take().zip(wide_text(record.content, 1).map(|(text, _)| text))),
            _ => {}
        }
    }
    notes
}

/// Returns the columns that a record hides.
fn hidden_columns(content: &[u8]) -> Option<Span> {
    let is_hidden = number16(content, 16)? & 1 != 0 || number32(content, 8)? < LEAST_PARTS;
    let (first, last) = (number32(content, 0)?.checked_add(1)?, number32(content, 4)?.checked_add(1)?);
    (is_hidden && first <= last && first <= LAST_COLUMN).then_some(Span { first, last: last.min(LAST_COLUMN) })
}

/// Reads a rectangle: first and last row, first and last column, from zero.
fn range(content: &[u8], at: usize) -> Option<CellRange> {
    let corner = |row: usize, column: usize| {
        let cell =
            CellRef::new(number32(content, at + row)?.checked_add(1)?, number32(content, at + column)?.checked_add(1)?);
        cell.is_on_grid().then_some(cell)
    };
    Some(CellRange::new(corner(0, 8)?, corner(4, 12)?))
}

/// Returns the address of a cell's record in `row`.
fn cell(row: u32, content: &[u8]) -> Option<CellRef> {
    let cell = CellRef::new(row, number32(content, 0)?.checked_add(1)?);
    cell.is_on_grid().then_some(cell)
}

/// Returns the number of the style of a cell's record.
fn style(content: &[u8]) -> Option<u32> {
    Some(number32(content, 4)? & 0x00FF_FFFF)
}

/// Reads the part of styles.
pub(in crate::workbook) fn styles(part: &[u8]) -> StyleParts {
    const FONT: u16 = 0x002B;
    const NAME_OF_FONT: usize = 21;
    const FORMAT: u16 = 0x002C;
    const STYLE: u16 = 0x002F;
    const BEGIN_STYLES_OF_CELLS: u16 = 0x0269;
    const END_STYLES_OF_CELLS: u16 = 0x026A;
    let (mut parts, mut is_of_cells) = (StyleParts::default(), false);
    for Record { kind, content } in new_records(part) {
        let number = |at| number16(content, at).unwrap_or_default();
        match kind {
            BEGIN_STYLES_OF_CELLS => is_of_cells = true,
            END_STYLES_OF_CELLS => is_of_cells = false,
            FONT => {
                let symbols = wide_text(content, NAME_OF_FONT).and_then(|(name, _)| Symbols::named(&name));
                parts.fonts.push(Font { symbols, ..Font::of_numbers(number(2) & 0x08 != 0, number(6)) });
            }
            FORMAT => parts.codes.extend(wide_text(content, 2).map(|(code, _)| (u32::from(number(0)), code))),
            STYLE if is_of_cells => {
                let (format, font) = (u32::from(number(2)), usize::from(number(4)));
                parts.cells.push(StyleEntry { format, font, is_checkbox: false });
            }
            _ => {}
        }
    }
    parts
}

/// Returns the error that a code stands for, as it is shown.
pub(in crate::workbook) fn error_word(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        0x2D => "#SPILL!",
        0x2E => "#CONNECT!",
        0x2F => "#BLOCKED!",
        0x31 => "#FIELD!",
        0x32 => "#CALC!",
        _ => "#UNKNOWN!",
    }
}

/// A sheet as the workbook part names it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::workbook) struct Entry {
    pub(in crate::workbook) name: String,
    pub(in crate::workbook) is_hidden: bool,
    /// The id of the link to its part.
    pub(in crate::workbook) link: String,
}

impl Entry {
    /// Whether it is a module of code that was a sheet of Excel 95, which has no part.
    pub(in crate::workbook) fn is_module(&self) -> bool {
        self.link.is_empty()
    }
}

/// Reads the workbook part: whether dates count from 1904, and its sheets in order.
pub(in crate::workbook) fn workbook(part: &[u8]) -> (bool, Vec<Entry>) {
    const PROPERTIES: u16 = 0x0099;
    const SHEET: u16 = 0x009C;
    let (mut is_from_1904, mut sheets) = (false, Vec::new());
    for record in new_records(part) {
        match record.kind {
            PROPERTIES => is_from_1904 = record.content.first().is_some_and(|flags| flags & 1 != 0),
            SHEET => sheets.extend(entry(record.content)),
            _ => {}
        }
    }
    (is_from_1904, sheets)
}

fn entry(content: &[u8]) -> Option<Entry> {
    let (link, end) = wide_text(content, 8)?;
    let (name, _) = wide_text(content, end)?;
    Some(Entry { name, is_hidden: number32(content, 0)? != 0, link })
}

/// Returns a text of the binary format as it would be kept; only for tests of other files.
#[cfg(test)]
pub(in crate::workbook) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap();
    length.to_le_bytes().into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// Returns a record; only for tests.
#[cfg(test)]
pub(super) fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let low = u8::try_from(kind & 0x7F).unwrap();
    let mut bytes = if kind < 0x80 { vec![low] } else { vec![low | 0x80, u8::try_from(kind >> 7).unwrap()] };
    bytes.push(u8::try_from(content.len()).unwrap());
    bytes.extend(content);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_footers_say_their_words() {
        let wide = |text: &str| {
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [u32::try_from(text.len()).unwrap().to_le_bytes().to_vec(), units].concat()
        };
        let none = u32::MAX.to_le_bytes().to_vec();
        let content =
            [vec![0, 0], wide("&LClient list"), wide("&P"), none.clone(), wide("&CAnn Lee"), none.clone(), none]
                .concat();
        assert_eq!(printed(&content), ["Client list", "Ann Lee"]);
        assert!(printed(&[0, 0]).is_empty());
    }

    #[test]
    fn short_cells_are_written_in_full() {
        let mut part = record(0x0007, b"\x02\0\0\0\x01\0\0\0\x05\0\0\0");
        part.extend(record(0x000C, b"\x09\0\0\0"));
        part.extend(record(0x0012, b"\x01\0\0\0\x06\0\0\0"));
        part.extend(record(0x0092, &[7; 100]));
        let mut full = record(0x0007, b"\x02\0\0\0\x01\0\0\0\x05\0\0\0");
        full.extend(record(0x0001, b"\x03\0\0\0\x09\0\0\0"));
        full.extend(record(0x0007, b"\x04\0\0\0\x01\0\0\0\x06\0\0\0"));
        full.extend(record(0x0092, &[7; 100]));
        assert_eq!(in_full(&part), full);
        let (end, again) = (record(0x0082, &[]), part.clone());
        assert_eq!(in_full(&[part, end.clone(), again].concat()), [full, end].concat(), "what lies behind is left out");
    }

    #[test]
    fn fonts_say_what_is_struck_out_and_where_letters_stand() {
        let font =
            |flags: u8, level: u8| record(0x002B, &[&[220, 0, flags, 0, 0x90, 1, level, 0][..], &[0; 13]].concat());
        let part = [font(0, 0), font(8, 0), font(2, 1), font(8, 2)].concat();
        let expected = [(false, 0), (true, 0), (false, 1), (true, 2)];
        assert_eq!(styles(&part).fonts, expected.map(|(is_struck, level)| Font::of_numbers(is_struck, level)));
    }

    #[test]
    fn facts_are_read_from_records() {
        let numbers = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let mut part = record(COLUMN, &[numbers(&[1, 2, 0, 0]), vec![1, 0]].concat());
        part.extend(record(ROW, &[numbers(&[8, 0]), vec![0, 0, 0, 0, 0]].concat()));
        part.extend(record(ROW, &[numbers(&[9, 0]), vec![45, 0, 0, 0, 0]].concat()));
        part.extend(record(ROW, &[numbers(&[11, 0]), vec![30, 0, 0, 0, 0]].concat()));
        part.extend(record(ROW, &[numbers(&[4, 0]), vec![45, 0, 0, 0x10, 0]].concat()));
        part.extend(record(0x000B, &[numbers(&[2, 0]), vec![0x17, 0, 0]].concat()));
        part.extend(record(MERGED, &numbers(&[0, 1, 1, 2])));
        part.extend(record(PROTECTION, &[0, 0, 1, 0, 0, 0]));
        let Scanned { facts, formulas, .. } = scan(&part);
        assert_eq!(formulas, ["C5".parse().unwrap()]);
        assert_eq!(facts.hidden_columns, [Span { first: 2, last: 3 }]);
        assert_eq!(facts.hidden_rows, [9, 12, 5].map(|row| Span { first: row, last: row }));
        assert_eq!(facts.merges, ["B1:C2".parse().unwrap()]);
        assert!(facts.is_protected);
    }
}
