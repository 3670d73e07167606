//! What is called missing though it stands beside its place: the finding says where.

use std::collections::BTreeSet;

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Place};
use scrutineer::review::sent;
use scrutineer::workbook::{Cell, Value, Workbook};

use crate::support::shipped::{Sound, put, reviewed, sound};

/// How many places of each scheme are tried.
const TRIED: usize = 20;

/// Takes a cell out of a workbook.
fn take(workbook: &mut Workbook, sheet: &str, at: CellRef) -> Option<Cell> {
    let cells = &mut workbook.sheets.iter_mut().find(|other| other.name == sheet)?.cells;
    let index = cells.iter().position(|cell| cell.at == at)?;
    Some(cells.remove(index))
}

/// Returns the finding of a rule at a cell.
fn told<'a>(findings: &'a [Finding], rule: &str, place: &Place) -> &'a Finding {
    let mut all = findings.iter().flat_map(Finding::with_its_effects);
    all.find(|finding| finding.rule.as_str() == rule && finding.place == *place)
        .unwrap_or_else(|| panic!("{rule} at {place:?}: {findings:#?}"))
}

#[test]
fn an_answer_that_stands_a_column_off_is_told_with_its_place() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        let said = sent(framework, &workbook);
        let places: BTreeSet<&Place> =
            said.answers.values().filter_map(|entry| entry.given().and(entry.place.as_ref())).collect();
        for place in places.iter().step_by((places.len() / TRIED).max(1)) {
            let (sheet, at) = (place.sheet().unwrap(), place.cells().unwrap().first);
            for column in [at.column + 1, at.column - 1] {
                let beside = CellRef::new(at.row, column);
                if column == 0 || workbook.sheet(sheet).unwrap().cell(beside).is_some() {
                    continue;
                }
                let mut changed = workbook.clone();
                let Some(cell) = take(&mut changed, sheet, at).filter(|cell| cell.formula.is_none()) else { continue };
                put(&mut changed, sheet, beside, cell.value);
                let after = reviewed(&changed);
                let message = &told(&after.findings, "answer-blank", place).message;
                assert!(
                    message.ends_with(&format!("an answer stands beside it, in {beside}")),
                    "{}: {message}",
                    framework.id
                );
                tried += 1;
            }
        }
    }
    assert!(tried >= 20, "{tried}");
}

#[test]
fn an_entry_that_stands_in_the_cell_of_its_label_is_told_with_its_place() {
    let mut tried = 0;
    for Sound { framework, workbook, review } in sound() {
        for (id, entry) in &sent(framework, &workbook).fields {
            let Some(place) = entry.given().and(entry.place.as_ref()) else { continue };
            let (sheet, at) = (place.sheet().unwrap(), place.cells().unwrap().first);
            let label = &framework.field(id.as_str()).unwrap().label;
            let row = workbook.sheet(sheet).unwrap().row(at.row);
            let Some(of_label) = row.iter().find(|cell| cell.text() == Some(label.as_str())) else { continue };
            let mut changed = workbook.clone();
            take(&mut changed, sheet, at);
            put(&mut changed, sheet, of_label.at, Value::Text(format!("{label}: {}", entry.written).into()));
            let after = reviewed(&changed);
            let new = after.findings.iter().filter(|finding| !review.findings.contains(finding));
            let blank: Vec<&Finding> = new.filter(|finding| finding.rule.as_str() == "field-blank").collect();
            for finding in blank {
                assert!(
                    finding.message.ends_with(&format!("something stands behind its label, in {}", of_label.at)),
                    "{}",
                    finding.message
                );
                tried += 1;
            }
        }
    }
    assert!(tried >= 20, "{tried}");
}
