//! What the statistics come to, as reports and the season workbook read them.
//!
//! Everything is by framework, since figures of two schemes never mix. Within one, figures rest on the returns that count:
//! scored and provisional ones, no duplicates and none that is superseded. Shares are from 0 to 1, `percent` from 0 to 100.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::figure::{Figure, Share, Spread};
use crate::network::disclosure::Hiding;

/// All statistics of a season.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Statistics {
    /// By framework, in order of its name.
    pub frameworks: Vec<FrameworkStatistics>,
    /// What disclosure control hid, and why.
    pub hidings: Vec<Hiding>,
}

impl Statistics {
    /// Returns the statistics of one framework.
    pub fn of(&self, framework: &str) -> Option<&FrameworkStatistics> {
        self.frameworks.iter().find(|found| found.framework == framework)
    }

    /// Returns all figures, each once, in the order in which they stand. They are gathered from what is written of the statistics,
    /// so that none can be forgotten here.
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures = Vec::new();
        gather(self.written(), &mut figures);
        let mut known = BTreeSet::new();
        figures.retain(|figure| known.insert(figure.id.clone()));
        figures
    }

    fn written(&self) -> Value {
        serde_json::to_value(self).expect("statistics have text keys and nothing that can't be written")
    }
}

/// Gathers the figures of a value.
fn gather(value: Value, figures: &mut Vec<Figure>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| gather(item, figures)),
        Value::Object(fields) if fields.contains_key("state") => {
            figures.extend(serde_json::from_value::<Figure>(Value::Object(fields)));
        }
        Value::Object(fields) => fields.into_iter().for_each(|(_, item)| gather(item, figures)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The statistics of one framework.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FrameworkStatistics {
    /// The framework's name.
    pub framework: String,
    /// Its title.
    pub title: String,
    /// The versions that returns are of.
    pub versions: Vec<String>,
    /// The unit of totals: `%` or `points`.
    pub unit: String,
    /// Who was expected and who came.
    pub coverage: Coverage,
    /// Returns by outcome, best band first, `incomplete` last; over all kinds of return.
    pub outcomes: Vec<BandRow>,
    /// The totals, over all kinds of return; then by kind.
    pub totals: Vec<TotalRow>,
    /// The sections, in the form's order, in per cent of the most that can be scored.
    pub sections: Vec<SectionRow>,
    /// The criteria, in the form's order.
    pub criteria: Vec<CriterionRow>,
    /// The strongest criteria, from the best; ties share a rank.
    pub strongest: Vec<RankedRow>,
    /// The weakest criteria, from the worst; ties share a rank.
    pub weakest: Vec<RankedRow>,
    /// The measures that registers give.
    pub measures: Vec<MeasureRow>,
    /// Returns by region, group and other columns.
    pub groups: Vec<GroupRow>,
    /// The result of each return beside what chance alone would give.
    pub ranges: Vec<RangeRow>,
    /// Self beside external; empty where no organisation has both.
    pub agreement: Option<Agreement>,
    /// Whether the criteria go together.
    pub consistency: Option<Consistency>,
    /// Returns whose total stands out from all others.
    pub outliers: Vec<OutlierRow>,
    /// Against last season; `None` without a record of it.
    pub change: Option<ChangeSummary>,
    /// Over four seasons and more; `None` without records of them.
    pub trend: Option<Trend>,
    /// The commonest findings.
    pub findings: Vec<FindingRow>,
    /// What the rows of registers come to, for those whose results the framework names.
    #[serde(default)]
    pub registers: Vec<RegisterRow>,
}

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

/// Who was expected and who came. Counts of organisations and returns aren't hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Coverage {
    /// Returns that the roster expects; `None` without a roster, or where it can't be told for this framework.
    pub expected: Option<usize>,
    /// Files that came.
    pub received: usize,
    /// Returns that count.
    pub counted: usize,
    /// Of those, returns with all answers.
    pub complete: usize,
    /// Of those, returns whose outcome is an interval.
    pub provisional: usize,
    /// Files with the content of another, or no way to tell which counts.
    pub duplicate: usize,
    /// Files of which a later one counts.
    pub superseded: usize,
    /// Organisations on the roster that sent nothing.
    pub organisations_missing: Vec<String>,
    /// Organisations with a return that counts.
    pub organisations: usize,
}

/// How many returns have an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BandRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The band's name, or `incomplete`.
    pub band: String,
    /// The band's title.
    pub title: String,
    /// The share of returns.
    pub share: Share,
}

/// How totals spread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TotalRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The kind of return; `None` is all kinds.
    pub kind: Option<String>,
    /// The totals of complete returns.
    pub spread: Spread,
}

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

