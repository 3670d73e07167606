//! The fewest steps that make several sums large enough.
//!
//! Item after item, from the form's last to its first, and for each number of steps, those choices are kept that no other
//! choice of as many steps beats in every sum and in the number of items changed. What a sum has beyond its need doesn't count. The
//! number of steps that is looked at is doubled until a choice suffices.

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

/// Returns the levels of the cheapest choice; `None` where none suffices.
pub(super) fn fewest(way: &Way, floor: &Levels) -> Option<Levels> {
    let all: usize = way.gains.iter().map(Vec::len).sum();
    let mut most = 8.min(all);
    loop {
        if let Some(levels) = within(way, floor, most) {
            return Some(levels);
        }
        if most == all {
            return None;
        }
        most = (most * 2).min(all);
    }
}

/// Returns the levels of the cheapest choice of at most so many steps.
fn within(way: &Way, floor: &Levels, most: usize) -> Option<Levels> {
    let nothing = Choice { gains: vec![0; way.needs.len()], touched: 0, last: None };
    let mut table: Vec<Vec<Choice>> = vec![Vec::new(); most + 1];
    table[0].push(nothing);
    let mut changes: Vec<Change> = Vec::new();
    for item in (0..way.gains.len()).rev() {
        let useful = way.gains[item].iter().flatten().any(|gain| *gain > 0);
        for steps in (1..=most).rev().filter(|_| useful) {
            for taken in 1..=way.gains[item].len().min(steps) {
                extend(way, floor, &mut table, &mut changes, [item, taken, steps]);
            }
        }
    }
    let suffices = |choice: &&Choice| choice.gains == way.needs;
    let cheapest = |choices: &Vec<Choice>| choices.iter().filter(suffices).min_by_key(|choice| choice.touched).cloned();
    let found = table.iter().find_map(cheapest)?;
    Some(levels(&changes, floor, found.last))
}

/// Adds the choices of `steps` steps of which `taken` are the item's.
fn extend(
    way: &Way,
    floor: &Levels,
    table: &mut [Vec<Choice>],
    changes: &mut Vec<Change>,
    [item, taken, steps]: [usize; 3],
) {
    let before = table[steps - taken].clone();
    for choice in before {
        let added = choice.gains.iter().zip(&way.gains[item][taken - 1]).zip(&way.needs);
        let gains = added.map(|((gain, more), need)| gain.saturating_add(*more).min(*need)).collect();
        let touched = choice.touched + usize::from(floor[item] == 0);
        let extended = Choice { gains, touched, last: Some(changes.len()) };
        if keep(&mut table[steps], extended) {
            changes.push(Change { item, steps: taken, before: choice.last });
        }
    }
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
