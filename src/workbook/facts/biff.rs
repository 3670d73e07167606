//! The facts of Excel 97 to 2003, and what its cells share: one pass over the records of its stream.

use std::collections::BTreeMap;

use super::biff_objects::Objects;
use super::biff_text::{self, Letters};
use super::record::{characters, number16, number32, of_sheet, old_records};
use super::token::{self, Named};
use super::{Facts, LEAST_PARTS, LEAST_TWIPS, biff_validation, page_words};
use crate::cell::{CellRange, CellRef};
use crate::workbook::Span;
use crate::workbook::runs::{Font, Said};
use crate::workbook::style::{StyleEntry, StyleParts};
use crate::workbook::symbols::Symbols;

const FORMULA: u16 = 0x0006;
/// The same, as earlier versions numbered it and other programs still do.
const EARLIER_FORMULA: u16 = 0x0406;
const OLD_FORMULA: u16 = 0x0206;
const END: u16 = 0x000A;
const PROTECT: u16 = 0x0012;
const ABOVE_PAGES: u16 = 0x0014;
const BELOW_PAGES: u16 = 0x0015;
const SHEETS_NAMED: u16 = 0x0017;
const DATES: u16 = 0x0022;
const NAME: u16 = 0x0018;
const FONT: u16 = 0x0031;
const COLUMN: u16 = 0x007D;
const SHEET: u16 = 0x0085;
const NUMBERS: u16 = 0x00BD;
const RICH_TEXT: u16 = 0x00D6;
const CELL_STYLE: u16 = 0x00E0;
const MERGED: u16 = 0x00E5;
const KEPT_TEXTS: u16 = 0x00FC;
const KEPT_TEXT: u16 = 0x00FD;
const VALIDATION: u16 = 0x01BE;
const BOOK: u16 = 0x01AE;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const LOGICAL: u16 = 0x0205;
const ROW: u16 = 0x0208;
const ARRAY: u16 = 0x0221;
const USUAL_HEIGHT: u16 = 0x0225;
const SHORT_NUMBER: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const SHARED: u16 = 0x04BC;

/// What stands instead of a length where a book is the workbook itself.
const THIS_BOOK: u16 = 0x0401;
/// What stands instead of a length where a book is programs' functions.
const ADD_IN: u16 = 0x3A01;

/// What the stream says of the workbook as a whole.
#[derive(Debug, Default)]
pub(in crate::workbook) struct Globals {
    pub(in crate::workbook) sheets: Vec<Entry>,
    pub(in crate::workbook) external_links: Vec<String>,
    /// What formulas name by number.
    pub(in crate::workbook) named: Named,
    /// What the styles of cells are made of.
    pub(in crate::workbook) styles: StyleParts,
    /// How texts are written.
    pub(in crate::workbook) letters: Letters,
    /// The texts that cells name by number.
    pub(in crate::workbook) kept: Vec<Said>,
    /// Whether dates count from 1904.
    pub(in crate::workbook) is_from_1904: bool,
}

/// What the records of a sheet say beside its values.
#[derive(Debug, Default)]
pub(in crate::workbook) struct SheetRecords {
    pub(in crate::workbook) facts: Facts,
    /// The formulas; one that can't be written out is empty.
    pub(in crate::workbook) formulas: Vec<(CellRef, String)>,
    /// The number of each filled cell's style.
    pub(in crate::workbook) styles: Vec<(CellRef, u32)>,
}

/// A sheet as the workbook names it.
#[derive(Debug)]
pub(in crate::workbook) struct Entry {
    /// Where its records begin in the stream.
    pub(in crate::workbook) start: usize,
    pub(in crate::workbook) name: String,
    /// Whether it holds cells, not a chart or macros.
    pub(in crate::workbook) is_worksheet: bool,
    /// Whether it holds macros of Excel 4.
    pub(in crate::workbook) is_macro_sheet: bool,
    pub(in crate::workbook) is_hidden: bool,
}

/// Reads the records that come before the sheets'.
pub(in crate::workbook) fn globals(stream: &[u8]) -> Globals {
    let letters = Letters::of(stream);
    let mut globals = Globals { letters, ..Globals::default() };
    let (mut books, mut kept) = (Vec::new(), None);
    for (record, place) in old_records(stream) {
        match record.kind {
            SHEET => globals.sheets.extend(entry(record.content, letters)),
            DATES => globals.is_from_1904 = number16(record.content, 0) == Some(1),
            KEPT_TEXTS => kept = Some(place),
            BOOK => {
                books.push(number16(record.content, 2) == Some(THIS_BOOK));
                globals.external_links.extend(external_book(record.content));
            }
            SHEETS_NAMED => globals.named.spans = spans(record.content, &books),
            NAME => globals.named.names.push(name(record.content, letters).unwrap_or_default()),
            FONT => add_font(&mut globals.styles.fonts, record.content),
            FORMAT => globals.styles.codes.extend(format(record.content, letters)),
            CELL_STYLE => globals.styles.cells.push(cell_style(record.content)),
            END => break,
            _ => {}
        }
    }
    globals.named.sheets = globals.sheets.iter().map(|entry| entry.name.clone()).collect();
    globals.kept = kept.map_or_else(Vec::new, |place| biff_text::kept(stream, place, &globals.styles.fonts));
    globals
}

