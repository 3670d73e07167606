//! Totals near the limit of a band; a framework's own rules speak by this name of what its conditions count.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::framework::OutcomeSpec;
use crate::outcome::nearness::{self, Nearness};
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "near-boundary", Note, Allowed, "what decides the outcome is within the framework's margin of a limit, just above it or just below"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Says which limit the total is near, and the totals of parts that have a grade.
fn check(judged: &Judged, findings: &mut Findings) {
    let outcome = judged.outcome();
    if let Some(total) = &outcome.award.total {
        let spec = &judged.framework.outcome;
        for near in nearness::near(spec, total).iter().filter(|near| !is_least(judged, near.limit)) {
            findings.push(told(judged, total, "", spec, near));
        }
    }
    for grade in &outcome.grades {
        let part = judged.framework.grade(&grade.grade).and_then(|spec| spec.of(&grade.of));
        let Some((part, total)) = part.zip(grade.award.total.as_ref()) else { continue };
        for near in nearness::near(&part.spec, total).iter().filter(|near| !near.limit.is_zero()) {
            let whose = format!(" of “{}”", part.title);
            findings.push(told(judged, total, &whose, &part.spec, near).with_subject(&part.id));
        }
    }
}

/// Says on which side of a limit a total is.
fn told(judged: &Judged, total: &Exact, whose: &str, spec: &OutcomeSpec, near: &Nearness) -> Finding {
    let is_reached = near.band.limit().is_some_and(|limit| limit.holds(total));
    let side = match (is_reached, near.above.is_zero()) {
        (true, true) => "just reaches",
        (true, false) => "is only just above",
        (false, _) => "just misses",
    };
    let (total, limit) = (crate::outcome::shown(total, spec), near.limit);
    let noun = judged.framework.spelled("¤total");
    let message = format!("the {noun} {total}{whose} {side} the limit of “{}”, {limit}", near.band.title);
    Finding::new(&RULE, Place::Workbook, message).with_help("Check the scores on which it hangs.")
}

/// Whether a limit is one that every total reaches.
fn is_least(judged: &Judged, limit: &Exact) -> bool {
    let sections = &judged.outcome().sections;
    let least: Exact = judged.framework.criteria().map(|criterion| judged.framework.scale(criterion).minimum()).sum();
    sections.iter().all(|section| section.weight.is_none()) && *limit <= least
}
