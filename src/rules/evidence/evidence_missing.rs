//! Scores without the evidence that they want.

use crate::finding::{Findings, declare_rule};
use crate::rules::{Judged, ReturnRule};

use super::requirement;

declare_rule! {
    RULE = "evidence-missing", Warning, Allowed, "a score that the framework wants evidence for has none"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds what the framework's requirements ask for and the return doesn't have.
fn check(judged: &Judged, findings: &mut Findings) {
    requirement::check(&RULE, judged, findings);
}
