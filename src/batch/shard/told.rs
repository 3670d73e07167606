//! What a part of a season says of itself: `shard.json`, and the `run.json` beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::PartsError;
use super::part::Part;
use crate::artifact::Artifact;
use crate::batch::manifest_told::{FileTold, ManifestTold};
use crate::batch::out_folder::MANIFEST;
use crate::batch::store;
use crate::export::results;

/// The file by which a part says which it is.
const SHARD: &str = "shard.json";

/// Where a season lies, and what it is asked with, so that whoever puts the parts together need not say it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The folder of the returns.
    pub folder: PathBuf,
    /// The season's settings, where the line names them.
    pub season: Option<PathBuf>,
    /// Whether no settings were to be used.
    pub isolated: bool,
    /// The roster, where the line names it.
    pub roster: Option<PathBuf>,
    /// The season before, where the line names it.
    pub previous: Option<PathBuf>,
    /// The framework that is insisted on.
    pub framework: Option<String>,
    /// The limits that the line sets.
    pub limits: Vec<(String, u64)>,
}

/// Which part of a season it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShardTold {
    /// The part.
    pub part: Part,
    /// All files of the season that it saw, in order, whichever part they fall to.
    pub files: Vec<String>,
    /// What it was asked with.
    pub asked: Asked,
}

/// The folder in which a part writes its reviews.
const REVIEWS: &str = "reviews/";
/// What stands in the path of a part's share of a table, before the part's number.
const SHARE_OF_TABLE: &str = "/shard=";

/// Returns under which name a part writes the review of a file.
pub fn review_name(file: &str) -> String {
    format!("{REVIEWS}{}.json", store::digest(file.as_bytes()))
}

/// Whether an output of a part is the review of a file.
pub(super) fn is_review(name: &str) -> bool {
    name.starts_with(REVIEWS)
}

/// Whether an output is one that parts alone write: their account, their reviews, their tables.
pub fn is_of_part(name: &str) -> bool {
    name == SHARD || is_review(name) || name.contains(SHARE_OF_TABLE)
}

impl ShardTold {
    /// Returns what a part that was run into a folder said of itself; `None` where there is nothing sound.
    pub fn of(folder: &Path) -> Option<Self> {
        read(folder, SHARD).ok()
    }

    /// Returns the file that says so.
    pub fn artifact(&self) -> Artifact {
        Artifact { name: SHARD.to_owned(), bytes: results::pretty(self) }
    }
}

/// Returns under which name a part writes its share of a table.
pub fn table_name(table: &str, part: Part) -> String {
    format!("{table}{SHARE_OF_TABLE}{}/part.parquet", part.number())
}

/// A part as it lies in a folder.
#[derive(Debug)]
pub(super) struct PartTold {
    /// Where.
    pub(super) folder: PathBuf,
    /// Which it is.
    pub(super) shard: ShardTold,
    /// The frameworks that returns could be of.
    pub(super) frameworks: Value,
    /// What it was asked for.
    pub(super) settings: BTreeMap<String, Value>,
    /// The digests of the files that it reviewed.
    pub(super) inputs: BTreeMap<String, String>,
    /// The digests of the files that it wrote.
    pub(super) outputs: BTreeMap<String, String>,
}

impl PartTold {
    /// Reads what lies in a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, PartsError> {
        let shard: ShardTold = read(folder, SHARD)?;
        let run: ManifestTold = read(folder, MANIFEST)?;
        let Some(inputs) = run.inputs.filter(|_| run.complete == Some(true)) else {
            return Err(PartsError::Underway(folder.to_owned()));
        };
        if run.tool.version != env!("CARGO_PKG_VERSION") {
            return Err(PartsError::Version { folder: folder.to_owned(), version: run.tool.version });
        }
        let digests = |files: Vec<FileTold>| files.into_iter().map(Into::into).collect();
        let (inputs, outputs) = (digests(inputs), digests(run.outputs));
        let (frameworks, settings) = (run.frameworks, run.settings);
        Ok(Self { folder: folder.to_owned(), shard, frameworks, settings, inputs, outputs })
    }
}

/// Reads a file of a part.
fn read<T: for<'a> Deserialize<'a>>(folder: &Path, name: &str) -> Result<T, PartsError> {
    let read = store::bytes(&folder.join(name)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    read.ok_or_else(|| PartsError::NoPart { folder: folder.to_owned(), file: name.to_owned() })
}
