//! Which names are spellings of one organisation.
//!
//! Names on the roster are organisations of their own, however alike. Another name belongs to the organisation whose name is
//! the same but for case, punctuation, "&", "the" or "Limited". A name that one slip of the keyboard in one long word makes of
//! another is only taken for the same organisation where something says so: the file's name spells the other, or both give an
//! e-mail address that nobody else gives. Where the files' names, or the hosts of the addresses, tell them apart, or nothing tells, they
//! are two. The roster's spelling stands for all; without one, that which most files' names have, then the commonest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::review::Review;
use crate::wording::{Wording, is_slip, name_words};

/// The one name of each name that returns use.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Decides for all names that returns use, given in any order and as often as they are used.
    pub(super) fn new(listed: &[&str], used: impl IntoIterator<Item = UsedName>) -> Self {
        let used = by_use(used);
        let traces =
            |name: &str| used.iter().find(|one| one.written == name).cloned().unwrap_or_else(|| Name::of(name));
        let mut distinct: Vec<Name> = listed.iter().map(|name| traces(name)).collect();
        let mut names = BTreeMap::new();
        for name in &used {
            let one = spelled_like(&distinct, name, &used).unwrap_or_else(|| {
                distinct.push(name.clone());
                name.written.clone()
            });
            names.insert(name.written.clone(), one);
        }
        Self(names)
    }

    /// Returns the one name for a name that a return uses.
    pub(super) fn one(&self, used: &str) -> Option<&str> {
        self.0.get(used).map(String::as_str)
    }
}

/// A name as a return uses it, with what tells whose the return is besides.
#[derive(Clone, Debug, Default)]
pub(super) struct UsedName {
    written: String,
    file: Vec<String>,
    addresses: BTreeSet<String>,
}

impl UsedName {
    /// Returns the name that a return uses; `None` where it names nobody.
    pub(super) fn of(review: &Review) -> Option<Self> {
        let texts = review.fields.values().map(ToString::to_string);
        let addresses = texts.flat_map(|text| addresses(&text).collect::<Vec<_>>());
        let written = review.organisation.clone()?;
        Some(Self { written, file: words_of_file(&review.file), addresses: addresses.collect() })
    }

    /// Returns a name of which nothing else is known.
    pub(super) fn alone(name: &str) -> Self {
        Self { written: name.to_owned(), ..Self::default() }
    }
}

/// Returns the e-mail addresses in a text, folded.
fn addresses(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '<' | '>' | '(' | ')'));
    words.filter(|word| word.contains('@')).map(|word| word.trim_matches('.').to_lowercase())
}

/// Returns the words of a file's name and its folders'.
fn words_of_file(file: &str) -> Vec<String> {
    telling_words(&file.replace('.', " "))
}

/// Returns the words by which names are compared.
pub(super) fn telling_words(text: &str) -> Vec<String> {
    let words = name_words(text).into_iter().filter(|word| word != "the");
    words.map(|word| if word == "limited" { "ltd".to_owned() } else { word }).collect()
}

/// A name with the forms in which it is compared, and what the returns that use it say besides.
#[derive(Clone, Debug, Default)]
struct Name {
    written: String,
    words: Vec<String>,
    times: usize,
    files: Vec<Vec<String>>,
    addresses: BTreeSet<String>,
}

impl Name {
    fn of(written: &str) -> Self {
        Self { written: written.to_owned(), words: telling_words(written), ..Self::default() }
    }

    /// Whether two names are the same but for differences that mean nothing.
    fn is(&self, other: &Self) -> bool {
        self.words.concat() == other.words.concat()
    }

    /// Whether one slip of the keyboard makes one name of the other.
    fn is_slip_of(&self, other: &Self) -> bool {
        let differing: Vec<_> = self.words.iter().zip(&other.words).filter(|(a, b)| a != b).collect();
        self.words.len() == other.words.len() && matches!(differing[..], [(a, b)] if is_one_word(a, b))
    }
}

