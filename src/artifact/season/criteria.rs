//! The criteria: how each is answered, with bars and colours that show where the network is strong or weak.

use rust_xlsxwriter::{ConditionalFormat3ColorScale, ConditionalFormatDataBar, XlsxError};

use super::SeasonView;
use super::page::Page;
use super::style::{HIGH, LIGHT, LOW, MIDDLE};
use crate::network::statistics::CriterionRow;

/// The columns.
const HEADINGS: [&str; 13] = [
    "Framework",
    "Section",
    "Criterion",
    "In a few words",
    "Answered",
    "Missing",
    "Answers, best first",
    "Mean",
    "Best answers",
    "From",
    "To",
    "With the rest",
    "Alpha without it",
];

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[24.0, 9.0, 10.0, 44.0, 10.0, 10.0, 30.0, 10.0, 12.0, 10.0, 10.0, 12.0, 12.0])?;
    page.title("Criteria", "Means lie between 0 % (all answers the worst) and 100 % (all the best). From and to: 95 % interval of the share of best answers.")?;
    page.headings(&HEADINGS)?;
    page.freeze(3)?;
    let first = page.row;
    for framework in &view.statistics.frameworks {
        for criterion in &framework.criteria {
            row(page, &framework.title, criterion)?;
            page.row += 1;
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
    let answers = answers(criterion);
    page.text(6, &answers)?;
    page.fit(&[(framework, 24), (&criterion.short, 44), (&answers, 30)])?;
    page.figure(7, &criterion.mean, &page.style.share)?;
    page.figure(8, &criterion.best.share, &page.style.share)?;
    page.figure(9, &criterion.best.low, &page.style.share)?;
    page.figure(10, &criterion.best.high, &page.style.share)?;
    page.figure(11, &criterion.discrimination, &page.style.number)?;
    page.figure(12, &criterion.alpha_without, &page.style.number)
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
