//! Whether the criteria of a framework go together: Cronbach's alpha with its interval, and each criterion with the rest.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "consistency is a statistic, not a score")]
#![expect(clippy::many_single_char_names, reason = "formulas have the letters of the books")]

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

/// Returns Feldt's 95 % interval of alpha, by the F distribution.
pub fn alpha_interval(alpha: f64, returns: usize, items: usize) -> (f64, f64) {
    let (n, k) = (returns as f64 - 1.0, items as f64 - 1.0);
    let bound = |share: f64| 1.0 - (1.0 - alpha) * f_quantile(share, n, n * k);
    (bound(0.975), bound(0.025))
}

/// Returns the quantile of an F distribution, by halving.
fn f_quantile(share: f64, above: f64, below: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1000.0);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        let reached = incomplete_beta(above * middle / (above * middle + below), above / 2.0, below / 2.0);
        if reached < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// Returns the regularised incomplete beta function, by its continued fraction (Lentz).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * x.ln() + b * (1.0 - x).ln();
    let mut c = 1.0;
    let mut d = 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..300 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for term in [even, odd] {
            d = 1.0 / nonzero(1.0 + term * d);
            c = nonzero(1.0 + term / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front.exp() * fraction / a
}

/// Keeps a divisor from being nought.
fn nonzero(value: f64) -> f64 {
    if value.abs() < 1e-300 { 1e-300 } else { value }
}

/// Returns the logarithm of the gamma function (Lanczos, for numbers above nought).
fn log_gamma(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        let reflected = std::f64::consts::PI / (std::f64::consts::PI * x).sin();
        return reflected.ln() - log_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let series = COEFFICIENTS
        .iter()
        .zip(1_u8..)
        .fold(0.999_999_999_999_809_9, |sum, (coefficient, place)| sum + coefficient / (x + f64::from(place)));
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + series.ln()
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
            let mut rest = items();
            for answers in &mut rest {
                answers.remove(without);
            }
            assert!((alpha(&rest).unwrap() - expected).abs() < 1e-6, "without {without}");
        }
    }

    #[test]
    fn what_does_not_vary_has_no_alpha() {
        assert_eq!(alpha(&vec![vec![1.0, 1.0]; 5]), None);
        assert_eq!(alpha(&[]), None);
        assert_eq!(with_rest(&vec![vec![1.0, 1.0]; 5], 0), None);
    }
}
