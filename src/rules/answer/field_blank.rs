//! Fields of the cover that must be filled in.

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::expression::{Expression, Quantity};
use crate::framework::{Presence, RegisterColumn, RegisterSpec};
use crate::outcome::{Gaps, OutcomeScope};
use crate::returns::{Reading, RowEntry};
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "field-blank", Error, Allowed, "a field that must be filled in is empty"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds the blanks among the required fields.
fn check(judged: &Judged, findings: &mut Findings) {
    for field in &judged.framework.fields {
        let Some(entry) = judged.sent.fields.get(&field.id) else { continue };
        let Some(place) = entry.place.clone().filter(|_| entry.is_blank() && is_required(judged, &field.required))
        else {
            continue;
        };
        let (message, help) = told(&field.label, &entry.reading);
        findings.push(Finding::new(&RULE, place, message).with_subject(field.id.as_str()).with_help(help));
    }
    for spec in &judged.framework.registers {
        check_rows(judged, spec, findings);
    }
}

/// Returns what is said of a blank field, and what to do about it.
fn told<T>(label: &str, reading: &Reading<T>) -> (String, String) {
    match reading {
        Reading::Absent => (
            format!("no label says “{label}”, so that nothing could be read as its entry"),
            format!("Put the form's label “{label}” back, and fill in the entry beside it."),
        ),
        Reading::Given(_) | Reading::Blank | Reading::Unusable => {
            (format!("“{label}” isn't filled in"), format!("Fill in “{label}”."))
        }
    }
}

/// Finds the blanks in columns that each row must fill in.
fn check_rows(judged: &Judged, spec: &RegisterSpec, findings: &mut Findings) {
    let required: Vec<&RegisterColumn> =
        spec.columns.iter().filter(|column| !matches!(column.required, Presence::Optional)).collect();
    let Some(register) = judged.sent.registers.get(&spec.id).filter(|_| !required.is_empty()) else { return };
    let basis = judged.basis(judged.outcome());
    for (number, row) in register.rows.iter().enumerate() {
        for column in &required {
            let Some(blank) = row.entry(column.id.as_str()).filter(RowEntry::is_blank) else { continue };
            let holds = |condition: &Expression| {
                basis.row(&spec.id, number).is_some_and(|row| condition.evaluate(&row) == Quantity::Truth(true))
            };
            if matches!(&column.required, Presence::When(condition) if !holds(condition)) {
                continue;
            }
            let message = format!("“{}” isn't filled in, in row {}", column.heading, row.number);
            let finding = Finding::new(&RULE, blank.place(), message).with_subject(row.name(spec));
            findings.push(finding.with_help(format!("Fill in “{}” for each {}.", column.heading, spec.row_noun)));
        }
    }
}

/// Whether a field must be filled in, in this return.
fn is_required(judged: &Judged, presence: &Presence) -> bool {
    presence.holds(&OutcomeScope::new(judged.basis(judged.outcome()), judged.outcome(), Gaps::Open))
}
