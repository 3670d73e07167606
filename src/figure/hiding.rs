//! Why figures are hidden, and the limits below which they are.

use serde::{Deserialize, Serialize};

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

impl Disclosure {
    /// Hides nothing.
    pub const OPEN: Self = Self { k: 0, quantiles: 0, rounding: 1 };
}

impl Default for Disclosure {
    fn default() -> Self {
        Self { k: 5, quantiles: 8, rounding: 5 }
    }
}

/// Why a figure is hidden, whatever it is hidden for: a reason of its own would narrow down what it hides.
pub const HIDDEN: &str = "too few stand behind it, or behind what could be worked out from it";
