//! How returns are called: by their organisation, with the kind where it sent several; those that name none by their file, with
//! its folder where another has the same name.

use std::collections::BTreeMap;

use super::FrameworkSeason;
use crate::review::Review;
use crate::season::SeasonReturn;
use crate::words::file_title;

/// Returns the returns that count, each with how it is called.
pub(super) fn named<'a>(season: &FrameworkSeason<'a>) -> Vec<(String, &'a Review)> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for found in season.counted() {
        *times.entry(plain(found)).or_default() += 1;
    }
    let name = |found: &SeasonReturn| {
        let name = plain(found);
        if times.get(&name).is_some_and(|times| *times > 1) { told_apart(&name, found) } else { name }
    };
    season.counted().map(|found| (name(found), &found.review)).collect()
}

/// Returns whose a return is; what its file is called where it doesn't say.
pub(super) fn plain(found: &SeasonReturn) -> String {
    let organisation = found.organisation.as_ref().or(found.review.organisation.as_ref());
    organisation.cloned().unwrap_or_else(|| file_title(&found.review.file))
}

/// Returns a name that several returns have, with what tells this one apart.
fn told_apart(name: &str, found: &SeasonReturn) -> String {
    let review = &found.review;
    let is_named = found.organisation.is_some() || review.organisation.is_some();
    match (&review.kind, review.file.rsplit_once('/')) {
        (Some(kind), _) if is_named => format!("{name}, {}", kind.to_lowercase()),
        (_, Some((folder, _))) if !is_named => format!("{name} in {folder}"),
        (_, _) => name.to_owned(),
    }
}
