//! What is handed out: names and bytes. Nothing is written here.
//!
//! [`season`] makes the season workbook.

pub mod season;

/// A file to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The file's name within the folder of outputs, with `/` between folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The kinds of file that are handed out for one return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArtifactKind {
    /// The sender's workbook with notes.
    Annotated,
    /// A workbook of findings, beside one that can't be annotated.
    Companion,
}

impl ArtifactKind {
    /// Returns the name of such a file for a workbook of this name.
    ///
    /// ```
    /// # use scrutineer::artifact::ArtifactKind;
    /// assert_eq!(ArtifactKind::Annotated.name("Spring/return.xlsx"), "return.annotated.xlsx");
    /// assert_eq!(ArtifactKind::Companion.name("return.ods"), "return.findings.xlsx");
    /// ```
    pub fn name(self, workbook: &str) -> String {
        let name = workbook.rsplit(['/', '\\']).next().unwrap_or_default();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "xlsx"));
        match self {
            Self::Annotated => format!("{stem}.annotated.{extension}"),
            Self::Companion => format!("{stem}.findings.xlsx"),
        }
    }
}
