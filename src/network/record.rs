//! What is kept of a season for the next one; versioned.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Network, SeasonReturn};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::review::Review;
use crate::wording::Wording;

/// The version of the format.
const VERSION: u32 = 2;

/// How many seasons are kept, this one among them.
const KEPT: usize = 10;

/// The results of a season, as the next one compares with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeasonRecord {
    /// The version of the format.
    pub version: u32,
    /// How the season is called.
    pub season: String,
    /// The returns that counted.
    pub returns: Vec<RecordedReturn>,
    /// The seasons before, the earliest first.
    #[serde(default)]
    pub earlier: Vec<PastSeason>,
}

/// A season before the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastSeason {
    /// How the season is called.
    pub season: String,
    /// The returns that counted.
    pub returns: Vec<RecordedReturn>,
}

/// One return of a season that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordedReturn {
    /// Whose it was.
    pub organisation: String,
    /// The part of it that the return was about; `None` where it was the whole.
    #[serde(default)]
    pub unit: Option<String>,
    /// Which kind it was.
    pub kind: Option<String>,
    /// The framework.
    pub framework: String,
    /// The framework's version.
    pub framework_version: Option<String>,
    /// The band.
    pub band: Option<String>,
    /// The total in per cent of the most.
    pub percent: Option<String>,
    /// The sections in per cent of the most.
    pub sections: BTreeMap<String, String>,
}

/// Why a record can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// It isn't JSON of this shape.
    #[error("the record of the earlier season isn't one")]
    NotARecord(#[from] serde_json::Error),
    /// A later program wrote it.
    #[error("the record of the earlier season has format {0}; this program reads format {VERSION}")]
    Version(u32),
}

impl SeasonRecord {
    /// Keeps what the next season needs.
    pub fn of(network: &Network, season: &str) -> Self {
        let returns = network.counted().filter_map(|found| RecordedReturn::of(found, network.frameworks)).collect();
        let past: Vec<PastSeason> = network.previous.iter().flat_map(Self::seasons).collect();
        let earlier = past[past.len().saturating_sub(KEPT - 1)..].to_vec();
        Self { version: VERSION, season: season.to_owned(), returns, earlier }
    }

    /// Returns this season and those before, the earliest first.
    pub fn seasons(&self) -> Vec<PastSeason> {
        let own = PastSeason { season: self.season.clone(), returns: self.returns.clone() };
        self.earlier.iter().cloned().chain([own]).collect()
    }

    /// Reads a record.
    pub fn parse(text: &str) -> Result<Self, RecordError> {
        let record: Self = serde_json::from_str(text)?;
        // A record of version 1 knows no seasons before its own, and no parts of organisations.
        if (1..=VERSION).contains(&record.version) { Ok(record) } else { Err(RecordError::Version(record.version)) }
    }

    /// Returns the like return of this record: same organisation and part of it, kind, framework and version.
    pub fn like(&self, found: &SeasonReturn) -> Option<&RecordedReturn> {
        self.returns.iter().find(|recorded| {
            found.organisation.as_ref() == Some(&recorded.organisation)
                && found.unit.as_deref().map(Wording::of) == recorded.unit.as_deref().map(Wording::of)
                && found.review.kind == recorded.kind
                && found.review.framework.as_ref() == Some(&recorded.framework)
                && found.review.framework_version == recorded.framework_version
        })
    }
}

impl RecordedReturn {
    /// Keeps a return; `None` where it isn't known whose it is, or of which framework.
    pub(super) fn of(found: &SeasonReturn, frameworks: &[Framework]) -> Option<Self> {
        let review = &found.review;
        let sections =
            review.sections.iter().filter_map(|section| Some((section.id.clone(), section.percent.clone()?)));
        Some(Self {
            organisation: found.organisation.clone()?,
            unit: found.unit.clone(),
            kind: review.kind.clone(),
            framework: review.framework.clone()?,
            framework_version: review.framework_version.clone(),
            band: review.outcome.as_ref().and_then(|outcome| outcome.band.clone()),
            percent: percent(review, frameworks).map(|percent| percent.to_string()),
            sections: sections.collect(),
        })
    }
}

/// Returns a return's total in per cent of the most; `None` while answers are missing, or where totals have no most.
pub fn percent(review: &Review, frameworks: &[Framework]) -> Option<Exact> {
    let framework = frameworks.iter().find(|framework| Some(&framework.id) == review.framework.as_ref())?;
    let total: Exact = review.outcome.as_ref()?.total.as_ref()?.parse().ok()?;
    if framework.outcome.unit == "%" {
        return Some(total);
    }
    let scores = review.sections.iter().map(|section| section.score.as_ref()?.parse::<Exact>().ok());
    let score: Exact = scores.collect::<Option<Vec<Exact>>>()?.iter().sum();
    let most: Exact = review.sections.iter().filter_map(|section| section.max.parse::<Exact>().ok()).sum();
    (&score * &Exact::from(100)).divided_by(&most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Surroundings, sample};

    #[test]
    fn a_record_keeps_the_seasons_before_it() {
        let frameworks = [sample::usual()];
        let mut previous: Option<SeasonRecord> = None;
        for season in 0..KEPT + 2 {
            let surroundings = Surroundings { previous: previous.take(), ..Surroundings::default() };
            let network = Network::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 2, 7));
            previous = Some(SeasonRecord::of(&network, &format!("Season {season}")));
        }
        let record = previous.unwrap();
        let names: Vec<String> = record.seasons().into_iter().map(|past| past.season).collect();
        assert_eq!((names.len(), names[0].as_str(), names[KEPT - 1].as_str()), (KEPT, "Season 2", "Season 11"));
        let written = serde_json::to_string(&record).unwrap();
        assert_eq!(SeasonRecord::parse(&written).unwrap(), record);
    }

    #[test]
    fn records_of_the_first_format_are_read_and_later_ones_refused() {
        let written = |version: u32| format!("{{\"version\": {version}, \"season\": \"2025\", \"returns\": []}}");
        assert!(SeasonRecord::parse(&written(1)).unwrap().earlier.is_empty());
        assert!(matches!(SeasonRecord::parse(&written(3)), Err(RecordError::Version(3))));
    }
}
