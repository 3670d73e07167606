//! Which row and which column of a register a cell is in.

use crate::finding::Place;
use crate::framework::{ColumnId, RegisterColumn, RegisterSpec};
use crate::returns::{Register, Row};
use crate::rules::Judged;

/// Returns the row of a register in which a place is.
pub(super) fn row_at<'a>(judged: &Judged<'a>, place: &Place) -> Option<(&'a RegisterSpec, &'a Register, &'a Row)> {
    let (framework, sent) = (judged.framework, judged.sent);
    let number = place.cells()?.first.row;
    framework.registers.iter().find_map(|spec| {
        let register = sent.registers.get(&spec.id).filter(|register| place.sheet() == Some(&register.sheet))?;
        Some((spec, register, register.rows.iter().find(|row| row.number == number)?))
    })
}

/// Returns the column of a row's entry that stands at a place.
pub(super) fn column_at<'a>(spec: &'a RegisterSpec, row: &Row, place: &Place) -> Option<&'a RegisterColumn> {
    let stands = |id: &ColumnId| row.entry(id.as_str()).is_some_and(|entry| entry.place() == *place);
    spec.columns.iter().find(|column| stands(&column.id))
}
