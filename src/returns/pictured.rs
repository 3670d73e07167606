//! Registers over whose rows a picture lies, as where a table was pasted as one: which rows it shows can't be told.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::framework::{ColumnId, Framework, RegisterId, RegisterSpec};
use crate::layout::{Layout, RegisterPlace};
use crate::workbook::{Floating, Over, Sheet, Workbook};

use super::empty::is_empty;
use super::rule::ROW_LEFT_OUT;
use super::{Register, Return};

/// Leaves open what rests on registers over whose blank rows a picture lies, and says so; of one that must have rows and has none that is said.
pub(super) fn leave_open(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    sent: &mut Return,
    findings: &mut Findings,
) {
    let pictured = over_rows(framework, workbook, layout, &sent.registers);
    for (id, cells) in &pictured {
        let Some((spec, register)) = framework.register(id.as_str()).zip(sent.registers.get(id)) else { continue };
        if !is_empty(framework, sent, spec) {
            findings.push(told(spec, register, *cells));
        }
        sent.untold.registers.insert(id.clone(), register.sheet.clone());
    }
    sent.untold.pictured = pictured;
}

/// Returns the registers over whose blank rows a picture lies, each with the cells below it.
fn over_rows(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    registers: &BTreeMap<RegisterId, Register>,
) -> BTreeMap<RegisterId, CellRange> {
    let over = |spec: &RegisterSpec| {
        let (place, register) = (layout.registers.get(&spec.id)?, registers.get(&spec.id)?);
        let sheet = &workbook.sheets[place.sheet];
        let issued = framework.issued_sheet(&spec.sheet);
        let is_sent = |floating: &&Floating| {
            let is_same = |form: &Floating| form.kind == floating.kind && form.cells == floating.cells;
            !issued.is_some_and(|issued| issued.floating.iter().any(is_same))
        };
        let mut pictures = sheet.floating.iter().filter(|floating| floating.kind == Over::Picture).filter(is_sent);
        let below = |picture: &Floating| blank_rows(sheet, (spec, place, register), picture);
        Some((spec.id.clone(), pictures.find_map(below)?))
    };
    framework.registers.iter().filter_map(over).collect()
}

/// Returns the cells of a register's rows below a picture over most of its columns, as far as nothing stands in these rows; `None` where
/// there are none. One over few columns shows something else, such as a signature.
fn blank_rows(
    sheet: &Sheet,
    (spec, place, register): (&RegisterSpec, &RegisterPlace, &Register),
    picture: &Floating,
) -> Option<CellRange> {
    let CellRange { first, last } = picture.cells;
    let columns: Vec<(&ColumnId, u32)> = place.columns.iter().map(|(id, at)| (id, *at)).collect();
    let covered = columns.iter().filter(|(_, at)| (first.column..=last.column).contains(at)).count();
    // What the form prints in a row, as its number, doesn't begin it.
    let begins = |id: &ColumnId| spec.begun_by.is_empty() || spec.begun_by.contains(id);
    let beginning: Vec<u32> = columns.iter().filter(|(id, _)| begins(id)).map(|(_, at)| *at).collect();
    let rows = (place.heading + 1).max(first.row)..=last_row(place, register).min(last.row);
    let is_blank = |row: &u32| {
        let holds = |column: &u32| sheet.cell(CellRef::new(*row, *column)).is_some_and(|cell| !cell.value.is_blank());
        !register.rows.iter().any(|known| known.number == *row) && !beginning.iter().any(holds)
    };
    let mut blank = rows.filter(is_blank).filter(|_| covered * 2 > columns.len());
    let top = blank.next()?;
    let end = blank.next_back().unwrap_or(top);
    Some(CellRange::new(CellRef::new(top, first.column), CellRef::new(end, last.column)))
}

/// Returns the last of the rows that the form has for a register, or of those that are filled in.
fn last_row(place: &RegisterPlace, register: &Register) -> u32 {
    let filled = register.rows.last().map_or(place.heading, |row| row.number);
    if place.printed > place.heading { place.printed.max(filled) } else { place.rows.1 }
}

/// Says that a picture lies over cells where rows belong.
fn told(spec: &RegisterSpec, register: &Register, cells: CellRange) -> Finding {
    let message = format!(
        "a picture lies over {cells}, where rows of “{}” belong: what it shows can\u{2019}t be read, so what rests on them is open",
        spec.title
    );
    let help =
        format!("Enter a row for each {} that it shows; if it shows none, move it off the table.", spec.row_noun);
    let finding = Finding::new(&ROW_LEFT_OUT, Place::Cells(register.sheet.clone(), cells), message);
    finding.with_severity(Severity::Error).with_subject(spec.id.as_str()).with_help(help)
}
