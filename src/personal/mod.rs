//! What tells who a person is, wherever it stands: it is never repeated outside the sender's own cells.
//!
//! [`masked`] takes it out of words that people read elsewhere: messages, remarks, rows around a finding. It knows what can be told
//! without knowing what a cell is for: National Insurance and NHS numbers, birth dates said to be some, e-mail addresses, telephone
//! numbers, names behind a label. [`kind_in`] says which of them a text has, so that whatever is masked can be told; [`kind_of`] says
//! more of a cell in which only a reference belongs, and by [`References`] which of a column's are names; [`headed`] what a heading asks for, and [`Datum`]
//! whether what stands there can be such.

mod birth;
mod datum;
mod heading;
mod labelled;
mod name;
mod parts;
mod scheme;

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::{Captures, Regex};

use crate::wording::plain;

pub use datum::Datum;
pub use heading::{Headed, Whose, headed};
pub use name::{OwnWords, References};
use name::{has_name_beside, is_name, is_name_astray};

/// What stands in the place of personal data.
pub const MASK: &str = "(personal)";

/// A number of so many digits has this many of them before the digit that checks them.
const NHS_DIGITS: usize = 9;

/// A kind of personal data that can be told anywhere.
struct Kind {
    name: &'static str,
    /// Whether it says how to reach somebody, which forms ask for.
    is_contact: bool,
    /// Whether a text has what all of the kind has: patterns are costly to prepare, and few texts can hold what they look for.
    sign: fn(&str) -> bool,
    pattern: LazyLock<Regex>,
    /// Whether what the pattern finds is really of the kind.
    holds: fn(&str) -> bool,
}

/// The kinds that can be told anywhere, each with what it looks like.
static KINDS: [Kind; 6] = [
    Kind {
        name: "an e-mail address",
        is_contact: true,
        sign: |text| text.contains('@'),
        pattern: LazyLock::new(|| sound(EMAIL)),
        holds: |_| true,
    },
    Kind {
        name: INSURANCE_NUMBER,
        is_contact: false,
        sign: |text| digits(text) >= 6 && ends_insured(text),
        pattern: LazyLock::new(|| sound(INSURANCE)),
        holds: |_| true,
    },
    Kind {
        name: INSURANCE_NUMBER,
        is_contact: false,
        sign: ends_insured_in_small,
        pattern: LazyLock::new(|| sound(INSURANCE_IN_SMALL)),
        holds: |_| true,
    },
    Kind {
        name: NHS_NUMBER,
        is_contact: false,
        sign: |text| digits(text) > NHS_DIGITS,
        pattern: LazyLock::new(|| sound(NHS)),
        holds: is_nhs_number,
    },
    Kind {
        name: TELEPHONE_NUMBER,
        is_contact: true,
        sign: |text| digits(text) >= 9 && text.contains(['0', '+']),
        pattern: LazyLock::new(|| sound(TELEPHONE)),
        holds: is_telephone,
    },
    Kind {
        name: BIRTH_DATE,
        is_contact: false,
        sign: says_birth,
        pattern: LazyLock::new(|| sound(BIRTH)),
        holds: |_| true,
    },
];

/// Returns how many digits, and other characters that count, are in a text.
fn digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}

/// Whether digits enough for a day stand in a text with a word of birth.
fn says_birth(text: &str) -> bool {
    digits(text) >= 3 && WORDS_OF_BIRTH.is_match(text)
}

/// Words of birth, looked for together: nearly every text is asked for them.
static WORDS_OF_BIRTH: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = ["dob", "d.o.", "d o b", "d. o.", "born", "birth", "geni", "ganwyd", "ganed"];
    let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(words);
    finder.expect("a few short words can be looked for")
});

/// Whether six of them stand between a small letter and one by which an insurance number ends.
fn ends_insured_in_small(text: &str) -> bool {
    let (mut before, mut digits, mut last) = ('\0', 0, '\0');
    text.chars().any(|c| {
        let is_one = digits == 6 && before.is_ascii_lowercase() && matches!(c, 'a'..='d');
        if !c.is_numeric() {
            digits = 0;
        } else if digits == 0 {
            (before, digits) = (last, 1);
        } else {
            digits += 1;
        }
        last = c;
        is_one
    })
}

/// Whether a letter by which an insurance number ends follows a digit, one sign or space at most between them.
fn ends_insured(text: &str) -> bool {
    let mut are_digits = [false; 2];
    text.chars().any(|c| {
        let follows = matches!(c, 'A'..='D') && are_digits.contains(&true);
        are_digits = [are_digits[1], c.is_numeric()];
        follows
    })
}

