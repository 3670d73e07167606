//! Every cell of a workbook as it is read, for those who want to see what was read.
//!
//! What tells who a person is isn't shown of a return: neither what stands where its framework says that nothing leaves the return, nor what
//! is masked wherever the program quotes it. A workbook that is no return is shown whole.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::review_file::{program_fault, words_of};
use crate::ooxml::Limits;
use crate::personal::{MASK, masked};
use crate::returns::Private;
use crate::review::{self, Settings};
use crate::workbook::{self, Cell, DateSystem, ReadError, Sheet, Source, Value, Visibility, Workbook};

/// All cells of a workbook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkbookCells {
    /// The extension that workbooks of its container have.
    pub format: String,
    /// The year from which it counts days.
    pub date_system: u16,
    /// The sheets, in order.
    pub sheets: Vec<SheetCells>,
}

/// All cells of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SheetCells {
    /// Its name.
    pub name: String,
    /// Whether its tab is seen.
    pub visible: bool,
    /// The cells that hold something, in order.
    pub cells: Vec<SeenCell>,
}

/// A cell as it is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenCell {
    /// Its address.
    pub cell: String,
    /// What kind of thing it holds.
    pub kind: HeldKind,
    /// What it holds.
    pub value: Json,
    /// Its formula; `None` where it has none.
    pub formula: Option<String>,
    /// What a person sees.
    pub shown: String,
    /// Whether its number format hides what it holds.
    pub hidden: bool,
}

/// What kind of thing a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeldKind {
    /// Nothing.
    Blank,
    /// Words.
    Text,
    /// A number.
    Number,
    /// A day or a length of time.
    Date,
    /// True or false.
    Logical,
    /// An error value.
    Error,
    /// A picture.
    Picture,
    /// What tells who a person is, and isn't shown.
    Personal,
}

impl HeldKind {
    /// Returns its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Logical => "logical",
            Self::Error => "error",
            Self::Picture => "picture",
            Self::Personal => "personal",
        }
    }
}

/// Why a file has no cells to show: a word for programs, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The word.
    pub error: String,
    /// The sentence.
    pub message: String,
}

impl Unread {
    /// Says why a file has no cells to show.
    pub(super) fn new(error: &str, message: impl Into<String>) -> Self {
        Self { error: error.to_owned(), message: message.into() }
    }
}

impl From<ReadError> for Unread {
    fn from(error: ReadError) -> Self {
        let word = match error {
            ReadError::Foreign(_) => "no-workbook",
            ReadError::NotHere(_) | ReadError::Packed(_) => "not-here",
            ReadError::Damaged(_) => "damaged",
            ReadError::Encrypted => "encrypted",
            ReadError::TooLarge { .. } => TOO_LARGE,
        };
        Self::new(word, error.to_string())
    }
}

/// The word for files that take more than they may.
pub(super) const TOO_LARGE: &str = "too-large";

/// Reads all cells of a file in this process.
pub(super) fn read_here(settings: &Settings, limits: &Limits, source: &Source) -> Result<WorkbookCells, Unread> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let workbook = workbook::read(source, limits)?;
        Ok(of_workbook(&workbook, review::private_in(settings, &workbook).as_ref()))
    }));
    read.unwrap_or_else(|cause| Err(Unread::new("failed", program_fault(&words_of(cause.as_ref())))))
}

/// Returns all cells of a workbook.
fn of_workbook(workbook: &Workbook, private: Option<&Private>) -> WorkbookCells {
    let date_system = match workbook.date_system {
        DateSystem::From1900 => 1900,
        DateSystem::From1904 => 1904,
    };
    let sheets = workbook.sheets.iter().map(|sheet| of_sheet(sheet, workbook.date_system, private)).collect();
    WorkbookCells { format: workbook.format.extension().to_owned(), date_system, sheets }
}

/// Returns all cells of a sheet.
fn of_sheet(sheet: &Sheet, dates: DateSystem, private: Option<&Private>) -> SheetCells {
    let cells = sheet.cells.iter().map(|cell| {
        let seen = of_cell(cell, dates);
        match private {
            Some(private) if !private.lets_out(&sheet.name, cell.at) || private.repeats(&seen.shown) => {
                without_words(seen)
            }
            Some(_) => without_people(seen),
            None => seen,
        }
    });
    SheetCells { name: sheet.name.clone(), visible: sheet.visibility == Visibility::Visible, cells: cells.collect() }
}

