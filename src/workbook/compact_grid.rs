//! The cells of Excel 97 to 2003 moved close together, as the cell reader lays a sheet out as a full grid.
//!
//! [`CompactGrid::of`] gives a compound file with the same cells, those of each sheet in the order of their records and side by
//! side from the first row on; [`CompactGrid::place`] says where such a cell really stands. So a stray cell in the last corner
//! costs one cell, and a file that claims a grid beyond all bounds claims nothing.

use std::io::{Cursor, Write};
use std::ops::Range;

use cfb::{CompoundFile, Version};

use super::ReadError;
use super::facts::record::number16;
use crate::cell::CellRef;

const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
const NUMBERS: u16 = 0x00BD;
const RICH_TEXT: u16 = 0x00D6;
const KEPT_TEXT: u16 = 0x00FD;
const GRID: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const LOGICAL: u16 = 0x0205;
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
        let mut sheets = Vec::new();
        let mut taken: Vec<Range<usize>> = Vec::new();
        for start in starts {
            // Cells that two sheets share would be moved twice, and nobody could say where they stand.
            if start > stream.len() || taken.iter().any(|other| other.contains(&start)) {
                return Err(ReadError::Damaged("its sheets don't begin where it says".to_owned()));
            }
            let mut packing = Packing { stream: &mut stream, moved: Vec::new(), next: 0 };
            let end = packing.sheet(start)?;
            sheets.push(packing.moved);
            taken.push(start..end);
        }
        let file = compound(&stream).map_err(|error| ReadError::Damaged(error.to_string()))?;
        Ok(Self { file, sheets })
    }

    /// Returns how many cells all sheets have.
    pub(super) fn count(&self) -> u64 {
        self.sheets.iter().flatten().map(|moved| u64::from(moved.count)).sum()
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
    moved: Vec<Moved>,
    /// The next free place.
    next: u32,
}

impl Packing<'_> {
    /// Moves the cells of the sheet whose records begin at `start`; returns where its records end.
    fn sheet(&mut self, start: usize) -> Result<usize, ReadError> {
        let (mut at, mut depth) = (start, 0);
        while let Some((kind, content)) = record(self.stream, at) {
            at = content.end;
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                // Charts lie in the sheet with records of their own.
                _ if depth > 1 => {}
                // The reader makes room for as large a grid as this says.
                GRID => self.stream[content].fill(0),
                NUMBERS => self.numbers(content).ok_or_else(damaged)?,
                FORMULA | RICH_TEXT | KEPT_TEXT | NUMBER | TEXT | LOGICAL | SHORT_NUMBER => {
                    self.cells(&content, 1).ok_or_else(damaged)?;
                }
                _ => {}
            }
        }
        Ok(at)
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

/// Returns the kind of the record at `at`, and where its content stands.
fn record(stream: &[u8], at: usize) -> Option<(u16, Range<usize>)> {
    let rest = stream.get(at..)?;
    let (kind, length) = (number16(rest, 0)?, usize::from(number16(rest, 2)?));
    (rest.len() >= 4 + length).then(|| (kind, at + 4..at + 4 + length))
}

fn damaged() -> ReadError {
    ReadError::Damaged("one of its sheets has a cell that ends too soon".to_owned())
}

/// Returns a compound file that holds nothing but a workbook's stream.
fn compound(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let room = Cursor::new(Vec::with_capacity(stream.len() + stream.len() / 64 + 4096));
    let mut file = CompoundFile::create_with_version(Version::V3, room)?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}
