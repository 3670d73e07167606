//! The findings as a worklist: who has to do what, with links to the cells, and columns for the team to fill in.

use rust_xlsxwriter::{DataValidation, Table, TableColumn, TableStyle, XlsxError};

use super::SeasonView;
use super::page::{Page, at_cell, clipped};
use super::style::duty;
use crate::network::{SeasonFinding, SeasonReturn};
use crate::review::FindingRecord;

/// The columns.
const HEADINGS: [&str; 14] = [
    "Duty",
    "Organisation",
    "File",
    "Sheet",
    "Cell",
    "About",
    "Rule",
    "What is there",
    "Found",
    "Expected",
    "What to do",
    "Owner",
    "State",
    "Comment",
];

/// What the team can say of a finding's state.
const STATES: [&str; 4] = ["open", "asked", "explained", "done"];

/// A sheet has few more rows than this; what is beyond is in the data.
const MOST: usize = 1_000_000;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[12.0, 26.0, 34.0, 22.0, 8.0, 10.0, 24.0, 46.0, 16.0, 20.0, 40.0, 14.0, 12.0, 30.0])?;
    let all = view.network.findings.len()
        + view.network.returns.iter().map(|found| found.review.findings.len()).sum::<usize>();
    let beyond = if all > MOST {
        format!(" Only the first {MOST} of {all} stand here; all are in the data.")
    } else {
        String::new()
    };
    page.title("Findings", &format!("All that was found, to be worked off. Owner, state and comment are yours; cells link to the annotated copies.{beyond}"))?;
    let heading = page.row;
    page.row += 1;
    page.freeze(3)?;
    for finding in view.network.findings.iter().take(MOST) {
        over_season(page, finding)?;
    }
    let each =
        view.network.returns.iter().flat_map(|found| found.review.findings.iter().map(move |finding| (found, finding)));
    for (found, finding) in each.take(MOST.saturating_sub(view.network.findings.len())) {
        of_return(view, page, found, finding)?;
    }
    finish(page, heading)
}

/// Makes the rows a table that can be filtered, with a list of states to choose from.
fn finish(page: &mut Page, heading: u32) -> Result<(), XlsxError> {
    let last = page.row.max(heading + 2) - 1;
    let columns: Vec<TableColumn> = HEADINGS
        .iter()
        .map(|name| TableColumn::new().set_header(*name).set_header_format(&page.style.heading))
        .collect();
    let table =
        Table::new().set_name("Findings").set_columns(&columns).set_style(TableStyle::Light1).set_banded_rows(false);
    page.sheet.add_table(heading, 0, last, 13, &table)?;
    page.sheet.set_row_height(heading, 24)?;
    let states = DataValidation::new().allow_list_strings(&STATES)?;
    page.sheet.add_data_validation(heading + 1, 12, last, 12, &states)?;
    Ok(())
}

/// Writes a finding of one return.
fn of_return(
    view: &SeasonView,
    page: &mut Page,
    found_in: &SeasonReturn,
    finding: &FindingRecord,
) -> Result<(), XlsxError> {
    page.text(0, duty(finding.severity))?;
    page.text(1, found_in.organisation.as_deref().unwrap_or("not said"))?;
    let annotated = view.made.get(&found_in.review.file).and_then(|made| made.annotated.as_deref());
    match annotated {
        Some(annotated) => page.link(2, &found_in.review.file, &at_cell(annotated, None, None))?,
        None => page.text(2, &found_in.review.file)?,
    }
    page.text(3, finding.sheet.as_deref().unwrap_or_default())?;
    let cell = finding.cell.as_deref().unwrap_or_default();
    // A companion workbook doesn't have the return's sheets.
    match annotated.filter(|annotated| annotated.contains(".annotated.") && !cell.is_empty()) {
        Some(annotated) => page.link(4, cell, &at_cell(annotated, finding.sheet.as_deref(), Some(cell)))?,
        None => page.text(4, cell)?,
    }
    page.text(5, finding.subject.as_deref().unwrap_or_default())?;
    page.text(8, finding.found.as_deref().unwrap_or_default())?;
    page.text(9, finding.expected.as_deref().unwrap_or_default())?;
    let (found, expected) =
        (finding.found.as_deref().unwrap_or_default(), finding.expected.as_deref().unwrap_or_default());
    page.fit(&[(&found_in.review.file, 34), (&finding.message, 46), (&finding.help, 40), (found, 16), (expected, 20)])?;
    said(page, &finding.rule, &finding.message, &finding.help)
}

/// Writes a finding over the season.
fn over_season(page: &mut Page, finding: &SeasonFinding) -> Result<(), XlsxError> {
    page.text(0, duty(finding.severity))?;
    page.text(1, finding.organisation.as_deref().unwrap_or_default())?;
    let files = files(&finding.files);
    page.text(2, &files)?;
    page.fit(&[(&files, 34), (&finding.message, 46), (&finding.help, 40)])?;
    for column in [3, 4, 5, 8, 9] {
        page.text(column, "")?;
    }
    said(page, &finding.rule, &finding.message, &finding.help)
}

/// Returns the first files of a finding, one a line, and how many more there are.
fn files(files: &[String]) -> String {
    let shown = files.iter().take(4).map(String::as_str).collect::<Vec<_>>().join("\n");
    match files.len().saturating_sub(4) {
        0 => shown,
        more => format!("{shown}\nand {more} more"),
    }
}

/// Writes what every finding says, and the columns for the team.
fn said(page: &mut Page, rule: &str, message: &str, help: &str) -> Result<(), XlsxError> {
    page.text(6, rule)?;
    page.text(7, &clipped(message))?;
    page.text(10, help)?;
    page.text(11, "")?;
    page.text(12, STATES[0])?;
    page.text(13, "")?;
    page.row += 1;
    Ok(())
}
