//! Compares what a register's rows show under the columns that the form works out with what their entries come to.

use jiff::civil::Date;

use crate::finding::{Finding, Findings, Place, Rule};
use crate::framework::expression::Quantity;
use crate::framework::{RegisterColumn, RegisterSpec, StatedKind};
use crate::outcome::RowScope;
use crate::returns::{EntryValue, Origin, Row};
use crate::rules::Judged;

use super::stated::{Comparison, fits, shown_like};

/// Finds values of such columns that differ.
pub(super) fn check(rule: &'static Rule, judged: &Judged, findings: &mut Findings) {
    let basis = judged.basis(judged.outcome());
    for spec in &judged.framework.registers {
        let Some(register) = judged.sent.registers.get(&spec.id) else { continue };
        for column in spec.columns.iter().filter(|column| column.computed.is_some()) {
            let rows = register.rows.iter().enumerate();
            let scoped = rows.filter_map(|(number, row)| Some((row, basis.row(&spec.id, number)?)));
            findings.extend(scoped.filter_map(|(row, scope)| differs(rule, (spec, column), row, &scope)));
        }
    }
}

/// Says that a row shows something else than its entries come to.
fn differs(
    rule: &'static Rule,
    (spec, column): (&RegisterSpec, &RegisterColumn),
    row: &Row,
    scope: &RowScope<'_>,
) -> Option<Finding> {
    let entry = row.entry(column.id.as_str())?;
    let expected = comparison(column, row, scope)?.expected?;
    let message =
        format!("“{}” says {}; the row's own entries come to {expected}", column.heading, entry.written().trim());
    let finding = Finding::new(rule, entry.place(), message).with_subject(row.name(spec));
    let finding = finding.with_found(entry.written()).with_expected(expected);
    Some(finding.with_help("Check the entries that it rests on, and correct the figure."))
}

/// Compares what a row shows under such a column with what is worked out; `None` for all other columns.
fn comparison(column: &RegisterColumn, row: &Row, scope: &RowScope<'_>) -> Option<Comparison> {
    let entry = row.entry(column.id.as_str())?;
    let computed = column.computed.as_ref()?.evaluate(scope);
    let expected = match (entry.given(), &computed) {
        (Some(EntryValue::Number(number)), Quantity::Number(computed)) => {
            let written = entry.written();
            (!fits(number, written, computed, (StatedKind::Total, Origin::Typed)))
                .then(|| shown_like(written, computed))
        }
        (Some(EntryValue::Date(date)), Quantity::Date(computed)) => (date != computed).then(|| day(*computed)),
        // An error, a picture, a logical or words state nothing that was worked out; a formula without a result shows nothing.
        (None, _) if !entry.is_unusable() || entry.written().trim().is_empty() => None,
        (None, Quantity::Number(computed)) => Some(shown_like(entry.written(), computed)),
        (None, Quantity::Date(computed)) => Some(day(*computed)),
        (None | Some(EntryValue::Number(_) | EntryValue::Date(_) | EntryValue::Text(_)), _) => None,
    };
    Some(Comparison { computed, expected })
}

/// Compares what the form works out at a cell of a register's row; `None` where it works nothing out there.
pub fn in_row(judged: &Judged, place: &Place) -> Option<Comparison> {
    let (sheet, cells) = place.sheet().zip(place.cells())?;
    let basis = judged.basis(judged.outcome());
    judged.framework.registers.iter().find_map(|spec| {
        let register = judged.sent.registers.get(&spec.id).filter(|register| register.sheet == sheet)?;
        let (number, row) = register.rows.iter().enumerate().find(|(_, row)| row.number == cells.first.row)?;
        let column = spec.columns.iter().find(|column| {
            column.computed.is_some() && row.entry(column.id.as_str()).is_some_and(|entry| entry.place() == *place)
        })?;
        comparison(column, row, &basis.row(&spec.id, number)?)
    })
}

/// Returns a day as the form shows it.
fn day(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}
