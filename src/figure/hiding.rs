//! Why figures are hidden, and the limits below which they are.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::FigureId;

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

/// Why a figure is hidden; with the limit that it falls short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HidingReason {
    /// It rests on fewer than so many.
    Primary(usize),
    /// All groups of a column are too small.
    Withheld,
    /// A hidden figure could be worked out from it.
    Secondary,
    /// It has fewer contributors than so many, which a quantile needs.
    Quantile(usize),
}

impl fmt::Display for HidingReason {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Primary(k) => write!(to, "rests on fewer than {k}"),
            Self::Withheld => write!(to, "the groups are too small to show any of them"),
            Self::Secondary => write!(to, "a hidden figure could be worked out from it"),
            Self::Quantile(least) => write!(to, "has fewer than the {least} contributors that a quantile needs"),
        }
    }
}

/// One entry of the suppression log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hiding {
    /// The figure.
    pub figure: FigureId,
    /// Why it was hidden.
    pub reason: HidingReason,
}
