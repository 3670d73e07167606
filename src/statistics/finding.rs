//! How common findings are.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "these are statistics, not scores")]

use std::cmp::Reverse;
use std::collections::BTreeSet;

use polars::prelude::PolarsResult;

use super::query::{self, result};
use super::subject::Subject;
use super::table::Table;
use crate::finding::{Finding, Severity};
use crate::framework::{Framework, unmarked};
use crate::season::rules::finding_systemic::{is_nearly_systemic, is_systemic};
use crate::tables::column;
use crate::words::words_of;

/// How common a finding is.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingRow {
    /// The rule.
    pub rule: String,
    /// How much it weighs, at most.
    pub severity: Severity,
    /// The criterion, measure or field that it is about; `None` is the rule as a whole.
    pub subject: Option<String>,
    /// The form's words for where it is: what it is about, or sheet and cell where it is about nothing that has a name; `None` where it
    /// is the rule as a whole, or at a row of a register, which is for its sender alone.
    pub place: Option<String>,
    /// Whether a rule found something at places of the form's own, each of which has a row of its own; of those rows it isn't said.
    pub has_places: bool,
    /// How often it was found.
    pub times: usize,
    /// Whether it stands at rows of registers, so that how often it was found is told as a number of people is.
    pub are_people: bool,
    /// In how many returns that count.
    pub returns: usize,
    /// Of the returns that count, the share that has it.
    pub share: f64,
    /// Whether an error or a warning is in so many at one place that the form or the guidance is the likelier cause, or nearly so.
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

/// Returns how common each rule's findings are, then those of each rule and subject or cell, the commonest first.
pub(super) fn findings(subject: &Subject) -> PolarsResult<Vec<FindingRow>> {
    let all = subject.counted().count();
    let mut rows = Vec::new();
    let by_place = [column::RULE, column::SUBJECT, column::SHEET, column::CELL];
    for keys in [&[column::RULE][..], &[column::RULE, column::SUBJECT], &by_place] {
        let table = Table::of(query::findings(subject, keys))?;
        rows.extend(table.rows().filter_map(|row| {
            let about = table.text(column::SUBJECT, row);
            let place = match (keys.len(), &about) {
                (1, _) => None,
                (2, Some(about)) => named(subject.framework, about),
                (2, None) | (_, Some(_)) => return None,
                (_, None) => Some(cell(&table, row)?),
            };
            Some(finding_row(&table, row, (about, place), all))
        }));
    }
    let placed: BTreeSet<String> = rows.iter().filter(|row| row.place.is_some()).map(|row| row.rule.clone()).collect();
    for row in rows.iter_mut().filter(|row| row.subject.is_none() && row.place.is_none()) {
        row.has_places = placed.contains(&row.rule);
    }
    rows.sort_by_cached_key(|row| {
        let place = (row.subject.clone(), row.place.clone());
        (place != (None, None), Reverse((row.returns, row.times)), row.rule.clone(), place)
    });
    Ok(rows)
}

/// Returns the sheet and cell of findings; `None` where they are about no sheet.
fn cell(table: &Table, row: usize) -> Option<String> {
    let sheet = table.text(column::SHEET, row)?;
    Some(table.text(column::CELL, row).map_or_else(|| sheet.clone(), |cell| format!("{sheet}!{cell}")))
}

/// Whether a finding stands at a row of a register, so that how often it was found says something of people.
pub fn is_at_a_row(framework: &Framework, finding: &Finding) -> bool {
    finding.subject.as_deref().is_some_and(|subject| named(framework, subject).is_none())
}

/// Returns the form's words for what findings are about; `None` where it is nothing of the form's own, but a row of a register.
fn named(framework: &Framework, subject: &str) -> Option<String> {
    let is_item = framework.criterion(subject).is_some()
        || framework.measure(subject).is_some()
        || framework.section(subject).is_some();
    let field = || framework.field(subject).map(|field| &field.label);
    let title = || framework.register(subject).map(|register| &register.title);
    let stated = || framework.stated(subject).map(|of| in_form(&of.row, subject));
    let titled = || field().or_else(title).map(|title| format!("\u{201c}{}\u{201d}", unmarked(title)));
    if is_item { Some(subject.to_owned()) } else { titled().or_else(stated) }
}

/// Returns the form's label of a row in quotation marks; the name in words where it has none.
fn in_form(label: &str, name: &str) -> String {
    if label.is_empty() { words_of(name) } else { format!("\u{201c}{}\u{201d}", unmarked(label)) }
}

fn finding_row(
    table: &Table,
    row: usize,
    (subject, place): (Option<String>, Option<String>),
    all: usize,
) -> FindingRow {
    let severity = severity(table.count(result::WORST, row));
    let is_local = (subject.is_some() || place.is_some()) && severity > Severity::Note;
    let returns = table.count(result::RETURNS, row);
    FindingRow {
        has_places: false,
        rule: table.text(column::RULE, row).unwrap_or_default(),
        severity,
        times: table.count(result::N, row),
        are_people: false,
        returns,
        share: returns as f64 / all as f64,
        spread: match (is_local, is_systemic(returns, all), is_nearly_systemic(returns, all)) {
            (true, true, _) => Prevalence::Systemic,
            (true, false, true) => Prevalence::NearlySystemic,
            (true, false, false) | (false, _, _) => Prevalence::Scattered,
        },
        subject,
        place,
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
