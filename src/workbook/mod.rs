//! A sender's workbook as we hold it: sparse cells by absolute address, and what is odd about the file.
//!
//! `read` makes it from bytes in any of five formats: `open_xml` and `ods` read their own, `compound` and `binary` put together
//! what `facts` reads of the records of the binary formats, and `cells` has the formulas of one of these put in words, for which
//! `plain_zip` makes ready what that reader is given. `drawn` reads what floats over cells of Office Open XML. `inspect` says what is odd about the file itself. What is read is what is stored: macros are never run, links never followed, and formulas
//! worked out only by `calculation`, to tell whether what is stored is what a formula comes to.

mod archived;
mod binary;
pub mod calculation;
mod cells;
mod check_xml;
mod compound;
mod container;
mod date_system;
mod drawn;
mod encrypted;
mod facts;
mod fixed_point;
mod floating;
#[cfg(test)]
mod hostile;
pub mod inspect;
mod links;
mod merged;
mod number_format;
#[cfg(test)]
mod odd_records;
mod ods;
mod offered;
mod open_xml;
mod placeholder;
mod plain_zip;
mod read;
mod read_error;
pub mod rule;
mod runs;
mod serial;
mod spread;
mod style;
mod symbols;
mod tally;
mod uses;
mod zipped;

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use crate::cell::{CellRange, CellRef};
use crate::exact::{Exact, fifteen_digits};
use crate::ooxml::{Limits, Package, PackageError};

pub use archived::{has_workbook_extension, packed_workbooks};
pub use date_system::DateSystem;
pub use floating::{Floating, Over};
pub use number_format::{NumberFormat, Shows};
pub use placeholder::placeholder;
pub use read::{no_list, read};
pub use read_error::ReadError;
pub use uses::Uses;

/// What is said in place of a text that isn't in the file.
const LOST_TEXT: &str = "[text lost]";

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

impl Format {
    /// Returns the extension that a file of it usually has.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }
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
    /// Cells that hold something nobody sees, as merged cells lie over them, in order.
    pub covered: Vec<Cell>,
    /// The last row that the file lists, filled in or only ruled; nought where its format doesn't tell.
    pub last_row: u32,
    /// Hidden or filtered-out rows, from one, as ascending spans that don't touch.
    pub hidden_rows: Vec<Span>,
    /// Hidden columns, from one, likewise.
    pub hidden_columns: Vec<Span>,
    /// The notes on cells, as their text, in order of cells.
    pub notes: Vec<(CellRef, String)>,
    /// What floats over cells, in the order of the file; told of Office Open XML alone.
    pub floating: Vec<Floating>,
    /// What is printed above and below each page, without marks of fonts and places, as far as the format tells it; of Office Open XML alone.
    pub page_words: Vec<String>,
    /// The lists and ranges that the form lets a cell hold.
    pub validations: Vec<Validation>,
    /// The rows that sum up the tables which the spreadsheet program keeps, as far as the format tells them.
    pub totals: Vec<CellRange>,
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
    /// What it holds: the constant, or the stored result of its formula.
    pub value: Value,
    /// The formula without its equals sign; `None` for a constant.
    pub formula: Option<Box<str>>,
    /// How it shows its value.
    pub look: Look,
}

