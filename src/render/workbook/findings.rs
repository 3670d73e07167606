//! The findings as a worklist: who has to do what, with links to the cells, and columns for the team to fill in.

use rust_xlsxwriter::{DataValidation, Table, TableColumn, TableStyle, XlsxError};

use super::SeasonView;
use super::page::{Column, MOST_ROWS, Page, at_cell, beyond, texts};
use crate::finding::Finding;
use crate::season::SeasonReturn;
use crate::words::duty;

/// What the team can say of a finding's state.
const STATES: [&str; 4] = ["open", "asked", "explained", "done"];

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let columns = columns();
    let all =
        view.season.findings.len() + view.season.returns.iter().map(|found| found.review.findings.len()).sum::<usize>();
    page.title("Findings", &format!("All that was found, to be worked off. Owner, state and comment are yours; cells link to the annotated copies.{}", beyond(all)))?;
    let heading = page.columns(&columns, 3)?;
    let across = view.season.findings.iter().map(|finding| (None, finding));
    let sent = view.season.returns.iter();
    let each = sent.flat_map(|sent| sent.review.findings.iter().map(move |finding| (Some(sent), finding)));
    for (sent, finding) in across.chain(each).take(MOST_ROWS) {
        row(view, page, sent, finding)?;
    }
    finish(page, heading, &columns)
}

/// Returns the columns.
fn columns() -> Vec<Column> {
    vec![
        texts("Duty", 16.0),
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

/// Writes a finding, of one return or over the season, with columns for the team.
fn row(view: &SeasonView, page: &mut Page, sent: Option<&SeasonReturn>, finding: &Finding) -> Result<(), XlsxError> {
    page.text(0, duty(finding.severity))?;
    let sender = sent.map(|sent| sent.organisation.as_deref().unwrap_or("not said"));
    page.text(1, sender.or(finding.organisation()).unwrap_or_default())?;
    let made = sent.and_then(|sent| view.made.get(&sent.review.file));
    let annotated = made.and_then(|made| made.annotated.as_deref());
    let files = sent.map_or_else(|| files(finding.files()), |sent| sent.review.file.clone());
    match annotated {
        Some(annotated) => page.link(2, &files, &at_cell(annotated, None, None))?,
        None => page.text(2, &files)?,
    }
    page.text(3, finding.sheet().unwrap_or_default())?;
    let cell = finding.cell().unwrap_or_default();
    // A companion workbook doesn't have the return's sheets.
    match annotated.filter(|annotated| annotated.contains(".annotated.") && !cell.is_empty()) {
        Some(annotated) => page.link(4, &cell, &at_cell(annotated, finding.sheet(), Some(&cell)))?,
        None => page.text(4, &cell)?,
    }
    let texts = [
        finding.subject.as_deref().unwrap_or_default(),
        finding.rule.as_str(),
        &finding.message,
        finding.found.as_deref().unwrap_or_default(),
        finding.expected.as_deref().unwrap_or_default(),
        &finding.help,
        "",
        STATES[0],
        "",
    ];
    for (column, text) in (5..).zip(texts) {
        page.text(column, text)?;
    }
    page.next()
}

/// Returns the first files of a finding, one a line, and how many more there are.
fn files(files: &[String]) -> String {
    let shown = files.iter().take(4).map(String::as_str).collect::<Vec<_>>().join("\n");
    match files.len().saturating_sub(4) {
        0 => shown,
        more => format!("{shown}\nand {more} more"),
    }
}
