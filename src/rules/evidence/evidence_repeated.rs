//! The same evidence under several criteria.

use std::collections::BTreeMap;

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::ColumnId;
use crate::returns::EntryValue;
use crate::rules::{Judged, ReturnRule};
use crate::wording::Wording;

declare_rule! {
    RULE = "evidence-repeated", Warning, Allowed, "the same evidence text stands under several criteria of one return"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Texts of fewer words name a document; naming one document twice is no fault.
const WORDS: usize = 8;

/// Finds evidence that says the same, word for word, under several criteria.
fn check(judged: &Judged, findings: &mut Findings) {
    for column in judged.framework.evidence_columns() {
        let mut texts: BTreeMap<Wording, Vec<&str>> = BTreeMap::new();
        for ((id, at), entry) in &judged.sent.notes {
            if at == column
                && let Some(EntryValue::Text(text)) = entry.given()
                && text.split_whitespace().count() >= WORDS
            {
                texts.entry(Wording::of(text)).or_default().push(id);
            }
        }
        let repeated = texts.values().filter(|ids| ids.len() > 1);
        findings.extend(
            repeated.flat_map(|ids| {
                ids[1..].iter().filter_map(|id| finding(judged, column, ids[0], id)).collect::<Vec<_>>()
            }),
        );
    }
}

/// Says that a criterion has the evidence of another.
fn finding(judged: &Judged, column: &ColumnId, first: &str, id: &str) -> Option<Finding> {
    let entry = judged.sent.notes.get(&(id.to_owned(), column.clone()))?;
    // What is merged over several criteria is there for all of them.
    let of_first = judged.sent.notes.get(&(first.to_owned(), column.clone()))?;
    if of_first.place == entry.place {
        return None;
    }
    let message = format!("the evidence of {id} is word for word that of {first}");
    let finding = Finding::new(&RULE, entry.place.clone()?, message).with_subject(id).with_found(&entry.written);
    Some(finding.with_help(judged.framework.spelled("Say what shows this ¤criterion in particular.")))
}
