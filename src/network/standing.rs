//! Which of several returns counts.
//!
//! Of files with the same content one counts. Of returns of one organisation (or one part of it, where the form asks which),
//! framework and kind the one with the later data date counts, or the later date of assessment where the form has no data
//! date. Where dates don't tell, the first by its name counts, so that the organisation isn't counted twice, and a finding asks
//! which it should be. Files whose names say that they are versions of one return are taken for that, whichever part of the
//! organisation each names.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::SeasonReturn;
use crate::framework::{FieldRole, Framework};
use crate::review::{Review, Status};
use crate::wording::Wording;

/// Why one return doesn't count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Displaced {
    /// The file that doesn't count.
    pub file: String,
    /// The file that counts instead.
    pub by: String,
    /// Why.
    pub reason: Displacement,
}

/// Why a return gives way to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Displacement {
    /// The content is the same.
    SameContent,
    /// The other is later.
    Earlier,
    /// Both are of one organisation and kind, and nothing tells which is later.
    Undecided,
}

/// Decides which returns count, and sets the status of those that don't.
pub fn decide(returns: &mut [SeasonReturn], frameworks: &[Framework]) -> Vec<Displaced> {
    let mut displaced = same_content(returns);
    displaced.extend(same_kind(returns, frameworks, &displaced));
    displaced.sort_by(|a, b| a.file.cmp(&b.file));
    for found in returns.iter_mut() {
        if let Some(by) = displaced.iter().find(|displaced| displaced.file == found.review.file) {
            found.review.status = match by.reason {
                Displacement::SameContent | Displacement::Undecided => Status::Duplicate,
                Displacement::Earlier => Status::Superseded,
            };
        }
    }
    displaced
}

/// Orders files by how likely they are the original: copies have longer names.
fn by_name(file: &str) -> (usize, &str) {
    (file.chars().count(), file)
}

/// Finds files with the content of another.
fn same_content(returns: &[SeasonReturn]) -> Vec<Displaced> {
    let mut contents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for found in returns.iter().filter(|found| found.counts() && !found.review.sha256.is_empty()) {
        contents.entry(&found.review.sha256).or_default().push(&found.review.file);
    }
    let groups = contents.into_values().filter(|files| files.len() > 1);
    groups.flat_map(|files| displace(files, Displacement::SameContent)).collect()
}

/// Lets all but the first by name give way to it.
fn displace(mut files: Vec<&str>, reason: Displacement) -> Vec<Displaced> {
    files.sort_by_key(|file| by_name(file));
    let by = files[0].to_owned();
    files[1..].iter().map(|file| Displaced { file: (*file).to_owned(), by: by.clone(), reason }).collect()
}

/// Finds earlier returns of one organisation, framework and kind.
fn same_kind(returns: &[SeasonReturn], frameworks: &[Framework], gone: &[Displaced]) -> Vec<Displaced> {
    type Key<'a> = (&'a str, Option<Wording>, &'a str, Option<&'a str>);
    let mut kinds: BTreeMap<Key, Vec<&Review>> = BTreeMap::new();
    for found in returns.iter().filter(|found| found.counts()) {
        let review = &found.review;
        if gone.iter().all(|displaced| displaced.file != review.file)
            && let (Some(organisation), Some(framework)) = (&found.organisation, &review.framework)
        {
            let unit = found.unit.as_deref().map(Wording::of);
            kinds.entry((organisation, unit, framework, review.kind.as_deref())).or_default().push(review);
        }
    }
    let several = kinds.iter().filter(|(_, reviews)| reviews.len() > 1);
    let mut displaced: Vec<Displaced> =
        several.flat_map(|((_, _, framework, _), reviews)| latest(reviews.clone(), framework, frameworks)).collect();
    let mut units: BTreeMap<(&str, &str, Option<&str>), Vec<&Review>> = BTreeMap::new();
    for ((organisation, _, framework, kind), reviews) in kinds {
        units.entry((organisation, framework, kind)).or_default().extend(reviews);
    }
    for ((_, framework, _), reviews) in units {
        displaced.extend(versions(&reviews, framework, frameworks, &displaced));
    }
    displaced
}

/// Finds files of which another is a later version by its name, though they name different parts of the organisation.
fn versions(reviews: &[&Review], framework: &str, frameworks: &[Framework], gone: &[Displaced]) -> Vec<Displaced> {
    let left = |review: &&&Review| gone.iter().all(|displaced| displaced.file != review.file);
    let left: Vec<&Review> = reviews.iter().filter(left).copied().collect();
    let pairs = left.iter().flat_map(|version| left.iter().map(move |plain| (*version, *plain)));
    let named = pairs.filter(|(version, plain)| is_version_of(&version.file, &plain.file));
    named.flat_map(|(version, plain)| latest(vec![version, plain], framework, frameworks)).collect()
}

