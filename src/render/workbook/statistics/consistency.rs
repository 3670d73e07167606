//! Totals that stand out, and whether the criteria go together.

use rust_xlsxwriter::XlsxError;

use super::{Table, end, figures, instead, over_texts, shown, start};
use crate::render::workbook::page::Page;
use crate::statistics::{ConsistencyRow, FrameworkStatistics};

/// Writes the returns whose total stands out.
pub(super) fn outliers(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    if framework.outliers.is_empty() {
        return Ok(());
    }
    let meaning = "These totals are more than 3.5 ordinary spreads from the median: look at the returns before reading much into \
                   means.";
    let title = format!("{}: totals that stand out", framework.title);
    let headings = ["File", "Organisation", "Total", "Median"];
    start(page, &Table { title, meaning, headings: &headings, rows: framework.outliers.len() })?;
    over_texts(page, 1, "Organisation")?;
    for row in &framework.outliers {
        page.text(0, &row.file)?;
        page.text(1, &row.organisation)?;
        page.sheet.write_number_with_format(page.row, 2, row.total, &page.style.tenth)?;
        page.sheet.write_number_with_format(page.row, 3, row.median, &page.style.tenth)?;
        page.next()?;
    }
    end(page)
}

/// Writes Cronbach's alpha, over all criteria and by section.
pub(super) fn consistency(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let Some(found) = &framework.consistency else { return Ok(()) };
    let meaning = shown(&found.overall.alpha, 2).map_or_else(
        || format!("Cronbach\u{2019}s alpha needs 30 complete returns; there are {}.", found.overall.returns),
        |alpha| {
            format!("Alpha of all criteria is {alpha}; from 0.7 on returns that do well on some do well on others too.")
        },
    );
    let title = format!("{}: whether the criteria go together", framework.title);
    let rows: Vec<&ConsistencyRow> = [&found.overall].into_iter().chain(&found.sections).collect();
    if rows.iter().all(|row| !row.alpha.is_shown()) {
        return instead(page, &title, &meaning);
    }
    let headings = ["Criteria of", "Criteria", "Returns", "Alpha", "From", "To", "They"];
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: rows.len() })?;
    over_texts(page, 6, headings[6])?;
    for row in rows {
        page.text(0, row.section.as_deref().unwrap_or("All sections"))?;
        page.count(1, row.criteria)?;
        page.count(2, row.returns)?;
        figures(page, 3, &[&row.alpha, &row.low, &row.high], &page.style.number)?;
        page.remark(6, together(row))?;
        page.next()?;
    }
    end(page)
}

/// Says how some criteria go together.
fn together(row: &ConsistencyRow) -> &'static str {
    match row.alpha.value.filter(|_| row.alpha.is_shown()) {
        None => "",
        Some(alpha) if alpha < 0.5 => "hardly go together",
        Some(alpha) if alpha < 0.7 => "go together loosely",
        Some(alpha) if alpha < 0.95 => "go together",
        Some(_) => "ask nearly the same",
    }
}
