//! What named values come to, with the ends of those that are open while answers are missing.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds;
use super::item::Slot;
use super::scope::{CompletionScope, Gaps};
use super::subject::Subject;
use super::value_of;
use crate::framework::expression::{Expression, Node, Quantity};
use crate::framework::{NamedValue, OutcomeSpec};

/// Returns what the named values come to, and which lie between ends that need not come out.
pub(super) fn values(
    subject: Subject<'_>,
    strict: &CompletionScope<'_>,
    slots: &[Slot<'_>],
) -> (BTreeMap<String, Quantity>, BTreeSet<String>) {
    let between = subject.scope(slots, Gaps::Between);
    let (mut values, mut at_the_widest) = (BTreeMap::new(), BTreeSet::new());
    for NamedValue { name, .. } in &subject.basis.framework.values {
        let mut value =
            Some(value_of(strict, name)).filter(Quantity::is_known).unwrap_or_else(|| value_of(&between, name));
        if value.is_open() && value.all().next().is_none() {
            let (ends, are_reached) = between_ends(subject, name).unwrap_or((value, false));
            value = ends;
            at_the_widest.extend((value.is_open() && !are_reached).then(|| name.clone()));
        }
        values.insert(name.clone(), value);
    }
    (values, at_the_widest)
}

/// Returns between which ends a value lies in all ways of completing the return, as a total does, and whether each can come out; `None`
/// where it is no number, or an end isn't known.
fn between_ends(subject: Subject<'_>, name: &str) -> Option<(Quantity, bool)> {
    let spec = spec(subject.basis.framework.outcome.clone(), name);
    let value = Subject::value(subject.basis, &spec);
    let completions = bounds::completions(value);
    let totals = bounds::totals(&completions)?;
    let are_reached = bounds::ends(&spec, &completions, Some(&totals), None).are_reached();
    let ends = Quantity::between(totals.lowest.into(), totals.highest.into());
    Some((if completions.may_be_none { ends.perhaps() } else { ends }, are_reached))
}

/// Returns an outcome that is a value alone.
fn spec(outcome: OutcomeSpec, name: &str) -> OutcomeSpec {
    let total = Expression { written: name.to_owned(), node: Node::Name(name.to_owned()) };
    OutcomeSpec { total, bands: Vec::new(), gates: Vec::new(), levels: Vec::new(), ..outcome }
}
