//! Formulas that fill several cells: the first cell alone says so, the others hold what it gave.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};

/// The ranges that such formulas fill, by their first columns; they are met row by row, and no two of them share a cell.
#[derive(Debug, Default)]
pub(super) struct Spreads(BTreeMap<u32, CellRange>);

impl Spreads {
    /// Notes a range that a formula fills. Those noted before in its columns end above it.
    pub(super) fn note(&mut self, range: CellRange) {
        if range.first == range.last || self.fills(range.first) {
            return;
        }
        let columns = range.first.column..=range.last.column;
        self.0.retain(|column, _| !columns.contains(column));
        self.0.insert(range.first.column, range);
    }

    /// Whether the formula of another cell fills this one, or its own more than this one.
    pub(super) fn fills(&self, cell: CellRef) -> bool {
        self.0.range(..=cell.column).next_back().is_some_and(|(_, range)| range.contains(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_filled_by_the_range_they_lie_in() {
        let ranges =
            ["A1:A3", "C1:D1", "C2", "C3:F4", "B4:B9", "E5:E6"].map(|range| range.parse::<CellRange>().unwrap());
        let mut spreads = Spreads::default();
        for (row, column) in (1..=10).flat_map(|row| (1..=7).map(move |column| (row, column))) {
            let cell = CellRef::new(row, column);
            ranges.iter().filter(|range| range.first == cell).for_each(|range| spreads.note(*range));
            let expected = ranges.iter().any(|range| range.contains(cell) && range.first != range.last);
            assert_eq!(spreads.fills(cell), expected, "{cell}");
        }
    }
}
