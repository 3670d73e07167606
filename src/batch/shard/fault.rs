//! Why parts don't make a season.

use std::path::PathBuf;

/// Why parts don't make a season.
#[derive(Debug, thiserror::Error)]
pub enum PartsError {
    /// A folder holds no part.
    #[error(
        "`{folder}` is no part of a season: there is no sound `{file}`; name the folders that `run --shard` wrote to"
    )]
    NoPart {
        /// The folder.
        folder: PathBuf,
        /// What is missing there.
        file: String,
    },
    /// A part is being written, or was broken off.
    #[error("the part in `{0}` isn\u{2019}t whole: it is still being written, or was broken off; run it again")]
    Underway(PathBuf),
    /// A part was run by another version.
    #[error(
        "the part in `{folder}` was run by scrutineer {version}, this is {}; run all parts by the same version",
        env!("CARGO_PKG_VERSION")
    )]
    Version {
        /// The folder.
        folder: PathBuf,
        /// Its version.
        version: String,
    },
    /// The parts don't make the season.
    #[error("the parts don\u{2019}t make one whole:\n  {}", .0.join("\n  "))]
    NotOneWhole(Vec<String>),
    /// A review isn't there, or isn't as it was written.
    #[error("the review of {0} isn\u{2019}t as its part wrote it; run that part again")]
    Review(String),
}
