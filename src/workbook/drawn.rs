//! What floats over the cells of a sheet of Office Open XML, whether its cells are XML or binary: the drawings that it is linked to.

use super::Floating;
use super::facts::{drawing, legacy_drawing};
use crate::ooxml::{Package, Relationships};

/// Returns what the drawing of a sheet has; what of it can't be read costs nobody the workbook.
pub(super) fn drawn(package: &Package, links: &Relationships) -> Vec<Floating> {
    let all = part(package, links, "drawing").and_then(|text| drawing::read(&text).ok());
    all.unwrap_or_default()
}

/// Returns the form controls of a sheet that has no list of them.
pub(super) fn controls(package: &Package, links: &Relationships) -> Vec<Floating> {
    let all = part(package, links, "vmlDrawing").and_then(|text| legacy_drawing::read(&text).ok());
    all.unwrap_or_default()
}

/// Returns the text of the part that a sheet is linked to by a word; `None` where there is none that can be read.
fn part(package: &Package, links: &Relationships, word: &str) -> Option<String> {
    let part = links.by_word(word).and_then(|link| package.target(link))?;
    let bytes = package.read(part).ok()?;
    Some(Package::text(&bytes, part).ok()?.into_owned())
}
