//! What a workbook should state of itself.

use super::basis::Basis;
use super::scope::{Gaps, OutcomeScope};
use super::{Outcome, score_as_of};
use crate::framework::expression::Quantity;
use crate::framework::{Framework, Stated};
use crate::returns::Return;

/// Returns what a stated value should be, over the answers that are given, as a form's own sums have it.
pub fn stated(framework: &Framework, sent: &Return, outcome: &Outcome, stated: &Stated) -> Quantity {
    match &stated.rater {
        Some(rater) if *rater != outcome.rater => {
            over_given(framework, sent, &score_as_of(framework, sent, rater, outcome.data_date), stated)
        }
        Some(_) | None => over_given(framework, sent, outcome, stated),
    }
}

/// Works a stated value out over what is given.
fn over_given(framework: &Framework, sent: &Return, outcome: &Outcome, stated: &Stated) -> Quantity {
    let basis = Basis::of(framework, sent, outcome);
    let scope = OutcomeScope::new(&basis, outcome, Gaps::PassedOver).about(stated.section.as_ref());
    stated.value.evaluate(&scope)
}
