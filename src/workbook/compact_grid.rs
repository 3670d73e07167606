//! The cells of Excel 97 to 2003 moved close together, as the cell reader lays a sheet out as a full grid.
//!
//! [`CompactGrid::of`] gives a compound file with the same cells, those of each sheet in the order of their records and side by
//! side from the first row on; [`CompactGrid::place`] says where such a cell really stands. So a stray cell in the last corner
//! costs one cell, and a file that claims a grid beyond all bounds claims nothing.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::ops::Range;

use cfb::{CompoundFile, Version};

use super::ReadError;
use super::facts::record::{decoded, number16, record_at};
use super::plain_records::{Edition, edition, leave_out, leave_out_names};
use crate::cell::CellRef;

const FORMULA: u16 = 0x0006;
/// The same, as earlier versions numbered it and other programs still do.
const EARLIER_FORMULA: u16 = 0x0406;
const OLD_FORMULA: u16 = 0x0206;
const END: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const NUMBERS: u16 = 0x00BD;
const RICH_TEXT: u16 = 0x00D6;
const MERGED: u16 = 0x00E5;
const KEPT_TEXT: u16 = 0x00FD;
const GRID: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const LOGICAL: u16 = 0x0205;
const RESULT: u16 = 0x0207;
const SHORT_NUMBER: u16 = 0x027E;
const BEGIN: u16 = 0x0809;

/// How many cells stand side by side: more than the largest record has.
const WIDTH: u32 = 0x4000;

/// Sheets whose cells stand close together.
#[derive(Debug)]
pub(super) struct CompactGrid {
    /// The compound file for the cell reader.
    pub(super) file: Vec<u8>,
    /// Where the cells of each sheet really stand, by ascending new places.
    sheets: Vec<Vec<Moved>>,
    /// The texts of formulas that go on in other records, which the cell reader cuts off.
    long_texts: BTreeMap<(usize, CellRef), String>,
}

/// The cells of one record, which stand side by side.
#[derive(Clone, Copy, Debug)]
struct Moved {
    /// The new place, counted from the first cell of the first row on.
    to: u32,
    /// How many they are.
    count: u32,
    /// Where the first of them really stands.
    from: CellRef,
}

impl CompactGrid {
    /// Moves the cells of a workbook's stream, whose sheets begin at `starts`.
    pub(super) fn of(mut stream: Vec<u8>, starts: impl Iterator<Item = usize>) -> Result<Self, ReadError> {
        let (mut sheets, mut long_texts) = (Vec::new(), BTreeMap::new());
        let mut taken: Vec<Range<usize>> = Vec::new();
        let edition = edition(&stream);
        leave_out_names(&mut stream);
        for (number, start) in starts.enumerate() {
            // Cells that two sheets share would be moved twice, and nobody could say where they stand.
            if start > stream.len() || taken.iter().any(|other| other.contains(&start)) {
                return Err(ReadError::Damaged("its sheets don't begin where it says".to_owned()));
            }
            let mut packing =
                Packing { stream: &mut stream, edition, moved: Vec::new(), next: 0, long_texts: Vec::new() };
            let end = packing.sheet(start)?;
            long_texts.extend(packing.long_texts.into_iter().map(|(at, text)| ((number, at), text)));
            sheets.push(packing.moved);
            taken.push(start..end);
        }
        let file = compound(&stream).map_err(|error| ReadError::Damaged(error.to_string()))?;
        Ok(Self { file, sheets, long_texts })
    }

    /// Returns how many cells all sheets have.
    pub(super) fn count(&self) -> u64 {
        self.sheets.iter().flatten().map(|moved| u64::from(moved.count)).sum()
    }

    /// Returns the whole text that a formula gave, where the cell reader cuts it off.
    pub(super) fn long_text(&self, sheet: usize, at: CellRef) -> Option<&str> {
        self.long_texts.get(&(sheet, at)).map(String::as_str)
    }

    /// Returns where a cell really stands that the reader found at a row and column from zero.
    pub(super) fn place(&self, sheet: usize, row: u32, column: u32) -> Option<CellRef> {
        let to = row.checked_mul(WIDTH)?.checked_add(column)?;
        let sheet = self.sheets.get(sheet)?;
        let moved = sheet.get(sheet.partition_point(|moved| moved.to <= to).checked_sub(1)?)?;
        let aside = to - moved.to;
        (aside < moved.count).then(|| CellRef::new(moved.from.row, moved.from.column + aside))
    }
}

/// A sheet while its cells are moved.
struct Packing<'a> {
    stream: &'a mut [u8],
    edition: Edition,
    moved: Vec<Moved>,
    /// The next free place.
    next: u32,
    long_texts: Vec<(CellRef, String)>,
}

