//! How many of each group have each outcome, told to somebody who knows this rule as well as we do.
//!
//! A rule that hides one count because of another tells of both. So the outcomes of a grouping are told of all its groups or of none: where k
//! or more of each have each outcome that anybody has, and open ones too, those of hidden groups taken as one. Which outcomes are counted together for that
//! follows from how many of the whole network have them and how large the groups are, which is no secret. That nothing is told then means that
//! some count is below k; and whatever a count can be by what is known anyway, it can be k numbers of these, or all that there are. That is
//! held by trying all tables of small groups.

use crate::figure::{About, Disclosure, Facet};
use crate::framework::{Band, Framework};
use crate::statistics::GroupRow;

/// Counts by group, then by outcome.
type Counts = Vec<Vec<usize>>;

/// Counts rare outcomes together and takes the outcomes out of all groups where they can't be told; given which groups are hidden.
pub(super) fn protect(rows: &mut [&mut GroupRow], hidden: &[bool], bands: &Bands, limits: Disclosure) {
    while let Some((keep, lose)) = to_merge(rows, hidden, bands, limits.k) {
        for row in rows.iter_mut() {
            merge(row, keep, lose, limits);
        }
    }
    if !are_told(&counts(rows, hidden), limits.k) {
        for row in rows.iter_mut() {
            row.outcomes = Vec::new();
        }
    }
}

/// Returns how many of each group that is told of have each outcome or an open one, and last of the hidden ones together.
fn counts(rows: &[&mut GroupRow], hidden: &[bool]) -> Counts {
    let of = |row: &&mut GroupRow| row.outcomes.iter().map(|outcome| outcome.count.counted()).collect();
    let all: Counts = rows.iter().map(of).collect();
    let of_group = |is_hidden: bool| {
        let all = all.iter().zip(hidden).filter(move |(_, hidden)| **hidden == is_hidden);
        all.map(|(counts, _)| counts.clone())
    };
    let add = |one: Vec<usize>, other: Vec<usize>| one.iter().zip(other).map(|(one, other)| one + other).collect();
    of_group(false).chain(of_group(true).reduce(add)).filter(|counts| counts.iter().any(|count| *count > 0)).collect()
}

/// Whether k or more of each group have each outcome, but for those that nobody has.
fn are_told(counts: &Counts, k: usize) -> bool {
    let columns = counts.first().map_or(0, Vec::len);
    let are_many = |column: usize| counts.iter().all(|row| row[column] >= k);
    k <= 1 || (0..columns).all(|column| are_many(column) || counts.iter().all(|row| row[column] == 0))
}

/// The framework's lists of bands, each from the best; an outcome that is open is in none.
pub(super) struct Bands(Vec<Vec<String>>);

impl Bands {
    pub(super) fn of(spec: &Framework) -> Self {
        let ids = |bands: &[&Band]| bands.iter().map(|band| band.id.to_string()).collect();
        Self(spec.band_lists().iter().map(|list| ids(&list.bands)).collect())
    }

    /// Whether the bands of one column are followed by those of another: the better, then the worse.
    fn follow(&self, one: &str, other: &str) -> bool {
        let ends = [one.rsplit('+').next(), other.split('+').next()];
        let is_pair = |pair: &[String]| pair.iter().map(|band| Some(band.as_str())).eq(ends);
        self.0.iter().any(|list| list.windows(2).any(is_pair))
    }

    /// Returns how many of some columns are of the list that a column is of.
    fn beside(&self, column: &str, columns: &[&str]) -> usize {
        let is_of = |list: &Vec<String>, column: &str| column.split('+').any(|band| list.iter().any(|own| own == band));
        let list = self.0.iter().find(|list| is_of(list, column));
        list.map_or(0, |list| columns.iter().filter(|other| is_of(list, other)).count())
    }
}

/// Of each list so many columns stay apart: a single column of all bands would tell nothing.
const FEWEST_COLUMNS: usize = 2;

/// Returns the columns to be put together next, the better first: the rarest that is too rare, and the rarer of its neighbours. The best and
/// the worst together would tell nothing.
fn to_merge(rows: &[&mut GroupRow], hidden: &[bool], bands: &Bands, k: usize) -> Option<(usize, usize)> {
    let columns: Vec<&str> = rows.first()?.outcomes.iter().map(|outcome| outcome.band.as_str()).collect();
    let counts = counts(rows, hidden);
    let total = |column: usize| counts.iter().map(|row| row[column]).sum::<usize>();
    let follows = |one: usize, other: usize| bands.follow(columns[one], columns[other]);
    let stay = |column: &usize| bands.beside(columns[*column], &columns) > FEWEST_COLUMNS;
    let mut rare: Vec<usize> = (0..columns.len()).filter(|column| is_rare(*column, &counts, k)).filter(stay).collect();
    rare.sort_by_key(|column| total(*column));
    let beside = |rare: usize| (0..columns.len()).filter(move |other| follows(rare, *other) || follows(*other, rare));
    let pair = rare.into_iter().find_map(|rare| Some((rare, beside(rare).min_by_key(|other| total(*other))?)))?;
    Some(if follows(pair.0, pair.1) { pair } else { (pair.1, pair.0) })
}