/// Returns a cell as it is read.
fn of_cell(cell: &Cell, dates: DateSystem) -> SeenCell {
    let (kind, value) = held(&cell.value);
    let hidden = cell.is_masked(dates);
    SeenCell {
        cell: cell.at.to_string(),
        kind,
        value,
        formula: cell.formula.as_deref().map(ToOwned::to_owned),
        shown: if hidden { String::new() } else { cell.shown(dates) },
        hidden,
    }
}

/// Returns a cell of which nothing is shown but that it is filled in.
fn without_words(seen: SeenCell) -> SeenCell {
    SeenCell { kind: HeldKind::Personal, value: Json::Null, formula: None, shown: MASK.to_owned(), ..seen }
}

/// Returns a cell without what tells who a person is wherever it stands; one that holds no words isn't shown for it.
fn without_people(seen: SeenCell) -> SeenCell {
    let formula = seen.formula.as_deref().map(masked);
    match (masked(&seen.shown), seen.value.as_str().map(masked), formula) {
        (Cow::Borrowed(_), None | Some(Cow::Borrowed(_)), None | Some(Cow::Borrowed(_))) => seen,
        (shown, Some(value), formula) => SeenCell {
            shown: shown.into_owned(),
            value: json!(value),
            formula: formula.map(Cow::into_owned),
            ..seen.clone()
        },
        (_, None, _) => without_words(seen),
    }
}

/// Returns what kind of thing a cell holds, and the thing itself.
fn held(value: &Value) -> (HeldKind, Json) {
    match value {
        Value::Empty => (HeldKind::Blank, Json::Null),
        Value::Text(text) if text.is_empty() => (HeldKind::Blank, Json::Null),
        Value::Text(text) => (HeldKind::Text, json!(text)),
        Value::Number(number) => (HeldKind::Number, number_of(*number)),
        Value::Date(serial) | Value::Elapsed(serial) => (HeldKind::Date, number_of(*serial)),
        Value::Logical(logical) => (HeldKind::Logical, json!(logical)),
        Value::Error(error) => (HeldKind::Error, json!(error)),
        Value::Picture => (HeldKind::Picture, Json::Null),
    }
}

/// Returns a number; JSON has no infinite ones, so these are texts.
fn number_of(number: f64) -> Json {
    if number.is_finite() {
        json!(number)
    } else if number > 0.0 {
        json!("Infinity")
    } else {
        json!("-Infinity")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;

    #[test]
    fn every_kind_of_value_is_kept_whole() {
        let cases = [
            (Value::Empty, r#""kind":"blank","value":null"#),
            (Value::Text("".into()), r#""kind":"blank","value":null"#),
            (Value::Text(" a\n".into()), r#""kind":"text","value":" a\n""#),
            (Value::Number(0.1 + 0.2), r#""kind":"number","value":0.30000000000000004"#),
            (Value::Number(f64::INFINITY), r#""kind":"number","value":"Infinity""#),
            (Value::Date(45658.75), r#""kind":"date","value":45658.75"#),
            (Value::Elapsed(1.5), r#""kind":"date","value":1.5"#),
            (Value::Logical(true), r#""kind":"logical","value":true"#),
            (Value::Error("#N/A".into()), r##""kind":"error","value":"#N/A""##),
            (Value::Picture, r#""kind":"picture","value":null"#),
        ];
        for (value, expected) in cases {
            let cell = Cell::new(CellRef::new(7, 2), value, Some("A1".into()));
            let seen = of_cell(&cell, DateSystem::From1900);
            let written = serde_json::to_string(&seen).unwrap();
            assert!(written.starts_with(r#"{"cell":"B7","#), "{written}");
            assert!(written.contains(expected) && written.contains(r#""formula":"A1""#), "{written}");
            assert_eq!(serde_json::from_str::<SeenCell>(&written).unwrap(), seen);
            assert!(written.contains(&format!("\"kind\":\"{}\"", seen.kind.as_str())), "{written}");
        }
    }
}
