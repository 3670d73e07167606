//! How far two judges of the same things agree, chance taken into account.
//!
//! Grades are whole steps of the scale, from nought. A figure is `None` where it isn't defined: all answers alike leave nothing
//! by which agreement could be told from chance.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "agreement is a statistic, not a score")]

use super::draw::{DRAWS, Draws};
use super::table::quantile;

/// Two judgements of one thing: the steps of the scale that each gives.
pub type Pair = (usize, usize);

/// Returns the square of the distance between two steps.
fn square(a: usize, b: usize) -> f64 {
    (a.abs_diff(b) * a.abs_diff(b)) as f64
}

/// Returns how many pairs hold each two steps.
fn counted(pairs: &[Pair], steps: usize) -> Vec<Vec<f64>> {
    let mut table = vec![vec![0.0; steps]; steps];
    for (a, b) in pairs {
        table[*a][*b] += 1.0;
    }
    table
}

/// Returns how often each step is given on each side.
fn margins(table: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let rows = table.iter().map(|row| row.iter().sum()).collect();
    let columns = (0..table.len()).map(|column| table.iter().map(|row| row[column]).sum()).collect();
    (rows, columns)
}

/// Returns the sum over all cells of weight times count.
fn weighted(table: &[Vec<f64>], weight: impl Fn(usize, usize) -> f64) -> f64 {
    let cells =
        table.iter().enumerate().flat_map(|(a, row)| row.iter().enumerate().map(move |(b, count)| (a, b, count)));
    cells.map(|(a, b, count)| weight(a, b) * count).sum()
}

/// What of pairs quadratic weighted kappa hangs on: sums, which add up where pairs are put together.
#[derive(Clone, Copy, Default)]
struct Sums {
    pairs: usize,
    first: usize,
    second: usize,
    squares: usize,
    apart: usize,
}

impl Sums {
    fn of(pairs: &[Pair]) -> Self {
        let sum = |of: fn(&Pair) -> usize| pairs.iter().map(of).sum::<usize>();
        Self {
            pairs: pairs.len(),
            first: sum(|pair| pair.0),
            second: sum(|pair| pair.1),
            squares: sum(|pair| pair.0 * pair.0 + pair.1 * pair.1),
            apart: sum(|pair| pair.0.abs_diff(pair.1).pow(2)),
        }
    }

    fn and(self, other: &Self) -> Self {
        Self {
            pairs: self.pairs + other.pairs,
            first: self.first + other.first,
            second: self.second + other.second,
            squares: self.squares + other.squares,
            apart: self.apart + other.apart,
        }
    }

    fn kappa(self) -> Option<f64> {
        // By chance every judgement of the one side meets every one of the other.
        let by_chance = self.pairs * self.squares - 2 * self.first * self.second;
        let observed = self.pairs * self.apart;
        (by_chance > 0).then(|| 1.0 - observed as f64 / by_chance as f64)
    }
}

/// Returns quadratic weighted kappa. How many steps the scale has doesn't matter: a step that nobody gives weighs nothing.
pub fn kappa(pairs: &[Pair]) -> Option<f64> {
    Sums::of(pairs).kappa()
}

/// Returns Krippendorff's alpha for ordered grades of two judges.
pub fn krippendorff(pairs: &[Pair], steps: usize) -> Option<f64> {
    let mut table = vec![vec![0.0; steps]; steps];
    for (a, b) in pairs {
        table[*a][*b] += 1.0;
        table[*b][*a] += 1.0;
    }
    let (given, _) = margins(&table);
    let all: f64 = given.iter().sum();
    let distance = |a: usize, b: usize| {
        let (low, high) = (a.min(b), a.max(b));
        let between: f64 = given[low..=high].iter().sum();
        let steps = between - f64::midpoint(given[low], given[high]);
        steps * steps
    };
    let observed = weighted(&table, distance);
    let by_chance: f64 = (0..steps)
        .flat_map(|a| (0..steps).map(move |b| (a, b)))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| distance(a, b) * given[a] * given[b])
        .sum();
    (by_chance > 0.0).then(|| 1.0 - (all - 1.0) * observed / by_chance)
}

