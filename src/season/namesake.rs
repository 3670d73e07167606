//! Which names are so alike that they may be one organisation's, where nothing says so: a reader is asked.
//!
//! They are compared without what people write or leave out as they like: accents, spaces, marks, legal forms, "and", "St" for "Saint",
//! plurals; letters of other alphabets count as those of ours that they look like. One letter more, less or other in a word of four and more
//! may be a slip. Numbers, Roman ones among them, and single letters tell organisations apart.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

use crate::wording::{name_words, telling_words};

/// In shorter words another letter makes another word.
const LONG_WORD: usize = 4;
/// Letters from here on, those of Vietnamese and Welsh aside, are of other alphabets than ours.
const OTHER_ALPHABETS: char = '\u{370}';
const LATIN_WITH_MARKS: std::ops::RangeInclusive<char> = '\u{1e00}'..='\u{1eff}';
/// Words that are written short or in full as people like.
const SHORT: [(&str, &str); 4] = [("saint", "st"), ("street", "st"), ("mount", "mt"), ("company", "co")];

/// Returns the pairs of names that may be one organisation's, in their order.
pub(super) fn alike<'a>(names: &[&'a str]) -> BTreeSet<(&'a str, &'a str)> {
    let folded: Vec<Vec<Word>> = names.iter().map(|name| words(name)).collect();
    let whole: Vec<String> = folded.iter().map(|words| together(words)).collect();
    let is_alike = |(one, other): &(usize, usize)| strsim::osa_distance(&whole[*one], &whole[*other]) <= 1;
    candidates(&folded).into_iter().filter(is_alike).map(|(one, other)| (names[one], names[other])).collect()
}

/// Whether two names may be one organisation's.
pub fn are_alike(one: &str, other: &str) -> bool {
    !alike(&[one, other]).is_empty()
}

/// Returns the letter of another alphabet that a name has in the place of one of ours, and which that is.
pub(super) fn letter_of_another_alphabet(name: &str) -> Option<(char, String)> {
    let is_other = |c: &char| *c >= OTHER_ALPHABETS && !LATIN_WITH_MARKS.contains(c) && c.is_alphabetic();
    let alike = name.chars().filter(is_other).map(|c| (c, seen(c)));
    alike.into_iter().find(|(_, like)| !like.is_empty() && like.chars().all(|c| c.is_ascii_alphabetic()))
}

/// A word of a name.
enum Word {
    /// A number or a single letter, by which organisations are told apart.
    Number(String),
    /// Any other.
    Letters(String),
}

impl Word {
    fn of(word: &str) -> Self {
        let is_number = word.chars().any(char::is_numeric) || word.chars().nth(1).is_none() || is_roman(word);
        if is_number { Self::Number(word.to_owned()) } else { Self::Letters(short(&singular(word)).to_owned()) }
    }
}

/// Returns the words by which a name is compared.
fn words(name: &str) -> Vec<Word> {
    let seen: String = name.chars().map(seen).collect();
    let all = name_words(&seen);
    let telling = telling_words(&all);
    let words = if telling.is_empty() { all.iter().map(String::as_str).collect() } else { telling };
    words.into_iter().map(Word::of).collect()
}

/// Returns the letters of ours that a character looks like, without accents; itself where it is no letter or looks like none.
fn seen(c: char) -> String {
    let without_marks =
        |parts: &mut dyn Iterator<Item = char>| parts.filter(|part| !is_combining_mark(*part)).collect::<String>();
    let base =
        if c.is_ascii() || c.is_numeric() { c.to_string() } else { without_marks(&mut std::iter::once(c).nfkd()) };
    if base.is_ascii() || c.is_numeric() {
        return base;
    }
    let like = without_marks(&mut skeleton(&base));
    // Our capital I and small l are taken for one, by the latter.
    if like == "l" && c.is_uppercase() { "I".to_owned() } else { like }
}

/// Returns the singular of a word in the plural, where more than its last letter changes.
fn singular(word: &str) -> String {
    let before = |ending: &str| word.strip_suffix(ending).filter(|before| before.len() > 2);
    match (before("ies"), before("es")) {
        (Some(body), _) => format!("{body}y"),
        (None, Some(body)) if ["ss", "x", "ch", "sh"].iter().any(|last| body.ends_with(last)) => body.to_owned(),
        (None, Some(_) | None) => word.to_owned(),
    }
}

/// Returns a word as it is written in short.
fn short(word: &str) -> &str {
    SHORT.iter().find(|(full, _)| *full == word).map_or(word, |(_, short)| *short)
}

