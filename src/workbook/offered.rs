//! What the lists of a form offer to choose from.

use super::{Sheet, Uses, Validation, Workbook};
use crate::cell::CellRef;
use crate::wording::Wording;

impl Workbook {
    /// Returns what the list of a cell offers; nothing where it has none, or one that isn't written out in the workbook.
    pub fn offered(&self, sheet: &Sheet, at: CellRef) -> Vec<String> {
        let is_list = |validation: &&Validation| {
            validation.kind == "list" && validation.cells.iter().any(|cells| cells.contains(at))
        };
        let Some(list) = sheet.validations.iter().find(is_list) else { return Vec::new() };
        let uses = Uses::of(&list.formula);
        let words: Vec<String> = match (&uses.functions[..], &uses.constants[..], &uses.references[..]) {
            ([], [written], []) if written.starts_with('"') => {
                written.trim_matches('"').split(',').map(|word| word.trim().to_owned()).collect()
            }
            ([], [], [(named, cells)]) => {
                let of = named.as_deref().map_or(Some(sheet), |name| self.sheet(name));
                let held = of.into_iter().flat_map(|sheet| &sheet.cells).filter(|cell| cells.contains(cell.at));
                held.map(|cell| cell.written(self.date_system)).collect()
            }
            _ => Vec::new(),
        };
        words.into_iter().filter(|word| !word.trim().is_empty()).collect()
    }

    /// Whether the list of a cell offers a text.
    pub fn offers(&self, sheet: &Sheet, at: CellRef, text: &str) -> bool {
        let wording = Wording::of(text);
        !sheet.validations.is_empty() && self.offered(sheet, at).iter().any(|word| Wording::of(word) == wording)
    }
}
