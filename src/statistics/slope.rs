//! Which way values go from season to season: the Theil–Sen slope and Kendall's tau.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a trend is a statistic, not a score")]

/// Fewer seasons make no trend.
pub const LEAST_SEASONS: usize = 4;

/// Returns the pairs of places, the earlier one first.
fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |earlier| (earlier + 1..n).map(move |later| (earlier, later)))
}

/// Returns the Theil–Sen slope of values at equal distances: the median of the slopes between each two. `None` below two values.
pub fn theil_sen(values: &[f64]) -> Option<f64> {
    let slopes =
        pairs(values.len()).map(|(earlier, later)| (values[later] - values[earlier]) / (later - earlier) as f64);
    let mut slopes: Vec<f64> = slopes.collect();
    slopes.sort_by(f64::total_cmp);
    let middle = slopes.len().checked_sub(1)?;
    Some(f64::midpoint(slopes[middle / 2], slopes[middle.div_ceil(2)]))
}

/// Returns Kendall's tau (b) of values with their order; `None` where all values are the same.
pub fn kendall(values: &[f64]) -> Option<f64> {
    let steps: Vec<f64> = pairs(values.len()).map(|(earlier, later)| values[later] - values[earlier]).collect();
    let sum: f64 = steps.iter().filter(|step| **step != 0.0).map(|step| step.signum()).sum();
    let unequal = steps.iter().filter(|step| **step != 0.0).count();
    (unequal > 0).then(|| sum / (unequal as f64 * steps.len() as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_trend() {
        let values = [2.1, 2.4, 2.3, 2.9, 3.0];
        assert!((theil_sen(&values).unwrap() - 0.2375).abs() < 1e-12);
        assert!((kendall(&values).unwrap() - 0.8).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_move_has_no_order() {
        assert_eq!((theil_sen(&[5.0]), kendall(&[5.0])), (None, None));
        assert_eq!((theil_sen(&[5.0; 4]), kendall(&[5.0; 4])), (Some(0.0), None));
    }
}
