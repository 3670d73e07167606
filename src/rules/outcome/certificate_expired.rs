//! Recognition that has come to its end.

use crate::day::long_date;
use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::rules::{Judged, ReturnRule};
use crate::schedule::{DatedStep, Schedule, StepState};

declare_rule! {
    RULE = "certificate-expired", Warning, Allowed, "recognition past its end"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds the ends in the framework's calendar that are past on the data date; those of a register's rows are left to the
/// framework's own rules.
fn check(judged: &Judged, findings: &mut Findings) {
    let ends = judged.schedule.steps.iter().filter(|step| step.state == StepState::Expired && step.row.is_none());
    findings.extend(ends.filter_map(|step| past(step, judged.schedule)));
}

/// Says that something has ended.
fn past(step: &DatedStep, schedule: &Schedule) -> Option<Finding> {
    let (end, as_of) = (step.due?, schedule.as_of?);
    let (end_on, as_at) = (long_date(end), long_date(as_of));
    let message = format!("“{}” was {end_on}; the data date is {as_at}", step.title);
    let finding =
        Finding::new(&RULE, Place::Workbook, message).with_subject(step.id.as_str()).with_found(end.to_string());
    Some(
        finding
            .with_expected(format!("{as_of} or later"))
            .with_help("Renew it, and don\u{2019}t use the mark or the title until it is renewed."),
    )
}
