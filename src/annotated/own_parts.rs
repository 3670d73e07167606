//! What of ours is in a workbook that comes back.

use super::explanation::{self, Explanation, FindingsSheet};
use super::manifest::Manifest;
use crate::ooxml::{Book, Package, PackageError, PartName};

/// What of ours is in a workbook.
pub(super) struct OwnParts {
    /// The manifest and the part that it stands in.
    pub(super) manifest: Option<(PartName, Manifest)>,
    /// The sheet of findings.
    pub(super) sheet: Option<FindingsSheet>,
}

impl OwnParts {
    /// Finds what is ours; an error where there is nothing.
    pub(super) fn find(package: &Package, book: &Book) -> Result<Self, StripError> {
        let manifest = Manifest::find(package, book)?;
        let sheet = explanation::find(package, book, manifest.as_ref().map(|(_, manifest)| manifest))?;
        if manifest.is_none() && sheet.is_none() { Err(StripError::NotAnnotated) } else { Ok(Self { manifest, sheet }) }
    }

    /// Returns what the sender wrote beside the findings.
    pub(super) fn explanations(&self) -> Vec<Explanation> {
        self.sheet.as_ref().map(|sheet| sheet.explanations.clone()).unwrap_or_default()
    }
}

/// Why notes couldn't be taken out.
#[derive(Debug, thiserror::Error)]
pub enum StripError {
    /// The workbook can't be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// There is nothing of ours in it.
    #[error("the workbook holds no findings of ours")]
    NotAnnotated,
    /// What is ours can't be told from what is theirs.
    #[error("the workbook was changed in a way that can't be undone: {0}")]
    Damaged(String),
}
