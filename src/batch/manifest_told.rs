//! What a `run.json` tells, read again by the next run into its folder and by whoever puts parts together.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// What a manifest tells; that of a run which still puts its outputs in their places tells of these alone.
#[derive(Debug, Deserialize)]
pub(super) struct ManifestTold {
    /// Whether the run was ended; manifests of before this was told say nothing.
    pub(super) complete: Option<bool>,
    /// Which program it was.
    pub(super) tool: ToolTold,
    /// The frameworks that returns could be of.
    #[serde(default)]
    pub(super) frameworks: Value,
    /// What was asked for.
    #[serde(default)]
    pub(super) settings: BTreeMap<String, Value>,
    /// The files that were reviewed; `None` while outputs are put in their places.
    pub(super) inputs: Option<Vec<FileTold>>,
    /// The files that were written.
    #[serde(default)]
    pub(super) outputs: Vec<FileTold>,
    /// The files of earlier runs that stay.
    #[serde(default)]
    pub(super) earlier: Vec<FileTold>,
}

/// A program.
#[derive(Debug, Deserialize)]
pub(super) struct ToolTold {
    /// How it is called.
    pub(super) name: String,
    /// Its version.
    #[serde(default)]
    pub(super) version: String,
}

/// A file with the digest of what it holds.
#[derive(Debug, Deserialize)]
pub(super) struct FileTold {
    file: String,
    sha256: String,
}

impl From<FileTold> for (String, String) {
    fn from(told: FileTold) -> Self {
        (told.file, told.sha256)
    }
}
