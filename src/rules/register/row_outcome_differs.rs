//! Rows whose own verdict isn't the one worked out.

use crate::finding::{Finding, Findings, Severity, declare_rule};
use crate::framework::expression::Quantity;
use crate::framework::{ColumnId, RegisterSpec, RowOutcome};
use crate::returns::Row;
use crate::rules::{Judged, ReturnRule};
use crate::wording::Wording;

declare_rule! {
    RULE = "row-outcome-differs", Error, Allowed, "a register row's own verdict isn't the computed one"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds rows that state another outcome than theirs, or something else in a column that says what they come to.
fn check(judged: &Judged, findings: &mut Findings) {
    let basis = judged.basis(judged.outcome());
    for spec in &judged.framework.registers {
        let (Some(register), Some(scores)) =
            (judged.sent.registers.get(&spec.id), judged.outcome().registers.get(&spec.id))
        else {
            continue;
        };
        let rows = register.rows.iter().zip(scores);
        findings.extend(rows.filter_map(|(row, score)| outcome_differs(spec, row, &score.stated)));
        for (column, states) in spec.columns.iter().filter_map(|column| Some((column, column.states.as_ref()?))) {
            let rows = register.rows.iter().enumerate();
            let scoped = rows.filter_map(|(number, row)| Some((row, basis.row(&spec.id, number)?)));
            findings.extend(scoped.filter_map(|(row, scope)| differs(spec, &column.id, row, &states.evaluate(&scope))));
        }
    }
}

/// Says that a row states another outcome than the one worked out; one that claims less is a warning.
fn outcome_differs(spec: &RegisterSpec, row: &Row, computed: &Quantity) -> Option<Finding> {
    let outcome = spec.outcome.as_ref()?;
    let finding = differs(spec, outcome.stated.as_ref()?, row, computed)?;
    Some(if claims_less(outcome, row, computed) { finding.with_severity(Severity::Warning) } else { finding })
}

/// Says that a row states something else than what was worked out; what can't be told differs only from what it can't be.
fn differs(spec: &RegisterSpec, column: &ColumnId, row: &Row, computed: &Quantity) -> Option<Finding> {
    let entry = row.entry(column.as_str())?;
    let stated = entry.given()?.to_string();
    let words = Wording::of(&stated);
    let can_be: Vec<String> = computed.all().map(ToString::to_string).collect();
    let is_told = computed.is_given() && !can_be.is_empty();
    if !is_told || can_be.iter().any(|one| Wording::of(one) == words) {
        return None;
    }
    let heading = spec.heading(column);
    let computed = can_be.join(" or ");
    let message = format!("“{heading}” says {stated}; the row's own entries come to {computed}");
    let finding = Finding::new(&RULE, entry.place(), message).with_subject(row.name(spec)).with_found(&stated);
    Some(finding.with_expected(computed).with_help("Check the row's dates and entries, then what it states."))
}

/// Whether what is stated is worse than what a row comes to, so that nothing is claimed that isn't so.
fn claims_less(outcome: &RowOutcome, row: &Row, computed: &Quantity) -> bool {
    let rank = |stated: String| {
        let words = Wording::of(&stated);
        outcome.stated_order.iter().position(|word| Wording::of(word) == words)
    };
    let stated = outcome.stated.as_ref().and_then(|column| rank(row.given(column.as_str())?.to_string()));
    let computed = computed.all().map(|one| rank(one.to_string())).collect::<Option<Vec<usize>>>();
    stated.zip(computed).is_some_and(|(stated, computed)| computed.iter().all(|computed| stated > *computed))
}
