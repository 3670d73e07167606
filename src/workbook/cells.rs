//! The cells of workbooks of binary formats: their values with their formulas and looks.
//!
//! A formula without a stored result is an empty value with its formula; one that gives an empty text has that as its value.
//! What the formulas of the later format say is read by a crate that puts them in words.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, Xlsb, XlsbError};

use super::style::Style;
use super::tally::Tally;
use super::{Cell, DateSystem, ReadError, Sheet, Value};
use crate::cell::CellRef;

/// A binary sheet whose cells have no formulas yet.
#[derive(Debug)]
pub(super) struct Unworded {
    /// The sheet with all but its cells.
    pub(super) sheet: Sheet,
    /// The cells.
    pub(super) cells: Vec<Cell>,
    /// All cells that have a formula, whether or not it can be put in words.
    pub(super) formulas: Vec<CellRef>,
    /// The number of each cell's style.
    pub(super) styles: Vec<(CellRef, u32)>,
}

/// Gives the sheets of a binary package, which was put together for the reader of formulas, their cells.
pub(super) fn with_formulas(
    package: Vec<u8>,
    sheets: Vec<Unworded>,
    (styles, system): (&[Style], DateSystem),
    tally: &mut Tally<'_>,
) -> Result<Vec<Sheet>, ReadError> {
    let mut reader = Xlsb::new(Cursor::new(package))
        .map_err(|error| if matches!(error, XlsbError::Password) { ReadError::Encrypted } else { damaged(&error) })?;
    let mut read = Vec::with_capacity(sheets.len());
    for Unworded { mut sheet, cells, formulas, styles: numbers } in sheets {
        let formulas = binary_formulas(&mut reader, &sheet.name, &formulas, tally)?;
        join(&mut sheet, cells, formulas)?;
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

/// Gives a sheet its cells, which came apart from their formulas.
pub(super) fn join(sheet: &mut Sheet, cells: Vec<Cell>, formulas: Vec<(CellRef, String)>) -> Result<(), ReadError> {
    let mut formulas: BTreeMap<CellRef, Box<str>> =
        formulas.into_iter().map(|(at, formula)| (at, formula.into())).collect();
    sheet.cells = cells;
    for cell in &mut sheet.cells {
        cell.formula = formulas.remove(&cell.at);
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

/// Returns what a number shows: an error where it is none.
pub(super) fn number_value(number: f64) -> Value {
    if number.is_finite() { Value::Number(number) } else { Value::Error("#NUM!".into()) }
}

/// Returns what stands for a text that a cell names by its number and that isn't among those that the file holds; where it
/// holds none, the workbook is damaged.
pub(super) fn lost_text(held: usize) -> Result<Value, ReadError> {
    if held == 0 {
        return Err(ReadError::Damaged("none of the texts that its cells name are in the file".to_owned()));
    }
    Ok(Value::lost_text())
}

/// Returns a text's value: nothing where it is empty, an error where it is one that the reader
/// doesn't know.
pub(super) fn text_value(text: &str) -> Value {
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