/// How a cell shows its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// How numbers are shown; `None` for the usual way. Cells of one style share it.
    pub format: Option<Arc<NumberFormat>>,
    /// What is seen of a number, where the file itself says that; `None` where the format does.
    pub seen: Option<Box<str>>,
    /// What is struck out: a part that the value doesn't have, or all of it, as the value then still has.
    pub struck: Option<Box<str>>,
    /// The letters that the cell holds, where its font shows the signs of the value in their place, or where some are seen by nobody; formulas
    /// see the letters.
    pub letters: Option<Box<str>>,
    /// Whether a logical is shown as a box that is ticked or not.
    pub is_checkbox: bool,
    /// What lies over the cell, which itself holds nothing.
    pub over: Option<Over>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: only in a formula's cell that has no stored result.
    Empty,
    /// Text as it is; empty only as the result of a formula.
    Text(Box<str>),
    /// A number.
    Number(f64),
    /// A number that the cell shows as a date or a time, as its serial.
    Date(f64),
    /// A number that the cell shows as a length of time, in days.
    Elapsed(f64),
    /// TRUE or FALSE.
    Logical(bool),
    /// An error value, as it is shown: `#DIV/0!`.
    Error(Box<str>),
    /// A picture that is placed in the cell.
    Picture,
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

    /// Whether it has any formula: some programs keep only what formulas gave.
    pub fn has_formulas(&self) -> bool {
        self.sheets.iter().flat_map(|sheet| &sheet.cells).any(|cell| cell.formula.is_some())
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
            covered: Vec::new(),
            last_row: 0,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            notes: Vec::new(),
            floating: Vec::new(),
            page_words: Vec::new(),
            validations: Vec::new(),
            totals: Vec::new(),
            is_protected: false,
        }
    }

    /// Returns the cell at an address, or `None` where it holds nothing.
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.cells.binary_search_by_key(&at, |cell| cell.at).ok().map(|index| &self.cells[index])
    }

    /// Returns what stands in place of a cell that holds nothing, where something that may be an answer floats over it or over those that it
    /// is merged with.
    pub fn floating_over(&self, at: CellRef) -> Option<&Cell> {
        self.all_over(at).find(|floating| floating.kind != Over::Shape).map(Floating::stand_in)
    }

    /// Whether a shape without words lies over a cell or over those that it is merged with.
    pub fn has_shape_over(&self, at: CellRef) -> bool {
        self.all_over(at).any(|floating| floating.kind == Over::Shape)
    }

    /// Returns what floats over a cell or over those that it is merged with.
    fn all_over(&self, at: CellRef) -> impl Iterator<Item = &Floating> {
        let cells = if self.floating.is_empty() { None } else { self.merge_over(at) }.unwrap_or_else(|| at.into());
        self.floating.iter().filter(move |floating| floating.cells.overlaps(&cells))
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
        self.visibility == Visibility::Hidden || self.hides_row(at.row) || self.hides_column(at.column)
    }

    /// Whether a row is hidden.
    pub fn hides_row(&self, row: u32) -> bool {
        is_in(&self.hidden_rows, row)
    }

    /// Whether a column is hidden.
    pub fn hides_column(&self, column: u32) -> bool {
        is_in(&self.hidden_columns, column)
    }

    /// Returns the merged rectangle over a cell.
    pub fn merge_over(&self, at: CellRef) -> Option<CellRange> {
        self.merges.iter().copied().find(|merge| merge.contains(at))
    }

    /// Returns the cell that shows what is seen at a place: the first of merged ones, else itself.
    pub fn shown_at(&self, at: CellRef) -> CellRef {
        self.merge_over(at).map_or(at, |merge| merge.first)
    }
}

/// Whether one of the ascending spans holds `index`.
fn is_in(spans: &[Span], index: u32) -> bool {
    let after = spans.partition_point(|span| span.last < index);
    spans.get(after).is_some_and(|span| span.first <= index)
}

impl Cell {
    /// Returns a cell that shows its value in the usual way.
    pub fn new(at: CellRef, value: Value, formula: Option<Box<str>>) -> Self {
        Self { at, value, formula, look: Look::default() }
    }

