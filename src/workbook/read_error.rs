//! Why a file can't be read as a workbook.

use crate::ooxml::{ArchiveFault, Limit, PackageError, XmlFault};
use crate::words::{list_of_at_most, number_of};

/// Why a file can't be read as a workbook; each says it so that the sender understands.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Something else under a workbook's name; the text says what.
    #[error("the file is {0}")]
    Foreign(&'static str),
    /// Nothing but a place where the workbook is to be; the text says what stands there.
    #[error("the workbook itself isn't here: the file is {0}")]
    NotHere(&'static str),
    /// An archive in which workbooks are packed; their names.
    #[error("{}", packed(.0))]
    Packed(Vec<String>),
    /// A workbook, but not a sound one.
    #[error("the workbook is damaged: {0}")]
    Damaged(String),
    /// A password is needed to open it.
    #[error("the workbook is protected with a password for opening")]
    Encrypted,
    /// Something in it is larger than it may be.
    #[error("{}", .limit.beyond(.what, *.found, *.most))]
    TooLarge {
        /// Which limit.
        limit: Limit,
        /// What is too large.
        what: String,
        /// How large it is, as far as it was counted.
        found: u64,
        /// How large it may be.
        most: u64,
    },
}

/// The most packed workbooks that are named.
const MOST_NAMED: usize = 10;

/// Says that workbooks are packed in an archive.
fn packed(names: &[String]) -> String {
    let listed = list_of_at_most(names, MOST_NAMED);
    format!(
        "the file is a zip archive with {} in it, not read: {listed}",
        number_of(names.len(), "workbook", "workbooks")
    )
}

impl From<PackageError> for ReadError {
    fn from(error: PackageError) -> Self {
        match error {
            PackageError::Archive(ArchiveFault::Encrypted | ArchiveFault::EncryptedPart(_)) => Self::Encrypted,
            PackageError::Archive(ArchiveFault::Empty) => Self::NotHere("empty"),
            PackageError::TooLarge { limit, what, found, most } => Self::TooLarge { limit, what, found, most },
            PackageError::Xml { part, fault: XmlFault::TooDeep(most) } => Self::TooLarge {
                limit: Limit::Depth,
                what: format!("the part `{part}`"),
                found: most.saturating_add(1),
                most,
            },
            PackageError::Xml { part, fault: XmlFault::TooLong(most) } => Self::TooLarge {
                limit: Limit::Text,
                what: format!("a text or tag of the part `{part}`"),
                found: most.saturating_add(1),
                most,
            },
            error @ (PackageError::Archive(_)
            | PackageError::Missing(_)
            | PackageError::Xml { .. }
            | PackageError::NoWorkbook(_)) => Self::Damaged(error.to_string()),
        }
    }
}
