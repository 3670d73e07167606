//! What a workbook should state of itself.

use super::basis::Basis;
use super::scope::{Gaps, OutcomeScope};
use super::{Outcome, score_as_of};
use crate::framework::expression::Quantity;
use crate::framework::{Framework, Stated};
use crate::returns::Return;

/// Returns what a stated value should be, over the answers that are given, as a form's own sums have it. One that is
/// about another rater than the outcome's is worked out from that rater's answers.
pub fn stated(framework: &Framework, sent: &Return, outcome: &Outcome, stated: &Stated) -> Quantity {
    match &stated.rater {
        Some(rater) if *rater != outcome.rater => {
            let outcome = score_as_of(framework, sent, rater, outcome.data_date);
            stated_over(&Basis::of(framework, sent, &outcome), &outcome, stated)
        }
        Some(_) | None => stated_over(&Basis::of(framework, sent, outcome), outcome, stated),
    }
}

/// Returns what a stated value of an outcome's own rater should be, where several are asked over one basis.
pub fn stated_over(basis: &Basis<'_>, outcome: &Outcome, stated: &Stated) -> Quantity {
    let scope = OutcomeScope::new(basis, outcome, Gaps::PassedOver).about(stated.section.as_ref());
    stated.value.evaluate(&scope)
}
