//! Keys that stand twice.

use std::collections::BTreeMap;

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::{ColumnId, Personal, RegisterSpec};
use crate::returns::{EntryValue, Row};
use crate::rules::{Judged, ReturnRule};
use crate::wording::{Wording, as_seen};

declare_rule! {
    RULE = "identifier-repeated", Error, Allowed, "a key that must be unique stands twice"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds rows whose key another row has already.
fn check(judged: &Judged, findings: &mut Findings) {
    for spec in &judged.framework.registers {
        if let (Some(key), Some(register)) = (&spec.key, judged.sent.registers.get(&spec.id)) {
            findings.extend(repeated(spec, key, &register.rows));
        }
    }
}

/// Says which rows repeat a key.
fn repeated(spec: &RegisterSpec, key: &ColumnId, rows: &[Row]) -> Vec<Finding> {
    let mut first: BTreeMap<Wording, u32> = BTreeMap::new();
    let shown = spec.columns.iter().any(|column| column.id == *key && column.personal != Personal::Belongs);
    let again = rows.iter().filter_map(|row| {
        let entry = row.entry(key.as_str())?;
        let Some(EntryValue::Text(text)) = entry.given() else { return None };
        let earlier = *first.entry(Wording::of(&as_seen(text))).or_insert(row.number);
        if earlier == row.number {
            return None;
        }
        let name = if shown { text } else { "the key" };
        let message = format!("{name} stands in row {earlier} already; each {} has one row", spec.row_noun);
        Some(
            Finding::new(&RULE, entry.place(), message)
                .with_subject(row.name(spec))
                .with_found(name)
                .with_help("Check which row is right, and correct or delete the other."),
        )
    });
    again.collect()
}
