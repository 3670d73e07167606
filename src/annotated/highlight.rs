//! The highlight of cells: an added conditional format, so that no cell and no style of the sender's changes.

use std::collections::BTreeSet;

use super::markup::prefixed;
use super::remark::Remarks;
use super::style::Formats;
use crate::finding::Severity;
use crate::ooxml::{Edit, PartName, SheetPart};

/// The formula of our highlights: it always holds, and tells whose it is.
pub(super) const MARKER: &str = "LEN(\"scrutineer\")&gt;0";
/// The most ranges in one conditional format.
const MOST: usize = 200;

/// Highlights the cells that remarks are on, coloured by the worst severity.
pub(super) fn add(edit: &mut Edit<'_>, part: &PartName, sheet: &SheetPart, remarks: &Remarks<'_>, formats: &Formats) {
    let mut taken = BTreeSet::new();
    let mut added = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let Some(format) = formats.of(severity) else { continue };
        let marked = remarks.marks.iter().filter(|(_, worst)| **worst == severity);
        let cells: Vec<String> = marked.map(|(cells, _)| cells.to_string()).collect();
        for some in cells.chunks(MOST) {
            let priority = sheet.free_priority(&taken);
            taken.insert(priority);
            added.push(format!(
                "<conditionalFormatting sqref=\"{}\"><cfRule type=\"expression\" dxfId=\"{format}\" \
                 priority=\"{priority}\"><formula>{MARKER}</formula></cfRule></conditionalFormatting>",
                some.join(" ")
            ));
        }
    }
    if !added.is_empty() {
        let text = prefixed(&added.concat(), &sheet.outline.prefix);
        edit.patch(part).insert(sheet.place_for("conditionalFormatting"), text);
    }
}
