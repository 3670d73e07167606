//! The shipped schemes with their sound returns: each to be changed by a test, and reviewed again.

use std::sync::LazyLock;

use scrutineer::cell::CellRef;
use scrutineer::framework::{Framework, builtin};
use scrutineer::ooxml::Limits;
use scrutineer::review::{Review, Settings, review_workbook};
use scrutineer::workbook::{Cell, Source, Value, Workbook, read};

/// The shipped schemes.
pub(crate) static SHIPPED: LazyLock<Vec<Framework>> = LazyLock::new(builtin::all);

/// A sound return of a shipped scheme.
pub(crate) struct Sound {
    pub(crate) framework: &'static Framework,
    pub(crate) workbook: Workbook,
    pub(crate) review: Review,
}

/// Returns a sound return of each shipped scheme.
pub(crate) fn sound() -> impl Iterator<Item = Sound> {
    SHIPPED.iter().map(|framework| {
        let workbook = clean(&framework.id);
        let review = reviewed(&workbook);
        Sound { framework, workbook, review }
    })
}

/// Reviews a workbook as one of the shipped schemes'.
pub(crate) fn reviewed(workbook: &Workbook) -> Review {
    review_workbook(&Settings::new(&SHIPPED, Limits::default()), "return", workbook)
}

/// Reads a scheme's sound return.
pub(crate) fn clean(name: &str) -> Workbook {
    let path = format!("{}/tests/fixtures/{name}.xlsx", env!("CARGO_MANIFEST_DIR"));
    read(&Source::new(format!("{name}.xlsx"), std::fs::read(path).unwrap()), &Limits::default()).unwrap()
}

/// Puts a value into a cell, whose formula and look stay.
pub(crate) fn put(workbook: &mut Workbook, sheet: &str, at: CellRef, value: Value) {
    let sheet = workbook.sheets.iter_mut().find(|other| other.name == sheet).unwrap();
    match sheet.cells.iter_mut().find(|cell| cell.at == at) {
        Some(cell) => cell.value = value,
        None => sheet.cells.push(Cell::new(at, value, None)),
    }
    sheet.cells.sort_by_key(|cell| cell.at);
}
