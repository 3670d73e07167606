//! Merged cells show what the first of them holds: what others hold is put aside.
//!
//! Spreadsheet programs empty the others when cells are merged; programs that write workbooks often don't.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::slice::Iter;

use super::{Cell, Sheet};
use crate::cell::{CellRange, CellRef};

/// Finds the merged rectangles over cells that come in order, looking at each rectangle once.
struct Walk<'a> {
    /// The rectangles that begin in rows still to come.
    beginning: Peekable<Iter<'a, CellRange>>,
    /// Those over the row, by their first column.
    open: BTreeMap<u32, CellRange>,
}

impl<'a> Walk<'a> {
    /// Begins above all cells.
    fn new(merges: &'a [CellRange]) -> Self {
        Self { beginning: merges.iter().peekable(), open: BTreeMap::new() }
    }

    /// Returns the rectangle over a cell; forgets those that end above it.
    fn over(&mut self, at: CellRef) -> Option<CellRange> {
        while let Some(merge) = self.beginning.next_if(|merge| merge.first.row <= at.row) {
            self.open.insert(merge.first.column, *merge);
        }
        while let Some((column, merge)) = self.open.range(..=at.column).next_back() {
            let (column, merge) = (*column, *merge);
            if merge.last.row >= at.row {
                return Some(merge).filter(|merge| merge.contains(at));
            }
            self.open.remove(&column);
        }
        None
    }
}

impl Sheet {
    /// Takes the cells that merged ones lie over from those that are seen.
    pub fn put_covered_aside(&mut self) {
        if self.merges.is_empty() {
            return;
        }
        let mut walk = Walk::new(&self.merges);
        let is_covered = |cell: &mut Cell| walk.over(cell.at).is_some_and(|merge| merge.first != cell.at);
        self.covered.extend(self.cells.extract_if(.., is_covered));
        self.covered.sort_by_key(|cell| cell.at);
    }

    /// Returns what merged cells lie over, each with the cell that is seen in its stead.
    pub fn covered_cells(&self) -> impl Iterator<Item = (&Cell, CellRef)> {
        let mut walk = Walk::new(&self.merges);
        self.covered.iter().map(move |cell| (cell, walk.over(cell.at).map_or(cell.at, |merge| merge.first)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert!(sheet.covered_cells().all(|(cell, shown)| shown == sheet.shown_at(cell.at)));
        assert!(sheet.cells.is_sorted_by_key(|cell| cell.at));
    }
}
