//! Dates that must be past and lie after the data date.

use jiff::civil::Date;

use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::framework::{EntryKind, FieldRole, Tense};
use crate::returns::EntryValue;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "date-in-future", Error, Allowed, "a date that must be past is after the season's data date"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds dates after the data date; where neither the return nor the season has one, none is judged.
fn check(judged: &Judged, findings: &mut Findings) {
    let Some(today) = today(judged) else { return };
    for field in judged.framework.fields.iter().filter(|field| is_past(&field.kind)) {
        let Some(entry) = judged.sent.fields.get(&field.id) else { continue };
        let (Some(date), Some(place)) = (after(entry.given(), today), &entry.place) else { continue };
        let finding = too_late(date, today, &field.label, place.clone()).with_found(&entry.written);
        findings.push(finding.with_subject(field.id.as_str()));
    }
    for spec in &judged.framework.registers {
        let Some(register) = judged.sent.registers.get(&spec.id) else { continue };
        for column in spec.columns.iter().filter(|column| is_past(&column.kind) && column.computed.is_none()) {
            for row in &register.rows {
                let Some(entry) = row.entry(column.id.as_str()) else { continue };
                let Some(date) = after(entry.given(), today) else { continue };
                let finding = too_late(date, today, &column.heading, entry.place()).with_found(entry.written());
                findings.push(finding.with_subject(row.name(spec)));
            }
        }
    }
}

/// Returns the return's own data date or the season's, whichever is earlier: what is after either can't be known.
pub(crate) fn today(judged: &Judged) -> Option<Date> {
    let own = match judged.sent.role(judged.framework, FieldRole::DataDate) {
        Some(EntryValue::Date(date)) => Some(*date),
        Some(EntryValue::Text(_) | EntryValue::Number(_)) | None => None,
    };
    own.into_iter().chain(judged.season_date).min()
}

/// Whether an entry is a date that must be past.
fn is_past(kind: &EntryKind) -> bool {
    matches!(kind, EntryKind::Date(Tense::Past))
}

/// Returns a date that is after the data date.
fn after(given: Option<&EntryValue>, today: Date) -> Option<Date> {
    match given? {
        EntryValue::Date(date) if *date > today => Some(*date),
        EntryValue::Date(_) | EntryValue::Text(_) | EntryValue::Number(_) => None,
    }
}

/// Says that a date is after the data date.
fn too_late(date: Date, today: Date, heading: &str, place: Place) -> Finding {
    let today = today.strftime("%d/%m/%Y");
    let message = format!("“{heading}” is {}, after the data date {today}", date.strftime("%d/%m/%Y"));
    Finding::new(&RULE, place, message)
        .with_expected(format!("{today} or earlier"))
        .with_help("Check the date; what is still to come doesn't belong here.")
}
