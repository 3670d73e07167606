//! What a workbook should state of itself.

use super::Outcome;
use super::basis::Basis;
use super::scope::{Gaps, OutcomeScope};
use crate::framework::expression::Quantity;
use crate::framework::{Section, Stated, StatedKind};
use crate::returns::Untold;

/// Returns what a stated value of an outcome's own rater should be, over the answers that are given, as a form's own sums
/// have it. Those sums take in what differs on several sheets, of which nothing tells which counts, so over that it isn't known.
pub fn stated(basis: &Basis<'_>, outcome: &Outcome, stated: &Stated) -> Quantity {
    if rests_on_untold(basis, stated) {
        return Quantity::Unknown;
    }
    let scope = OutcomeScope::new(basis, outcome, Gaps::PassedOver).about(stated.section.as_ref());
    stated.value.evaluate(&scope)
}

/// Whether a stated value may take in an answer that isn't the same on several sheets, or rows that aren't.
fn rests_on_untold(basis: &Basis<'_>, stated: &Stated) -> bool {
    let untold = basis.registers.untold();
    let is_of_section = |section: &Section| {
        let criteria = section.criteria.iter().map(|criterion| criterion.id.as_str());
        let mut items = criteria.chain(section.measures.iter().map(|measure| measure.id.as_str()));
        items.any(|id| untold.items.contains(id))
    };
    match stated.kind {
        StatedKind::Weight => false,
        StatedKind::Total | StatedKind::Outcome => {
            let section = stated.section.as_ref().and_then(|id| basis.framework.section(id));
            section.map_or(*untold != Untold::default(), is_of_section)
        }
    }
}
