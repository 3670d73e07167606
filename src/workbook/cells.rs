//! The cells of workbooks of binary formats, as the cell reader reads them.
//!
//! They are streamed cell by cell, so that a stray cell in the last corner of a sheet costs one cell. A formula without a
//! stored result is an empty value with its formula; an empty text is nothing.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, Data, DataRef, Reader, Xls, XlsError, Xlsb, XlsbError};

use super::compact_grid::CompactGrid;
use super::serial::{serial_of_duration, serial_of_time};
use super::style::Style;
use super::tally::Tally;
use super::{Cell, DateSystem, ReadError, Sheet, Value};
use crate::cell::CellRef;

/// A binary sheet with what the cell reader passes over.
#[derive(Debug)]
pub(super) struct Patched {
    /// The sheet with all but its cells.
    pub(super) sheet: Sheet,
    /// Cells that the reader doesn't give.
    pub(super) values: Vec<(CellRef, Value)>,
    /// All cells that have a formula, whether or not the reader can put it in words.
    pub(super) formulas: Vec<CellRef>,
    /// The number of each cell's style.
    pub(super) styles: Vec<(CellRef, u32)>,
}

/// Adds the cells of a binary package that was put together for the reader.
pub(super) fn cells_of_binary(
    package: Vec<u8>,
    sheets: Vec<Patched>,
    (styles, system): (&[Style], DateSystem),
    tally: &mut Tally<'_>,
) -> Result<Vec<Sheet>, ReadError> {
    let mut reader = Xlsb::new(Cursor::new(package))
        .map_err(|error| if matches!(error, XlsbError::Password) { ReadError::Encrypted } else { damaged(&error) })?;
    let mut read = Vec::with_capacity(sheets.len());
    for Patched { mut sheet, mut values, formulas, styles: numbers } in sheets {
        let mut cells = reader.worksheet_cells_reader(&sheet.name).map_err(|error| damaged(&error))?;
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
            let (at, value) = (address(cell.get_position()), value(cell.get_value()));
            tally.add(at, &sheet.name, &value, None)?;
            values.push((at, value));
        }
        drop(cells);
        let formulas = binary_formulas(&mut reader, &sheet.name, &formulas, tally)?;
        join(&mut sheet, values, formulas)?;
        dress(&mut sheet, numbers, styles, system);
        read.push(sheet);
    }
    Ok(read)
}

/// Streams the formulas of one sheet of a binary package; one that can't be put in words is empty.
fn binary_formulas(
    reader: &mut Xlsb<Cursor<Vec<u8>>>,
    sheet: &str,
    all: &[CellRef],
    tally: &mut Tally<'_>,
) -> Result<Vec<(CellRef, String)>, ReadError> {
    let mut formulas: BTreeMap<CellRef, String> = all.iter().map(|at| (*at, String::new())).collect();
    let mut cells = reader.worksheet_cells_reader(sheet).map_err(|error| damaged(&error))?;
    loop {
        // The reader panics at formulas that name what isn't there, and goes on behind them as behind others.
        match catch_unwind(AssertUnwindSafe(|| cells.next_formula())) {
            Ok(Ok(Some(cell))) => {
                let at = address(cell.get_position());
                tally.add(at, sheet, &Value::Empty, Some(cell.get_value()))?;
                formulas.insert(at, cell.get_value().clone());
            }
            Ok(Ok(None)) => return Ok(formulas.into_iter().collect()),
            Ok(Err(error)) if is_of_formula(&error) => {}
            Ok(Err(error)) => return Err(damaged(&error)),
            Err(_) => {}
        }
    }
}

/// Whether an error is one of a formula's words, after which the reader can go on.
fn is_of_formula(error: &XlsbError) -> bool {
    match error {
        XlsbError::StackLen
        | XlsbError::UnsupportedType(_)
        | XlsbError::Etpg(_)
        | XlsbError::IfTab(_)
        | XlsbError::BErr(_)
        | XlsbError::Ptg(_)
        | XlsbError::WideStr { .. }
        | XlsbError::Unrecognized { .. } => true,
        XlsbError::Io(_)
        | XlsbError::Zip(_)
        | XlsbError::Xml(_)
        | XlsbError::XmlAttr(_)
        | XlsbError::Vba(_)
        | XlsbError::Mismatch { .. }
        | XlsbError::FileNotFound(_)
        | XlsbError::CellError(_)
        | XlsbError::Password
        | XlsbError::WorksheetNotFound(_)
        | XlsbError::Encoding(_) => false,
    }
}

