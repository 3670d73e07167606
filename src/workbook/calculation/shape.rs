//! What formulas do, whatever cells they do it with.

use std::collections::BTreeSet;

use super::term::{Term, parse};
use crate::workbook::{Uses, Workbook};

/// What the formulas of a workbook do. Of another workbook those alone are worked out that do the same: no formula is that its sender made.
#[derive(Clone, Debug, Default)]
pub struct Shapes(BTreeSet<String>);

impl Shapes {
    /// None.
    pub const fn none() -> Self {
        Self(BTreeSet::new())
    }

    /// Collects what the formulas of a workbook do, as far as they can be read.
    pub fn of(workbook: &Workbook) -> Self {
        let cells = workbook.sheets.iter().flat_map(|sheet| &sheet.cells);
        Self(cells.filter_map(|cell| shape_of(cell.formula.as_deref()?)).collect())
    }

    /// Whether one of them does the same.
    pub(super) fn have(&self, term: &Term) -> bool {
        self.0.contains(&shape(term))
    }
}

/// Returns what a formula as it is written does, whatever cells it does it with; `None` where it can't be read.
pub fn shape_of(formula: &str) -> Option<String> {
    parse(&Uses::meant(formula)).map(|term| shape(&term))
}

/// Returns what a formula does.
fn shape(term: &Term) -> String {
    format!("{:?}", term.without_cells())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_do_the_same_with_other_cells_are_of_one_shape() {
        let of = |formula: &str| shape(&parse(formula).expect("a formula"));
        for (one, other) in
            [("SUM(A1:A3)", "sum('Other'!$B$2:$B$90)"), ("IF(A1>2,\"Met\",B1)", "IF(C9 > 2, \"Met\", S!D9)")]
        {
            assert_eq!(of(one), of(other), "{one} and {other}");
        }
        for (one, other) in [("SUM(A1:A3)", "SUM(A1:A3)+1"), ("IF(A1>2,1,0)", "IF(A1>3,1,0)"), ("A1", "SUM(A1)")] {
            assert_ne!(of(one), of(other), "{one} and {other}");
        }
    }
}
