//! This season beside the last, and the trend over several.

use rust_xlsxwriter::XlsxError;

use super::{SPREAD, end, likely, shown, spread, start};
use crate::artifact::season::page::Page;
use crate::network::statistics::{ChangeSummary, FrameworkStatistics, MetChange};

/// Writes the change of the matched cohort.
pub(super) fn change(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let Some(change) = &framework.change else { return Ok(()) };
    let title = format!(
        "{}: change since {}, {} matched returns, percentage points",
        framework.title, change.since, change.matched
    );
    let meaning = shown(&change.totals.median, 1).map_or_else(
        || "Too few returns can be matched with one of last season.".to_owned(),
        |median| format!("The total of the middle return changed by {median}: {}.", or_nothing(likely(&change.chance))),
    );
    start(page, &title, &meaning, &[&["About", "", "Returns"], &SPREAD[..], &["p", "p, adjusted"]].concat())?;
    changes(page, change)?;
    end(page);
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
    page.row += 1;
    for row in &change.sections {
        page.text(0, &row.section)?;
        page.text(1, "")?;
        page.count(2, row.difference.n)?;
        spread(page, 3, &row.difference)?;
        page.figure(10, &row.chance, &page.style.likelihood)?;
        page.figure(11, &row.chance_adjusted, &page.style.likelihood)?;
        page.row += 1;
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
    start(page, &format!("{}: out of the lowest band and into it", framework.title), &meaning, &headings)?;
    page.text(0, "Matched returns")?;
    page.text(1, "")?;
    page.figure(2, &met.gained, &page.style.count)?;
    page.figure(3, &met.lost, &page.style.count)?;
    page.figure(4, &met.chance, &page.style.likelihood)?;
    page.row += 1;
    end(page);
    Ok(())
}

/// Writes the trend.
pub(super) fn trend(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let Some(trend) = &framework.trend else { return Ok(()) };
    let title = format!(
        "{}: trend over {} seasons, {} returns in each, per cent of the most",
        framework.title,
        trend.seasons.len(),
        trend.returns
    );
    let meaning = shown(&trend.slope, 1).map_or_else(
        || "Too few returns have a like one in every season.".to_owned(),
        |slope| {
            let tau = shown(&trend.tau, 2).unwrap_or_else(|| "not defined".to_owned());
            format!("The median moves by about {slope} percentage points a season (Theil\u{2013}Sen); Kendall\u{2019}s tau is {tau}, 1 being always up.")
        },
    );
    start(page, &title, &meaning, &["Season", "", "Median"])?;
    for point in &trend.seasons {
        page.text(0, point.season.as_deref().unwrap_or("This season"))?;
        page.text(1, "")?;
        page.figure(2, &point.median, &page.style.tenth)?;
        page.row += 1;
    }
    end(page);
    Ok(())
}