/// Returns the values of the sheets of an old workbook, by their place among all its sheets, with their names, and which
/// day dates count from.
pub(super) fn cells_of_old(grid: &CompactGrid, tally: &mut Tally<'_>) -> Result<OldSheets, ReadError> {
    let mut reader = Xls::new(Cursor::new(grid.file.as_slice()))
        .map_err(|error| if matches!(error, XlsError::Password) { ReadError::Encrypted } else { damaged(&error) })?;
    let date_system = if reader.has_1904_epoch() { DateSystem::From1904 } else { DateSystem::From1900 };
    let mut sheets = Vec::new();
    for (index, name) in reader.sheet_names().into_iter().enumerate() {
        let range = reader.worksheet_range(&name).map_err(|error| damaged(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut values = BTreeMap::new();
        for (row, column, data) in range.used_cells() {
            let position = u32::try_from(row).ok().zip(u32::try_from(column).ok()).expect("a grid's sizes fit");
            let at = grid.place(index, first_row + position.0, first_column + position.1);
            let at = at.ok_or_else(|| ReadError::Damaged(format!("the sheet `{name}` can't be told from others")))?;
            let value = grid.long_text(index, at).map_or_else(|| value(&borrowed(data)), text_value);
            tally.add(at, &name, &value, None)?;
            // Where a cell is written twice, programs show the later one.
            values.insert(at, value);
        }
        sheets.push((name, values.into_iter().collect()));
    }
    Ok(OldSheets { date_system, sheets })
}

/// The sheets of an old workbook: names and values.
#[derive(Debug)]
pub(super) struct OldSheets {
    pub(super) date_system: DateSystem,
    pub(super) sheets: Vec<(String, Vec<(CellRef, Value)>)>,
}

/// Gives a sheet its cells, from values and formulas that came apart.
pub(super) fn join(
    sheet: &mut Sheet,
    values: Vec<(CellRef, Value)>,
    formulas: Vec<(CellRef, String)>,
) -> Result<(), ReadError> {
    let mut formulas: BTreeMap<CellRef, Box<str>> =
        formulas.into_iter().map(|(at, formula)| (at, formula.into())).collect();
    for (at, value) in values {
        let formula = formulas.remove(&at);
        if value != Value::Empty || formula.is_some() {
            sheet.cells.push(Cell::new(at, value, formula));
        }
    }
    let rest = formulas.into_iter();
    sheet.cells.extend(rest.map(|(at, formula)| Cell::new(at, Value::Empty, Some(formula))));
    in_order(sheet)
}

/// Gives the cells of a sheet their looks, by the numbers of their styles; of two for one cell the later counts.
pub(super) fn dress(sheet: &mut Sheet, numbers: Vec<(CellRef, u32)>, styles: &[Style], system: DateSystem) {
    let numbers: HashMap<CellRef, u32> = numbers.into_iter().collect();
    for cell in &mut sheet.cells {
        let style = numbers.get(&cell.at).and_then(|number| styles.get(*number as usize));
        if let Some(style) = style {
            style.put_on(cell, system);
        }
    }
}

/// Puts the cells in order; refuses a sheet that has a cell twice.
pub(super) fn in_order(sheet: &mut Sheet) -> Result<(), ReadError> {
    if !sheet.cells.is_sorted_by_key(|cell| cell.at) {
        sheet.cells.sort_by_key(|cell| cell.at);
    }
    let twice = sheet.cells.windows(2).find(|pair| pair[0].at == pair[1].at);
    let damaged =
        |cell: &Cell| ReadError::Damaged(format!("the sheet `{}` has the cell {} twice", sheet.name, cell.at));
    twice.map_or(Ok(()), |pair| Err(damaged(&pair[0])))
}

/// Returns the address of a position from zero; one beyond any grid where it can't be said.
fn address((row, column): (u32, u32)) -> CellRef {
    CellRef::new(row.saturating_add(1), column.saturating_add(1))
}

/// Returns the value of an old workbook as those of the others come.
fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(logical) => DataRef::Bool(*logical),
        Data::DateTime(serial) => DataRef::DateTime(*serial),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Returns what a cell shows.
fn value(data: &DataRef<'_>) -> Value {
    match data {
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are floats")]
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::String(text) => text_value(text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Bool(logical) => Value::Logical(*logical),
        DataRef::DateTime(serial) => Value::Date(serial.as_f64()),
        DataRef::DateTimeIso(text) => {
            serial_of_time(text, DateSystem::From1900).map_or_else(|| text_value(text), Value::Date)
        }
        DataRef::DurationIso(text) => serial_of_duration(text).map_or_else(|| text_value(text), Value::Date),
        DataRef::Error(CellErrorType::GettingData) => Value::Error("#GETTING_DATA".into()),
        DataRef::Error(error) => Value::Error(error.to_string().into()),
        DataRef::Empty => Value::Empty,
    }
}

/// Returns a text's value: nothing where it is empty, an error where it is one that the reader
/// doesn't know.
fn text_value(text: &str) -> Value {
    const LATER_ERRORS: [&str; 8] =
        ["#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!"];
    if text.is_empty() {
        Value::Empty
    } else if LATER_ERRORS.contains(&text) {
        Value::Error(text.into())
    } else {
        Value::Text(text.into())
    }
}

/// Returns the error for what the reader can't read.
fn damaged(error: &dyn std::error::Error) -> ReadError {
    ReadError::Damaged(error.to_string())
}
