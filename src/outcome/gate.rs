//! The conditions that withhold a band: which hold, which are still open, and why.

use std::collections::BTreeMap;

use super::scope::CompletionScope;
use super::{GateState, wanting};
use crate::framework::expression::Quantity;
use crate::framework::message::render;
use crate::framework::{Gate, GateId, OutcomeSpec};

/// Which gates hold in one completion; `None` is not known.
pub(super) type Holding = BTreeMap<GateId, Option<bool>>;

/// Works all gates out over one completion.
pub(super) fn holding(scope: &CompletionScope<'_>) -> Holding {
    let gates = scope.subject.spec.gates.iter();
    gates.map(|gate| (gate.id.clone(), holds(gate, scope))).collect()
}

/// Says whether a gate holds; one is passed over that can't be worked out since nothing applies of what it asks about.
fn holds(gate: &Gate, scope: &CompletionScope<'_>) -> Option<bool> {
    let value = gate.holds.evaluate(scope);
    let is_passed_over = || value == Quantity::Unknown && wanting::rests_on_dropped(&gate.holds, scope);
    value.truth().or_else(|| is_passed_over().then_some(true))
}

/// Tells the state of each gate from what it is in all the completions looked at; `given` is what was answered, `ends`
/// is that with ends in the place of what is missing.
pub(super) fn states(
    spec: &OutcomeSpec,
    completions: &[Holding],
    given: &CompletionScope<'_>,
    ends: &CompletionScope<'_>,
) -> Vec<GateState> {
    let state = |gate: &Gate| {
        let holds = settled(completions, &gate.id);
        let why = match holds {
            Some(true) => String::new(),
            Some(false) => why(gate, ends),
            None => wanting::why(&gate.holds, given),
        };
        GateState { id: gate.id.clone(), holds, why }
    };
    spec.gates.iter().map(state).collect()
}

/// Returns whether a gate holds, where all completions agree.
pub(super) fn settled<'a>(completions: impl IntoIterator<Item = &'a Holding>, gate: &GateId) -> Option<bool> {
    let mut all = completions.into_iter().map(|holding| holding.get(gate).copied().flatten());
    let first = all.next().flatten();
    if all.all(|holds| holds == first) { first } else { None }
}

/// Says why a gate doesn't hold.
pub(super) fn why(gate: &Gate, scope: &CompletionScope<'_>) -> String {
    render(&gate.why, scope).unwrap_or_else(|_| gate.title.clone())
}
