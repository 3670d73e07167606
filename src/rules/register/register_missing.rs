//! Registers without rows that must have some, and measures that are claimed without the register that they rest on.

use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::framework::{Measure, RegisterSpec};
use crate::returns::is_empty;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "register-missing", Error, Allowed,
        "a register that must have rows is empty, or a measure is claimed and its register isn't there or is empty"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds registers that mustn't be empty, and claimed measures without rows to rest on, and says so once a register.
fn check(judged: &Judged, findings: &mut Findings) {
    let empty = judged.framework.registers.iter().filter(|spec| is_empty(judged.framework, judged.sent, spec));
    findings.extend(empty.filter_map(|spec| without_rows(judged, spec)));
    claimed_without(judged, findings);
}

/// Says that a register has no rows.
pub fn without_rows(judged: &Judged, spec: &RegisterSpec) -> Option<Finding> {
    let sheet = &judged.sent.registers.get(&spec.id)?.sheet;
    let pictured = judged.sent.untold.pictured.get(&spec.id);
    let picture =
        pictured.map(|cells| format!(" but a picture over {cells}, which can\u{2019}t be read")).unwrap_or_default();
    let message =
        format!("“{sheet}” has no {}{picture}, so that what rests on its rows can\u{2019}t be told", spec.row_noun);
    let help = format!("Enter a row for each {} on “{sheet}”; a picture of rows can\u{2019}t be read.", spec.row_noun);
    let place = pictured.map_or_else(|| Place::Sheet(sheet.clone()), |cells| Place::Cells(sheet.clone(), *cells));
    Some(Finding::new(&RULE, place, message).with_subject(spec.id.as_str()).with_help(help))
}

/// Finds claimed measures without rows to rest on.
fn claimed_without(judged: &Judged, findings: &mut Findings) {
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
