//! The check of a finished workbook, before it is handed out.
//!
//! The output is opened again: every part that wasn't to be changed must lie there as it lay in the original, every
//! changed part must give the original back, and every new link must lead to a part.

use super::AnnotateError;
use super::manifest::{Manifest, digest};
use crate::ooxml::{Package, PartName};

/// Holds a finished workbook against its original.
pub(super) fn verify(original: &Package, bytes: &[u8], manifest: &Manifest) -> Result<(), AnnotateError> {
    let annotated = Package::open(bytes, original.limits())?;
    let fault = |part: &PartName, what: &str| AnnotateError::SelfCheck(format!("the part `{part}` {what}"));
    for part in original.parts() {
        match manifest.changed.get(part) {
            None if original.lying(part) != annotated.lying(part) => return Err(fault(part, "would change")),
            None => {}
            Some(change) => {
                let restored = change.undo.apply(&annotated.read(part)?).ok();
                if restored.is_none_or(|bytes| digest(&bytes) != change.digest) {
                    return Err(fault(part, "couldn't be restored"));
                }
            }
        }
    }
    let types = annotated.content_types()?;
    for part in annotated.parts().filter(|part| !original.has(part)) {
        if !manifest.added.contains(part) {
            return Err(fault(part, "isn't listed as added"));
        }
        if types.of(part).is_none() {
            return Err(fault(part, "has no content type"));
        }
        if part.extension() != "rels" {
            links_lead_somewhere(&annotated, part)?;
        }
    }
    let sources =
        annotated.parts().filter(|part| manifest.changed.contains_key(&PartName::of_relationships(Some(part))));
    sources.into_iter().try_for_each(|part| links_lead_somewhere(&annotated, part))
}

/// Holds that the links that we wrote lead to parts.
fn links_lead_somewhere(annotated: &Package, source: &PartName) -> Result<(), AnnotateError> {
    let links = annotated.relationships(Some(source))?;
    let lost = links.iter().filter(|link| link.id.starts_with("rIdFnd")).find(|link| annotated.target(link).is_none());
    match lost {
        None => Ok(()),
        Some(link) => Err(AnnotateError::SelfCheck(format!("the link `{}` of `{source}` leads nowhere", link.id))),
    }
}
