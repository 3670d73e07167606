//! Whether the criteria of a framework go together: how they correlate with one another, Cronbach's alpha, and each criterion with the
//! rest, with their intervals.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "consistency is a statistic, not a score")]

use statrs::distribution::{ContinuousCDF, FisherSnedecor, Normal};

/// With fewer returns alpha says nothing: its interval reaches over most of the scale.
pub const LEAST_RETURNS: usize = 30;

/// Returns the variance with one less than the number of values below the line.
fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
}

/// Returns the values of one criterion.
fn item(returns: &[Vec<f64>], criterion: usize) -> Vec<f64> {
    returns.iter().map(|answers| answers[criterion]).collect()
}

/// Returns Cronbach's alpha of returns with equally many answers; `None` where totals don't vary or there is too little.
pub fn alpha(returns: &[Vec<f64>]) -> Option<f64> {
    let items = returns.first()?.len();
    if items < 2 || returns.len() < 2 {
        return None;
    }
    let totals: Vec<f64> = returns.iter().map(|answers| answers.iter().sum()).collect();
    let total = variance(&totals);
    let parts: f64 = (0..items).map(|criterion| variance(&item(returns, criterion))).sum();
    let k = items as f64;
    (total > 0.0).then(|| k / (k - 1.0) * (1.0 - parts / total))
}

/// Returns the correlation of a criterion with the sum of all others; `None` where either doesn't vary.
pub fn with_rest(returns: &[Vec<f64>], criterion: usize) -> Option<f64> {
    if returns.len() < 2 {
        return None;
    }
    let own = item(returns, criterion);
    let rest: Vec<f64> = returns.iter().map(|answers| answers.iter().sum::<f64>() - answers[criterion]).collect();
    let n = own.len() as f64;
    let (own_mean, rest_mean) = (own.iter().sum::<f64>() / n, rest.iter().sum::<f64>() / n);
    let shared: f64 = own.iter().zip(&rest).map(|(a, b)| (a - own_mean) * (b - rest_mean)).sum();
    let deviation = (variance(&own) * variance(&rest)).sqrt() * (n - 1.0);
    (deviation > 1e-12).then(|| shared / deviation)
}

/// Returns alpha without one of the criteria: more than alpha where the criterion goes badly with the others.
pub fn alpha_without(returns: &[Vec<f64>], criterion: usize) -> Option<f64> {
    let others = |answers: &Vec<f64>| {
        let kept = answers.iter().enumerate().filter(|(place, _)| *place != criterion);
        kept.map(|(_, answer)| *answer).collect()
    };
    alpha(&returns.iter().map(others).collect::<Vec<Vec<f64>>>())
}

/// Returns Feldt's 95 % interval of alpha, by the F distribution; `None` for fewer than two returns or criteria.
pub fn alpha_interval(alpha: f64, returns: usize, items: usize) -> Option<(f64, f64)> {
    let (n, k) = (returns as f64 - 1.0, items as f64 - 1.0);
    let spread = FisherSnedecor::new(n, n * k).ok()?;
    let bound = |share: f64| 1.0 - (1.0 - alpha) * spread.inverse_cdf(share);
    Some((bound(0.975), bound(0.025)))
}

/// Returns the mean correlation of each two criteria, of those whose answers vary, with how many those are; `None` where fewer than
/// two do.
pub fn between_criteria(returns: &[Vec<f64>]) -> Option<(f64, usize)> {
    let items = (0..returns.first()?.len()).map(|criterion| item(returns, criterion));
    let scaled: Vec<Vec<f64>> = items.filter_map(|values| scaled(&values)).collect();
    let k = scaled.len();
    let totals: Vec<f64> = (0..returns.len()).map(|row| scaled.iter().map(|values| values[row]).sum()).collect();
    // The variance of a sum of variances of one is how many there are, and twice the sum of their correlations.
    (k > 1).then(|| ((variance(&totals) - k as f64) / (k * (k - 1)) as f64, k))
}

/// Returns values with a variance of one; `None` where they don't vary.
fn scaled(values: &[f64]) -> Option<Vec<f64>> {
    let deviation = variance(values).sqrt();
    (deviation > 1e-12).then(|| values.iter().map(|value| value / deviation).collect())
}

/// Returns the 95 % interval of the mean correlation of so many criteria: Feldt's of the standardised alpha that it comes to, turned
/// back into correlations.
pub fn between_criteria_interval(mean: f64, returns: usize, criteria: usize) -> Option<(f64, f64)> {
    let k = criteria as f64;
    let (low, high) = alpha_interval(k * mean / (1.0 + (k - 1.0) * mean), returns, criteria)?;
    let back = |alpha: f64| alpha / (k - (k - 1.0) * alpha);
    Some((back(low), back(high)))
}

/// Returns the 95 % interval of a correlation over so many returns, by Fisher's transformation; `None` for fewer than four returns.
pub fn correlation_interval(correlation: f64, returns: usize) -> Option<(f64, f64)> {
    let (middle, deviation) = transformed(correlation, returns)?;
    let reach = 1.959_963_984_540_054 * deviation;
    Some(((middle - reach).tanh(), (middle + reach).tanh()))
}

/// Returns how likely chance gives such a correlation or a smaller one where it truly is `least`, by Fisher's transformation.
pub fn below(correlation: f64, least: f64, returns: usize) -> Option<f64> {
    let (middle, deviation) = transformed(correlation, returns)?;
    Some(Normal::standard().cdf((middle - least.atanh()) / deviation))
}

/// Returns Fisher's transformation of a correlation with its deviation.
fn transformed(correlation: f64, returns: usize) -> Option<(f64, f64)> {
    (returns > 3).then(|| (correlation.clamp(-1.0, 1.0).atanh(), 1.0 / (returns as f64 - 3.0).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> Vec<Vec<f64>> {
        [[4, 3, 4], [2, 2, 3], [3, 3, 3], [1, 2, 1], [4, 4, 3]].iter().map(|row| row.map(f64::from).to_vec()).collect()
    }

    #[test]
    fn consistency_is_the_oracles() {
        assert!((alpha(&items()).unwrap() - 0.886_364).abs() < 1e-6);
        for (criterion, expected) in [(0, 0.985_451), (1, 0.726_844), (2, 0.726_372)] {
            assert!((with_rest(&items(), criterion).unwrap() - expected).abs() < 1e-6, "{criterion}");
        }
        for (without, expected) in [(0, 0.642_857), (1, 0.905_660), (2, 0.883_721)] {
            assert!((alpha_without(&items(), without).unwrap() - expected).abs() < 1e-6, "without {without}");
        }
    }

    #[test]
    fn what_does_not_vary_has_no_alpha() {
        assert_eq!(alpha(&vec![vec![1.0, 1.0]; 5]), None);
        assert_eq!((alpha(&[]), between_criteria(&[])), (None, None));
        assert_eq!(between_criteria(&vec![vec![1.0, 1.0]; 5]), None);
        assert_eq!((correlation_interval(0.3, 3), below(0.3, 0.1, 3)), (None, None));
        assert_eq!(with_rest(&vec![vec![1.0, 1.0]; 5], 0), None);
    }
}
