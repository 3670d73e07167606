//! Self beside external: the answers of one organisation in both of its returns, or under both raters of one return.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "agreement is a statistic, not a score")]

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::{Pair, bias, gwet, kappa, kappa_interval, krippendorff};
use polars::prelude::PolarsResult;

use super::intraclass::intraclass;
use super::significance::{UNLIKELY, signed_rank, with_adjusted};
use super::subject::Subject;
use super::table::spread_of;
use crate::figure::{Facet, Figure, FigureOf, Measure, Part, Spread, figures};
use crate::framework::Criterion;
use crate::season::Season;
use crate::season::pairs::{Both, sides};

/// Self beside external, over organisations that have both.
#[derive(Clone, Debug, PartialEq)]
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
    /// What is left where assessors give otherwise than the others; `None` where none does.
    pub without_apart: Option<WithoutApart>,
}

/// How the sides differ without the assessments of those who give otherwise than the others.
#[derive(Clone, Debug, PartialEq)]
pub struct WithoutApart {
    /// How many assessors are left out.
    pub assessors: usize,
    /// The mean of self less external that is left, in steps of the scale; `None` where nothing is.
    pub bias: Option<f64>,
    /// The criteria on which the sides differ by more than chance gives.
    pub differing: BTreeSet<String>,
}

figures!(Agreement: totals, overall, sections, criteria);

impl Agreement {
    /// Returns how far the sides agree on a section.
    pub fn section(&self, id: &str) -> Option<&AgreementRow> {
        self.sections.iter().find(|row| row.about.as_deref() == Some(id))
    }
}

