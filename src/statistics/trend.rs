//! The trend over four seasons and more, over those who have a like return in each: same organisation, kind and version.

use polars::prelude::PolarsResult;

use super::query::{self, result};
use super::slope::{LEAST_SEASONS, kendall, theil_sen};
use super::subject::Subject;
use super::table::Table;
use crate::figure::{Facet, Figure, FigureOf, Measure, figures};
use crate::tables::column;

/// How totals go from season to season, over those who have a like return in each.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// How many have a like return in each season.
    pub returns: usize,
    /// The seasons, the earliest first.
    pub seasons: Vec<TrendPoint>,
    /// How many percentage points the median changes in a season (Theil–Sen).
    pub slope: Figure,
    /// Whether the medians go one way: 1 is always up, -1 always down (Kendall's tau).
    pub tau: Figure,
}

figures!(Trend: seasons, slope, tau);

/// One season of a trend.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendPoint {
    /// How the season is called; `None` is the one at hand.
    pub season: Option<String>,
    /// The median of totals, in per cent of the most.
    pub median: Figure,
}

figures!(TrendPoint: median);

/// Returns the trend; `None` without records of three earlier seasons, or where nobody has a like return in four.
///
/// Of all earlier seasons as many are taken as still leave enough returns for a median to be shown.
pub(super) fn trend(subject: &Subject) -> PolarsResult<Option<Trend>> {
    let Some(previous) = &subject.season.previous else { return Ok(None) };
    let mut names: Vec<Option<String>> = previous.seasons().into_iter().map(|past| Some(past.season)).collect();
    names.push(None);
    let mut trend = None;
    for first in (0..=names.len().saturating_sub(LEAST_SEASONS)).filter(|_| names.len() >= LEAST_SEASONS) {
        let seasons = names.len() - first;
        let table = Table::spreads(query::cohort(subject, first, seasons), &[column::SEASON], column::PERCENT_NEAR)?;
        let returns = table.rows().next().map_or(0, |row| table.count(result::N, row));
        if returns > 0 {
            trend = Some(of_medians(subject, &names[first..], &table, returns));
        }
        if returns >= subject.season.settings.disclosure.quantiles {
            break;
        }
    }
    Ok(trend)
}

/// Puts the trend together from the medians of a cohort.
fn of_medians(subject: &Subject, names: &[Option<String>], table: &Table, returns: usize) -> Trend {
    let about = subject.about(FigureOf::Trend);
    let median = Measure::Median;
    let medians: Vec<Option<f64>> = table.rows().map(|row| table.number(median.as_str(), row)).collect();
    let point = |(season, value): (&Option<String>, &Option<f64>)| TrendPoint {
        median: about.facet(Facet::Season(season.clone())).figure(median, value.ok_or("there are no values"), returns),
        season: season.clone(),
    };
    let defined: Vec<f64> = medians.iter().flatten().copied().collect();
    let same = "all medians are the same";
    Trend {
        returns,
        seasons: names.iter().zip(&medians).map(point).collect(),
        slope: about.figure(Measure::Slope, theil_sen(&defined).ok_or(same), returns),
        tau: about.figure(Measure::Tau, kendall(&defined).ok_or(same), returns),
    }
}
