//! A sheet on which values were pasted over the formulas: one finding, and not one for each formula.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::form::rule::FORMULA_OVERWRITTEN;
use crate::words::list_of_at_most;
use crate::workbook::Workbook;

use super::{Effects, MOST_NAMED};

/// Gathers the formulas that were typed over on sheets that have none left, each sheet's in the first; returns those that are gone.
pub(super) fn gathered(workbook: &Workbook, findings: &mut [Finding], effects: &mut Effects) -> BTreeSet<usize> {
    let mut by_sheet: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.is_of(&FORMULA_OVERWRITTEN)) {
        let sheet = finding.sheet().filter(|name| has_no_formula(workbook, name));
        by_sheet.entry(sheet.unwrap_or_default().to_owned()).or_default().push(index);
    }
    by_sheet.remove("");
    let mut gone = BTreeSet::new();
    for (sheet, all) in by_sheet.into_iter().filter(|(_, all)| all.len() > 1) {
        let (first, others) = all.split_first().expect("there are several");
        let own = all.iter().flat_map(|index| &findings[*index].effects).cloned().collect();
        let cells = all.iter().filter_map(|index| findings[*index].cells()).flat_map(each_row).collect();
        findings[*first] = told(&sheet, cells, own);
        let follows: Vec<usize> = others.iter().filter_map(|index| effects.remove(index)).flatten().collect();
        if !follows.is_empty() {
            effects.entry(*first).or_default().extend(follows);
        }
        gone.extend(others);
    }
    gone
}

/// Returns the cells of a column, each.
fn each_row(cells: CellRange) -> impl Iterator<Item = CellRef> {
    (cells.first.row..=cells.last.row).map(move |row| CellRef::new(row, cells.first.column))
}

/// Whether a sheet has no formula.
fn has_no_formula(workbook: &Workbook, sheet: &str) -> bool {
    workbook.sheet(sheet).is_some_and(|sheet| sheet.cells.iter().all(|cell| cell.formula.is_none()))
}

/// Says that none of the form's formulas is left on a sheet; `own` is what differs there for that sake.
fn told(sheet: &str, mut cells: Vec<CellRef>, own: Vec<Finding>) -> Finding {
    cells.sort_by_key(|at| (at.column, at.row));
    let ranges = cells.chunk_by(|above, below| above.column == below.column && below.row - above.row == 1);
    let ranges: Vec<String> = ranges.map(|run| CellRange::new(run[0], run[run.len() - 1]).to_string()).collect();
    let ends =
        |of: fn(&CellRef) -> u32| (cells.iter().map(of).min().unwrap_or(1), cells.iter().map(of).max().unwrap_or(1));
    let ((top, end), (left, right)) = (ends(|at| at.row), ends(|at| at.column));
    let place = CellRange::new(CellRef::new(top, left), CellRef::new(end, right));
    let differing: Vec<String> = own.iter().filter_map(Finding::cell).collect();
    let differs = if differing.is_empty() {
        String::new()
    } else {
        format!("; {} isn't what the answers come to", list_of_at_most(&differing, MOST_NAMED))
    };
    let message = format!(
        "no formula is left on “{sheet}”: values, or nothing, stand where the form works out {}{differs}",
        list_of_at_most(&ranges, MOST_NAMED)
    );
    let help = "Copy the formulas back from the issued form, so that the figures follow the answers.";
    Finding::new(&FORMULA_OVERWRITTEN, Place::Cells(sheet.to_owned(), place), message).with_help(help).with_effects(own)
}
