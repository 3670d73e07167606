//! What formulas of the form would give in a return in which they don't stand.

use crate::cell::CellRef;
use crate::framework::Framework;
use crate::wording::Wording;
use crate::workbook::calculation::{Calculation, Worth};
use crate::workbook::{Cell, Value, Workbook};

/// A formula of the form, as it would be in a return, and where: its sheet and cell.
pub(super) type PutBack<'a> = ((usize, CellRef), &'a str);

/// Returns what each formula gives once all of them are back; `None` where that can't be told.
pub(super) fn worth_of(framework: &Framework, workbook: &Workbook, formulas: &[PutBack]) -> Vec<Option<Worth>> {
    if formulas.is_empty() {
        return Vec::new();
    }
    let mut whole = workbook.clone();
    for ((sheet, at), formula) in formulas {
        let cells = &mut whole.sheets[*sheet].cells;
        cells.retain(|cell| cell.at != *at);
        let place = cells.partition_point(|cell| cell.at < *at);
        cells.insert(place, Cell::new(*at, Value::Empty, Some((*formula).into())));
    }
    let calculation = Calculation::of(&whole, framework.shapes());
    let worth = |(sheet, at): &(usize, CellRef)| calculation.worth(&Wording::of(&whole.sheets[*sheet].name), *at);
    formulas.iter().map(|(place, _)| worth(place)).collect()
}
