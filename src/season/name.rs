//! Which names are spellings of one organisation.
//!
//! Names on the roster are organisations of their own, however alike. Another name belongs to the organisation whose name is
//! the same but for case, punctuation, "&", "the" or "Limited", or one slip of the keyboard in one long word; else it is a new
//! organisation. The roster's spelling stands for all; without one, the commonest.

use std::collections::BTreeMap;

use crate::wording::{Wording, is_slip, name_words};

/// The one name of each name that returns use.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Decides for all names that returns use, given in any order and as often as they are used.
    pub(super) fn new<'a>(listed: &[&str], used: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: Vec<Name> = listed.iter().map(|name| Name::of(name)).collect();
        let mut names = BTreeMap::new();
        for name in by_use(used) {
            let one = spelled_like(&known, &Name::of(name)).unwrap_or_else(|| {
                known.push(Name::of(name));
                name.to_owned()
            });
            names.insert(name.to_owned(), one);
        }
        Self(names)
    }

    /// Returns the one name for a name that a return uses.
    pub(super) fn one(&self, used: &str) -> Option<&str> {
        self.0.get(used).map(String::as_str)
    }
}

/// A name with the forms in which it is compared.
#[derive(Clone, Debug)]
struct Name {
    written: String,
    words: Vec<String>,
}

impl Name {
    fn of(written: &str) -> Self {
        let words = name_words(written).into_iter().filter(|word| word != "the");
        let words = words.map(|word| if word == "limited" { "ltd".to_owned() } else { word });
        Self { written: written.to_owned(), words: words.collect() }
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

/// Returns the names, each once, the most used first, then by the alphabet.
fn by_use<'a>(used: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in used {
        *times.entry(name).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = times.into_iter().collect();
    names.sort_by_key(|(name, times)| (std::cmp::Reverse(*times), *name));
    names.into_iter().map(|(name, _)| name).collect()
}

/// Returns the one known name of which this is a spelling; `None` where there is none, or several might be meant.
fn spelled_like(known: &[Name], name: &Name) -> Option<String> {
    let by = |alike: &dyn Fn(&Name) -> bool| -> Vec<&Name> { known.iter().filter(|one| alike(one)).collect() };
    let exact = known.iter().find(|one| one.written == name.written);
    let one = exact.or_else(|| match by(&|one| one.is(name))[..] {
        [] => match by(&|one| one.is_slip_of(name))[..] {
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

    #[test]
    fn spellings_of_one_name_are_one() {
        let cases = [
            ("The Housing Council", "The Housing Coucil", true),
            ("Ynys M\u{f4}n & District", "Ynys M\u{f4}n and District", true),
            ("Acme Disability Action", "ACME DISABILITY ACTION", true),
            ("Acme Works Ltd", "Acme Works Limited", true),
            ("Employ-Ability", "Employability", true),
            ("Housing Standards", "Housing Standrads", true),
            ("Real Jobs Bolton", "Real Jobs Boston", false),
            ("Acme District Council", "Acme City Council", false),
            ("Acme Work", "Acme Works", false),
            ("Team 12345", "Team 12346", false),
        ];
        for (listed, used, expected) in cases {
            let names = Names::new(&[listed], [used]);
            assert_eq!(names.one(used) == Some(listed), expected, "{listed} / {used}");
        }
    }

    #[test]
    fn two_listed_names_are_two_organisations() {
        let listed = ["Housing Council", "Housing Coucil"];
        let names = Names::new(&listed, listed);
        assert_eq!(names.one("Housing Coucil"), Some("Housing Coucil"));
    }

    #[test]
    fn without_a_roster_the_commonest_spelling_stands() {
        let names = Names::new(&[], ["ACME trust", "Acme Trust", "Acme Trust"]);
        assert_eq!(names.one("ACME trust"), Some("Acme Trust"));
    }
}
