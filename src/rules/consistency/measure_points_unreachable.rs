//! Points that no measured value can earn.

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::{Measure, RaterId};
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "measure-points-unreachable", Warning, Allowed, "the points claimed are ones that no measured value can earn"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds claimed points between the steps of a measure's table.
fn check(judged: &Judged, findings: &mut Findings) {
    for rater in &judged.framework.raters {
        findings.extend(judged.framework.measures().filter_map(|measure| unreachable(judged, &rater.id, measure)));
    }
}

/// Says that a measure's table has no such points.
fn unreachable(judged: &Judged, rater: &RaterId, measure: &Measure) -> Option<Finding> {
    let entry = judged.sent.points.get(&(rater.clone(), measure.id.clone()))?;
    let reachable = measure.lookup.as_ref()?.reachable();
    let claimed = entry.given().filter(|claimed| !reachable.contains(claimed))?;
    let steps: Vec<String> = reachable.iter().map(ToString::to_string).collect();
    let message = format!("{claimed} points are claimed for {}, which can have only {}", measure.id, steps.join(", "));
    let finding = Finding::new(&RULE, entry.place.clone()?, message).with_subject(measure.id.as_str());
    Some(
        finding
            .with_found(claimed.to_string())
            .with_expected(steps.join(", "))
            .with_help("Look the points up in the measure's table."),
    )
}