/// How far two sides agree on totals: all criteria's answers together, in per cent of the most.
#[derive(Clone, Debug, PartialEq)]
pub struct TotalAgreement {
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

figures!(TotalAgreement: difference, chance, correlation, low, high);

/// How far two sides agree.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementRow {
    /// The section or criterion; `None` is all.
    pub about: Option<String>,
    /// How many organisations.
    pub organisations: usize,
    /// How many pairs.
    pub pairs: usize,
    /// The share of pairs that are the same.
    pub exact: Figure,
    /// The share of pairs that are at most one step apart; undefined on scales of three steps and fewer, where nearly all are.
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

figures!(AgreementRow: exact, adjacent, bias, limit_low, limit_high, kappa, kappa_low, kappa_high, krippendorff, gwet, chance,
    chance_adjusted);

/// Two answers that lie far apart.
#[derive(Clone, Debug, PartialEq)]
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

/// Returns how far the two sides agree; `None` where no organisation has both.
pub(super) fn agreement(subject: &Subject) -> PolarsResult<Option<Agreement>> {
    let Some((sides, both)) = sides(subject.season, subject.framework) else { return Ok(None) };
    let organisations: BTreeSet<&str> = both.iter().map(|both| both.organisation).collect();
    let all: Vec<&Both> = both.iter().collect();
    let sections = subject.framework.sections.iter().filter_map(|section| {
        let is_mine = |both: &&Both| section.holds(&both.criterion.id);
        let mine: Vec<&Both> = both.iter().filter(is_mine).collect();
        (!mine.is_empty()).then(|| row(subject, &Part::Section(section.id.to_string()), &mine, (None, None)))
    });
    Ok(Some(Agreement {
        sides,
        organisations: organisations.len(),
        pairs: both.len(),
        totals: totals(subject, &both)?,
        overall: row(subject, &Part::All, &all, (None, None)),
        sections: sections.collect(),
        criteria: criteria(subject, &both),
        moderation: moderation(subject.season, &both),
        without_apart: without_apart(subject, &both),
    }))
}

/// Returns how the sides differ without those who give otherwise than the others; `None` where nobody does.
fn without_apart(subject: &Subject, both: &[Both]) -> Option<WithoutApart> {
    let apart = subject.season.assessors_apart.iter().filter(|apart| apart.framework == subject.framework.id);
    let files: BTreeSet<&str> = apart.clone().flat_map(|apart| apart.files.iter().map(String::as_str)).collect();
    let left: Vec<Both> = both.iter().filter(|both| !files.contains(both.file)).cloned().collect();
    let rows = criteria(subject, &left);
    let differing = rows.iter().filter(|row| row.chance_adjusted.value.is_some_and(|chance| chance < UNLIKELY));
    (!files.is_empty()).then(|| WithoutApart {
        assessors: apart.count(),
        bias: bias(&pairs(&left.iter().collect::<Vec<_>>())).map(|(mean, _)| mean),
        differing: differing.filter_map(|row| row.about.clone()).collect(),
    })
}

/// Returns the criteria that both sides answer, the largest mean difference first.
fn criteria(subject: &Subject, both: &[Both]) -> Vec<AgreementRow> {
    let mut compared: Vec<(f64, &Criterion, Vec<&Both>)> = Vec::new();
    for criterion in subject.framework.criteria() {
        let mine: Vec<&Both> = both.iter().filter(|both| both.criterion.id == criterion.id).collect();
        if let Some((mean, _)) = bias(&pairs(&mine)) {
            compared.push((mean.abs(), criterion, mine));
        }
    }
    compared.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let difference = |both: &&Both| both.pair.0 as f64 - both.pair.1 as f64;
    let chance = |mine: &Vec<&Both>| signed_rank(&mine.iter().map(difference).collect::<Vec<f64>>());
    let chances = with_adjusted(compared.iter().map(|(_, _, mine)| chance(mine)).collect());
    let rows = compared.iter().zip(chances);
    rows.map(|((_, criterion, mine), chance)| row(subject, &Part::Criterion(criterion.id.to_string()), mine, chance))
        .collect()
}

/// Returns how far the sides agree on all criteria together, over organisations with all answers on both sides.
fn totals(subject: &Subject, both: &[Both]) -> PolarsResult<TotalAgreement> {
    let criteria = subject.framework.criteria().count();
    let mut answers: BTreeMap<(&str, &str), Vec<(f64, f64)>> = BTreeMap::new();
    for both in both {
        let share = |step: usize| step as f64 / (both.steps.max(2) - 1) as f64;
        let answers = answers.entry((both.organisation, both.file)).or_default();
        answers.push((share(both.pair.0), share(both.pair.1)));
    }
    let complete = answers.into_values().filter(|answers| answers.len() == criteria);
    let percent = |sum: f64| 100.0 * sum / criteria as f64;
    let totals = complete.map(|answers| {
        let sum = |side: fn(&(f64, f64)) -> f64| percent(answers.iter().map(side).sum());
        (sum(|pair| pair.0), sum(|pair| pair.1))
    });
    total_agreement(subject, &totals.collect::<Vec<_>>())
}

/// Works out how far totals agree.
fn total_agreement(subject: &Subject, totals: &[(f64, f64)]) -> PolarsResult<TotalAgreement> {
    let n = totals.len();
    let about = subject.about(FigureOf::Agreement(Part::Totals));
    let differences: Vec<f64> = totals.iter().map(|(own, external)| own - external).collect();
    let correlation = intraclass(totals);
    let interval = correlation.and_then(|correlation| correlation.interval);
    let why = "too few organisations have all answers on both sides, or their totals are all the same";
    let figure = |measure, value: Option<f64>| about.figure(measure, value.ok_or(why), n);
    Ok(TotalAgreement {
        organisations: n,
        chance: about.figure(Measure::Chance, signed_rank(&differences).ok_or("no total differs"), n),
        difference: spread_of(differences, &about.facet(Facet::Difference))?,
        correlation: figure(Measure::Correlation, correlation.map(|correlation| correlation.value)),
        low: figure(Measure::Low, interval.map(|interval| interval.0)),
        high: figure(Measure::High, interval.map(|interval| interval.1)),
    })
}

/// The fewest steps of a scale of which it says anything that two answers are at most one apart.
const LEAST_FOR_ADJACENT: usize = 4;

/// Works out one row; how likely chance alone gives the differences is known of a single criterion only.
fn row(subject: &Subject, part: &Part, both: &[&Both], chance: (Option<f64>, Option<f64>)) -> AgreementRow {
    let clusters = clusters(both);
    let about = subject.about(FigureOf::Agreement(part.clone())).resting_on(clusters.len());
    let pairs = pairs(both);
    let steps = both.iter().map(|both| both.steps).max().unwrap_or(0);
    let n = pairs.len();
    let within = |most: usize| pairs.iter().filter(|(a, b)| a.abs_diff(*b) <= most).count() as f64 / n as f64;
    let alike =
        format!("not defined, as all answers are alike; {:.0} % of them are the same on both sides", within(0) * 100.0);
    let (one, few) = ("one pair has no limits", "too few organisations have both, or the answers vary too little");
    let short = "on a scale of so few steps nearly any two answers are at most one apart";
    let by_chance = match part {
        Part::Criterion(_) => "no answer differs",
        Part::All | Part::Totals | Part::Section(_) => {
            "told by criterion, since an organisation\u{2019}s answers to several aren\u{2019}t independent"
        }
    };
    let figure = |measure, value: Option<f64>, why: &str| about.figure(measure, value.ok_or(why), n);
    let bias = bias(&pairs);
    let limits = bias.and_then(|(_, limits)| limits);
    let interval = kappa_interval(&clusters);
    AgreementRow {
        about: part.name(),
        organisations: clusters.len(),
        pairs: n,
        exact: figure(Measure::Exact, Some(within(0)), ""),
        adjacent: figure(Measure::Adjacent, (steps >= LEAST_FOR_ADJACENT).then(|| within(1)), short),
        bias: figure(Measure::Bias, bias.map(|(mean, _)| mean), ""),
        limit_low: figure(Measure::LimitLow, limits.map(|limits| limits.0), one),
        limit_high: figure(Measure::LimitHigh, limits.map(|limits| limits.1), one),
        kappa: figure(Measure::Kappa, kappa(&pairs), &alike),
        kappa_low: figure(Measure::KappaLow, interval.map(|interval| interval.0), few),
        kappa_high: figure(Measure::KappaHigh, interval.map(|interval| interval.1), few),
        krippendorff: figure(Measure::Krippendorff, krippendorff(&pairs, steps), &alike),
        gwet: figure(Measure::Gwet, gwet(&pairs, steps), &alike),
        chance: figure(Measure::Chance, chance.0, by_chance),
        chance_adjusted: figure(Measure::ChanceAdjusted, chance.1, by_chance),
    }
}

/// Returns the steps on both sides.
fn pairs(both: &[&Both]) -> Vec<Pair> {
    both.iter().map(|both| both.pair).collect()
}

/// Returns the pairs of each organisation.
fn clusters(both: &[&Both]) -> Vec<Vec<Pair>> {
    let mut clusters: BTreeMap<&str, Vec<Pair>> = BTreeMap::new();
    for both in both {
        clusters.entry(both.organisation).or_default().push(both.pair);
    }
    clusters.into_values().collect()
}

/// Returns the answers that lie two steps or more apart.
fn moderation(season: &Season, both: &[Both]) -> Vec<ModerationRow> {
    let apart = both.iter().filter(|both| both.pair.0.abs_diff(both.pair.1) >= 2);
    let rows = apart.map(|both| ModerationRow {
        organisation: season.whose(both.file, both.organisation),
        criterion: both.criterion.id.to_string(),
        own: both.points.0.to_string(),
        external: both.points.1.to_string(),
        file: both.file.to_owned(),
    });
    rows.collect()
}
