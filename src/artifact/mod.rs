//! What is handed out: names and bytes. Nothing is written here.
//!
//! [`results`] gives all of a season as JSON, [`table`] its tables as Parquet and comma-separated text.

pub mod results;
pub mod table;

/// A file to hand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The file's name within the folder of outputs, with `/` between folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}
