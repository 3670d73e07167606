//! Reviews of files that couldn't be read at all, before or apart from the reader.

use super::store;
use crate::finding::{Finding, Place, RuleId, Severity};
use crate::review::{Review, Status};
use crate::workbook::Source;

/// Returns the review of a file that can't be read.
pub(super) fn unreadable(source: &Source, why: &str) -> Review {
    unread(&source.name, store::digest(&source.bytes), "workbook-unreadable", why, UNREADABLE)
}

/// Returns the review of a file that takes more than it may.
pub(super) fn too_large(source: &Source, why: &str) -> Review {
    unread(&source.name, store::digest(&source.bytes), "workbook-too-large", why, TOO_LARGE)
}

/// Returns the review of a file that is larger than it may be, and of which only the digest was taken.
pub(super) fn beyond_limit(name: &str, sha256: String, size: u64, most: u64) -> Review {
    let why = format!("the file in bytes is {size}, more than the limit `file` of {most} allows");
    unread(name, sha256, "workbook-too-large", &why, TOO_LARGE)
}

/// Returns the review of a file that the system doesn't let be read; it has no digest.
pub(super) fn inaccessible(name: &str, why: &str) -> Review {
    unread(name, String::new(), "workbook-unreadable", &format!("the file can't be opened: {why}"), INACCESSIBLE)
}

const UNREADABLE: &str = "Open the workbook, save it as a new xlsx file and send that; if it doesn't open, ask its sender for it again.";
const TOO_LARGE: &str = "Check that this is the right file; if it is, save it as a new xlsx file without what doesn't belong to the form.";
const INACCESSIBLE: &str = "See to it that the file may be read, then run again.";

fn unread(name: &str, sha256: String, rule: &str, why: &str, help: &str) -> Review {
    let finding = Finding {
        rule: RuleId::named(rule.to_owned()),
        severity: Severity::Error,
        place: Place::Workbook,
        subject: None,
        found: None,
        expected: None,
        message: why.to_owned(),
        help: help.to_owned(),
    };
    Review::unread(name, sha256, Status::Unreadable, vec![finding])
}
