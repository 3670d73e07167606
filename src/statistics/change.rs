//! Change since last season, over organisations that have a like return in both: same kind, framework and version.
#![expect(clippy::cast_precision_loss, reason = "change is a statistic, not a score")]

use std::cmp::Ordering;

use polars::prelude::PolarsResult;

use super::framework::{Subject, band_of, spread_of};
use super::result::{ChangeSummary, MetChange, SectionChange};
use super::significance::{adjusted, gains_and_losses, signed_rank};
use crate::figure::Figure;
use crate::season::SeasonReturn;
use crate::season::record::{RecordedReturn, percent};

/// Returns the change of the matched cohort; `None` without a return of this framework in a record of last season.
pub(super) fn summary(subject: &Subject) -> PolarsResult<Option<ChangeSummary>> {
    let Some(previous) = &subject.season.previous else { return Ok(None) };
    let matched: Vec<(&SeasonReturn, &RecordedReturn)> =
        subject.counted().filter_map(|found| Some((found, previous.like(found)?))).collect();
    if previous.returns.iter().all(|recorded| recorded.framework != subject.framework.id) {
        return Ok(None);
    }
    let totals = matched.iter().filter_map(|(found, before)| {
        Some((&percent(&found.review, subject.season.frameworks)? - before.percent.as_ref()?).to_float())
    });
    let totals: Vec<f64> = totals.collect();
    let bands = |wanted: Ordering| matched.iter().filter(|pair| moved(subject, pair) == Some(wanted)).count();
    let count =
        |name: &str, wanted| Figure::shown(subject.id(&format!("change/{name}")), bands(wanted) as f64, matched.len());
    Ok(Some(ChangeSummary {
        since: previous.season.clone(),
        matched: matched.len(),
        unmatched: subject.counted().count() - matched.len(),
        chance: probability(&subject.id("change/total/chance"), &totals),
        totals: spread_of(totals, &subject.id("change/total"))?,
        sections: sections(subject, &matched)?,
        better: count("better", Ordering::Greater),
        same: count("same", Ordering::Equal),
        worse: count("worse", Ordering::Less),
        met: met(subject, &matched),
    }))
}

/// Returns how likely chance alone gives such differences.
fn probability(id: &str, differences: &[f64]) -> Figure {
    let n = differences.len();
    signed_rank(differences)
        .map_or_else(|| Figure::undefined(id, n, "nothing changed"), |probability| Figure::shown(id, probability, n))
}

/// Returns who came out of the lowest band and who fell into it; `None` where there is but one band.
fn met(subject: &Subject, matched: &[(&SeasonReturn, &RecordedReturn)]) -> Option<MetChange> {
    let lowest = subject.framework.outcome.bands.last().filter(|_| subject.framework.outcome.bands.len() > 1)?;
    let is_known = |band: &str| subject.framework.band(band).is_some();
    let is_met = |band: &str| is_known(band).then(|| band != lowest.id.as_str());
    let both: Vec<(bool, bool)> = matched
        .iter()
        .filter_map(|(found, before)| Some((is_met(before.band.as_ref()?)?, is_met(band_of(found))?)))
        .collect();
    let count = |wanted: (bool, bool)| both.iter().filter(|pair| **pair == wanted).count();
    let (gained, lost) = (count((false, true)), count((true, false)));
    let id = |name: &str| subject.id(&format!("change/met/{name}"));
    let chance = gains_and_losses(gained, lost);
    Some(MetChange {
        gained: Figure::shown(id("gained"), gained as f64, both.len()),
        lost: Figure::shown(id("lost"), lost as f64, both.len()),
        chance: chance.map_or_else(
            || Figure::undefined(id("chance"), both.len(), "nobody came out of the lowest band or fell into it"),
            |chance| Figure::shown(id("chance"), chance, both.len()),
        ),
    })
}

/// Returns whether a band went up (`Greater`) or down; `None` where either is open.
fn moved(subject: &Subject, (found, before): &(&SeasonReturn, &RecordedReturn)) -> Option<Ordering> {
    let bands = &subject.framework.outcome.bands;
    let place = |band: &str| bands.iter().position(|known| known.id.as_str() == band);
    Some(place(before.band.as_ref()?)?.cmp(&place(band_of(found))?))
}

/// Returns how each section changed, in percentage points.
fn sections(subject: &Subject, matched: &[(&SeasonReturn, &RecordedReturn)]) -> PolarsResult<Vec<SectionChange>> {
    let changes = subject.framework.sections.iter().map(|of| {
        let section = of.id.to_string();
        let differences = matched.iter().filter_map(|(found, before)| {
            let now = found.review.sections.iter().find(|record| record.id == of.id)?.percent.as_ref()?;
            Some((now - before.sections.get(&of.id)?).to_float())
        });
        let (id, differences) = (subject.id(&format!("change/section/{section}")), differences.collect::<Vec<f64>>());
        let chance = probability(&format!("{id}/chance"), &differences);
        let chance_adjusted = Figure { id: format!("{id}/chance-adjusted"), ..chance.clone() };
        Ok(SectionChange { difference: spread_of(differences, &id)?, section, chance, chance_adjusted })
    });
    let mut changes = changes.collect::<PolarsResult<Vec<SectionChange>>>()?;
    changes.retain(|change| change.difference.n > 0);
    adjust(changes.iter_mut().map(|change| &mut change.chance_adjusted));
    Ok(changes)
}

/// Raises probabilities for how many are looked at; those that aren't defined aren't counted.
pub(super) fn adjust<'a>(figures: impl Iterator<Item = &'a mut Figure>) {
    let known: Vec<(&mut f64, f64)> = figures
        .filter_map(|figure| figure.value.as_mut())
        .map(|value| {
            let own = *value;
            (value, own)
        })
        .collect();
    let raised = adjusted(&known.iter().map(|(_, own)| *own).collect::<Vec<f64>>());
    for ((value, _), raised) in known.into_iter().zip(raised) {
        *value = raised;
    }
}
