//! Criteria and measures without an answer.

use crate::finding::{Finding, Findings, declare_rule};
use crate::returns::Entry;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "answer-blank", Error, Allowed, "nothing stands where an answer belongs, or only the form's own placeholder"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds the blanks among the answers that count.
fn check(judged: &Judged, findings: &mut Findings) {
    let counts = &judged.sent.counts;
    for criterion in judged.framework.criteria() {
        if let Some(entry) = judged.sent.answers.get(&(counts.clone(), criterion.id.clone())) {
            findings.extend(blank(judged, entry, criterion.id.as_str(), ["answer", "Choose an answer."]));
        }
    }
    for measure in judged.framework.measures() {
        if let Some(entry) = judged.sent.points.get(&(counts.clone(), measure.id.clone())) {
            // Its value may well stand there.
            let points = ["points", "Enter the points that the value earns."];
            findings.extend(blank(judged, entry, measure.id.as_str(), points));
        }
    }
}

/// Says that what is asked for is blank, with what to do; an absent one is a missing row or column, which is said where it is missed.
fn blank<T>(judged: &Judged, entry: &Entry<T>, subject: &str, [what, help]: [&str; 2]) -> Option<Finding> {
    let place = entry.place.clone().filter(|_| entry.is_blank() && judged.sent.asked.wants(subject))?;
    let message = match entry.written.trim() {
        "" => format!("{subject} has no {what}"),
        placeholder => format!("{subject} has no {what}: “{placeholder}” is the form's own text"),
    };
    let finding = Finding::new(&RULE, place, message).with_subject(subject).with_help(help);
    Some(if entry.written.trim().is_empty() { finding } else { finding.with_found(&entry.written) })
}
