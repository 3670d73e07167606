//! The returns: what became of each file, and links to what was made of it.

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::{Page, at_cell};
use crate::finding::Severity;
use crate::network::SeasonReturn;
use crate::review::Status;

/// The columns.
const HEADINGS: [&str; 13] = [
    "File",
    "Organisation",
    "Kind",
    "Framework",
    "Status",
    "Outcome",
    "Total",
    "Can become",
    "Put right",
    "Look at",
    "Region",
    "Annotated copy",
    "Report",
];

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[44.0, 32.0, 18.0, 20.0, 14.0, 16.0, 10.0, 22.0, 10.0, 10.0, 20.0, 16.0, 12.0])?;
    page.title("Returns", "Each file of the folder, with what became of it. Names link to the files made for it.")?;
    page.headings(&HEADINGS)?;
    page.freeze(1)?;
    let first = page.row;
    for found in &view.network.returns {
        row(view, page, found)?;
        page.row += 1;
    }
    if page.row > first {
        page.sheet.autofilter(first - 1, 0, page.row - 1, 12)?;
    }
    Ok(())
}

/// Writes one return.
fn row(view: &SeasonView, page: &mut Page, found: &SeasonReturn) -> Result<(), XlsxError> {
    let review = &found.review;
    page.text(0, &review.file)?;
    page.fit(&[(&review.file, 44), (found.organisation.as_deref().unwrap_or_default(), 32)])?;
    page.text(1, found.organisation.as_deref().unwrap_or("not said"))?;
    page.text(2, review.kind.as_deref().unwrap_or_default())?;
    page.text(3, &framework_title(view, review.framework.as_deref()))?;
    page.text(4, status(review.status))?;
    outcome(view, page, found)?;
    for (column, wanted) in [(8, Severity::Error), (9, Severity::Warning)] {
        page.count(column, review.findings.iter().filter(|finding| finding.severity == wanted).count())?;
    }
    page.text(10, found.groups.get("region").map_or("", String::as_str))?;
    let made = view.made.get(&review.file);
    for (column, name, target) in [
        (11, "open copy", made.and_then(|made| made.annotated.as_ref())),
        (12, "open report", made.and_then(|made| made.report.as_ref())),
    ] {
        match target {
            Some(target) => page.link(column, name, &at_cell(target, None, None))?,
            None => page.text(column, "")?,
        }
    }
    Ok(())
}

/// Writes band, total, and the interval while answers are missing.
fn outcome(view: &SeasonView, page: &mut Page, found: &SeasonReturn) -> Result<(), XlsxError> {
    let Some(outcome) = &found.review.outcome else {
        return [5, 6, 7].into_iter().try_for_each(|column| page.text(column, ""));
    };
    let title = |band: &str| band_title(view, found, band);
    page.text(5, &outcome.band.as_deref().map_or_else(|| "open".to_owned(), title))?;
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
