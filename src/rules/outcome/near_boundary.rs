//! Totals near another band.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::outcome::nearness;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "near-boundary", Note, Allowed, "the total is within the framework's margin of the next band, up or down"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Says which limit a total is near.
fn check(judged: &Judged, findings: &mut Findings) {
    let spec = &judged.framework.outcome;
    let Some(total) = &judged.outcome().award.total else { return };
    for near in nearness::near(spec, total).iter().filter(|near| !is_least(judged, near.limit)) {
        let side = if near.above.is_negative() { "just misses" } else { "just reaches" };
        let (total, limit) = (crate::outcome::shown(total, spec), near.limit);
        let message = format!("the total {total} {side} the limit of “{}”, {limit}", near.band.title);
        findings.push(Finding::new(&RULE, Place::Workbook, message).with_help("Check the scores on which it hangs."));
    }
}

/// Whether a limit is one that every total reaches.
fn is_least(judged: &Judged, limit: &Exact) -> bool {
    let sections = &judged.outcome().sections;
    let least: Exact = judged.framework.criteria().map(|criterion| judged.framework.scale(criterion).minimum()).sum();
    sections.iter().all(|section| section.weight.is_none()) && *limit <= least
}
