//! A digest of what a workbook's cells hold, by which a copy that came back is known for unchanged whatever program saved it.

use sha2::{Digest, Sha256};

use crate::workbook::{Cell, Value, Workbook};

/// Returns the digest of the cells of all sheets, in hexadecimal.
pub(super) fn digest(workbook: &Workbook) -> String {
    let mut hasher = Sha256::new();
    for sheet in &workbook.sheets {
        hasher.update(sheet.name.as_bytes());
        sheet.cells.iter().for_each(|cell| take(&mut hasher, cell));
    }
    hex::encode(hasher.finalize())
}

/// Adds a cell to what is digested.
fn take(hasher: &mut Sha256, cell: &Cell) {
    hasher.update(cell.at.row.to_le_bytes());
    hasher.update(cell.at.column.to_le_bytes());
    match &cell.value {
        Value::Text(text) | Value::Error(text) => hasher.update(text.as_bytes()),
        Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => hasher.update(number.to_le_bytes()),
        Value::Logical(is_true) => hasher.update([u8::from(*is_true)]),
        Value::Empty | Value::Picture => {}
    }
    hasher.update(cell.formula.as_deref().unwrap_or_default().as_bytes());
}
