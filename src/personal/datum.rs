//! What words over or beside a place ask for of people, and whether what stands there can be such.
//!
//! Headings alone don't tell: “Mobile” stands over telephone numbers or over “Yes”, “NI” over National Insurance numbers or over
//! “Belfast”. What is asked for by a heading may be written more loosely than [`kind_of`](super::kind_of) knows it anywhere.

use std::sync::LazyLock;

use regex::Regex;

use crate::wording::{NO, Wording, YES, plain};

use super::birth::is_day;
use super::name::is_no_name;
use super::parts::{PARTICLES, TITLES, is_person, is_within_names, parts};
use super::{digits, sound};

/// What tells who a person is, by what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datum {
    /// What somebody is called.
    Names,
    /// The first letters of what somebody is called.
    Initials,
    /// On which day somebody was born.
    BirthDates,
    /// A number of National Insurance.
    InsuranceNumbers,
    /// A number of the National Health Service.
    NhsNumbers,
    /// A telephone number.
    TelephoneNumbers,
    /// An e-mail address.
    EmailAddresses,
    /// Where somebody lives, or the postcode of it.
    Addresses,
}

impl Datum {
    /// Returns what it is called, in the plural.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Initials => "initials",
            Self::BirthDates => "birth dates",
            Self::InsuranceNumbers => "National Insurance numbers",
            Self::NhsNumbers => "NHS numbers",
            Self::TelephoneNumbers => "telephone numbers",
            Self::EmailAddresses => "e-mail addresses",
            Self::Addresses => "addresses",
        }
    }

    /// Whether a text can be one, where words ask for it.
    ///
    /// ```
    /// # use scrutineer::personal::Datum;
    /// assert!(Datum::TelephoneNumbers.can_be("7700900123"));
    /// assert!(!Datum::TelephoneNumbers.can_be("Week 2"));
    /// ```
    pub fn can_be(self, text: &str) -> bool {
        let text = plain(text);
        let text = text.trim();
        match self {
            Self::Names => may_be_called(text),
            Self::Initials => are_initials(text),
            Self::BirthDates => may_be_birth(text),
            Self::InsuranceNumbers => INSURANCE_PERHAPS.is_match(text),
            Self::NhsNumbers => digits(text) == 10 && !text.contains(char::is_alphabetic),
            Self::TelephoneNumbers => is_reached_at(text),
            Self::EmailAddresses => text.contains('@'),
            Self::Addresses => is_lived_at(text),
        }
    }
}

/// The most words of what somebody is called.
const MOST_WORDS: usize = 6;

/// Words that answer a question, or stand for a name that is kept back.
const ANSWERS: [&str; 16] = [
    "agreed",
    "anonymised",
    "attached",
    "available",
    "confidential",
    "held",
    "met",
    "provided",
    "recorded",
    "redacted",
    "removed",
    "required",
    "supplied",
    "unnamed",
    "verified",
    "withheld",
];

/// Whether somebody may be called so: a few words of letters, which begin with capitals or are all small, none of them an answer.
fn may_be_called(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, ' ' | ',' | '.' | '(' | ')' | '/' | '&' | '"') || is_within_names(c);
    let bare: String = text.chars().map(|c| if matches!(c, '(' | ')' | '/' | '&' | '"') { ' ' } else { c }).collect();
    let words = parts(&bare);
    let is_capital = |word: &&&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    let is_small = |word: &&&str| PARTICLES.contains(word);
    let own: Vec<&&str> = words.iter().filter(|word| !is_small(word)).collect();
    let capitals = own.iter().filter(|word| is_capital(word)).count();
    let is_any = text.chars().all(|c| c.is_alphabetic() || is_mark(c) || is_sign(c));
    is_any
        && (1..=MOST_WORDS).contains(&own.len())
        && (capitals == own.len() || capitals == 0 && own.len() < 4)
        && own.iter().any(|word| word.chars().count() > 1)
        && !is_answer(text)
        && own.iter().all(|word| !is_kept_back(word))
}

/// Whether a text answers by yes or no.
fn is_answer(text: &str) -> bool {
    let says = Wording::of(text);
    YES.iter().chain(&NO).chain(&["ie", "na", "oes", "nac oes"]).any(|answer| says.as_str() == *answer)
}

/// Whether a word is none of a name: an answer, or what references are called.
pub(super) fn is_kept_back(word: &str) -> bool {
    let word = word.to_lowercase();
    let is_title = TITLES.contains(&word.as_str());
    !is_title && (is_no_name(&word) || is_person(&word) || ANSWERS.contains(&word.as_str()) || is_answer(&word))
}

/// Whether a character is a mark on the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a text is two to four capitals, with or without stops.
fn are_initials(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=4).contains(&letters)
        && !is_answer(text)
        && text.chars().all(|c| c.is_uppercase() || matches!(c, '.' | ' ' | '-'))
        && !parts(text).into_iter().any(is_kept_back)
}

/// Whether a text is a day: by its signs, or as a spreadsheet counts days where nothing says that it is one.
fn may_be_birth(text: &str) -> bool {
    let first = text.split(['(', ';']).next().unwrap_or_default().trim();
    is_day(first) || BIRTH_SERIAL.is_match(text) || super::kind_in(text, super::Contacts::Asked).is_some()
}

