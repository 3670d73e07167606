//! Answers that were pasted some rows below their criteria: the last ones stand where no criterion is, and the first criterion has none. And
//! answers under another heading, whose entries stand in their place.
//!
//! Which answer is whose can be told by nobody but the sender, as some may have been lost below others: none of them counts.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Findings, Place};
use crate::framework::{ColumnId, Framework, Holds, Table, TableColumn};
use crate::layout::TablePlace;
use crate::workbook::{Cell, Value, Workbook};

use super::place::Spot;
use super::rule::ANSWERS_DISPLACED;
use super::unit::Unit;
use super::{grade, percent};

/// The fewest answers under another heading that aren't there by chance.
const FEWEST: usize = 3;
/// Answers are looked for so many rows below their own.
const REACH: u32 = 3;

/// Answers that don't stand where they belong.
pub(super) struct Displaced<'a> {
    /// The columns of which nothing counts.
    pub(super) columns: Vec<&'a ColumnId>,
    /// What is said of them.
    pub(super) finding: Finding,
}

/// Finds the answers of a table that don't stand where they belong.
pub(super) fn all<'a>(
    framework: &Framework,
    workbook: &Workbook,
    place: &TablePlace,
    columns: &[(&'a TableColumn, u32)],
) -> Vec<Displaced<'a>> {
    let scores = columns.iter().copied().filter(|(column, _)| matches!(column.holds, Holds::Score(_)));
    let of = |score: (&'a TableColumn, u32)| {
        let below = told(framework, workbook, place, score);
        let below = below.map(|finding| Displaced { columns: vec![&score.0.id], finding });
        below.or_else(|| swapped(framework, workbook, place, (score, columns)))
    };
    scores.filter_map(of).collect()
}

/// Says that the answers of a column stand under the heading of another, and what belongs there in their place; `None` where that isn't so of
/// every row that has something there.
fn swapped<'a>(
    framework: &Framework,
    workbook: &Workbook,
    place: &TablePlace,
    (score, columns): ((&'a TableColumn, u32), &[(&'a TableColumn, u32)]),
) -> Option<Displaced<'a>> {
    let sheet = &workbook.sheets[place.sheet];
    let answers = |at: u32, (id, row): (&str, u32)| {
        let spot = Spot::new(sheet, CellRef::new(row, at), workbook.date_system, id).in_unit(Unit::Bare);
        let is_typed = spot.cell.is_some_and(|cell| cell.formula.is_none() && !cell.value.is_blank());
        is_typed.then(|| is_answer(framework, &spot, score.0))
    };
    let rows = place.rows.iter().map(|(id, row)| (id.as_str(), *row));
    let filled: Vec<(&str, u32)> = rows.filter(|row| answers(score.1, *row).is_some()).collect();
    let is_in = |at: u32, is: bool| filled.iter().all(|row| answers(at, *row) == Some(is));
    if filled.len() < FEWEST || !is_in(score.1, false) {
        return None;
    }
    let mut others = columns.iter().filter(|(column, _)| matches!(column.holds, Holds::Entry(_)));
    let (other, _) = others.find(|(_, at)| is_in(*at, true))?;
    let ends = (filled.iter().map(|(_, row)| *row).min()?, filled.iter().map(|(_, row)| *row).max()?);
    let cells = CellRange::new(CellRef::new(ends.0, score.1), CellRef::new(ends.1, score.1));
    let message = format!(
        "the answers of “{}” stand under “{}”, and what belongs there stands in their place: the contents of the two columns were swapped; \
         none of them counts",
        score.0.heading, other.heading
    );
    let finding = Finding::new(&ANSWERS_DISPLACED, Place::Cells(sheet.name.clone(), cells), message);
    let finding = finding.with_help("Move what stands in each of the two columns under its own heading.");
    Some(Displaced { columns: vec![&score.0.id, &other.id], finding })
}

/// Says that the answers of a column stand below their rows; `None` where each may be in its own.
fn told(
    framework: &Framework,
    workbook: &Workbook,
    place: &TablePlace,
    (column, at): (&TableColumn, u32),
) -> Option<Finding> {
    let sheet = &workbook.sheets[place.sheet];
    let rows: BTreeMap<u32, &str> = place.rows.iter().map(|(id, row)| (*row, id.as_str())).collect();
    let last = *rows.keys().last()?;
    let is_near = |cell: &&Cell| cell.at.column == at && (place.heading + 1..=last + REACH).contains(&cell.at.row);
    let typed = sheet.cells.iter().chain(&sheet.covered).filter(is_near);
    let typed = typed.filter(|cell| cell.formula.is_none() && !cell.value.is_blank());
    let is_aside = |cell: &Cell| !rows.contains_key(&cell.at.row);
    let own = |cell: &&Cell| !is_aside(cell) || !is_printed(framework, &framework.tables[place.table], &cell.value);
    let typed: Vec<&Cell> = typed.filter(own).collect();
    let is_answer = |cell: &Cell, id: &str| {
        let spot = Spot { cell: Some(cell), ..Spot::new(sheet, cell.at, workbook.date_system, id) }.in_unit(Unit::Bare);
        is_answer(framework, &spot, column)
    };
    let is_below = |by: u32, cell: &Cell| {
        let row = cell.at.row.checked_sub(by).and_then(|row| rows.get(&row));
        row.is_some_and(|id| is_answer(cell, id))
    };
    let aside = typed.iter().find(|cell| is_aside(cell))?;
    let by = (1..=REACH).find(|by| typed.len() > 2 && typed.iter().all(|cell| is_below(*by, cell)))?;
    let (first, end) = (typed.iter().map(|cell| cell.at.row).min()?, typed.iter().map(|cell| cell.at.row).max()?);
    let cells = CellRange::new(CellRef::new(first, at), CellRef::new(end, at));
    let rows = if by == 1 { "a row".to_owned() } else { format!("{by} rows") };
    let message = format!(
        "the answers under “{}” stand {rows} below their ¤criteria: {} holds one where no ¤criterion is; none of them counts",
        column.heading, aside.at
    );
    let help = format!("Move the answers up by {rows}, and put back what stood below them in the form.");
    Some(Finding::new(&ANSWERS_DISPLACED, Place::Cells(sheet.name.clone(), cells), message).with_help(help))
}

/// Whether a cell can be the answer of a criterion or measure.
fn is_answer(framework: &Framework, spot: &Spot, column: &TableColumn) -> bool {
    let mut silent = Findings::default();
    let is_grade = framework.criterion(spot.subject).is_some_and(|criterion| {
        let scale = framework.scale(criterion);
        let spot = spot.in_unit(percent::unit(spot, scale, Some(column)));
        grade::read(&spot, scale, &mut silent).given().is_some()
    });
    let measure = framework.measure(spot.subject);
    is_grade || measure.is_some_and(|measure| grade::read_points(spot, &measure.maximum, &mut silent).given().is_some())
}

/// Whether the form itself has a value on the sheet of a table.
fn is_printed(framework: &Framework, table: &Table, value: &Value) -> bool {
    let cells = framework.issued_sheet(&table.sheet).into_iter().flat_map(|sheet| &sheet.cells);
    cells.into_iter().any(|cell| cell.formula.is_none() && cell.value == *value)
}
