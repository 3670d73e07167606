//! The criteria: how each is answered, with bars and colours that show where the network is strong or weak.

use rust_xlsxwriter::{ConditionalFormat3ColorScale, ConditionalFormatDataBar, XlsxError};

use super::SeasonView;
use super::page::{Page, numbers, texts};
use super::style::{HIGH, LIGHT, LOW, MIDDLE};
use crate::statistics::CriterionRow;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.title("Criteria", "Means lie between 0 % (all answers the worst) and 100 % (all the best). From and to: 95 % interval of the share of best answers.")?;
    page.columns(
        &[
            texts("Framework", 22.0),
            texts("Section", 9.0),
            texts("Criterion", 10.0),
            texts("In a few words", 38.0),
            numbers("Answered", 10.0),
            numbers("Missing", 9.0),
            texts("Answers, best first", 48.0),
            numbers("Mean", 9.0),
            numbers("Best answers", 10.0),
            numbers("From", 8.0),
            numbers("To", 8.0),
            numbers("With the rest", 9.0),
            numbers("Alpha without it", 9.0),
        ],
        3,
    )?;
    let first = page.row;
    for framework in &view.statistics.frameworks {
        for criterion in &framework.criteria {
            row(page, &framework.title, criterion)?;
        }
    }
    if page.row > first {
        let scale = ConditionalFormat3ColorScale::new();
        let scale = scale.set_minimum_color(LOW).set_midpoint_color(MIDDLE).set_maximum_color(HIGH);
        page.sheet.add_conditional_format(first, 7, page.row - 1, 7, &scale)?;
        let bar = ConditionalFormatDataBar::new().set_fill_color(LIGHT).set_solid_fill(true);
        page.sheet.add_conditional_format(first, 8, page.row - 1, 8, &bar)?;
        page.sheet.autofilter(first - 1, 0, page.row - 1, 12)?;
    }
    Ok(())
}

/// Writes one criterion.
fn row(page: &mut Page, framework: &str, criterion: &CriterionRow) -> Result<(), XlsxError> {
    let texts = [framework, &criterion.section, &criterion.criterion, &criterion.short];
    for (column, text) in (0_u16..).zip(texts) {
        page.text(column, text)?;
    }
    page.count(4, criterion.answered)?;
    page.count(5, criterion.missing)?;
    page.text(6, &answers(criterion))?;
    page.figure(7, &criterion.mean, &page.style.share)?;
    page.figure(8, &criterion.best.share, &page.style.share)?;
    page.figure(9, &criterion.best.low, &page.style.share)?;
    page.figure(10, &criterion.best.high, &page.style.share)?;
    page.figure(11, &criterion.discrimination, &page.style.number)?;
    page.figure(12, &criterion.alpha_without, &page.style.number)?;
    page.next()
}

/// Returns how often each answer was given, best first; where none may be shown, that is said once.
fn answers(criterion: &CriterionRow) -> String {
    if criterion.grades.iter().all(|grade| grade.count.value.is_none()) {
        return "hidden".to_owned();
    }
    let grades = criterion.grades.iter().map(|grade| {
        let count = grade.count.value.map_or_else(|| "hidden".to_owned(), |count| format!("{count:.0}"));
        format!("{}: {count}", grade.label)
    });
    grades.collect::<Vec<_>>().join(" \u{b7} ")
}
