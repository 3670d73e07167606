//! How sections and criteria are answered, and whether the criteria go together.

use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Share, Spread};

/// How a section's scores spread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SectionRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The section.
    pub section: String,
    /// Its title.
    pub title: String,
    /// The scores in per cent of the most.
    pub percent: Spread,
    /// The mean score, exact, as text; `None` where no return has one or it is hidden.
    pub mean_score: Option<String>,
    /// Returns whose section isn't complete.
    pub incomplete: usize,
}

/// How a criterion is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CriterionRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The criterion.
    pub criterion: String,
    /// A few words for it.
    pub short: String,
    /// Its section.
    pub section: String,
    /// Returns with a usable answer.
    pub answered: usize,
    /// Returns without one.
    pub missing: usize,
    /// How often each grade is given, best first.
    pub grades: Vec<GradeRow>,
    /// The mean of the answers on a scale from 0 (worst) to 1 (best).
    pub mean: Figure,
    /// The median on the same scale.
    pub median: Figure,
    /// The share of answers that are the best.
    pub best: Share,
    /// Whether it tells strong returns from weak ones: correlation with the rest of the total. `Undefined` below 30 returns.
    pub discrimination: Figure,
    /// Cronbach's alpha of all other criteria: more than theirs with this one where it goes badly with them. `Undefined` below 30
    /// returns.
    pub alpha_without: Figure,
}

/// How often a grade is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GradeRow {
    /// The grade's name.
    pub grade: String,
    /// Its label, or its name where it has none.
    pub label: String,
    /// How many answers.
    pub count: Figure,
}

/// A criterion's place among all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RankedRow {
    /// The rank, from one; criteria with equal means share it.
    pub rank: usize,
    /// The criterion.
    pub criterion: String,
    /// A few words for it.
    pub short: String,
    /// The mean, from 0 to 1.
    pub mean: Figure,
    /// The share of answers that are the best, with its interval.
    pub best: Share,
    /// Organisations whose answer is the best there is, for strengths that can be shared; empty where hidden.
    pub organisations: Vec<String>,
}

/// Whether the criteria go together (Cronbach's alpha).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Consistency {
    /// All criteria.
    pub overall: ConsistencyRow,
    /// The criteria of each section that has two and more.
    pub sections: Vec<ConsistencyRow>,
}

/// Whether some criteria go together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ConsistencyRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The section; `None` is all.
    pub section: Option<String>,
    /// How many returns have all answers to these criteria.
    pub returns: usize,
    /// How many criteria.
    pub criteria: usize,
    /// Alpha; undefined below 30 returns.
    pub alpha: Figure,
    /// The lower end of its 95 % interval.
    pub low: Figure,
    /// The upper end of its 95 % interval.
    pub high: Figure,
}