/// Returns the sheets that each numbered reference spans; `books` says which of the books is the workbook itself.
fn spans(content: &[u8], books: &[bool]) -> Vec<Option<(u16, u16)>> {
    let entries = content.get(2..).unwrap_or_default().chunks_exact(6);
    entries
        .map(|entry| {
            let is_own = books.get(usize::from(number16(entry, 0)?)).copied().unwrap_or_default();
            number16(entry, 2).zip(number16(entry, 4)).filter(|_| is_own)
        })
        .collect()
}

/// Adds a font; none has the number four.
fn add_font(fonts: &mut Vec<Font>, content: &[u8]) {
    const NO_FONT: usize = 4;
    if fonts.len() == NO_FONT {
        fonts.push(Font::default());
    }
    let number = |at| number16(content, at).unwrap_or_default();
    let symbols = name_of_font(content).and_then(|name| Symbols::named(&name));
    fonts.push(Font { symbols, ..Font::of_numbers(number(2) & 0x08 != 0, number(8)) });
}

/// Returns the name of a font: before Excel 97 its letters are bytes that follow their count.
fn name_of_font(content: &[u8]) -> Option<String> {
    const COUNT: usize = 14;
    let (length, name) = (usize::from(*content.get(COUNT)?), content.get(COUNT + 1..)?);
    if name.len() == length { Some(String::from_utf8_lossy(name).into_owned()) } else { characters(name, length) }
}

/// Returns the id of a format and its code, the length of which has one byte in earlier files and two in later ones.
fn format(content: &[u8], letters: Letters) -> Option<(u32, String)> {
    let id = u32::from(number16(content, 0)?);
    let (length, start) = match letters {
        Letters::Own => (usize::from(number16(content, 2)?), 4),
        Letters::OfPage(_) => (usize::from(*content.get(2)?), 3),
    };
    Some((id, letters.text(content.get(start..)?, length)?))
}

/// Returns a style of cells.
fn cell_style(content: &[u8]) -> StyleEntry {
    let number = |at| number16(content, at).unwrap_or_default();
    StyleEntry { format: u32::from(number(2)), font: usize::from(number(0)), is_checkbox: false }
}

/// Returns a defined name.
fn name(content: &[u8], letters: Letters) -> Option<String> {
    letters.text(content.get(14..)?, usize::from(*content.get(3)?))
}

fn entry(content: &[u8], letters: Letters) -> Option<Entry> {
    let start = number32(content, 0)? as usize;
    let (visibility, kind) = (*content.get(4)?, *content.get(5)?);
    let mut name = letters.text(content.get(7..)?, usize::from(*content.get(6)?)).unwrap_or_default();
    name.retain(|letter| letter != '\0');
    Some(Entry { start, name, is_worksheet: kind == 0, is_macro_sheet: kind == 1, is_hidden: visibility & 3 != 0 })
}

/// Returns the place of another workbook; `None` for the workbook itself, and for programs' functions.
fn external_book(content: &[u8]) -> Option<String> {
    let length = number16(content, 2)?;
    if matches!(length, THIS_BOOK | ADD_IN) || length == 0 {
        return None;
    }
    let text = characters(content.get(4..)?, usize::from(length))?;
    // Control characters stand for drives, folders and the folder of this workbook.
    let plain = text.chars().map(|c| if c.is_control() { '/' } else { c }).collect::<String>();
    Some(plain.trim_start_matches('/').to_owned())
}

/// Reads the facts of the sheet whose records begin at `start`, its formulas, and which styles its cells have.
pub(in crate::workbook) fn sheet(stream: &[u8], start: usize, globals: &Globals) -> SheetRecords {
    let (mut facts, mut styles, mut is_low) = (Facts::default(), Vec::new(), false);
    let mut objects = Objects::default();
    let mut formulas = Formulas::default();
    for (record, _) in of_sheet(stream, start) {
        match record.kind {
            USUAL_HEIGHT => is_low = number16(record.content, 0).is_some_and(|flags| flags & 0x02 != 0),
            ROW => facts.hidden_rows.extend(hidden_row(record.content, is_low)),
            COLUMN => facts.hidden_columns.extend(hidden_columns(record.content)),
            MERGED => facts.merges.extend(merged(record.content)),
            PROTECT => facts.is_protected |= number16(record.content, 0).is_some_and(|locked| locked != 0),
            ABOVE_PAGES | BELOW_PAGES => facts.page_words.extend(printed(record.content, globals.letters)),
            VALIDATION => facts.validations.extend(biff_validation::read(record.content, &globals.named)),
            FORMULA | EARLIER_FORMULA | OLD_FORMULA => {
                formulas.add(record.content);
                styles.extend(style(record.content));
            }
            RICH_TEXT | KEPT_TEXT | NUMBER | TEXT | LOGICAL | SHORT_NUMBER => styles.extend(style(record.content)),
            NUMBERS => styles.extend(styles_of_numbers(record.content)),
            SHARED => formulas.share(record.content, 8),
            ARRAY => formulas.share(record.content, 12),
            _ => objects.take(record),
        }
    }
    (facts.notes, facts.floating) = (objects.notes(), objects.floating());
    SheetRecords { facts, formulas: formulas.written(globals), styles }
}

