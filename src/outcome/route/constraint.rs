//! A band's limit and gates, taken apart into sums that must become large enough.
//!
//! "Total at least 90 and A + B + E at least 20" is two sums. What each step of each item adds to them is measured by
//! scoring, not guessed from the text, so that weights, maximums and groups need no second telling. A condition with
//! "or" gives several ways.

use super::{Goal, Levels};
use crate::exact::Exact;
use crate::framework::expression::{Node, Operator, Quantity};
use crate::outcome::growth::{adds, is_fixed};
use crate::outcome::scope::Gaps;

/// The most ways that a condition is taken apart into.
const MOST_WAYS: usize = 16;

/// One way to reach a band: sums that must become large enough, in whole numbers of one unit a sum.
#[derive(Debug)]
pub(super) struct Way {
    /// What each sum still needs.
    pub(super) needs: Vec<i64>,
    /// For each item what its levels add to each sum, from the floor up: `gains[item][step][sum]`.
    pub(super) gains: Vec<Vec<Vec<i64>>>,
    /// Whether each is a sum by how it is written, so that nothing but the steps taken decides.
    pub(super) is_sum: bool,
}

/// A comparison: `left` less `right` must be at least nought, or more.
#[derive(Clone, Debug)]
struct Comparison {
    operator: Operator,
    left: Node,
    right: Node,
}

/// Returns the ways to reach a goal from a floor; `None` where a condition is no sum.
pub(super) fn ways(goal: &Goal<'_>, floor: &Levels, best: &Levels) -> Option<Vec<Way>> {
    let alternatives = alternatives(goal, &goal.condition, Sense::Holds, 0)?;
    Some(alternatives.into_iter().filter_map(|all| way(goal, all, floor, best)).collect())
}

/// Whether a condition is to hold or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    Holds,
    Fails,
}

impl Sense {
    /// Returns the contrary.
    fn turned(self) -> Self {
        match self {
            Self::Holds => Self::Fails,
            Self::Fails => Self::Holds,
        }
    }
}

/// Takes a condition apart into alternatives, each a list of comparisons of which all must hold.
fn alternatives(goal: &Goal<'_>, node: &Node, sense: Sense, depth: usize) -> Option<Vec<Vec<Comparison>>> {
    if depth > 32 {
        return None;
    }
    if let Some(truth) = settled(goal, node) {
        return Some(if truth == (sense == Sense::Holds) { vec![Vec::new()] } else { Vec::new() });
    }
    match node {
        Node::Constant(Quantity::Truth(truth)) => {
            Some(if *truth == (sense == Sense::Holds) { vec![Vec::new()] } else { Vec::new() })
        }
        Node::Not(of) => alternatives(goal, of, sense.turned(), depth + 1),
        Node::Name(name) => {
            let value = goal.subject.basis.framework.value(name)?;
            alternatives(goal, &value.value.node, sense, depth + 1)
        }
        Node::Binary(operator, left, right) => match (operator, sense) {
            (Operator::And, Sense::Holds) | (Operator::Or, Sense::Fails) => {
                let left = alternatives(goal, left, sense, depth + 1)?;
                each_with_each(&left, &alternatives(goal, right, sense, depth + 1)?)
            }
            (Operator::And, Sense::Fails) | (Operator::Or, Sense::Holds) => {
                let mut either = alternatives(goal, left, sense, depth + 1)?;
                either.extend(alternatives(goal, right, sense, depth + 1)?);
                (either.len() <= MOST_WAYS).then_some(either)
            }
            (operator, sense) => {
                let operator = in_sense(*operator, sense)?;
                Some(vec![vec![Comparison { operator, left: (**left).clone(), right: (**right).clone() }]])
            }
        },
        Node::Constant(_)
        | Node::Attribute(..)
        | Node::Call(..)
        | Node::Negative(_)
        | Node::Choose(..)
        | Node::Is(..)
        | Node::List(_) => None,
    }
}

/// Returns whether a condition holds that no answer changes; `None` where one may.
fn settled(goal: &Goal<'_>, node: &Node) -> Option<bool> {
    let scope = goal.subject.scope(goal.slots, Gaps::Open);
    if is_fixed(goal.subject, node) { node.evaluate(&scope).truth() } else { None }
}

/// Joins each alternative of one condition with each of another.
fn each_with_each(left: &[Vec<Comparison>], right: &[Vec<Comparison>]) -> Option<Vec<Vec<Comparison>>> {
    let joined = left.iter().flat_map(|one| right.iter().map(|other| [one.as_slice(), other].concat()));
    let joined: Vec<Vec<Comparison>> = joined.collect();
    (joined.len() <= MOST_WAYS).then_some(joined)
}