/// Returns Gwet's AC2 with quadratic weights.
pub fn gwet(pairs: &[Pair], steps: usize) -> Option<f64> {
    if pairs.is_empty() || steps < 2 {
        return None;
    }
    let n = pairs.len() as f64;
    let widest = square(0, steps - 1);
    let weight = |a: usize, b: usize| 1.0 - square(a, b) / widest;
    let table = counted(pairs, steps);
    let (rows, columns) = margins(&table);
    let observed = weighted(&table, weight) / n;
    let all_weights: f64 = (0..steps).flat_map(|a| (0..steps).map(move |b| weight(a, b))).sum();
    let spread: f64 = rows
        .iter()
        .zip(&columns)
        .map(|(row, column)| f64::midpoint(row / n, column / n))
        .map(|share| share * (1.0 - share))
        .sum();
    let by_chance = all_weights / (steps * (steps - 1)) as f64 * spread;
    Some((observed - by_chance) / (1.0 - by_chance))
}

/// Returns the mean of the differences (first less second) and the limits between which most of them lie; the limits are
/// `None` for fewer than two pairs.
pub fn bias(pairs: &[Pair]) -> Option<(f64, Option<(f64, f64)>)> {
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len() as f64;
    let differences: Vec<f64> = pairs.iter().map(|(a, b)| *a as f64 - *b as f64).collect();
    let mean = differences.iter().sum::<f64>() / n;
    let squares: f64 = differences.iter().map(|difference| (difference - mean).powi(2)).sum();
    let limits = (pairs.len() > 1).then(|| {
        let reach = 1.96 * (squares / (n - 1.0)).sqrt();
        (mean - reach, mean + reach)
    });
    Some((mean, limits))
}

/// Returns the 95 % percentile interval of kappa, by drawing whole organisations again: the answers of one organisation aren't
/// independent of each other. `None` for fewer than five organisations, or where kappa mostly isn't defined.
pub fn kappa_interval(clusters: &[Vec<Pair>]) -> Option<(f64, f64)> {
    if clusters.len() < 5 {
        return None;
    }
    let clusters: Vec<Sums> = clusters.iter().map(|pairs| Sums::of(pairs)).collect();
    let mut random = Draws::of(&[]);
    let mut draw = || {
        let drawn = (0..clusters.len()).map(|_| clusters[random.below(clusters.len())]);
        drawn.fold(Sums::default(), |sums, own| sums.and(&own)).kappa()
    };
    let draws: Vec<f64> = (0..DRAWS).filter_map(|_| draw()).collect();
    if draws.len() < DRAWS * 9 / 10 {
        return None;
    }
    quantile(&draws, 0.025).zip(quantile(&draws, 0.975))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: [usize; 12] = [4, 3, 3, 2, 4, 1, 2, 3, 4, 2, 3, 4];
    const EXTERNAL: [usize; 12] = [3, 3, 2, 2, 4, 1, 1, 3, 3, 2, 3, 4];

    fn pairs() -> Vec<Pair> {
        OWN.iter().zip(EXTERNAL).map(|(own, external)| (own - 1, external - 1)).collect()
    }

    #[test]
    fn agreement_is_the_oracles() {
        let cases = [
            ("kappa", kappa(&pairs()), 0.827_338),
            ("krippendorff", krippendorff(&pairs(), 4), 0.827_991),
            ("gwet", gwet(&pairs(), 4), 0.8797),
        ];
        for (name, computed, expected) in cases {
            assert!((computed.unwrap() - expected).abs() < 1e-4, "{name}: {computed:?}");
        }
    }

    #[test]
    fn all_alike_is_not_defined() {
        let same = vec![(2, 2); 9];
        assert_eq!((kappa(&same), krippendorff(&same, 4)), (None, None));
        assert_eq!(kappa_interval(&vec![same; 6]), None);
        assert_eq!((kappa(&[]), gwet(&[], 4), bias(&[])), (None, None, None));
    }

    #[test]
    fn the_interval_holds_kappa_and_is_the_same_every_time() {
        let clusters: Vec<Vec<Pair>> = pairs().chunks(2).map(<[Pair]>::to_vec).collect();
        let (low, high) = kappa_interval(&clusters).unwrap();
        assert!(low < 0.827 && 0.827 < high && low > 0.0 && high <= 1.0, "{low} {high}");
        assert_eq!(kappa_interval(&clusters), Some((low, high)));
    }

    #[test]
    fn limits_need_two_pairs() {
        assert_eq!(bias(&[(2, 1)]), Some((1.0, None)));
        let (mean, limits) = bias(&[(2, 1), (1, 1)]).unwrap();
        let (low, high) = limits.unwrap();
        assert!((mean - 0.5).abs() < 1e-12 && (low + 0.885_929).abs() < 1e-6 && (high - 1.885_929).abs() < 1e-6);
    }
}
