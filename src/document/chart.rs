//! What is drawn: figures in a report, and bars beside a table on a sheet.

use serde::Serialize;

/// A figure in a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
pub enum Chart {
    /// A scale of totals with its bands, and a total or a range marked on it.
    Gauge {
        /// What it is of.
        caption: String,
        /// What it shows, for those who don't see it.
        alt: String,
        /// The least total.
        least: f64,
        /// The greatest total.
        most: f64,
        /// The bands, from the least end of the scale.
        bands: Vec<GaugeBand>,
        /// Whether that end is the best one, so that the first band has the colour of the best.
        is_best_first: bool,
        /// The total; `None` while it is open.
        value: Option<f64>,
        /// The least that it can become; `None` once there is a total.
        low: Option<f64>,
        /// The most that it can become; `None` once there is a total.
        high: Option<f64>,
        /// The total or the range as it is printed.
        label: String,
    },
    /// The own figure among others': the middle half, the median, the own one.
    Strip {
        /// What it is of.
        caption: String,
        /// What it shows, for those who don't see it.
        alt: String,
        /// The least value of the scale.
        least: f64,
        /// The greatest value of the scale.
        most: f64,
        /// The lower quartile.
        lower: f64,
        /// The median.
        median: f64,
        /// The upper quartile.
        upper: f64,
        /// The own one.
        own: f64,
        /// The own one as it is printed.
        own_label: String,
        /// The median as it is printed.
        median_label: String,
    },
    /// One bar of parts that add up to all.
    Stack {
        /// What it is of.
        caption: String,
        /// What it shows, for those who don't see it.
        alt: String,
        /// The parts, from the worst to the best, then what is open.
        parts: Vec<StackPart>,
    },
}

/// A band's part of a scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GaugeBand {
    /// Its title.
    pub title: String,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Where it begins, as it is printed.
    pub tick: String,
}

/// A part of a bar of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StackPart {
    /// Its name.
    pub title: String,
    /// How many it is.
    pub count: usize,
    /// The same with its share, as the key has it.
    pub label: String,
    /// Whether it is what isn't known yet.
    pub open: bool,
}

/// Bars beside a table on a sheet, drawn from the cells of the table: one for each row, named by its first cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// What they show.
    pub title: String,
    /// What is counted or measured along them.
    pub axis: String,
    /// From which columns their lengths are.
    pub lengths: Lengths,
}

/// From which columns the lengths of bars are, counted from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lengths {
    /// Counts.
    Counts(u16),
    /// Per cent of the most.
    Percent(u16),
    /// From the first to the last of three columns of per cent, with another colour from the second on.
    MiddleHalf(u16, u16, u16),
}
