//! What one way of completing a return comes to, or several that are held together.

use super::Bounds;
use super::band::{Assume, Decision, decide};
use super::gate::{Holding, holding};
use super::item::Slot;
use super::scope::{CompletionScope, Gaps};
use super::subject::Subject;
use crate::exact::Exact;
use crate::framework::{GateId, OutcomeSpec};

/// What one completion gives.
#[derive(Clone, Debug)]
pub(super) struct Completed {
    /// Between which ends the total lies, which are one where it is settled; `None` where even a complete return has none.
    pub(super) total: Option<Bounds<Exact>>,
    /// The gates.
    pub(super) gates: Holding,
    /// Whether it is a part of which nothing applies, and which comes to nothing.
    pub(super) is_dropped: bool,
}

/// Works one completion out.
pub(super) fn completed(subject: Subject<'_>, slots: &[Slot<'_>]) -> Completed {
    if subject.is_dropped(slots) {
        return Completed { total: None, gates: Holding::new(), is_dropped: true };
    }
    over(&subject.scope(slots, Gaps::Open))
}

/// Works out what a scope gives.
pub(super) fn over(scope: &CompletionScope<'_>) -> Completed {
    Completed { total: scope.total_bounds(), gates: holding(scope), is_dropped: false }
}

/// Returns the band of one completion.
pub(super) fn awarded(spec: &OutcomeSpec, completed: &Completed, assume: Assume) -> Decision {
    if completed.is_dropped {
        return Decision::Undefined;
    }
    let holds = |gate: &GateId| completed.gates.get(gate).copied().flatten();
    decide(spec, completed.total.as_ref(), holds, assume)
}
