//! `check --show-cells`: every cell of a workbook as the program reads it.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::console;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::format::Format;
use crate::batch::Plan;
use crate::batch::plan::PlannedFile;
use crate::batch::store::{self, Content};
use crate::ooxml::Limits;
use crate::workbook::{self, Cell, DateSystem, ReadError, Sheet, Source, Value, Visibility, Workbook};

/// How cells are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listing {
    /// A line of JSON each.
    Lines,
    /// Aligned, under the sheets' names.
    Aligned,
}

/// A workbook as programs read it.
#[derive(Serialize)]
struct WorkbookLine<'a> {
    workbook: &'a str,
    format: &'static str,
    date_system: u16,
    sheets: Vec<SheetEntry<'a>>,
}

/// A sheet as programs read it.
#[derive(Serialize)]
struct SheetEntry<'a> {
    name: &'a str,
    visible: bool,
}

/// A cell as programs read it.
#[derive(Serialize)]
struct CellLine<'a> {
    sheet: &'a str,
    cell: String,
    kind: &'static str,
    value: Json,
    formula: Option<&'a str>,
    shown: String,
    hidden: bool,
}

/// Why a file has no cells to show: a word for programs, and a sentence.
#[derive(Serialize)]
struct Unread {
    error: &'static str,
    message: String,
}

/// Shows all cells of the files of a plan.
pub(super) fn show(plan: &Plan, limits: &Limits, format: Option<Format>) -> Result<ExitStatus, Failure> {
    let listing = listing(format)?;
    let mut status = if plan.files.is_empty() { ExitStatus::NothingMatched } else { ExitStatus::Clean };
    for file in &plan.files {
        match read(file, limits) {
            Ok(workbook) => console::write(&written(&workbook, &file.name, listing)?)?,
            Err(unread) => {
                console::tell(&format!("{}: {}", file.name, unread.message));
                if listing == Listing::Lines {
                    console::write(&line(&unread)?)?;
                }
                status = ExitStatus::Incomplete;
            }
        }
    }
    Ok(status)
}

/// Returns how cells are shown: as is asked, else aligned where somebody reads them.
fn listing(format: Option<Format>) -> Result<Listing, Failure> {
    match format {
        None if console::is_watched() => Ok(Listing::Aligned),
        None => Ok(Listing::Lines),
        Some(Format::Human | Format::Plain) => Ok(Listing::Aligned),
        Some(Format::Exported(format)) if ["json", "jsonl"].contains(&format.name) => Ok(Listing::Lines),
        Some(Format::Exported(format)) => {
            let name = format.name;
            Err(Failure::Unknown(format!("cells aren't shown as {name}; write --format json, or --format human")))
        }
    }
}

/// Reads a workbook.
fn read(file: &PlannedFile, limits: &Limits) -> Result<Workbook, Unread> {
    let content = store::content(&file.origin, limits.file);
    match content.map_err(|error| Unread { error: "inaccessible", message: error.to_string() })? {
        Content::Whole(bytes) => workbook::read(&Source::new(&*file.name, bytes), limits).map_err(Unread::from),
        Content::TooLarge { size, .. } => {
            let message = format!("the file has {size} bytes; at most {} are read (limit `file`)", limits.file);
            Err(Unread { error: "too-large", message })
        }
    }
}

impl From<ReadError> for Unread {
    fn from(error: ReadError) -> Self {
        let word = match error {
            ReadError::Foreign(_) => "no-workbook",
            ReadError::NotHere(_) => "not-here",
            ReadError::Damaged(_) => "damaged",
            ReadError::Encrypted => "encrypted",
            ReadError::TooLarge { .. } => "too-large",
        };
        Self { error: word, message: error.to_string() }
    }
}

/// Returns all cells of a workbook as they are written.
fn written(workbook: &Workbook, name: &str, listing: Listing) -> Result<Vec<u8>, Failure> {
    if listing == Listing::Aligned {
        return Ok(aligned(workbook, name).into_bytes());
    }
    let mut bytes = line(&of_workbook(workbook, name))?;
    for sheet in &workbook.sheets {
        for cell in &sheet.cells {
            bytes.extend(line(&of_cell(sheet, cell, workbook.date_system))?);
        }
    }
    Ok(bytes)
}

