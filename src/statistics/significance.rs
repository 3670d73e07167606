//! How likely chance alone would give such differences: signed ranks, a table of gains and losses, many tests at once.
//!
//! Each answer is a probability from 0 to 1: small where chance is an unlikely cause. Up to fifty differences the probability is
//! exact, with ties as they are; beyond, the normal distribution stands in, corrected for ties.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "probabilities are statistics, not scores")]

use statrs::distribution::{Binomial, ChiSquared, ContinuousCDF, DiscreteCDF, Normal};

use super::draw::Draws;
pub use crate::season::leniency::UNLIKELY;

/// Up to so many differences all ways in which their signs could have fallen are counted.
const EXACT: usize = 50;

/// Returns the two-sided probability of Wilcoxon's signed-rank test; differences of nought are left out. `None` where all are.
pub fn signed_rank(differences: &[f64]) -> Option<f64> {
    let mut unequal: Vec<f64> = differences.iter().copied().filter(|difference| difference.abs() > 1e-9).collect();
    if unequal.is_empty() {
        return None;
    }
    unequal.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    let sizes: Vec<f64> = unequal.iter().map(|difference| difference.abs()).collect();
    let doubled = doubled_ranks(&sizes);
    let above: usize =
        unequal.iter().zip(&doubled).filter(|(difference, _)| **difference > 0.0).map(|(_, rank)| rank).sum();
    Some(if unequal.len() <= EXACT { exact(&doubled, above) } else { by_normal(&doubled, above) })
}

/// Returns twice the rank of each of ascending values; values that are the same share the mean of their ranks.
fn doubled_ranks(ascending: &[f64]) -> Vec<usize> {
    let is_same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let alike = ascending.chunk_by(|a, b| is_same(*a, *b));
    let ranks = alike.scan(0, |before, alike| {
        let doubled = 2 * *before + alike.len() + 1;
        *before += alike.len();
        Some(vec![doubled; alike.len()])
    });
    ranks.flatten().collect()
}

/// Counts all ways in which the signs could have fallen, by the sum of the ranks above nought.
fn exact(doubled: &[usize], above: usize) -> f64 {
    let most: usize = doubled.iter().sum();
    let mut ways = vec![0.0; most + 1];
    ways[0] = 1.0;
    for rank in doubled {
        for sum in (*rank..=most).rev() {
            ways[sum] += ways[sum - rank];
        }
    }
    let all: f64 = ways.iter().sum();
    let (low, high): (f64, f64) = (ways[..=above].iter().sum(), ways[above..].iter().sum());
    (2.0 * low.min(high) / all).min(1.0)
}

/// Takes the sum of the ranks above nought for a draw from a normal distribution.
fn by_normal(doubled: &[usize], above: usize) -> f64 {
    let n = doubled.len() as f64;
    let variance = (n * (n + 1.0) * (2.0 * n + 1.0) - tied(doubled) / 2.0) / 24.0;
    let distance = (above as f64 / 2.0 - n * (n + 1.0) / 4.0).abs() / variance.sqrt();
    (2.0 * Normal::standard().sf(distance)).min(1.0)
}

/// Returns the two-sided probability of `McNemar`'s exact test, of how many gained and how many lost; `None` where nobody did either.
pub fn gains_and_losses(gained: usize, lost: usize) -> Option<f64> {
    let moved = u64::try_from(gained + lost).ok()?;
    let fewer = u64::try_from(gained.min(lost)).ok()?;
    let even = Binomial::new(0.5, moved).ok()?;
    (moved > 0).then(|| (2.0 * even.cdf(fewer)).min(1.0))
}

/// Returns the probability of Kruskal and Wallis's test of ranks, corrected for ties, by the chi-squared distribution; `None` where all
/// values are the same, or there are fewer than two groups. It holds for groups of five and more.
pub fn between_groups(groups: &[&[f64]]) -> Option<f64> {
    let of_group =
        |(group, values): (usize, &&[f64])| values.iter().map(move |value| (*value, group)).collect::<Vec<_>>();
    let mut all: Vec<(f64, usize)> = groups.iter().enumerate().flat_map(of_group).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let values: Vec<f64> = all.iter().map(|(value, _)| *value).collect();
    let doubled = doubled_ranks(&values);
    let n = values.len() as f64;
    let squared = |group: usize| {
        let ranks: usize = all.iter().zip(&doubled).filter(|((_, of), _)| *of == group).map(|(_, rank)| rank).sum();
        (ranks as f64 / 2.0).powi(2) / groups[group].len() as f64
    };
    let between = 12.0 / (n * (n + 1.0)) * (0..groups.len()).map(squared).sum::<f64>() - 3.0 * (n + 1.0);
    let untied = 1.0 - tied(&doubled) / (n.powi(3) - n);
    let distribution = ChiSquared::new(groups.len().checked_sub(1)? as f64).ok()?;
    (untied > 0.0).then(|| distribution.sf(between / untied))
}

/// Up to so many values are dealt anew; of more the distribution of ranks is as good.
const DEALT: usize = 500;

/// How often values are dealt anew.
const DEALS: usize = 9_999;

