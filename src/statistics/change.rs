//! Change since last season, over organisations that have a like return in both: same kind, framework and version.
#![expect(clippy::cast_precision_loss, reason = "change is a statistic, not a score")]

use std::cmp::Ordering;
use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::significance::{gains_and_losses, signed_rank, with_adjusted};
use super::subject::Subject;
use super::table::spread_of;
use crate::exact::Exact;
use crate::figure::{Facet, Figure, FigureOf, Measure, Spread, figures};
use crate::framework::{Band, Criterion, CriterionId, Section};
use crate::season::members::Members;
use crate::season::record::{self, percent};
use crate::season::{RecordedReturn, SeasonReturn};
use crate::tables::band;

/// Change since last season, for organisations that are in both with the same framework version.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSummary {
    /// How last season is called.
    pub since: String,
    /// How many organisations have a like return in both.
    pub matched: usize,
    /// How many of these stand now by a return of another kind than stood then.
    pub of_two_kinds: usize,
    /// How many of these are left out of totals, sections and criteria, so that nothing is told of few; nought but in what is passed on.
    pub left_out: usize,
    /// How many of this season's have none.
    pub unmatched: usize,
    /// The differences of totals.
    pub totals: Spread,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks).
    pub chance: Figure,
    /// The same, allowing for the sections and the lowest band that are looked at beside it (Benjamini and Hochberg).
    pub chance_adjusted: Figure,
    /// The totals then, of those compared.
    pub before: Spread,
    /// The totals now, of the same.
    pub now: Spread,
    /// How many of those compared had each outcome then and have it now, best first.
    pub outcomes: Vec<OutcomeChange>,
    /// The differences of each section, in percentage points.
    pub sections: Vec<SectionChange>,
    /// The differences of each criterion, in percentage points of its scale, the least likely by chance first.
    pub criteria: Vec<CriterionChange>,
    /// Who joined, came back, and of whom there is no return any more.
    pub members: Members,
    /// How many bands went up.
    pub better: Figure,
    /// How many bands stayed.
    pub same: Figure,
    /// How many bands went down.
    pub worse: Figure,
    /// The assessors who give otherwise than others do, of those compared; nobody in what is passed on.
    pub apart: Vec<ChangeBy>,
    /// Who came out of the lowest band and who fell into it; `None` where the framework has but one band.
    pub met: Option<MetChange>,
}

figures!(ChangeSummary: totals, chance, chance_adjusted, before, now, outcomes, sections, criteria, better, same, worse, met);

/// How many have an outcome, then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeChange {
    /// The band's name.
    pub band: String,
    /// The band's title.
    pub title: String,
    /// How many had it.
    pub before: Figure,
    /// How many have it.
    pub now: Figure,
}

figures!(OutcomeChange: before, now);

/// How many of those compared one assessor judged who gives otherwise than the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeBy {
    /// Who, and how they give.
    pub whom: String,
    /// How many of those compared.
    pub compared: usize,
    /// How many of these came to a better band.
    pub better: usize,
    /// How many came to a worse one.
    pub worse: usize,
}

/// Change of one criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionChange {
    /// The criterion.
    pub criterion: String,
    /// A few words for it.
    pub short: String,
    /// The differences, in percentage points of its scale.
    pub difference: Spread,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks).
    pub chance: Figure,
    /// The same, allowing for how many criteria are looked at (Benjamini and Hochberg).
    pub chance_adjusted: Figure,
}

figures!(CriterionChange: difference, chance, chance_adjusted);

/// How many came out of the lowest band and how many fell into it.
#[derive(Clone, Debug, PartialEq)]
pub struct MetChange {
    /// How many came out of it.
    pub gained: Figure,
    /// How many fell into it.
    pub lost: Figure,
    /// How likely chance alone gives such a difference between the two (`McNemar`'s exact test).
    pub chance: Figure,
    /// The same, allowing for the total and the sections that are looked at beside it.
    pub chance_adjusted: Figure,
}

figures!(MetChange: gained, lost, chance, chance_adjusted);

/// Change of one section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionChange {
    /// The section.
    pub section: String,
    /// The differences, in percentage points.
    pub difference: Spread,
    /// How likely chance alone gives such differences (Wilcoxon's signed ranks).
    pub chance: Figure,
    /// The same, allowing for all sections, the total and the lowest band (Benjamini and Hochberg).
    pub chance_adjusted: Figure,
}

figures!(SectionChange: difference, chance, chance_adjusted);

/// Why there is no likelihood of differences that are all nought.
const UNCHANGED: &str = "nothing changed";

