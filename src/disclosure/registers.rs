//! How much may be told of what the rows of a register come to, to somebody who knows this rule as well as we do.
//!
//! A rule that hides one number because of another tells of both. So whether the number of rows with a result is told follows from that
//! number alone: whatever is hidden can be as much as anything that is. And how many rows there are is told only where what is told
//! then leaves each hidden number as many values as it takes, whoever knows when it isn't: [`Extent`] says how much is told, and follows
//! from what would be told. That holds for all registers that there can be, and is held by trying all small ones.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::exact::Exact;
use crate::figure::{Disclosure, Figure, Figured, Share, nearest};
use crate::statistics::RegisterRow;

/// Shares of people are told to so many decimals.
const PLACES: u32 = 2;

/// A number of people as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum People {
    /// Nobody, which is no secret.
    Nobody,
    /// Too few to say how many.
    Few,
    /// So many to the nearest step.
    About(usize),
}

impl People {
    /// Returns how a number of people is told: where all numbers that are rounded alike are more than k.
    pub(super) fn of(people: usize, limits: Disclosure) -> Self {
        match (people, rounded(people, limits.rounding)) {
            (0, _) => Self::Nobody,
            (_, about) if about > rounded(limits.k, limits.rounding) => Self::About(about),
            _ => Self::Few,
        }
    }

    /// Returns what a number that is told so can be.
    fn can_be(self, limits: Disclosure) -> RangeInclusive<usize> {
        let about = match self {
            Self::Nobody => return 0..=0,
            Self::Few => 0,
            Self::About(people) => people,
        };
        let (low, high) = (about.saturating_sub(limits.rounding), about + limits.k + limits.rounding);
        let mut all = (low..=high).filter(|people| Self::of(*people, limits) == self);
        let first = all.next().unwrap_or(about);
        first..=all.next_back().unwrap_or(first)
    }
}

/// How much of a register is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// The results that aren't of few, and how many rows have one.
    All,
    /// The results that aren't of few.
    Results,
    /// Nothing.
    Nothing,
}

/// What would be told of the rows by result.
struct Told {
    few: usize,
    /// What the results that aren't of few come to, at least and at most.
    rest: RangeInclusive<usize>,
    limits: Disclosure,
}

impl Told {
    fn of(counts: &[usize], limits: Disclosure) -> Self {
        let told: Vec<People> = counts.iter().map(|count| People::of(*count, limits)).collect();
        let ranges = || told.iter().filter(|told| **told != People::Few).map(|told| told.can_be(limits));
        let rest = ranges().map(|range| *range.start()).sum()..=ranges().map(|range| *range.end()).sum();
        Self { few: told.iter().filter(|told| **told == People::Few).count(), rest, limits }
    }

    /// Returns how much of it is told, given how many rows have a result.
    fn extent(&self, settled: usize) -> Extent {
        let limits = self.limits;
        let is_told = |settled: People| settled != People::Few && self.few_of(settled).count() >= limits.k;
        if self.few == 0 || is_told(People::of(settled, limits)) {
            return Extent::All;
        }
        // Whoever isn't told how many there are knows that it can't be told.
        let most = self.rest.end() + self.few * People::Few.can_be(limits).end();
        let all: BTreeSet<People> =
            (self.rest.start() + self.few..=most).map(|rows| People::of(rows, limits)).collect();
        let untold = all.into_iter().filter(|settled| !is_told(*settled));
        let left: BTreeSet<usize> = untold.flat_map(|settled| self.few_of(settled)).collect();
        if left.len() >= limits.k { Extent::Results } else { Extent::Nothing }
    }

    /// Returns what each number of few rows can be, given how many rows have a result.
    fn few_of(&self, settled: People) -> RangeInclusive<usize> {
        let (few, settled) = (People::Few.can_be(self.limits), settled.can_be(self.limits));
        let others = self.few.saturating_sub(1);
        let least = settled.start().saturating_sub(self.rest.end() + others * few.end());
        let most = settled.end().saturating_sub(self.rest.start() + others * few.start());
        least.max(*few.start())..=most.min(*few.end())
    }
}

/// Hides the results of a register that are of few rows, and as much else of it as it takes, with all actions beside a hidden result:
/// they are wanting in rows with some results only. What is left is rounded.
pub(super) fn protect(register: &mut RegisterRow, limits: Disclosure) {
    register.are_people = true;
    let counts: Vec<usize> = register.results.iter().map(|row| row.share.count.counted()).collect();
    let settled = counts.iter().sum();
    let extent = Told::of(&counts, limits).extent(settled);
    for (row, count) in register.results.iter_mut().zip(&counts) {
        if extent == Extent::Nothing || People::of(*count, limits) == People::Few {
            row.share.hide_all();
        }
        result(&mut row.share, extent, limits.rounding);
    }
    if register.results.iter().any(|row| !row.share.count.is_shown()) {
        register.actions.hide_all();
    }
    register.actions.each_mut(&mut |figure| figure.round_people(limits.rounding));
    register.settled = if extent == Extent::All { rounded(settled, limits.rounding) } else { 0 };
}

/// Tells the rows with a result as they may be told: their share follows from the numbers as they are told, in whole per cent, and says
/// no more than these do.
fn result(share: &mut Share, extent: Extent, step: usize) {
    share.count.round_people(step);
    if extent != Extent::All {
        share.count.n = 0;
        [&mut share.share, &mut share.low, &mut share.high].into_iter().for_each(Figure::conceal);
    }
    for figure in [&mut share.share, &mut share.low, &mut share.high] {
        figure.round_contributors(step);
    }
    let of =
        share.count.value.and_then(Exact::from_float).and_then(|count| count.divided_by(&Exact::from(share.share.n)));
    share.share.retell(of.map(|of| of.rounded(PLACES).to_float()));
    for end in [&mut share.low, &mut share.high] {
        end.round(PLACES);
    }
}

