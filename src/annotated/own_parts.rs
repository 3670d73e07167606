//! What of ours is in a workbook that comes back.

use super::answered_sheet::{self, FindingsSheet};
use super::companion::COPIES;
use super::explanation::Explanation;
use super::manifest::Manifest;
use super::note::has_our_notes;
use crate::ooxml::{Book, Package, PackageError, PartName, SheetEntry};

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
        let sheet = answered_sheet::find(package, book, manifest.as_ref().map(|(_, manifest)| manifest))?;
        let is_ours = manifest.is_some() || sheet.is_some() || has_our_notes(package)?;
        if is_ours { Ok(Self { manifest, sheet }) } else { Err(StripError::NotAnnotated) }
    }

    /// Whether a workbook holds nothing but our sheets.
    pub(super) fn are_all(&self, book: &Book) -> bool {
        let tab = self.sheet.as_ref().map(|sheet| sheet.tab);
        let is_ours = |(at, entry): (usize, &SheetEntry)| tab == Some(at) || entry.name == COPIES;
        tab.is_some() && book.sheets.iter().enumerate().all(is_ours)
    }

    /// Returns what the sender wrote beside the findings.
    pub(super) fn explanations(&self) -> Vec<Explanation> {
        self.sheet.as_ref().map(|sheet| sheet.explanations.clone()).unwrap_or_default()
    }
}

/// Whether a package says that it is a copy of ours, whatever was taken out of it. What can't be read says nothing.
pub fn is_known_as_ours(package: &Package) -> bool {
    let manifest = || Manifest::find(package, &package.book()?);
    package.parts().any(|part| part.as_str().starts_with("customXml/")) && matches!(manifest(), Ok(Some(_)))
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
