//! Dates outside the days in which they must be.

use jiff::civil::Date;

use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::expression::{Quantity, Scope};
use crate::framework::{RegisterColumn, RegisterSpec};
use crate::returns::{EntryValue, Row};
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "date-out-of-period", Warning, Allowed, "a date is outside the season or the academic year"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds the dates of registers that are outside their column's period.
fn check(judged: &Judged, findings: &mut Findings) {
    let bound = |spec: &&RegisterSpec| spec.columns.iter().any(|column| column.period.is_some());
    if !judged.framework.registers.iter().any(|spec| bound(&spec)) {
        return;
    }
    let basis = judged.basis(judged.outcome());
    for spec in judged.framework.registers.iter().filter(bound) {
        let rows = judged.sent.registers.get(&spec.id).map(|register| register.rows.as_slice()).unwrap_or_default();
        for (number, row) in rows.iter().enumerate() {
            let Some(scope) = basis.row(&spec.id, number) else { continue };
            findings.extend(spec.columns.iter().filter_map(|column| outside(spec, column, row, &scope)));
        }
    }
}

/// Says that a date is before the first or after the last day of its period.
fn outside(spec: &RegisterSpec, column: &RegisterColumn, row: &Row, scope: &dyn Scope) -> Option<Finding> {
    let entry = row.entry(column.id.as_str())?;
    let EntryValue::Date(date) = entry.given()? else { return None };
    let [from, to] = column.period.as_ref()?;
    let (Quantity::Date(from), Quantity::Date(to)) = (from.evaluate(scope), to.evaluate(scope)) else { return None };
    if (from..=to).contains(date) {
        return None;
    }
    let period = format!("{} to {}", shown(from), shown(to));
    let message = format!("“{}” is {}, outside {period}", column.heading, shown(*date));
    let finding = Finding::new(&RULE, entry.place(), message).with_subject(row.name(spec));
    let finding = finding.with_found(entry.written()).with_expected(period);
    Some(finding.with_help("Check the date, its year above all."))
}

/// Returns a day as people write it.
fn shown(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}
