//! All of a season for programs: `results.json`, and the JSON Schema that says what may stand in it.

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use super::Artifact;
use crate::network::{Consolidation, Season, SeasonFinding};
use crate::review::{FindingRecord, Review};

/// The version of the format; a change that breaks readers raises it.
pub const VERSION: u32 = 1;

/// The results of a season.
#[derive(Debug, Serialize, JsonSchema)]
struct Results<'a> {
    /// The version of this format.
    schema: u32,
    /// One entry a file, in order of their names.
    returns: &'a [Review],
    /// What was found across returns.
    season: Across<'a>,
}

/// What was found across returns.
#[derive(Debug, Serialize, JsonSchema)]
struct Across<'a> {
    /// The findings, in order.
    findings: &'a [SeasonFinding],
    /// What the units of organisations come to together, where returns are about units.
    #[serde(skip_serializing_if = "<[Consolidation]>::is_empty")]
    consolidation: &'a [Consolidation],
}

/// A finding with its file.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    organisation: Option<&'a str>,
    #[serde(flatten)]
    finding: &'a FindingRecord,
}

/// Returns the results of a season as `data/results.json`.
pub fn results(season: &Season) -> Artifact {
    let across = Across { findings: &season.findings, consolidation: &season.consolidations };
    let results = Results { schema: VERSION, returns: &season.reviews, season: across };
    Artifact { name: "data/results.json".to_owned(), bytes: pretty(&results) }
}

/// Returns the findings of a season as JSON, one a line, each with its file.
pub fn lines(season: &Season) -> Vec<u8> {
    let mut bytes = Vec::new();
    for review in &season.reviews {
        for finding in &review.findings {
            let line = Line { file: &review.file, organisation: review.organisation.as_deref(), finding };
            bytes.extend(written(&line, serde_json::to_vec));
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

/// Returns a value as JSON with a line's end at the end.
fn written<T: Serialize>(value: &T, write: fn(&T) -> serde_json::Result<Vec<u8>>) -> Vec<u8> {
    let mut bytes = write(value).expect("records have text keys and nothing that can't be written");
    bytes.push(b'\n');
    bytes
}