impl Name {
    /// Whether a file's name has this name in it.
    fn is_in(&self, file: &[String]) -> bool {
        !self.words.is_empty() && file.windows(self.words.len()).any(|words| words == self.words)
    }

    /// Whether something tells this organisation from the other: a file that has its own name, or that no address of one is kept
    /// where one of the other is.
    fn is_told_from(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.hosts(), other.hosts());
        self.files.iter().any(|file| self.is_in(file))
            || (!mine.is_empty() && !theirs.is_empty() && mine.is_disjoint(&theirs))
    }

    /// Whether something says that this is the other organisation: its files have that name, or both give an address that no
    /// other organisation gives.
    fn is_said_to_be(&self, other: &Self, used: &[Self]) -> bool {
        let is_own = |address: &String| {
            used.iter().all(|name| name.is(self) || name.is(other) || !name.addresses.contains(address))
        };
        let is_in_files = !self.files.is_empty() && self.files.iter().all(|file| other.is_in(file));
        is_in_files || self.addresses.intersection(&other.addresses).any(is_own)
    }

    /// Returns where the addresses are kept.
    fn hosts(&self) -> BTreeSet<&str> {
        self.addresses.iter().filter_map(|address| Some(address.split_once('@')?.1)).collect()
    }
}

/// Whether one slip makes one word of the other, rather than that they are two: a plural is another word, and in short words so
/// is one letter in place of another, unless two are swapped.
fn is_one_word(a: &str, b: &str) -> bool {
    let (a_letters, b_letters) = (a.chars().count(), b.chars().count());
    let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    let other_letter = a_letters == b_letters && a_letters < 8 && sorted(a) != sorted(b);
    is_slip(a, b) && !plural && !other_letter
}

/// Returns the letters of a word in order of the alphabet.
fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// Returns the names, each once: first those that most files have in their names, then the most used, then those that aren't all in
/// capitals, then by the alphabet.
fn by_use(used: impl IntoIterator<Item = UsedName>) -> Vec<Name> {
    let mut names: BTreeMap<String, Name> = BTreeMap::new();
    for UsedName { written, file, addresses } in used {
        let name = names.entry(written).or_insert_with_key(|written| Name::of(written));
        name.times += 1;
        name.addresses.extend(addresses);
        name.files.extend((!file.is_empty()).then_some(file));
    }
    let mut names: Vec<Name> = names.into_values().collect();
    names.sort_by_cached_key(|name| {
        let spelled = name.files.iter().filter(|file| name.is_in(file)).count();
        let is_shouted = !name.written.chars().any(char::is_lowercase);
        (Reverse(spelled), Reverse(name.times), is_shouted, name.written.clone())
    });
    names
}

/// Returns the one known name of which this is a spelling; `None` where there is none, or several might be meant.
fn spelled_like(distinct: &[Name], name: &Name, used: &[Name]) -> Option<String> {
    let is_slip = |one: &Name| one.is_slip_of(name) && !name.is_told_from(one) && name.is_said_to_be(one, used);
    let by = |alike: &dyn Fn(&Name) -> bool| -> Vec<&Name> { distinct.iter().filter(|one| alike(one)).collect() };
    let exact = distinct.iter().find(|one| one.written == name.written);
    let one = exact.or_else(|| match by(&|one| one.is(name))[..] {
        [] => match by(&is_slip)[..] {
            [one] => Some(one),
            _ => None,
        },
        [first, ..] => Some(first),
    });
    one.map(|one| one.written.clone())
}

