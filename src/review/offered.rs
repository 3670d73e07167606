//! What the form lets senders choose, beside the answers and choices that the pack has: a word that it lacks would be refused.

use std::collections::BTreeSet;

use crate::cell::CellRef;
use crate::finding::{Finding, Findings};
use crate::framework::check::FRAMEWORK_INCONSISTENT;
use crate::framework::{Definition, EntryKind, Framework, Holds, Part, ScaleId};
use crate::layout::Layout;
use crate::returns::takes;
use crate::wording::{Wording, nearest};
use crate::words::quoted;
use crate::workbook::{Sheet, Workbook};

/// Says which choices of the form's lists the pack lacks, each once.
pub(super) fn offered(
    framework: &Framework,
    definition: &Definition,
    (form, layout): (&Workbook, &Layout),
    findings: &mut Findings,
) {
    let mut told: BTreeSet<(&ScaleId, String)> = BTreeSet::new();
    for (criterion, sheet, at) in scored(framework, (form, layout)) {
        let scale = framework.scale(criterion);
        for word in form.offered(sheet, at).into_iter().filter(|word| !takes(scale, word)) {
            if told.insert((&criterion.scale, word.clone())) {
                let message =
                    format!("the form lets senders choose “{word}” in {at}, which the scale doesn\u{2019}t have");
                let help = "Add it to the answers of the scale, or to the `written` of the one that it means.";
                let place = definition.place(Part::Scale(&criterion.scale));
                findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place, message).with_help(help));
            }
        }
    }
    for field in &framework.fields {
        let (EntryKind::Choice(choices), Some(place)) = (&field.kind, layout.fields.get(&field.id)) else { continue };
        let Some(sheet) = form.sheets.get(place.sheet) else { continue };
        let known = |word: &String| choices.iter().flatten().any(|way| Wording::of(way) == Wording::of(word));
        for word in form.offered(sheet, place.entry).into_iter().filter(|word| !known(word)) {
            let message =
                format!("the form lets senders choose “{word}” for `{}`, which the pack doesn\u{2019}t have", field.id);
            let names = || choices.iter().filter_map(|ways| ways.first()).map(String::as_str);
            let help = match nearest(&word, names(), 0.5) {
                Some(near) => {
                    format!("Did you mean it by `{near}`? Word it as the form does, or put it under `spellings`.")
                }
                None => format!("The choices are {}; add it.", quoted(names())),
            };
            let place = definition.place(Part::Field(&field.id));
            findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place, message).with_help(help));
        }
    }
}

/// Returns the cells in which criteria are answered, each with its criterion and its sheet.
fn scored<'a>(
    framework: &'a Framework,
    (form, layout): (&'a Workbook, &'a Layout),
) -> impl Iterator<Item = (&'a crate::framework::Criterion, &'a Sheet, CellRef)> {
    layout.tables.iter().flat_map(move |place| {
        let columns = framework.tables.get(place.table).map(|table| table.columns.as_slice()).unwrap_or_default();
        let scores = columns.iter().filter(|column| matches!(column.holds, Holds::Score(_)));
        let scores: Vec<u32> = scores.filter_map(|column| place.columns.get(&column.id).copied()).collect();
        let rows = place.rows.iter().filter_map(|(id, row)| Some((framework.criterion(id)?, *row)));
        let sheet = form.sheets.get(place.sheet);
        rows.flat_map(move |(criterion, row)| {
            let cells: Vec<CellRef> = scores.iter().map(|column| CellRef::new(row, *column)).collect();
            cells.into_iter().filter_map(move |at| Some((criterion, sheet?, at)))
        })
    })
}
