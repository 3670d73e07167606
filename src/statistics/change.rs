//! Change since last season, over organisations that have a like return in both: same kind, framework and version.
#![expect(clippy::cast_precision_loss, reason = "change is a statistic, not a score")]

use std::cmp::Ordering;

use polars::prelude::PolarsResult;

use super::significance::{gains_and_losses, signed_rank, with_adjusted};
use super::subject::Subject;
use super::table::spread_of;
use crate::figure::{Facet, Figure, FigureOf, Measure, Spread, figures};
use crate::framework::Section;
use crate::season::record::{RecordedReturn, percent};
use crate::season::{SeasonReturn, headline};
use crate::tables::band;

/// Change since last season, for organisations that are in both with the same framework version.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSummary {
    /// How last season is called.
    pub since: String,
    /// How many organisations have a like return in both.
    pub matched: usize,
    /// How many of this season's have none.
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

figures!(ChangeSummary: totals, chance, sections, better, same, worse, met);

/// How many came out of the lowest band and how many fell into it.
#[derive(Clone, Debug, PartialEq)]
pub struct MetChange {
    /// How many came out of it.
    pub gained: Figure,
    /// How many fell into it.
    pub lost: Figure,
    /// How likely chance alone gives such a difference between the two (`McNemar`'s exact test).
    pub chance: Figure,
}

figures!(MetChange: gained, lost, chance);

/// Change of one section.
#[derive(Clone, Debug, PartialEq)]
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

figures!(SectionChange: difference, chance, chance_adjusted);

/// Why there is no likelihood of differences that are all nought.
const UNCHANGED: &str = "nothing changed";

/// Returns the change of the matched cohort; `None` without a return of this framework in a record of last season.
pub(super) fn summary(subject: &Subject) -> PolarsResult<Option<ChangeSummary>> {
    let Some(previous) = &subject.season.previous else { return Ok(None) };
    let like = subject.counted().filter(|sent| previous.like(sent).is_some());
    let like = headline::of(like, subject.season.frameworks);
    let matched: Vec<(&SeasonReturn, &RecordedReturn)> =
        like.into_iter().filter_map(|sent| Some((sent, previous.like(sent)?))).collect();
    if previous.returns.iter().all(|recorded| recorded.framework != subject.framework.id) {
        return Ok(None);
    }
    let totals = matched.iter().filter_map(|(sent, before)| {
        Some((&percent(&sent.review, subject.season.frameworks)? - before.percent.as_ref()?).to_float())
    });
    let totals: Vec<f64> = totals.collect();
    let bands = |wanted: Ordering| matched.iter().filter(|pair| moved(subject, pair) == Some(wanted)).count();
    let about = subject.about(FigureOf::Change);
    let total = about.facet(Facet::Total);
    let count = |measure, wanted| about.figure(measure, Ok(bands(wanted) as f64), matched.len());
    Ok(Some(ChangeSummary {
        since: previous.season.clone(),
        matched: matched.len(),
        unmatched: subject.headline().count().saturating_sub(matched.len()),
        chance: total.figure(Measure::Chance, signed_rank(&totals).ok_or(UNCHANGED), totals.len()),
        totals: spread_of(totals, &total)?,
        sections: sections(subject, &matched)?,
        better: count(Measure::Better, Ordering::Greater),
        same: count(Measure::Same, Ordering::Equal),
        worse: count(Measure::Worse, Ordering::Less),
        met: met(subject, &matched),
    }))
}

/// Returns who came out of the lowest band and who fell into it; `None` where there is but one band.
fn met(subject: &Subject, matched: &[(&SeasonReturn, &RecordedReturn)]) -> Option<MetChange> {
    let framework = subject.framework;
    framework.band_lists().into_iter().find(|list| list.bands.len() > 1)?;
    let both = matched.iter().filter_map(|(sent, before)| {
        let lowest = framework.lowest_band(sent.review.kind.as_deref())?;
        let is_met = |band: &str| framework.band(band).map(|band| band.id != lowest.id);
        Some((is_met(before.band.as_ref()?)?, is_met(band(&sent.review))?))
    });
    let both: Vec<(bool, bool)> = both.collect();
    let count = |wanted: (bool, bool)| both.iter().filter(|pair| **pair == wanted).count();
    let (gained, lost) = (count((false, true)), count((true, false)));
    let about = subject.about(FigureOf::Change).facet(Facet::Met);
    let none = "nobody came out of the lowest band or fell into it";
    Some(MetChange {
        gained: about.figure(Measure::Gained, Ok(gained as f64), both.len()),
        lost: about.figure(Measure::Lost, Ok(lost as f64), both.len()),
        chance: about.figure(Measure::Chance, gains_and_losses(gained, lost).ok_or(none), both.len()),
    })
}

/// Returns whether a band went up (`Greater`) or down; `None` where either is open.
fn moved(subject: &Subject, (sent, before): &(&SeasonReturn, &RecordedReturn)) -> Option<Ordering> {
    let place = |band: &str| subject.framework.place_of_band(band);
    Some(place(before.band.as_ref()?)?.cmp(&place(band(&sent.review))?))
}

/// Returns how each section changed, in percentage points.
fn sections(subject: &Subject, matched: &[(&SeasonReturn, &RecordedReturn)]) -> PolarsResult<Vec<SectionChange>> {
    let differences = |section: &Section| -> Vec<f64> {
        let differences = matched.iter().filter_map(|(sent, before)| {
            let now = sent.review.section(&section.id)?.percent.as_ref()?;
            Some((now - before.sections.get(&section.id)?).to_float())
        });
        differences.collect()
    };
    let sections = subject.framework.sections.iter().map(|section| (section.id.to_string(), differences(section)));
    let compared: Vec<(String, Vec<f64>)> = sections.filter(|(_, differences)| !differences.is_empty()).collect();
    let chances = with_adjusted(compared.iter().map(|(_, differences)| signed_rank(differences)).collect());
    let rows = compared.into_iter().zip(chances).map(|((section, differences), (chance, adjusted))| {
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
