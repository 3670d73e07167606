//! A sender's workbook as we hold it: sparse cells by absolute address, and what is odd about the file.
//!
//! `read` makes it from bytes in any of five formats: `cells` has the cell reader, `reader_part`, `compact_grid` and
//! `plain_zip` make ready what that is given, and `facts` adds what it doesn't tell (hidden rows, merges, notes). `inspect`
//! says what is odd about the file itself. Formulas are never evaluated, macros never run and links never followed.

mod binary;
mod cells;
mod check_xml;
mod compact_grid;
mod compound;
mod container;
mod facts;
#[cfg(test)]
mod hostile;
pub mod inspect;
mod links;
mod ods;
mod open_xml;
mod plain_zip;
mod read;
mod read_error;
mod reader_part;
pub mod rule;
mod serial;
mod tally;
mod zipped;

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::ooxml::{Limits, Package, PackageError};

pub use read::read;
pub use read_error::ReadError;

/// A file as it came: its name, path first with `/` between folders, and its bytes.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name within the season's folder.
    pub name: String,
    /// What the file holds.
    pub bytes: Arc<[u8]>,
    /// The file as a package, where somebody has opened it.
    opened: OnceLock<Arc<Package>>,
}

/// The container that the content is in, told by the content, never by the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Office Open XML without macros, or with a macro project (`xlsm`).
    Xlsx,
    /// Office Open XML, declared as holding macros.
    Xlsm,
    /// Office binary workbook in a zip.
    Xlsb,
    /// Excel 97–2003.
    Xls,
    /// OpenDocument.
    Ods,
}

/// Which day a serial date counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSystem {
    /// Day 1 is 1 January 1900 (and 29 February 1900 is a day).
    From1900,
    /// Day 0 is 1 January 1904.
    From1904,
}

/// A workbook: its sheets in the order of their tabs.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// The container, told by the content.
    pub format: Format,
    /// Which day serial dates count from.
    pub date_system: DateSystem,
    /// The sheets, in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// Whether there is a macro project.
    pub has_macros: bool,
    /// The targets of links to other workbooks, as the file states them.
    pub external_links: Vec<String>,
}

/// Whether a sheet's tab is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// The tab is seen.
    Visible,
    /// The tab is hidden, by the menu or so that only a program can show it.
    Hidden,
}

/// One worksheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The name on the tab, as it is, blanks and all.
    pub name: String,
    /// Whether the tab is seen.
    pub visibility: Visibility,
    /// The cells that hold something, in order of rows, then columns; each address once.
    pub cells: Vec<Cell>,
    /// The merged rectangles, in order.
    pub merges: Vec<CellRange>,
    /// Hidden or filtered-out rows, from one, as ascending spans that don't touch.
    pub hidden_rows: Vec<Span>,
    /// Hidden columns, from one, likewise.
    pub hidden_columns: Vec<Span>,
    /// The notes on cells, as their text, in order of cells.
    pub notes: Vec<(CellRef, String)>,
    /// The lists and ranges that the form lets a cell hold.
    pub validations: Vec<Validation>,
    /// Whether the sheet is protected.
    pub is_protected: bool,
}

/// A run of rows or columns, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first, from one.
    pub first: u32,
    /// The last, from one.
    pub last: u32,
}

/// What a form lets some cells hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    /// The cells it is for.
    pub cells: Vec<CellRange>,
    /// The kind as the file names it: `list`, `whole`, `decimal`, `date` …
    pub kind: String,
    /// The first formula as written: the list, or the least value.
    pub formula: String,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub at: CellRef,
    /// What it shows: the constant, or the stored result of its formula.
    pub value: Value,
    /// The formula without its equals sign; `None` for a constant.
    pub formula: Option<Box<str>>,
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: only in a formula's cell that has no stored result.
    Empty,
    /// Text, not empty, as it is.
    Text(Box<str>),
    /// A number.
    Number(f64),
    /// A number that the cell shows as a date or a time, as its serial.
    Date(f64),
    /// TRUE or FALSE.
    Logical(bool),
    /// An error value, as it is shown: `#DIV/0!`.
    Error(Box<str>),
}

impl Source {
    /// Holds a file as it came.
    pub fn new(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), opened: OnceLock::new() }
    }

    /// Returns the file as a package, which is opened once for all who go by the same limits.
    pub fn package(&self, limits: &Limits) -> Result<Arc<Package>, PackageError> {
        if let Some(package) = self.opened.get().filter(|package| package.limits() == limits) {
            return Ok(Arc::clone(package));
        }
        let package = Arc::new(Package::open(Arc::clone(&self.bytes), limits)?);
        // What was opened by other limits stays; this one is its caller's alone.
        let _first = self.opened.set(Arc::clone(&package));
        Ok(package)
    }

    /// Returns the digest of the content, in hexadecimal.
    pub fn sha256(&self) -> String {
        hex::encode(Sha256::digest(&self.bytes))
    }
}

impl Workbook {
    /// Returns the sheet of this very name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

impl Sheet {
    /// Returns a visible sheet without cells.
    pub fn empty(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            visibility: Visibility::Visible,
            cells: Vec::new(),
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            notes: Vec::new(),
            validations: Vec::new(),
            is_protected: false,
        }
    }

