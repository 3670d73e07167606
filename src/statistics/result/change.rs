//! This season beside the last, and the trend over several.

use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Spread};

/// Change since last season, for organisations that are in both with the same framework version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ChangeSummary {
    /// How last season is called.
    pub since: String,
    /// How many returns are matched.
    pub matched: usize,
    /// How many of this season's have no like one last season.
    pub unmatched: usize,
    /// The differences of totals.
    pub totals: Spread,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks).
    pub chance: Figure,
    /// The differences of each section, in percentage points.
    pub sections: Vec<SectionChange>,
    /// How many bands went up.
    pub better: Figure,
    /// How many bands stayed.
    pub same: Figure,
    /// How many bands went down.
    pub worse: Figure,
    /// Who came out of the lowest band and who fell into it; `None` where the framework has but one band.
    pub met: Option<MetChange>,
}

/// How many came out of the lowest band and how many fell into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MetChange {
    /// How many came out of it.
    pub gained: Figure,
    /// How many fell into it.
    pub lost: Figure,
    /// How likely chance alone gives such a difference between the two (`McNemar`'s exact test).
    pub chance: Figure,
}

/// Change of one section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SectionChange {
    /// The section.
    pub section: String,
    /// The differences, in percentage points.
    pub difference: Spread,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks).
    pub chance: Figure,
    /// The same, allowing for how many sections are looked at (Benjamini and Hochberg).
    pub chance_adjusted: Figure,
}

/// How totals go from season to season, over those who have a like return in each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Trend {
    /// The figure id, without its last part.
    pub id: String,
    /// How many have a like return in each season.
    pub returns: usize,
    /// The seasons, the earliest first.
    pub seasons: Vec<TrendPoint>,
    /// How many percentage points the median changes in a season (Theil–Sen).
    pub slope: Figure,
    /// Whether the medians go one way: 1 is always up, -1 always down (Kendall's tau).
    pub tau: Figure,
}

/// One season of a trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TrendPoint {
    /// How the season is called; `None` is the one at hand.
    pub season: Option<String>,
    /// The median of totals, in per cent of the most.
    pub median: Figure,
}
