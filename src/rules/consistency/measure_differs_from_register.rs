//! Measured values that the register's rows don't give.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::Measure;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "measure-differs-from-register", Error, Allowed, "the measured value isn't what the register's rows give"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds typed values that the registers don't round to.
fn check(judged: &Judged, findings: &mut Findings) {
    findings.extend(judged.framework.measures().filter_map(|measure| differs(judged, measure)));
}

/// Says that a typed value isn't the register's, at the decimals with which it is given.
fn differs(judged: &Judged, measure: &Measure) -> Option<Finding> {
    let score = judged.outcome().measures.get(&measure.id)?;
    let (value, register) = (score.value.as_ref()?, score.from_register.as_ref()?);
    let entry = judged.sent.results.get(&measure.id)?;
    let place = entry.place.clone().filter(|_| !agrees(value, register, measure.decimals))?;
    let shown = register.to_fixed(measure.decimals);
    let message =
        format!("the result of {} is {value} {}; the rows of its register give {shown}", measure.id, measure.unit);
    let finding = Finding::new(&RULE, place, message).with_subject(measure.id.as_str()).with_found(&entry.written);
    Some(
        finding
            .with_expected(format!("{shown} {}", measure.unit))
            .with_help("Check the register's rows, then the result."),
    )
}

/// Whether a typed value is within one rounding of the register's value: half a unit of the last decimal, the half itself
/// included, since programs round halves both ways.
fn agrees(value: &Exact, register: &Exact, decimals: u32) -> bool {
    let half = Exact::ratio(1, 2 * 10_i64.pow(decimals)).expect("a power of ten isn't nought");
    (value - register).abs() <= half
}
