//! Scores without the evidence that they want.

use crate::finding::Findings;
use crate::rules::{Judged, ReturnRule};

use super::requirement;

crate::rule!("evidence-missing", Warning, "a score that the framework wants evidence for has none");

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds what the framework's requirements ask for and the return doesn't have.
fn check(judged: &Judged, findings: &mut Findings) {
    requirement::check(&RULE, judged, findings);
}
