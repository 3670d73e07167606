//! Reviews of files that couldn't be read at all, before or apart from the reader.

use crate::finding::{Finding, Place, Rule};
use crate::ooxml::Limit;
use crate::review::{Review, Status};
use crate::workbook::rule::{FILE_NOT_HERE, WORKBOOK_TOO_LARGE, WORKBOOK_UNREADABLE};

const UNREADABLE: &str = "Ask for another copy; if it opens in Excel, save it there as .xlsx and send that.";
const TOO_LARGE: &str =
    "Check that this is the right file; if it is, copy the answers into a fresh form and send that.";
const LINKED: &str = "the workbook itself isn't here: the file is a link to one elsewhere, which isn't followed";
const INSTEAD_OF_LINK: &str = "Put the workbook itself in the place of the link, and check again.";
const INACCESSIBLE: &str = "See to it that the file may be read, then run again.";

/// Returns the review of a file that can't be read.
pub(super) fn unreadable(name: &str, sha256: String, why: &str) -> Review {
    unread(name, sha256, &WORKBOOK_UNREADABLE, why, UNREADABLE)
}

/// Returns the review of a file that takes more than it may.
pub(super) fn too_large(name: &str, sha256: String, why: &str) -> Review {
    unread(name, sha256, &WORKBOOK_TOO_LARGE, why, TOO_LARGE)
}

/// Returns the review of a file that is larger than it may be, and of which only the digest was taken.
pub(super) fn beyond_limit(name: &str, sha256: String, size: u64, most: u64) -> Review {
    let why = Limit::File.beyond("the file", size, most);
    too_large(name, sha256, &why)
}

/// Returns the review of a file that the system doesn't let be read; it has no digest.
pub(super) fn inaccessible(name: &str, why: &str) -> Review {
    unread(name, String::new(), &WORKBOOK_UNREADABLE, &not_opened(why), INACCESSIBLE)
}

/// Returns the review of a link to a workbook, which isn't followed.
pub(super) fn linked(name: &str) -> Review {
    unread(name, String::new(), &FILE_NOT_HERE, LINKED, INSTEAD_OF_LINK)
}

/// Says that the system doesn't let a file be read.
pub(super) fn not_opened(why: &str) -> String {
    format!("the file can't be opened: {why}")
}

fn unread(name: &str, sha256: String, rule: &'static Rule, why: &str, help: &str) -> Review {
    let finding = Finding::new(rule, Place::Workbook, why).with_help(help);
    Review::unread(name, sha256, Status::Unreadable, vec![finding])
}