/// Whether a file's name is another's in the same folder, and then says which version it is: "Return - first version.xlsx".
fn is_version_of(file: &str, plain: &str) -> bool {
    let stem = |file: &str| file.rsplit_once('.').map_or_else(|| file.to_owned(), |(stem, _)| stem.to_owned());
    let (stem, plain) = (stem(file).to_lowercase(), stem(plain).to_lowercase());
    let Some(rest) = stem.strip_prefix(plain.as_str()).filter(|rest| !rest.contains('/')) else { return false };
    let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let numbered = |word: &str| word.strip_prefix('v').is_some_and(|number| number.parse::<u32>().is_ok());
    let marks = |word: &&str| VERSION_MARKS.contains(word) || numbered(word);
    let beside = |word: &&str| BESIDE_MARKS.contains(word) || word.parse::<u32>().is_ok();
    words.iter().any(marks) && words.iter().all(|word| marks(word) || beside(word))
}

/// Words that say which version of a file it is.
const VERSION_MARKS: [&str; 8] =
    ["draft", "earlier", "old", "original", "previous", "revised", "superseded", "version"];

/// Words that stand beside those.
const BESIDE_MARKS: [&str; 6] = ["final", "first", "last", "new", "second", "third"];

/// Decides between returns of one organisation or part of it, framework and kind.
fn latest(mut reviews: Vec<&Review>, framework: &str, frameworks: &[Framework]) -> Vec<Displaced> {
    let framework = frameworks.iter().find(|known| known.id == framework);
    let date = |review: &Review| framework.and_then(|framework| date_of(review, framework));
    if reviews.iter().any(|review| date(review).is_none()) {
        return displace(reviews.iter().map(|review| review.file.as_str()).collect(), Displacement::Undecided);
    }
    reviews.sort_by_key(|review| (Reverse(date(review)), by_name(&review.file)));
    let first = reviews[0];
    let rest = reviews[1..].iter().map(|review| Displaced {
        file: review.file.clone(),
        by: first.file.clone(),
        reason: if date(review) == date(first) { Displacement::Undecided } else { Displacement::Earlier },
    });
    rest.collect()
}

/// Returns the day by which a return is earlier or later than another.
pub fn date_of(review: &Review, framework: &Framework) -> Option<Date> {
    let roles = [FieldRole::DataDate, FieldRole::AssessmentDate];
    let mut given = roles.iter().filter_map(|role| review.fields.get(framework.field_for(*role)?.id.as_str()));
    given.find_map(|written| written.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Network, Surroundings, sample};

    #[test]
    fn a_name_tells_a_version_only_by_its_own_words() {
        let cases = [
            ("A/Return - first version.xlsx", "A/Return.xlsx", true),
            ("A/Return_v2.xlsx", "A/Return.xlsx", true),
            ("A/Return (old).xlsx", "A/Return.ods", true),
            ("A/Return (1).xlsx", "A/Return.xlsx", false),
            ("A/Return final.xlsx", "A/Return.xlsx", false),
            ("A/Return Public Health version.xlsx", "A/Return.xlsx", false),
            ("B/Return_v2.xlsx", "A/Return.xlsx", false),
            ("A/Return.xlsx", "A/Return.xlsx", false),
        ];
        for (file, plain, expected) in cases {
            assert_eq!(is_version_of(file, plain), expected, "{file} / {plain}");
        }
    }

    /// Returns what becomes of two returns of one organisation on these parts of it, the second with a later data date.
    fn of_parts(parts: [Option<&str>; 2]) -> [Status; 2] {
        let frameworks = [sample::of_units(sample::usual())];
        let mut reviews = parts.map(|_| sample::review(&frameworks[0], "Acme", "Self-assessment", &[Some(1); 12]));
        for (place, (review, part)) in reviews.iter_mut().zip(parts).enumerate() {
            review.file = format!("{place}.xlsx");
            review.sha256 = format!("digest {place}");
            review.fields.insert("data_date".to_owned(), format!("2026-03-3{place}"));
            review.fields.extend(part.map(|part| ("directorate".to_owned(), part.to_owned())));
        }
        let network = Network::new(&frameworks, Surroundings::default(), reviews.to_vec());
        [network.returns[0].review.status, network.returns[1].review.status]
    }

    #[test]
    fn each_part_of_an_organisation_has_a_return_of_its_own() {
        let (counts, gone) = (Status::Scored, Status::Superseded);
        let cases = [
            ([None, None], [gone, counts]),
            ([Some("Housing"), Some("housing ")], [gone, counts]),
            ([Some("Housing"), Some("Leisure")], [counts, counts]),
            ([None, Some("Leisure")], [counts, counts]),
        ];
        for (parts, expected) in cases {
            assert_eq!(of_parts(parts), expected, "{parts:?}");
        }
    }
}
