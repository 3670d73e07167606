//! How a column's references are made: what many of them share is part of a scheme, and no person's name.
//!
//! References that name houses or sites are written as names are (“Elm House”, “003 Boston Road”). Nothing in one of them tells
//! it from a person; that others have the same word, stand with the same remark or are joined as it is does.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{PARTICLES, TITLES, beside, has_figure, parts, words_of};

/// So many codes of one shape are a system, and so are so many with one word, if they are half of all.
pub(super) const SYSTEM: usize = 3;
/// So many with one word are a system though they are written as names, if they are three quarters of all: fewer are a family, or share a
/// surname that is common where they live.
const SYSTEM_OF_NAMES: usize = 5;
/// The fewest letters of a word that is no initial and no particle.
const LEAST: usize = 3;
/// What buildings, ways and parts of an organisation are called, in English and Welsh. Some are surnames, so that they are places only
/// where half of all have one.
const PLACES: [&str; 61] = [
    "academy",
    "annexe",
    "avenue",
    "block",
    "branch",
    "bridge",
    "building",
    "canolfan",
    "centre",
    "church",
    "clinic",
    "close",
    "college",
    "cottage",
    "cottages",
    "court",
    "crescent",
    "depot",
    "drive",
    "estate",
    "factory",
    "farm",
    "ffordd",
    "gardens",
    "garage",
    "grange",
    "green",
    "grove",
    "hall",
    "heol",
    "hill",
    "home",
    "hospital",
    "hostel",
    "hotel",
    "house",
    "hub",
    "kitchen",
    "lane",
    "library",
    "lodge",
    "manor",
    "mews",
    "mill",
    "nursery",
    "office",
    "park",
    "place",
    "road",
    "school",
    "shop",
    "site",
    "square",
    "station",
    "store",
    "street",
    "surgery",
    "terrace",
    "unit",
    "ward",
    "warehouse",
];

/// What many references of a column share.
#[derive(Clone, Debug, Default)]
pub(super) struct Scheme {
    /// The words of so many entries that they are none of a name, however they are written.
    words: BTreeSet<String>,
    /// What stands beside several codes, in small letters.
    remarks: BTreeSet<String>,
    /// Whether most entries of letters are two words joined by a hyphen.
    joins: bool,
}

impl Scheme {
    /// Looks at the entries of a column, each once.
    pub(super) fn of(entries: &BTreeSet<String>) -> Self {
        let most = SYSTEM_OF_NAMES.max((entries.len() * 3).div_ceil(4));
        let is_word =
            |word: &String| word.chars().count() >= LEAST && !is_one_of(word, &TITLES) && !is_one_of(word, &PARTICLES);
        let places = entries.iter().filter(|entry| words_of(entry).iter().any(|word| is_place(word))).count();
        let are_places = places >= SYSTEM.max(entries.len().div_ceil(2));
        let mut words = frequent(entries.iter().flat_map(|entry| words_of(entry)).filter(is_word), most);
        words.extend(PLACES.iter().filter(|_| are_places).map(|word| (*word).to_owned()));
        let remarks = entries.iter().filter(|entry| has_figure(entry)).filter_map(|entry| beside(entry));
        let letters = entries.iter().filter(|entry| !has_figure(entry));
        let (joined, others): (Vec<&String>, Vec<&String>) = letters.partition(|entry| is_joined(entry));
        Self {
            words,
            remarks: frequent(remarks.map(|remark| remark.to_lowercase()), SYSTEM),
            joins: joined.len() >= SYSTEM && joined.len() > others.len(),
        }
    }

    /// Whether a text without figures is made as others are.
    pub(super) fn makes(&self, text: &str) -> bool {
        (self.joins && is_joined(text)) || words_of(text).iter().any(|word| self.words.contains(word))
    }

    /// Whether what stands beside a code stands beside several, and neither title nor initial makes it a person: many are at one site.
    pub(super) fn remarks(&self, text: &str) -> bool {
        self.remarks.contains(&text.to_lowercase()) && !is_surely_a_person(text)
    }
}