const INSURANCE_NUMBER: &str = "what looks like a National Insurance number";
const TELEPHONE_NUMBER: &str = "what looks like a telephone number";
const NHS_NUMBER: &str = "what looks like an NHS number";
const BIRTH_DATE: &str = "what looks like a birth date";
const NAME: &str = "what looks like a person's name";

const EMAIL: &str = r"[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+";
/// Letters that begin no such number are left out, since words of two letters stand before many numbers; but for those of examples.
const INSURANCE: &str =
    r"\b(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)[\s./-]?\d{2}[\s./-]?\d{2}[\s./-]?\d{2}[\s./-]?[A-D]\b";
const INSURANCE_IN_SMALL: &str = r"\b[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z]\d{6}[a-d]\b";
const NHS: &str = r"\b\d{3}[\s-]\d{3}[\s-]\d{4}\b|\b(?:NHS|nhs)[^\d\n]{0,12}\d{10}\b";
/// What stands before it is looked at, too: within a longer number nothing begins.
const TELEPHONE: &str =
    r"(?:^|[^\p{N}][.,/]|[^\p{L}\p{N}.,/+-])(?P<number>\+\d(?:[\s()-]*\d){8,14}|\(?0\d{2}(?:[\s()-]*\d){7,8})\b";

/// A day of some year, as people write it.
macro_rules! written_day {
    () => {
        concat!(
            r"(?:\d{1,2}(?:st|nd|rd|th)?[ ./-](?:of )?(?:\d{1,2}|[a-z]{3,9})[ ,./-]{1,2}(?:(?:19|20)\d{2}|\d{2})\b",
            r"|[12]\d{3}[./-]\d{1,2}[./-]\d{1,2}\b|\b[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}\b)"
        )
    };
}

/// A day with the words that make it a birth date, before or after it; where days stand on both sides of them, both.
const BIRTH: &str = concat!(
    r"(?i)\b(?:(?:dob|d\.o\.b|d o b|d\. o\. b)\b\.?|(?:date of )?birth(?:[ -]?da(?:te|y))?|born|(?:dyddiad )?geni|ganwyd|ganed)[^\d\n]{0,12}",
    written_day!(),
    r"|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}[ (,=]{1,3}(?:(?:dob|d\.o\.b)\b|(?:date of )?birth)(?:[^\d\n]{0,12}",
    written_day!(),
    r")?",
);

/// Kinds that only a cell tells in which a reference belongs: elsewhere, addresses and days are what is asked for.
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    let areas = "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|FK|FY|GL|GU|GY|G|\
        HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN|NP|NR|NW|N|OL|OX|PA|PE|PH|PL|PO|\
        PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|W|YO|ZE";
    sound(&format!(r"(?i)\b(?:{areas})\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{{2}}\b"))
});
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    sound(
        r"\b(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d{2}|(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b",
    )
});
/// A number of one length, as a spreadsheet leaves it that takes a telephone number for a number.
static MOBILE_WITHOUT_NOUGHT: LazyLock<Regex> = LazyLock::new(|| sound(r"^7[1-9]\d{8}$"));
/// A National Insurance number that is written as nobody else would.
static INSURANCE_ALONE: LazyLock<Regex> = LazyLock::new(|| sound(r"(?i)^[A-Z]{2}[\s./-]*(?:\d[\s./-]*){6}[A-D]$"));

/// Returns a pattern of this file.
fn sound(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are sound")
}

/// Returns a text without what tells who a person is.
///
/// ```
/// # use scrutineer::personal::masked;
/// assert_eq!(masked("ask j.smith@example.org or 01632 960 001"), "ask (personal) or (personal)");
/// assert_eq!(masked("charity 1173575, since 2024-25"), "charity 1173575, since 2024-25");
/// ```
pub fn masked(text: &str) -> Cow<'_, str> {
    let Some(within) = shown_otherwise(text) else { return Cow::Borrowed(text) };
    // What is written in letters that look alike isn't found at its place.
    if is_personal(&within) { Cow::Borrowed(MASK) } else { Cow::Owned(within) }
}

/// Returns a text with what can be found in it masked; `None` where there is nothing.
fn shown_otherwise(text: &str) -> Option<String> {
    if !may_be_personal(text) {
        return None;
    }
    let mut shown = text.to_owned();
    for kind in KINDS.iter().filter(|kind| (kind.sign)(text)) {
        let mask = |found: &Captures| {
            let datum = datum(found);
            if (kind.holds)(datum) { found[0].replace(datum, MASK) } else { found[0].to_owned() }
        };
        shown = kind.pattern.replace_all(&shown, mask).into_owned();
    }
    (shown != text || is_personal(text)).then_some(shown)
}