/// Whether a word is a Roman number.
fn is_roman(word: &str) -> bool {
    let places = [["m", "", ""], ["c", "d", "m"], ["x", "l", "c"], ["i", "v", "x"]];
    let mut rest = word;
    for [one, five, ten] in places {
        let shapes = [format!("{one}{ten}"), format!("{one}{five}")];
        let pair = shapes.iter().filter(|_| !ten.is_empty()).find_map(|shape| rest.strip_prefix(shape.as_str()));
        rest = pair.unwrap_or_else(|| {
            let after = rest.strip_prefix(five).unwrap_or(rest);
            (0..3).fold(after, |left, _| left.strip_prefix(one).unwrap_or(left))
        });
    }
    rest.is_empty()
}

/// Returns words as one text: letters without spaces, since words are parted as people like, numbers each apart.
fn together(words: &[Word]) -> String {
    let part = |word: &Word| match word {
        Word::Number(number) => format!(" {number} "),
        Word::Letters(letters) => letters.clone(),
    };
    words.iter().map(part).collect()
}

/// Returns the pairs of names that may be one slip apart, each once, by their places: those that are the same when one or both lose a
/// letter, so that not each is compared with each.
fn candidates(names: &[Vec<Word>]) -> BTreeSet<(usize, usize)> {
    let mut places: Vec<(String, usize)> =
        names.iter().zip(0..).flat_map(|(words, at)| texts(words).map(move |text| (text, at))).collect();
    places.sort_unstable();
    places.dedup();
    let same = places.chunk_by(|(one, _), (other, _)| one == other);
    let pairs = same.flat_map(|same| {
        let later = move |at: usize| same[at + 1..].iter();
        same.iter().enumerate().flat_map(move |(at, (_, one))| later(at).map(move |(_, other)| (*one, *other)))
    });
    pairs.collect()
}

