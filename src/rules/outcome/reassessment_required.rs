//! Scores that need action and re-assessment.

use crate::finding::{Findings, declare_rule};
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "reassessment-required", Warning, Allowed, "a score that the framework says needs action and re-assessment"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds the scores that the framework's requirements name.
fn check(judged: &Judged, findings: &mut Findings) {
    crate::rules::evidence::requirement::check(&RULE, judged, findings);
}