/// Returns a line of JSON.
fn line(entry: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec(entry).map_err(std::io::Error::from)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Returns a workbook as programs read it.
fn of_workbook<'a>(workbook: &'a Workbook, name: &'a str) -> WorkbookLine<'a> {
    let entry = |sheet: &'a Sheet| SheetEntry { name: &sheet.name, visible: sheet.visibility == Visibility::Visible };
    let date_system = match workbook.date_system {
        DateSystem::From1900 => 1900,
        DateSystem::From1904 => 1904,
    };
    WorkbookLine {
        workbook: name,
        format: container(workbook.format),
        date_system,
        sheets: workbook.sheets.iter().map(entry).collect(),
    }
}

/// Returns the extension that workbooks of a container have.
fn container(format: workbook::Format) -> &'static str {
    match format {
        workbook::Format::Xlsx => "xlsx",
        workbook::Format::Xlsm => "xlsm",
        workbook::Format::Xlsb => "xlsb",
        workbook::Format::Xls => "xls",
        workbook::Format::Ods => "ods",
    }
}

/// Returns a cell as programs read it.
fn of_cell<'a>(sheet: &'a Sheet, cell: &'a Cell, system: DateSystem) -> CellLine<'a> {
    let (kind, value) = held(&cell.value);
    let hidden = cell.is_masked(system);
    CellLine {
        sheet: &sheet.name,
        cell: cell.at.to_string(),
        kind,
        value,
        formula: cell.formula.as_deref(),
        shown: if hidden { String::new() } else { cell.shown(system) },
        hidden,
    }
}

/// Returns what kind of thing a cell holds, and the thing itself.
fn held(value: &Value) -> (&'static str, Json) {
    match value {
        Value::Empty => ("blank", Json::Null),
        Value::Text(text) if text.is_empty() => ("blank", Json::Null),
        Value::Text(text) => ("text", json!(text)),
        Value::Number(number) => ("number", number_of(*number)),
        Value::Date(serial) | Value::Elapsed(serial) => ("date", number_of(*serial)),
        Value::Logical(logical) => ("logical", json!(logical)),
        Value::Error(error) => ("error", json!(error)),
        Value::Picture => ("picture", Json::Null),
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

/// Returns all cells of a workbook in aligned lines, under the names of their sheets.
fn aligned(workbook: &Workbook, name: &str) -> String {
    let mut text = format!("{name} ({})\n", container(workbook.format));
    for sheet in &workbook.sheets {
        let cells: Vec<CellLine> = sheet.cells.iter().map(|cell| of_cell(sheet, cell, workbook.date_system)).collect();
        let is_hidden = if sheet.visibility == Visibility::Hidden { ", hidden" } else { "" };
        let _infallible = writeln!(text, "sheet “{}”{is_hidden}", sheet.name);
        let wide = cells.iter().map(|cell| cell.cell.len()).max().unwrap_or_default();
        for cell in cells {
            let _infallible = writeln!(text, "  {:wide$}  {:7}  {}", cell.cell, cell.kind, seen(&cell));
        }
    }
    text
}

/// Returns what is seen of a cell, what it holds where that is something else, and its formula, in one line.
fn seen(cell: &CellLine) -> String {
    let held = cell.value.as_str().map_or_else(|| cell.value.to_string(), str::to_owned);
    let is_other = cell.hidden || (cell.kind == "number" && held.trim_end_matches(".0") != cell.shown);
    let held = is_other.then(|| format!("(holds {held})"));
    let formula = cell.formula.map(|formula| format!("={formula}"));
    let parts = [Some(cell.shown.clone()), held, formula].into_iter().flatten();
    let words: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    words.join("  ").replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;

    #[test]
    fn every_kind_of_value_is_written_whole() {
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
            let written = line(&of_cell(&Sheet::empty("S"), &cell, DateSystem::From1900)).unwrap();
            let written = String::from_utf8(written).unwrap();
            assert!(written.starts_with(r#"{"sheet":"S","cell":"B7","#), "{written}");
            assert!(written.contains(expected) && written.contains(r#""formula":"A1""#), "{written}");
        }
    }
}
