//! What registers come to: their rows' results, what is wanting in them, and the measures they give.

use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Share, Spread};

/// What the rows of a register come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RegisterRow {
    /// The figure id, without its last parts.
    pub id: String,
    /// The register.
    pub register: String,
    /// Its title.
    pub title: String,
    /// What a row is about: "learner".
    pub row_noun: String,
    /// All rows.
    pub rows: usize,
    /// The returns that have them.
    pub returns: usize,
    /// The results, best first.
    pub results: Vec<ResultRow>,
    /// What is wanting, from the most frequent.
    pub actions: Vec<ActionRow>,
}

/// How many rows come to something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ResultRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The result's name.
    pub result: String,
    /// Its title.
    pub title: String,
    /// The share of rows.
    pub share: Share,
}

/// How many rows want an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ActionRow {
    /// The action's name.
    pub action: String,
    /// What is to be done.
    pub title: String,
    /// How many rows want it.
    pub count: Figure,
    /// In how many returns.
    pub returns: usize,
}

/// A measure, over all returns that have it from a register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MeasureRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The measure.
    pub measure: String,
    /// A few words for it.
    pub short: String,
    /// Its unit.
    pub unit: String,
    /// All people taken as one group.
    pub pooled: Figure,
    /// The pooled value, exact; `None` where hidden.
    pub pooled_exact: Option<String>,
    /// The mean of the returns' values, each counting the same.
    pub mean_of_returns: Figure,
    /// How many people.
    pub people: Figure,
    /// How the returns' values spread.
    pub spread: Spread,
}