/// The days from 1920 on, as a spreadsheet counts them.
static BIRTH_SERIAL: LazyLock<Regex> = LazyLock::new(|| sound(r"^(?:[789]\d{3}|[1-3]\d{4}|4[0-6]\d{3})$"));
/// A number of National Insurance as people mistype it: without the letter at its end, or with a figure too few or too many.
static INSURANCE_PERHAPS: LazyLock<Regex> =
    LazyLock::new(|| sound(r"(?i)^[A-Z][\s./-]*[A-Z]?[\s./-]*(?:\d[\s./-]*){5,7}[A-Z]?$"));

/// Whether a text is as many figures as telephone numbers have, and nothing else.
fn is_reached_at(text: &str) -> bool {
    let words = text.to_lowercase().replace("ext", "").replace("or", "").replace(['x'], "");
    (6..=32).contains(&digits(text))
        && words.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '-' | '.' | '/' | ',' | ';'))
        && text.starts_with(['0', '+', '(', '7', '1', '2', '3', '4', '5', '6', '8', '9'])
        && !is_day(text)
}

/// A postcode, as people write it where it is asked for.
static POSTCODE_ALONE: LazyLock<Regex> = LazyLock::new(|| sound(r"(?i)^[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}$"));
/// What an address begins with: the number or name of a house, and a word after it.
static NUMBERED_HOUSE: LazyLock<Regex> =
    LazyLock::new(|| sound(r"^(?i:flat |unit |apartment |apt )?\d{1,4}[a-zA-Z]?,? +(?:[\p{Lu}]|[Yy] |the )"));
/// What ways are called at the end of their names.
static WAY: LazyLock<Regex> = LazyLock::new(|| {
    sound(
        r"(?i)\p{L}+ (?:road|rd|street|st|lane|avenue|ave|close|drive|crescent|terrace|gardens|grove|mews|cottages?)\b|\b(?:heol|ffordd|stryd) \p{L}",
    )
});

/// Whether a text says where somebody lives.
fn is_lived_at(text: &str) -> bool {
    POSTCODE_ALONE.is_match(text)
        || super::POSTCODE.is_match(text)
        || NUMBERED_HOUSE.is_match(text)
        || WAY.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_where_something_is_asked_for_can_be_such_or_not() {
        use Datum::{
            Addresses, BirthDates, EmailAddresses, Initials, InsuranceNumbers, Names, NhsNumbers, TelephoneNumbers,
        };
        let such: [(Datum, &[&str]); 8] = [
            (
                Names,
                &[
                    "Jamie Rowe",
                    "JAMIE ROWE",
                    "jamie rowe",
                    "Jamie",
                    "Rowe, Jamie",
                    "Rowe, J.",
                    "Mrs J Rowe",
                    "Siân ap Rhys",
                    "Anna-Maria O\u{2019}Neill",
                    "William (Bill) Rowe",
                    "Mary Rowe / John Rowe",
                ],
            ),
            (Initials, &["JR", "J.R.", "J R", "JSR"]),
            (BirthDates, &["12/03/1985", "12.3.85", "12 March 1985", "1985-03-12", "31118", "12-Mar-85"]),
            (InsuranceNumbers, &["AB 12 34 56 C", "AB123456", "ab123456c", "AB 1234567 C"]),
            (NhsNumbers, &["943 476 5919", "9434765918"]),
            (TelephoneNumbers, &["07700 900123", "7700900123", "+44 7700 900123", "01632 960001 ext 2", "960001"]),
            (EmailAddresses, &["j.rowe@example.org", "j.rowe@example"]),
            (Addresses, &["LS1 4AP", "ls14ap", "12 Elm Road", "Flat 2, Rose Court", "Rose Cottage, Mill Lane"]),
        ];
        let none: [(Datum, &[&str]); 8] = [
            (
                Names,
                &[
                    "Yes",
                    "NO",
                    "See policy",
                    "C001",
                    "Client A",
                    "24/043",
                    "n/a",
                    "Redacted",
                    "Not held",
                    "Week 2",
                    "✓",
                    "ie",
                ],
            ),
            (Initials, &["Yes", "NO", "Jamie", "J", "12", "N/A"]),
            (BirthDates, &["16-18", "19-24", "Leeds", "1985", "17", "Yes", "3.5"]),
            (InsuranceNumbers, &["Belfast", "Yes", "Held", "12", "Northern Ireland", "AB12"]),
            (NhsNumbers, &["Yes", "Leeds Trust", "12", "1173575"]),
            (TelephoneNumbers, &["Yes", "No", "Week 2", "3", "12/03/2024", "Weekly", "1.5"]),
            (EmailAddresses, &["Yes", "Weekly", "12"]),
            (Addresses, &["See policy", "Yes", "Leeds", "3 of 7 seen", "Evidence folder 3", "LS1", "A1"]),
        ];
        for (datum, text) in such.iter().flat_map(|(datum, texts)| texts.iter().map(move |text| (datum, text))) {
            assert!(datum.can_be(text), "{datum:?}: {text}");
        }
        for (datum, text) in none.iter().flat_map(|(datum, texts)| texts.iter().map(move |text| (datum, text))) {
            assert!(!datum.can_be(text), "{datum:?}: {text}");
        }
    }
}
