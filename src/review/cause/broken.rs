//! Rows and columns of links that lost what they lead to: their cells show one error, which is one finding.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef, column_letters};
use crate::finding::{Finding, Place};
use crate::returns::rule::ANSWER_IS_AN_ERROR;
use crate::words::number_of;

use super::{Effects, is_effect};

/// The fewest cells of one row, or of one column, with the same error that have one cause.
const FEWEST: usize = 3;

/// A row or a column of a sheet whose cells show an error.
type Line<'a> = (&'a str, Axis, u32, &'a str);

/// Along which the cells of a line stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Axis {
    /// Along a row.
    Row,
    /// Along a column.
    Column,
}

/// Puts the errors of a row, and then those of a column, among the effects of a finding of their own.
pub(super) fn gathered(findings: &mut Vec<Finding>, effects: &mut Effects) {
    for axis in [Axis::Row, Axis::Column] {
        let mut lines: BTreeMap<Line<'_>, Vec<(usize, CellRef)>> = BTreeMap::new();
        for (index, (sheet, at, error)) in errors(findings).filter(|(index, _)| !is_effect(effects, *index)) {
            let number = match axis {
                Axis::Row => at.row,
                Axis::Column => at.column,
            };
            lines.entry((sheet, axis, number, error)).or_default().push((index, at));
        }
        let lines = lines.into_iter().filter(|(_, cells)| cells.len() >= FEWEST);
        let causes: Vec<(Finding, Vec<usize>)> =
            lines.map(|(line, cells)| (told(line, &cells), cells.iter().map(|(index, _)| *index).collect())).collect();
        for (cause, own) in causes {
            effects.insert(findings.len(), own);
            findings.push(cause);
        }
    }
}

/// Returns the findings of one cell that shows an error where something belongs, each with its sheet, its cell and the error.
fn errors(findings: &[Finding]) -> impl Iterator<Item = (usize, (&str, CellRef, &str))> {
    let errors = findings.iter().enumerate().filter(|(_, finding)| finding.is_of(&ANSWER_IS_AN_ERROR));
    errors.filter_map(|(index, finding)| {
        let cells = finding.cells().filter(|cells| cells.first == cells.last)?;
        Some((index, (finding.sheet()?, cells.first, finding.found.as_deref()?)))
    })
}

/// Says that the cells of a row or column show one error.
fn told((sheet, axis, _, error): Line<'_>, cells: &[(usize, CellRef)]) -> Finding {
    let ends = |of: fn(&CellRef) -> u32| {
        let all = || cells.iter().map(|(_, at)| of(at));
        (all().min().unwrap_or(1), all().max().unwrap_or(1))
    };
    let (rows, columns) = (ends(|at| at.row), ends(|at| at.column));
    let range = CellRange::new(CellRef::new(rows.0, columns.0), CellRef::new(rows.1, columns.1));
    let line = match axis {
        Axis::Row => format!("row {}", rows.0),
        Axis::Column => format!("column {}", column_letters(columns.0)),
    };
    let message =
        format!("{} of {line} show the error {error} where something belongs", number_of(cells.len(), "cell", "cells"));
    let help = "Put right what their formulas lead to, or type what belongs there over them.";
    let finding = Finding::new(&ANSWER_IS_AN_ERROR, Place::Cells(sheet.to_owned(), range), message);
    finding.with_found(error).with_help(help)
}
