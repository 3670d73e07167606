//! What is awarded something: the whole return, or a part of it that has a grade of its own.

use std::collections::BTreeSet;

use super::basis::Basis;
use super::item::Slot;
use super::reach;
use super::scope::{CompletionScope, Gaps};
use crate::framework::expression::Expression;
use crate::framework::{Graded, OutcomeSpec};

/// What an award is about, and by which limits and gates it is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) basis: &'a Basis<'a>,
    /// The total, the bands and the gates.
    pub(super) spec: &'a OutcomeSpec,
    /// The name of the part that `section` is; `None` where this is the whole return.
    pub(super) part: Option<&'a str>,
}

impl<'a> Subject<'a> {
    /// Returns the whole return.
    pub(super) fn whole(basis: &'a Basis<'a>) -> Self {
        Self { basis, spec: &basis.framework.outcome, part: None }
    }

    /// Returns a part that has a grade.
    pub(super) fn part(basis: &'a Basis<'a>, graded: &'a Graded) -> Self {
        Self { basis, spec: &graded.spec, part: Some(&graded.id) }
    }

    /// Returns a named value, as what a whole return comes to; `spec` has it for its total.
    pub(super) fn value(basis: &'a Basis<'a>, spec: &'a OutcomeSpec) -> Self {
        Self { basis, spec, part: Some("") }
    }

    /// Whether nothing of it applies in one way of completing the return, so that it has no grade; a whole return may come to something by
    /// its cover and its registers still.
    pub(super) fn is_dropped(self, slots: &[Slot<'_>]) -> bool {
        let group = self.basis.group(self.part.unwrap_or("all")).unwrap_or_default();
        let are_dropped = !group.is_empty() && group.iter().all(|item| slots.get(*item).is_some_and(Slot::is_dropped));
        are_dropped && (self.part.is_some() || reach::is_of_items(self))
    }

    /// Returns what decides the award: the total and the gates.
    pub(super) fn deciding(self) -> impl Iterator<Item = &'a Expression> {
        let gates = self.spec.gates.iter().map(|gate| &gate.holds);
        std::iter::once(&self.spec.total).chain(gates)
    }

    /// Returns all that the award may be worked out from.
    pub(super) fn expressions(self) -> impl Iterator<Item = &'a Expression> {
        let framework = self.basis.framework;
        let values = framework.values.iter().map(|value| &value.value);
        let of_grade = |graded: &'a Graded| {
            std::iter::once(&graded.spec.total).chain(graded.spec.gates.iter().map(|gate| &gate.holds))
        };
        let grades = framework.grades.iter().flat_map(|grade| &grade.over).flat_map(of_grade);
        self.deciding().chain(values).chain(grades)
    }

    /// Returns the items without an answer that the award rests on.
    pub(super) fn missing(self, slots: &[Slot<'_>]) -> BTreeSet<usize> {
        let missing = || slots.iter().enumerate().filter(|(_, slot)| slot.is_missing()).map(|(item, _)| item);
        if missing().next().is_none() {
            return BTreeSet::new();
        }
        let reached = reach::items(self);
        missing().filter(|item| reached.contains(item)).collect()
    }

    /// Returns what its expressions see of one way of completing the return.
    pub(super) fn scope(self, slots: &'a [Slot<'a>], gaps: Gaps) -> CompletionScope<'a> {
        CompletionScope::new(self, slots, gaps)
    }
}
