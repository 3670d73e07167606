//! What a part of a season says of itself: `shard.json`, and the `run.json` beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::PartsError;
use super::part::Part;
use crate::artifact::Artifact;
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

/// Returns under which name a part writes the review of a file.
pub fn review_name(file: &str) -> String {
    format!("{REVIEWS}{}.json", store::digest(file.as_bytes()))
}

impl ShardTold {
    /// Returns the file that says so.
    pub fn artifact(&self) -> Artifact {
        Artifact { name: SHARD.to_owned(), bytes: results::pretty(self) }
    }
}

/// What the manifest of a part tells.
#[derive(Debug, Deserialize)]
pub(super) struct RunTold {
    complete: bool,
    tool: ToolTold,
    /// The frameworks that returns could be of.
    pub(super) frameworks: Value,
    /// What it was asked for.
    pub(super) settings: BTreeMap<String, Value>,
    inputs: Vec<FileTold>,
    outputs: Vec<FileTold>,
}

#[derive(Debug, Deserialize)]
struct ToolTold {
    version: String,
}

#[derive(Debug, Deserialize)]
struct FileTold {
    file: String,
    sha256: String,
}

/// A part as it lies in a folder.
#[derive(Debug)]
pub(super) struct PartTold {
    /// Where.
    pub(super) folder: PathBuf,
    /// Which it is.
    pub(super) shard: ShardTold,
    /// What was done.
    pub(super) run: RunTold,
    /// The digests of the files that it reviewed.
    pub(super) inputs: BTreeMap<String, String>,
    /// The digests of the files that it wrote.
    pub(super) outputs: BTreeMap<String, String>,
}

impl PartTold {
    /// Reads what lies in a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, PartsError> {
        let shard: ShardTold = read(folder, SHARD)?;
        let mut run: RunTold = read(folder, MANIFEST)?;
        if !run.complete {
            return Err(PartsError::Underway(folder.to_owned()));
        }
        if run.tool.version != env!("CARGO_PKG_VERSION") {
            return Err(PartsError::Version { folder: folder.to_owned(), version: run.tool.version });
        }
        let digests = |files: Vec<FileTold>| files.into_iter().map(|file| (file.file, file.sha256)).collect();
        let (inputs, outputs) = (std::mem::take(&mut run.inputs), std::mem::take(&mut run.outputs));
        Ok(Self { folder: folder.to_owned(), shard, run, inputs: digests(inputs), outputs: digests(outputs) })
    }
}

/// Reads a file of a part.
fn read<T: for<'a> Deserialize<'a>>(folder: &Path, name: &str) -> Result<T, PartsError> {
    let absent = |_| PartsError::NoPart { folder: folder.to_owned(), file: name.to_owned() };
    let bytes = store::bytes(&folder.join(name)).map_err(absent)?;
    serde_json::from_slice(&bytes).map_err(|_| PartsError::NoPart { folder: folder.to_owned(), file: name.to_owned() })
}