/// Returns what is printed above or below pages.
fn printed(content: &[u8], letters: Letters) -> Option<String> {
    let (length, start) = match letters {
        Letters::Own => (usize::from(number16(content, 0)?), 2),
        Letters::OfPage(_) => (usize::from(*content.first()?), 1),
    };
    page_words::of(&letters.text(content.get(start..)?, length)?)
}

/// Returns a cell with the number of its style.
fn style(content: &[u8]) -> Option<(CellRef, u32)> {
    let cell = at(number16(content, 0)?, number16(content, 2)?);
    Some((cell, u32::from(number16(content, 4)?)))
}

/// Returns cells that stand side by side, each with the number of its style.
fn styles_of_numbers(content: &[u8]) -> Vec<(CellRef, u32)> {
    const EACH: usize = 6;
    let Some((row, first)) = number16(content, 0).zip(number16(content, 2)) else { return Vec::new() };
    let pairs = content.get(4..content.len().saturating_sub(2)).unwrap_or_default().chunks_exact(EACH);
    let numbers =
        pairs.zip(first..=u16::MAX).filter_map(|(pair, column)| Some((at(row, column), u32::from(number16(pair, 0)?))));
    numbers.collect()
}

/// Formulas while they are read: a shared one comes after the first cell that names it.
#[derive(Debug, Default)]
struct Formulas<'a> {
    cells: Vec<(CellRef, &'a [u8])>,
    /// The tokens of shared formulas, by the cell that they begin at.
    shared: BTreeMap<CellRef, &'a [u8]>,
}

impl<'a> Formulas<'a> {
    fn add(&mut self, content: &'a [u8]) {
        let cell = number16(content, 0).zip(number16(content, 2));
        self.cells.extend(cell.map(|(row, column)| (at(row, column), tokens(content, 20).unwrap_or_default())));
    }

    /// Keeps a formula that several cells share; it belongs to the cell just read.
    fn share(&mut self, content: &'a [u8], start: usize) {
        let first = self.cells.last().map(|(cell, _)| *cell);
        self.shared.extend(first.zip(tokens(content, start)));
    }

    /// Returns the formulas; those of earlier files, whose tokens are of other sizes, without their words.
    fn written(self, globals: &Globals) -> Vec<(CellRef, String)> {
        const NAMES_ANOTHER: u8 = 0x01;
        let cells = self.cells.into_iter().map(|(cell, tokens)| {
            let other =
                tokens.strip_prefix(&[NAMES_ANOTHER]).and_then(|other| number16(other, 0).zip(number16(other, 2)));
            let tokens = other.map_or(Some(tokens), |(row, column)| self.shared.get(&at(row, column)).copied());
            let tokens = tokens.filter(|_| globals.letters == Letters::Own);
            (cell, tokens.and_then(|tokens| token::written(tokens, cell, &globals.named)).unwrap_or_default())
        });
        cells.collect()
    }
}

/// Returns the tokens that stand, with their length before them, at `start`.
fn tokens(content: &[u8], start: usize) -> Option<&[u8]> {
    let length = usize::from(number16(content, start)?);
    content.get(start + 2..start + 2 + length)
}

/// Returns the cell at a row and column from zero.
fn at(row: u16, column: u16) -> CellRef {
    CellRef::new(u32::from(row) + 1, u32::from(column) + 1)
}

/// Returns a row that is hidden, or in which nobody sees anything, so low is it: by itself, or by the usual height where `is_low` says that
/// this is nought.
fn hidden_row(content: &[u8], is_low: bool) -> Option<Span> {
    const USUAL: u16 = 0x8000;
    let row = u32::from(number16(content, 0)?) + 1;
    let height = number16(content, 6)?;
    let is_unseen = if height & USUAL == 0 { u32::from(height) < LEAST_TWIPS } else { is_low };
    (is_unseen || number16(content, 12)? & 0x20 != 0).then_some(Span { first: row, last: row })
}

fn hidden_columns(content: &[u8]) -> Option<Span> {
    let (first, last) = (u32::from(number16(content, 0)?) + 1, u32::from(number16(content, 2)?).min(255) + 1);
    let is_hidden = number16(content, 8)? & 1 != 0 || u32::from(number16(content, 4)?) < LEAST_PARTS;
    (is_hidden && first <= last).then_some(Span { first, last })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_footers_say_their_words() {
        let text = b"&LClient list&RPage &P";
        let content = [&[22, 0, 0][..], text].concat();
        assert_eq!(printed(&content, Letters::Own).as_deref(), Some("Client list\nPage"));
        assert_eq!(printed(&[2, 0, 0, b'&', b'P'], Letters::Own), None);
        assert_eq!(printed(&[], Letters::Own), None);
    }
}
