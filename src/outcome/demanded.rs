//! Criteria of which a condition of an outcome demands the best: with all else at its best and one of them below, it doesn't hold.
//!
//! That is tried with a return that says nothing but its answers, not read from how conditions are written.

use std::collections::BTreeSet;

use super::basis::Basis;
use super::gate::{Holding, holding};
use super::item::Slot;
use super::register::Registers;
use super::scope::Gaps;
use super::subject::Subject;
use crate::framework::Framework;
use crate::returns::Return;

/// Returns the criteria and measures whose best answer a condition of an outcome demands, by the answers of the first rater.
pub fn demanded(framework: &Framework) -> BTreeSet<String> {
    let Some(rater) = framework.raters.first().filter(|_| !framework.outcome.gates.is_empty()) else {
        return BTreeSet::new();
    };
    let sent = Return::empty(rater.id.clone());
    let basis = Basis::prepare(framework, &sent, &rater.id, Registers::score(framework, &sent, None));
    let subject = Subject::whole(&basis);
    let best = holding_with(subject, None);
    let below = |at: &usize| is_demanded(&best, &holding_with(subject, Some(*at)));
    (0..basis.items.len()).filter(below).map(|at| basis.items[at].id.to_owned()).collect()
}

/// Whether a condition that holds with all at its best doesn't with one just below.
fn is_demanded(best: &Holding, less: &Holding) -> bool {
    best.iter().any(|(gate, holds)| *holds == Some(true) && less.get(gate).copied().flatten() == Some(false))
}

/// Returns which conditions hold with the best answers, of one the next worse.
fn holding_with(subject: Subject<'_>, worse: Option<usize>) -> Holding {
    holding(&subject.scope(&slots(subject, worse), Gaps::Open))
}

/// Returns the best answers, of one the next worse.
fn slots(subject: Subject<'_>, worse: Option<usize>) -> Vec<Slot<'_>> {
    let items = subject.basis.items.iter().enumerate();
    let choice = |(at, item): (usize, &'_ super::item::Item<'_>)| {
        item.choices.len().checked_sub(1 + usize::from(worse == Some(at)))
    };
    let slot =
        |(at, item)| choice((at, item)).and_then(|choice| item.choices.get(choice)).map_or(Slot::Missing, Slot::Counts);
    items.map(slot).collect()
}