/// Whether a title or an initial with its stop says that a text is a person's name.
fn is_surely_a_person(text: &str) -> bool {
    let is_initial = |word: &str| word.ends_with('.') && parts(word).iter().all(|word| word.chars().count() == 1);
    words_of(text).iter().any(|word| is_one_of(word, &TITLES)) || text.split([' ', ',']).any(is_initial)
}

/// Whether a text is two words joined by a hyphen, each with its capital.
fn is_joined(text: &str) -> bool {
    let is_word =
        |word: &str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    text.split_once('-').is_some_and(|(first, second)| is_word(first) && is_word(second))
}

/// Whether a word, in small letters, is what a place is called.
pub(super) fn is_place(word: &str) -> bool {
    is_one_of(word, &PLACES)
}

fn is_one_of(word: &str, some: &[&str]) -> bool {
    some.contains(&word)
}

/// Returns what occurs so often at least.
pub(super) fn frequent<T: Ord>(all: impl Iterator<Item = T>, least: usize) -> BTreeSet<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= least).map(|(one, _)| one).collect()
}

#[cfg(test)]
mod tests {
    use crate::personal::References;

    /// Returns the entries of a column that are names.
    fn names<'a>(entries: &[&'a str]) -> Vec<&'a str> {
        let references = References::among(entries.iter().copied(), Default::default);
        entries.iter().copied().filter(|entry| references.has_name(entry)).collect()
    }

    #[test]
    fn what_many_references_share_is_no_name() {
        for column in [
            &["Elm House", "Oak House", "Rose House", "Lily House"][..],
            &["Elm House", "Rose Lodge", "Mill Court", "Rhos Canolfan"],
            &["Team Falcon", "Team Heron", "Team Robin", "Team Martin", "Team Jay"],
            &["001 Elm House", "002 Elm House", "003 Elm House"],
            &["001 Milton Keynes", "002 Milton Keynes", "003 Milton Keynes", "004 Bury", "005 Bury", "006 Bury"],
            &["BH1 (Milton Keynes)", "BH2 (Milton Keynes)", "BH3 (Milton Keynes)", "BH4 (Boston)", "BH5 (Boston)"],
            &["Milton Keynes (1)", "Milton Keynes (2)", "Milton Keynes (3)"],
            &["Blue-Fox", "Red-Owl", "Zeta-Nine", "24/011", "24/012"],
            &["BKRTX", "ZXCVBN", "MNBGHJK", "PLKMNBVC", "24/1", "24/2", "24/3", "24/4", "24/5"],
        ] {
            assert_eq!(names(column), Vec::<&str>::new(), "{column:?}");
        }
    }

    #[test]
    fn what_people_share_leaves_them_names() {
        for column in [
            &["Amina Hussain", "Bilal Hussain", "Sana Hussain"][..],
            &["Mr Smith", "Mr Jones", "Mr Brown", "Mr Khan", "Mr Patel"],
            &["Manjit Kaur", "Harpreet Kaur", "Simran Kaur", "Jaswant Singh", "Gurdeep Singh", "Amrit Singh"],
            &["Siân ap Rhys", "Llŷr ap Owain", "Gwilym ap Iwan", "Rhodri ap Huw", "Emrys ap Dafydd"],
            &[
                "Jane Green",
                "Anna Green",
                "Tom Green",
                "Amina Hussain",
                "Sean Hill",
                "Paul Khan",
                "Ruth Moss",
                "Mo Ali",
                "Di Roe",
            ],
            &["1 (A. Smith)", "2 (A. Smith)", "3 (A. Smith)", "4 (Mr Khan)", "5 (Mr Khan)", "6 (Mr Khan)"],
            &["Anna-Marie", "Sean", "Paul", "Aoife"],
        ] {
            assert_eq!(names(column), column, "{column:?}");
        }
        let mixed = ["Elm House", "Oak House", "Rose House", "Lily House", "Amina Hussain", "005 Anna Smith"];
        assert_eq!(names(&mixed), ["Amina Hussain", "005 Anna Smith"]);
    }
}
