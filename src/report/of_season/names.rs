//! How returns are called: by their organisation, with the kind where it sent several; those that name none by their file.

use std::collections::BTreeMap;

use super::Season;
use crate::review::Review;
use crate::season::SeasonReturn;
use crate::words::file_title;

/// Whose each return is, by file.
pub(super) struct Names<'a>(BTreeMap<&'a str, String>);

impl<'a> Names<'a> {
    /// Names the returns that count.
    pub(super) fn of(season: &Season<'a>) -> Self {
        let own = |found: &&SeasonReturn| found.review.framework.as_ref() == Some(&season.statistics.framework);
        let counted: Vec<&SeasonReturn> = season.returns.iter().filter(|found| found.counts()).filter(own).collect();
        let mut names = by_organisation(&counted);
        let files = counted.iter().map(|found| found.review.file.as_str());
        let unnamed: Vec<&str> = files.filter(|file| !names.contains_key(file)).collect();
        names.extend(unnamed.iter().map(|file| (*file, by_file(file, &unnamed))));
        Self(names)
    }

    /// Returns whose a return is; what its file is called where it doesn't say.
    pub(super) fn name(&self, review: &Review) -> String {
        self.0.get(review.file.as_str()).cloned().unwrap_or_else(|| file_title(&review.file))
    }
}

/// Returns the names of the returns that say whose they are: the season's name, with the kind where there are several.
fn by_organisation<'a>(counted: &[&'a SeasonReturn]) -> BTreeMap<&'a str, String> {
    let whose = |found: &'a SeasonReturn| found.organisation.as_ref().or(found.review.organisation.as_ref());
    let mut times: BTreeMap<&String, usize> = BTreeMap::new();
    for name in counted.iter().filter_map(|found| whose(found)) {
        *times.entry(name).or_default() += 1;
    }
    let named = counted.iter().filter_map(|found| {
        let name = whose(found)?;
        let kind = found.review.kind.as_ref().filter(|_| times.get(name).is_some_and(|times| *times > 1));
        let shown = kind.map_or_else(|| name.clone(), |kind| format!("{name}, {}", kind.to_lowercase()));
        Some((found.review.file.as_str(), shown))
    });
    named.collect()
}

/// Returns what a file is called, with its folder where another has the same name.
fn by_file(file: &str, all: &[&str]) -> String {
    let title = file_title(file);
    match (all.iter().filter(|other| file_title(other) == title).count(), file.rsplit_once('/')) {
        (2.., Some((folder, _))) => format!("{title} in {folder}"),
        (_, _) => title,
    }
}