/// Returns what was found, without what was looked at before it.
fn datum<'a>(found: &'a Captures) -> &'a str {
    found.name("number").map_or(&found[0], |number| number.as_str())
}

/// Whether a text has what all personal data has: a sign of an address, several digits, or fewer and a word of birth, or a label.
fn may_be_personal(text: &str) -> bool {
    text.contains(['@', '\u{ff20}']) || digits(text) > 5 || says_birth(text) || labelled::has_label(text)
}

/// Whether something in a text tells who a person is.
fn is_personal(text: &str) -> bool {
    kind_in(text, Contacts::NotAsked).is_some()
}

/// Whether a place is there for saying how to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contacts {
    /// It is: e-mail addresses and telephone numbers belong there.
    Asked,
    /// It isn't.
    NotAsked,
}

/// Whether a text has what tells who a person is, and doesn't only say how to reach somebody: words around it may name them.
pub fn tells_of_a_person(text: &str) -> bool {
    kind_in(text, Contacts::Asked).is_some()
}

/// Says what personal data that can be told anywhere a text has; `None` where [`masked`] leaves it as it is, or what it has is asked for.
///
/// ```
/// # use scrutineer::personal::{Contacts, kind_in};
/// assert_eq!(kind_in("dob 12/03/1999", Contacts::Asked), Some("what looks like a birth date"));
/// assert_eq!(kind_in("ask j.smith@example.org", Contacts::Asked), None);
/// ```
pub fn kind_in(text: &str, contacts: Contacts) -> Option<&'static str> {
    if !may_be_personal(text) {
        return None;
    }
    // The ends of lines, which part labels from what stands before them, are no longer in a plain text.
    let named = || has_name_nobody_asks_for(text, contacts).then_some(NAME);
    kind_anywhere(&plain(text), contacts).or_else(named)
}

/// Says what personal data is anywhere in a plain text.
fn kind_anywhere(text: &str, contacts: Contacts) -> Option<&'static str> {
    if !may_be_personal(text) {
        return None;
    }
    let is_in =
        |kind: &&Kind| (kind.sign)(text) && kind.pattern.captures_iter(text).any(|found| (kind.holds)(datum(&found)));
    let mut kinds = KINDS.iter().filter(|kind| contacts == Contacts::NotAsked || !kind.is_contact);
    let named = || has_name_nobody_asks_for(text, contacts).then_some(NAME);
    kinds.find(is_in).map(|kind| kind.name).or_else(named)
}

/// Whether a person's name stands behind a label where nobody asks whom to reach.
fn has_name_nobody_asks_for(text: &str, contacts: Contacts) -> bool {
    contacts == Contacts::NotAsked && labelled::has_name_behind_label(text)
}

/// What belongs in a cell.
#[derive(Clone, Copy, Debug)]
pub enum Belongs<'a> {
    /// A fact.
    Fact,
    /// A reference, or an answer in which nobody is named.
    Nobody,
    /// One of the references of a column.
    Reference(&'a References),
}

/// Says what personal data stands in a cell; `None` where it is none. A person's name is told where it is all that stands there, and no
/// fact belongs there.
pub fn kind_of(text: &str, belongs: Belongs) -> Option<&'static str> {
    let text = plain(text);
    let text = text.as_str();
    // Patterns are costly to prepare, and few texts can hold what most of them look for.
    let has_digits = may_be_personal(text);
    if has_digits && text.starts_with(|c: char| c.is_ascii_alphabetic()) && INSURANCE_ALONE.is_match(text) {
        return Some(INSURANCE_NUMBER);
    }
    if let Some(kind) = kind_anywhere(text, Contacts::NotAsked) {
        return Some(kind);
    }
    let (has_name, is_day) = match belongs {
        Belongs::Fact => return None,
        Belongs::Nobody => (is_name(text) || has_name_beside(text, is_name), false),
        Belongs::Reference(references) => (references.has_name(text), references.has_day(text)),
    };
    match () {
        () if is_all_digits(text) && is_nhs_number(text) => Some(NHS_NUMBER),
        () if has_digits && text.starts_with('7') && MOBILE_WITHOUT_NOUGHT.is_match(text) => Some(TELEPHONE_NUMBER),
        () if text.contains(' ') && digits(text) > 1 && POSTCODE.is_match(text) => Some("what looks like a postcode"),
        () if is_day || has_digits && text.contains(['.', '/', '-']) && DAY.is_match(text) => Some(BIRTH_DATE),
        () if has_name => Some(NAME),
        () => None,
    }
}

