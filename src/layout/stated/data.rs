//! The rows of a sheet's registers, in which no label of a stated value stands.

use crate::cell::CellRef;
use crate::framework::{Framework, RegisterSpec};
use crate::wording::Wording;
use crate::workbook::Sheet;

use super::super::text::SheetText;
use super::super::{Layout, RegisterPlace};

/// A row with so many entries is one of a register's.
const ENTRIES: usize = 3;

/// The registers of a sheet, each with the row above which its rows end.
pub(super) struct Data<'a> {
    sheet: &'a Sheet,
    registers: Vec<(&'a RegisterPlace, u32)>,
}

impl<'a> Data<'a> {
    /// Takes the registers of a sheet.
    pub(super) fn of(framework: &Framework, text: &SheetText<'a>, (layout, sheet): (&'a Layout, usize)) -> Self {
        let here = layout.registers.iter().filter(|(_, place)| place.sheet == sheet);
        let registers = here.filter_map(|(id, place)| Some((place, end(framework.register(id)?, place, text))));
        Self { sheet: text.sheet, registers: registers.collect() }
    }

    /// Whether a cell stands among the entries of a register's row.
    pub(super) fn holds(&self, at: CellRef) -> bool {
        let is_filled =
            |column: u32| self.sheet.cell(CellRef::new(at.row, column)).is_some_and(|cell| !cell.value.is_blank());
        self.registers.iter().any(|(place, end)| {
            let mut columns = place.columns.values().copied();
            (place.heading + 1..*end).contains(&at.row)
                && columns.clone().any(|column| column == at.column)
                && columns.by_ref().filter(|column| is_filled(*column)).count() >= ENTRIES
        })
    }
}

/// Returns the first row below a register's heading that begins with words at which its rows end; the one below its last where there is none.
fn end(spec: &RegisterSpec, place: &RegisterPlace, text: &SheetText) -> u32 {
    let ends_at: Vec<Wording> = spec.ends_at.iter().map(|text| Wording::of(text)).collect();
    let mut below = text.rows().filter(|row| row[0].0.row > place.heading);
    let end = below.find(|row| ends_at.contains(&row[0].1)).map(|row| row[0].0.row);
    end.unwrap_or(place.rows.1 + 1)
}
