//! A workbook's texts as they are compared, made once for recognising and locating.

use std::collections::HashMap;

use crate::cell::CellRef;
use crate::wording::Wording;
use crate::workbook::{Cell, Sheet, Value, Workbook};

/// Longer texts are no headings, labels or criteria.
const LONGEST: usize = 400;

/// The texts of a workbook, sheet by sheet in the order of the tabs.
#[derive(Debug)]
pub struct WorkbookText<'a> {
    /// The workbook.
    pub workbook: &'a Workbook,
    /// The texts of each sheet.
    pub sheets: Vec<SheetText<'a>>,
}

/// The texts of a sheet.
#[derive(Debug)]
pub struct SheetText<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The cells with text or a plain number, in order, as they are compared.
    pub texts: Vec<(CellRef, Wording)>,
    places: HashMap<Wording, CellRef>,
}

impl<'a> WorkbookText<'a> {
    /// Folds the texts of a workbook.
    pub fn new(workbook: &'a Workbook) -> Self {
        Self { workbook, sheets: workbook.sheets.iter().map(SheetText::new).collect() }
    }
}

impl<'a> SheetText<'a> {
    /// Folds the texts of a sheet.
    fn new(sheet: &'a Sheet) -> Self {
        let texts: Vec<(CellRef, Wording)> =
            sheet.cells.iter().filter_map(|cell| Some((cell.at, wording(cell)?))).collect();
        let mut places = HashMap::with_capacity(texts.len());
        for (at, wording) in &texts {
            places.entry(wording.clone()).or_insert(*at);
        }
        Self { sheet, texts, places }
    }

    /// Returns the first cell that says this.
    pub fn find(&self, wording: &Wording) -> Option<CellRef> {
        self.places.get(wording).copied()
    }

    /// Whether some cell says this.
    pub fn says(&self, wording: &Wording) -> bool {
        self.places.contains_key(wording)
    }

    /// Returns the texts of a row, in order of columns.
    pub fn row(&self, row: u32) -> &[(CellRef, Wording)] {
        let first = self.texts.partition_point(|(at, _)| at.row < row);
        let length = self.texts[first..].partition_point(|(at, _)| at.row == row);
        &self.texts[first..first + length]
    }

    /// Returns the text of a cell.
    pub fn at(&self, at: CellRef) -> Option<&Wording> {
        self.texts.binary_search_by_key(&at, |(at, _)| *at).ok().map(|index| &self.texts[index].1)
    }

    /// Returns the rows that have texts, in order.
    pub fn rows(&self) -> impl Iterator<Item = &[(CellRef, Wording)]> {
        self.texts.chunk_by(|a, b| a.0.row == b.0.row)
    }
}

/// Returns what a cell says: its text, or a number as a person reads it (codes such as 1.1 are often numbers).
fn wording(cell: &Cell) -> Option<Wording> {
    let wording = match &cell.value {
        Value::Text(text) if text.len() <= LONGEST => Wording::of(text),
        Value::Number(number) if cell.formula.is_none() => Wording::of(&number.to_string()),
        Value::Text(_) | Value::Number(_) | Value::Empty | Value::Date(_) | Value::Logical(_) | Value::Error(_) => {
            return None;
        }
    };
    (!wording.is_empty()).then_some(wording)
}
