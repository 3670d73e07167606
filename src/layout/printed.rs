//! How many rows a form has for a register: those that it lets be filled in by its lists, or rules and leaves empty.

use crate::cell::LAST_ROW;
use crate::framework::{Framework, RegisterSpec};
use crate::workbook::Sheet;

/// Returns how many rows the issued form has below a register's heading; none where the pack has no form.
pub(super) fn rows(framework: &Framework, register: &RegisterSpec) -> u32 {
    let sheet = framework.issued_sheet(&register.sheet);
    let Some((sheet, heading)) = sheet.and_then(|sheet| Some((sheet, heading_row(sheet, register)?))) else { return 0 };
    let columns: Vec<u32> = sheet.row(heading).iter().map(|cell| cell.at.column).collect();
    listed(sheet, heading, &columns).unwrap_or_else(|| ruled(sheet, heading)).saturating_sub(heading)
}

/// Returns the row in which most of a register's headings stand, word for word, or their ends, where they have two rows.
fn heading_row(sheet: &Sheet, register: &RegisterSpec) -> Option<u32> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let headings: Vec<String> = register.columns.iter().map(|column| plain(&column.heading)).collect();
    let is_said = |text: &str| {
        let ends =
            |heading: &String| heading.strip_suffix(text).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        headings.iter().any(ends)
    };
    let rows = sheet.rows().map(|(row, cells)| {
        let texts = cells.iter().filter_map(|cell| cell.text()).map(plain);
        (texts.filter(|text| is_said(text)).count(), row)
    });
    rows.filter(|(count, _)| *count > 1).max().map(|(_, row)| row)
}

/// Returns the last row that lists of a register's columns are for, which begin just below its heading.
pub(super) fn listed(sheet: &Sheet, heading: u32, columns: &[u32]) -> Option<u32> {
    let ranges = sheet.validations.iter().flat_map(|validation| &validation.cells);
    let below = ranges.filter(|range| {
        let is_over = |column: &u32| (range.first.column..=range.last.column).contains(column);
        range.first.row == heading + 1 && range.last.row < LAST_ROW && columns.iter().any(is_over)
    });
    below.map(|range| range.last.row).filter(|last| *last > heading + 1).max()
}

/// Returns the last row that a form rules below a heading: above what it says after empty rows.
fn ruled(sheet: &Sheet, heading: u32) -> u32 {
    let mut last = heading;
    for (row, _) in sheet.rows().filter(|(row, _)| *row > heading) {
        if row > last + 1 {
            return row - 1;
        }
        last = row;
    }
    sheet.last_row.max(last)
}
