//! `[[waivers]]` of a season's settings: as written, then as checked.

use serde::Deserialize;
use toml::Spanned;

use super::day_text::{DayText, day};
use super::place::{ConfigError, Place};
use crate::batch::waiver::{Waiver, Waivers};
use crate::catalogue;

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
    /// The value that it covers; `None` is any.
    found: Option<String>,
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
    check_rule(rule).map_err(|message| at(table.rule.span().start).wrong(message))?;
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
    let until = day(&table.until).map_err(|(byte, message)| at(byte).wrong(message))?;
    Ok(Waiver {
        rule: rule.clone(),
        file: table.file,
        organisation: table.organisation,
        cell: table.cell,
        subject: table.subject,
        found: table.found,
        reason: table.reason.into_inner(),
        by: table.by.into_inner(),
        until,
    })
}

/// Refuses rules that aren't there, and those that can't be waived.
pub(super) fn check_rule(rule: &str) -> Result<(), String> {
    catalogue::check_silenced(rule, "it can\u{2019}t be waived")
}
