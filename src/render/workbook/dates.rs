//! The dated steps of all returns that count: what is late, what comes next, and of what nobody knows.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, XlsxError};

use super::SeasonView;
use super::page::{Page, at_cell, numbers, texts};
use crate::report::sheets::{MOST_ROWS, beyond};
use crate::season::calendar::{SeasonStep, steps};

/// Whether any return that counts has a dated step.
pub(super) fn is_wanted(view: &SeasonView) -> bool {
    view.season.counted().any(|found| !found.review.dates.is_empty())
}

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let steps = steps(&view.season.returns, view.date);
    page.title(
        "Dates",
        &format!("What is overdue or has ended, by whom, what comes next, and of what it isn't said. Rows of registers by their keys alone.{}", beyond(steps.len())),
    )?;
    let heading = page.columns(
        &[
            texts("Where it stands", 16.0),
            texts("Day", 13.0),
            numbers("Days late", 10.0),
            texts("Step", 44.0),
            texts("Organisation", 32.0),
            texts("Row", 22.0),
            texts("Framework", 24.0),
            texts("Counted from", 40.0),
            texts("Done", 13.0),
            texts("Stands as of", 13.0),
            texts("Report", 13.0),
        ],
        3,
    )?;
    let day = page.style.inner_text.clone().set_num_format("d mmm yyyy").set_align(FormatAlign::Left);
    for step in steps.iter().take(MOST_ROWS) {
        row(view, page, step, &day)?;
    }
    page.sheet.autofilter(heading, 0, page.row.max(heading + 2) - 1, 10)?;
    Ok(())
}

/// Writes one step.
fn row(view: &SeasonView, page: &mut Page, step: &SeasonStep, format: &Format) -> Result<(), XlsxError> {
    let (found, dated) = (step.found, step.step);
    let framework = view.season.framework(&found.review).map_or("", |framework| framework.title.as_str());
    let basis = dated.why.as_ref().unwrap_or(&dated.basis);
    let whose = step.whose();
    page.text(0, step.standing.words())?;
    date(page, 1, dated.date, format)?;
    match step.days_late().and_then(|days| usize::try_from(days).ok()) {
        Some(days) => page.count(2, days)?,
        None => page.text(2, "")?,
    }
    let said = [dated.title.as_str(), &whose, dated.row.as_deref().unwrap_or_default(), framework, basis];
    for (column, text) in (3_u16..).zip(said) {
        page.text(column, text)?;
    }
    date(page, 8, dated.done, format)?;
    date(page, 9, step.as_of(), format)?;
    match view.made.get(&found.review.file).and_then(|made| made.report.as_ref()) {
        Some(report) => page.link(10, "open report", &at_cell(report, None, None))?,
        None => page.text(10, "")?,
    }
    page.next()
}

/// Writes a day; nothing where there is none.
fn date(page: &mut Page, column: u16, day: Option<Date>, format: &Format) -> Result<(), XlsxError> {
    let parts = day.map(|day| (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day())));
    let Some((Ok(year), Ok(month), Ok(day))) = parts else { return page.text(column, "") };
    let Ok(day) = ExcelDateTime::from_ymd(year, month, day) else { return page.text(column, "") };
    page.sheet.write_datetime_with_format(page.row, column, &day, format)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::render::workbook::tests::sheet;
    use crate::schedule::StepState;
    use crate::season::sample;

    #[test]
    fn each_step_has_its_row_with_what_is_late_first() {
        let frameworks = [sample::usual()];
        let mut season = sample::season(&frameworks, 1);
        season.returns.truncate(1);
        assert_eq!(sheet(&season, "Dates"), None);
        season.returns[0].review.dates = vec![
            sample::step("plan", Some("2026-05-02"), StepState::Due),
            sample::step("papers", Some("2026-03-01"), StepState::Overdue),
        ];
        let whose = season.returns[0].organisation.clone().unwrap();
        let of = |first: [&str; 2], rest: &[&str]| -> Vec<String> {
            let tail = [whose.as_str(), "Sample Framework", "two weeks before", "10/03/2026"];
            first.iter().chain(rest).copied().chain(tail).map(ToOwned::to_owned).collect()
        };
        let expected =
            vec![of(["overdue", "01/03/2026"], &["9", "The papers"]), of(["to come", "02/05/2026"], &["The plan"])];
        assert_eq!(sheet(&season, "Dates"), Some(expected));
    }
}
