//! Measured values that the register's rows don't give.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Severity, declare_rule};
use crate::framework::Measure;
use crate::outcome::Bounds;
use crate::rules::outcome::outcome_provisional;
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

/// Says that a typed value isn't the register's, at the decimals with which it is given; where the register's value lies between two
/// ends, that it lies beyond them, or that it can't be told.
fn differs(judged: &Judged, measure: &Measure) -> Option<Finding> {
    let score = judged.outcome().measures.get(&measure.id)?;
    let value = score.value.as_ref()?;
    let entry = judged.sent.results.get(&measure.id)?;
    let place = entry.place.clone()?;
    let says = format!("the result of {} is {value} {}", measure.id, measure.unit);
    let settled = score
        .from_register
        .as_ref()
        .map(|register| Bounds { lowest: Some(register.clone()), highest: Some(register.clone()) });
    let bounds = settled.as_ref().or(score.register_bounds.as_ref())?;
    let finding = if is_within(value, bounds, measure.decimals) {
        score.register_bounds.as_ref()?;
        let message = format!(
            "{says}; the rows of its register give {}, as some of their entries can't be used, so whether it is right can't be told",
            shown(bounds, measure.decimals)
        );
        let finding = Finding::new(&outcome_provisional::RULE, place, message).with_severity(Severity::Note);
        finding.with_help("Correct the entries that can't be used, then check the result.")
    } else {
        let shown = shown(bounds, measure.decimals);
        let message = format!("{says}; the rows of its register give {shown}");
        let finding = Finding::new(&RULE, place, message).with_expected(format!("{shown} {}", measure.unit));
        finding.with_help("Check the register's rows, then the result.")
    };
    Some(finding.with_subject(measure.id.as_str()).with_found(&entry.written))
}

/// Returns what the rows give: one value, or between what it lies.
fn shown(bounds: &Bounds<Option<Exact>>, decimals: u32) -> String {
    let end = |end: &Option<Exact>| end.as_ref().map(|end| end.to_fixed(decimals));
    match (end(&bounds.lowest), end(&bounds.highest)) {
        (Some(lowest), Some(highest)) if bounds.lowest == bounds.highest || lowest == highest => lowest,
        (Some(lowest), Some(highest)) => format!("between {lowest} and {highest}"),
        (Some(lowest), None) => format!("{lowest} or more"),
        (None, Some(highest)) => format!("{highest} or less"),
        (None, None) => "nothing that can be told".to_owned(),
    }
}

/// Whether a typed value can be the register's.
fn is_within(value: &Exact, bounds: &Bounds<Option<Exact>>, decimals: u32) -> bool {
    let least = bounds.lowest.as_ref().is_none_or(|least| value >= least || agrees(value, least, decimals));
    let most = bounds.highest.as_ref().is_none_or(|most| value <= most || agrees(value, most, decimals));
    least && most
}

/// Whether a typed value is within one rounding of the register's value: half a unit of the last decimal, the half itself
/// included, since programs round halves both ways.
fn agrees(value: &Exact, register: &Exact, decimals: u32) -> bool {
    let half = Exact::ratio(1, 2 * 10_i64.pow(decimals)).expect("a power of ten isn't nought");
    (value - register).abs() <= half
}
