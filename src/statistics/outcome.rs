//! How returns come out: bands, totals, and totals that stand out.

use polars::prelude::PolarsResult;

use super::interval::share;
use super::query;
use super::subject::Subject;
use super::table::Table;
use crate::figure::{FigureOf, Share, Spread, figures};
use crate::tables::column;

/// With fewer totals none can be told to stand out.
const LEAST_FOR_OUTLIERS: usize = 8;

/// How many returns have an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct BandRow {
    /// The band's name, or `incomplete`.
    pub band: String,
    /// The band's title.
    pub title: String,
    /// The share of returns.
    pub share: Share,
}

figures!(BandRow: share);

/// How totals spread.
#[derive(Clone, Debug, PartialEq)]
pub struct TotalRow {
    /// The kind of return; `None` is all kinds.
    pub kind: Option<String>,
    /// The totals of complete returns.
    pub spread: Spread,
}

figures!(TotalRow: spread);

/// A return whose total stands out: more than 3.5 standard deviations, as the median deviation gives them, from the median.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlierRow {
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: String,
    /// Its total.
    pub total: f64,
    /// The median of all totals.
    pub median: f64,
}

/// Returns how many returns have each outcome; those are organisations' results, which the network knows.
pub(super) fn outcomes(subject: &Subject) -> PolarsResult<Vec<BandRow>> {
    let counts = Table::counts(query::counted(subject, &subject.frames.returns), &[column::OUTCOME_OR_OPEN])?;
    let all = subject.counted().count();
    let row = |(band, title): (String, String)| {
        let about = subject.about(FigureOf::Outcome(band.clone())).open();
        let count = counts.count_of(&[(column::OUTCOME_OR_OPEN, Some(&band))]);
        BandRow { share: share(&about, count, all), band, title }
    };
    Ok(subject.bands().into_iter().map(row).collect())
}

/// Returns how totals spread.
pub(super) fn totals(subject: &Subject) -> PolarsResult<Vec<TotalRow>> {
    let by = |key| Table::spreads(query::counted(subject, &subject.frames.returns), &[key], column::TOTAL_NEAR);
    let (all, kinds) = (by(column::FRAMEWORK)?, by(column::KIND)?);
    let about = |kind| subject.about(FigureOf::Total(kind));
    let spread = all.spread(&[(column::FRAMEWORK, Some(&subject.framework.id))], &about(None), 1.0);
    let by_kind = kinds.rows().filter_map(|at| {
        let kind = kinds.text(column::KIND, at)?;
        let spread = kinds.spread(&[(column::KIND, Some(&kind))], &about(Some(kind.clone())), 1.0);
        Some(TotalRow { kind: Some(kind), spread })
    });
    Ok([TotalRow { kind: None, spread }].into_iter().chain(by_kind).collect())
}

/// Returns the returns whose total stands out from the others; none where too few have one, or half of them have the same.
pub(super) fn outliers(subject: &Subject, totals: &Spread) -> PolarsResult<Vec<OutlierRow>> {
    let spread = totals.median.value.zip(totals.deviation.value).filter(|(_, deviation)| *deviation > 0.0);
    let Some((median, deviation)) = spread.filter(|_| totals.n >= LEAST_FOR_OUTLIERS) else { return Ok(Vec::new()) };
    let table = Table::of(query::standing_out(subject, median, deviation))?;
    let rows = table.rows().filter_map(|row| {
        let file = table.text(column::FILE, row)?;
        let organisation = subject.season.organisation_of(&file).map(ToOwned::to_owned);
        let total = table.number(column::TOTAL_NEAR, row)?;
        Some(OutlierRow { file, organisation: organisation.unwrap_or_default(), total, median })
    });
    Ok(rows.collect())
}
