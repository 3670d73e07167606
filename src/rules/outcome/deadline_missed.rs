//! Dated steps of the scheme that were late.

use crate::finding::{Finding, Findings, Place};
use crate::framework::CalendarStep;
use crate::framework::expression::{Quantity, Scope};
use crate::outcome::{Gaps, OutcomeScope};
use crate::rules::{Judged, ReturnRule};

crate::rule!("deadline-missed", Warning, "a dated step of the framework's calendar is late");

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds steps that were done after they were due; a step of which the return doesn't say when it was done isn't judged.
fn check(judged: &Judged, findings: &mut Findings) {
    let basis = judged.basis(judged.outcome());
    let scope = OutcomeScope::new(basis, judged.outcome(), Gaps::Open);
    findings.extend(judged.framework.calendar.iter().filter_map(|step| late(step, &scope)));
}

/// Says that a step was late.
fn late(step: &CalendarStep, scope: &dyn Scope) -> Option<Finding> {
    let (Quantity::Date(due), Quantity::Date(done)) = (step.due.evaluate(scope), step.done.as_ref()?.evaluate(scope))
    else {
        return None;
    };
    let (due_on, done_on) = (due.strftime("%-d %B %Y"), done.strftime("%-d %B %Y"));
    let message = format!("“{}” was due on {due_on} and is dated {done_on}", step.title);
    let finding = Finding::new(&RULE, Place::Workbook, message).with_subject(&step.id).with_found(done.to_string());
    (done > due).then(|| {
        finding.with_expected(format!("{due} or earlier")).with_help("Check the date, or explain why it is late.")
    })
}