/// The returns of one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GroupRow {
    /// The figure id, without its last part.
    pub id: String,
    /// By what it is grouped: `region`, `group`.
    pub by: String,
    /// The group; `None` gathers returns of which it isn't known.
    pub group: Option<String>,
    /// How many returns count; hidden below k.
    pub returns: Figure,
    /// How their totals spread.
    pub totals: Spread,
    /// How many have each outcome, in the order of `outcomes`.
    pub outcomes: Vec<GroupOutcome>,
    /// The mean of each section in per cent, in the form's order.
    pub sections: Vec<Figure>,
}

/// How many returns of a group have an outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GroupOutcome {
    /// The band's name, or `incomplete`.
    pub band: String,
    /// How many returns.
    pub count: Figure,
}

/// Where a result lies beside the network's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Below the 99.8 % range.
    FarBelow,
    /// Below the 95 % range, within the 99.8 % one.
    Below,
    /// Within the 95 % range.
    Within,
    /// Above the 95 % range, within the 99.8 % one.
    Above,
    /// Above the 99.8 % range.
    FarAbove,
}

/// A return's share of best answers beside what chance alone would give at the network's share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RangeRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: String,
    /// The section; `None` is all criteria.
    pub section: Option<String>,
    /// How many criteria are answered.
    pub criteria: usize,
    /// How many of the answers are the best.
    pub best: usize,
    /// The share of them.
    pub share: f64,
    /// The network's share; hidden where too few returns count.
    pub network: Figure,
    /// The lower end of the 95 % range, as a share.
    pub low_95: Figure,
    /// The upper end of the 95 % range, as a share.
    pub high_95: Figure,
    /// The lower end of the 99.8 % range, as a share.
    pub low_998: Figure,
    /// The upper end of the 99.8 % range, as a share.
    pub high_998: Figure,
    /// Where it lies; `None` where the network's share is hidden.
    pub standing: Option<Standing>,
}

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

/// A return whose total stands out: more than 3.5 standard deviations, as the median deviation gives them, from the median.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct OutlierRow {
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: String,
    /// Its total.
    pub total: f64,
    /// The median of all totals.
    pub median: f64,
}

/// Change since last season, for organisations that are in both with the same framework version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ChangeSummary {
    /// How last season is called.
    pub since: String,
    /// How many returns are matched.
    pub matched: usize,
    /// How many of this season's have no like one last season.
    pub unmatched: usize,
    /// The differences of totals.
    pub totals: Spread,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks).
    pub chance: Figure,
    /// The differences of each section, in percentage points.
    pub sections: Vec<SectionChange>,
    /// How many bands went up.
    pub better: Figure,
    /// How many bands stayed.
    pub same: Figure,
    /// How many bands went down.
    pub worse: Figure,
    /// Who came out of the lowest band and who fell into it; `None` where the framework has but one band.
    pub met: Option<MetChange>,
}

/// How many came out of the lowest band and how many fell into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MetChange {
    /// How many came out of it.
    pub gained: Figure,
    /// How many fell into it.
    pub lost: Figure,
    /// How likely chance alone gives such a difference between the two (`McNemar`'s exact test).
    pub chance: Figure,
}

/// How totals go from season to season, over those who have a like return in each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Trend {
    /// The figure id, without its last part.
    pub id: String,
    /// How many have a like return in each season.
    pub returns: usize,
    /// The seasons, the earliest first.
    pub seasons: Vec<TrendPoint>,
    /// How many percentage points the median changes in a season (Theil–Sen).
    pub slope: Figure,
    /// Whether the medians go one way: 1 is always up, -1 always down (Kendall's tau).
    pub tau: Figure,
}

/// One season of a trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TrendPoint {
    /// How the season is called; `None` is the one at hand.
    pub season: Option<String>,
    /// The median of totals, in per cent of the most.
    pub median: Figure,
}

/// Change of one section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SectionChange {
    /// The section.
    pub section: String,
    /// The differences, in percentage points.
    pub difference: Spread,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks).
    pub chance: Figure,
    /// The same, allowing for how many sections are looked at (Benjamini and Hochberg).
    pub chance_adjusted: Figure,
}

/// How common a finding is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FindingRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// How much it weighs, at most.
    pub severity: crate::finding::Severity,
    /// The criterion, measure or field that it is about; `None` is the rule as a whole.
    pub subject: Option<String>,
    /// How often it was found.
    pub times: usize,
    /// In how many returns that count.
    pub returns: usize,
    /// Of the returns that count, the share that has it.
    pub share: f64,
    /// Whether it is in so many that the form or the guidance is the likelier cause, or nearly so.
    pub spread: Prevalence,
}

/// How widespread a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Prevalence {
    /// In some returns.
    Scattered,
    /// In nearly so many that the form or the guidance may be the cause.
    NearlySystemic,
    /// In so many that the form or the guidance is the likelier cause.
    Systemic,
}
