//! Who was expected, who came, and what counts.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::review::Status;

/// Who was expected and who came. Counts of organisations and returns aren't hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Returns that the roster expects; `None` without a roster, or where it can't be told for this framework.
    pub expected: Option<usize>,
    /// Files that came.
    pub received: usize,
    /// Returns that count.
    pub counted: usize,
    /// Of those, returns with all answers.
    pub complete: usize,
    /// Of those, returns whose outcome is an interval.
    pub provisional: usize,
    /// Files with the content of another, or no way to tell which counts.
    pub duplicate: usize,
    /// Files of which a later one counts.
    pub superseded: usize,
    /// Organisations on the roster that sent nothing.
    pub organisations_missing: Vec<String>,
    /// Organisations with a return that counts.
    pub organisations: usize,
}

/// Returns who was expected and who came.
pub(super) fn coverage(subject: &Subject) -> Coverage {
    let with = |status| subject.all().filter(|sent| sent.review.status == status).count();
    let organisations: BTreeSet<&str> = subject.counted().filter_map(|sent| sent.organisation.as_deref()).collect();
    let season = subject.season;
    let roster = season.roster.as_ref().filter(|_| season.frameworks_used().len() == 1);
    let expected = roster.map(|roster| roster.organisations.iter().map(|one| one.kinds.len().max(1)).sum());
    let silent = roster.iter().flat_map(|roster| &roster.organisations).map(|one| one.organisation.as_str());
    let has_sent = |name: &str| season.returns.iter().any(|sent| sent.organisation.as_deref() == Some(name));
    Coverage {
        expected,
        received: subject.all().count(),
        counted: subject.counted().count(),
        complete: with(Status::Scored),
        provisional: with(Status::Provisional),
        duplicate: with(Status::Duplicate),
        superseded: with(Status::Superseded),
        organisations_missing: silent.filter(|name| !has_sent(name)).map(ToOwned::to_owned).collect(),
        organisations: organisations.len(),
    }
}
