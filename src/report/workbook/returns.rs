//! The returns: what became of each file, and links to what was made of it.

use std::collections::BTreeSet;

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::{Page, at_cell, numbers, texts};
use crate::finding::Severity;
use crate::review::Status;
use crate::season::SeasonReturn;
use crate::words::{capital, duty_of_some};

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.title(
        "Returns",
        "Each file of the folder, with what became of it. The last columns open the files made for it.",
    )?;
    let groups = groups(view);
    let mut columns = vec![
        texts("File", 44.0),
        texts("Organisation", 32.0),
        texts("Kind", 18.0),
        texts("Framework", 22.0),
        texts("Status", 15.0),
        texts("Outcome", 16.0),
        texts("Total", 9.0),
        texts("Can become", 22.0),
        numbers(&capital(duty_of_some(Severity::Error)), 9.0),
        numbers(&capital(duty_of_some(Severity::Warning)), 9.0),
    ];
    columns.extend(groups.iter().map(|by| texts(&capital(&by.replace(['_', '-'], " ")), 18.0)));
    columns.extend([texts("Annotated copy", 13.0), texts("Report", 13.0)]);
    let heading = page.columns(&columns, 1)?;
    for found in &view.network.returns {
        row(view, page, found, &groups)?;
    }
    if page.row > heading + 1 {
        let last = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
        page.sheet.autofilter(heading, 0, page.row - 1, last)?;
    }
    Ok(())
}

/// Returns by what the season's returns are grouped.
fn groups(view: &SeasonView) -> BTreeSet<String> {
    view.network.returns.iter().flat_map(|found| found.groups.keys().cloned()).collect()
}

/// Writes one return.
fn row(view: &SeasonView, page: &mut Page, found: &SeasonReturn, groups: &BTreeSet<String>) -> Result<(), XlsxError> {
    let review = &found.review;
    page.text(0, &review.file)?;
    page.text(1, found.organisation.as_deref().unwrap_or("not said"))?;
    page.text(2, review.kind.as_deref().unwrap_or_default())?;
    page.text(3, &framework_title(view, review.framework.as_deref()))?;
    page.text(4, status(review.status))?;
    outcome(view, page, found)?;
    for (column, wanted) in [(8, Severity::Error), (9, Severity::Warning)] {
        page.count(column, review.graded(wanted))?;
    }
    let mut column = 10;
    for by in groups {
        page.text(column, found.groups.get(by).map_or("", String::as_str))?;
        column += 1;
    }
    let made = view.made.get(&review.file);
    for (name, target) in [
        ("open copy", made.and_then(|made| made.annotated.as_ref())),
        ("open report", made.and_then(|made| made.report.as_ref())),
    ] {
        match target {
            Some(target) => page.link(column, name, &at_cell(target, None, None))?,
            None => page.text(column, "")?,
        }
        column += 1;
    }
    page.next()
}

/// Writes band, total, and the interval while answers are missing.
fn outcome(view: &SeasonView, page: &mut Page, found: &SeasonReturn) -> Result<(), XlsxError> {
    let Some(outcome) = &found.review.outcome else {
        return [5, 6, 7].into_iter().try_for_each(|column| page.text(column, ""));
    };
    let title = |band: &str| band_title(view, found, band);
    let sums_up = view.network.framework(&found.review).is_none_or(|known| !known.outcome.bands.is_empty());
    let without = if sums_up { "open" } else { "" };
    page.text(5, &outcome.band.as_deref().map_or_else(|| without.to_owned(), title))?;
    page.text(6, outcome.display.as_deref().unwrap_or_default())?;
    let interval = outcome.band_lowest.as_deref().zip(outcome.band_highest.as_deref());
    let interval = interval.map_or_else(String::new, |(lowest, highest)| {
        if lowest == highest { title(lowest) } else { format!("{} to {}", title(lowest), title(highest)) }
    });
    page.text(7, &interval)
}

/// Returns a band's title, or its name where the framework isn't known.
fn band_title(view: &SeasonView, found: &SeasonReturn, band: &str) -> String {
    let framework = view.network.frameworks.iter().find(|known| Some(&known.id) == found.review.framework.as_ref());
    let bands = framework.iter().flat_map(|framework| &framework.outcome.bands);
    let mut titles = bands.filter(|known| known.id.as_str() == band).map(|known| known.title.clone());
    titles.next().unwrap_or_else(|| band.to_owned())
}

/// Returns a framework's title.
fn framework_title(view: &SeasonView, id: Option<&str>) -> String {
    let known = view.network.frameworks.iter().find(|known| Some(known.id.as_str()) == id);
    known.map_or_else(|| id.unwrap_or_default().to_owned(), |known| known.title.clone())
}

/// Returns the word for a status.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Scored => "complete",
        Status::Provisional => "answers missing",
        Status::Unreadable => "unreadable",
        Status::Unrecognised => "not recognised",
        Status::Duplicate => "duplicate",
        Status::Superseded => "superseded",
    }
}
