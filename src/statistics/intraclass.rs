//! How far two judges agree on totals: the intraclass correlation for absolute agreement of single judgements, ICC(A,1).
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "agreement is a statistic, not a score")]

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

/// The judges.
const JUDGES: f64 = 2.0;

/// The correlation with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intraclass {
    /// The correlation: 1 where both judges give the same totals.
    pub value: f64,
    /// The interval; `None` where the totals leave none.
    pub interval: Option<(f64, f64)>,
}

/// The mean squares of a table with a row for each thing that is judged and a column for each judge.
struct MeanSquares {
    things: f64,
    rows: f64,
    judges: f64,
    rest: f64,
}

/// Returns the intraclass correlation of pairs of totals; `None` for fewer than three, or where they don't vary.
pub fn intraclass(pairs: &[(f64, f64)]) -> Option<Intraclass> {
    if pairs.len() < 3 {
        return None;
    }
    let squares = mean_squares(pairs);
    let MeanSquares { things, rows, judges, rest } = squares;
    let below = rows + (JUDGES - 1.0) * rest + JUDGES * (judges - rest) / things;
    (below > 1e-9).then(|| {
        let value = (rows - rest) / below;
        Intraclass { value, interval: interval(value, &squares) }
    })
}

/// Takes the table apart.
fn mean_squares(pairs: &[(f64, f64)]) -> MeanSquares {
    let things = pairs.len() as f64;
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let all = mean(pairs.iter().flat_map(|(a, b)| [*a, *b]).collect());
    let columns = [mean(pairs.iter().map(|pair| pair.0).collect()), mean(pairs.iter().map(|pair| pair.1).collect())];
    let judges: f64 = columns.iter().map(|column| (column - all).powi(2)).sum::<f64>() * things;
    let rows: f64 = pairs.iter().map(|(a, b)| (f64::midpoint(*a, *b) - all).powi(2)).sum::<f64>() * JUDGES;
    let total: f64 = pairs.iter().flat_map(|(a, b)| [(a - all).powi(2), (b - all).powi(2)]).sum();
    let free = things - 1.0;
    MeanSquares { things, rows: rows / free, judges, rest: (total - rows - judges).max(0.0) / free }
}

/// Returns the 95 % interval (`McGraw` and Wong, by Satterthwaite's degrees of freedom).
fn interval(value: f64, squares: &MeanSquares) -> Option<(f64, f64)> {
    let MeanSquares { things, rows, judges, rest } = *squares;
    if rest <= 1e-12 {
        return None;
    }
    let (k, n) = (JUDGES, things);
    let ratio = judges / rest;
    let spread = n * (1.0 + (k - 1.0) * value) - k * value;
    let above = (k - 1.0) * (n - 1.0) * (k * value * ratio + spread).powi(2);
    let below = (n - 1.0) * (k * value * ratio).powi(2) + spread.powi(2);
    let quantile = |first: f64, second: f64| Some(FisherSnedecor::new(first, second).ok()?.inverse_cdf(0.975));
    let (up, down) = (quantile(n - 1.0, above / below)?, quantile(above / below, n - 1.0)?);
    let others = k * judges + (k * n - k - n) * rest;
    let low = n * (rows - up * rest) / (up * others + n * rows);
    let high = n * (down * rows - rest) / (others + n * down * rows);
    (low.is_finite() && high.is_finite()).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_totals_agree_wholly() {
        let correlation = intraclass(&[(50.0, 50.0), (60.0, 60.0), (80.0, 80.0)]).unwrap();
        assert!((correlation.value - 1.0).abs() < 1e-12 && correlation.interval.is_none());
    }

    #[test]
    fn too_few_or_all_alike_is_not_defined() {
        assert_eq!(intraclass(&[(50.0, 60.0), (60.0, 70.0)]), None);
        assert_eq!(intraclass(&[(50.0, 50.0); 6]), None);
    }
}
