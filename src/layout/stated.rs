//! Finds the totals, weights and outcomes that a workbook states: a label's row, under a heading or beside the label.

use std::collections::BTreeMap;

use crate::cell::CellRef;
use crate::framework::{Framework, SheetId, Stated, StatedColumn};
use crate::wording::Wording;

use super::TablePlace;
use super::text::{SheetText, WorkbookText};

/// A label at least this alike is taken for the one expected.
const NEAR: f64 = 0.85;

/// Finds the stated values whose sheet was found.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    sheets: &BTreeMap<SheetId, usize>,
    tables: &[TablePlace],
) -> BTreeMap<String, (usize, CellRef)> {
    let found = framework.stated.iter().filter_map(|stated| {
        let sheet = *sheets.get(&stated.sheet)?;
        let read_as =
            |heading: &str| column_read_as(framework, tables.iter().filter(|table| table.sheet == sheet), heading);
        Some((stated.id.clone(), (sheet, place(stated, &text.sheets[sheet], read_as)?)))
    });
    found.collect()
}

/// Returns the column of a table that was read as the one with this heading, whatever words stand over it.
fn column_read_as<'a>(
    framework: &Framework,
    mut tables: impl Iterator<Item = &'a TablePlace>,
    heading: &str,
) -> Option<u32> {
    tables.find_map(|place| {
        let column = framework.tables[place.table].columns.iter().find(|column| column.heading == heading)?;
        place.columns.get(&column.id).copied()
    })
}

/// Finds one stated value: the row of its label that has its heading above, or a column that was read as that one.
fn place(stated: &Stated, text: &SheetText, read_as: impl Fn(&str) -> Option<u32>) -> Option<CellRef> {
    labels(&Wording::of(&stated.row), text).into_iter().find_map(|label| match &stated.column {
        StatedColumn::Under { heading, after } => {
            let after = after.as_deref().map(Wording::of);
            let column = heading_above(text, label.row, &Wording::of(heading), after.as_ref());
            Some(CellRef::new(label.row, column.or_else(|| read_as(heading))?))
        }
        StatedColumn::BesideLabel => Some(beside(text, label)),
    })
}

/// Returns the cells that hold the label, those word for word first.
fn labels(label: &Wording, text: &SheetText) -> Vec<CellRef> {
    let exact: Vec<CellRef> = text.texts.iter().filter(|(_, words)| words == label).map(|(at, _)| *at).collect();
    if !exact.is_empty() {
        return exact;
    }
    text.texts.iter().filter(|(_, words)| words.likeness(label) >= NEAR).map(|(at, _)| *at).collect()
}

/// Returns the column of the nearest heading above a row, right of another heading where one is named.
fn heading_above(text: &SheetText, row: u32, heading: &Wording, after: Option<&Wording>) -> Option<u32> {
    let above = text.texts.partition_point(|(at, _)| at.row < row);
    let nearest =
        text.texts[..above].iter().rev().filter(|(_, words)| words == heading || words.likeness(heading) >= NEAR);
    let allowed = nearest.filter(|(at, _)| {
        let left =
            after.map(|after| text.row(at.row).iter().find(|(_, words)| words == after).map(|(left, _)| left.column));
        left.is_none_or(|left| left.is_some_and(|left| left < at.column))
    });
    // Of several in the nearest row the leftmost is meant.
    let allowed: Vec<CellRef> = allowed.map(|(at, _)| *at).collect();
    let nearest = allowed.first()?.row;
    allowed.iter().filter(|at| at.row == nearest).map(|at| at.column).min()
}

/// Returns the first cell right of a label, past what is merged with it.
fn beside(text: &SheetText, label: CellRef) -> CellRef {
    let last = text.sheet.merge_over(label).map_or(label.column, |merge| merge.last.column);
    CellRef::new(label.row, last + 1)
}
