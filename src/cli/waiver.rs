//! `[[waivers]]` of a season's settings: as written, then as checked.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::day_text::DayText;
use super::place::{ConfigError, Place};
use crate::batch::waiver::{Waiver, Waivers};
use crate::catalogue;
use crate::wording::near_hint;

/// A waiver as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WaiverTable {
    /// The rule's name.
    rule: Spanned<String>,
    /// The return's file.
    #[serde(rename = "return")]
    file: Option<String>,
    /// The organisation.
    organisation: Option<String>,
    /// The cell with its sheet.
    cell: Option<String>,
    /// The criterion, measure, field or row key.
    subject: Option<String>,
    /// The value that it covers.
    #[serde(default)]
    found: String,
    /// Why.
    reason: Spanned<String>,
    /// Who decided it.
    by: Spanned<String>,
    /// The last day on which it holds.
    until: Spanned<DayText>,
}

/// Checks waivers.
pub(super) fn checked(written: Vec<WaiverTable>, at: &dyn Fn(usize) -> Place) -> Result<Waivers, ConfigError> {
    written.into_iter().map(|table| one(table, at)).collect::<Result<_, _>>().map(Waivers)
}

fn one(table: WaiverTable, at: &dyn Fn(usize) -> Place) -> Result<Waiver, ConfigError> {
    let wrong = |byte: usize, message: String| Err(at(byte).wrong(message));
    let rule = table.rule.get_ref();
    if let Err(message) = check_rule(rule) {
        return wrong(table.rule.span().start, message);
    }
    if table.file.is_none() && table.organisation.is_none() {
        let message =
            "say whose finding it is: `return = \"North/Acme.xlsx\"`, as outputs name the file, or `organisation`";
        return wrong(table.rule.span().start, message.to_owned());
    }
    for (said, what) in [(&table.reason, "why"), (&table.by, "who decided it")] {
        if said.get_ref().trim().is_empty() {
            return wrong(said.span().start, format!("a waiver says {what}"));
        }
    }
    let until = &table.until.get_ref().0;
    if until.parse::<Date>().is_err() {
        return wrong(table.until.span().start, format!("`{until}` is no date such as 2025-10-31"));
    }
    Ok(Waiver {
        rule: rule.clone(),
        file: table.file,
        organisation: table.organisation,
        cell: table.cell,
        subject: table.subject,
        found: table.found,
        reason: table.reason.into_inner(),
        by: table.by.into_inner(),
        until: table.until.into_inner().0,
    })
}

/// Refuses rules that aren't there, and those that nothing silences.
pub(super) fn check_rule(rule: &str) -> Result<(), String> {
    if catalogue::is_always_told(rule) {
        return Err(format!("`{rule}` is always told as it is; it can\u{2019}t be waived"));
    }
    if catalogue::find(rule).is_some() || rule.contains('/') {
        return Ok(());
    }
    let names: Vec<&str> = catalogue::rules().iter().map(|rule| rule.id).collect();
    Err(format!("there is no rule `{rule}`{}", near_hint(rule, &names)))
}
