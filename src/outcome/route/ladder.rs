//! The steps up that each item has, and which items are alike.

use std::collections::BTreeMap;

use super::Levels;
use crate::exact::Exact;
use crate::framework::Framework;
use crate::framework::expression::{Expression, Mention, Quantity, is_built_in};
use crate::outcome::basis::Basis;
use crate::outcome::item::{Choice, Slot};

/// The steps up of all items.
pub(super) struct Ladder<'a> {
    /// The better answers of each item, from the nearest.
    rungs: Vec<Vec<&'a Choice>>,
    /// The numbers of the items that no condition can tell apart, class by class.
    classes: Vec<Vec<usize>>,
}

impl<'a> Ladder<'a> {
    /// Finds the steps from what is answered.
    pub(super) fn new(basis: &'a Basis<'a>, slots: &[Slot<'_>]) -> Self {
        let rungs: Vec<Vec<&Choice>> = basis
            .items
            .iter()
            .zip(slots)
            .map(|(item, slot)| match slot.points() {
                Some(points) => item.choices.iter().filter(|choice| item.is_better(&choice.points, points)).collect(),
                None => Vec::new(),
            })
            .collect();
        let classes = classes(basis, slots, &rungs);
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
type Likeness<'a> = (Vec<&'a str>, &'a str, Option<Choice>, Vec<Choice>, Exact);

/// Sorts items into classes that no condition can tell apart.
fn classes(basis: &Basis<'_>, slots: &[Slot<'_>], rungs: &[Vec<&Choice>]) -> Vec<Vec<usize>> {
    let named = named_apart(basis.framework);
    let mut classes: BTreeMap<Likeness<'_>, Vec<usize>> = BTreeMap::new();
    for (number, item) in basis.items.iter().enumerate() {
        let apart = named.as_ref().is_none_or(|named| named.iter().any(|name| name == item.id));
        let now = match slots.get(number) {
            Some(Slot::Counts(choice)) => Some((*choice).clone()),
            Some(Slot::Dropped(_) | Slot::Missing) | None => None,
        };
        let above = rungs.get(number).map_or(&[][..], Vec::as_slice).iter().map(|choice| (*choice).clone()).collect();
        let groups = basis.groups_of(number).into_iter().collect();
        let likeness = (groups, if apart { item.id } else { "" }, now, above, item.maximum.clone());
        classes.entry(likeness).or_default().push(number);
    }
    classes.into_values().collect()
}

/// Returns the texts by which conditions name single items; `None` where one works a name out, so that all are apart.
fn named_apart(framework: &Framework) -> Option<Vec<String>> {
    let spec = &framework.outcome;
    let gates = spec.gates.iter().map(|gate| &gate.holds);
    let values = framework.values.iter().map(|value| &value.value);
    let expressions = gates.chain(values).chain([&spec.total]);
    let firsts = expressions.flat_map(Expression::names).filter_map(|mention| match mention {
        Mention::Call(function, arguments) if !is_built_in(&function) => arguments.into_iter().next(),
        Mention::Call(..) | Mention::Name(_) | Mention::Attribute(..) => None,
    });
    let firsts: Option<Vec<Quantity>> = firsts.collect();
    Some(firsts?.iter().filter_map(Quantity::text).map(str::to_owned).collect())
}