    /// Returns the text, where the cell shows text that isn't only blanks.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text),
            Value::Text(_)
            | Value::Empty
            | Value::Number(_)
            | Value::Date(_)
            | Value::Elapsed(_)
            | Value::Logical(_)
            | Value::Error(_)
            | Value::Picture => None,
        }
    }

    /// Returns what a person sees; where the cell's format hides that, what it would be without the format.
    pub fn shown(&self, system: DateSystem) -> String {
        if let Some(over) = self.look.over {
            return over.shown().to_owned();
        }
        let formatted = self.formatted(system).filter(|shown| !shown.is_empty());
        let boxed = self.ticked().map(|is_ticked| if is_ticked { "\u{2611}" } else { "\u{2610}" });
        formatted.or_else(|| boxed.map(str::to_owned)).unwrap_or_else(|| self.value.plain(system))
    }

    /// Returns what a person sees as a word or a key: a number as its format writes the same figures (`007`, `1.10`, `SE-0032`),
    /// else without the format's signs and rounding.
    pub fn written(&self, system: DateSystem) -> String {
        let Value::Number(number) = &self.value else { return self.shown(system) };
        let plain = self.value.plain(system);
        self.formatted(system).filter(|shown| has_figures_of(shown, *number, &plain)).unwrap_or(plain)
    }

    /// Whether the cell shows its value in the usual way.
    pub fn is_shown_as_usual(&self) -> bool {
        self.look.format.is_none() && self.look.seen.is_none() && !self.look.is_checkbox
    }

    /// Returns whether a box that the cell shows is ticked; `None` where it shows none.
    pub fn ticked(&self) -> Option<bool> {
        match &self.value {
            Value::Logical(is_ticked) if self.look.is_checkbox => Some(*is_ticked),
            Value::Logical(_)
            | Value::Empty
            | Value::Text(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Elapsed(_)
            | Value::Error(_)
            | Value::Picture => None,
        }
    }

    /// Whether the cell shows its number as hundredths.
    pub fn shows_percentage(&self) -> bool {
        let is_number = matches!(self.value, Value::Number(_));
        is_number && self.look.format.as_ref().is_some_and(|format| format.shows() == Shows::Percentage)
    }

    /// Whether the cell's format hides what it holds.
    pub fn is_masked(&self, system: DateSystem) -> bool {
        if let (None, Some(format), Value::Date(serial)) = (&self.look.seen, &self.look.format, &self.value) {
            return format.hides(*serial, system);
        }
        !self.value.is_blank() && self.formatted(system).is_some_and(|shown| shown.is_empty())
    }

    /// Returns the value in the cell's format; `None` where it has none, or none that is for such values.
    fn formatted(&self, system: DateSystem) -> Option<String> {
        if let Some(seen) = &self.look.seen {
            return Some(seen.trim().to_owned());
        }
        let format = self.look.format.as_ref()?;
        match &self.value {
            Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => {
                Some(format.number(*number, system))
            }
            Value::Text(text) => Some(format.text(text)),
            // Formats say nothing of truths, but hide them as they hide texts.
            Value::Logical(_) => Some(format.text("TRUE")).filter(String::is_empty),
            Value::Empty | Value::Error(_) | Value::Picture => None,
        }
    }
}

impl Value {
    /// Returns a number as a cell of a format holds it: a date where it is shown as one.
    pub fn of_number(number: f64, format: Option<&NumberFormat>) -> Self {
        match format.map(NumberFormat::shows) {
            Some(Shows::Moment) => Self::Date(number),
            Some(Shows::Elapsed) => Self::Elapsed(number),
            Some(Shows::Number | Shows::Percentage) | None => Self::Number(number),
        }
    }

    /// Returns what stands for a text that isn't in the file.
    fn lost_text() -> Self {
        Self::Error(LOST_TEXT.into())
    }

    /// Whether it is a text that isn't in the file.
    pub fn is_lost_text(&self) -> bool {
        *self == Self::lost_text()
    }

    /// Whether a person sees nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Date(_) | Self::Elapsed(_) | Self::Logical(_) | Self::Error(_) | Self::Picture => {
                false
            }
        }
    }

    /// Returns the value as it is shown in the usual way: numbers with up to fifteen digits.
    fn plain(&self, system: DateSystem) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.to_string(),
            Self::Number(number) => plain_number(*number),
            Self::Date(serial) => plain_moment(*serial, system),
            Self::Elapsed(days) => {
                let format = NumberFormat::built_in(46);
                format.map_or_else(|| plain_number(*days), |format| format.number(*days, system))
            }
            Self::Logical(true) => "TRUE".to_owned(),
            Self::Logical(false) => "FALSE".to_owned(),
            Self::Picture => "[picture]".to_owned(),
        }
    }
}

/// Whether what is shown of a number has its very figures, alone or, as references have them, with letters, dashes and the
/// format's own figures beside them.
fn has_figures_of(shown: &str, number: f64, plain: &str) -> bool {
    let digits = shown.chars().filter(char::is_ascii_digit).collect::<String>();
    if is_padded_in_groups(shown) {
        return digits.parse::<Exact>().ok() == Exact::from_float(number);
    }
    if shown.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return shown.parse::<Exact>().ok() == Exact::from_float(number);
    }
    let is_of_a_reference = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | ' ');
    shown.contains(|c: char| c.is_alphabetic() || matches!(c, '-' | '/'))
        && shown.chars().all(is_of_a_reference)
        && digits.contains(plain)
}