/// Returns the change of the matched cohort; `None` without a return of this framework in a record of last season.
pub(super) fn summary(subject: &Subject) -> PolarsResult<Option<ChangeSummary>> {
    let Some(previous) = &subject.season.previous else { return Ok(None) };
    let matched = subject.season.matched(&subject.framework.id);
    if previous.returns.iter().all(|recorded| recorded.framework != subject.framework.id) {
        return Ok(None);
    }
    // What is left out is left out of outcomes no more than of how many there are.
    let compared: Vec<Matched> = matched.iter().filter(|(_, before)| !before.is_left_out).copied().collect();
    let totals = compared.iter().filter_map(|(sent, before)| {
        let before = before.percent.as_ref()?;
        Some((before.to_float(), percent(&sent.review, subject.season.frameworks)?, before))
    });
    let totals: Vec<[f64; 3]> =
        totals.map(|(then, now, before)| [then, now.to_float(), (&now - before).to_float()]).collect();
    let column = |at: usize| -> Vec<f64> { totals.iter().map(|row| row[at]).collect() };
    let sections = section_differences(subject, &compared);
    let moved_over = met_counts(subject, &matched);
    // What sums the season up is looked at together: the total, who is in the lowest band, and the sections.
    let mut chances =
        vec![signed_rank(&column(2)), moved_over.and_then(|(gained, lost, _)| gains_and_losses(gained, lost))];
    chances.extend(sections.iter().map(|(_, differences)| signed_rank(differences)));
    let chances = with_adjusted(chances);
    let bands = |wanted: Ordering| matched.iter().filter(|pair| moved(subject, pair) == Some(wanted)).count();
    let about = subject.about(FigureOf::Change);
    let total = about.facet(Facet::Total);
    let count = |measure, wanted| about.figure(measure, Ok(bands(wanted) as f64), matched.len());
    Ok(Some(ChangeSummary {
        since: previous.season.clone(),
        matched: matched.len(),
        of_two_kinds: matched.iter().filter(|(sent, before)| sent.review.kind != before.kind).count(),
        left_out: matched.len() - compared.len(),
        unmatched: subject.headline().count().saturating_sub(matched.len()),
        chance: total.figure(Measure::Chance, chances[0].0.ok_or(UNCHANGED), totals.len()),
        chance_adjusted: total.figure(Measure::ChanceAdjusted, chances[0].1.ok_or(UNCHANGED), totals.len()),
        before: spread_of(column(0), &about.facet(Facet::Before))?,
        now: spread_of(column(1), &about.facet(Facet::Now))?,
        totals: spread_of(column(2), &total)?,
        outcomes: outcomes(subject, &matched),
        sections: section_changes(subject, sections, &chances[2..])?,
        criteria: criteria(subject, &compared)?,
        better: count(Measure::Better, Ordering::Greater),
        same: count(Measure::Same, Ordering::Equal),
        worse: count(Measure::Worse, Ordering::Less),
        apart: apart(subject, &matched),
        met: moved_over.map(|counts| met(subject, counts, chances[1])),
        members: Members::of(subject.season, &subject.framework.id).unwrap_or_default(),
    }))
}

/// A return with the like one of last season.
type Matched<'a> = (&'a SeasonReturn, &'a RecordedReturn);

/// A probability, and the same raised for how many are looked at.
type Likelihood = (Option<f64>, Option<f64>);

/// Returns how many of those compared had each outcome then and have it now.
fn outcomes(subject: &Subject, matched: &[Matched]) -> Vec<OutcomeChange> {
    let row = |one: &Band| {
        let before = matched.iter().filter(|(_, before)| before.band.as_ref() == Some(&one.id)).count();
        let now = matched.iter().filter(|(sent, _)| band(&sent.review) == one.id.as_str()).count();
        let about = subject.about(FigureOf::Change).facet(Facet::Outcome(one.id.to_string()));
        OutcomeChange {
            band: one.id.to_string(),
            title: one.title.clone(),
            before: about.figure(Measure::Before, Ok(before as f64), matched.len()),
            now: about.figure(Measure::Now, Ok(now as f64), matched.len()),
        }
    };
    subject.framework.outcome.bands.iter().map(row).collect()
}

/// Returns how each criterion changed, in percentage points of its scale, the least likely by chance first.
fn criteria(subject: &Subject, matched: &[Matched]) -> PolarsResult<Vec<CriterionChange>> {
    let now: Vec<BTreeMap<CriterionId, Exact>> =
        matched.iter().map(|(sent, _)| record::criteria(&sent.review, subject.season.frameworks)).collect();
    let hundred = Exact::from(100);
    let differences = |criterion: &Criterion| -> Vec<f64> {
        let both = matched.iter().zip(&now);
        both.filter_map(|((_, before), now)| {
            let change = now.get(&criterion.id)? - before.criteria.get(&criterion.id)?;
            Some((&change * &hundred).to_float())
        })
        .collect()
    };
    let all = subject.framework.criteria().map(|criterion| (criterion, differences(criterion)));
    let compared: Vec<(&Criterion, Vec<f64>)> = all.filter(|(_, differences)| !differences.is_empty()).collect();
    let chances = with_adjusted(compared.iter().map(|(_, differences)| signed_rank(differences)).collect());
    let mut rows: Vec<((&Criterion, Vec<f64>), Likelihood)> = compared.into_iter().zip(chances).collect();
    rows.sort_by(|(_, a), (_, b)| a.0.unwrap_or(1.0).total_cmp(&b.0.unwrap_or(1.0)));
    let rows = rows.into_iter().map(|((criterion, differences), (chance, adjusted))| {
        let about = subject.about(FigureOf::Change).facet(Facet::Criterion(criterion.id.to_string()));
        let n = differences.len();
        Ok(CriterionChange {
            criterion: criterion.id.to_string(),
            short: criterion.few_words().to_owned(),
            difference: spread_of(differences, &about)?,
            chance: about.figure(Measure::Chance, chance.ok_or(UNCHANGED), n),
            chance_adjusted: about.figure(Measure::ChanceAdjusted, adjusted.ok_or(UNCHANGED), n),
        })
    });
    rows.collect()
}

