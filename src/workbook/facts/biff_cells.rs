//! The cells of a sheet of Excel 97 to 2003, and of 95 and earlier: what each holds, as it is stored.
//!
//! A stray cell in the last corner of a sheet costs one cell. Where a cell is written twice, programs show the later one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::biff::{Entry, Globals};
use super::biff_text::Pieces;
use super::binary_part::error_word;
use super::record::{Record, float, number16, number32, of_sheet, short_float};
use crate::cell::CellRef;
use crate::workbook::cells::{lost_text, number_value, text_value};
use crate::workbook::tally::Tally;
use crate::workbook::{Cell, Look, ReadError, Value};

const FORMULA: u16 = 0x0006;
/// The same, as earlier versions numbered it and other programs still do.
const EARLIER_FORMULA: u16 = 0x0406;
const OLD_FORMULA: u16 = 0x0206;
const END: u16 = 0x000A;
const NUMBERS: u16 = 0x00BD;
const RICH_TEXT: u16 = 0x00D6;
const KEPT_TEXT: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const LOGICAL: u16 = 0x0205;
const RESULT: u16 = 0x0207;
const SHORT_NUMBER: u16 = 0x027E;

/// Where the content of a cell stands in its record, behind its place and its style.
const CONTENT: usize = 6;

/// Reads the cells of a sheet, without their formulas.
pub(in crate::workbook) fn read(
    stream: &[u8],
    entry: &Entry,
    globals: &Globals,
    tally: &mut Tally<'_>,
) -> Result<BTreeMap<CellRef, Cell>, ReadError> {
    let mut reading = Reading { stream, sheet: &entry.name, globals, tally, cells: BTreeMap::new(), awaits: None };
    let mut end = entry.start;
    for (record, place) in of_sheet(stream, entry.start) {
        end = place.end;
        if record.kind == END {
            return Ok(reading.cells);
        }
        reading.record(record, place)?;
    }
    if end == stream.len() {
        return Ok(reading.cells);
    }
    Err(ReadError::Damaged(format!("it is cut off within the sheet `{}`", entry.name)))
}

/// A sheet while its cells are read.
struct Reading<'a, 'b> {
    stream: &'a [u8],
    sheet: &'a str,
    globals: &'a Globals,
    tally: &'a mut Tally<'b>,
    cells: BTreeMap<CellRef, Cell>,
    /// The cell of a formula whose text is still to come.
    awaits: Option<CellRef>,
}

impl Reading<'_, '_> {
    /// Reads a record, where it is of cells.
    fn record(&mut self, record: Record<'_>, place: Range<usize>) -> Result<(), ReadError> {
        let content = record.content;
        let one = |value: Option<Value>| value.ok_or_else(|| self.too_short());
        let value = match record.kind {
            FORMULA | EARLIER_FORMULA | OLD_FORMULA => return self.formula(content),
            NUMBERS => return self.numbers(content),
            KEPT_TEXT => return self.kept(content),
            RESULT => return self.result(place),
            RICH_TEXT => return self.rich(content, place.start + CONTENT..place.end),
            TEXT => one(self.text(place.start + CONTENT..place.end))?,
            NUMBER => one(float(content, CONTENT).map(number_value))?,
            SHORT_NUMBER => one(short_float(content, CONTENT).map(number_value))?,
            LOGICAL => one(logical_or_error(content))?,
            _ => return Ok(()),
        };
        self.add(content, value)
    }

    /// Adds the cell whose record this is.
    fn add(&mut self, content: &[u8], value: Value) -> Result<(), ReadError> {
        let at = place(content).ok_or_else(|| self.too_short())?;
        self.put(Cell::new(at, value, None))
    }

    fn put(&mut self, cell: Cell) -> Result<(), ReadError> {
        if cell.value == Value::Empty {
            return Ok(());
        }
        self.tally.add(cell.at, self.sheet, &cell.value, None)?;
        self.cells.insert(cell.at, cell);
        Ok(())
    }