/// Whether a number is shown with leading zeros and in groups of digits, as references are: `01 279 715`. An amount has no such zeros.
fn is_padded_in_groups(shown: &str) -> bool {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '.' | '\'' | '\u{2019}');
    let groups: Vec<&str> = shown.split(is_between).collect();
    let is_group = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    groups.len() > 1
        && groups.iter().all(is_group)
        && groups[0].starts_with('0')
        && (groups[0].len() > 1 || groups.len() > 2)
}

/// Returns a number as its shortest decimal of fifteen digits.
fn plain_number(number: f64) -> String {
    // Where the decimal is a long one, the exact number would be shown as a fraction.
    Exact::from_float(number)
        .map(|exact| exact.to_string())
        .filter(|shown| !shown.contains('/'))
        .unwrap_or_else(|| fifteen_digits(number).to_string())
}

/// Returns a day, or a time of day where the serial is of no day.
fn plain_moment(serial: f64, system: DateSystem) -> String {
    if (0.0..1.0).contains(&serial)
        && let Some(format) = NumberFormat::built_in(20)
    {
        return format.number(serial, system);
    }
    system.date(serial).map_or_else(|| plain_number(serial), |date| date.strftime("%d/%m/%Y").to_string())
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

    fn shown(value: Value, code: &str) -> (String, String, bool) {
        let format = NumberFormat::of(code).map(Arc::new);
        let cell = Cell { look: Look { format, ..Look::default() }, ..Cell::new(CellRef::new(1, 1), value, None) };
        let system = DateSystem::From1900;
        (cell.shown(system), cell.written(system), cell.is_masked(system))
    }

    #[test]
    fn cells_show_and_write_what_is_seen() {
        use Value::{Date, Elapsed, Number};
        let cases = [
            (Number(3.0), "", "3", "3", false),
            (Number(0.15), "", "0.15", "0.15", false),
            (Number(-0.0), "", "0", "0", false),
            (Number(0.1 + 0.2), "", "0.3", "0.3", false),
            (Number(41.0 / 13.0), "", "3.15384615384615", "3.15384615384615", false),
            (Number(7_654_321.0), "00000000", "07654321", "07654321", false),
            (Number(1_279_715.0), "00 000 000", "01 279 715", "01 279 715", false),
            (Number(1_279_715.0), "00\\.000\\.000", "01.279.715", "01.279.715", false),
            (Number(279_715.0), "0 000 000", "0 279 715", "0 279 715", false),
            (Number(5.0), "0\\.0", "0.5", "5", false),
            (Number(1.1), "0.00", "1.10", "1.10", false),
            (Number(1.5), "0", "2", "1.5", false),
            (Number(1500.0), "#,##0", "1,500", "1500", false),
            (Number(0.5), "0%", "50%", "0.5", false),
            (Number(32.0), "\"SE-\"0000", "SE-0032", "SE-0032", false),
            (Number(32.0), "0000\"/25\"", "0032/25", "0032/25", false),
            (Number(123_456_789.0), "000-000-000", "123-456-789", "123-456-789", false),
            (Number(32.0), "\"GBP \"0.00", "GBP 32.00", "32", false),
            (Number(-32.0), "0", "-32", "-32", false),
            (Number(-32.0), "\"SE\"0;\"SE\"0", "SE32", "-32", false),
            (Number(500.0), "0.00,\"k\"", "0.50k", "500", false),
            (Number(32_000.0), "0,\"k\"", "32k", "32000", false),
            (Number(3.0), ";;;", "3", "3", true),
            (Date(45658.0), "d mmm yyyy", "1 Jan 2025", "1 Jan 2025", false),
            (Date(45658.0), "", "01/01/2025", "01/01/2025", false),
            (Date(0.5), "", "12:00", "12:00", false),
            (Elapsed(1.5), "[h]:mm", "36:00", "36:00", false),
            (Value::Text("a".into()), ";;;", "a", "a", true),
            (Value::Text("a".into()), "0.0", "a", "a", false),
            (Value::Logical(true), "0", "TRUE", "TRUE", false),
            (Value::Logical(true), ";;;", "TRUE", "TRUE", true),
            (Value::Error("#N/A".into()), ";;;", "#N/A", "#N/A", false),
            (Date(-1.0), "dd/mm/yyyy", "########", "########", false),
            (Date(45_658_000.0), "dd/mm/yyyy", "########", "########", false),
        ];
        for (value, code, seen, written, is_masked) in cases {
            assert_eq!(shown(value.clone(), code), (seen.into(), written.into(), is_masked), "{value:?} {code}");
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
