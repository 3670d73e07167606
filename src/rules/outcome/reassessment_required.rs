//! Scores that need action and re-assessment.

use crate::finding::Findings;
use crate::rules::{Judged, ReturnRule};

crate::rule!("reassessment-required", Warning, "a score that the framework says needs action and re-assessment");

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds the scores that the framework's requirements name.
fn check(judged: &Judged, findings: &mut Findings) {
    crate::rules::evidence::requirement::check(&RULE, judged, findings);
}
