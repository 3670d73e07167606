//! What figures are worked out from, by the formulas of their cells.

use std::collections::BTreeSet;

use crate::cell::{CellRange, CellRef};
use crate::finding::Place;
use crate::wording::Wording;
use crate::workbook::{Uses, Workbook};

/// Where a figure stands.
pub(super) type Spot = (Wording, CellRef);

/// Returns where a finding stands, if it is at one cell.
pub(super) fn spot(place: &Place) -> Option<Spot> {
    match place {
        Place::Cells(sheet, cells) if cells.first == cells.last => Some((Wording::of(sheet), cells.first)),
        Place::Cells(..) | Place::Sheet(_) | Place::Workbook | Place::Definition { .. } | Place::Season { .. } => None,
    }
}

/// Returns the cells that the formula of a cell uses; none where it has no formula.
pub(super) fn references(workbook: &Workbook, (own, at): &Spot) -> Vec<(Wording, CellRange)> {
    let cell = workbook.sheets.iter().find(|sheet| Wording::of(&sheet.name) == *own).and_then(|sheet| sheet.cell(*at));
    let uses = cell.and_then(|cell| cell.formula.as_deref()).map(Uses::of).unwrap_or_default();
    let named = |name: Option<String>| name.map_or_else(|| own.clone(), |name| Wording::of(&name));
    uses.references.into_iter().map(|(name, range)| (named(name), range)).collect()
}

/// Returns all cells that a figure is worked out from, also by way of other formulas.
pub(super) fn precedents(workbook: &Workbook, figure: Spot) -> BTreeSet<(Wording, CellRange)> {
    let (mut all, mut left) = (BTreeSet::new(), vec![figure]);
    while let Some(next) = left.pop() {
        for (sheet, range) in references(workbook, &next) {
            if all.insert((sheet.clone(), range)) {
                left.extend(formulas(workbook, &sheet, range));
            }
        }
    }
    all
}

/// Returns the cells with formulas among some.
pub(super) fn formulas(workbook: &Workbook, sheet: &Wording, range: CellRange) -> Vec<(Wording, CellRef)> {
    let cells =
        workbook.sheets.iter().filter(|other| Wording::of(&other.name) == *sheet).flat_map(|sheet| &sheet.cells);
    let formulas = cells.filter(|cell| cell.formula.is_some() && range.contains(cell.at));
    formulas.map(|cell| (sheet.clone(), cell.at)).collect()
}