/// Returns a number of people to the nearest multiple of a step.
pub(super) fn rounded(people: usize, step: usize) -> usize {
    let whole = nearest(&Exact::from(people), step).to_whole();
    whole.and_then(|whole| usize::try_from(whole).ok()).unwrap_or(people)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::figure::{About, FigureOf, Measure, Published};
    use crate::statistics::ResultRow;

    /// Returns a register with so many rows of each result, as statistics have it before anything is hidden.
    fn register(counts: &[usize]) -> RegisterRow {
        let settled = counts.iter().sum();
        let about = About::new("s", FigureOf::Measure("r".to_owned()), Disclosure::OPEN);
        let figure = |measure, value: f64| about.figure(measure, Ok(value), settled);
        let none = |measure| about.figure(measure, Err("of all there are"), settled);
        let whole = |count: usize| Exact::from(count).to_float();
        let share = |count: usize| match Exact::ratio(whole_number(count), whole_number(settled)) {
            Some(share) => figure(Measure::Share, share.to_float()),
            None => about.figure(Measure::Share, Err("nobody"), 0),
        };
        let result = |count: &usize| ResultRow {
            title: String::new(),
            share: Share {
                share: share(*count),
                count: figure(Measure::Count, whole(*count)),
                low: none(Measure::Low),
                high: none(Measure::High),
            },
        };
        RegisterRow {
            register: String::new(),
            title: String::new(),
            row_noun: String::new(),
            are_people: false,
            settled,
            returns: 9,
            results: counts.iter().map(result).collect(),
            actions: Vec::new(),
        }
    }

    fn whole_number(count: usize) -> i64 {
        i64::try_from(count).unwrap()
    }

    /// Returns all that is told of a register: the very figures, and how many rows have a result.
    fn told(counts: &[usize], limits: Disclosure) -> String {
        let mut register = register(counts);
        protect(&mut register, limits);
        let figures: Vec<Published> = register.figures().into_iter().map(Published::from).collect();
        format!("{} {figures:?}", register.settled)
    }

    /// Returns all registers of so many results with no more than so many rows of each.
    fn registers(results: usize, most: usize) -> Vec<Vec<usize>> {
        let further = |all: Vec<Vec<usize>>| -> Vec<Vec<usize>> {
            all.iter().flat_map(|one| (0..=most).map(move |count| [&one[..], &[count]].concat())).collect()
        };
        (0..results).fold(vec![Vec::new()], |all, _| further(all))
    }

    #[test]
    fn whoever_knows_the_rule_leaves_k_numbers_for_what_is_hidden_of_any_register() {
        let mut seen = BTreeSet::new();
        // The most rows of a result end a step, so that all that is told alike is among them.
        for (k, rounding, results, most) in [
            (5, 5, 1, 42),
            (5, 5, 2, 27),
            (5, 5, 3, 17),
            (5, 5, 4, 12),
            (5, 1, 2, 20),
            (5, 1, 3, 14),
            (5, 1, 4, 9),
            (2, 1, 4, 7),
            (3, 1, 3, 12),
            (3, 2, 3, 12),
            (4, 3, 3, 13),
            (5, 10, 2, 34),
            (5, 10, 3, 14),
            (10, 5, 2, 27),
        ] {
            let limits = Disclosure { k, rounding, ..Disclosure::default() };
            let mut alike: BTreeMap<String, Vec<Vec<usize>>> = BTreeMap::new();
            for counts in registers(results, most) {
                alike.entry(told(&counts, limits)).or_default().push(counts);
            }
            for (told, all) in alike {
                let extent = Told::of(&all[0], limits).extent(all[0].iter().sum());
                seen.insert(format!("{extent:?}"));
                for result in 0..results {
                    let values: BTreeSet<usize> = all.iter().map(|counts| counts[result]).collect();
                    let is_few = People::of(all[0][result], limits) == People::Few || extent == Extent::Nothing;
                    assert!(!is_few || values.len() >= k, "k {k}, step {rounding}: {values:?} in {told}");
                }
            }
        }
        assert_eq!(seen.len(), 3, "{seen:?}");
    }

    #[test]
    fn a_few_rows_beside_many_leave_these_told() {
        let limits = Disclosure::default();
        let shown = |counts: &[usize]| {
            let mut register = register(counts);
            protect(&mut register, limits);
            let told = register.results.iter().map(|row| row.share.count.value.map(|people| format!("{people}")));
            (register.settled, told.map(Option::unwrap_or_default).collect::<Vec<_>>())
        };
        for (counts, settled, expected) in [
            (&[623, 20, 0, 1][..], 645, ["625", "20", "0", ""]),
            (&[623, 0, 0, 2], 0, ["625", "0", "0", ""]),
            (&[40, 12, 9, 8], 70, ["40", "10", "10", "10"]),
            (&[0, 0, 0, 3], 0, ["0", "0", "0", ""]),
            (&[3, 4, 2, 4], 15, ["", "", "", ""]),
        ] {
            assert_eq!(shown(counts), (settled, expected.map(ToOwned::to_owned).to_vec()), "{counts:?}");
        }
    }
}
