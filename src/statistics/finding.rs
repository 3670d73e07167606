//! How common findings are.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "these are statistics, not scores")]

use std::cmp::Reverse;

use polars::prelude::PolarsResult;

use super::query::{self, result};
use super::subject::Subject;
use super::table::Table;
use crate::finding::Severity;
use crate::season::rules::finding_systemic::{is_nearly_systemic, is_systemic};
use crate::tables::column;

/// How common a finding is.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingRow {
    /// The rule.
    pub rule: String,
    /// How much it weighs, at most.
    pub severity: Severity,
    /// The criterion, measure or field that it is about; `None` is the rule as a whole.
    pub subject: Option<String>,
    /// How often it was found.
    pub times: usize,
    /// In how many returns that count.
    pub returns: usize,
    /// Of the returns that count, the share that has it.
    pub share: f64,
    /// Whether it is in so many that the form or the guidance is the likelier cause, or nearly so.
    pub spread: Prevalence,
}

/// How widespread a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prevalence {
    /// In some returns.
    Scattered,
    /// In nearly so many that the form or the guidance may be the cause.
    NearlySystemic,
    /// In so many that the form or the guidance is the likelier cause.
    Systemic,
}

/// Returns how common each rule's findings are, then those of each rule and subject, the commonest first.
pub(super) fn findings(subject: &Subject) -> PolarsResult<Vec<FindingRow>> {
    let all = subject.counted().count();
    let mut rows = Vec::new();
    for keys in [&[column::RULE][..], &[column::RULE, column::SUBJECT][..]] {
        let table = Table::of(query::findings(subject, keys))?;
        rows.extend(table.rows().filter_map(|row| {
            let about = table.text(column::SUBJECT, row);
            (keys.len() == 1 || about.is_some()).then(|| finding_row(&table, row, about, all))
        }));
    }
    rows.sort_by_cached_key(|row| {
        (row.subject.is_some(), Reverse((row.returns, row.times)), row.rule.clone(), row.subject.clone())
    });
    Ok(rows)
}

fn finding_row(table: &Table, row: usize, subject: Option<String>, all: usize) -> FindingRow {
    let returns = table.count(result::RETURNS, row);
    FindingRow {
        rule: table.text(column::RULE, row).unwrap_or_default(),
        severity: severity(table.count(result::WORST, row)),
        times: table.count(result::N, row),
        returns,
        share: returns as f64 / all as f64,
        spread: match (&subject, is_systemic(returns, all), is_nearly_systemic(returns, all)) {
            (Some(_), true, _) => Prevalence::Systemic,
            (Some(_), false, true) => Prevalence::NearlySystemic,
            (Some(_), false, false) | (None, _, _) => Prevalence::Scattered,
        },
        subject,
    }
}

/// Returns the severity of this weight, from nought for a note.
fn severity(weight: usize) -> Severity {
    match weight {
        0 => Severity::Note,
        1 => Severity::Warning,
        _ => Severity::Error,
    }
}
