//! Each return beside what chance alone would give.

use serde::{Deserialize, Serialize};

use crate::figure::Figure;

/// Where a result lies beside the network's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Below the 99.8 % range.
    FarBelow,
    /// Below the 95 % range, within the 99.8 % one.
    Below,
    /// Within the 95 % range.
    Within,
    /// Above the 95 % range, within the 99.8 % one.
    Above,
    /// Above the 99.8 % range.
    FarAbove,
}

/// A return's share of best answers beside what chance alone would give at the network's share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RangeRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: String,
    /// The section; `None` is all criteria.
    pub section: Option<String>,
    /// How many criteria are answered.
    pub criteria: usize,
    /// How many of the answers are the best.
    pub best: usize,
    /// The share of them.
    pub share: f64,
    /// The network's share; hidden where too few returns count.
    pub network: Figure,
    /// The lower end of the 95 % range, as a share.
    pub low_95: Figure,
    /// The upper end of the 95 % range, as a share.
    pub high_95: Figure,
    /// The lower end of the 99.8 % range, as a share.
    pub low_998: Figure,
    /// The upper end of the 99.8 % range, as a share.
    pub high_998: Figure,
    /// Where it lies; `None` where the network's share is hidden.
    pub standing: Option<Standing>,
}
