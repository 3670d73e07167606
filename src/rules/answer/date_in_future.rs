//! Dates that must be past and lie after the data date.

use jiff::civil::Date;

use crate::finding::{Finding, Findings};
use crate::framework::{EntryKind, FieldRole, Tense};
use crate::returns::{Entry, EntryValue};
use crate::rules::{Judged, ReturnRule};

crate::rule!("date-in-future", Error, "a date that must be past is after the season's data date");

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds dates after the data date; where neither the return nor the season has one, none is judged.
fn check(judged: &Judged, findings: &mut Findings) {
    let Some(today) = today(judged) else { return };
    for field in judged.framework.fields.iter().filter(|field| is_past(&field.kind)) {
        let entry = judged.said.fields.get(&field.id);
        findings.extend(entry.and_then(|entry| after(entry, today, field.id.as_str(), &field.label)));
    }
    for spec in &judged.framework.registers {
        let Some(register) = judged.said.registers.get(&spec.id) else { continue };
        for column in spec.columns.iter().filter(|column| is_past(&column.kind) && column.computed.is_none()) {
            let entries = register.rows.iter().filter_map(|row| Some((row.entries.get(&column.id)?, row.name(spec))));
            findings.extend(entries.filter_map(|(entry, name)| after(entry, today, &name, &column.heading)));
        }
    }
}

/// Returns the return's own data date or the season's, whichever is earlier: what is after either can't be known.
fn today(judged: &Judged) -> Option<Date> {
    let own = match judged.said.role(judged.framework, FieldRole::DataDate) {
        Some(EntryValue::Date(date)) => Some(*date),
        Some(EntryValue::Text(_) | EntryValue::Number(_)) | None => None,
    };
    own.into_iter().chain(judged.season_date).min()
}

/// Whether an entry is a date that must be past.
fn is_past(kind: &EntryKind) -> bool {
    matches!(kind, EntryKind::Date(Tense::Past))
}

/// Says that a date is after the data date.
fn after(entry: &Entry, today: Date, subject: &str, heading: &str) -> Option<Finding> {
    let Some(EntryValue::Date(date)) =
        entry.given().filter(|value| matches!(value, EntryValue::Date(date) if *date > today))
    else {
        return None;
    };
    let today = today.strftime("%d/%m/%Y");
    let message = format!("“{heading}” is {}, after the data date {today}", date.strftime("%d/%m/%Y"));
    let finding = Finding::new(&RULE, entry.place.clone()?, message).with_subject(subject).with_found(&entry.written);
    Some(
        finding
            .with_expected(format!("{today} or earlier"))
            .with_help("Check the date; what is still to come doesn't belong here."),
    )
}
