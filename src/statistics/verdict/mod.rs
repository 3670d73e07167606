//! What the figures of a framework mean, judged once for reports, the season workbook and results, each with its words beside it.
//!
//! [`Verdicts`] is what results hold of them. A judgement rests on published figures alone: what is hidden is judged by nobody.

pub mod agreement;
mod chance;
pub mod change;
pub mod coherence;
pub mod gathered;
pub mod question;
pub mod section;

use schemars::JsonSchema;
use serde::Serialize;

pub use agreement::Reliance;
pub use chance::Chance;
pub use change::Steadiness;
pub use coherence::Coherence;
pub use question::Question;
pub use section::Extremes;

use crate::exact::Exact;
use crate::figure::Figure;
use crate::framework::{Framework, FrameworkId};
use crate::outcome::nearness;
use crate::season::members::Members;
use crate::season::reassessment::{self, Reassessment};
use crate::season::{Season, SeasonReturn};
use crate::statistics::{FrameworkStatistics, Statistics};

/// What the returns of a framework come to, in judgements.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Verdicts {
    /// The framework.
    pub framework: FrameworkId,
    /// The sections in which returns do best and least well; left out where too few are complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sections: Option<Extremes>,
    /// Whether criteria go together, of all and by section; left out of those of which too few returns show it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria_together: Vec<Together>,
    /// The figures that tell how likely chance alone gives a change or a difference, with what they say of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chance: Vec<Likely>,
    /// What one side's total says of the other's; left out where too few organisations have both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliance: Option<Reliance>,
    /// How steadily totals go their way over the seasons; left out where there are too few.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trend: Option<Steadiness>,
    /// Who joined since last season, came back, or is gone; left out where all are as they were, or no season before is on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
    /// What the framework itself should reconsider.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// Who asks for action and another assessment, where the framework says so of a score or of an outcome; one return an organisation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reassessment: Vec<Reassessment>,
    /// The totals that lie within the framework's margin of a band's limit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near_a_limit: Vec<NearALimit>,
}

/// Whether some criteria go together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Together {
    /// The section; left out where it is about all criteria.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// How far they do.
    pub verdict: Coherence,
}

/// What a likelihood says of chance.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Likely {
    /// The id of the figure.
    pub figure: String,
    /// What it says.
    pub verdict: Chance,
}

/// A total near the limit of a band.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NearALimit {
    /// The return.
    pub file: String,
    /// The band.
    pub band: String,
    /// Its limit.
    pub limit: Exact,
    /// How far the total lies above it; below nought where it lies under it.
    pub above: Exact,
}

impl Verdicts {
    /// Returns the judgements on each framework of a season.
    pub fn of_season(season: &Season, statistics: &Statistics) -> Vec<Self> {
        let of = |statistics: &FrameworkStatistics| {
            let framework = season.framework_named(&statistics.framework)?;
            Some(Self::of(season, framework, statistics))
        };
        statistics.frameworks.iter().filter_map(of).collect()
    }

    fn of(season: &Season, framework: &Framework, statistics: &FrameworkStatistics) -> Self {
        let mine = |of: &&SeasonReturn| of.review.framework.as_ref() == Some(&statistics.framework);
        let returns: Vec<&SeasonReturn> = season.counted().filter(mine).collect();
        Self {
            framework: statistics.framework.clone(),
            sections: Extremes::of(&statistics.sections),
            criteria_together: together(statistics),
            chance: likelihoods(statistics),
            reliance: statistics.agreement.as_ref().and_then(|agreement| Reliance::of(&agreement.totals)),
            trend: statistics.trend.as_ref().and_then(Steadiness::of),
            members: Members::of(season, &statistics.framework).filter(|members| !members.is_empty()),
            questions: question::spelled(framework, statistics),
            reassessment: returns
                .iter()
                .filter(|of| of.is_headline)
                .filter_map(|of| reassessment::of(framework, &of.review))
                .collect(),
            near_a_limit: returns.iter().filter_map(|of| near_a_limit(framework, of)).collect(),
        }
    }
}

fn together(statistics: &FrameworkStatistics) -> Vec<Together> {
    let rows = statistics.consistency.iter().flat_map(|of| [&of.overall].into_iter().chain(&of.sections));
    let judged = rows.filter_map(|row| Some(Together { section: row.section.clone(), verdict: Coherence::of(row)? }));
    judged.collect()
}

/// Returns what the likelihoods say, of several that are looked at together those that allow for how many they are.
fn likelihoods(statistics: &FrameworkStatistics) -> Vec<Likely> {
    let change = statistics.change.iter();
    let change = change.flat_map(|change| {
        let sections = change.sections.iter().map(|row| &row.chance_adjusted);
        let criteria = change.criteria.iter().map(|row| &row.chance_adjusted);
        let met = change.met.as_ref().map(|met| &met.chance_adjusted);
        [&change.chance_adjusted].into_iter().chain(met).chain(sections).chain(criteria)
    });
    let agreement = statistics.agreement.iter();
    let agreement = agreement.flat_map(|agreement| {
        [&agreement.totals.chance].into_iter().chain(agreement.criteria.iter().map(|row| &row.chance_adjusted))
    });
    let judged = |figure: &Figure| Some(Likely { figure: figure.id.to_string(), verdict: Chance::of(figure)? });
    change.chain(agreement).filter_map(judged).collect()
}

fn near_a_limit(framework: &Framework, of: &SeasonReturn) -> Option<NearALimit> {
    let outcome = of.review.outcome.as_ref()?;
    let near = nearness::nearest(&framework.outcome, outcome.total.as_ref()?)?;
    Some(NearALimit {
        file: of.review.file.clone(),
        band: near.band.id.to_string(),
        limit: near.limit.clone(),
        above: near.above,
    })
}
