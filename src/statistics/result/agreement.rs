//! Self beside external.

use serde::{Deserialize, Serialize};

use crate::figure::{Figure, Spread};

/// Self beside external, over organisations that have both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Agreement {
    /// The two sides, as people call them: "Self-assessment", "External assessment".
    pub sides: (String, String),
    /// How many organisations have both.
    pub organisations: usize,
    /// How many answers stand on both sides.
    pub pairs: usize,
    /// The totals of both sides, over organisations with all answers on both.
    pub totals: TotalAgreement,
    /// All criteria together.
    pub overall: AgreementRow,
    /// By section.
    pub sections: Vec<AgreementRow>,
    /// By criterion, the largest mean difference first.
    pub criteria: Vec<AgreementRow>,
    /// Answers that lie two steps or more apart, for moderation.
    pub moderation: Vec<ModerationRow>,
}

/// How far two sides agree on totals: all criteria's answers together, in per cent of the most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TotalAgreement {
    /// The figure id, without its last part.
    pub id: String,
    /// How many organisations have all answers on both sides.
    pub organisations: usize,
    /// How far self lies above external, in percentage points.
    pub difference: Spread,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks).
    pub chance: Figure,
    /// The intraclass correlation for absolute agreement, ICC(A,1); undefined below three organisations.
    pub correlation: Figure,
    /// The lower end of its 95 % interval.
    pub low: Figure,
    /// The upper end of its 95 % interval.
    pub high: Figure,
}

/// How far two sides agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AgreementRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The section or criterion; `None` is all.
    pub about: Option<String>,
    /// How many organisations.
    pub organisations: usize,
    /// How many pairs.
    pub pairs: usize,
    /// The share of pairs that are the same.
    pub exact: Figure,
    /// The share of pairs that are at most one step apart.
    pub adjacent: Figure,
    /// The mean of self less external, in steps of the scale.
    pub bias: Figure,
    /// The lower limit of agreement.
    pub limit_low: Figure,
    /// The upper limit of agreement.
    pub limit_high: Figure,
    /// Quadratic weighted kappa; undefined where all answers are alike.
    pub kappa: Figure,
    /// The lower end of its 95 % interval, by drawing organisations again.
    pub kappa_low: Figure,
    /// The upper end of its 95 % interval.
    pub kappa_high: Figure,
    /// Krippendorff's alpha for ordered grades.
    pub krippendorff: Figure,
    /// Gwet's AC2 with quadratic weights.
    pub gwet: Figure,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks); of criteria only, since the answers of one
    /// organisation to several aren't independent.
    pub chance: Figure,
    /// The same, allowing for how many criteria are looked at (Benjamini and Hochberg).
    pub chance_adjusted: Figure,
}

/// Two answers that lie far apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ModerationRow {
    /// Whose.
    pub organisation: String,
    /// The criterion.
    pub criterion: String,
    /// The self-assessed points.
    pub own: String,
    /// The external points.
    pub external: String,
    /// The return in which the external answer stands.
    pub file: String,
}
