//! What earlier runs wrote into a folder, as its `run.json` tells.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::MANIFEST;
use crate::artifact::HandedFile;
use crate::batch::manifest::{Output, Tool};
use crate::batch::manifest_told::ManifestTold;
use crate::batch::store::{self, StoreError};
use crate::export::results;

/// The files that runs wrote and read.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Those that runs wrote, each with the digests that it may have.
    outputs: BTreeMap<String, BTreeSet<String>>,
    /// Those that the last run reviewed, with their digests; `None` where none was ended.
    pub(super) inputs: Option<BTreeMap<String, String>>,
}

/// The manifest of a run that puts its outputs in their places: each file is as it was, or as it will be.
#[derive(Debug, Serialize)]
struct Underway<'a> {
    complete: bool,
    tool: Tool,
    outputs: Vec<Output<'a>>,
    earlier: Vec<Output<'a>>,
}

impl Record {
    /// Reads what a folder's manifest tells; nothing where there is none.
    pub(super) fn read(root: &Path) -> Result<Self, StoreError> {
        let path = root.join(MANIFEST);
        if fs::symlink_metadata(&path).is_err() {
            return Ok(Self::default());
        }
        let foreign = || StoreError::Foreign { path: path.clone() };
        let is_file = fs::symlink_metadata(&path).is_ok_and(|there| there.is_file());
        let told: ManifestTold = is_file
            .then(|| store::bytes(&path).ok())
            .flatten()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(foreign)?;
        if told.tool.name != env!("CARGO_PKG_NAME") {
            return Err(foreign());
        }
        let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (file, digest) in told.outputs.into_iter().chain(told.earlier).map(Into::into) {
            files.entry(file).or_default().insert(digest);
        }
        let inputs = told.inputs.map(|files| files.into_iter().map(Into::into).collect());
        Ok(Self { outputs: files, inputs })
    }

    /// Whether a run wrote a file of this name.
    pub(super) fn is_ours(&self, name: &str) -> bool {
        self.outputs.contains_key(name)
    }

    /// Whether a run wrote this very file.
    pub(super) fn wrote(&self, file: &HandedFile) -> bool {
        self.outputs.get(&file.name).is_some_and(|digests| digests.contains(&file.sha256))
    }

    /// Returns the names of the files that runs wrote, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.outputs.keys().map(String::as_str)
    }

    /// Returns the manifest while outputs are put in their places.
    pub(super) fn underway(&self, coming: &[&HandedFile]) -> Vec<u8> {
        let earlier = self
            .outputs
            .iter()
            .flat_map(|(file, digests)| digests.iter().map(|digest| Output { file, sha256: digest }));
        let outputs = coming.iter().map(|coming| Output::from(*coming)).collect();
        results::pretty(&Underway { complete: false, tool: Tool::default(), outputs, earlier: earlier.collect() })
    }
}