/// Whether what can't be used where nobody writes words of their own tells who a person is: it has a name's shape, or what can be told
/// anywhere. `own` are the words of what belongs there, and those of the form.
pub fn is_astray(text: &str, own: &OwnWords) -> bool {
    let text = plain(text);
    kind_of(&text, Belongs::Fact).is_some() || is_name_astray(&text, own)
}

/// Whether a text is nothing but digits.
fn is_all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether digits, however they are grouped, are an NHS number: the last checks the others.
fn is_nhs_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((last, others)) = digits.split_last().filter(|(_, others)| others.len() == NHS_DIGITS) else {
        return false;
    };
    let sum: u32 = (2..=10).rev().zip(others).map(|(weight, digit)| weight * digit).sum();
    (11 - sum % 11) % 11 == *last && digits[0] != 0
}

/// Whether signs and digits are a telephone number: no area begins with two noughts, and no number has three signs in a row.
fn is_telephone(text: &str) -> bool {
    !text.trim_start_matches('(').starts_with("00") && !text.contains("---")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Personal data that is told anywhere, each of its kind.
    const ANYWHERE: [&str; 30] = [
        "AB123456C",
        "AB 12 34 56 C",
        "AB-12-34-56-C",
        "AB.12.34.56.C",
        "ab123456c",
        "QQ 12 34 56 C",
        "NHS no. 9434765919",
        "dob 12/03/1999",
        "DOB: 1/3/99",
        "D.O.B. 12.03.1999",
        "date of birth is 12 March 1999",
        "Birth-date 1999-03-12",
        "born on the 12th of March 1999",
        "Born March 12, 1999",
        "birthday: 12-Mar-1999",
        "dyddiad geni 12/03/1999",
        "ganwyd 12 Mawrth 1999",
        "12/03/1999 (DOB)",
        "12/03/99, date of birth",
        "a.b@example.org",
        "Anna.O'Neill+qa@sub.example.co.uk",
        "j\u{f6}rg@b\u{fc}cher.example",
        "943 476 5919",
        "943-476-5919",
        "01632 960 001",
        "(01632) 960001",
        "07700900123",
        "+44 7700 900123",
        "+44 (0)7700 900-123",
        "\u{ff21}\u{ff22}\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}\u{ff16}\u{ff23}",
    ];

    /// What is told only where a reference belongs.
    const WHERE_REFERENCES_BELONG: [&str; 32] = [
        "ab 12 34 56 d",
        "AB 1234 56 C",
        "AB\u{200b}123456C",
        "a.b\u{ad}@example.org",
        "9434765919",
        "7700900123",
        "LS1 4AP",
        "sw1a 2aa",
        "12/03/1985",
        "1985-03-12",
        "born 12.3.1985",
        "Anna Maria Smith-Jones",
        "Se\u{e1}n O\u{2019}Neill",
        "\u{202a}Anna\u{a0}Smith",
        "Smith, Anna",
        "SMITH, Anna",
        "Smith, A",
        "A. Smith",
        "J.R. Smith",
        "Mr Smith",
        "Ms A Smith",
        "Dr. Anna Smith",
        "Smith, Anna Maria",
        "SE-0033 (Anna Smith)",
        "SE-0033 Anna Smith",
        "SE 0033 - Anna Smith",
        "SE-0033/Anna Smith",
        "0033: Smith, Anna",
        "Client 12 (Anna Smith)",
        "Client 12 [Mr A Smith]",
        "Anna Smith (SE-0033)",
        "Llinos ap Gwilym, Aberystwyth SY23 3DD",
    ];

    #[test]
    fn personal_data_is_masked_wherever_it_stands() {
        for text in ANYWHERE {
            let beside =
                [("seen 12/01/2025 ", ""), ("", ", seen 12/01/2025"), ("2024-25, ", " (7 of 12)"), ("1.3.2024 ", "")];
            let plain = [("", ""), ("ask ", " for it"), ("(", ")"), ("“", "”"), ("Tel: ", "."), ("see:", ", please")];
            for around in plain.into_iter().chain(beside) {
                let whole = format!("{}{text}{}", around.0, around.1);
                let shown = masked(&whole);
                assert!(shown.contains(MASK) && !shown.contains(text), "{whole}: {shown}");
                assert!(kind_of(&whole, Belongs::Fact).is_some(), "{whole}");
                assert!(kind_in(&whole, Contacts::NotAsked).is_some(), "{whole}");
            }
        }
    }

    /// Returns texts that a pattern of ours finds, its boundaries and what stands before it left out.
    fn found_by(pattern: &'static str) -> impl Strategy<Value = String> {
        let bare = pattern.replace(r"\b", "").replace("?P<number>", "");
        let bare = bare.split_once("+-])(").map_or(bare.clone(), |(_, number)| format!("({number}"));
        proptest::string::string_regex(&bare).unwrap()
    }

    proptest! {
        #[test]
        fn what_a_pattern_finds_has_the_sign_of_its_kind(
            email in found_by(EMAIL),
            insurance in found_by(INSURANCE),
            small in found_by(INSURANCE_IN_SMALL),
            nhs in found_by(NHS),
            telephone in found_by(TELEPHONE),
            birth in found_by(BIRTH),
            around in "[a-zA-Z ]{0,8}",
        ) {
            for (kind, datum) in KINDS.iter().zip([email, insurance, small, nhs, telephone, birth]) {
                for text in [datum.clone(), format!("{around} {datum} {around}"), format!("({datum})")] {
                    prop_assert!(!kind.pattern.is_match(&text) || (kind.sign)(&text) && may_be_personal(&text), "{text}");
                }
                prop_assert!(kind.pattern.is_match(&datum) || datum.contains(|c: char| !c.is_ascii()), "{datum}");
            }
        }
    }

    #[test]
    fn no_pattern_is_prepared_for_what_evidence_usually_says() {
        for text in [
            "minutes of 12/03/2024 and 14/05/2024",
            "policy 2024-25, action plan 2025-26, survey of 134 staff",
            "see folder 7, sheets 12 to 19, of 2024",
            "charity 1173575",
        ] {
            let signs: Vec<&str> = KINDS.iter().filter(|kind| (kind.sign)(text)).map(|kind| kind.name).collect();
            assert!(signs.len() <= 2 && !signs.contains(&INSURANCE_NUMBER), "{text}: {signs:?}");
        }
    }

    #[test]
    fn what_isnt_personal_stays() {
        for text in [
            "24/043",
            "C013",
            "in 202425 a report",
            "AB123456",
            "charity 1173575, company 01234567",
            "10001234",
            "from 2024-01-01 to 2025-12-31",
            "01/02/2024 - 03/04/2025",
            "0.0123456789",
            "£1,234,567.89",
            "12 345 678 901",
            "ABC1234",
            "SC012345",
            "ULN 1234567890",
            "943 476 5918",
            "00001234567",
            "NHS 1234567890",
            "born in 1985",
            "12/03/1999",
            "births registered: 12",
            "airborne 12/03/2024",
            "the robot dobbin 12/03/2024",
            "",
        ] {
            assert_eq!(masked(text), text);
            assert_eq!(kind_in(text, Contacts::NotAsked), None, "{text}");
            assert_eq!(kind_of(text, Belongs::Fact), None, "{text}");
        }
    }

    #[test]
    fn personal_data_is_told_from_references() {
        for text in ANYWHERE.iter().chain(&WHERE_REFERENCES_BELONG) {
            assert!(kind_of(text, Belongs::Nobody).is_some(), "{text}");
        }
        for text in [
            "24/043",
            "C013",
            "CLIENT 12",
            "ABC1234",
            "Ref A",
            "AB123456",
            "client twelve",
            "24/03/12",
            "2024/25-012",
            "B123AB",
            "1234567890",
            "A, B",
            "SE-0033 (2024)",
            "SE-0033 (re-referral)",
            "SE-0033 A",
            "Work Choice 0033",
            "SE 0033 B",
            "",
        ] {
            assert_eq!(kind_of(text, Belongs::Nobody), None, "{text}");
        }
        assert_eq!(kind_of("Town Library", Belongs::Fact), None);
    }

    #[test]
    fn a_small_letter_six_digits_and_a_letter_of_the_end_stand_side_by_side() {
        for text in ["ab123456c", "x b123456d.", "1234567 q123456a"] {
            assert!(ends_insured_in_small(text), "{text}");
        }
        for text in ["ab1234567c", "A123456c", "123456c", "a123456e", "a12345c", "a123456 c", ""] {
            assert!(!ends_insured_in_small(text), "{text}");
        }
        for (text, expected) in
            [("1A", true), ("1 A", true), ("A1", false), ("1  A", false), ("1E", false), ("A", false)]
        {
            assert_eq!(ends_insured(text), expected, "{text}");
        }
    }

    /// Twice the letters take about twice the time, not four times.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "how the time grows is what is tested")]
    fn what_a_text_of_many_labels_takes_grows_with_its_length() {
        let text = "Ab: ".repeat(20_000);
        let begun = std::time::Instant::now();
        assert_eq!(kind_in(&text, Contacts::NotAsked), None);
        assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}
