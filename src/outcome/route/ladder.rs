//! The steps up that each item has, and which items are alike.

use std::collections::BTreeMap;

use super::Levels;
use crate::exact::Exact;
use crate::framework::expression::{Expression, Mention, Quantity, is_built_in};
use crate::outcome::item::{Choice, Points, Slot};
use crate::outcome::subject::Subject;

/// The steps up of all items.
pub(super) struct Ladder<'a> {
    /// The better answers of each item, from the nearest.
    rungs: Vec<Vec<&'a Choice>>,
    /// The numbers of the items that no condition can tell apart, class by class.
    classes: Vec<Vec<usize>>,
}

impl<'a> Ladder<'a> {
    /// Finds the steps from what is answered.
    pub(super) fn new(subject: Subject<'a>, slots: &[Slot<'_>]) -> Self {
        let rungs: Vec<Vec<&Choice>> = subject
            .basis
            .items
            .iter()
            .zip(slots)
            .map(|(item, slot)| match slot.points() {
                Some(points) => item.choices.iter().filter(|choice| item.is_better(&choice.points, points)).collect(),
                None => Vec::new(),
            })
            .collect();
        let classes = classes(subject, slots, &rungs);
        Self { rungs, classes }
    }

    /// Returns the levels with every item at its best.
    pub(super) fn top(&self) -> Levels {
        self.rungs.iter().map(Vec::len).collect()
    }

    /// Returns the items that no condition can tell apart, class by class.
    pub(super) fn classes(&self) -> &[Vec<usize>] {
        &self.classes
    }

    /// Returns the completion in which each item is at a level.
    pub(super) fn slots<'s>(&self, slots: &[Slot<'s>], levels: &Levels) -> Vec<Slot<'s>>
    where
        'a: 's,
    {
        let slot = |(item, slot): (usize, &Slot<'s>)| {
            let rung = levels[item].checked_sub(1).and_then(|level| self.rungs[item].get(level));
            rung.map_or(*slot, |choice| Slot::Counts(choice))
        };
        slots.iter().enumerate().map(slot).collect()
    }
}

/// What makes items alike.
type Likeness<'a> = (&'a [&'a str], &'a str, Option<&'a Choice>, &'a [&'a Choice], &'a Points, Exact);

/// Sorts items into classes that no condition can tell apart.
fn classes(subject: Subject<'_>, slots: &[Slot<'_>], rungs: &[Vec<&Choice>]) -> Vec<Vec<usize>> {
    let named = named_apart(subject);
    let memberships = subject.basis.memberships();
    let mut classes: BTreeMap<Likeness<'_>, Vec<usize>> = BTreeMap::new();
    for (number, (item, groups)) in subject.basis.items.iter().zip(&memberships).enumerate() {
        let apart = named.as_ref().is_none_or(|named| named.iter().any(|name| name == item.id));
        let now = match slots.get(number) {
            Some(Slot::Counts(choice)) => Some(*choice),
            Some(Slot::Dropped(_) | Slot::Missing) | None => None,
        };
        let above = rungs.get(number).map_or(&[][..], Vec::as_slice);
        let weight = subject.basis.item_weights.weigh(number, &Exact::one());
        let likeness = (groups.as_slice(), if apart { item.id } else { "" }, now, above, &item.maximum, weight);
        classes.entry(likeness).or_default().push(number);
    }
    classes.into_values().collect()
}

/// Returns the texts by which conditions name single items; `None` where one works a name out, so that all are apart.
fn named_apart(subject: Subject<'_>) -> Option<Vec<String>> {
    let firsts = subject.expressions().flat_map(Expression::names).filter_map(|mention| match mention {
        Mention::Call(function, arguments) if !is_built_in(&function) => arguments.into_iter().next(),
        Mention::Call(..) | Mention::Name(_) | Mention::Attribute(..) => None,
    });
    let firsts: Option<Vec<Quantity>> = firsts.collect();
    Some(firsts?.iter().filter_map(Quantity::text).map(str::to_owned).collect())
}
