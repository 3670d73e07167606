//! Formulas that the form has in the rows of a register, one below the other, and that were typed over in some.

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::framework::{Framework, RegisterColumn, RegisterSpec};
use crate::layout::RegisterPlace;
use crate::returns::{Register, Row};
use crate::workbook::Cell;

use super::placed;
use super::rule::{FORMULA_OVERWRITTEN, PUT_BACK};
use super::side::Side;

/// A formula that was typed over in a row.
struct TypedOver<'a> {
    at: CellRef,
    cell: &'a Cell,
    /// The formula that belongs there.
    formula: String,
    /// What the row is about.
    row: String,
}

/// Says in which rows of registers a formula of the form was typed over, rows one below the other at once.
pub(super) fn typed_over(framework: &Framework, form: &Side, sent: &Side) -> Vec<Finding> {
    let mut findings = Vec::new();
    for spec in &framework.registers {
        let register = sent.answers.and_then(|answers| answers.registers.get(&spec.id));
        let places = form.layout.registers.get(&spec.id).zip(sent.layout.registers.get(&spec.id));
        let Some((register, places)) = register.zip(places) else { continue };
        for column in &spec.columns {
            let all = in_column(framework, (form, sent), (spec, column), register, places);
            let runs = all.chunk_by(|above, below| below.at.row - above.at.row == 1);
            findings.extend(runs.map(|run| told(sent, column, run, places.1)));
        }
    }
    findings
}

/// Returns the rows of a register in which a constant stands where the form has a formula in a column.
fn in_column<'a>(
    framework: &Framework,
    sides: (&Side, &Side<'a>),
    (spec, column): (&RegisterSpec, &RegisterColumn),
    register: &Register,
    (printed, place): (&RegisterPlace, &RegisterPlace),
) -> Vec<TypedOver<'a>> {
    let columns = printed.columns.get(&column.id).zip(place.columns.get(&column.id));
    let Some((from, to)) = columns else { return Vec::new() };
    let (issued, sheet) = (&sides.0.workbook.sheets[printed.sheet], &sides.1.workbook.sheets[place.sheet]);
    let in_row = |row: &Row| {
        let at = CellRef::new(row.number, *to);
        let cell = sheet.cell(at).filter(|cell| cell.formula.is_none() && !cell.value.is_blank())?;
        let there = CellRef::new((row.number + printed.heading).checked_sub(place.heading)?, *from);
        if there.row > printed.printed {
            return None;
        }
        let formula = issued.cell(there)?.formula.as_deref().filter(|formula| !formula.is_empty())?;
        let formula = placed::here(framework, sides, &issued.name, formula);
        Some(TypedOver { at, cell, formula, row: row.name(spec) })
    };
    register.rows.iter().filter_map(in_row).collect()
}

/// Says that a constant stands in rows where the form has a formula.
fn told(sent: &Side, column: &RegisterColumn, run: &[TypedOver], place: &RegisterPlace) -> Finding {
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let sheet = &sent.workbook.sheets[place.sheet].name;
    let place = Place::Cells(sheet.clone(), CellRange::new(first.at, last.at));
    let heading = &column.heading;
    if run.len() > 1 {
        let message = format!(
            "“{heading}” is typed in rows {} to {} where the form has a formula (={} in row {})",
            first.at.row, last.at.row, first.formula, first.at.row
        );
        let expected = format!("={}", first.formula);
        return Finding::new(&FORMULA_OVERWRITTEN, place, message).with_expected(expected).with_help(PUT_BACK);
    }
    let written = first.cell.shown(sent.workbook.date_system);
    let message = format!("“{heading}” is typed in ({written}) where the form has the formula ={}", first.formula);
    let finding = Finding::new(&FORMULA_OVERWRITTEN, place, message).with_subject(&first.row).with_found(written);
    finding.with_expected(format!("={}", first.formula)).with_help(PUT_BACK)
}
