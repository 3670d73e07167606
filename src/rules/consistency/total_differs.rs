//! Stated totals, subtotals, means and counts, and what the form works out in rows.

use crate::finding::{Findings, declare_rule};
use crate::framework::StatedKind;
use crate::rules::{Judged, ReturnRule};

use super::{stated, worked_out};

declare_rule! {
    RULE = "total-differs", Error, Allowed, "a total or subtotal on the sheet isn't the computed one"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds those that differ from what is worked out.
fn check(judged: &Judged, findings: &mut Findings) {
    stated::check(&RULE, StatedKind::Total, judged, findings);
    worked_out::check(&RULE, judged, findings);
}
