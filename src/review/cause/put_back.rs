//! Rows of the form that were cleared, as they would be put back: by the rows beside them that are there.

use crate::cell::CellRef;
use crate::exact::Exact;
use crate::finding::{Finding, Place};
use crate::layout::rule::CRITERION_MISSING;
use crate::returns::Return;
use crate::review::sent;
use crate::rules::Judged;
use crate::wording::Wording;
use crate::workbook::calculation::Worth;
use crate::workbook::{Cell, Value, Workbook};

use super::precedent::Spot;

/// The form, read as a return.
pub(super) struct Form<'a> {
    workbook: &'a Workbook,
    read: Return,
}

impl<'a> Form<'a> {
    /// Reads the form of a framework, where a row of it is missing.
    pub(super) fn of(judged: &Judged<'a>, findings: &[Finding]) -> Option<Self> {
        let workbook = judged.framework.form()?;
        let is_wanted = findings.iter().any(|finding| finding.is_of(&CRITERION_MISSING));
        is_wanted.then(|| Self { workbook, read: sent(judged.framework, workbook) })
    }

    /// Returns what the form has in the row of what is missing, at the cells where that would stand; nothing where something else does.
    pub(super) fn row_of(&self, judged: &Judged, workbook: &Workbook, missing: &Finding) -> Vec<(Spot, Worth)> {
        let cells = missing.subject.as_deref().and_then(|id| self.cells(judged, id)).unwrap_or_default();
        let stands = |(sheet, at): &Spot| {
            let sheet = workbook.sheets.iter().find(|other| Wording::of(&other.name) == *sheet);
            sheet.and_then(|sheet| sheet.cell(*at)).is_some_and(|cell| !cell.value.is_blank())
        };
        if cells.iter().any(|(at, _)| stands(at)) { Vec::new() } else { cells }
    }

    /// Returns what the form has in the row of a criterion or measure, at the cells where that would stand.
    fn cells(&self, judged: &Judged, id: &str) -> Option<Vec<(Spot, Worth)>> {
        let row = place_of(&self.read, id)?;
        let (printed, there) = self.beside(judged, row)?;
        let (down, sheet) = (there.cells()?.first.row, Wording::of(there.sheet()?));
        let own = row.cells()?.first.row;
        let moved = |at: CellRef| Some(CellRef::new((down + own).checked_sub(printed)?, at.column));
        let cells = self.workbook.sheet(row.sheet()?)?.row(own).iter();
        Some(cells.filter_map(|cell| Some(((sheet.clone(), moved(cell.at)?), words(cell)?))).collect())
    }

    /// Returns the row in the form of the nearest answer above a place, or else below, that is there in the return, and where.
    fn beside<'b>(&self, judged: &Judged<'b>, place: &Place) -> Option<(u32, &'b Place)> {
        let own = place.cells()?.first.row;
        let all = self.read.answers.iter().filter_map(|(name, entry)| {
            let printed = entry.place.as_ref().filter(|other| other.sheet() == place.sheet())?;
            Some((printed.cells()?.first.row, judged.sent.answers.get(name)?.place.as_ref()?))
        });
        all.min_by_key(|(row, _)| (*row > own, row.abs_diff(own)))
    }
}

/// Returns where the answer to a criterion or measure stands.
fn place_of<'a>(sent: &'a Return, id: &str) -> Option<&'a Place> {
    let answer =
        sent.answers.iter().find(|((_, own), _)| own.as_str() == id).and_then(|(_, entry)| entry.place.as_ref());
    let points =
        || sent.points.iter().find(|((_, own), _)| own.as_str() == id).and_then(|(_, entry)| entry.place.as_ref());
    answer.or_else(points)
}

/// Returns what a cell of the form says; `None` where a formula or nothing stands there.
fn words(cell: &Cell) -> Option<Worth> {
    match &cell.value {
        Value::Text(text) if cell.formula.is_none() => Some(Worth::Text(text.to_string())),
        Value::Number(number) if cell.formula.is_none() => Exact::from_float(*number).map(Worth::Number),
        Value::Empty
        | Value::Text(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::Elapsed(_)
        | Value::Logical(_)
        | Value::Error(_)
        | Value::Picture => None,
    }
}