/// Returns how many came out of the lowest band, how many fell into it, and of how many that is known; `None` where there is but one
/// band.
fn met_counts(subject: &Subject, matched: &[Matched]) -> Option<(usize, usize, usize)> {
    let framework = subject.framework;
    framework.band_lists().into_iter().find(|list| list.bands.len() > 1)?;
    let both = matched.iter().filter_map(|(sent, before)| {
        let lowest = framework.lowest_band(sent.review.kind.as_deref())?;
        let is_met = |band: &str| framework.band(band).map(|band| band.id != lowest.id);
        Some((is_met(before.band.as_ref()?)?, is_met(band(&sent.review))?))
    });
    let both: Vec<(bool, bool)> = both.collect();
    let count = |wanted: (bool, bool)| both.iter().filter(|pair| **pair == wanted).count();
    Some((count((false, true)), count((true, false)), both.len()))
}

/// Returns who came out of the lowest band and who fell into it.
fn met(subject: &Subject, (gained, lost, n): (usize, usize, usize), (chance, adjusted): Likelihood) -> MetChange {
    let about = subject.about(FigureOf::Change).facet(Facet::Met);
    let none = "nobody came out of the lowest band or fell into it";
    MetChange {
        gained: about.figure(Measure::Gained, Ok(gained as f64), n),
        lost: about.figure(Measure::Lost, Ok(lost as f64), n),
        chance: about.figure(Measure::Chance, chance.ok_or(none), n),
        chance_adjusted: about.figure(Measure::ChanceAdjusted, adjusted.ok_or(none), n),
    }
}

/// Returns whether a band went up (`Greater`) or down; `None` where either is open.
fn moved(subject: &Subject, (sent, before): &(&SeasonReturn, &RecordedReturn)) -> Option<Ordering> {
    let place = |band: &str| subject.framework.place_of_band(band);
    Some(place(before.band.as_ref()?)?.cmp(&place(band(&sent.review))?))
}

/// Returns the assessors who give otherwise than the others, of returns that are compared.
fn apart(subject: &Subject, matched: &[Matched]) -> Vec<ChangeBy> {
    let mut by: BTreeMap<String, ChangeBy> = BTreeMap::new();
    for pair in matched {
        let Some(apart) = subject.season.assessor_apart(&pair.0.review.file) else { continue };
        let whom = format!("{}, who is {} than the others", apart.assessor, apart.manner());
        let own = by.entry(whom.clone()).or_insert(ChangeBy { whom, compared: 0, better: 0, worse: 0 });
        own.compared += 1;
        own.better += usize::from(moved(subject, pair) == Some(Ordering::Greater));
        own.worse += usize::from(moved(subject, pair) == Some(Ordering::Less));
    }
    by.into_values().collect()
}

/// Returns by how much each section changed, in percentage points.
fn section_differences(subject: &Subject, matched: &[Matched]) -> Vec<(String, Vec<f64>)> {
    let differences = |section: &Section| -> Vec<f64> {
        let differences = matched.iter().filter_map(|(sent, before)| {
            let now = sent.review.section(&section.id)?.percent.as_ref()?;
            Some((now - before.sections.get(&section.id)?).to_float())
        });
        differences.collect()
    };
    let sections = subject.framework.sections.iter().map(|section| (section.id.to_string(), differences(section)));
    sections.filter(|(_, differences)| !differences.is_empty()).collect()
}

/// Returns how each section changed.
fn section_changes(
    subject: &Subject,
    sections: Vec<(String, Vec<f64>)>,
    chances: &[Likelihood],
) -> PolarsResult<Vec<SectionChange>> {
    let rows = sections.into_iter().zip(chances).map(|((section, differences), (chance, adjusted))| {
        let about = subject.about(FigureOf::Change).facet(Facet::Section(section.clone()));
        let n = differences.len();
        Ok(SectionChange {
            difference: spread_of(differences, &about)?,
            section,
            chance: about.figure(Measure::Chance, chance.ok_or(UNCHANGED), n),
            chance_adjusted: about.figure(Measure::ChanceAdjusted, adjusted.ok_or(UNCHANGED), n),
        })
    });
    rows.collect()
}
