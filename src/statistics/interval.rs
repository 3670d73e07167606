//! Intervals: of a share (Wilson), and of what chance gives one organisation (exact binomial).
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "intervals are statistics, not scores")]

use statrs::distribution::{Binomial, DiscreteCDF};

use crate::figure::{About, Measure, Share};

/// The normal deviate that leaves 2.5 % on each side.
const Z: f64 = 1.959_963_984_540_054;

/// Returns the 95 % Wilson interval of `count` in `n`; `None` where `n` is nought.
pub fn wilson(count: usize, n: usize) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let n = n as f64;
    let share = count as f64 / n;
    let square = Z * Z;
    let middle = share + square / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let whole = 1.0 + square / n;
    // At either end a sum of floats would miss the end by a hair.
    let low = if share > 0.0 { (middle - half) / whole } else { 0.0 };
    let high = if share < 1.0 { (middle + half) / whole } else { 1.0 };
    Some((low, high))
}

/// Returns the share of `count` in `n` with its interval.
pub(super) fn share(about: &About, count: usize, n: usize) -> Share {
    bounded(about, (count, count), n)
}

/// Returns the share in `n` of what is certain, with the interval from the lower end for that to the upper end for what is possible.
pub(super) fn bounded(about: &About, (count, most): (usize, usize), n: usize) -> Share {
    let none = "there are no values";
    let (low, high) = (wilson(count, n).ok_or(none), wilson(most, n).ok_or(none));
    let share = if n > 0 { Ok(count as f64 / n as f64) } else { Err(none) };
    Share {
        share: about.figure(Measure::Share, share, n),
        count: about.figure(Measure::Count, Ok(count as f64), n),
        low: about.figure(Measure::Low, low.map(|interval| interval.0), n),
        high: about.figure(Measure::High, high.map(|interval| interval.1), n),
    }
}

/// Returns the counts between which a binomial of `n` trials lies, with at most `tail` left out on each side.
///
/// The lower end is the least count with more than `tail` at or below it, the upper end likewise from above.
///
/// # Panics
/// Panics where `chance` isn't between 0 and 1.
pub fn binomial_range(n: usize, chance: f64, tail: f64) -> (usize, usize) {
    let trials = u64::try_from(n).expect("counts fit 64 bits");
    let count = |count: u64| usize::try_from(count).expect("it is at most the number of trials");
    // The upper end is the lower end of the misses, counted from above: so neither end depends on how near to one a sum comes.
    let first = |chance: f64| {
        let spread = Binomial::new(chance, trials).expect("a share is a probability");
        count((0..trials).find(|count| spread.cdf(*count) > tail).unwrap_or(trials))
    };
    (first(chance), n - first(1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_is_the_oracles() {
        let (low, high) = wilson(3, 11).unwrap();
        assert!((low - 0.097_461).abs() < 1e-6 && (high - 0.565_645).abs() < 1e-6, "{low} {high}");
        assert_eq!(wilson(0, 0), None);
        assert_eq!((wilson(0, 7).unwrap().0.to_bits(), wilson(7, 7).unwrap().1.to_bits()), (0, 1.0_f64.to_bits()));
    }
}
