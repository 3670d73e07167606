//! Finds registers: their headings, and the rows below that can belong to them.

use std::collections::BTreeMap;

use crate::finding::Findings;
use crate::framework::{Framework, Presence, RegisterId, RegisterSpec, SheetId};

use super::RegisterPlace;
use super::content::Content;
use super::heading::{self, Heading, Needed};
use super::text::{SheetText, WorkbookText};

/// Finds the registers whose sheet was found.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    sheets: &BTreeMap<SheetId, usize>,
    findings: &mut Findings,
) -> BTreeMap<RegisterId, RegisterPlace> {
    let registers = framework.registers.iter();
    let located = registers.filter_map(|register| {
        let sheet = *sheets.get(&register.sheet)?;
        Some((register.id.clone(), locate_register(register, sheet, &text.sheets[sheet], findings)?))
    });
    located.collect()
}

/// Finds one register on its sheet.
fn locate_register(
    register: &RegisterSpec,
    sheet: usize,
    text: &SheetText,
    findings: &mut Findings,
) -> Option<RegisterPlace> {
    let headings: Vec<Heading> = register
        .columns
        .iter()
        .map(|column| Heading {
            title: &column.heading,
            also: &column.also,
            needed: if matches!(column.required, Presence::Required) { Needed::Yes } else { Needed::No },
            content: Content::Entry(&column.kind),
        })
        .collect();
    let Some(row) = heading::find(text, &headings) else {
        if headings.iter().any(|heading| heading.needed == Needed::Yes) {
            findings.push(heading::none(text, &headings));
        }
        return None;
    };
    heading::report(text, &row, &headings, findings);
    let columns =
        register.columns.iter().zip(&row.columns).filter_map(|(column, at)| Some((column.id.clone(), (*at)?)));
    let last = text.sheet.cells.last().map_or(row.row, |cell| cell.at.row);
    Some(RegisterPlace { sheet, heading: row.row, columns: columns.collect(), rows: (row.row + 1, last) })
}
