//! All of a season for programs: `results.json`, and the JSON Schema that says what may stand in it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};

use super::quiet::quiet;
use crate::artifact::Artifact;
use crate::comparison::of_runs::Run;
use crate::finding::{Finding, FindingOfSeason};
use crate::framework::Framework;
use crate::review::Review;
use crate::season::bundle::BundleRecord;
use crate::season::moderation::Drawn;
use crate::season::moderation::said::Moderated;
use crate::season::record::{self, PastSeason};
use crate::season::{Consolidation, Season, SeasonRecord};
use crate::statistics::trace::Figures;
use crate::statistics::verdict::Verdicts;

/// The name of the results of a season.
pub const RESULTS: &str = "data/results.json";
/// The name of the list of its published figures.
pub const FIGURES: &str = "data/figures.json";

/// The version of the format; a change that breaks readers raises it.
pub const VERSION: u32 = 1;

/// The results of a season.
#[derive(Debug, Serialize, JsonSchema)]
struct Results<'a> {
    /// The version of this format.
    schema: u32,
    /// One entry a file, in order of their names.
    returns: Vec<&'a Review>,
    /// What was found across returns.
    season: Across<'a>,
}

/// The season as a whole.
#[derive(Debug, Serialize, JsonSchema)]
struct Across<'a> {
    /// How it is called; left out where nobody gave it a title.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    /// The day whose state it shows; left out where none is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// How the season calls the organisations whose returns name them otherwise, by file.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<&'a str, &'a str>,
    /// The findings, in order.
    #[schemars(with = "Vec<FindingOfSeason>")]
    findings: &'a [Finding],
    /// What the units of organisations come to together, where returns are about units.
    #[serde(skip_serializing_if = "<[Consolidation]>::is_empty")]
    consolidation: &'a [Consolidation],
    /// What the instruments of a bundle come to together, by organisation.
    #[serde(skip_serializing_if = "<[BundleRecord]>::is_empty")]
    bundles: &'a [BundleRecord],
    /// The returns that were drawn for moderation.
    #[serde(skip_serializing_if = "<[Drawn]>::is_empty")]
    moderation: &'a [Drawn],
    /// What that draw hung on.
    #[serde(skip_serializing_if = "str::is_empty")]
    moderation_seed: &'a str,
    /// What moderators say of returns.
    #[serde(skip_serializing_if = "<[Moderated]>::is_empty")]
    moderated: &'a [Moderated],
    /// What moderators say that isn't put to a return, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    moderation_doubts: Vec<&'a str>,
    /// The seasons that it was compared with, the earliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<PastSeason>,
    /// What it comes to in judgements, by framework; left out where single files are checked.
    #[serde(skip_serializing_if = "<[Verdicts]>::is_empty")]
    verdicts: &'a [Verdicts],
}

/// A finding with its file.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    organisation: Option<&'a str>,
    #[serde(flatten)]
    finding: &'a Finding,
}

/// The results of a season as far as they are read again.
#[derive(Debug, Deserialize)]
pub struct StoredResults {
    schema: u32,
    /// One review a file.
    pub returns: Vec<Review>,
    season: StoredSeason,
}

/// The season as a whole, as far as it is read again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StoredSeason {
    title: Option<String>,
    date: Option<Date>,
    names: BTreeMap<String, String>,
    findings: Vec<Finding>,
    earlier: Vec<PastSeason>,
}

/// Returns the results of a season as `data/results.json`.
pub fn results(season: &Season, verdicts: &[Verdicts]) -> Artifact {
    let across = Across {
        title: season.title.as_deref(),
        date: season.date.map(|date| date.to_string()),
        names: names(season),
        findings: &season.findings,
        consolidation: &season.consolidations,
        bundles: &season.bundles,
        moderation: &season.moderation.drawn,
        moderation_seed: &season.moderation.seed,
        moderated: &season.moderation.moderated,
        moderation_doubts: season.moderation.doubts.iter().map(|doubt| doubt.why.as_str()).collect(),
        earlier: season.previous.as_ref().map(SeasonRecord::seasons).unwrap_or_default(),
        verdicts,
    };
    let results = Results { schema: VERSION, returns: season.reviews().collect(), season: across };
    Artifact { name: RESULTS.to_owned(), bytes: pretty(&results) }
}

/// Returns how the season calls organisations that their returns name otherwise, by file.
fn names<'a>(season: &'a Season) -> BTreeMap<&'a str, &'a str> {
    let named = season.returns.iter().filter_map(|sent| Some((sent, sent.organisation.as_deref()?)));
    let otherwise = named.filter(|(sent, name)| sent.review.organisation.as_deref() != Some(name));
    otherwise.map(|(sent, name)| (sent.review.file.as_str(), name)).collect()
}

/// Returns every published figure of a season as `data/figures.json`, which `explain --figure` reads.
pub fn figures(figures: &Figures) -> Artifact {
    Artifact { name: FIGURES.to_owned(), bytes: pretty(figures) }
}

