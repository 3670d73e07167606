//! Workbooks of findings that come back.

use serde::{Deserialize, Serialize};

use super::answered_sheet::explained_in;
use super::companion::COPIES;
use super::explanation::Explanation;
use super::own_parts::{OwnParts, StripError};
use crate::ooxml::Package;
use crate::workbook::Workbook;

/// What a workbook of findings says that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The digest of the file that its findings are of; empty where it doesn't say.
    pub original: String,
    /// Whose return that is; empty where it doesn't say.
    pub organisation: String,
    /// What the sender wrote beside the findings.
    pub explanations: Vec<Explanation>,
}

/// Reads a workbook of findings that comes back; `None` for all others.
///
/// One that has lost what names its return, as programs other than Excel save it, is known by holding nothing but our sheets.
pub fn answer(package: &Package) -> Result<Option<Answer>, StripError> {
    let book = package.book()?;
    let ours = match OwnParts::find(package, &book) {
        Ok(ours) => ours,
        Err(StripError::NotAnnotated) => return Ok(None),
        Err(error) => return Err(error),
    };
    let is_all_ours = ours.are_all(&book);
    let explanations = ours.explanations();
    let manifest = ours.manifest.map(|(_, manifest)| manifest).unwrap_or_default();
    let is_companion = manifest.companion_of.is_some() || is_all_ours;
    let organisation = manifest.companion_of.unwrap_or_default();
    Ok(is_companion.then_some(Answer { original: manifest.original, organisation, explanations }))
}

/// Reads a workbook of findings that comes back in another format, which keeps nothing of ours but its cells; `None` for all others.
pub fn answer_in(workbook: &Workbook) -> Option<Answer> {
    let (name, explanations) = explained_in(workbook)?;
    let is_ours = workbook.sheets.iter().all(|sheet| sheet.name == name || sheet.name == COPIES);
    is_ours.then(|| Answer { original: String::new(), organisation: String::new(), explanations })
}