    /// Reads numbers that stand side by side; their record ends with the last of their columns.
    fn numbers(&mut self, content: &[u8]) -> Result<(), ReadError> {
        const EACH: usize = 6;
        let first = place(content).ok_or_else(|| self.too_short())?;
        let numbers = content.get(4..content.len().saturating_sub(2)).unwrap_or_default();
        let last = number16(content, content.len().saturating_sub(2)).map(|column| u32::from(column) + 1);
        let count = u32::try_from(numbers.len() / EACH).expect("a record is short");
        if numbers.len() % EACH != 0 || count == 0 || last != Some(first.column + count - 1) {
            return Err(self.too_short());
        }
        for (column, number) in (first.column..).zip(numbers.chunks_exact(EACH)) {
            let value = short_float(number, 2).map(number_value).expect("it has six bytes");
            self.put(Cell::new(CellRef::new(first.row, column), value, None))?;
        }
        Ok(())
    }

    /// Reads a cell that names one of the kept texts.
    fn kept(&mut self, content: &[u8]) -> Result<(), ReadError> {
        let (at, number) = place(content).zip(number32(content, CONTENT)).ok_or_else(|| self.too_short())?;
        let kept = &self.globals.kept;
        let Some((text, struck)) = kept.get(number as usize) else {
            return self.put(Cell::new(at, lost_text(kept.len())?, None));
        };
        self.put(said(at, text, struck.as_deref()))
    }

    /// Reads a cell that has its own text, parts of which have fonts of their own.
    fn rich(&mut self, content: &[u8], text: Range<usize>) -> Result<(), ReadError> {
        let at = place(content).filter(|_| !text.is_empty()).ok_or_else(|| self.too_short())?;
        let mut pieces = Pieces::at(self.stream, text);
        let rich = pieces.rich(self.globals.letters, &self.globals.styles.fonts);
        let (text, struck) = rich.ok_or_else(|| self.too_short())?;
        self.put(said(at, &text, struck.as_deref()))
    }

    /// Reads what a formula gave.
    fn formula(&mut self, content: &[u8]) -> Result<(), ReadError> {
        let stored = content.get(CONTENT..).and_then(|rest| rest.first_chunk::<8>());
        let (at, stored) = place(content).zip(stored).ok_or_else(|| self.too_short())?;
        self.awaits = None;
        let value = match *stored {
            [0, .., 0xFF, 0xFF] => {
                self.awaits = Some(at);
                return Ok(());
            }
            [1, _, logical, .., 0xFF, 0xFF] => Value::Logical(logical != 0),
            [2, _, code, .., 0xFF, 0xFF] => Value::Error(error_word(code).into()),
            [3, .., 0xFF, 0xFF] => Value::Text("".into()),
            number => number_value(f64::from_le_bytes(number)),
        };
        self.put(Cell::new(at, value, None))
    }

    /// Reads the text that a formula gave.
    fn result(&mut self, place: Range<usize>) -> Result<(), ReadError> {
        let Some(at) = self.awaits.take() else { return Ok(()) };
        let text = Pieces::at(self.stream, place).text(self.globals.letters).ok_or_else(|| self.too_short())?;
        let value = if text.is_empty() { Value::Text("".into()) } else { text_value(&text) };
        self.put(Cell::new(at, value, None))
    }

    /// Reads the text of a cell that has its own.
    fn text(&self, place: Range<usize>) -> Option<Value> {
        if place.is_empty() {
            return None;
        }
        Some(text_value(&Pieces::at(self.stream, place).text(self.globals.letters)?))
    }

    fn too_short(&self) -> ReadError {
        ReadError::Damaged(format!("the sheet `{}` has a cell that ends too soon", self.sheet))
    }
}

/// Returns a cell with a text, and with what is struck out of it.
fn said(at: CellRef, text: &str, struck: Option<&str>) -> Cell {
    let look = Look { struck: struck.map(Into::into), ..Look::default() };
    Cell { look, ..Cell::new(at, text_value(text), None) }
}

/// Returns where the cell of a record stands.
fn place(content: &[u8]) -> Option<CellRef> {
    let (row, column) = number16(content, 0).zip(number16(content, 2))?;
    Some(CellRef::new(u32::from(row) + 1, u32::from(column) + 1))
}

/// Reads a logical, or an error by its code.
fn logical_or_error(content: &[u8]) -> Option<Value> {
    let (code, is_error) = content.get(CONTENT).zip(content.get(CONTENT + 1))?;
    Some(if *is_error == 0 { Value::Logical(*code != 0) } else { Value::Error(error_word(*code).into()) })
}
