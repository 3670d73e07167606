//! What lies over cells but is the sender's own: comments on blank cells, for an answer may be written in one, so that nothing is called
//! blank under it; and shapes that the form hasn't.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::cell::CellRef;
use crate::framework::Framework;
use crate::wording::Wording;
use crate::workbook::{Floating, Over, Sheet, Workbook};

/// Returns a workbook in which the comments on cells that hold nothing lie over these, without those and the shapes that the form itself
/// has. Where no form is known nobody can say whose a comment is, and none does.
pub(super) fn over_blank_cells<'a>(framework: &Framework, workbook: &'a Workbook) -> Cow<'a, Workbook> {
    let Some(form) = framework.form() else { return Cow::Borrowed(workbook) };
    let forms = form.sheets.iter().flat_map(|sheet| &sheet.notes);
    let forms: BTreeSet<Wording> = forms.map(|(_, says)| Wording::of(says)).collect();
    let shapes: BTreeSet<[u32; 2]> = form.sheets.iter().flat_map(|sheet| &sheet.floating).filter_map(shape).collect();
    let is_forms = |one: &Floating| shape(one).is_some_and(|shape| shapes.contains(&shape));
    let has_one = |sheet: &Sheet| {
        sheet.notes.iter().any(|note| is_answer(sheet, note, &forms)) || sheet.floating.iter().any(is_forms)
    };
    if !workbook.sheets.iter().any(has_one) {
        return Cow::Borrowed(workbook);
    }
    let mut commented = workbook.clone();
    for sheet in &mut commented.sheets {
        let own: Vec<Floating> = sheet.notes.iter().filter(|note| is_answer(sheet, note, &forms)).map(over).collect();
        sheet.floating.retain(|one| !is_forms(one));
        sheet.floating.extend(own);
    }
    Cow::Owned(commented)
}

/// Returns over how many rows and columns a shape lies: wherever rows were put in, those of the form's are as large as they were.
fn shape(one: &Floating) -> Option<[u32; 2]> {
    let (first, last) = (one.cells.first, one.cells.last);
    (one.kind == Over::Shape).then(|| [last.row - first.row, last.column - first.column])
}

/// Whether a comment may be an answer: it says something, the form has none like it, and its cell holds nothing.
fn is_answer(sheet: &Sheet, (at, says): &(CellRef, String), forms: &BTreeSet<Wording>) -> bool {
    let is_blank = sheet.cell(*at).is_none_or(|cell| cell.value.is_blank() && cell.formula.is_none());
    is_blank && !says.trim().is_empty() && !forms.contains(&Wording::of(says))
}

/// Returns a comment as it lies over its cell.
fn over((at, says): &(CellRef, String)) -> Floating {
    Floating::new((*at).into(), Over::Comment, says)
}
