//! Dates of a register's row that go backwards.

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::{ColumnId, RegisterSpec};
use crate::returns::{EntryValue, Row};
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "date-out-of-order", Error, Allowed, "dates that must follow each other don't"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds dates before the one that they must follow.
fn check(judged: &Judged, findings: &mut Findings) {
    for spec in judged.framework.registers.iter().filter(|spec| !spec.date_order.is_empty()) {
        let rows = judged.sent.registers.get(&spec.id).map(|register| register.rows.as_slice()).unwrap_or_default();
        findings.extend(rows.iter().flat_map(|row| backwards(spec, row)));
    }
}

/// Says which dates of a row are before the last one given before them.
fn backwards(spec: &RegisterSpec, row: &Row) -> Vec<Finding> {
    let given: Vec<(&ColumnId, jiff::civil::Date)> = spec
        .date_order
        .iter()
        .filter_map(|id| match row.given(id.as_str())? {
            EntryValue::Date(date) => Some((id, *date)),
            EntryValue::Text(_) | EntryValue::Number(_) => None,
        })
        .collect();
    let pairs = given.windows(2).filter(|pair| pair[1].1 < pair[0].1);
    pairs
        .filter_map(|pair| {
            let place = row.entry(pair[1].0.as_str())?.place();
            let message = format!(
                "“{}” is {}, before “{}” on {}",
                spec.heading(pair[1].0),
                shown(pair[1].1),
                spec.heading(pair[0].0),
                shown(pair[0].1)
            );
            let finding = Finding::new(&RULE, place, message).with_subject(row.name(spec)).with_found(shown(pair[1].1));
            Some(
                finding
                    .with_expected(format!("{} or later", shown(pair[0].1)))
                    .with_help("Check which of the two dates is wrong."),
            )
        })
        .collect()
}

/// Returns a day as people write it.
fn shown(date: jiff::civil::Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}