impl Packing<'_> {
    /// Moves the cells of the sheet whose records begin at `start`; returns where its records end.
    fn sheet(&mut self, start: usize) -> Result<usize, ReadError> {
        let (mut at, mut depth) = (start, 0);
        while let Some((kind, content)) = record_at(self.stream, at) {
            at = content.end;
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                // Charts lie in the sheet with records of their own.
                _ if depth > 1 => {}
                // The reader makes room for as large a grid as this says, and needs no merges.
                GRID | MERGED => leave_out(self.stream, content.start - 4),
                NUMBERS => self.numbers(content).ok_or_else(damaged)?,
                FORMULA | EARLIER_FORMULA | OLD_FORMULA => self.formula(&content).ok_or_else(damaged)?,
                RESULT => self.result(content),
                RICH_TEXT | KEPT_TEXT | NUMBER | TEXT | LOGICAL | SHORT_NUMBER => {
                    self.cells(&content, 1).ok_or_else(damaged)?;
                }
                _ => {}
            }
        }
        Ok(at)
    }

    /// Moves a formula's cell, and leaves the reader nothing to put in words.
    fn formula(&mut self, content: &Range<usize>) -> Option<()> {
        const TOKENS: usize = 20;
        self.cells(content, 1)?;
        self.stream[content.start - 4..content.start - 2].copy_from_slice(&FORMULA.to_le_bytes());
        self.stream[content.clone()].get_mut(TOKENS..TOKENS + 2)?.fill(0);
        Some(())
    }

    /// Keeps the text that a formula gave, where it goes on in other records; the formula's cell is the one before it.
    fn result(&mut self, content: Range<usize>) {
        let goes_on = record_at(self.stream, content.end).is_some_and(|(kind, _)| kind == CONTINUE);
        let cell = self.moved.last().map(|moved| moved.from).filter(|_| goes_on && self.edition == Edition::Later);
        self.long_texts.extend(cell.and_then(|cell| Some((cell, continued_text(self.stream, content)?))));
    }

    /// Moves numbers that stand side by side; their record ends with the last of their columns.
    fn numbers(&mut self, content: Range<usize>) -> Option<()> {
        let columns = content.len().checked_sub(6)? / 6;
        let count = u16::try_from(columns).ok().filter(|count| *count > 0)?;
        let ends = content.end - 2;
        let (first, last) = (number16(self.stream, content.start + 2)?, number16(self.stream, ends)?);
        if last.checked_sub(first)? != count - 1 || content.len() != 6 + columns * 6 {
            return None;
        }
        let column = self.cells(&content, count)?;
        self.stream[ends..ends + 2].copy_from_slice(&(column + count - 1).to_le_bytes());
        Some(())
    }

    /// Moves the cells of one record; returns the new column of the first.
    fn cells(&mut self, content: &Range<usize>, count: u16) -> Option<u16> {
        if content.len() < 4 {
            return None;
        }
        let number = |at| number16(self.stream, content.start + at).map(|number| u32::from(number) + 1);
        let from = CellRef::new(number(0)?, number(2)?);
        let count = u32::from(count);
        let is_wide = count > WIDTH - self.next % WIDTH;
        let to = if is_wide { self.next.next_multiple_of(WIDTH) } else { self.next };
        let (row, column) = (u16::try_from(to / WIDTH).ok()?, u16::try_from(to % WIDTH).ok()?);
        self.stream[content.start..content.start + 2].copy_from_slice(&row.to_le_bytes());
        self.stream[content.start + 2..content.start + 4].copy_from_slice(&column.to_le_bytes());
        self.moved.push(Moved { to, count, from });
        self.next = to + count;
        Some(column)
    }
}

/// Returns a text that goes on in the records after its own, each of which says anew how wide its characters are.
fn continued_text(stream: &[u8], content: Range<usize>) -> Option<String> {
    let mut left = usize::from(number16(stream, content.start)?);
    let (mut wide, mut piece) = (Vec::new(), content.start + 2..content.end);
    loop {
        let (flags, characters) = stream[piece.clone()].split_first()?;
        let width = usize::from(flags & 1) + 1;
        let count = left.min(characters.len() / width);
        wide.extend(
            characters[..count * width].chunks(width).flat_map(|one| [one[0], one.get(1).copied().unwrap_or(0)]),
        );
        left -= count;
        match record_at(stream, piece.end) {
            Some((CONTINUE, next)) if left > 0 => piece = next,
            Some(_) | None => return Some(decoded(&wide)),
        }
    }
}

fn damaged() -> ReadError {
    ReadError::Damaged("one of its sheets has a cell that ends too soon".to_owned())
}

/// Returns a compound file that holds nothing but a workbook's stream.
pub(super) fn compound(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let room = Cursor::new(Vec::with_capacity(stream.len() + stream.len() / 64 + 4096));
    let mut file = CompoundFile::create_with_version(Version::V3, room)?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}
