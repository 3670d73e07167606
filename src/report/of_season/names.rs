//! How returns are called: by their organisation, with its part or else the kind where it sent several; those that name none by their file, with
//! its folder where another has the same name.

use std::collections::BTreeMap;

use super::FrameworkSeason;
use crate::review::Review;
use crate::season::SeasonReturn;
use crate::words::file_title;

/// Returns the returns that count, each with how it is called.
pub(super) fn named<'a>(season: &FrameworkSeason<'a>) -> Vec<(String, &'a Review)> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for sent in season.counted() {
        *times.entry(plain(sent)).or_default() += 1;
    }
    let name = |sent: &SeasonReturn| {
        let name = plain(sent);
        if times.get(&name).is_some_and(|times| *times > 1) { told_apart(&name, sent) } else { name }
    };
    season.counted().map(|sent| (name(sent), &sent.review)).collect()
}

/// Returns whose a return is; what its file is called where it doesn't say.
pub(super) fn plain(sent: &SeasonReturn) -> String {
    let organisation = sent.organisation.as_ref().or(sent.review.organisation.as_ref());
    organisation.cloned().unwrap_or_else(|| file_title(&sent.review.file))
}

/// Returns a name that several returns have, with what tells this one apart.
fn told_apart(name: &str, sent: &SeasonReturn) -> String {
    let review = &sent.review;
    let is_named = sent.organisation.is_some() || review.organisation.is_some();
    match (&sent.unit, &review.kind, review.file.rsplit_once('/')) {
        (Some(unit), ..) if is_named => format!("{name}, {unit}"),
        (None, Some(kind), _) if is_named => format!("{name}, {}", kind.to_lowercase()),
        (.., Some((folder, _))) if !is_named => format!("{name} in {folder}"),
        (..) => name.to_owned(),
    }
}
