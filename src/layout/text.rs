//! A workbook's texts as they are compared, made once for recognising and locating.

use std::cell::OnceCell;

use crate::cell::CellRef;
use crate::wording::Wording;
use crate::workbook::{Cell, DateSystem, Sheet, Value, Workbook};

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
    /// The places among the texts, in order of what they say and then of cells; put in order when first asked for.
    in_order: OnceCell<Vec<usize>>,
}

impl<'a> WorkbookText<'a> {
    /// Folds the texts of a workbook.
    pub fn new(workbook: &'a Workbook) -> Self {
        Self { workbook, sheets: workbook.sheets.iter().map(SheetText::new).collect() }
    }
}

impl<'a> SheetText<'a> {
    /// Folds the texts of a sheet.
    pub(super) fn new(sheet: &'a Sheet) -> Self {
        let texts: Vec<(CellRef, Wording)> =
            sheet.cells.iter().filter_map(|cell| Some((cell.at, wording(cell)?))).collect();
        Self { sheet, texts, in_order: OnceCell::new() }
    }

    /// Returns the first cell that says this.
    pub fn find(&self, wording: &Wording) -> Option<CellRef> {
        let places = self.in_order.get_or_init(|| {
            let mut places: Vec<usize> = (0..self.texts.len()).collect();
            places.sort_by(|one, other| self.texts[*one].1.cmp(&self.texts[*other].1));
            places
        });
        let first = places.partition_point(|place| self.texts[*place].1 < *wording);
        places.get(first).map(|place| &self.texts[*place]).filter(|(_, words)| words == wording).map(|(at, _)| *at)
    }

    /// Whether some cell says this.
    pub fn says(&self, wording: &Wording) -> bool {
        self.find(wording).is_some()
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

/// Returns what a cell says: its text, or a number as a person sees it (codes such as 1.10 are often numbers).
fn wording(cell: &Cell) -> Option<Wording> {
    let wording = match &cell.value {
        Value::Text(text) if text.len() <= LONGEST => Wording::of(text),
        Value::Number(_) if cell.formula.is_none() => Wording::of(&cell.written(DateSystem::From1900)),
        Value::Text(_)
        | Value::Number(_)
        | Value::Empty
        | Value::Date(_)
        | Value::Elapsed(_)
        | Value::Picture
        | Value::Logical(_)
        | Value::Error(_) => {
            return None;
        }
    };
    (!wording.is_empty()).then_some(wording)
}

/// Returns a label and what stands behind it in one cell, parted by a colon or on a line of its own; `None` where nothing does.
pub(super) fn behind_label(text: &str) -> Option<(&str, &str)> {
    let (label, entry) = text.split_once([':', '\n'])?;
    Some((label, entry.trim())).filter(|(_, entry)| !entry.is_empty())
}
