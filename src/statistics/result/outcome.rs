//! How returns come out: bands, totals, groups, and totals that stand out.

use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Share, Spread};

/// How many returns have an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BandRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The band's name, or `incomplete`.
    pub band: String,
    /// The band's title.
    pub title: String,
    /// The share of returns.
    pub share: Share,
}

/// How totals spread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TotalRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The kind of return; `None` is all kinds.
    pub kind: Option<String>,
    /// The totals of complete returns.
    pub spread: Spread,
}

/// The returns of one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GroupRow {
    /// The figure id, without its last part.
    pub id: String,
    /// By what it is grouped: `region`, `group`.
    pub by: String,
    /// The group; `None` gathers returns of which it isn't known.
    pub group: Option<String>,
    /// How many returns count; hidden below k.
    pub returns: Figure,
    /// How their totals spread.
    pub totals: Spread,
    /// How many have each outcome, in the order of `outcomes`.
    pub outcomes: Vec<GroupOutcome>,
    /// The mean of each section in per cent, in the form's order.
    pub sections: Vec<Figure>,
}

/// How many returns of a group have an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GroupOutcome {
    /// The band's name, or `incomplete`.
    pub band: String,
    /// How many returns.
    pub count: Figure,
}

/// A return whose total stands out: more than 3.5 standard deviations, as the median deviation gives them, from the median.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct OutlierRow {
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: String,
    /// Its total.
    pub total: f64,
    /// The median of all totals.
    pub median: f64,
}
