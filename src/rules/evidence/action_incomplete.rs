//! Actions without an owner or a date.

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::RegisterSpec;
use crate::returns::Row;
use crate::rules::{Judged, ReturnRule};

use super::requirement;

declare_rule! {
    RULE = "action-incomplete", Error, Allowed, "an action has no owner or no date, which the framework wants"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds actions beside scores, and rows of registers, of which a part is missing.
fn check(judged: &Judged, findings: &mut Findings) {
    requirement::check(&RULE, judged, findings);
    for spec in judged.framework.registers.iter().filter(|spec| !spec.complete.is_empty()) {
        let rows = judged.sent.registers.get(&spec.id).map(|register| register.rows.as_slice()).unwrap_or_default();
        findings.extend(rows.iter().filter_map(|row| incomplete(spec, row)));
    }
}

/// Says what a row lacks, at the first part that is missing.
fn incomplete(spec: &RegisterSpec, row: &Row) -> Option<Finding> {
    let missing: Vec<_> = spec
        .columns
        .iter()
        .filter(|column| {
            spec.complete.contains(&column.id) && row.entry(column.id.as_str()).is_some_and(|entry| entry.is_blank())
        })
        .collect();
    let place = row.entry(missing.first()?.id.as_str())?.place();
    let headings: Vec<String> = missing.iter().map(|column| format!("“{}”", column.heading)).collect();
    let message = format!("the {} of row {} has no entry under {}", spec.row_noun, row.number, headings.join(" and "));
    Some(Finding::new(&RULE, place, message).with_subject(row.name(spec)).with_help("Fill in who does it and by when."))
}
