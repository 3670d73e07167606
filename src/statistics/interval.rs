//! Intervals: of a share (Wilson), where it is an estimate, and of what chance gives one organisation (exact binomial).
//!
//! A share of all there are is no estimate, and has none. Of a part of a known population the interval is Wilson's with the correction
//! for a finite population; where it isn't known of how many they are a part, and of very few, there is none.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "intervals are statistics, not scores")]

use statrs::distribution::{Binomial, ContinuousCDF, DiscreteCDF, StudentsT};
use statrs::statistics::Statistics;

use crate::figure::{About, Measure, Share};

/// The normal deviate that leaves 2.5 % on each side.
const Z: f64 = 1.959_963_984_540_054;

/// Of fewer an interval reaches over most of the scale.
pub const LEAST: usize = 10;

/// Returns the 95 % Wilson interval of `count` in `n`; `None` where `n` is nought.
pub fn wilson(count: usize, n: usize) -> Option<(f64, f64)> {
    scored(count, n, Z)
}

/// Returns the 95 % interval of the share among `all` of which `n` are known, `count` of those being of the kind; `None` where all are
/// known. What is known is counted in: at least `count` of all are of the kind, and at least the others aren't.
pub fn of_part(count: usize, n: usize, all: usize) -> Option<(f64, f64)> {
    let rest = all.checked_sub(n).filter(|rest| *rest > 0)?;
    let (low, high) = scored(count, n, Z * (rest as f64 / (all as f64 - 1.0)).sqrt())?;
    let all = all as f64;
    Some((low.max(count as f64 / all), high.min((count + rest) as f64 / all)))
}

/// Returns Wilson's interval of `count` in `n` at a normal deviate.
fn scored(count: usize, n: usize, deviate: f64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let n = n as f64;
    let share = count as f64 / n;
    let square = deviate * deviate;
    let middle = share + square / (2.0 * n);
    let half = deviate * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let whole = 1.0 + square / n;
    // At either end a sum of floats would miss the end by a hair.
    let low = if share > 0.0 { (middle - half) / whole } else { 0.0 };
    let high = if share < 1.0 { (middle + half) / whole } else { 1.0 };
    Some((low, high))
}

/// Returns Student's 95 % interval of the mean of what the values are drawn from; `None` of fewer than two.
pub fn of_mean(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len() as f64;
    let deviate = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf(0.975);
    let (mean, half) = (values.mean(), deviate * values.std_dev() / n.sqrt());
    Some((mean - half, mean + half))
}

/// Returns Student's 95 % interval of the mean of values that some give several of, which aren't independent: whoever gives is drawn again with all
/// of its own (the linearised ratio of sums). `None` of fewer than two who give.
pub fn of_mean_of_several(own: &[Vec<f64>]) -> Option<(f64, f64)> {
    if own.iter().all(|values| values.len() == 1) {
        return of_mean(&own.concat());
    }
    let (givers, values) = (own.len() as f64, own.concat());
    let (n, mean) = (values.len() as f64, (&values).mean());
    let deviate = StudentsT::new(0.0, 1.0, givers - 1.0).ok()?.inverse_cdf(0.975);
    let apart = own.iter().map(|values| values.iter().map(|value| value - mean).sum::<f64>().powi(2)).sum::<f64>();
    let half = deviate * (givers / (givers - 1.0) * apart).sqrt() / n;
    Some((mean - half, mean + half))
}

/// Returns the share of `count` in `n` with its interval among all, of whom `n` are known; `None` where it isn't known how many there
/// are.
pub(super) fn share(about: &About, count: usize, n: usize, all: Option<usize>) -> Share {
    bounded(about, (count, count), n, all)
}

/// Returns the share in `n` of what is certain, with the interval from the lower end for that to the upper end for what is possible.
pub(super) fn bounded(about: &About, (count, most): (usize, usize), n: usize, all: Option<usize>) -> Share {
    let none = "there are no values";
    let (low, high) = (interval(count, n, all), interval(most, n, all));
    let share = if n > 0 { Ok(count as f64 / n as f64) } else { Err(none) };
    Share {
        share: about.figure(Measure::Share, share, n),
        count: about.figure(Measure::Count, Ok(count as f64), n),
        low: about.figure(Measure::Low, low.map(|interval| interval.0), n),
        high: about.figure(Measure::High, high.map(|interval| interval.1), n),
    }
}

/// Returns the interval of a share, or why it has none.
fn interval(count: usize, n: usize, all: Option<usize>) -> Result<(f64, f64), &'static str> {
    match all {
        _ if n < LEAST => Err("too few for an interval"),
        None => Err("it isn\u{2019}t known of how many these are a part"),
        Some(all) => of_part(count, n, all).ok_or("all are counted, so that the share is no estimate"),
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
    }

    #[test]
    fn the_interval_of_a_mean_is_around_it_and_wider_where_some_give_the_like_of_several() {
        let alone: Vec<Vec<f64>> = [4.0, 8.0, 6.0, 2.0, 5.0].map(|value| vec![value]).to_vec();
        assert_eq!(of_mean_of_several(&alone), of_mean(&[4.0, 8.0, 6.0, 2.0, 5.0]));
        let twice: Vec<Vec<f64>> = alone.iter().map(|own| own.repeat(2)).collect();
        let ((low, high), (least, most)) = (of_mean_of_several(&twice).unwrap(), of_mean_of_several(&alone).unwrap());
        assert!((low - least).abs() < 1e-9 && (high - most).abs() < 1e-9, "{low} {high}");
        let unlike = [vec![1.0, 2.0, 3.0], vec![9.0], vec![5.0]];
        let (low, high) = of_mean_of_several(&unlike).unwrap();
        assert!((f64::midpoint(low, high) - 4.0).abs() < 1e-9, "{low} {high}");
        assert_eq!(of_mean_of_several(&[]), None);
    }

    #[test]
    fn the_interval_of_a_part_holds_what_is_known_and_narrows_to_nothing_as_all_become_known() {
        assert_eq!((of_part(3, 11, 11), of_part(3, 11, 10)), (None, None));
        let mut wide = f64::INFINITY;
        for all in [100_000, 400, 60, 24, 13, 12] {
            let (low, high) = of_part(3, 11, all).unwrap();
            let (least, most) = (3.0 / all as f64, (3 + all - 11) as f64 / all as f64);
            assert!(low >= least && high <= most && high - low < wide, "{all}: {low} {high}");
            wide = high - low;
        }
        let (all, part) = (wilson(3, 11).unwrap(), of_part(3, 11, 100_000).unwrap());
        assert!((all.0 - part.0).abs() < 1e-4 && (all.1 - part.1).abs() < 1e-4);
        assert_eq!((wilson(0, 7).unwrap().0.to_bits(), wilson(7, 7).unwrap().1.to_bits()), (0, 1.0_f64.to_bits()));
    }
}