/// Returns how likely chance alone parts the means of groups so far: how often they lie so far apart or farther where all values are dealt
/// anew to groups of these sizes, 9,999 times, the way they are being counted as one more. It holds for groups of any size, however many values are
/// the same. Of more than 500 values Kruskal and Wallis's test stands in. `None` where all values are the same, or there are fewer than two
/// groups.
pub fn by_permutation(groups: &[&[f64]]) -> Option<f64> {
    let mut values = groups.concat();
    let sizes: Vec<usize> = groups.iter().map(|values| values.len()).collect();
    if values.len() > DEALT || groups.len() < 2 || values.iter().all(|value| value.total_cmp(&values[0]).is_eq()) {
        return between_groups(groups);
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    for value in &mut values {
        *value -= mean;
    }
    let found = apart(&values, &sizes);
    let mut draws = Draws::of(&values);
    let mut deal = || {
        draws.shuffle(&mut values);
        apart(&values, &sizes) >= found - 1e-9
    };
    let as_far = (0..DEALS).filter(|_| deal()).count();
    Some((as_far + 1) as f64 / (DEALS + 1) as f64)
}

/// Returns how far the means of groups lie from nought, which is the mean of all: their squares, each as often as its group is large.
fn apart(values: &[f64], sizes: &[usize]) -> f64 {
    let mut rest = values;
    let squared = |size: &usize| {
        let (own, others) = rest.split_at(*size);
        rest = others;
        own.iter().sum::<f64>().powi(2) / own.len() as f64
    };
    sizes.iter().map(squared).sum()
}

/// Returns the sum over values that share a rank of the cube of their number without that number.
fn tied(doubled: &[usize]) -> f64 {
    doubled.chunk_by(|a, b| a == b).map(|tied| (tied.len() as f64).powi(3) - tied.len() as f64).sum()
}

/// Returns probabilities raised for how many were looked at (Benjamini and Hochberg), each in its place: those at or below a limit
/// are wrong by chance in at most that share of cases.
pub fn adjusted(probabilities: &[f64]) -> Vec<f64> {
    let n = probabilities.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]));
    let mut adjusted = vec![1.0; n];
    let mut least: f64 = 1.0;
    for (place, index) in order.into_iter().enumerate() {
        least = least.min(probabilities[index] * n as f64 / (n - place) as f64);
        adjusted[index] = least;
    }
    adjusted
}

/// Returns probabilities, each with itself raised for how many were looked at; those that aren't defined aren't counted.
pub(super) fn with_adjusted(probabilities: Vec<Option<f64>>) -> Vec<(Option<f64>, Option<f64>)> {
    let defined: Vec<f64> = probabilities.iter().flatten().copied().collect();
    let mut raised = adjusted(&defined).into_iter();
    probabilities.into_iter().map(|own| (own, own.and_then(|_| raised.next()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_difference_has_no_probability() {
        assert_eq!((signed_rank(&[]), signed_rank(&[0.0, 0.0]), gains_and_losses(0, 0)), (None, None, None));
        assert!(adjusted(&[]).is_empty());
    }

    #[test]
    fn groups_that_are_alike_or_alone_have_no_probability() {
        for groups in [vec![], vec![[1.0, 2.0]], vec![[3.0, 3.0], [3.0, 3.0]]] {
            let groups: Vec<&[f64]> = groups.iter().map(<[f64; 2]>::as_slice).collect();
            assert_eq!(between_groups(&groups), None, "{groups:?}");
        }
    }

    /// Returns all ways to deal values to a group of so many, the others to another.
    fn dealt(values: &[f64], size: usize) -> Vec<[Vec<f64>; 2]> {
        let ways = 0..1_u32 << values.len();
        let deal = |way: u32| {
            let of = |is_first: bool| {
                let own = values.iter().enumerate().filter(move |(at, _)| (way >> at & 1 == 1) == is_first);
                own.map(|(_, value)| *value).collect()
            };
            [of(true), of(false)]
        };
        ways.filter(|way| usize::try_from(way.count_ones()).unwrap() == size).map(deal).collect()
    }

    #[test]
    fn values_dealt_anew_by_chance_come_near_all_ways_to_deal_them() {
        for (first, second) in [
            (&[1.0, 1.0, 1.0, 1.0, 0.0][..], &[0.0, 0.0, 0.0, 1.0, 0.0][..]),
            (&[1.0; 6], &[1.0, 1.0, 0.0, 0.0, 0.0]),
            (&[3.0, 2.0, 2.0, 1.0, 0.0], &[3.0, 3.0, 2.0, 2.0, 2.0, 1.0]),
        ] {
            let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
            let distance = |groups: &[Vec<f64>; 2]| (mean(&groups[0]) - mean(&groups[1])).abs();
            let found = distance(&[first.to_vec(), second.to_vec()]);
            let ways = dealt(&[first, second].concat(), first.len());
            let as_far = ways.iter().filter(|groups| distance(groups) >= found - 1e-9).count();
            let exact = as_far as f64 / ways.len() as f64;
            let drawn = by_permutation(&[first, second]).unwrap();
            // Four standard errors of 9,999 draws.
            assert!((drawn - exact).abs() < 4.0 * (exact * (1.0 - exact) / 9_999.0).sqrt() + 1e-4, "{drawn}, {exact}");
        }
        assert_eq!(by_permutation(&[&[1.0; 5], &[1.0; 5]]), None);
    }

    #[test]
    fn few_differences_are_never_unlikely() {
        let cases: [(&[f64], f64); 4] =
            [(&[1.0], 1.0), (&[1.0, 1.0], 0.5), (&[1.0, -1.0], 1.0), (&[1.0, 2.0, 3.0, 4.0, 5.0], 0.0625)];
        for (differences, expected) in cases {
            assert!((signed_rank(differences).unwrap() - expected).abs() < 1e-12, "{differences:?}");
        }
    }
}
