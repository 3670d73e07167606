//! Returns, what they are grouped by, and their totals season by season.

use polars::prelude::{DataFrame, PolarsResult};

use super::{Entry, column, count, exact, identity, near, text};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::review::{OutcomeRecord, Review};
use crate::season::record::{RecordedReturn, SeasonRecord};
use crate::season::{Season, about, headline};
use crate::words::INCOMPLETE;

/// Makes the table of returns.
pub(super) fn returns(entries: &[Entry]) -> PolarsResult<DataFrame> {
    fn of<'a, T: ?Sized>(entry: &Entry<'a>, get: fn(&OutcomeRecord) -> Option<&T>) -> Option<&'a T> {
        entry.review.outcome.as_ref().and_then(get)
    }
    let outcome = |name, get: fn(&OutcomeRecord) -> Option<&str>| text(name, entries, move |entry| of(entry, get));
    let number = |name, get: fn(&OutcomeRecord) -> Option<&Exact>| exact(name, entries, move |entry| of(entry, get));
    let graded = |name, severity| count(name, entries, move |entry| entry.review.graded(severity));
    let mut columns = identity(entries, |entry| *entry);
    columns.extend([
        text("sha256", entries, |entry| Some(&entry.review.sha256)),
        text(column::COUNTS, entries, |entry| entry.review.counts.as_deref()),
        text("status", entries, |entry| Some(entry.review.status.as_str())),
        outcome(column::BAND, |outcome| outcome.band.as_deref()),
        outcome("raw_band", |outcome| outcome.raw_band.as_deref()),
        number("total", |outcome| outcome.total.as_ref()),
        near(column::TOTAL_NEAR, entries, |entry| of(entry, |outcome| outcome.total.as_ref())),
        outcome("display", |outcome| outcome.display.as_deref()),
        number("lowest", |outcome| outcome.lowest.as_ref()),
        number("highest", |outcome| outcome.highest.as_ref()),
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

/// Returns the band that is certain of a return, or the word for an open outcome.
pub(crate) fn band(review: &Review) -> &str {
    review.settled().map_or(INCOMPLETE, |band| band.as_str())
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

/// Returns in which order a recorded return stands for its organisation.
fn order(season: &Season, recorded: &RecordedReturn) -> usize {
    let framework = season.framework_named(&recorded.framework);
    headline::order(framework, recorded.kind.as_deref(), recorded.unit.is_some())
}

/// Makes the table of totals season by season, this one last: a row a return that counted, in per cent of the most.
pub(super) fn seasons(season: &Season) -> PolarsResult<DataFrame> {
    let past = season.previous.as_ref().map(SeasonRecord::seasons).unwrap_or_default();
    let last = past.len();
    let earlier = past.into_iter().enumerate();
    let earlier = earlier.flat_map(|(place, past)| past.returns.into_iter().map(move |recorded| (place, recorded)));
    let mut rows: Vec<(usize, RecordedReturn)> = earlier.collect();
    if last > 0 {
        let now = season.counted().filter_map(|sent| RecordedReturn::of_sent(sent, season.frameworks));
        rows.extend(now.map(|recorded| (last, recorded)));
    }
    let each: Vec<Option<String>> = rows.iter().map(|(_, recorded)| about::named(None, &recorded.each_now)).collect();
    DataFrame::new_infer_height(vec![
        count(column::SEASON, &rows, |(place, _)| *place),
        text(column::FRAMEWORK, &rows, |(_, recorded)| Some(&recorded.framework)),
        text(column::VERSION, &rows, |(_, recorded)| recorded.framework_version.as_deref()),
        text(column::ONE_NAME, &rows, |(_, recorded)| Some(&recorded.organisation)),
        text(column::EACH_OF, &each, |each| each.as_deref()),
        text(column::UNIT_OF, &rows, |(_, recorded)| recorded.unit.as_deref()),
        text(column::KIND, &rows, |(_, recorded)| recorded.kind.as_deref()),
        count(column::ORDER, &rows, |(_, recorded)| order(season, recorded)),
        near(column::PERCENT_NEAR, &rows, |(_, recorded)| recorded.percent.as_ref()),
    ])
}
