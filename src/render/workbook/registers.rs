//! The registers' rows of the returns that count: what each comes to and what is wanting in it, told by its key alone.

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::{MOST_ROWS, Page, at_cell, beyond, texts};
use crate::framework::{Framework, RegisterSpec};
use crate::review::RowRecord;
use crate::season::SeasonReturn;

/// A row with its return and what its pack says of the register.
type Told<'a> = (&'a SeasonReturn, &'a Framework, &'a RegisterSpec, &'a RowRecord);

/// Whether any return has rows whose results its framework names.
pub(super) fn has_rows(view: &SeasonView) -> bool {
    told(view).next().is_some()
}

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let all = told(view).count();
    page.title(
        "Registers",
        &format!("Each row of a register, told by its key: what it comes to, and what is wanting. Only returns that count.{}", beyond(all)),
    )?;
    page.columns(
        &[
            texts("Framework", 30.0),
            texts("Register", 16.0),
            texts("Organisation", 32.0),
            texts("Row", 26.0),
            texts("Result", 18.0),
            texts("Wanting, and what to do", 60.0),
            texts("Report", 13.0),
        ],
        4,
    )?;
    let first = page.row;
    for told in told(view).take(MOST_ROWS) {
        row(view, page, told)?;
    }
    if page.row > first {
        page.sheet.autofilter(first - 1, 0, page.row - 1, 6)?;
    }
    Ok(())
}

/// Returns the rows whose results the pack names, in the order of the returns.
fn told<'a>(view: &SeasonView<'a>) -> impl Iterator<Item = Told<'a>> {
    let frameworks = view.season.frameworks;
    view.season.returns.iter().filter(|found| found.counts()).flat_map(move |found| {
        let framework = frameworks.iter().find(|known| Some(&known.id) == found.review.framework.as_ref());
        found.review.rows.iter().filter_map(move |row| {
            let framework = framework?;
            let spec = framework.register(&row.register)?;
            let is_named = spec.outcome.as_ref().is_some_and(|outcome| !outcome.results.is_empty());
            is_named.then_some((found, framework, spec, row))
        })
    })
}

/// Writes one row.
fn row(view: &SeasonView, page: &mut Page, (found, framework, spec, row): Told) -> Result<(), XlsxError> {
    let result = spec.outcome.as_ref().map_or_else(String::new, |outcome| outcome.titled(&row.outcome));
    let wanting: Vec<&str> = row.actions.iter().map(|action| action.text.as_str()).collect();
    let wanting = wanting.join(" ");
    let organisation = found.organisation.as_deref().unwrap_or("not said");
    for (column, text) in
        (0_u16..).zip([framework.title.as_str(), &spec.title, organisation, &row.key, &result, &wanting])
    {
        page.text(column, text)?;
    }
    match view.made.get(&found.review.file).and_then(|made| made.report.as_ref()) {
        Some(report) => page.link(6, "open report", &at_cell(report, None, None))?,
        None => page.text(6, "")?,
    }
    page.next()
}
