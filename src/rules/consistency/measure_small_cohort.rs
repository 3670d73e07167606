//! Measures that rest on few people.

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::Measure;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "measure-small-cohort", Warning, Allowed, "a measure rests on fewer people than the framework's caution"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds measures whose cohort is small.
fn check(judged: &Judged, findings: &mut Findings) {
    findings.extend(judged.framework.measures().filter_map(|measure| small(judged, measure)));
}

/// Says how few people a claimed measure rests on.
fn small(judged: &Judged, measure: &Measure) -> Option<Finding> {
    let score = judged.outcome().measures.get(&measure.id)?;
    let (least, cohort) = (measure.small_cohort.as_ref()?, score.cohort.as_ref()?);
    let entry = judged.sent.results.get(&measure.id).filter(|entry| entry.given().is_some())?;
    // Nobody counted is a register that isn't filled in: on how many people the result rests isn't known.
    let place = entry.place.clone().filter(|_| cohort < least && !cohort.is_zero())?;
    let people = if *cohort == crate::exact::Exact::one() { "person" } else { "people" };
    let message =
        format!("{} rests on {cohort} {people}; under {least} one person more or less changes it much", measure.id);
    Some(
        Finding::new(&RULE, place, message)
            .with_subject(measure.id.as_str())
            .with_help("Read the result with that in mind, and say so where it is reported."),
    )
}
