//! Stated weightings.

use crate::finding::{Findings, declare_rule};
use crate::framework::StatedKind;
use crate::rules::{Judged, ReturnRule};

use super::stated;

declare_rule! {
    RULE = "weight-differs", Error, Allowed, "a weighting on the sheet isn't the framework's"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds those that differ from what is worked out.
fn check(judged: &Judged, findings: &mut Findings) {
    stated::check(&RULE, StatedKind::Weight, judged, findings);
}
