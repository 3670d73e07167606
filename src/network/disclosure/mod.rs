//! What may be published of small groups, and the log of what was hidden.
//!
//! Figures over fewer than k returns are hidden, and so are figures from which those could be worked out: of the same table by
//! subtraction ([`suppress`], shown not to leak by trying all tables), and of another grouping with the same members. Counts of
//! people are rounded. How many returns of the whole network have an outcome isn't hidden: those are organisations' results, which
//! the network knows. Lists that name returns (the season workbook's returns and findings) are for the people who process the
//! season, and aren't screened.

mod bounds;
mod protect;
#[cfg(test)]
mod published;
mod suppress;

use serde::{Deserialize, Serialize};

pub use bounds::Masked;
pub use protect::protect;
pub use suppress::{small_groups, suppress};

/// The limits below which figures are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Disclosure {
    /// Groups of fewer returns or people are hidden.
    pub k: usize,
    /// Quartiles, lowest and highest values need this many contributors.
    pub quantiles: usize,
    /// Counts of people are shown to the nearest multiple of this.
    pub rounding: usize,
}

impl Default for Disclosure {
    fn default() -> Self {
        Self { k: 5, quantiles: 8, rounding: 5 }
    }
}

/// Why a figure was hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HidingReason {
    /// It rests on fewer than k.
    Primary,
    /// A hidden figure could be worked out from it.
    Secondary,
    /// It has fewer contributors than a quantile needs.
    Quantile,
}

/// One entry of the suppression log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Hiding {
    /// The figure's id.
    pub figure: String,
    /// Why it was hidden.
    pub reason: HidingReason,
    /// The same in a sentence.
    pub why: String,
}
