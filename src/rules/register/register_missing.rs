//! Measures that are claimed without the register that they rest on.

use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::framework::Measure;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "register-missing", Error, Allowed, "a measure is claimed and its register isn't there, or is empty"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds claimed measures without rows to rest on, and says so once a register.
fn check(judged: &Judged, findings: &mut Findings) {
    for spec in &judged.framework.registers {
        let register = judged.sent.registers.get(&spec.id);
        let is_untold = judged.sent.untold.registers.contains_key(&spec.id);
        let is_empty = !is_untold && register.is_none_or(|register| register.rows.is_empty());
        let rests_on = |measure: &&Measure| measure.register.as_ref() == Some(&spec.id) && is_claimed(judged, measure);
        let claimed: Vec<&str> =
            judged.framework.measures().filter(rests_on).map(|measure| measure.id.as_str()).collect();
        if is_empty && !claimed.is_empty() {
            let message = format!(
                "points are claimed for {}, and “{}” has no rows to work them out from",
                claimed.join(", "),
                spec.title
            );
            findings.push(
                Finding::new(&RULE, Place::Workbook, message)
                    .with_subject(spec.id.as_str())
                    .with_help(format!("Fill in “{}”.", spec.title)),
            );
        }
    }
}

/// Whether points are claimed for a measure by the rater that counts.
fn is_claimed(judged: &Judged, measure: &Measure) -> bool {
    let points = judged.sent.points.get(&(judged.sent.counts.clone(), measure.id.clone()));
    points.is_some_and(|entry| entry.given().is_some())
}