/// Why results can't be read again.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// They aren't JSON of this shape.
    #[error("they aren't results of a season")]
    NotResults(#[from] serde_json::Error),
    /// Another program wrote them.
    #[error("they have format {0}; this program reads format {VERSION}")]
    Version(u32),
}

/// Reads the results of a season that were written.
pub fn read(bytes: &[u8]) -> Result<StoredResults, ResultsError> {
    let stored: StoredResults = serde_json::from_slice(bytes).map_err(|error| refused(bytes, error))?;
    if stored.schema != VERSION {
        return Err(ResultsError::Version(stored.schema));
    }
    Ok(stored)
}

impl StoredResults {
    /// Returns what was found across returns.
    pub fn findings(&self) -> &[Finding] {
        &self.season.findings
    }

    /// Returns the day whose state they show; `None` where none is known.
    pub const fn date(&self) -> Option<Date> {
        self.season.date
    }

    /// Returns whose the return in a file is: as it says it, and as the season calls it.
    pub fn whose(&self, file: &str) -> impl Iterator<Item = &str> {
        let own = self.returns.iter().find(|review| review.file == file);
        let own = own.and_then(|review| review.organisation.as_deref());
        own.into_iter().chain(self.season.names.get(file).map(String::as_str))
    }

    /// Returns how the season is called.
    pub fn name(&self) -> String {
        record::name(self.season.title.clone(), self.season.date)
    }

    /// Returns it as another season is compared with it, under this name.
    pub fn run(self, name: String) -> Run {
        Run { name, reviews: self.returns, findings: self.season.findings }
    }

    /// Returns what the next season is compared with.
    pub fn record(mut self, frameworks: &[Framework]) -> SeasonRecord {
        let StoredSeason { title, date, names, earlier, .. } = self.season;
        for review in &mut self.returns {
            review.organisation = names.get(&review.file).cloned().or(review.organisation.take());
        }
        SeasonRecord::new(record::name(title, date), &self.returns, earlier, frameworks)
    }
}

/// Says why bytes can't be read as results: it may be of another format, which is shaped otherwise.
fn refused(bytes: &[u8], error: serde_json::Error) -> ResultsError {
    #[derive(Deserialize)]
    struct Versioned {
        schema: u32,
    }
    match serde_json::from_slice::<Versioned>(bytes) {
        Ok(other) if other.schema != VERSION => ResultsError::Version(other.schema),
        Ok(_) | Err(_) => ResultsError::NotResults(error),
    }
}

/// Returns the findings of a season as JSON, one a line, each with its file.
pub fn lines(season: &Season) -> Vec<u8> {
    let mut bytes = Vec::new();
    for review in season.reviews() {
        for finding in &review.findings {
            let line = Line { file: &review.file, organisation: review.organisation.as_deref(), finding };
            bytes.extend(in_a_line(&line));
        }
    }
    bytes
}

/// Returns the JSON Schema of the results.
pub fn schema() -> Schema {
    schema_for!(Results<'_>)
}

/// Returns a value as JSON that people can read, with a line's end at the end.
pub fn pretty(value: &impl Serialize) -> Vec<u8> {
    written(value, serde_json::to_vec_pretty)
}

/// Returns a value as JSON in one line, with its end.
pub fn in_a_line(value: &impl Serialize) -> Vec<u8> {
    written(value, serde_json::to_vec)
}

/// Returns a value as JSON with a line's end at the end.
fn written<T: Serialize>(value: &T, write: fn(&T) -> serde_json::Result<Vec<u8>>) -> Vec<u8> {
    let mut bytes = quiet(write(value).expect("records have text keys and nothing that can't be written"));
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{Expected, Roster, Surroundings, sample};

    #[test]
    fn the_next_season_is_told_the_names_that_this_one_settled_on() {
        let frameworks = [sample::usual()];
        let season = |slip: bool, previous| {
            let mut reviews = sample::reviews(&frameworks[0], 12, 3);
            let mut roster = Roster::default();
            for review in &mut reviews {
                let name = review.organisation.take().unwrap().replace("Organisation 03", "Housing Standards Council");
                let (kinds, columns) = (Vec::new(), BTreeMap::new());
                if roster.find(&name).is_none() {
                    roster.add(Expected { organisation: name.clone(), kinds, columns });
                }
                // Its file has the name as it should be.
                review.file = format!("{name}, {}.xlsx", review.kind.as_deref().unwrap_or_default());
                let slipped = name.replace("Council", "Coucil");
                review.organisation = Some(if slip { slipped } else { name });
            }
            Season::new(
                &frameworks,
                Surroundings { roster: Some(roster), previous, ..Surroundings::default() },
                reviews,
            )
        };
        let last = season(true, None);
        let used =
            |season: &Season| season.reviews().filter_map(|review| review.organisation.clone()).collect::<Vec<_>>();
        assert!(used(&last).iter().any(|name| name.contains("Coucil")), "{:?}", used(&last));
        let record = read(&results(&last, &[]).bytes).unwrap().record(&frameworks);
        assert!(record.returns.iter().all(|recorded| !recorded.organisation.contains("Coucil")));
        let now = season(false, Some(record));
        assert_eq!(now.matched(&frameworks[0].id).len(), 12);
    }
}
