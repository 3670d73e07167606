//! How much returns differ from one another beyond chance, and what is to be expected of one of them.
//!
//! This is the additive model by which Spiegelhalter allows for over-dispersion (Handling over-dispersion of performance
//! indicators, Quality and Safety in Health Care 14, 2005): the share of each return is drawn around that of the network, with a
//! deviation between returns that is estimated from standardised distances. The most distant tenth at either end counts as the
//! tenth does (winsorising), so that a few odd returns don't widen the range that they are to be seen by; what this takes from an
//! ordinary spread is given back.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "what is expected is a statistic, not a score"
)]

use super::interval::binomial_range;
use super::table::quantile;

/// With fewer returns it can't be told how much they differ.
pub const LEAST_RETURNS: usize = 10;

/// The part at either end whose distances count as the next ones.
const WINSORISED: f64 = 0.1;

/// What winsorising leaves of the mean square of standard normal distances.
const LEFT: f64 = 0.678_654_558_958_787_2;

/// How much of what is expected lies within a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 95 in 100.
    Usual,
    /// 998 in 1000.
    Nearly,
}

impl Level {
    /// Returns the part left out on each side.
    const fn tail(self) -> f64 {
        match self {
            Self::Usual => 0.025,
            Self::Nearly => 0.001,
        }
    }

    /// Returns the normal deviate that leaves out as much.
    const fn deviate(self) -> f64 {
        match self {
            Self::Usual => 1.959_963_984_540_054,
            Self::Nearly => 3.090_232_306_167_813_5,
        }
    }
}

/// The network's share, and how much the shares of its returns differ from it beyond chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Yardstick {
    /// The share of all returns together.
    pub share: f64,
    /// The standard deviation between returns.
    pub between: f64,
}

impl Yardstick {
    /// Takes it from the counts of returns, each so many of so many; `None` where too few have any.
    pub fn of(counts: &[(usize, usize)]) -> Option<Self> {
        let counts: Vec<(f64, f64)> =
            counts.iter().filter(|(_, of)| *of > 0).map(|(count, of)| (*count as f64, *of as f64)).collect();
        let (count, of) = counts.iter().fold((0.0, 0.0), |sums, one| (sums.0 + one.0, sums.1 + one.1));
        let share = count / of;
        (counts.len() >= LEAST_RETURNS).then(|| Self { share, between: between(&counts, share).sqrt() })
    }

    /// Returns between which shares a return with so many answers is expected.
    pub fn range(&self, of: usize, level: Level) -> (f64, f64) {
        if self.between > 0.0 {
            let reach = level.deviate() * (variance(self.share, of as f64) + self.between.powi(2)).sqrt();
            return ((self.share - reach).max(0.0), (self.share + reach).min(1.0));
        }
        let (low, high) = binomial_range(of, self.share, level.tail());
        (low as f64 / of as f64, high as f64 / of as f64)
    }
}

/// Returns the variance that chance alone gives a share of so many.
fn variance(share: f64, of: f64) -> f64 {
    share * (1.0 - share) / of
}

/// Returns the variance between returns beyond chance; nought where they differ no more than that.
fn between(counts: &[(f64, f64)], share: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 {
        return 0.0;
    }
    let distances: Vec<f64> =
        counts.iter().map(|(count, of)| (count / of - share) / variance(share, *of).sqrt()).collect();
    let Some((low, high)) = quantile(&distances, WINSORISED).zip(quantile(&distances, 1.0 - WINSORISED)) else {
        return 0.0;
    };
    let squares: f64 = distances.iter().map(|distance| distance.clamp(low, high).powi(2)).sum();
    let weights: Vec<f64> = counts.iter().map(|(_, of)| 1.0 / variance(share, *of)).collect();
    let (sum, sum_of_squares) = weights.iter().fold((0.0, 0.0), |sums, one| (sums.0 + one, sums.1 + one * one));
    let excess = squares / LEFT - (counts.len() as f64 - 1.0);
    (excess / (sum - sum_of_squares / sum)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::draw::Draws;

    /// Returns the share of returns outside both ranges, over many seasons whose returns differ by so much beyond chance.
    fn outside(returns: usize, of: usize, share: f64, between: f64) -> [f64; 2] {
        let mut draws = Draws::of(&[]);
        let mut outside = [0.0; 2];
        for _ in 0..200 {
            let counts: Vec<(usize, usize)> = (0..returns)
                .map(|_| {
                    let normal = (0..12).map(|_| draws.share()).sum::<f64>() - 6.0;
                    let own = (share + between * normal).clamp(0.0, 1.0);
                    ((0..of).filter(|_| draws.share() < own).count(), of)
                })
                .collect();
            let yardstick = Yardstick::of(&counts).unwrap();
            for (level, outside) in [Level::Usual, Level::Nearly].into_iter().zip(&mut outside) {
                let (low, high) = yardstick.range(of, level);
                let is_out = |(count, of): &&(usize, usize)| !(low..=high).contains(&(*count as f64 / *of as f64));
                *outside += counts.iter().filter(is_out).count() as f64 / (200 * returns) as f64;
            }
        }
        outside
    }

    #[test]
    fn about_one_in_twenty_lies_outside_however_much_returns_differ() {
        for (returns, of, share) in [(20, 13, 0.4), (48, 71, 0.6), (90, 39, 0.7)] {
            for between in [0.0, 0.05, 0.1, 0.15] {
                let [usual, nearly] = outside(returns, of, share, between);
                let told = format!("{returns} of {of} at {share} and {between}: {usual} and {nearly}");
                assert!((0.012..0.06).contains(&usual) && nearly < 0.01, "{told}");
            }
        }
    }

    #[test]
    fn a_few_odd_returns_do_not_hide_themselves() {
        let mut counts: Vec<(usize, usize)> = (0..40).map(|at| (38 + at % 9, 71)).collect();
        counts[3] = (9, 71);
        let (low, _) = Yardstick::of(&counts).unwrap().range(71, Level::Nearly);
        assert!(low > 9.0 / 71.0, "{low}");
    }

    #[test]
    fn few_returns_and_those_that_are_all_the_same_have_no_spread() {
        assert_eq!(Yardstick::of(&[(3, 9); LEAST_RETURNS - 1]), None);
        for (count, ends) in [(0, (0.0, 0.0)), (9, (1.0, 1.0))] {
            let yardstick = Yardstick::of(&[(count, 9); LEAST_RETURNS]).unwrap();
            assert_eq!((yardstick.between.to_bits(), yardstick.range(9, Level::Usual)), (0, ends));
        }
    }
}
