//! Formulas of the form that were typed over or taken out, in each shipped scheme and with rows inserted everywhere: the one that is
//! told is the one that stood there.

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Findings, Place};
use scrutineer::form::{Issued, tampering};
use scrutineer::framework::{Framework, builtin};
use scrutineer::layout::{Layout, WorkbookText, locate};
use scrutineer::returns::extract;
use scrutineer::workbook::{Value, Workbook};

use super::values::sound;
use crate::case_runner::edit::{Edit, Move};

/// How many rows are inserted at each place.
const INSERTED: u32 = 3;
/// At most so many formulas of a workbook are tried, over all of them.
const TRIED: usize = 6;

/// Finds where everything stands.
fn located(framework: &Framework, workbook: &Workbook) -> Layout {
    locate(framework, &WorkbookText::new(workbook), &mut Findings::default())
}

/// Returns places within the tables and registers at which rows may be inserted: the sheet and the row.
fn within(workbook: &Workbook, layout: &Layout) -> Vec<(String, u32)> {
    let tables = layout.tables.iter().filter_map(|table| {
        let rows: Vec<u32> = table.rows.values().copied().collect();
        Some((table.sheet, rows.iter().max().filter(|last| rows.iter().any(|row| row < *last)).copied()?))
    });
    let registers = layout.registers.values().map(|register| (register.sheet, register.heading + 2));
    let name = |(sheet, row): (usize, u32)| (workbook.sheets[sheet].name.clone(), row);
    tables.chain(registers).map(name).collect()
}

/// Returns what is said of the formulas of a return.
fn told(framework: &Framework, issued: &Issued, workbook: &Workbook) -> Vec<Finding> {
    let (layout, mut findings) = (located(framework, workbook), Findings::default());
    let sent = extract(framework, workbook, &layout, &mut Findings::default());
    tampering(framework, issued, workbook, &layout, &sent, &mut findings);
    findings.into_sorted()
}

/// Returns where the formulas of a return stand that the framework knows, some of them.
fn formulas(framework: &Framework, workbook: &Workbook) -> Vec<(usize, CellRef, String)> {
    let layout = located(framework, workbook);
    let mut places: Vec<(usize, CellRef)> = layout.stated.values().copied().collect();
    places.sort_unstable();
    places.dedup();
    let with_formula = places.into_iter().filter_map(|(sheet, at)| {
        let formula = workbook.sheets[sheet].cell(at)?.formula.as_deref()?.to_owned();
        Some((sheet, at, formula))
    });
    let all: Vec<_> = with_formula.collect();
    let step = all.len().div_ceil(TRIED).max(1);
    all.into_iter().step_by(step).collect()
}

/// Compares what is told where formulas are gone with what stood there.
#[track_caller]
fn assert_told(framework: &Framework, workbook: &Workbook, what: &str) -> usize {
    let issued = Issued::of(framework).unwrap();
    let known = told(framework, &issued, workbook);
    let all = formulas(framework, workbook);
    for (sheet, at, formula) in &all {
        for value in [Value::Number(7.0), Value::Text("seven".into()), Value::Empty] {
            let mut changed = workbook.clone();
            let cells = &mut changed.sheets[*sheet].cells;
            let cell = cells.iter_mut().find(|cell| cell.at == *at).unwrap();
            (cell.value, cell.formula) = (value.clone(), None);
            let place = Place::cell(&changed.sheets[*sheet].name, *at);
            let said = told(framework, &issued, &changed);
            let own: Vec<_> = said.iter().filter(|finding| finding.place == place).collect();
            let own: Vec<_> = own.iter().map(|finding| (finding.rule.as_str(), finding.expected.as_deref())).collect();
            let expected = format!("={formula}");
            let context = format!("{}, {what}: {place:?} {value:?}", framework.id);
            assert_eq!(own, [("formula-overwritten", Some(expected.as_str()))], "{context}");
            assert!(said.len() <= known.len() + 1, "{context}: {said:?}");
        }
    }
    all.len()
}

#[test]
fn the_formula_that_is_told_is_the_one_that_stood_there() {
    let mut tried = 0;
    for name in builtin::NAMES {
        let framework = builtin::load(name).unwrap().framework;
        let workbook = sound(framework.id.as_str());
        tried += assert_told(&framework, &workbook, "as issued");
        for (sheet, row) in within(&workbook, &located(&framework, &workbook)) {
            let mut longer = workbook.clone();
            for _ in 0..INSERTED {
                let edit = Edit::Move { sheet: sheet.clone(), how: Move::InsertRow(row) };
                edit.apply(&mut longer).unwrap();
            }
            tried += assert_told(&framework, &longer, &format!("with rows before row {row} of {sheet}"));
        }
    }
    assert!(tried > 50, "{tried} formulas were tried");
}

#[test]
fn the_formula_that_is_told_uses_the_sheets_by_the_names_that_they_have() {
    let framework = builtin::load("code-of-practice").unwrap().framework;
    let mut workbook = sound(framework.id.as_str());
    let edit = Edit::RenameSheet { sheet: "Assessment".to_owned(), name: "Assessment final".to_owned() };
    edit.apply(&mut workbook).unwrap();
    assert!(assert_told(&framework, &workbook, "with a renamed sheet") > 3);
}
