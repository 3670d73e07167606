//! The trend over four seasons and more, over those who have a like return in each: same organisation, kind and version.

use polars::prelude::PolarsResult;

use super::framework::Subject;
use super::query::{self, result};
use super::result::{Trend, TrendPoint};
use super::slope::{LEAST_SEASONS, kendall, theil_sen};
use super::table::Table;
use crate::figure::Figure;

/// Returns the trend; `None` without records of three earlier seasons, or where nobody has a like return in four.
///
/// Of all earlier seasons as many are taken as still leave enough returns for a median to be shown.
pub(super) fn trend(subject: &Subject) -> PolarsResult<Option<Trend>> {
    let Some(previous) = &subject.season.previous else { return Ok(None) };
    let mut names: Vec<Option<String>> = previous.seasons().into_iter().map(|past| Some(past.season)).collect();
    names.push(None);
    let mut found = None;
    for first in (0..=names.len().saturating_sub(LEAST_SEASONS)).filter(|_| names.len() >= LEAST_SEASONS) {
        let seasons = names.len() - first;
        let table = Table::of(query::cohort_totals(subject.frames, &subject.framework.id, first, seasons))?;
        let returns = table.rows().next().map_or(0, |row| table.count(result::N, row));
        if returns > 0 {
            found = Some(of_medians(subject, &names[first..], &table, returns));
        }
        if returns >= subject.season.settings.disclosure.quantiles {
            break;
        }
    }
    Ok(found)
}

/// Puts the trend together from the medians of a cohort.
fn of_medians(subject: &Subject, names: &[Option<String>], table: &Table, returns: usize) -> Trend {
    let id = subject.id("trend");
    let medians: Vec<Option<f64>> = table.rows().map(|row| table.number(result::MEDIAN, row)).collect();
    let points = names.iter().zip(&medians).map(|(season, median)| TrendPoint {
        median: Figure::of(format!("{id}/{}/median", season.as_deref().unwrap_or("this")), *median, returns),
        season: season.clone(),
    });
    let known: Vec<f64> = medians.iter().flatten().copied().collect();
    let figure = |name: &str, value: Option<f64>| {
        let id = format!("{id}/{name}");
        value.map_or_else(
            || Figure::undefined(&id, returns, "all medians are the same"),
            |value| Figure::shown(&id, value, returns),
        )
    };
    Trend {
        returns,
        seasons: points.collect(),
        slope: figure("slope", theil_sen(&known)),
        tau: figure("tau", kendall(&known)),
        id,
    }
}
