//! A file that is handed out: its name and its bytes. Nothing is written here.

mod output_names;

pub use output_names::{OutputNames, is_name_of_copy, stem_of_original};

/// The day that files carry where nothing names one, so that they are the same at every run.
pub const NO_DAY: jiff::civil::Date = jiff::civil::date(2000, 1, 1);

/// A kind of files to hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArtifactKind {
    /// The tables, `results.json` and `calendar.ics`.
    Data,
    /// The senders' own workbooks with our findings in them.
    Annotated,
    /// The season workbook.
    Season,
    /// The reports for senders and managers.
    Reports,
    /// The benchmark packs for organisations.
    Benchmarks,
}

impl ArtifactKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Data, Self::Annotated, Self::Season, Self::Reports, Self::Benchmarks];
}

/// A file that was handed out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandedFile {
    /// Its name within the folder of outputs.
    pub name: String,
    /// The digest of what it holds.
    pub sha256: String,
}

/// A file to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The file's name within the folder of outputs, with `/` between folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}
