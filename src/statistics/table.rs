//! Reading a small collected table row by row.

use polars::prelude::*;

use super::query::{self, result};
use crate::figure::{About, Measure, Spread};

/// A collected table.
pub(super) struct Table(DataFrame);

impl Table {
    /// Runs a query.
    pub(super) fn of(query: LazyFrame) -> PolarsResult<Self> {
        query.collect().map(Self)
    }

    /// Returns the numbers of its rows.
    pub(super) fn rows(&self) -> std::ops::Range<usize> {
        0..self.0.height()
    }

    /// Returns the row whose columns of text hold these, where there is one.
    pub(super) fn row(&self, wanted: &[(&str, Option<&str>)]) -> Option<usize> {
        self.rows().find(|row| wanted.iter().all(|(column, text)| self.text(column, *row).as_deref() == *text))
    }

    /// Returns a text.
    pub(super) fn text(&self, column: &str, row: usize) -> Option<String> {
        self.0.column(column).ok()?.str().ok()?.get(row).map(ToOwned::to_owned)
    }

    /// Returns a number.
    pub(super) fn number(&self, column: &str, row: usize) -> Option<f64> {
        self.0.column(column).ok()?.get(row).ok()?.extract::<f64>()
    }

    /// Returns a count; nought where there is none.
    pub(super) fn count(&self, column: &str, row: usize) -> usize {
        self.0
            .column(column)
            .ok()
            .and_then(|column| column.get(row).ok())
            .and_then(|value| value.extract())
            .unwrap_or(0)
    }

    /// Returns the count of the row whose columns hold these; nought where there is no such row.
    pub(super) fn count_of(&self, wanted: &[(&str, Option<&str>)]) -> usize {
        self.row(wanted).map_or(0, |row| self.count(result::N, row))
    }

    /// Returns the spread in a row, each value times `by`.
    #[expect(clippy::float_arithmetic, reason = "a share is shown in per cent")]
    pub(super) fn spread(&self, row: Option<usize>, about: &About, by: f64) -> Spread {
        let n = row.map_or(0, |row| self.count(result::N, row));
        let figure = |measure: Measure| {
            let value = row.and_then(|row| self.number(measure.as_str(), row)).map(|value| value * by);
            about.figure(measure, value.ok_or("there are no values"), n)
        };
        Spread {
            n,
            mean: figure(Measure::Mean),
            lowest: figure(Measure::Lowest),
            lower_quartile: figure(Measure::LowerQuartile),
            median: figure(Measure::Median),
            upper_quartile: figure(Measure::UpperQuartile),
            highest: figure(Measure::Highest),
            deviation: figure(Measure::Deviation),
        }
    }
}

/// Returns how values spread that are at hand.
pub(super) fn spread_of(values: Vec<f64>, about: &About) -> PolarsResult<Spread> {
    let spread = Table::of(query::spread_of_values(values)?)?;
    Ok(spread.spread(spread.rows().next(), about, 1.0))
}
