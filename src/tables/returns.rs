//! Returns, what they are grouped by, and their totals season by season.

use polars::prelude::{DataFrame, PolarsResult};

use super::{Entry, column, count, identity, near, printed, text};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::review::{OutcomeRecord, Review};
use crate::season::record::{RecordedReturn, SeasonRecord};
use crate::season::{Season, SeasonReturn};
use crate::words::INCOMPLETE;

/// Makes the table of returns.
pub(super) fn returns(entries: &[Entry]) -> PolarsResult<DataFrame> {
    fn of<'a, T: ?Sized>(entry: &Entry<'a>, get: fn(&OutcomeRecord) -> Option<&T>) -> Option<&'a T> {
        entry.review.outcome.as_ref().and_then(get)
    }
    let outcome = |name, get: fn(&OutcomeRecord) -> Option<&str>| text(name, entries, move |entry| of(entry, get));
    let exact = |name, get: fn(&OutcomeRecord) -> Option<&Exact>| printed(name, entries, move |entry| of(entry, get));
    let graded = |name, severity| count(name, entries, move |entry| entry.review.graded(severity));
    let mut columns = identity(entries, |entry| *entry);
    columns.extend([
        text("sha256", entries, |entry| Some(&entry.review.sha256)),
        text(column::COUNTS, entries, |entry| entry.review.counts.as_deref()),
        text("status", entries, |entry| Some(entry.review.status.as_str())),
        outcome(column::BAND, |outcome| outcome.band.as_deref()),
        outcome("raw_band", |outcome| outcome.raw_band.as_deref()),
        exact("total", |outcome| outcome.total.as_ref()),
        near(column::TOTAL_NEAR, entries, |entry| of(entry, |outcome| outcome.total.as_ref())),
        outcome("display", |outcome| outcome.display.as_deref()),
        exact("lowest", |outcome| outcome.lowest.as_ref()),
        exact("highest", |outcome| outcome.highest.as_ref()),
        outcome("band_lowest", |outcome| outcome.band_lowest.as_deref()),
        outcome("band_highest", |outcome| outcome.band_highest.as_deref()),
        count("missing", entries, |entry| entry.review.outcome.as_ref().map_or(0, |outcome| outcome.missing.len())),
        graded("errors", Severity::Error),
        graded("warnings", Severity::Warning),
        graded("notes", Severity::Note),
        count("cells", entries, |entry| entry.review.cells.total),
        count("cells_form", entries, |entry| entry.review.cells.form),
        count("cells_answers", entries, |entry| entry.review.cells.answers),
        count("cells_formulas", entries, |entry| entry.review.cells.formulas),
        count("cells_unexpected", entries, |entry| entry.review.cells.unexpected),
        text(column::OUTCOME_OR_OPEN, entries, |entry| Some(band(entry.review))),
    ]);
    DataFrame::new_infer_height(columns)
}

/// Returns a return's band, or the word for an open outcome.
pub(crate) fn band(review: &Review) -> &str {
    review.outcome.as_ref().and_then(|outcome| outcome.band.as_deref()).unwrap_or(INCOMPLETE)
}

/// Makes the table of what returns are grouped by: a row a return and grouping.
pub(super) fn groups(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let mut groupings: Vec<&str> = entries.iter().flat_map(|entry| entry.groups.keys()).map(String::as_str).collect();
    groupings.sort_unstable();
    groupings.dedup();
    let rows: Vec<(&str, &Entry)> =
        groupings.iter().flat_map(|by| entries.iter().map(move |entry| (*by, entry))).collect();
    DataFrame::new_infer_height(vec![
        text(column::FILE, &rows, |(_, entry)| Some(&entry.review.file)),
        text(column::FRAMEWORK, &rows, |(_, entry)| entry.review.framework.as_deref()),
        text(column::BY, &rows, |(by, _)| Some(by)),
        text(column::GROUP, &rows, |(by, entry)| entry.groups.get(*by).map(String::as_str)),
    ])
}

/// A return's total in one of several seasons.
struct Placed {
    season: usize,
    recorded: RecordedReturn,
}

/// Returns a return as the seasons before have theirs.
fn recorded(found: &SeasonReturn, season: &Season) -> Option<RecordedReturn> {
    RecordedReturn::of(&found.review, found.organisation.as_deref(), found.unit.clone(), season.frameworks)
}

/// Makes the table of totals season by season, this one last: a row a return that counted, in per cent of the most.
pub(super) fn seasons(season: &Season) -> PolarsResult<DataFrame> {
    let past = season.previous.as_ref().map(SeasonRecord::seasons).unwrap_or_default();
    let last = past.len();
    let placed = |season: usize, recorded| Placed { season, recorded };
    let earlier = past.into_iter().enumerate();
    let mut rows: Vec<Placed> = earlier
        .flat_map(|(season, past)| past.returns.into_iter().map(move |recorded| placed(season, recorded)))
        .collect();
    if last > 0 {
        let now = season.counted().filter_map(|found| recorded(found, season));
        rows.extend(now.map(|recorded| placed(last, recorded)));
    }
    DataFrame::new_infer_height(vec![
        count(column::SEASON, &rows, |row| row.season),
        text(column::FRAMEWORK, &rows, |row| Some(&row.recorded.framework)),
        text(column::VERSION, &rows, |row| row.recorded.framework_version.as_deref()),
        text(column::ONE_NAME, &rows, |row| Some(&row.recorded.organisation)),
        text(column::UNIT_OF, &rows, |row| row.recorded.unit.as_deref()),
        text(column::KIND, &rows, |row| row.recorded.kind.as_deref()),
        near(column::PERCENT_NEAR, &rows, |row| row.recorded.percent.as_ref()),
    ])
}
