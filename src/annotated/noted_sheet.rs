//! A sheet that gets notes, and where the parts that show them lie.

use crate::ooxml::{Form, PartName, SheetPart};

/// The sheet that gets notes.
pub(super) struct NotedSheet<'a> {
    /// The name on its tab.
    pub(super) name: &'a str,
    /// Its part.
    pub(super) part: &'a PartName,
    /// What its part holds.
    pub(super) sheet: &'a SheetPart,
}

/// Returns the folder that the folder of a part lies in, with its slash.
pub(super) fn folder_above(part: &PartName) -> String {
    let folder = part.split().0.trim_end_matches('/');
    folder.rfind('/').map_or(String::new(), |slash| folder[..=slash].to_owned())
}

/// Returns the type of the relationship to a drawing of notes: it has but one form.
pub(super) fn drawing_link() -> String {
    format!("{}/vmlDrawing", Form::Usual.relationship())
}
