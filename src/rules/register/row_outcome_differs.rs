//! Rows whose own verdict isn't the one worked out.

use crate::finding::{Finding, Findings, Severity, declare_rule};
use crate::framework::{RegisterSpec, RowOutcome};
use crate::outcome::RowScore;
use crate::returns::Row;
use crate::rules::{Judged, ReturnRule};
use crate::wording::Wording;

declare_rule! {
    RULE = "row-outcome-differs", Error, Allowed, "a register row's own verdict isn't the computed one"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds rows that state another outcome than theirs.
fn check(judged: &Judged, findings: &mut Findings) {
    for spec in &judged.framework.registers {
        let (Some(outcome), Some(register), Some(scores)) =
            (&spec.outcome, judged.sent.registers.get(&spec.id), judged.outcome().registers.get(&spec.id))
        else {
            continue;
        };
        findings.extend(register.rows.iter().zip(scores).filter_map(|(row, score)| differs(spec, outcome, row, score)));
    }
}

/// Says that a row states another outcome than the one worked out.
fn differs(spec: &RegisterSpec, outcome: &RowOutcome, row: &Row, score: &RowScore) -> Option<Finding> {
    let column = outcome.stated.as_ref()?;
    let entry = row.entry(column.as_str())?;
    let stated = entry.given()?.to_string();
    let computed = score.stated.as_deref().filter(|computed| *computed != stated)?;
    if Wording::of(computed) == Wording::of(&stated) {
        return None;
    }
    let heading = spec.heading(column);
    let message = format!("“{heading}” says {stated}; the row's own entries come to {computed}");
    let finding = Finding::new(&RULE, entry.place(), message).with_subject(row.name(spec)).with_found(&stated);
    let finding = finding.with_expected(computed).with_help("Check the row's dates and entries, then what it states.");
    Some(if claims_less(outcome, &stated, computed) { finding.with_severity(Severity::Warning) } else { finding })
}

/// Whether what is stated is worse than what a row comes to, so that nothing is claimed that isn't so.
fn claims_less(outcome: &RowOutcome, stated: &str, computed: &str) -> bool {
    let rank = |stated: &str| outcome.stated_order.iter().position(|word| Wording::of(word) == Wording::of(stated));
    rank(stated).zip(rank(computed)).is_some_and(|(stated, computed)| stated > computed)
}
