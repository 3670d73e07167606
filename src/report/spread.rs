//! How values spread, as columns of a table that has room for all of it.

use crate::document::{Cell, Column, Format};
use crate::figure::{Figure, Spread};

/// Returns the columns of a spread, whose values are written in this format.
pub(super) fn columns<'a, R>(format: &Format, of: impl Fn(&R) -> &Spread + Copy + 'a) -> Vec<Column<'a, R>> {
    let quartiles = "Of type 7, linear between the two nearest values, as QUARTILE.INC in a spreadsheet.";
    let column = |heading: &str, figure: fn(&Spread) -> &Figure| {
        let format = format.clone();
        Column::new(heading).cell(move |row: &R| Cell::figure(figure(of(row)), format.clone()))
    };
    vec![
        column("Mean", |of| &of.mean),
        column("Lowest", |of| &of.lowest),
        column("Lower quartile", |of| &of.lower_quartile).meaning(quartiles),
        column("Median", |of| &of.median),
        column("Upper quartile", |of| &of.upper_quartile).meaning(quartiles),
        column("Highest", |of| &of.highest),
        Column::new("Median distance")
            .meaning("MAD: half of the values lie at most this far from the median.")
            .cell(move |row: &R| Cell::figure(&of(row).deviation, Format::Fixed(1))),
    ]
}
