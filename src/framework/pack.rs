//! Packs that are known: opened, and found by name and version.

use std::fmt;

use super::pack_text::PackText;
use super::{Framework, FrameworkId, load, meant};
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
    #[error("find a framework called `{name}`; {instead}")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// Which one may be meant, else the names that there are.
        instead: String,
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

/// Returns the pack among `packs` that is meant by `seqf` or `seqf@2024-25`; without a version, the last of that name. The name may be
/// written in capitals, and be the framework's title.
pub fn find<'a>(packs: &'a [Pack], wanted: &str) -> Result<&'a Pack, PackError> {
    let (name, version) = wanted.split_once('@').map_or((wanted, None), |(name, version)| (name, Some(version)));
    let name = name.trim();
    let is_it = |pack: &&Pack| pack.id.framework == name;
    let called = || packs.iter().find(|pack| pack.framework.is_called(name));
    let found = packs.iter().find(is_it).or_else(called).ok_or_else(|| unknown(packs, name))?;
    let named: Vec<&Pack> = packs.iter().filter(|pack| pack.id.framework == found.id.framework).collect();
    let fits = |pack: &&&Pack| version.is_none_or(|version| pack.id.version == version);
    named.iter().rev().find(fits).copied().ok_or_else(|| PackError::UnknownVersion {
        name: found.id.framework.to_string(),
        version: version.unwrap_or_default().to_owned(),
        versions: named.iter().map(|pack| pack.id.version.as_str()).collect::<Vec<_>>().join(", "),
    })
}

/// Says that no pack has a name, and which may be meant.
fn unknown(packs: &[Pack], name: &str) -> PackError {
    let frameworks: Vec<&Framework> = packs.iter().map(|pack| &pack.framework).collect();
    let instead = meant(&frameworks, name).map_or_else(
        || {
            let mut names: Vec<&str> = packs.iter().map(|pack| pack.id.framework.as_str()).collect();
            names.dedup();
            format!("there are {}", names.join(", "))
        },
        |meant| format!("did you mean `{meant}`?"),
    );
    PackError::Unknown { name: name.to_owned(), instead }
}
