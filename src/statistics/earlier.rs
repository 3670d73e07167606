//! What the returns of earlier seasons came to with which those of this season are compared, so that figures of change lead back to them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FrameworkStatistics;
use crate::exact::Exact;
use crate::season::record::PastSeason;
use crate::season::{RecordedReturn, Season, SeasonRecord, SeasonReturn};

/// What the like return of an earlier season came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// How the season is called.
    pub season: String,
    /// The outcome; `None` where it was open.
    pub band: Option<String>,
    /// The total in per cent of the most; `None` where it was open.
    pub total: Option<Exact>,
    /// The sections, in per cent of the most.
    pub sections: BTreeMap<String, Exact>,
    /// The answers, in per cent of the scale; not known of seasons whose results are older than the last.
    pub criteria: BTreeMap<String, Exact>,
}

impl Earlier {
    fn of(season: &str, recorded: &RecordedReturn) -> Self {
        let hundred = Exact::from(100);
        Self {
            season: season.to_owned(),
            band: recorded.band.as_ref().map(ToString::to_string),
            total: recorded.percent.clone(),
            sections: recorded.sections.iter().map(|(id, percent)| (id.to_string(), percent.clone())).collect(),
            criteria: recorded.criteria.iter().map(|(id, share)| (id.to_string(), share * &hundred)).collect(),
        }
    }
}

/// Returns what the like returns of last season came to, by file of those that are compared with them.
pub(super) fn compared(season: &Season) -> BTreeMap<String, Earlier> {
    let Some(previous) = &season.previous else { return BTreeMap::new() };
    let of_framework = season.frameworks_used().into_iter().flat_map(|framework| season.matched(&framework.id));
    of_framework.map(|(sent, before)| (sent.review.file.clone(), Earlier::of(&previous.season, before))).collect()
}

/// Returns the totals of earlier seasons, by file of those that a framework's trend is over.
pub(super) fn trends(season: &Season, statistics: &FrameworkStatistics) -> BTreeMap<String, Vec<(String, Exact)>> {
    let (Some(previous), Some(trend)) = (&season.previous, &statistics.trend) else { return BTreeMap::new() };
    let seasons = previous.seasons();
    let first = seasons.len().saturating_sub(trend.seasons.len().saturating_sub(1));
    let record =
        |past: PastSeason| SeasonRecord { season: past.season, returns: past.returns, ..SeasonRecord::default() };
    let records: Vec<SeasonRecord> = seasons.into_iter().skip(first).map(record).collect();
    let mine = season.headline_of(&statistics.framework);
    mine.filter_map(|sent| Some((sent.review.file.clone(), in_each(&records, sent)?))).collect()
}

/// Returns the totals of a return's like ones; `None` where it has none in one of the seasons.
fn in_each(records: &[SeasonRecord], sent: &SeasonReturn) -> Option<Vec<(String, Exact)>> {
    sent.review.outcome.as_ref()?.total.as_ref()?;
    records.iter().map(|record| Some((record.season.clone(), record.like(sent)?.percent.clone()?))).collect()
}
