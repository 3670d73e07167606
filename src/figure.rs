//! A figure as it is published: shown, hidden for disclosure control, or not defined; with the id by which it is traced.

use serde::{Deserialize, Serialize};

/// Whether a figure is there to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FigureState {
    /// The value is shown.
    Shown,
    /// Disclosure control hides it; the suppression log says why.
    Hidden,
    /// It can't be worked out from what there is; `why` says so.
    Undefined,
}

impl FigureState {
    /// Returns the word that tables use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Hidden => "hidden",
            Self::Undefined => "undefined",
        }
    }
}

/// One published figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Figure {
    /// The name by which `explain --figure` finds what it rests on: `seqf/section/1.1/median`.
    pub id: String,
    /// Whether it is there to be read.
    pub state: FigureState,
    /// The value; `None` unless it is shown.
    pub value: Option<f64>,
    /// How many returns, pairs or answers it rests on; nought where that is hidden too.
    pub n: usize,
    /// Why it isn't shown; `None` where it is.
    pub why: Option<String>,
}

impl Figure {
    /// Returns a figure that is shown.
    pub fn shown(id: impl Into<String>, value: f64, n: usize) -> Self {
        Self { id: id.into(), state: FigureState::Shown, value: Some(value), n, why: None }
    }

    /// Returns a figure that isn't defined.
    pub fn undefined(id: impl Into<String>, n: usize, why: impl Into<String>) -> Self {
        Self { id: id.into(), state: FigureState::Undefined, value: None, n, why: Some(why.into()) }
    }

    /// Returns a figure that is hidden.
    pub fn hidden(id: impl Into<String>, why: impl Into<String>) -> Self {
        Self { id: id.into(), state: FigureState::Hidden, value: None, n: 0, why: Some(why.into()) }
    }

    /// Returns the value where there is one, else says that there are no values.
    pub fn of(id: impl Into<String>, value: Option<f64>, n: usize) -> Self {
        match value {
            Some(value) => Self::shown(id, value, n),
            None => Self::undefined(id, n, "there are no values"),
        }
    }

    /// Takes the value away and says why.
    pub fn hide(&mut self, why: &str) {
        *self = Self::hidden(self.id.clone(), why);
    }

    /// Whether the value is shown.
    pub fn is_shown(&self) -> bool {
        self.state == FigureState::Shown
    }
}

/// A share with the interval in which it would lie in repeated seasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Share {
    /// The share, from 0 to 1.
    pub share: Figure,
    /// How many are counted.
    pub count: Figure,
    /// The lower end of the 95 % Wilson interval.
    pub low: Figure,
    /// The upper end of the 95 % Wilson interval.
    pub high: Figure,
}

/// How values spread: quartiles by type 7 (linear between the two nearest values).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Spread {
    /// How many values.
    pub n: usize,
    /// The mean.
    pub mean: Figure,
    /// The lowest value.
    pub lowest: Figure,
    /// A quarter of the values are at or below this.
    pub lower_quartile: Figure,
    /// Half of the values are at or below this.
    pub median: Figure,
    /// Three quarters of the values are at or below this.
    pub upper_quartile: Figure,
    /// The highest value.
    pub highest: Figure,
    /// Half of the values lie at most this far from the median (MAD).
    pub deviation: Figure,
}

impl Spread {
    /// Returns all figures, for hiding and listing.
    pub fn figures(&self) -> [&Figure; 7] {
        [
            &self.mean,
            &self.lowest,
            &self.lower_quartile,
            &self.median,
            &self.upper_quartile,
            &self.highest,
            &self.deviation,
        ]
    }

    /// Returns all figures, to be changed.
    pub fn figures_mut(&mut self) -> [&mut Figure; 7] {
        [
            &mut self.mean,
            &mut self.lowest,
            &mut self.lower_quartile,
            &mut self.median,
            &mut self.upper_quartile,
            &mut self.highest,
            &mut self.deviation,
        ]
    }
}

impl Share {
    /// Returns all figures, to be changed.
    pub fn figures_mut(&mut self) -> [&mut Figure; 4] {
        [&mut self.share, &mut self.count, &mut self.low, &mut self.high]
    }

    /// Returns all figures.
    pub fn figures(&self) -> [&Figure; 4] {
        [&self.share, &self.count, &self.low, &self.high]
    }
}

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
