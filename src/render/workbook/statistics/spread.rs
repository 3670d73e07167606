//! How totals, sections, groups and measures spread.

use rust_xlsxwriter::XlsxError;

use super::{SPREAD, Table, end, figures, instead, over_texts, shown, spread, start};
use crate::render::workbook::page::Page;
use crate::statistics::verdict::section;
use crate::statistics::{FrameworkStatistics, GroupRow, MeasureRow};
use crate::words::{list_of_at_most, titled};

/// Writes the totals, over all kinds of return and by kind.
pub(super) fn totals(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    // A framework that sums nothing up has no totals.
    if framework.totals.iter().all(|row| row.spread.n == 0) {
        return Ok(());
    }
    let all = framework.totals.first().map(|row| &row.spread);
    let quartiles = all.and_then(|all| Some((shown(&all.lower_quartile, 1)?, shown(&all.upper_quartile, 1)?)));
    let meaning = quartiles.map_or_else(
        || "Too few returns are complete to say how totals spread.".to_owned(),
        |(lower, upper)| format!("Half of the complete returns have a total between {lower} and {upper}."),
    );
    let title = format!("{}: totals of complete returns ({})", framework.title, framework.unit);
    let headings = [&["Kind of return", "", "Returns"], &SPREAD[..]].concat();
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: framework.totals.len() })?;
    for row in &framework.totals {
        page.text(0, row.kind.as_deref().unwrap_or("All kinds"))?;
        page.text(1, "")?;
        page.count(2, row.spread.n)?;
        spread(page, 3, &row.spread)?;
        page.next()?;
    }
    end(page)
}

/// Writes the sections.
pub(super) fn sections(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    if framework.sections.is_empty() {
        return Ok(());
    }
    let title = format!("{}: sections, in per cent of the most", framework.title);
    let headings = [&["Section", "Not complete", "Returns"], &SPREAD[..]].concat();
    let meaning = section::sentence(&framework.sections);
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: framework.sections.len() })?;
    for row in &framework.sections {
        page.text(0, &titled(&row.section, &row.title))?;
        page.count(1, row.incomplete)?;
        page.count(2, row.percent.n)?;
        spread(page, 3, &row.percent)?;
        page.next()?;
    }
    end(page)
}

/// Writes the groups.
pub(super) fn groups(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    // Where no return says which group it is of, there is one group of all.
    if framework.groups.iter().all(|row| row.group.is_none()) {
        return Ok(());
    }
    let (shown, hidden): (Vec<&GroupRow>, Vec<&GroupRow>) =
        framework.groups.iter().partition(|row| row.returns.is_shown());
    let title = format!("{}: totals by group", framework.title);
    let names: Vec<&str> = hidden.iter().map(|row| row.group.as_deref().unwrap_or("not known")).collect();
    let left_out = "too small to show, or would give others away";
    let meaning = match (shown.len(), names.len()) {
        (_, 0) => {
            "A difference between groups is a reason to ask, not an answer: groups differ in who is in them.".to_owned()
        }
        (0, _) => return instead(page, &title, &format!("All groups are {left_out}.")),
        (_, 1) => format!("Not shown, since it is {left_out}: {}.", names[0]),
        (_, _) => format!("Not shown, since they are {left_out}: {}.", list_of_at_most(&names, 12)),
    };
    let headings = [&["Group", "By", "Returns"], &SPREAD[..]].concat();
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: shown.len() })?;
    over_texts(page, 1, headings[1])?;
    for row in shown {
        group(page, row)?;
        page.next()?;
    }
    end(page)
}

/// Writes one group.
fn group(page: &mut Page, row: &GroupRow) -> Result<(), XlsxError> {
    page.text(0, row.group.as_deref().unwrap_or("not known"))?;
    page.text(1, &row.by)?;
    page.figure(2, &row.returns, &page.style.count)?;
    spread(page, 3, &row.totals)
}

/// Writes the measures.
pub(super) fn measures(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    if framework.measures.is_empty() {
        return Ok(());
    }
    let headings = [
        "Measure",
        "Unit",
        "Returns",
        "People",
        "Pooled",
        "Mean of returns",
        "Lower quartile",
        "Median",
        "Upper quartile",
    ];
    let meaning = "Pooled: everybody as one group. Mean of returns: each return counts the same. Where the two lie apart, returns \
                   with few people do otherwise than those with many.";
    let title = format!("{}: measures, from the registers", framework.title);
    start(page, &Table { title, meaning, headings: &headings, rows: framework.measures.len() })?;
    over_texts(page, 1, headings[1])?;
    for row in &framework.measures {
        measure(page, row)?;
        page.next()?;
    }
    end(page)
}

/// Writes one measure.
fn measure(page: &mut Page, row: &MeasureRow) -> Result<(), XlsxError> {
    page.text(0, &format!("{} {}", row.measure, row.short))?;
    page.text(1, &row.unit)?;
    page.count(2, row.spread.n)?;
    page.figure(3, &row.people, &page.style.count)?;
    let spread = &row.spread;
    let values = [&row.pooled, &row.mean_of_returns, &spread.lower_quartile, &spread.median, &spread.upper_quartile];
    figures(page, 4, &values, &page.style.tenth)
}
