//! Merged cells show what the first of them holds: what others hold is put aside.
//!
//! Spreadsheet programs empty the others when cells are merged; programs that write workbooks often don't.

use std::collections::BTreeMap;

use super::{Cell, Sheet};
use crate::cell::CellRange;

/// The merged rectangles over one row, by their first column.
type Open = BTreeMap<u32, CellRange>;

impl Sheet {
    /// Takes the cells that merged ones lie over from those that are seen.
    pub fn put_covered_aside(&mut self) {
        if self.merges.is_empty() {
            return;
        }
        let mut beginning = self.merges.iter().copied().peekable();
        let mut open = Open::new();
        let is_covered = |cell: &mut Cell| {
            while let Some(merge) = beginning.next_if(|merge| merge.first.row <= cell.at.row) {
                open.insert(merge.first.column, merge);
            }
            over(&mut open, cell).is_some_and(|merge| merge.first != cell.at)
        };
        self.covered.extend(self.cells.extract_if(.., is_covered));
        self.covered.sort_by_key(|cell| cell.at);
    }
}

/// Returns the rectangle over a cell; forgets those that end above it.
fn over(open: &mut Open, cell: &Cell) -> Option<CellRange> {
    while let Some((column, merge)) = open.range(..=cell.at.column).next_back().map(|(column, merge)| (*column, *merge))
    {
        if merge.last.row >= cell.at.row {
            return Some(merge).filter(|merge| merge.contains(cell.at));
        }
        open.remove(&column);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;
    use crate::workbook::Value;

    #[test]
    fn a_cell_is_covered_where_it_lies_in_a_rectangle_and_isnt_its_first() {
        let merges = ["A1:C1", "B3:B6", "D3:F5", "A7:B8", "C7:D7", "C8:D9"];
        let mut sheet = Sheet::empty("A");
        sheet.merges = merges.iter().map(|merge| merge.parse().unwrap()).collect();
        sheet.merges.sort_unstable();
        let places = (1..=10).flat_map(|row| (1..=7).map(move |column| CellRef::new(row, column)));
        sheet.cells = places.clone().map(|at| Cell::new(at, Value::Number(1.0), None)).collect();
        let expected: Vec<CellRef> = places.filter(|at| sheet.shown_at(*at) != *at).collect();
        sheet.put_covered_aside();
        assert_eq!(sheet.covered.iter().map(|cell| cell.at).collect::<Vec<_>>(), expected);
        assert_eq!(sheet.cells.len() + expected.len(), 70);
        assert!(sheet.cells.is_sorted_by_key(|cell| cell.at));
    }
}