/// Whether somebody has an outcome, and the smallest group, if it were like the whole network, would have it fewer than 2 k times: it may
/// well have it fewer than k times then.
fn is_rare(column: usize, counts: &Counts, k: usize) -> bool {
    let total: usize = counts.iter().map(|row| row[column]).sum();
    let sizes = || counts.iter().map(|row| row.iter().sum::<usize>());
    total > 0 && sizes().min().unwrap_or_default() * total < 2 * k * sizes().sum::<usize>()
}

/// Puts one outcome of a group into another.
fn merge(row: &mut GroupRow, keep: usize, lose: usize, limits: Disclosure) {
    let gone = row.outcomes[lose].clone();
    let into = &mut row.outcomes[keep];
    let n = into.count.counted() + gone.count.counted();
    into.band = format!("{}+{}", into.band, gone.band);
    let about = About::new(&into.count.id.framework, into.count.id.of.clone(), limits);
    into.count = about.facet(Facet::Outcome(into.band.clone())).counting(n).count(n);
    row.outcomes.remove(lose);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Returns all tables whose rows and columns come to so many.
    fn tables(rows: &[usize], columns: &[usize]) -> Vec<Counts> {
        let Some((row, rest)) = rows.split_first() else {
            return if columns.iter().all(|left| *left == 0) { vec![Counts::new()] } else { Vec::new() };
        };
        let with = |first: Vec<usize>| {
            let left: Vec<usize> = columns.iter().zip(&first).map(|(left, own)| left - own).collect();
            tables(rest, &left).into_iter().map(move |table| [vec![first.clone()], table].concat())
        };
        first_rows(*row, columns).into_iter().flat_map(with).collect()
    }

    /// Returns all rows of so many, none of them more than is left of its column.
    fn first_rows(row: usize, columns: &[usize]) -> Vec<Vec<usize>> {
        let Some((column, rest)) = columns.split_first() else {
            return if row == 0 { vec![Vec::new()] } else { Vec::new() };
        };
        let with = |own: usize| first_rows(row - own, rest).into_iter().map(move |others| [vec![own], others].concat());
        (0..=row.min(*column)).flat_map(with).collect()
    }

    /// Returns all numbers that a cell is in some tables.
    fn values<'a>(tables: impl Iterator<Item = &'a Counts>, row: usize, column: usize) -> BTreeSet<usize> {
        tables.map(|table| table[row][column]).collect()
    }

    #[test]
    fn whoever_knows_the_rule_leaves_k_numbers_for_each_count_that_is_not_told() {
        let (mut told, mut untold) = (0, 0);
        for (rows, columns, k) in [
            (&[8, 9][..], &[10, 7][..], 3),
            (&[8, 9], &[16, 1], 3),
            (&[8, 9], &[3, 14], 3),
            (&[12, 13], &[11, 14], 5),
            (&[12, 25], &[30, 7], 5),
            (&[20, 30], &[20, 30], 5),
            (&[20, 22, 24], &[30, 36], 5),
            (&[12, 13], &[5, 9, 11], 4),
            (&[6, 7, 8], &[9, 12], 3),
            (&[6, 7, 8], &[7, 2, 12], 2),
            (&[9, 9, 9], &[9, 9, 9], 3),
            (&[5, 14, 6], &[0, 20, 5], 3),
        ] {
            let all = tables(rows, columns);
            let (shown, hidden): (Vec<&Counts>, Vec<&Counts>) = all.iter().partition(|table| are_told(table, k));
            (told, untold) = (told + shown.len(), untold + hidden.len());
            assert!(shown.iter().all(|table| table.iter().flatten().all(|count| *count == 0 || *count >= k)));
            for (row, column) in (0..rows.len()).flat_map(|row| (0..columns.len()).map(move |column| (row, column))) {
                let known = values(all.iter(), row, column).len();
                let left = values(hidden.iter().copied(), row, column).len();
                assert!(left >= k.min(known), "{rows:?} {columns:?}, k {k}: {left} of {known} numbers");
            }
        }
        assert!(told > 100 && untold > 1000, "{told} tables are told, {untold} not");
    }

    #[test]
    fn outcomes_are_told_where_each_group_has_k_of_each() {
        for (counts, k, expected) in [
            (vec![vec![9, 5], vec![7, 6]], 5, true),
            (vec![vec![9, 4], vec![7, 6]], 5, false),
            (vec![vec![9, 0], vec![7, 0]], 5, true),
            (vec![vec![9, 0], vec![7, 6]], 5, false),
            (vec![vec![1, 0], vec![0, 1]], 1, true),
        ] {
            assert_eq!(are_told(&counts, k), expected, "{counts:?}");
        }
    }

    #[test]
    fn an_outcome_is_rare_where_the_smallest_group_would_have_few() {
        let counts = vec![vec![20, 10, 0], vec![40, 20, 0]];
        let rare = |k| (0..3).filter(|column| is_rare(*column, &counts, k)).collect::<Vec<_>>();
        assert_eq!((rare(5), rare(6), rare(11)), (vec![], vec![1], vec![0, 1]));
    }
}
