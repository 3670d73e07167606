//! Who was expected, who came, and what counts.

use std::collections::{BTreeMap, BTreeSet};

use super::subject::Subject;
use crate::review::Status;
use crate::season::SeasonReturn;
use crate::season::awaited::Awaited;
use crate::season::rules::return_missing::files_by_name;

/// Who was expected and who came. Counts of organisations and returns aren't hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Returns that the roster expects; `None` without a roster, or where it says of nobody that it is expected on this framework.
    pub expected: Option<usize>,
    /// Of those, returns that count.
    pub came: usize,
    /// Returns that count and that the roster doesn't expect; nought where nobody is known to be expected.
    pub unexpected: usize,
    /// Organisations on the roster of which it can't be told on which of several frameworks they are expected.
    pub unplaced: usize,
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
    /// Organisations on the roster that sent nothing, as far as anything shows.
    pub organisations_missing: Vec<String>,
    /// Organisations on the roster that no return names, each with a file that is theirs by its name and doesn't say whose it is.
    pub organisations_unnamed: Vec<(String, String)>,
    /// Organisations with a return that counts.
    pub organisations: usize,
    /// Of the returns that count, those that stand for their organisation, or for a part of it where there is none about the whole.
    pub headline: usize,
    /// Of those, the ones that don't say whose they are.
    pub nameless: usize,
    /// How many of those each organisation has, the most first; one that doesn't say whose it is stands by itself.
    pub each: Vec<usize>,
    /// What the form is sent once for each of, in words; `None` where it is sent once.
    pub one_for_each: Option<String>,
}

impl Coverage {
    /// Whether each organisation stands in the figures with one return about the whole.
    pub fn is_of_wholes(&self) -> bool {
        self.headline - self.nameless == self.organisations
    }

    /// Says of what each return stands in the figures, where they aren't all about wholes.
    pub fn each_of(&self) -> String {
        let each = self.one_for_each.as_ref();
        each.map_or_else(
            || "one for each ¤organisation or part of one".to_owned(),
            |each| format!("one for each ¤organisation and {each}"),
        )
    }
}

/// Returns who was expected and who came.
pub(super) fn coverage(subject: &Subject) -> Coverage {
    let with = |status| subject.all().filter(|sent| sent.review.status == status).count();
    let organisations: BTreeSet<&str> = subject.counted().filter_map(|sent| sent.organisation.as_deref()).collect();
    let season = subject.season;
    let awaited = season.awaited(&subject.framework.id);
    let counted: Vec<&SeasonReturn> = subject.counted().collect();
    let is_unexpected = |sent: &&&SeasonReturn| !awaited.is_empty() && !awaited.iter().any(|one| one.expects(sent));
    let silent: Vec<&Awaited> = awaited.iter().filter(|one| !has_sent(subject, one)).collect();
    let unnamed = |one: &&Awaited| {
        let file = files_by_name(season, one.organisation).into_iter().next()?;
        Some((one.organisation.to_owned(), file.to_owned()))
    };
    let is_absent = |one: &&&Awaited| unnamed(one).is_none();
    Coverage {
        expected: (!awaited.is_empty()).then(|| awaited.iter().map(Awaited::returns).sum()),
        came: awaited.iter().map(|one| one.came(&counted)).sum(),
        unexpected: counted.iter().filter(is_unexpected).count(),
        unplaced: season.unplaced(),
        received: subject.all().count(),
        counted: counted.len(),
        complete: with(Status::Scored),
        provisional: with(Status::Provisional),
        duplicate: with(Status::Duplicate),
        superseded: with(Status::Superseded),
        organisations_missing: silent.iter().filter(is_absent).map(|one| one.organisation.to_owned()).collect(),
        organisations_unnamed: silent.iter().filter_map(unnamed).collect(),
        organisations: organisations.len(),
        headline: subject.headline().count(),
        nameless: subject.headline().filter(|sent| sent.organisation.is_none()).count(),
        each: each(subject.headline()),
        one_for_each: subject.framework.one_for_each_in_words(),
    }
}

/// Returns how many returns each organisation has, the most first; a return that names none is of one of its own.
pub(crate) fn each<'a>(returns: impl Iterator<Item = &'a SeasonReturn>) -> Vec<usize> {
    let mut each: BTreeMap<&str, usize> = BTreeMap::new();
    for sent in returns {
        *each.entry(sent.organisation.as_deref().unwrap_or(&sent.review.file)).or_default() += 1;
    }
    let mut each: Vec<usize> = each.into_values().collect();
    each.sort_unstable_by(|a, b| b.cmp(a));
    each
}

/// Whether an organisation sent a return on the framework, or one that can't be told to be on another.
fn has_sent(subject: &Subject, awaited: &Awaited) -> bool {
    let is_here = |sent: &&SeasonReturn| sent.review.framework.as_ref().is_none_or(|id| *id == subject.framework.id);
    subject.season.returns.iter().filter(is_here).any(|sent| awaited.is_of(sent))
}
