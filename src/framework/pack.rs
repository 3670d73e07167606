//! Packs that are known: opened, and found by name and version.

use std::fmt;

use super::pack_text::PackText;
use super::{Framework, FrameworkId, load};
use crate::finding::Findings;

/// Tells a pack among those known: its name and its version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackId {
    /// The name of the framework.
    pub framework: FrameworkId,
    /// The version of the framework.
    pub version: String,
}

/// A framework with the pack that it came from.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Which pack it is.
    pub id: PackId,
    /// The pack as it is kept.
    pub text: PackText,
    /// The framework.
    pub framework: Framework,
}

/// Why no pack could be had.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PackError {
    /// No pack has this name.
    #[error("find a framework called `{name}`; there are {names}")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The names that there are.
        names: String,
    },
    /// The framework has no such version.
    #[error("find version `{version}` of `{name}`; there is {versions}")]
    UnknownVersion {
        /// The name that was asked for.
        name: String,
        /// The version that was asked for.
        version: String,
        /// The versions that there are.
        versions: String,
    },
}

impl PackText {
    /// Checks the pack; `None` where it can't be relied on, with the reasons among the findings.
    pub fn open(self, findings: &mut Findings) -> Option<Pack> {
        load(&self, findings).map(|framework| Pack::new(self, framework))
    }
}

impl Pack {
    /// Joins a framework with the pack that it was made of.
    pub(super) fn new(text: PackText, framework: Framework) -> Self {
        let id = PackId { framework: framework.id.clone(), version: framework.version.clone() };
        Self { id, text, framework }
    }
}

impl fmt::Display for PackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.framework, self.version)
    }
}

/// Returns the pack among `packs` that is meant by `seqf` or `seqf@2024-25`; without a version, the last of that name.
pub fn find<'a>(packs: &'a [Pack], wanted: &str) -> Result<&'a Pack, PackError> {
    let (name, version) = wanted.split_once('@').map_or((wanted, None), |(name, version)| (name, Some(version)));
    let named: Vec<&Pack> = packs.iter().filter(|pack| pack.id.framework == name).collect();
    let fits = |pack: &&&Pack| version.is_none_or(|version| pack.id.version == version);
    let listed = |names: Vec<&str>| names.join(", ");
    if named.is_empty() {
        let known = listed(packs.iter().map(|pack| pack.id.framework.as_str()).collect());
        return Err(PackError::Unknown { name: name.to_owned(), names: known });
    }
    named.iter().rev().find(fits).copied().ok_or_else(|| PackError::UnknownVersion {
        name: name.to_owned(),
        version: version.unwrap_or_default().to_owned(),
        versions: listed(named.iter().map(|pack| pack.id.version.as_str()).collect()),
    })
}
