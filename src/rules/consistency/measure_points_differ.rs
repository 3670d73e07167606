//! Points that don't follow from the measured value.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::Measure;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "measure-points-differ", Error, Allowed, "the points claimed don't follow from the measured value"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds claimed points that the typed value doesn't earn; unreachable ones have a rule of their own.
fn check(judged: &Judged, findings: &mut Findings) {
    findings.extend(judged.framework.measures().filter_map(|measure| differs(judged, measure)));
}

/// Says that a measure's points aren't those that its value earns.
fn differs(judged: &Judged, measure: &Measure) -> Option<Finding> {
    let score = judged.outcome().measures.get(&measure.id)?;
    let (value, earned, claimed) = (score.value.as_ref()?, score.earned.as_ref()?, score.claimed.as_ref()?);
    let reachable = measure.lookup.as_ref().is_none_or(|lookup| lookup.reachable().contains(claimed));
    let entry = judged.sent.points.get(&(judged.sent.counts.clone(), measure.id.clone()))?;
    let place = entry.place.clone().filter(|_| earned != claimed && reachable)?;
    let points = if *claimed == Exact::one() { "point is" } else { "points are" };
    let message =
        format!("{claimed} {points} claimed for {}; a result of {value} {} earns {earned}", measure.id, measure.unit);
    let finding = Finding::new(&RULE, place, message).with_subject(measure.id.as_str()).with_found(claimed.to_string());
    Some(finding.with_expected(earned.to_string()).with_help("Check the result, then claim the points that it earns."))
}
