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
    let named: Vec<(String, &SeasonReturn)> = season.counted().map(|sent| (name(sent), sent)).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in &named {
        *times.entry(name).or_default() += 1;
    }
    let is_one = |name: &str| times.get(name).is_none_or(|times| *times < 2);
    let of_part = |(name, sent): &(String, &'a SeasonReturn)| {
        let name = if is_one(name) { name.clone() } else { in_full(name, sent) };
        (name, &sent.review)
    };
    named.iter().map(of_part).collect()
}

/// Returns whose a return is; what its file is called where it doesn't say.
pub(super) fn plain(sent: &SeasonReturn) -> String {
    let organisation = sent.organisation.as_ref().or(sent.review.organisation.as_ref());
    organisation.cloned().unwrap_or_else(|| file_title(&sent.review.file))
}

/// Returns a name that several returns have even so, with what each is about where that tells them apart.
fn in_full(name: &str, sent: &SeasonReturn) -> String {
    let parts = [Some(plain(sent)), sent.part(), sent.review.kind.as_ref().map(|kind| kind.to_lowercase())];
    if sent.is_of_several { parts.into_iter().flatten().collect::<Vec<_>>().join(", ") } else { name.to_owned() }
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
