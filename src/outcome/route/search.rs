//! The fewest steps that make several sums large enough.
//!
//! Numbers of steps are tried one after another, from the least that could suffice. For each, item after item from the form's last to
//! its first, those choices are kept that no other choice of as many steps beats in every sum and in the number of items
//! changed, and that the items still to come could complete ([`Reach`]). What a sum has beyond its need doesn't count.

use super::Levels;
use super::constraint::Way;

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

/// A change, and the one before it.
#[derive(Clone, Copy, Debug)]
struct Change {
    item: usize,
    steps: usize,
    before: Option<usize>,
}

/// The most that the first items can add to each sum with a number of steps: `reach[items][steps][sum]`.
struct Reach(Vec<Vec<Vec<i64>>>);

/// Returns the levels of the cheapest choice; `None` where none suffices.
pub(super) fn fewest(way: &Way, floor: &Levels) -> Option<Levels> {
    let all: usize = (0..way.gains.len()).filter(|item| is_useful(way, *item)).map(|item| way.gains[item].len()).sum();
    let reach = Reach::new(way, all);
    let nothing = Choice { gains: vec![0; way.needs.len()], touched: 0, last: None };
    let suffices = |steps: &usize| reach.completes(way, &nothing, way.gains.len(), *steps);
    (0..=all).filter(suffices).find_map(|steps| exactly(way, floor, &reach, steps))
}

/// Whether any step of an item adds to a sum.
fn is_useful(way: &Way, item: usize) -> bool {
    way.gains[item].iter().flatten().any(|gain| *gain > 0)
}

impl Reach {
    /// Works out what can be reached, each sum by itself.
    fn new(way: &Way, all: usize) -> Self {
        let mut reach = vec![vec![vec![0_i64; way.needs.len()]; all + 1]];
        for (item, gains) in way.gains.iter().enumerate() {
            let mut next = reach[item].clone();
            for (steps, next) in next.iter_mut().enumerate().filter(|_| is_useful(way, item)) {
                for (taken, gains) in (1..=steps).zip(gains) {
                    let before = &reach[item][steps - taken];
                    for (sum, most) in next.iter_mut().enumerate() {
                        *most = (*most).max(before[sum].saturating_add(gains[sum]));
                    }
                }
            }
            reach.push(next);
        }
        Self(reach)
    }

    /// Whether the first items could complete a choice with so many more steps.
    fn completes(&self, way: &Way, choice: &Choice, items: usize, steps: usize) -> bool {
        let sums = choice.gains.iter().zip(&self.0[items][steps]).zip(&way.needs);
        sums.into_iter().all(|((gain, more), need)| gain.saturating_add(*more) >= *need)
    }
}

/// Returns the levels of the cheapest choice of exactly so many steps.
fn exactly(way: &Way, floor: &Levels, reach: &Reach, steps: usize) -> Option<Levels> {
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
                    let completes = reach.completes(way, &choice, item, steps - so_far);
                    if completes && keep(&mut table[so_far], choice) {
                        changes.push(Change { item, steps: taken, before });
                    }
                }
            }
        }
        for (so_far, choices) in table.iter_mut().enumerate() {
            choices.retain(|choice| reach.completes(way, choice, item, steps - so_far));
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
fn keep(choices: &mut Vec<Choice>, choice: Choice) -> bool {
    let beats = |one: &Choice, other: &Choice| {
        one.touched <= other.touched && one.gains.iter().zip(&other.gains).all(|(one, other)| one >= other)
    };
    let equals = |one: &Choice| one.touched == choice.touched && one.gains == choice.gains;
    if choices.iter().any(|one| beats(one, &choice) && !equals(one)) {
        return false;
    }
    choices.retain(|one| !beats(&choice, one));
    if choices.len() >= KEPT {
        return false;
    }
    choices.push(choice);
    true
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
