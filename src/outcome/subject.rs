//! What is awarded something: the whole return, by the limits and gates of its outcome.

use super::basis::Basis;
use super::item::Slot;
use super::scope::{CompletionScope, Gaps};
use crate::framework::OutcomeSpec;
use crate::framework::expression::Expression;

/// What an award is about, and by which limits and gates it is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) basis: &'a Basis<'a>,
    /// The total, the bands and the gates.
    pub(super) spec: &'a OutcomeSpec,
}

impl<'a> Subject<'a> {
    /// Returns the whole return.
    pub(super) fn whole(basis: &'a Basis<'a>) -> Self {
        Self { basis, spec: &basis.framework.outcome }
    }

    /// Returns all that the award may be worked out from.
    pub(super) fn expressions(self) -> impl Iterator<Item = &'a Expression> {
        let values = self.basis.framework.values.iter().map(|value| &value.value);
        let gates = self.spec.gates.iter().map(|gate| &gate.holds);
        std::iter::once(&self.spec.total).chain(values).chain(gates)
    }

    /// Returns what its expressions see of one way of completing the return.
    pub(super) fn scope(self, slots: &'a [Slot<'a>], gaps: Gaps) -> CompletionScope<'a> {
        CompletionScope::new(self, slots, gaps)
    }
}
