//! Rows whose own verdict isn't the one worked out.

use crate::finding::{Finding, Findings};
use crate::framework::{ColumnId, RegisterSpec};
use crate::outcome::RowScore;
use crate::returns::Row;
use crate::rules::{Judged, ReturnRule};
use crate::wording::Wording;

crate::rule!("row-outcome-differs", Error, "a register row's own verdict isn't the computed one");

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds rows that state another outcome than theirs.
fn check(judged: &Judged, findings: &mut Findings) {
    for spec in &judged.framework.registers {
        let stated = spec.outcome.as_ref().and_then(|outcome| outcome.stated.as_ref());
        let (Some(column), Some(register), Some(scores)) =
            (stated, judged.said.registers.get(&spec.id), judged.outcome().registers.get(&spec.id))
        else {
            continue;
        };
        findings.extend(register.rows.iter().zip(scores).filter_map(|(row, score)| differs(spec, column, row, score)));
    }
}

/// Says that a row states another outcome than the one worked out.
fn differs(spec: &RegisterSpec, column: &ColumnId, row: &Row, score: &RowScore) -> Option<Finding> {
    let entry = row.entry(column.as_str())?;
    let stated = entry.given()?.to_string();
    let computed = score.stated.as_deref().filter(|computed| *computed != stated)?;
    if Wording::of(computed) == Wording::of(&stated) {
        return None;
    }
    let heading = spec.columns.iter().find(|spec| spec.id == *column).map_or("", |spec| spec.heading.as_str());
    let message = format!("“{heading}” says {stated}; the row's own entries come to {computed}");
    let finding = Finding::new(&RULE, entry.place(), message).with_subject(row.name(spec)).with_found(&stated);
    Some(finding.with_expected(computed).with_help("Check the row's dates and entries, then what it states."))
}
