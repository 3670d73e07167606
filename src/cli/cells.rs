//! `check --show-cells`: every cell of a workbook as the program reads it.

use serde::Serialize;

use super::console::{self, Screen};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::format::Format;
use crate::batch::cells::{HeldKind, SeenCell, SheetCells, WorkbookCells};
use crate::batch::{self, Job};
use crate::export::results;

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
    format: &'a str,
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
    #[serde(flatten)]
    cell: &'a SeenCell,
}

/// Shows all cells of the files of a job.
pub(super) fn show(job: Job, format: Option<Format>, screen: Screen) -> Result<ExitStatus, Failure> {
    let listing = listing(format)?;
    let mut status = ExitStatus::Clean;
    for file in &job.plan.files {
        match batch::read_cells(job, file) {
            Ok(workbook) if listing == Listing::Aligned => {
                console::show(&aligned(&workbook, &file.name, screen))?;
            }
            Ok(workbook) => console::write(&written(&workbook, &file.name))?,
            Err(unread) => {
                console::tell(&format!("{}: {}", file.name, unread.message));
                if listing == Listing::Lines {
                    console::write(&results::in_a_line(&unread))?;
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

/// Returns all cells of a workbook as lines of JSON.
fn written(workbook: &WorkbookCells, name: &str) -> Vec<u8> {
    let entry = |sheet| -> SheetEntry { named(sheet) };
    let mut bytes = results::in_a_line(&WorkbookLine {
        workbook: name,
        format: &workbook.format,
        date_system: workbook.date_system,
        sheets: workbook.sheets.iter().map(entry).collect(),
    });
    for sheet in &workbook.sheets {
        for cell in &sheet.cells {
            bytes.extend(results::in_a_line(&CellLine { sheet: &sheet.name, cell }));
        }
    }
    bytes
}

/// Returns a sheet without its cells.
fn named(sheet: &SheetCells) -> SheetEntry<'_> {
    SheetEntry { name: &sheet.name, visible: sheet.visible }
}

/// Returns all cells of a workbook in aligned lines that fit, under the names of their sheets.
fn aligned(workbook: &WorkbookCells, name: &str, screen: Screen) -> String {
    let mut text = screen.fitted(&format!("{name} ({})", workbook.format), "  ") + "\n";
    for sheet in &workbook.sheets {
        let is_hidden = if sheet.visible { "" } else { ", hidden" };
        text.push_str(&(screen.fitted(&format!("sheet “{}”{is_hidden}", sheet.name), "  ") + "\n"));
        let wide = sheet.cells.iter().map(|cell| cell.cell.len()).max().unwrap_or_default();
        let below = " ".repeat(wide + 14);
        for cell in &sheet.cells {
            let line = format!("  {:wide$}  {:8}  {}", cell.cell, cell.kind.as_str(), seen(cell));
            text.push_str(&(screen.fitted(&line, &below) + "\n"));
        }
    }
    text
}

/// Returns what is seen of a cell, what it holds where that is something else, and its formula, in one line.
fn seen(cell: &SeenCell) -> String {
    let held = cell.value.as_str().map_or_else(|| cell.value.to_string(), str::to_owned);
    let is_other = cell.hidden || (cell.kind == HeldKind::Number && held.trim_end_matches(".0") != cell.shown);
    let held = (is_other && cell.kind != HeldKind::Personal).then(|| format!("(holds {held})"));
    let formula = cell.formula.as_ref().map(|formula| format!("={formula}"));
    let parts = [Some(cell.shown.clone()), held, formula].into_iter().flatten();
    let words: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    words.join("  ").replace(['\r', '\n'], " ")
}
