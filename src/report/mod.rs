//! What reports and sheets say: functions from reviews and a season's statistics to documents, which know nothing of how they are
//! printed.
//!
//! [`of_return`] gives the report on a return, [`benchmark`] an organisation's figures beside the network's, [`of_whole`] the one on an organisation whose units are put together, [`on_bundle`] the one on several instruments of it, [`of_season`]
//! the overarching report, and [`sheets`] the sheets of the season workbook; [`on_returns`] and [`on_runs`] say what differs between two.

pub mod benchmark;
mod bundle;
mod earlier;
mod graded;
mod of_bundle;
mod of_comparison;
mod of_return;
mod of_whole;
pub mod peers;
pub mod of_season;
mod setting;
pub mod sheets;
mod spread;
mod subject;
mod titled;

use crate::document::{Column, Fact, Table};

pub use benchmark::on_benchmark;
pub use earlier::Earlier;
pub use of_bundle::on_bundle;
pub use of_comparison::{Extent, on_packs, on_returns, on_runs};
pub use of_return::on_return;
pub use of_season::{FrameworkSeason, TitleOf, overarching, season_title};
pub use of_whole::on_whole;
pub use peers::{Peers, Spread};
pub use setting::Setting;

/// For whom something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The people who run the season: it names organisations and returns.
    Team,
    /// Everybody: it names nobody.
    Everybody,
}

/// How much room a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// The width of a page: the figures that the words around rest on.
    Page,
    /// As many columns as it takes: all figures.
    Sheet,
}

/// Returns a percentage as a part of one.
#[expect(clippy::float_arithmetic, reason = "a place on a chart is no score")]
fn part_of_hundred(percent: f64) -> f64 {
    percent / 100.0
}

/// Returns a table of what belongs to what.
fn pairs(rows: &[Fact], headings: [&str; 2]) -> Table {
    Table::of(
        rows,
        vec![
            Column::new(headings[0]).share(1.0).cell(|row: &Fact| (&row.label).into()),
            Column::new(headings[1]).share(2.4).cell(|row: &Fact| (&row.value).into()),
        ],
    )
}
