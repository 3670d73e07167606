//! Self and external scores that lie far apart.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, declare_rule};
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "assessors-differ", Warning, Allowed, "self and external score differ by more than the framework's tolerance"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds criteria that two raters of one workbook judge too differently.
fn check(judged: &Judged, findings: &mut Findings) {
    let Some(tolerance) = &judged.framework.tolerance else { return };
    let [first, second, ..] = &judged.framework.raters[..] else { return };
    for criterion in judged.framework.criteria() {
        let points = |rater: &crate::framework::Rater| {
            let entry = judged.sent.answers.get(&(rater.id.clone(), criterion.id.clone()))?;
            Some((entry.given()?.points.clone()?, entry.place.clone()?))
        };
        let Some(((a, _), (b, place))) = points(first).zip(points(second)) else { continue };
        if (&a - &b).abs() > *tolerance {
            findings.push(differ(place, criterion.id.as_str(), [(&first.title, &a), (&second.title, &b)]));
        }
    }
}

/// Says how far apart two raters are.
fn differ(place: crate::finding::Place, id: &str, scores: [(&String, &Exact); 2]) -> Finding {
    let [(first, a), (second, b)] = scores;
    let message = format!("{id} is scored {a} under “{first}” and {b} under “{second}”");
    Finding::new(&RULE, place, message)
        .with_subject(id)
        .with_found(b.to_string())
        .with_help("Discuss the evidence at moderation.")
}
