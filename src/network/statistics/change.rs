//! Change since last season, over organisations that have a like return in both: same kind, framework and version.
#![expect(clippy::cast_precision_loss, reason = "change is a statistic, not a score")]

use std::cmp::Ordering;

use polars::prelude::PolarsResult;

use super::figure::Figure;
use super::framework::{Subject, band_of, spread_of};
use super::result::{ChangeSummary, SectionChange};
use crate::exact::Exact;
use crate::network::SeasonReturn;
use crate::network::record::{RecordedReturn, percent};

/// Returns the change of the matched cohort; `None` without a record of last season, or where nothing matches.
pub(super) fn summary(subject: &Subject) -> PolarsResult<Option<ChangeSummary>> {
    let Some(previous) = &subject.network.previous else { return Ok(None) };
    let matched: Vec<(&SeasonReturn, &RecordedReturn)> =
        subject.counted().filter_map(|found| Some((found, previous.like(found)?))).collect();
    if matched.is_empty() {
        return Ok(None);
    }
    let totals = matched.iter().filter_map(|(found, before)| {
        Some((&percent(&found.review, subject.network.frameworks)? - &exact(before.percent.as_ref())?).to_float())
    });
    let bands = |wanted: Ordering| matched.iter().filter(|pair| moved(subject, pair) == Some(wanted)).count();
    let count =
        |name: &str, wanted| Figure::shown(subject.id(&format!("change/{name}")), bands(wanted) as f64, matched.len());
    Ok(Some(ChangeSummary {
        since: previous.season.clone(),
        matched: matched.len(),
        unmatched: subject.counted().count() - matched.len(),
        totals: spread_of(totals.collect(), &subject.id("change/total"))?,
        sections: sections(subject, &matched)?,
        better: count("better", Ordering::Greater),
        same: count("same", Ordering::Equal),
        worse: count("worse", Ordering::Less),
    }))
}

/// Reads a number of the record.
fn exact(written: Option<&String>) -> Option<Exact> {
    written?.parse().ok()
}

/// Returns whether a band went up (`Greater`) or down; `None` where either is open.
fn moved(subject: &Subject, (found, before): &(&SeasonReturn, &RecordedReturn)) -> Option<Ordering> {
    let bands = &subject.framework.outcome.bands;
    let place = |band: &str| bands.iter().position(|known| known.id.as_str() == band);
    Some(place(before.band.as_ref()?)?.cmp(&place(band_of(found))?))
}

/// Returns how each section changed, in percentage points.
fn sections(subject: &Subject, matched: &[(&SeasonReturn, &RecordedReturn)]) -> PolarsResult<Vec<SectionChange>> {
    let sections = subject.framework.sections.iter().map(|section| section.id.to_string());
    let changes = sections.map(|section| {
        let differences = matched.iter().filter_map(|(found, before)| {
            let now = found.review.sections.iter().find(|record| record.id == section)?.percent.as_ref();
            Some((&exact(now)? - &exact(before.sections.get(&section))?).to_float())
        });
        let id = subject.id(&format!("change/section/{section}"));
        Ok(SectionChange { difference: spread_of(differences.collect(), &id)?, section })
    });
    changes.collect()
}
