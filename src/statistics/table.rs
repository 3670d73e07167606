//! Reading a small collected table row by row.

use polars::prelude::*;

use super::query::{self, result};
use crate::figure::{About, Measure, Spread};
use crate::tables::column;

/// A collected table.
pub(super) struct Table(DataFrame);

impl Table {
    /// Runs a query.
    pub(super) fn of(query: LazyFrame) -> PolarsResult<Self> {
        query.collect().map(Self)
    }

    /// Returns how the values of a column spread within each key.
    pub(super) fn spreads(rows: LazyFrame, keys: &[&str], value: &str) -> PolarsResult<Self> {
        Self::of(query::spread(rows, keys, value))
    }

    /// Counts rows within each key.
    pub(super) fn counts(rows: LazyFrame, keys: &[&str]) -> PolarsResult<Self> {
        Self::of(query::count(rows, keys))
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
        self.value(column, row)?.extract()
    }

    fn value(&self, column: &str, row: usize) -> Option<AnyValue<'_>> {
        self.0.column(column).ok()?.get(row).ok()
    }

    /// Returns a count; nought where there is none.
    pub(super) fn count(&self, column: &str, row: usize) -> usize {
        self.value(column, row).and_then(|value| value.extract()).unwrap_or(0)
    }

    /// Returns the count of the row whose columns hold these; nought where there is no such row.
    pub(super) fn count_of(&self, wanted: &[(&str, Option<&str>)]) -> usize {
        self.row(wanted).map_or(0, |row| self.count(result::N, row))
    }

    /// Returns the spread in the row whose columns hold these, each value times `by`.
    #[expect(clippy::float_arithmetic, reason = "a share is shown in per cent")]
    pub(super) fn spread(&self, wanted: &[(&str, Option<&str>)], about: &About, by: f64) -> Spread {
        let row = self.row(wanted);
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
    let all = "all";
    let columns =
        vec![Column::new(column::ID.into(), vec![all; values.len()]), Column::new(column::VALUE.into(), values)];
    let rows = DataFrame::new_infer_height(columns)?.lazy();
    Ok(Table::spreads(rows, &[column::ID], column::VALUE)?.spread(&[(column::ID, Some(all))], about, 1.0))
}

/// Returns a quantile of type 7; `None` without values.
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    Float64Chunked::from_slice(column::VALUE.into(), values).quantile(share, QuantileMethod::Linear).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_of_type_seven() {
        let scores = [90, 58, 61, 52, 70, 71, 77, 64].map(f64::from);
        for (share, expected) in [(0.25, 60.25), (0.5, 67.0), (0.75, 72.5)] {
            assert_eq!(quantile(&scores, share), Some(expected));
        }
        assert_eq!(quantile(&[], 0.5), None);
    }
}
