//! Whether figures are what their formulas give over what stands on the sheets, or weren't worked out again after that was changed.

use std::collections::BTreeSet;

use crate::framework::Framework;
use crate::workbook::Workbook;
use crate::workbook::calculation::Calculation;

use super::precedent::{Spot, formulas, references};

/// What is known of a figure and of all figures that it is worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Each is what its formula gives.
    Fresh,
    /// One of them isn't.
    Stale,
    /// That can't be told of one of them.
    Untold,
}

/// Returns what is known of a figure.
pub(super) fn standing(framework: &Framework, workbook: &Workbook, figure: Spot) -> Standing {
    let calculation = Calculation::of(workbook, framework.shapes());
    let (mut seen, mut left) = (BTreeSet::from([figure.clone()]), vec![figure]);
    let mut standing = Standing::Fresh;
    while let Some(spot) = left.pop() {
        match calculation.is_as_stored(&spot.0, spot.1) {
            Some(true) => {}
            Some(false) => return Standing::Stale,
            None => standing = Standing::Untold,
        }
        for (sheet, range) in references(workbook, &spot) {
            left.extend(formulas(workbook, &sheet, range).into_iter().filter(|next| seen.insert(next.clone())));
        }
    }
    standing
}
