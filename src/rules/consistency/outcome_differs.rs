//! Stated awards and bands.

use crate::finding::{Findings, declare_rule};
use crate::framework::StatedKind;
use crate::rules::{Judged, ReturnRule};

use super::stated;

declare_rule! {
    RULE = "outcome-differs", Error, Allowed, "the award or band stated on the sheet isn't the computed one"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds those that differ from what is worked out.
fn check(judged: &Judged, findings: &mut Findings) {
    stated::check(&RULE, StatedKind::Outcome, judged, findings);
}
