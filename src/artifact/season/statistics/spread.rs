//! How totals, sections, groups and measures spread.

use rust_xlsxwriter::XlsxError;

use super::{SPREAD, end, figures, over_texts, shown, spread, start};
use crate::artifact::season::page::Page;
use crate::network::statistics::{FrameworkStatistics, GroupRow, MeasureRow, SectionRow};

/// Writes the totals, over all kinds of return and by kind.
pub(super) fn totals(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let all = framework.totals.first().map(|row| &row.spread);
    let quartiles = all.and_then(|all| Some((shown(&all.lower_quartile, 1)?, shown(&all.upper_quartile, 1)?)));
    let meaning = quartiles.map_or_else(
        || "Too few returns are complete to say how totals spread.".to_owned(),
        |(lower, upper)| format!("Half of the complete returns have a total between {lower} and {upper}."),
    );
    let title = format!("{}: totals of complete returns ({})", framework.title, framework.unit);
    start(page, &title, &meaning, &[&["Kind of return", "", "Returns"], &SPREAD[..]].concat())?;
    for row in &framework.totals {
        page.text(0, row.kind.as_deref().unwrap_or("All kinds"))?;
        page.text(1, "")?;
        page.count(2, row.spread.n)?;
        spread(page, 3, &row.spread)?;
        page.row += 1;
    }
    end(page);
    Ok(())
}

/// Writes the sections.
pub(super) fn sections(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    if framework.sections.is_empty() {
        return Ok(());
    }
    let median = |row: &&SectionRow| row.percent.median.value.filter(|_| row.percent.median.is_shown());
    let known = || framework.sections.iter().filter(|row| median(row).is_some());
    let end_of =
        |row: &SectionRow| format!("{} ({} %)", row.section, shown(&row.percent.median, 0).unwrap_or_default());
    let best = known().max_by(|a, b| median(a).partial_cmp(&median(b)).expect("medians are numbers"));
    let worst = known().min_by(|a, b| median(a).partial_cmp(&median(b)).expect("medians are numbers"));
    let meaning = best.zip(worst).map_or_else(
        || "Too few returns have complete sections.".to_owned(),
        |(best, worst)| {
            if median(&best) == median(&worst) {
                "The median is the same in every section.".to_owned()
            } else {
                format!("The highest median is in {}, the lowest in {}.", end_of(best), end_of(worst))
            }
        },
    );
    let title = format!("{}: sections, in per cent of the most", framework.title);
    start(page, &title, &meaning, &[&["Section", "Not complete", "Returns"], &SPREAD[..]].concat())?;
    for row in &framework.sections {
        page.text(0, &format!("{} {}", row.section, row.title))?;
        page.count(1, row.incomplete)?;
        page.count(2, row.percent.n)?;
        spread(page, 3, &row.percent)?;
        page.row += 1;
    }
    end(page);
    Ok(())
}

/// Writes the groups.
pub(super) fn groups(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    if framework.groups.is_empty() {
        return Ok(());
    }
    let hidden = framework.groups.iter().filter(|row| !row.returns.is_shown()).count();
    let meaning = match hidden {
        0 => {
            "A difference between groups is a reason to ask, not an answer: groups differ in who is in them.".to_owned()
        }
        1 => "One group is too small to show, or would give another away.".to_owned(),
        more => format!("{more} groups are too small to show, or would give others away."),
    };
    let headings = [&["Group", "By", "Returns"], &SPREAD[..]].concat();
    start(page, &format!("{}: totals by group", framework.title), &meaning, &headings)?;
    over_texts(page, 1, headings[1])?;
    for row in &framework.groups {
        group(page, row)?;
        page.row += 1;
    }
    end(page);
    Ok(())
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
    start(page, &format!("{}: measures, from the registers", framework.title), meaning, &headings)?;
    over_texts(page, 1, headings[1])?;
    for row in &framework.measures {
        measure(page, row)?;
        page.row += 1;
    }
    end(page);
    Ok(())
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
