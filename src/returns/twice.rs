//! Entries that stand twice: behind their label, in its cell, and in the cell beside it. Where both say the same one is enough; else nobody
//! but the sender can tell which holds.

use crate::finding::{Finding, Findings, Severity};
use crate::framework::Field;
use crate::layout::FieldPlace;
use crate::layout::rule::HEADING_RENAMED;
use crate::wording::Wording;
use crate::workbook::{Cell, Value};

use super::place::Spot;
use super::{Entry, EntryValue, entry, names_nothing};

/// Says what stands behind the label of a field whose entry has a cell of its own: something else, the same, or a remark.
pub(super) fn told(field: &Field, place: &FieldPlace, spot: &Spot, own: &Entry) -> Option<Finding> {
    let said = place.said_twice(spot.sheet)?;
    let behind = Cell::new(place.label, Value::Text(said.into()), None);
    let label = Spot { cell: Some(&behind), at: place.label, ..*spot };
    let other = entry::read(&label, &field.kind, &mut Findings::default());
    let other = other.given().filter(|_| !names_nothing(said));
    let differs = other.is_some_and(|other| !own.given().is_some_and(|own| is_alike(own, other)));
    let message = if differs {
        let beside = spot.written();
        format!("“{said}” stands behind the label “{}”, and “{beside}” in {}, where it was read", field.label, spot.at)
    } else {
        let written = spot.sheet.cell(place.label).and_then(Cell::text).unwrap_or_default();
        format!("the label is “{written}” where the form has “{}”; its entry was read in {}", field.label, spot.at)
    };
    let help = "Leave the entry that holds in the cell beside the label, and in the label\u{2019}s own cell nothing but the form\u{2019}s label.";
    let finding =
        label.finding(&HEADING_RENAMED, message).with_found(said).with_expected(&*field.label).with_help(help);
    Some(if differs { finding.with_severity(Severity::Warning) } else { finding })
}

/// Whether two entries say the same.
fn is_alike(one: &EntryValue, other: &EntryValue) -> bool {
    match (one, other) {
        (EntryValue::Text(one), EntryValue::Text(other)) => Wording::of(one) == Wording::of(other),
        (EntryValue::Text(_) | EntryValue::Number(_) | EntryValue::Date(_), _) => one == other,
    }
}