/// Returns the text of a name, and those that it has when a long word loses a letter.
fn texts(words: &[Word]) -> impl Iterator<Item = String> {
    let starts = words.iter().scan(0, |end, word| {
        let start = *end;
        *end += match word {
            Word::Number(number) => number.len() + 2,
            Word::Letters(letters) => letters.len(),
        };
        Some((start, word))
    });
    let long = starts.filter_map(|(start, word)| match word {
        Word::Letters(letters) if letters.chars().count() >= LONG_WORD => Some((start, letters)),
        Word::Letters(_) | Word::Number(_) => None,
    });
    let letters =
        long.flat_map(|(start, letters)| letters.char_indices().map(move |(at, letter)| (start + at, letter)));
    let whole = together(words);
    let shorter: Vec<String> =
        letters.map(|(at, letter)| format!("{}{}", &whole[..at], &whole[at + letter.len_utf8()..])).collect();
    std::iter::once(whole).chain(shorter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_asked(one: &str, other: &str) -> bool {
        !alike(&[one, other]).is_empty()
    }

    #[test]
    fn names_that_people_write_otherwise_are_asked() {
        for (one, other) in [
            ("Kensington Skills Trust", "Kennington Skills Trust"),
            ("Ashford Council", "Ashfords Council"),
            ("Hull Training", "Hull Trainnig"),
            ("Hull Training", "Hul Training"),
            ("Bath College", "Both College"),
            ("Leeds Trust", "Leeds Trusts"),
            ("Northam Library", "Northam Libraries"),
            ("Northam Business School", "Northam Businesses School"),
            ("Northam Church", "Northam Churches"),
            ("Ynys M\u{f4}n Council", "Ynys Mon Council"),
            ("T\u{177} Hafan", "Ty Hafan"),
            ("\u{141}\u{f3}d\u{17a} Caf\u{e9}", "Lodz Cafe"),
            ("St Mary College", "St. Mary\u{2019}s College"),
            ("Saint Mary College", "St Mary College"),
            ("High St College", "High Street College"),
            ("Kensington Skills Trust", "Kensington Skills Trust Ltd"),
            ("Retail Council plc", "Retail Council Ltd"),
            ("Retail Council C.I.C.", "Retail Council Community Interest Company"),
            ("Retail Council LLP", "Retail Council Limited Liability Partnership"),
            ("Retail Company Ltd", "Retail Co. Ltd"),
            ("Bridge Water College plc", "Bridgewater College"),
            ("Water and Waste", "Water + Waste"),
            ("Water & Waste", "Water Waste"),
            ("W\u{430}ter Council", "Water Council"),
            ("\u{412}\u{410}TH \u{421}OLLEGE", "Bath College"),
            ("\u{406}slington Council", "Islington Council"),
            ("B\u{3bf}lton Council", "Bolton Council"),
            ("Region 1 College", "Region 1 Colege"),
        ] {
            assert!(is_asked(one, other) && is_asked(other, one), "{one} / {other}");
        }
    }

    #[test]
    fn names_that_tell_organisations_apart_are_not() {
        for (one, other) in [
            ("Council A", "Council B"),
            ("Region 1 College", "Region 2 College"),
            ("Team 1 23", "Team 12 3"),
            ("Area III Council", "Area VIII Council"),
            ("Area II Council", "Area III Council"),
            ("Region XIII", "Region VIII"),
            ("School \u{661}", "School \u{662}"),
            ("School \u{2460}", "School \u{2461}"),
            ("Retail Council 2024", "Retail Council 2025"),
            ("Retail Council (North)", "Retail Council (South)"),
            ("Eastern College", "Western College"),
            ("ABC Training", "ABD Training"),
            ("Acme District Council", "Acme City Council"),
            ("Leeds Trust", "Leeds Company"),
            ("Leeds Trust", "Leeds"),
            ("Retail Council One", "Retail Council Two"),
            ("The Ltd", "The plc"),
        ] {
            assert!(!is_asked(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn every_letter_of_another_alphabet_that_looks_like_one_of_ours_is_seen_as_it() {
        let letters = ('a'..='z').chain('A'..='Z').filter(|letter| !matches!(letter, 'm' | 'I'));
        let named = |letter: char, seen: &str| format!("Bridge{letter}ater {seen}");
        let mut many = 0;
        for letter in letters {
            let like = |c: &char| *c >= OTHER_ALPHABETS && c.is_alphabetic() && seen(*c) == letter.to_string();
            for other in (OTHER_ALPHABETS..='\u{10ff}').filter(like) {
                many += 1;
                assert!(is_asked(&named(letter, "College"), &named(other, "College")), "{letter} / {other}");
                let told = letter_of_another_alphabet(&named(other, "College"));
                assert_eq!(told, Some((other, letter.to_string())));
            }
        }
        assert!(many > 60, "{many}");
        assert_eq!(letter_of_another_alphabet("Ynys M\u{f4}n \u{2013} T\u{1ef3}"), None);
    }

    #[test]
    fn roman_numbers_are_known_and_words_are_none() {
        for number in ["i", "iii", "iv", "viii", "ix", "xiv", "xl", "xc", "cd", "mcmxcix", "mmxxvi"] {
            assert!(is_roman(number), "{number}");
        }
        for word in ["mill", "civil", "vivid", "mild", "iiii", "ill", "dill"] {
            assert!(!is_roman(word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn names_of_different_numbers_are_never_asked(
            before in "[A-Z][a-z]{2,9}",
            after in "( [A-Z][a-z]{3,9})?",
            (one, other) in (0_u32..2_000, 0_u32..2_000).prop_filter("they differ", |(one, other)| one != other),
            shape in 0_usize..4,
        ) {
            let named = |number: u32| match shape {
                0 => format!("{before} {number}{after}"),
                1 => format!("{before}{number}{after}"),
                2 => format!("{before} ({number}){after}"),
                _ => format!("{before} {}{after}", char::from(b'A' + u8::try_from(number % 26).unwrap())),
            };
            prop_assert!(shape == 3 && one % 26 == other % 26 || !is_asked(&named(one), &named(other)));
        }
    }

    #[test]
    fn of_ten_thousand_names_few_are_compared() {
        let places = ["Ash", "Bolton", "Kensington", "Hull", "Leeds"];
        let kinds = ["City Council", "Skills Partnership Ltd", "College", "and District Libraries"];
        let number =
            |at: usize| if at.is_multiple_of(2) { at.to_string() } else { format!("{}{}", word(at), word(at / 7)) };
        let name = |at: usize| format!("{} {} {}", number(at), places[at % 5], kinds[at % 4]);
        let names: Vec<Vec<Word>> = (0..10_000).map(|at| words(&name(at))).collect();
        let pairs = candidates(&names).len();
        assert!(pairs < 10 * names.len(), "{pairs}");
    }

    /// Returns a word that a number spells.
    fn word(number: usize) -> String {
        let letter = |digit: char| char::from(b'a' + u8::try_from(digit.to_digit(10).unwrap()).unwrap() * 2);
        number.to_string().chars().map(letter).collect()
    }
}
