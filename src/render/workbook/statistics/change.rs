//! This season beside the last, and the trend over several.

use rust_xlsxwriter::XlsxError;

use super::{SPREAD, Table, end, instead, likely, shown, spread, start};
use crate::render::workbook::page::Page;
use crate::statistics::{ChangeSummary, FrameworkStatistics, MetChange};
use crate::words::count;

/// Writes the change of the matched cohort.
pub(super) fn change(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let Some(change) = &framework.change else { return Ok(()) };
    let title = format!(
        "{}: change since {}, {}, percentage points",
        framework.title,
        change.since,
        count(change.matched, "matched return", "matched returns")
    );
    let meaning = shown(&change.totals.median, 1).map_or_else(
        || "Too few returns can be matched with one of last season.".to_owned(),
        |median| format!("The total of the middle return changed by {median}: {}.", or_nothing(likely(&change.chance))),
    );
    if change.totals.figures().iter().all(|figure| !figure.is_shown()) {
        return instead(page, &title, &meaning);
    }
    let headings = [&["About", "", "Returns"], &SPREAD[..], &["p", "p, adjusted"]].concat();
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: 1 + change.sections.len() })?;
    changes(page, change)?;
    end(page)?;
    change.met.as_ref().map_or(Ok(()), |met| came_and_went(framework, met, page))
}

/// Returns a meaning, or that nothing changed.
fn or_nothing(meaning: &'static str) -> &'static str {
    if meaning.is_empty() { "nothing to tell from chance" } else { meaning }
}

/// Writes the change of the total and of each section.
fn changes(page: &mut Page, change: &ChangeSummary) -> Result<(), XlsxError> {
    page.text(0, "Total")?;
    page.text(1, "")?;
    page.count(2, change.totals.n)?;
    spread(page, 3, &change.totals)?;
    page.figure(10, &change.chance, &page.style.likelihood)?;
    page.next()?;
    for row in &change.sections {
        page.text(0, &row.section)?;
        page.text(1, "")?;
        page.count(2, row.difference.n)?;
        spread(page, 3, &row.difference)?;
        page.figure(10, &row.chance, &page.style.likelihood)?;
        page.figure(11, &row.chance_adjusted, &page.style.likelihood)?;
        page.next()?;
    }
    Ok(())
}

/// Writes who came out of the lowest band and who fell into it.
fn came_and_went(framework: &FrameworkStatistics, met: &MetChange, page: &mut Page) -> Result<(), XlsxError> {
    let meaning = match likely(&met.chance) {
        "" => "Nobody came out of the lowest band or fell into it, or too few can be matched.".to_owned(),
        meaning => format!("Between those who came out and those who fell in there is a difference: {meaning}."),
    };
    let headings = ["Lowest band", "", "Came out of it", "Fell into it", "p"];
    let title = format!("{}: out of the lowest band and into it", framework.title);
    if !met.gained.is_shown() && !met.lost.is_shown() {
        return instead(page, &title, &meaning);
    }
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: 1 })?;
    page.text(0, "Matched returns")?;
    page.text(1, "")?;
    page.figure(2, &met.gained, &page.style.count)?;
    page.figure(3, &met.lost, &page.style.count)?;
    page.figure(4, &met.chance, &page.style.likelihood)?;
    page.next()?;
    end(page)
}

/// Writes the trend.
pub(super) fn trend(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let Some(trend) = &framework.trend else { return Ok(()) };
    let title = format!(
        "{}: trend over {} seasons, {} in each, per cent of the most",
        framework.title,
        trend.seasons.len(),
        count(trend.returns, "return", "returns")
    );
    let meaning = shown(&trend.slope, 1).map_or_else(
        || "Too few returns have a like one in every season.".to_owned(),
        |slope| {
            let tau = shown(&trend.tau, 2).unwrap_or_else(|| "not defined".to_owned());
            format!("The median moves by about {slope} percentage points a season (Theil\u{2013}Sen); Kendall\u{2019}s tau is {tau}, 1 being always up.")
        },
    );
    if trend.seasons.iter().all(|point| !point.median.is_shown()) {
        return instead(page, &title, &meaning);
    }
    start(page, &Table { title, meaning: &meaning, headings: &["Season", "", "Median"], rows: trend.seasons.len() })?;
    for point in &trend.seasons {
        page.text(0, point.season.as_deref().unwrap_or("This season"))?;
        page.text(1, "")?;
        page.figure(2, &point.median, &page.style.tenth)?;
        page.next()?;
    }
    end(page)
}
