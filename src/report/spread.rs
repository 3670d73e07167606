//! How values spread, as columns of a table that has room for all of it.

use crate::document::{Cell, Column, Format};
use crate::figure::Spread;

/// Returns the columns of a spread, whose values are written in this format.
pub(super) fn columns<'a, R>(format: &Format, of: impl Fn(&R) -> &Spread + Copy + 'a) -> Vec<Column<'a, R>> {
    let quartiles = "Of type 7, linear between the two nearest values, as QUARTILE.INC in a spreadsheet.";
    let column = |heading: &str, at: usize| {
        let format = format.clone();
        Column::new(heading).cell(move |row: &R| Cell::figure(figures(of(row))[at], format.clone()))
    };
    vec![
        column("Mean", 0),
        column("Lowest", 1),
        column("Lower quartile", 2).meaning(quartiles),
        column("Median", 3),
        column("Upper quartile", 4).meaning(quartiles),
        column("Highest", 5),
        Column::new("Median distance")
            .meaning("MAD: half of the values lie at most this far from the median.")
            .cell(move |row: &R| Cell::figure(&of(row).deviation, Format::Fixed(1))),
    ]
}

/// Returns the values along a spread.
fn figures(spread: &Spread) -> [&crate::figure::Figure; 6] {
    [&spread.mean, &spread.lowest, &spread.lower_quartile, &spread.median, &spread.upper_quartile, &spread.highest]
}
