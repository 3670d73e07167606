//! The form's formulas as they would be in a return, which may have more rows and other names of sheets.
//!
//! What a reference of the form is for stands at the same distance from the same criterion, heading or total in the return. The last
//! row of a register is where the return's other formulas end, as rows that were inserted move it there. Where rows stand in another order, or
//! among lines that sum others up, no range may take in what the form's does: then no formula is told.

use std::collections::BTreeSet;

use crate::cell::{CellRange, CellRef};
use crate::framework::{Framework, RegisterId, Stated};
use crate::wording::Wording;
use crate::workbook::{Span, Uses, Value};

use super::side::{Side, spans};
use super::{Anchors, Names, ROW};

/// Returns a formula of the form, which stands on its sheet `own`, as it would be in a return; `None` where no such formula takes in there
/// what it does in the form, as with rows that were sorted or that stand among others.
pub(super) fn here(framework: &Framework, sides: (&Side, &Side), own: &str, formula: &str) -> Option<String> {
    let mut is_told = true;
    let written = Uses::moved(formula, |sheet, cells| {
        let form_name = Wording::of(sheet.unwrap_or(own));
        let Some(id) = sides.0.sheet_name(&form_name) else { return (sheet.map(str::to_owned), cells) };
        let renamed = sides.1.layout.sheets.get(id).map(|at| sides.1.workbook.sheets[*at].name.clone());
        let is_renamed = |name: &String| Wording::of(name) != form_name;
        let sheet = sheet.map(|sheet| renamed.filter(is_renamed).unwrap_or_else(|| sheet.to_owned()));
        let moved = moved(framework, sides, id, cells);
        is_told &= takes_in_the_same(sides, id, cells, moved);
        (sheet, moved)
    });
    is_told.then_some(written)
}

/// Whether cells of a return are what cells of the form are: the same rows that have a name, and no more figures among these.
fn takes_in_the_same((form, sent): (&Side, &Side), sheet: &str, issued: CellRange, moved: CellRange) -> bool {
    let (Some(from), Some(to)) = (form.anchors_of(sheet), sent.anchors_of(sheet)) else { return true };
    if issued.first.row == issued.last.row {
        return true;
    }
    let (printed, here) = (from.rows_in(issued), to.rows_in(moved));
    let is_in = |names: &Names, name: &str| names.values().flatten().any(|other| other == name);
    let are_the_same = printed.iter().all(|name| here.contains(name) || !is_in(&to.rows, name))
        && here.iter().all(|name| printed.contains(name) || !is_in(&from.rows, name));
    are_the_same && sent.figures_beside(sheet, moved) <= form.figures_beside(sheet, issued)
}

/// Returns where a return has the cells of a sheet of the form.
fn moved(framework: &Framework, (form, sent): (&Side, &Side), sheet: &str, cells: CellRange) -> CellRange {
    let (Some(from), Some(to)) = (form.anchors_of(sheet), sent.anchors_of(sheet)) else { return cells };
    let at = |cell: CellRef| CellRef::new(from.row_in(to, cell.row), from.column_in(to, cell.column));
    let (first, last) = (at(cells.first), at(cells.last));
    let register = form.register_at(sheet, cells);
    let last_row =
        register.map_or(last.row, |register| last_row(framework, (form, sent), register, (cells.last.row, last.row)));
    CellRange::new(first, CellRef::new(last_row.max(first.row), last.column))
}

/// Returns the last row of a register at which a return's formulas look that look as far in the form; where there is none, the row
/// there, or the last that is filled in.
fn last_row(
    framework: &Framework,
    (form, sent): (&Side, &Side),
    register: &RegisterId,
    (issued, moved): (u32, u32),
) -> u32 {
    let rows = |side: &Side, stated: &Stated| -> Vec<Span> {
        let formula = side.at(stated).and_then(|(.., cell)| cell?.formula.as_deref());
        formula.map_or_else(Vec::new, |formula| spans((side, &Uses::of(formula), side.sheet_of(stated)), register))
    };
    let ends = |stated: &Stated| {
        let (printed, written) = (rows(form, stated), rows(sent, stated));
        let as_far = printed.len() == written.len() && printed.iter().all(|span| span.last == issued);
        written.into_iter().filter(move |_| as_far).map(|span| span.last).collect::<Vec<u32>>()
    };
    let siblings = framework.stated.iter().flat_map(ends).max();
    let read = sent.answers.and_then(|answers| answers.registers.get(register));
    let filled = read.and_then(|register| register.rows.last()).map(|row| row.number);
    siblings.unwrap_or(moved).max(filled.unwrap_or_default())
}

impl Side<'_> {
    /// Counts the figures among cells of a sheet in rows that are neither named nor a register's, as lines that sum others up.
    fn figures_beside(&self, sheet: &str, cells: CellRange) -> usize {
        let Some((number, anchors)) = self.layout.sheets.get(sheet).copied().zip(self.anchors_of(sheet)) else {
            return 0;
        };
        let is_of_table = anchors
            .rows
            .range(cells.first.row..=cells.last.row)
            .any(|(_, names)| names.iter().any(|name| name.starts_with(ROW)));
        let registers = self.answers.into_iter().flat_map(|answers| answers.registers.values());
        let here = &self.workbook.sheets[number];
        let lines = registers.filter(|register| register.sheet == here.name).flat_map(|register| &register.beside);
        let beside: BTreeSet<u32> = lines.map(|line| line.number).collect();
        let is_beside = |row: u32| beside.contains(&row) || is_of_table && !anchors.rows.contains_key(&row);
        let figures = here.cells.iter().filter(|cell| cells.contains(cell.at) && is_beside(cell.at.row));
        figures.filter(|cell| cell.formula.is_some() || matches!(cell.value, Value::Number(_))).count()
    }

    /// Returns the register below whose heading cells of a sheet stand, over more than one row.
    fn register_at(&self, sheet: &str, cells: CellRange) -> Option<&RegisterId> {
        let nearest = self.above(*self.layout.sheets.get(sheet)?, cells.first.row);
        nearest.filter(|_| cells.first.row < cells.last.row).map(|(id, _)| id)
    }
}

impl Anchors {
    /// Returns the names of the rows in which cells are.
    fn rows_in(&self, cells: CellRange) -> BTreeSet<&str> {
        self.rows
            .range(cells.first.row..=cells.last.row)
            .flat_map(|(_, names)| names.iter().map(String::as_str))
            .collect()
    }

    /// Returns the row of another sheet that is what a row of this one is.
    fn row_in(&self, other: &Self, row: u32) -> u32 {
        in_other(&self.rows, &other.rows, row)
    }

    /// Returns the column of another sheet that is what a column of this one is.
    fn column_in(&self, other: &Self, column: u32) -> u32 {
        in_other(&self.columns, &other.columns, column)
    }
}

/// Returns the line of one sheet that stands as far after the same named line as a line of another does.
fn in_other(own: &Names, other: &Names, line: u32) -> u32 {
    let same = |(at, _): (&u32, _)| Some(called_alike(own, other, *at)? + (line - at));
    own.range(..=line).rev().find_map(same).unwrap_or(line)
}

/// Returns the line of another sheet that is called as a line of one is; of several that share a name, the one in the same place among
/// these.
pub(super) fn called_alike(own: &Names, other: &Names, line: u32) -> Option<u32> {
    let by_name = |name: &String| {
        let before = own.iter().filter(|(at, names)| **at < line && names.contains(name)).count();
        other.iter().filter(|(_, names)| names.contains(name)).nth(before).map(|(at, _)| *at)
    };
    own.get(&line)?.iter().find_map(by_name)
}