/// Whether two spellings look the same to a reader: spaces, dashes and quotes aside, but not case.
pub(super) fn written_alike(a: &str, b: &str) -> bool {
    a == b || (Wording::of(a) == Wording::of(b) && a.to_lowercase() != b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a name with the file that uses it and the address that stands there.
    fn used(name: &str, file: &str, address: &str) -> UsedName {
        UsedName { written: name.to_owned(), file: words_of_file(file), addresses: addresses(address).collect() }
    }

    #[test]
    fn spellings_of_one_name_are_one() {
        let cases = [
            ("Ynys M\u{f4}n & District", "Ynys M\u{f4}n and District", true),
            ("Acme Disability Action", "ACME DISABILITY ACTION", true),
            ("Acme Works Ltd", "The Acme Works Limited", true),
            ("Employ-Ability", "Employability", true),
            ("St. Mary's Trust", "St Marys Trust", true),
            ("Real Jobs Bolton", "Real Jobs Boston", false),
            ("Acme District Council", "Acme City Council", false),
            ("Acme Work", "Acme Works", false),
            ("Team 12345", "Team 12346", false),
        ];
        for (listed, name, expected) in cases {
            let names = Names::new(&[listed], [UsedName::alone(name)]);
            assert_eq!(names.one(name) == Some(listed), expected, "{listed} / {name}");
        }
    }

    #[test]
    fn a_slip_is_one_organisation_only_where_something_says_so() {
        let (right, slip) = ("Housing Council", "Housing Coucil");
        let right_file = "Return of the Housing Council.xlsx";
        let cases = [
            ("nothing tells", "a.xlsx", "", "b.xlsx", "", false),
            ("the file has the other name", right_file, "", "Copy of Return, Housing Council.xlsx", "", true),
            ("the file has its own", right_file, "", "Housing Coucil.xlsx", "x@housing.org", false),
            ("the folder has the other name", right_file, "", "Housing Council/return.xlsx", "", true),
            ("one address", "a.xlsx", "x@housing.org", "b.xlsx", "X@Housing.org", true),
            ("one host and two people", "a.xlsx", "x@housing.org", "b.xlsx", "y@housing.org", false),
            ("two hosts", right_file, "x@housing.org", "Housing Council.xlsx", "x@coucil.org", false),
            ("the assessor's address", "a.xlsx", "x@assessors.org", "b.xlsx", "x@assessors.org", false),
        ];
        for (what, file, address, slip_file, slip_address, expected) in cases {
            for listed in [&[][..], &[right][..]] {
                let assessed_too = used("Acme Trust", "c.xlsx", "x@assessors.org");
                let all = [used(right, file, address), used(slip, slip_file, slip_address), assessed_too];
                let names = Names::new(listed, all);
                assert_eq!(names.one(right) == names.one(slip), expected, "{what}, {listed:?}");
                assert!(listed.is_empty() || names.one(right) == Some(right), "{what}");
            }
        }
    }

    #[test]
    fn every_letter_of_a_long_word_may_tell_two_organisations_apart() {
        let name = "Kensington Skills Trust";
        for at in 0.."Kensington".len() {
            for letter in 'a'..='z' {
                let other = format!("{}{letter}{}", &name[..at], &name[at + 1..]);
                let both = [used(name, "a.xlsx", "a@one.org"), used(&other, "b.xlsx", "a@other.org")];
                let names = Names::new(&[], both);
                let is_same = Wording::of(&other) == Wording::of(name);
                assert_eq!(names.one(&other) == names.one(name), is_same, "{other}");
            }
        }
    }

    #[test]
    fn two_listed_names_are_two_organisations() {
        let listed = ["Housing Council", "Housing Coucil"];
        let files = listed.map(|name| used(name, "Housing Council.xlsx", "x@housing.org"));
        let names = Names::new(&listed, files);
        assert_eq!(names.one("Housing Coucil"), Some("Housing Coucil"));
    }

    #[test]
    fn without_a_roster_the_commonest_spelling_stands() {
        let names = Names::new(&[], ["ACME trust", "Acme Trust", "Acme Trust"].map(UsedName::alone));
        assert_eq!(names.one("ACME trust"), Some("Acme Trust"));
    }
}
