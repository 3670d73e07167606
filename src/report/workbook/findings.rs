//! The findings as a worklist: who has to do what, with links to the cells, and columns for the team to fill in.

use rust_xlsxwriter::{DataValidation, Table, TableColumn, TableStyle, XlsxError};

use super::SeasonView;
use super::page::{Column, Page, at_cell, texts};
use crate::review::FindingRecord;
use crate::season::{SeasonFinding, SeasonReturn};
use crate::words::{duty, thousands};

/// What the team can say of a finding's state.
const STATES: [&str; 4] = ["open", "asked", "explained", "done"];

/// A sheet has few more rows than this; what is beyond is in the data.
const MOST: usize = 1_000_000;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let columns = columns();
    let all = view.network.findings.len()
        + view.network.returns.iter().map(|found| found.review.findings.len()).sum::<usize>();
    let beyond = if all > MOST {
        format!(" Only the first {} of {} stand here; all are in the data.", thousands(MOST), thousands(all))
    } else {
        String::new()
    };
    page.title("Findings", &format!("All that was found, to be worked off. Owner, state and comment are yours; cells link to the annotated copies.{beyond}"))?;
    let heading = page.columns(&columns, 3)?;
    for finding in view.network.findings.iter().take(MOST) {
        over_season(page, finding)?;
    }
    let each =
        view.network.returns.iter().flat_map(|found| found.review.findings.iter().map(move |finding| (found, finding)));
    for (found, finding) in each.take(MOST.saturating_sub(view.network.findings.len())) {
        of_return(view, page, found, finding)?;
    }
    finish(page, heading, &columns)
}

/// Returns the columns.
fn columns() -> Vec<Column> {
    vec![
        texts("Duty", 12.0),
        texts("Organisation", 26.0),
        texts("File", 34.0),
        texts("Sheet", 20.0),
        texts("Cell", 8.0),
        texts("About", 16.0),
        texts("Rule", 22.0),
        texts("What is there", 46.0),
        texts("Found", 16.0),
        texts("Expected", 20.0),
        texts("What to do", 40.0),
        texts("Owner", 12.0),
        texts("State", 11.0),
        texts("Comment", 24.0),
    ]
}

/// Makes the rows a table that can be filtered, with a list of states to choose from.
fn finish(page: &mut Page, heading: u32, columns: &[Column]) -> Result<(), XlsxError> {
    let last = page.row.max(heading + 2) - 1;
    let columns: Vec<TableColumn> = (0_u16..)
        .zip(columns)
        .map(|(at, column)| {
            let format = if at == 0 { &page.style.heading } else { &page.style.inner_heading };
            TableColumn::new().set_header(column.heading()).set_header_format(format)
        })
        .collect();
    let table =
        Table::new().set_name("Findings").set_columns(&columns).set_style(TableStyle::Light1).set_banded_rows(false);
    page.sheet.add_table(heading, 0, last, 13, &table)?;
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
    said(page, &finding.rule, &finding.message, &finding.help)
}

/// Writes a finding over the season.
fn over_season(page: &mut Page, finding: &SeasonFinding) -> Result<(), XlsxError> {
    page.text(0, duty(finding.severity))?;
    page.text(1, finding.organisation.as_deref().unwrap_or_default())?;
    page.text(2, &files(&finding.files))?;
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
    page.text(7, message)?;
    page.text(10, help)?;
    page.text(11, "")?;
    page.text(12, STATES[0])?;
    page.text(13, "")?;
    page.next()
}
