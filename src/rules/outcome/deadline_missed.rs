//! Dated steps of the scheme that were late.

use crate::day::long_date;
use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::framework::StepKind;
use crate::rules::{Judged, ReturnRule};
use crate::schedule::{DatedStep, Schedule, StepState};

declare_rule! {
    RULE = "deadline-missed", Warning, Allowed, "a dated step of the framework's calendar is late"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds steps that were done after they were due, or weren't done by the data date. Steps of which nobody says when they
/// were done aren't judged; those of a register's rows are left to the framework's own rules.
fn check(judged: &Judged, findings: &mut Findings) {
    let steps = judged.schedule.steps.iter().filter(|step| step.kind == StepKind::Task && step.row.is_none());
    findings.extend(steps.filter_map(|step| late(step, judged.schedule)));
}

/// Says that a step was late, or still is.
fn late(step: &DatedStep, schedule: &Schedule) -> Option<Finding> {
    let due = step.due?;
    let due_on = long_date(due);
    let (day, message, help) = match (step.state, step.done, schedule.as_of) {
        (_, Some(done), _) if done > due => {
            let done_on = long_date(done);
            let message = format!("“{}” was due on {due_on} and is dated {done_on}", step.title);
            (done, message, "Check the date, or explain why it is late.")
        }
        (StepState::Overdue, None, Some(as_of)) => {
            let as_at = long_date(as_of);
            let message = format!("“{}” was due on {due_on} and wasn\u{2019}t done by {as_at}", step.title);
            (as_of, message, "Do it, or enter when it was done.")
        }
        (StepState::Done | StepState::Due | StepState::Overdue | StepState::Expired | StepState::Unknown, ..) => {
            return None;
        }
    };
    let finding =
        Finding::new(&RULE, Place::Workbook, message).with_subject(step.id.as_str()).with_found(day.to_string());
    Some(finding.with_expected(format!("{due} or earlier")).with_help(help))
}
