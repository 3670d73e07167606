//! Returns about the units of an organisation, put together to one about the whole, by a declared rule.
//!
//! [`consolidate`] gives one [`Consolidation`] for each organisation that sent returns about several units, or one about the
//! whole. A unit speaks through its own return, else through its column in the return about the whole (`voice`). The rule is
//! the one that the return about the whole names, else the season's, else the framework's. Nothing is guessed: a criterion on which a unit's
//! own return is open stays open unless the rule comes to the same either way, and so does the outcome, which is an interval
//! then. On the sheet of the whole a unit without a judgement is left out of the share.

mod conclude;
mod voice;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::SeasonReturn;
use crate::exact::Exact;
use crate::framework::{BandId, CriterionId, Framework, FrameworkId, SectionId, ShareRule};
use crate::outcome::consolidation::Declared;
use crate::review::{OutcomeRecord, SectionRecord, Status};

/// What an organisation's units come to together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Consolidation {
    /// Whose units.
    pub organisation: String,
    /// By which framework.
    pub framework: FrameworkId,
    /// The rule.
    pub rule: RuleRecord,
    /// The return about the whole; `None` where none was sent.
    pub whole: Option<WholeRecord>,
    /// The units: those that the return about the whole lists, then others.
    pub units: Vec<UnitConsolidated>,
    /// The criteria, in the framework's order.
    pub criteria: Vec<CriterionConsolidated>,
    /// The sections of the whole.
    pub sections: Vec<SectionRecord>,
    /// The outcome of the whole; an interval while criteria are open.
    pub outcome: OutcomeRecord,
    /// The criteria on which the return about the whole says otherwise.
    pub disagreements: Vec<CriterionId>,
    /// The criteria that hold for the whole and that a reviewer praises.
    pub strengths: Vec<CriterionId>,
    /// The criteria that don't hold for the whole.
    pub developments: Vec<CriterionId>,
}

/// The rule by which units were put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RuleRecord {
    /// The rule.
    pub rule: ShareRule,
    /// The share that it asks for; `None` where it asks for none, or none that can be used is given.
    pub share: Option<Exact>,
    /// Who names it.
    pub named_by: RuleSource,
    /// The rule in words: "all directorates".
    pub words: String,
}

/// Who names a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleSource {
    /// The return about the whole.
    Return,
    /// The season, as no return does.
    Season,
    /// The framework, as neither a return nor the season does.
    Framework,
}

/// The return about the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WholeRecord {
    /// Its file.
    pub file: String,
    /// What became of it.
    pub status: Status,
    /// Its band; `None` while answers are missing.
    pub band: Option<BandId>,
    /// Its total as it is shown.
    pub display: Option<String>,
}

/// A unit in its organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnitConsolidated {
    /// Its name.
    pub name: String,
    /// What it weighs; `None` where that isn't known.
    pub weight: Option<Exact>,
    /// Its own return; `None` where it speaks through the return about the whole only.
    pub file: Option<String>,
    /// The band of its own return.
    pub band: Option<BandId>,
    /// The worst band that can come out, while answers are missing.
    pub band_lowest: Option<BandId>,
    /// The best band that can come out.
    pub band_highest: Option<BandId>,
    /// The bands that can come out, the best first, where not all between these two can.
    pub can_be: Vec<BandId>,
    /// What it comes to in each section.
    pub sections: Vec<UnitSection>,
    /// The criteria that hold there and that its reviewer praises.
    pub strengths: Vec<CriterionId>,
    /// The criteria that don't hold there.
    pub developments: Vec<CriterionId>,
}

/// What a unit comes to in a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnitSection {
    /// Which section.
    pub id: SectionId,
    /// The criteria that hold.
    pub holds: usize,
    /// The criteria that don't.
    pub fails: usize,
    /// The criteria without a judgement.
    pub open: usize,
}

/// A criterion over all units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CriterionConsolidated {
    /// Which criterion.
    pub id: CriterionId,
    /// What each unit says, in the order of the units.
    pub voices: Vec<VoiceRecord>,
    /// The grade that the rule gives; `None` while that is open.
    pub status: Option<String>,
    /// The least share that the rule can find.
    pub share_lowest: Option<Exact>,
    /// The most.
    pub share_highest: Option<Exact>,
    /// The grade by the columns of the return about the whole alone; `None` where it is open or there are none.
    pub by_columns: Option<String>,
    /// The grade that the return about the whole states; `None` where it states none.
    pub stated: Option<String>,
    /// Whether that is the grade that the rule gives; `None` where one of the two is open.
    pub agrees: Option<bool>,
}

/// What a unit says of a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VoiceRecord {
    /// Whether the criterion holds there.
    pub standing: VoiceStanding,
    /// The grade; `None` where none is given.
    pub grade: Option<String>,
    /// Where the unit says so; `None` where it doesn't.
    pub source: Option<VoiceSource>,
    /// The grade in its column of the return about the whole, where its own return says another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

/// Whether a criterion holds in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceStanding {
    /// It does.
    Holds,
    /// It doesn't.
    Fails,
    /// That is open.
    Open,
    /// The unit is left out of the share.
    LeftOut,
}

/// Where a unit says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceSource {
    /// In its own return.
    Return,
    /// In its column of the return about the whole.
    Column,
}

/// Puts the units of each organisation together, in order of the organisations, then of the frameworks.
///
/// `season` is the rule where no return names one; `None` leaves it to the framework.
pub fn consolidate(
    returns: &[SeasonReturn],
    frameworks: &[Framework],
    season: Option<&Declared>,
) -> Vec<Consolidation> {
    let mut all: Vec<Consolidation> = Vec::new();
    for framework in frameworks.iter().filter(|framework| framework.consolidation.is_some()) {
        let counted = |sent: &&SeasonReturn| sent.counts() && sent.review.framework.as_ref() == Some(&framework.id);
        let mut organisations: BTreeMap<&str, Vec<&SeasonReturn>> = BTreeMap::new();
        for sent in returns.iter().filter(counted) {
            if let Some(organisation) = &sent.organisation {
                organisations.entry(organisation).or_default().push(sent);
            }
        }
        all.extend(organisations.iter().filter_map(|(name, of)| conclude::conclude(framework, season, name, of)));
    }
    all.sort_by(|a, b| (&a.organisation, &a.framework).cmp(&(&b.organisation, &b.framework)));
    all.dedup_by(|later, first| (&later.organisation, &later.framework) == (&first.organisation, &first.framework));
    all
}

impl Consolidation {
    /// Returns the criteria on which a unit's own return differs from its column in the return about the whole, with the
    /// unit's place.
    pub fn columns_differing(&self) -> impl Iterator<Item = (&CriterionConsolidated, usize)> {
        self.criteria.iter().flat_map(|criterion| {
            let voices = criterion.voices.iter().enumerate();
            voices.filter(|(_, voice)| voice.column.is_some()).map(move |(unit, _)| (criterion, unit))
        })
    }
}
