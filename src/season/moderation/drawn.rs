//! A return that was drawn for moderation, and for what.

use schemars::JsonSchema;
use serde::Serialize;

use super::risk::Risk;
use crate::exact::Exact;
use crate::framework::{BandId, FrameworkId};
use crate::wording::Wording;

/// A return that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Drawn {
    /// The framework.
    pub framework: FrameworkId,
    /// Its place in the framework's draw, from one.
    pub place: usize,
    /// The file.
    pub file: String,
    /// Whose it is; `None` where it doesn't say.
    pub organisation: Option<String>,
    /// The part of it that the return is about; `None` where it is about the whole.
    pub unit: Option<String>,
    /// Which kind it is; `None` where it doesn't say.
    pub kind: Option<String>,
    /// The outcome; `None` while it is open.
    pub band: Option<BandId>,
    /// The outcome when it was drawn, by which it stands for others; `None` where that was open.
    pub drawn_band: Option<BandId>,
    /// For what it was drawn.
    pub drawn: DrawnFor,
    /// What about it asks for a second look, whether or not it was drawn for that.
    pub risks: Vec<Risk>,
    /// From how many it was drawn by chance, itself among them; one where it was taken for certain.
    pub from: usize,
    /// How many of these were drawn.
    pub taken: usize,
    /// How likely it was to be drawn, from 0 to 1.
    pub probability: Exact,
}

/// For what a return was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DrawnFor {
    /// For what about it asks for a second look, for certain.
    Risk,
    /// By chance from those of its outcome.
    Outcome,
    /// By chance from all that are left.
    Rest,
}

impl DrawnFor {
    /// Returns the word that results use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Outcome => "outcome",
            Self::Rest => "rest",
        }
    }

    /// Returns it in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Risk => "asks for it",
            Self::Outcome => "by chance, of its outcome",
            Self::Rest => "by chance, of all others",
        }
    }

    /// Returns what is meant by the word that results use, or in words; `None` where nothing is.
    pub(super) fn named(written: &str) -> Option<Self> {
        let wording = Wording::of(written);
        let is_it = |one: &Self| [one.as_str(), one.words()].iter().any(|words| Wording::of(words) == wording);
        [Self::Risk, Self::Outcome, Self::Rest].into_iter().find(is_it)
    }
}

/// What is written where a return wasn't drawn.
pub const NOT_DRAWN: &str = "not drawn";
