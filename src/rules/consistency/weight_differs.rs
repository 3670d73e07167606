//! Stated weightings.

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::StatedKind;
use crate::outcome::WeightsOff;
use crate::rules::{Judged, ReturnRule};
use crate::words::titled;

use super::stated;

declare_rule! {
    RULE = "weight-differs", Error, Allowed, "a weighting on the sheet isn't the framework's, or an organisation's own don't come to the whole"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds those that differ from what is worked out.
fn check(judged: &Judged, findings: &mut Findings) {
    stated::check(&RULE, StatedKind::Weight, judged, findings);
    findings.extend(judged.basis(judged.outcome()).weights_off().iter().filter_map(not_whole));
}

/// Says that the weights that the organisation gives don't come to the whole; once, where the first of them stands.
fn not_whole(off: &WeightsOff<'_>) -> Option<Finding> {
    let sum = off.sum.to_string();
    let of =
        off.section.map_or_else(String::new, |section| format!(" in {}", titled(section.id.as_str(), &section.title)));
    let message = format!("the weights{of} come to {sum}%, not to 100%, so that nothing weighted can be told");
    let finding = Finding::new(&RULE, off.places.first()?.clone(), message).with_found(format!("{sum}%"));
    Some(finding.with_expected("100%").with_help("Correct the weights so that they come to 100%."))
}