    /// Returns the cell at an address, or `None` where it holds nothing.
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.cells.binary_search_by_key(&at, |cell| cell.at).ok().map(|index| &self.cells[index])
    }

    /// Returns the cells of one row, in order of columns.
    pub fn row(&self, row: u32) -> &[Cell] {
        let first = self.cells.partition_point(|cell| cell.at.row < row);
        let length = self.cells[first..].partition_point(|cell| cell.at.row == row);
        &self.cells[first..first + length]
    }

    /// Returns the rows that hold something, in order, each with its cells.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[Cell])> {
        self.cells.chunk_by(|a, b| a.at.row == b.at.row).map(|cells| (cells[0].at.row, cells))
    }

    /// Whether a cell can't be seen: its row, its column or the whole sheet is hidden.
    pub fn hides(&self, at: CellRef) -> bool {
        self.visibility == Visibility::Hidden
            || is_in(&self.hidden_rows, at.row)
            || is_in(&self.hidden_columns, at.column)
    }

    /// Returns the merged rectangle over a cell.
    pub fn merge_over(&self, at: CellRef) -> Option<CellRange> {
        self.merges.iter().copied().find(|merge| merge.contains(at))
    }
}

/// Whether one of the ascending spans holds `index`.
fn is_in(spans: &[Span], index: u32) -> bool {
    let after = spans.partition_point(|span| span.last < index);
    spans.get(after).is_some_and(|span| span.first <= index)
}

impl Cell {
    /// Returns the text, where the cell shows text that isn't only blanks.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text),
            Value::Text(_) | Value::Empty | Value::Number(_) | Value::Date(_) | Value::Logical(_) | Value::Error(_) => {
                None
            }
        }
    }
}

impl Value {
    /// Whether a person sees nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Date(_) | Self::Logical(_) | Self::Error(_) => false,
        }
    }

    /// Returns the value as a person sees it, near enough to find it again: numbers as their shortest decimal.
    pub fn shown(&self, system: DateSystem) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.to_string(),
            // Where the decimal is a long one, the exact number would be shown as a fraction.
            Self::Number(number) => Exact::from_float(*number)
                .map(|exact| exact.to_string())
                .filter(|shown| !shown.contains('/'))
                .unwrap_or_else(|| number.to_string()),
            Self::Date(serial) => {
                system.date(*serial).map_or_else(|| serial.to_string(), |date| date.strftime("%d/%m/%Y").to_string())
            }
            Self::Logical(true) => "TRUE".to_owned(),
            Self::Logical(false) => "FALSE".to_owned(),
        }
    }
}

impl DateSystem {
    /// Returns the day of a serial number, or `None` where there is no such day (29 February 1900, or out of range).
    pub fn date(self, serial: f64) -> Option<jiff::civil::Date> {
        #[expect(clippy::cast_possible_truncation, reason = "a serial beyond the calendar fails to add")]
        let days = serial.floor() as i64;
        let (epoch, days) = match self {
            Self::From1904 => (jiff::civil::date(1904, 1, 1), days),
            // 1900 wasn't a leap year, but day 60 is counted as its 29 February.
            Self::From1900 if days < 60 => (jiff::civil::date(1899, 12, 31), days),
            Self::From1900 if days == 60 => return None,
            Self::From1900 => (jiff::civil::date(1899, 12, 30), days),
        };
        let span = jiff::Span::new().try_days(days).ok().filter(|_| days >= 0)?;
        epoch.checked_add(span).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_opened_once_for_all_who_go_by_the_same_limits() {
        let source = Source::new("a.xlsb", &include_bytes!("../../tests/fixtures/content.xlsb")[..]);
        let limits = Limits::default();
        read(&source, &limits).unwrap();
        let opened = source.opened.get().expect("the reader opened it");
        assert!(Arc::ptr_eq(opened, &source.package(&limits).unwrap()));
        let strict = Limits { file: limits.file - 1, ..limits };
        assert_eq!(source.package(&strict).unwrap().limits(), &strict);
    }

    #[test]
    fn serials_are_days_of_their_system() {
        let cases = [
            (DateSystem::From1900, 1.0, Some((1900, 1, 1))),
            (DateSystem::From1900, 59.0, Some((1900, 2, 28))),
            (DateSystem::From1900, 60.0, None),
            (DateSystem::From1900, 61.0, Some((1900, 3, 1))),
            (DateSystem::From1900, 45658.75, Some((2025, 1, 1))),
            (DateSystem::From1904, 44196.0, Some((2025, 1, 1))),
            (DateSystem::From1900, -1.0, None),
            (DateSystem::From1900, 1e12, None),
        ];
        for (system, serial, expected) in cases {
            let date = system.date(serial).map(|date| (date.year(), date.month(), date.day()));
            assert_eq!(date, expected, "{system:?} {serial}");
        }
    }

    #[test]
    fn numbers_are_shown_as_decimals() {
        for (number, shown) in [(3.0, "3"), (0.15, "0.15"), (-0.0, "0"), (41.0 / 13.0, "3.1538461538461537")] {
            assert_eq!(Value::Number(number).shown(DateSystem::From1900), shown);
        }
    }

    #[test]
    fn hidden_spans_hide_what_they_hold() {
        let mut sheet = Sheet::empty("A");
        sheet.hidden_rows = vec![Span { first: 3, last: 5 }, Span { first: 9, last: 9 }];
        let hidden: Vec<u32> = (1..=10).filter(|row| sheet.hides(CellRef::new(*row, 1))).collect();
        assert_eq!(hidden, [3, 4, 5, 9]);
    }
}
