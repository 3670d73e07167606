//! This season beside the last, and the trend over several.

use rust_xlsxwriter::XlsxError;

use super::{SPREAD, Table, end, instead, shown, spread, start};
use crate::figure::Figured as _;
use crate::render::workbook::page::Page;
use crate::statistics::verdict::{self, Chance};
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
    let meaning: Vec<String> =
        [verdict::change::of_total(change), verdict::change::of_sections(change)].into_iter().flatten().collect();
    let meaning = match meaning.join(" ") {
        none if none.is_empty() => "Too few returns can be matched with one of last season.".to_owned(),
        some => some,
    };
    if change.totals.figures().iter().all(|figure| !figure.is_shown()) {
        return instead(page, &title, &meaning);
    }
    let headings = [&["About", "", "Returns"], &SPREAD[..], &["p", "p, adjusted"]].concat();
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: 1 + change.sections.len() })?;
    changes(page, change)?;
    end(page)?;
    change.met.as_ref().map_or(Ok(()), |met| came_and_went(framework, met, page))
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
    let meaning = Chance::of(&met.chance).map_or_else(
        || "Nobody came out of the lowest band or fell into it, or too few can be matched.".to_owned(),
        |chance| format!("Between those who came out and those who fell in there is a difference: {}.", chance.words()),
    );
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
    let tau = shown(&trend.tau, 2).map(|tau| format!("Kendall\u{2019}s tau is {tau}, 1 being always up."));
    let meaning = verdict::change::of_trend(trend).into_iter().chain(tau).collect::<Vec<_>>().join(" ");
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
