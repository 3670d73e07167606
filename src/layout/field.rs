//! Finds the fields of the cover: a label, and the column of entries to its right.

use std::collections::BTreeMap;

use crate::cell::CellRef;
use crate::framework::{Field, FieldId, Framework, SheetId};
use crate::wording::Wording;

use super::FieldPlace;
use super::text::{SheetText, WorkbookText};

/// A label at least this alike is taken for the field's.
const NEAR: f64 = 0.75;
/// How far right of its label an entry is looked for.
const REACH: u32 = 6;

/// Finds the fields whose sheet was found.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    sheets: &BTreeMap<SheetId, usize>,
) -> BTreeMap<FieldId, FieldPlace> {
    let others: Vec<Wording> = framework.fields.iter().map(|field| Wording::of(&field.label)).collect();
    let labels: Vec<(&Field, usize, CellRef)> = framework
        .fields
        .iter()
        .filter_map(|field| {
            let sheet = *sheets.get(&field.sheet)?;
            Some((field, sheet, label(field, &text.sheets[sheet], &others)?))
        })
        .collect();
    let place = |(field, sheet, label): &(&Field, usize, CellRef)| {
        let entry =
            entry(*label, &text.sheets[*sheet], labels.iter().filter(|other| other.1 == *sheet).map(|other| other.2));
        (field.id.clone(), FieldPlace { sheet: *sheet, label: *label, entry })
    };
    labels.iter().map(place).collect()
}

/// Finds a field's label: its words, other words for it, or the nearest.
fn label(field: &Field, text: &SheetText, others: &[Wording]) -> Option<CellRef> {
    let known: Vec<Wording> =
        std::iter::once(&field.label).chain(&field.also).map(|label| Wording::of(label)).collect();
    if let Some(row) = &field.row {
        let row = text.find(&Wording::of(row))?.row;
        return text.row(row).iter().find(|(_, words)| known.contains(words)).map(|(at, _)| *at);
    }
    let exact = known.iter().find_map(|label| first_label(label, text, others));
    exact.or_else(|| {
        let likeness = |words: &Wording| known.iter().map(|label| label.likeness(words)).fold(0.0, f64::max);
        let alike =
            text.texts.iter().map(|(at, words)| (likeness(words), *at)).filter(|(likeness, _)| *likeness >= NEAR);
        alike.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
    })
}

/// Finds the first cell that holds a label and isn't the entry of another.
fn first_label(label: &Wording, text: &SheetText, others: &[Wording]) -> Option<CellRef> {
    let first = text.find(label)?;
    let is_entry = |at: &CellRef| {
        let left = at.column.checked_sub(1).and_then(|column| text.at(CellRef::new(at.row, column)));
        left.is_some_and(|left| left != label && others.contains(left))
    };
    if !is_entry(&first) {
        return Some(first);
    }
    let cells = text.texts.iter().filter(|(_, words)| words == label).map(|(at, _)| *at);
    cells.into_iter().find(|at| !is_entry(at)).or(Some(first))
}

/// Finds the cell of a label's entry: the column right of the labels in which most of them have something that isn't the
/// form's hint; right beside the label where no column has more than another.
fn entry(label: CellRef, text: &SheetText, labels: impl Iterator<Item = CellRef>) -> CellRef {
    let beside = text.sheet.merge_over(label).map_or(label.column, |merge| merge.last.column) + 1;
    let column_mates: Vec<CellRef> = labels.filter(|other| other.column == label.column).collect();
    let filled = |column: u32| {
        column_mates.iter().filter(|mate| text.sheet.cell(CellRef::new(mate.row, column)).is_some()).count()
    };
    let empty_beside = filled(beside) == 0;
    let column = if empty_beside { first_with_entries(beside, column_mates.len(), filled) } else { beside };
    CellRef::new(label.row, column)
}

/// Returns the next column in which at least half of the labels have an entry, else the first.
fn first_with_entries(beside: u32, labels: usize, filled: impl Fn(u32) -> usize) -> u32 {
    let inserted = (beside + 1..beside + REACH).find(|column| filled(*column) * 2 > labels);
    // On an untouched form only the hints are there: they stand one column further, over fewer labels than fields.
    inserted.filter(|column| filled(column + 1) > 0).unwrap_or(beside)
}
