//! What a workbook should state of itself.

use super::Outcome;
use super::basis::Basis;
use super::scope::{Gaps, OutcomeScope};
use crate::framework::Stated;
use crate::framework::expression::Quantity;

/// Returns what a stated value of an outcome's own rater should be, over the answers that are given, as a form's own sums
/// have it.
pub fn stated(basis: &Basis<'_>, outcome: &Outcome, stated: &Stated) -> Quantity {
    let scope = OutcomeScope::new(basis, outcome, Gaps::PassedOver).about(stated.section.as_ref());
    stated.value.evaluate(&scope)
}
