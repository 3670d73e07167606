//! Totals near another band.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::framework::Band;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "near-boundary", Note, Allowed, "the total is within the framework's margin of the next band, up or down"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Says which limit a total is near.
fn check(judged: &Judged, findings: &mut Findings) {
    let (Some(total), Some(margin)) = (&judged.outcome().total, &judged.framework.outcome.near) else { return };
    let near = judged.framework.outcome.bands.iter().filter_map(|band| Some((band, limit(band)?)));
    for (band, limit) in near.filter(|(_, limit)| (*limit - total).abs() <= *margin && !is_least(judged, limit)) {
        let side = if total >= limit { "just reaches" } else { "just misses" };
        let total = crate::outcome::shown(total, &judged.framework.outcome);
        let message = format!("the total {total} {side} the limit of “{}”, {limit}", band.title);
        findings.push(Finding::new(&RULE, Place::Workbook, message).with_help("Check the scores on which it hangs."));
    }
}

/// Returns the limit of a band.
fn limit(band: &Band) -> Option<&Exact> {
    band.at_least.as_ref().or(band.at_most.as_ref())
}

/// Whether a limit is one that every total reaches.
fn is_least(judged: &Judged, limit: &Exact) -> bool {
    let sections = &judged.outcome().sections;
    let least: Exact = judged.framework.criteria().map(|criterion| judged.framework.scale(criterion).minimum()).sum();
    sections.iter().all(|section| section.weight.is_none()) && *limit <= least
}
