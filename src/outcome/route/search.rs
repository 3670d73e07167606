//! The fewest steps that make several sums large enough.
//!
//! Numbers of steps are tried one after another, from the least that could suffice. For each, item after item from the
//! form's last to its first, those choices are kept that no other choice of as many steps beats in every sum and in the
//! number of items changed, and that the items still to come could complete ([`Reach`]). What a sum has beyond its need
//! doesn't count.

use super::constraint::Way;
use super::{Found, Levels};

/// The most choices that are kept for one number of steps.
const KEPT: usize = 256;

/// A choice of steps.
#[derive(Clone, Debug)]
struct Choice {
    /// What it adds to each sum, up to its need.
    gains: Vec<i64>,
    /// How many items it changes that are unchanged at the floor.
    touched: usize,
    /// The number of the change made last; `None` where there is none.
    last: Option<usize>,
}

/// What became of a choice.
enum Kept {
    Taken,
    /// Another is as good in all.
    Beaten,
    /// There are too many to keep it.
    Full,
}

/// A change, and the one before it.
#[derive(Clone, Copy, Debug)]
struct Change {
    item: usize,
    steps: usize,
    before: Option<usize>,
}

/// The most that the first items can add to each sum, each by itself, with a number of steps.
struct Reach {
    /// The most steps that were looked at.
    steps: usize,
    /// The number of sums.
    sums: usize,
    /// Sum by sum, step by step, item by item.
    most: Vec<i64>,
}

/// Returns the levels of the cheapest choice; `None` where none suffices.
pub(super) fn fewest(way: &Way, floor: &Levels) -> Option<Found> {
    let useful = (0..way.gains.len()).filter(|item| is_useful(way, *item));
    let all: usize = useful.map(|item| way.gains[item].len()).sum();
    let nothing = vec![0; way.needs.len()];
    let (mut from, mut to, mut is_fewest) = (0, all.min(16), true);
    loop {
        let reach = Reach::new(way, to);
        let suffices = |steps: &usize| reach.completes(way, &nothing, way.gains.len(), *steps);
        let found = (from..=to).filter(suffices).find_map(|steps| exactly(way, floor, &reach, (steps, &mut is_fewest)));
        if let Some(levels) = found {
            return Some(Found { levels, is_fewest });
        }
        if to == all {
            return None;
        }
        (from, to) = (to + 1, all.min(to * 2));
    }
}

/// Whether any step of an item adds to a sum.
fn is_useful(way: &Way, item: usize) -> bool {
    way.gains[item].iter().flatten().any(|gain| *gain > 0)
}

impl Reach {
    /// Works out what can be reached with up to so many steps.
    fn new(way: &Way, steps: usize) -> Self {
        let sums = way.needs.len();
        let mut reach = Self { steps, sums, most: vec![0; (way.gains.len() + 1) * (steps + 1) * sums] };
        for (item, gains) in way.gains.iter().enumerate() {
            let useful = is_useful(way, item);
            for so_far in 0..=steps {
                for sum in 0..sums {
                    let with = |(taken, gains): (usize, &Vec<i64>)| {
                        reach.at(item, so_far - taken, sum).saturating_add(gains[sum])
                    };
                    let without = reach.at(item, so_far, sum);
                    let best = (1..=so_far).zip(gains).filter(|_| useful).map(with).fold(without, i64::max);
                    let index = reach.index(item + 1, so_far, sum);
                    reach.most[index] = best;
                }
            }
        }
        reach
    }

    /// Returns the place of what the first items can add to a sum with a number of steps.
    fn index(&self, items: usize, steps: usize, sum: usize) -> usize {
        (items * (self.steps + 1) + steps) * self.sums + sum
    }

    /// Returns what the first items can add to a sum with a number of steps.
    fn at(&self, items: usize, steps: usize, sum: usize) -> i64 {
        self.most[self.index(items, steps, sum)]
    }

    /// Whether the first items could complete sums with so many more steps.
    fn completes(&self, way: &Way, gains: &[i64], items: usize, steps: usize) -> bool {
        let sums = gains.iter().zip(&way.needs).enumerate();
        sums.into_iter().all(|(sum, (gain, need))| gain.saturating_add(self.at(items, steps, sum)) >= *need)
    }
}

/// Returns the levels of the cheapest choice of exactly so many steps, and notes where choices were many and some were left out.
fn exactly(way: &Way, floor: &Levels, reach: &Reach, (steps, all_kept): (usize, &mut bool)) -> Option<Levels> {
    let nothing = Choice { gains: vec![0; way.needs.len()], touched: 0, last: None };
    let mut table: Vec<Vec<Choice>> = vec![Vec::new(); steps + 1];
    table[0].push(nothing);
    let mut changes: Vec<Change> = Vec::new();
    for item in (0..way.gains.len()).rev().filter(|item| is_useful(way, *item)) {
        for so_far in (0..=steps).rev() {
            for taken in 1..=way.gains[item].len().min(so_far) {
                for choice in extended(way, floor, &table[so_far - taken], item, taken) {
                    let before = choice.last;
                    let choice = Choice { last: Some(changes.len()), ..choice };
                    if !reach.completes(way, &choice.gains, item, steps - so_far) {
                        continue;
                    }
                    match keep(&mut table[so_far], choice) {
                        Kept::Taken => changes.push(Change { item, steps: taken, before }),
                        Kept::Beaten => {}
                        Kept::Full => *all_kept = false,
                    }
                }
            }
        }
        for (so_far, choices) in table.iter_mut().enumerate() {
            choices.retain(|choice| reach.completes(way, &choice.gains, item, steps - so_far));
        }
    }
    let best = table[steps].iter().filter(|choice| choice.gains == way.needs).min_by_key(|choice| choice.touched)?;
    Some(levels(&changes, floor, best.last))
}

/// Extends choices by steps of an item; `last` is still the change before.
fn extended(way: &Way, floor: &Levels, choices: &[Choice], item: usize, taken: usize) -> Vec<Choice> {
    let extend = |choice: &Choice| {
        let added = choice.gains.iter().zip(&way.gains[item][taken - 1]).zip(&way.needs);
        let gains = added.map(|((gain, more), need)| gain.saturating_add(*more).min(*need)).collect();
        Choice { gains, touched: choice.touched + usize::from(floor[item] == 0), last: choice.last }
    };
    choices.iter().map(extend).collect()
}

/// Keeps a choice unless another beats it; one that is as good takes the other's place, as it changes an earlier item.
fn keep(choices: &mut Vec<Choice>, choice: Choice) -> Kept {
    let beats = |one: &Choice, other: &Choice| {
        one.touched <= other.touched && one.gains.iter().zip(&other.gains).all(|(one, other)| one >= other)
    };
    let equals = |one: &Choice| one.touched == choice.touched && one.gains == choice.gains;
    if choices.iter().any(|one| beats(one, &choice) && !equals(one)) {
        return Kept::Beaten;
    }
    choices.retain(|one| !beats(&choice, one));
    if choices.len() >= KEPT {
        return Kept::Full;
    }
    choices.push(choice);
    Kept::Taken
}

/// Follows the changes of a choice back.
fn levels(changes: &[Change], floor: &Levels, mut last: Option<usize>) -> Levels {
    let mut levels = floor.clone();
    while let Some(change) = last.and_then(|last| changes.get(last)) {
        levels[change.item] = floor[change.item] + change.steps;
        last = change.before;
    }
    levels
}
