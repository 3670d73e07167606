//! What happens during a run, for whoever shows it.

use crate::finding::Severity;
use crate::review::Status;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The files are known, and so many of them will be reviewed.
    Planned {
        /// How many.
        files: usize,
    },
    /// A file was reviewed.
    Reviewed {
        /// Its name.
        file: String,
        /// What became of it.
        status: Status,
        /// The worst of what was found; `None` where nothing was.
        worst: Option<Severity>,
    },
    /// The outputs are made and will be written.
    Writing {
        /// How many.
        files: usize,
    },
}
