//! Our notes taken out again.
//!
//! A workbook that nobody has saved since gets every part back byte for byte, held against the digests in its manifest.
//! One that the sender has saved with a program of their own is stripped by meaning instead: what is ours goes, what they
//! changed stays.

use std::collections::BTreeSet;

use super::explanation::Explanation;
use super::manifest::{Manifest, digest};
use super::meaning;
use super::own_parts::{OwnParts, StripError};
use crate::ooxml::{Changes, Limits, Package, PackageError, PartName};

/// A workbook without our notes.
#[derive(Clone, Debug)]
pub struct Stripped {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// How it was done.
    pub manner: Manner,
    /// What the sender wrote beside the findings.
    pub explanations: Vec<Explanation>,
    /// The digest of the file that the copy was made from; empty where it doesn't say.
    pub original: String,
}

/// How notes were taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Every part is as it was, byte for byte.
    Exact,
    /// The workbook was saved by another program since; what is ours was found by what it is.
    ByMeaning,
}

/// Reads what the sender wrote beside the findings of a workbook that comes back.
pub fn explanations(package: &Package) -> Result<Vec<Explanation>, StripError> {
    let all = OwnParts::find(package, &package.book()?)?.explanations();
    Ok(all.into_iter().filter(|said| !said.text.is_empty()).collect())
}

/// Whether a workbook is a copy, or a workbook of findings, that we made and in which nobody has worked since. A copy that lost what says how
/// it was handed out may have been changed anywhere.
pub fn is_as_handed_out(bytes: &[u8]) -> bool {
    let untouched = || -> Result<bool, StripError> {
        let package = Package::open(bytes, &Limits::default())?;
        let book = package.book()?;
        let ours = OwnParts::find(&package, &book)?;
        let is_silent = ours.explanations().iter().all(|said| said.text.trim().is_empty());
        Ok(is_silent
            && match &ours.manifest {
                Some((_, manifest)) => undone(&package, manifest)?.is_some(),
                None => ours.are_all(&book),
            })
    };
    untouched().unwrap_or(false)
}

/// Takes our notes, highlights and sheet out of a workbook.
pub fn strip(package: &Package) -> Result<Stripped, StripError> {
    let book = package.book()?;
    let ours = OwnParts::find(package, &book)?;
    let explanations = ours.explanations();
    let exact = ours.manifest.as_ref().map(|(_, manifest)| undone(package, manifest)).transpose()?.flatten();
    let (changes, manner) = match exact {
        Some(changes) => (changes, Manner::Exact),
        None => (meaning::strip(package, &book, &ours)?, Manner::ByMeaning),
    };
    let original = ours.manifest.map(|(_, manifest)| manifest.original).unwrap_or_default();
    Ok(Stripped { bytes: package.rewrite(&changes)?, manner, explanations, original })
}

/// Returns what gives the original back; `None` where a part isn't any more as we left it.
fn undone(package: &Package, manifest: &Manifest) -> Result<Option<Changes>, PackageError> {
    let mut changes = Changes::default();
    for (part, change) in &manifest.changed {
        if !package.has(part) {
            return Ok(None);
        }
        match change.undo.apply(&package.read(part)?) {
            Ok(original) if digest(&original) == change.digest => drop(changes.replaced.insert(part.clone(), original)),
            Ok(_) | Err(_) => return Ok(None),
        }
    }
    changes.removed = manifest.added.iter().cloned().collect::<BTreeSet<PartName>>();
    Ok(changes.removed.iter().all(|part| package.has(part)).then_some(changes))
}
