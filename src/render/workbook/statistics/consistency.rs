//! Totals that stand out, and whether the criteria go together.

use rust_xlsxwriter::XlsxError;

use super::{Table, end, figures, instead, over_texts, start};
use crate::render::workbook::page::Page;
use crate::statistics::verdict::{Coherence, coherence};
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
    let meaning = match coherence::sentences(found, framework) {
        none if none.is_empty() => {
            format!("Cronbach\u{2019}s alpha needs 30 complete returns; there are {}.", found.overall.returns)
        }
        some => some.join(" "),
    };
    let title = format!("{}: whether the criteria go together", framework.title);
    let rows: Vec<&ConsistencyRow> = [&found.overall].into_iter().chain(&found.sections).collect();
    if rows.iter().all(|row| !row.alpha.is_shown()) {
        return instead(page, &title, &meaning);
    }
    let headings = ["Criteria of", "Criteria", "Returns", "Alpha", "From", "To", "They"];
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: rows.len() })?;
    over_texts(page, 6, headings[6])?;
    for row in rows {
        page.text(0, &coherence::about(row, framework))?;
        page.count(1, row.criteria)?;
        page.count(2, row.returns)?;
        figures(page, 3, &[&row.alpha, &row.low, &row.high], &page.style.number)?;
        page.remark(6, Coherence::of(row).map_or("", Coherence::words))?;
        page.next()?;
    }
    end(page)
}