/// Returns a comparison, or its contrary; `None` for what compares no numbers.
fn in_sense(operator: Operator, sense: Sense) -> Option<Operator> {
    let contrary = match operator {
        Operator::Less => Operator::AtLeast,
        Operator::AtMost => Operator::More,
        Operator::More => Operator::AtMost,
        Operator::AtLeast => Operator::Less,
        Operator::Equal => return (sense == Sense::Holds).then_some(operator),
        Operator::Unequal => return (sense == Sense::Fails).then_some(Operator::Equal),
        Operator::Add
        | Operator::Subtract
        | Operator::Multiply
        | Operator::Divide
        | Operator::Join
        | Operator::In
        | Operator::And
        | Operator::Or => return None,
    };
    Some(if sense == Sense::Holds { operator } else { contrary })
}

impl Comparison {
    /// Returns by how much the comparison holds, below nought where it doesn't; `None` where that isn't known.
    fn slack(&self, goal: &Goal<'_>, levels: &Levels) -> Option<Exact> {
        let slots = goal.ladder.slots(goal.slots, levels);
        let scope = goal.subject.scope(&slots, Gaps::Open);
        let (left, right) = (self.left.evaluate(&scope), self.right.evaluate(&scope));
        let difference = left.number()? - right.number()?;
        match self.operator {
            Operator::AtLeast | Operator::More => Some(difference),
            Operator::AtMost | Operator::Less => Some(-difference),
            Operator::Equal => Some(-difference.abs()),
            Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Join
            | Operator::Unequal
            | Operator::In
            | Operator::And
            | Operator::Or => None,
        }
    }

    /// Whether nought is enough.
    fn is_strict(&self) -> bool {
        matches!(self.operator, Operator::Less | Operator::More)
    }

    /// Whether a slack is enough.
    fn is_met(&self, slack: &Exact) -> bool {
        if self.is_strict() { *slack > Exact::zero() } else { !slack.is_negative() }
    }
}

/// Measures one way: what its sums need and what each step adds; `None` where one of them is no sum.
fn way(goal: &Goal<'_>, comparisons: Vec<Comparison>, floor: &Levels, best: &Levels) -> Option<Way> {
    let mut way = Way {
        needs: Vec::new(),
        gains: best.iter().zip(floor).map(|(best, floor)| vec![Vec::new(); best - floor]).collect(),
        is_sum: true,
    };
    for comparison in comparisons {
        let slack = comparison.slack(goal, floor)?;
        if !comparison.is_met(&slack) {
            let gains = gains(goal, &comparison, &slack, floor, best)?;
            add(&mut way, &comparison, &slack, &gains)?;
            way.is_sum &= [&comparison.left, &comparison.right].into_iter().all(|side| adds(goal.subject, side));
        }
    }
    Some(way)
}

/// Returns what each item's levels add to one sum; `None` where the additions don't make the whole.
fn gains(
    goal: &Goal<'_>,
    comparison: &Comparison,
    slack: &Exact,
    floor: &Levels,
    best: &Levels,
) -> Option<Vec<Vec<Exact>>> {
    let mut gains: Vec<Vec<Exact>> = vec![Vec::new(); floor.len()];
    for alike in goal.ladder.classes() {
        let first = *alike.first()?;
        let mut levels = floor.clone();
        let mut steps = Vec::new();
        for level in floor[first] + 1..=best[first] {
            levels[first] = level;
            steps.push(&comparison.slack(goal, &levels)? - slack);
        }
        for item in alike {
            gains[*item].clone_from(&steps);
        }
    }
    let all: Exact = gains.iter().filter_map(|steps| steps.last()).sum();
    (comparison.slack(goal, best)? == slack + &all).then_some(gains)
}

/// Adds one sum to a way, in whole numbers of the largest unit that divides all of them.
fn add(way: &mut Way, comparison: &Comparison, slack: &Exact, gains: &[Vec<Exact>]) -> Option<()> {
    let all = gains.iter().flatten().chain([slack]);
    let unit = all.fold(Exact::one(), |unit, value| &unit * &(value * &unit).denominator());
    let whole = |value: &Exact| (value * &unit).to_whole();
    let least = i64::from(comparison.is_strict());
    way.needs.push(least.checked_sub(whole(slack)?)?);
    for (steps, gains) in way.gains.iter_mut().zip(gains) {
        for (step, gain) in steps.iter_mut().zip(gains) {
            step.push(whole(gain)?);
        }
    }
    Some(())
}
