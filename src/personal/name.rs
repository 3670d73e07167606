//! Names of people, told by their shape: in a column of references nothing else says what a text is.
//!
//! [`is_name`] knows names that are written as names are, whatever stands round them. [`References`] knows how the other references of a
//! column are written, and so tells names that might be codes anywhere else: in capitals, a first name alone, a surname with an initial,
//! or in letters that know no capitals.

use std::collections::BTreeSet;

use super::birth::Days;
use super::parts::{PARTICLES, TITLES, beside, has_figure, is_within_names, parts, words_of};
use super::scheme::{SYSTEM, Scheme, frequent};
use crate::wording::{near, plain};

/// What references and those whom they stand for are called; a name may follow.
const NOUNS: [&str; 14] = [
    "client",
    "code",
    "customer",
    "id",
    "learner",
    "number",
    "participant",
    "person",
    "pupil",
    "ref",
    "reference",
    "staff",
    "student",
    "trainee",
];
/// Words of which no name is made: small ones, and those that people write in place of a reference or over several, in English and Welsh.
const NO_NAMES: [&str; 67] = [
    "all",
    "anon",
    "anonymous",
    "any",
    "are",
    "as",
    "at",
    "average",
    "awaiting",
    "be",
    "blank",
    "blwyddyn",
    "by",
    "cancelled",
    "class",
    "closed",
    "cohort",
    "copy",
    "count",
    "cyfanswm",
    "dosbarth",
    "duplicate",
    "for",
    "from",
    "group",
    "grwp",
    "had",
    "has",
    "in",
    "is",
    "left",
    "missing",
    "new",
    "newydd",
    "no",
    "none",
    "not",
    "note",
    "notes",
    "of",
    "on",
    "or",
    "other",
    "part",
    "pending",
    "phase",
    "refused",
    "same",
    "section",
    "see",
    "site",
    "subtotal",
    "team",
    "temp",
    "temporary",
    "test",
    "the",
    "this",
    "to",
    "total",
    "totals",
    "unknown",
    "various",
    "void",
    "was",
    "withdrawn",
    "year",
];
/// The fewest letters of a word that is a name: fewer are initials, or a code.
const LEAST: usize = 3;
/// The same where a word of one case stands alone.
const LEAST_ALONE: usize = 4;

/// Whether a text is two to four words that begin with capitals and hold nothing but letters, hyphens and apostrophes: a name, its
/// parts in either order, with initials where a title, a comma or a stop shows that they are some.
pub(super) fn is_name(text: &str) -> bool {
    let is_turned = text.matches(',').count() == 1;
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_title = |word: &&str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let (titles, words): (Vec<&str>, Vec<&str>) = words.into_iter().partition(is_title);
    let is_initial = |word: &&str| {
        let letters: Vec<char> = word.chars().filter(|c| *c != '.').collect();
        let is_short = letters.len() == 1 && (is_turned || !titles.is_empty());
        letters.iter().all(|c| c.is_uppercase())
            && (is_short || (word.contains('.') && (1..=3).contains(&letters.len())))
    };
    let is_word = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && (is_turned || word.chars().any(char::is_lowercase))
            && word.chars().all(|c| c.is_alphabetic() || is_within_names(c) || c == '.')
    };
    let is_particle = |at: usize| at > 0 && PARTICLES.contains(&words[at]);
    let least = if titles.is_empty() { 2 } else { 1 };
    let own = (0..words.len()).filter(|at| !is_particle(*at)).map(|at| &words[at]);
    (least..=5).contains(&words.len())
        && (least..=4).contains(&own.clone().count())
        && own.clone().any(is_word)
        && own.into_iter().all(|word| is_word(word) || is_initial(word))
}

/// Whether a text is or has a name where one of a few choices, a day or a figure belongs: it has its shape, and no word of what can stand
/// there, of what the form prints, or that people write in place of an answer.
pub(super) fn is_name_astray(text: &str, own: &OwnWords) -> bool {
    let is_name = |text: &str| {
        let words: Vec<String> = parts(text).iter().map(|word| word.to_lowercase()).collect();
        let is_none = |word: &String| {
            NO_NAMES.contains(&word.as_str()) || near(word, own.about.iter().map(String::as_str)).is_some()
        };
        is_name(text) && !words.iter().any(is_none) && !words.iter().all(|word| own.printed.contains(word))
    };
    let is_any = |text: &str| is_name(text) || in_title_case(text).is_some_and(|title| is_name(&title));
    is_any(text) || has_name_beside(text, is_any)
}

/// Returns a text of several words that is all in capitals as names are written else.
fn in_title_case(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() < 2 || text.chars().any(char::is_lowercase) || has_figure(text) {
        return None;
    }
    let title = |word: &&str| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().collect();
        format!("{first}{}", letters.as_str().to_lowercase())
    };
    Some(words.iter().map(title).collect::<Vec<_>>().join(" "))
}

/// Whether no name has a word, in small letters.
pub(super) fn is_no_name(word: &str) -> bool {
    NO_NAMES.contains(&word)
}

/// Whether a name stands in a text beside a reference; `is_name` says what is one.
pub(super) fn has_name_beside(text: &str, is_name: impl Fn(&str) -> bool) -> bool {
    beside(text).is_some_and(|beside| is_name(&beside))
}

/// The words of the form itself, in small letters.
#[derive(Clone, Debug, Default)]
pub struct OwnWords {
    /// Those for what stands in the column: a name may stand beside them.
    pub about: BTreeSet<String>,
    /// All that it prints: words that are nothing else are no name.
    pub printed: BTreeSet<String>,
}

/// How the references of a column are written, by which a name among them is told.
#[derive(Clone, Debug, Default)]
pub struct References {
    own: OwnWords,
    /// The days that are no references here.
    days: Days,
    /// What many of them share.
    scheme: Scheme,
    /// The words of most entries, which are part of codes.
    often: BTreeSet<String>,
    /// The lengths of the words of codes that are letters alone.
    codes: BTreeSet<Vec<usize>>,
    /// How long codes are in which letters and figures stand in any order.
    mixed: BTreeSet<usize>,
}

impl References {
    /// Looks at what stands in a column, beside the form's own words.
    ///
    /// ```
    /// # use scrutineer::personal::References;
    /// let column = |entries: &[&str]| References::among(entries.iter().copied(), Default::default);
    /// assert!(column(&["C01", "C02", "AMINA HUSSAIN"]).has_name("AMINA HUSSAIN"));
    /// assert!(!column(&["ABC", "XYZ", "PQR"]).has_name("ABC"));
    /// ```
    pub fn among<'a>(entries: impl Iterator<Item = &'a str>, own: impl FnOnce() -> OwnWords) -> Self {
        let entries: BTreeSet<String> = entries.map(plain).filter(|entry| !entry.is_empty()).collect();
        let (figures, letters): (Vec<&str>, Vec<&str>) =
            entries.iter().map(String::as_str).partition(|entry| has_figure(entry));
        if letters.is_empty() && !figures.iter().any(|entry| entry.contains(char::is_alphabetic)) {
            return Self { days: Days::among(&entries), ..Self::default() };
        }
        // Where most have figures, letters alone are no system.
        let are_letters = figures.len() < letters.len();
        let may_be_code = |entry: &&&str| are_letters && is_of_one_case(entry) && !is_caseless(entry);
        let codes = letters.iter().filter(may_be_code).map(|entry| lengths(entry));
        let words = entries.iter().flat_map(|entry| words_of(entry));
        let often = frequent(words, SYSTEM.max(entries.len().div_ceil(2)));
        Self {
            own: own(),
            days: Days::among(&entries),
            scheme: Scheme::of(&entries),
            often,
            codes: frequent(codes, SYSTEM),
            mixed: mixed(&figures),
        }
    }

    /// Whether an entry is a person's name, or has one beside a reference.
    pub fn has_name(&self, entry: &str) -> bool {
        let entry = plain(entry);
        let may_name = |text: &str| lengths(text).len() > 1 && !self.scheme.remarks(text) && self.may_name(text);
        if has_figure(&entry) { has_name_beside(&entry, may_name) } else { self.may_name(&entry) }
    }

    /// Whether an entry is a day, which no reference is here.
    pub(super) fn has_day(&self, entry: &str) -> bool {
        self.days.has(entry)
    }

    /// Whether a text without figures is a name here.
    fn may_name(&self, text: &str) -> bool {
        let is_apart = |c: char| is_within_names(c) || matches!(c, ' ' | ',' | '.');
        let words = parts(text);
        let is_one_of = |word: &str, some: &[&str]| some.contains(&word.to_lowercase().as_str());
        if self.scheme.makes(text) {
            return false;
        }
        if is_name(text) || !text.chars().all(|c| c.is_alphabetic() || is_mark(c) || is_apart(c)) {
            return is_name(text);
        }
        if words.iter().all(|word| self.own.printed.contains(&word.to_lowercase())) {
            return false;
        }
        let is_own = |word: &str| is_one_of(word, &NOUNS) || self.own.about.contains(&word.to_lowercase());
        let rest: Vec<&str> = words.iter().copied().filter(|word| !is_own(word)).collect();
        if rest.len() < words.len() {
            let is_word = |word: &&str| is_title_case(word) && word.chars().count() >= LEAST;
            return !rest.is_empty() && rest.iter().all(|word| is_word(word) && !is_one_of(word, &NO_NAMES));
        }
        let is_none = |word: &&str| is_one_of(word, &NO_NAMES) || self.often.contains(&word.to_lowercase());
        !words.iter().any(is_none) && !self.is_code(text) && is_made_of_names(&words)
    }

    /// Whether a text has the shape of the codes here.
    fn is_code(&self, text: &str) -> bool {
        let lengths = lengths(text);
        let is_mixed = matches!(lengths[..], [length] if self.mixed.contains(&length));
        is_of_one_case(text) && (self.codes.contains(&lengths) || is_mixed || is_unspoken(text))
    }
}

/// Whether words are those of a name.
fn is_made_of_names(words: &[&str]) -> bool {
    let length = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count();
    match words {
        [] => false,
        _ if words.iter().any(|word| is_caseless(word)) => words.iter().map(length).sum::<usize>() > 1,
        [word] => length(word) >= if is_title_case(word) { LEAST } else { LEAST_ALONE },
        words => words.len() <= 4 && words.iter().any(|word| length(word) >= LEAST),
    }
}

/// Returns the lengths of which there are codes of one word with letters and figures in more than one order.
fn mixed(entries: &[&str]) -> BTreeSet<usize> {
    let codes = entries.iter().filter(|entry| entry.chars().all(char::is_alphanumeric));
    let orders: BTreeSet<Vec<bool>> = codes.map(|entry| entry.chars().map(char::is_numeric).collect()).collect();
    frequent(orders.iter().map(Vec::len), 2)
}

/// Whether a character is a mark on the letter before it.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{64b}'..='\u{65f}')
}

/// Returns how long the words of a text are.
fn lengths(text: &str) -> Vec<usize> {
    parts(text).iter().map(|word| word.chars().count()).collect()
}

/// Whether the letters of a text are all capitals, or all small.
fn is_of_one_case(text: &str) -> bool {
    !text.chars().any(char::is_lowercase) || !text.chars().any(char::is_uppercase)
}

/// Whether a word begins with a capital, and goes on in small letters.
fn is_title_case(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// Whether letters of the Latin alphabet are all consonants, of which no name is made: “w” is a vowel but at the beginning, as in “Twm”.
fn is_unspoken(text: &str) -> bool {
    let is_consonant = |(at, c): (usize, char)| match c.to_ascii_lowercase() {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' => false,
        'w' => at == 0,
        c => c.is_ascii_alphabetic(),
    };
    text.chars().enumerate().all(is_consonant)
}

/// Whether words are of letters that are neither capitals nor small.
fn is_caseless(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_where_a_choice_belongs_is_told_from_words_for_one() {
        let words = |text: &str| text.split(' ').map(str::to_lowercase).collect();
        let own = OwnWords {
            about: words("white asian irish self referral"),
            printed: words("referral job centre plus full time"),
        };
        for text in [
            "Kylie Brown",
            "Zephyrson, K",
            "Mr Quill",
            "Anna-Maria O'Neill",
            "24/007 (Kylie Brown)",
            "KYLIE BROWN",
            "MR K QUILL",
            "24/007 (KYLIE BROWN)",
        ] {
            assert!(is_name_astray(text, &own), "{text}");
        }
        for text in [
            "Full time",
            "Maybe",
            "Full Time",
            "White British",
            "Asain Other",
            "Not Known",
            "Job Centre Plus",
            "Self Refferal",
            "25",
        ] {
            assert!(!is_name_astray(text, &own), "{text}");
        }
    }

    /// Returns the entries of a column that are names.
    fn names<'a>(entries: &[&'a str], own: &[&str]) -> Vec<&'a str> {
        let words = || own.iter().map(|word| (*word).to_owned()).collect();
        let own = || OwnWords { about: ["client".to_owned()].into(), printed: words() };
        let references = References::among(entries.iter().copied(), own);
        entries.iter().copied().filter(|entry| references.has_name(entry)).collect()
    }

    /// Names as people write them where a reference belongs.
    const NAMES: [&str; 30] = [
        "AMINA HUSSAIN",
        "amina hussain",
        "Amina hussain",
        "Amina HUSSAIN",
        "A Hussain",
        "A HUSSAIN",
        "A J Hussain",
        "Hussain A",
        "Hussain, A.",
        "HUSSAIN, A",
        "Amina",
        "AMINA",
        "O'Neill",
        "SEÁN O’NEILL",
        "Siân ap Rhys",
        "LLŶR AB OWAIN",
        "Ŵan",
        "Nguyễn Thị Hoa",
        "NGUYEN THI HOA",
        "Ludwig van der Berg",
        "Амина Хусейн",
        "АМИНА",
        "Ελένη",
        "محمد علي",
        "أمينة",
        "李明",
        "김민수",
        "अमीना",
        "SMITH-JONES ANNA",
        "Client Amina",
    ];

    #[test]
    fn names_are_told_among_references_with_figures() {
        for name in NAMES {
            for codes in [["24/043", "24/044", "24/045"], ["C01", "C02", "C03"], ["Client 1", "Client 2", "Client 3"]] {
                let mut entries = codes.to_vec();
                entries.push(name);
                assert_eq!(names(&entries, &["client", "hussain"]), [name], "{codes:?}");
            }
        }
    }

    #[test]
    fn names_are_told_where_nothing_else_stands() {
        let all: Vec<&str> = NAMES.to_vec();
        assert_eq!(names(&all, &["client"]), all);
        for name in NAMES {
            assert_eq!(names(&[name], &["client"]), [name]);
        }
        assert_eq!(names(&["AMINA", "JOHN", "SIOBHAN", "PAUL"], &[]), ["AMINA", "JOHN", "SIOBHAN", "PAUL"]);
        assert_eq!(names(&["C01", "24/043 AMINA HUSSAIN", "C02 (amina hussain)"], &[]).len(), 2);
    }

    #[test]
    fn codes_of_letters_are_none() {
        for codes in [
            &["ABC", "XYZ", "PQR"][..],
            &["AH", "JSB", "PW", "LM"],
            &["ABCD", "EFGH", "JKLM"],
            &["BRDFD", "LEEDS", "WKFLD", "HLFAX"],
            &["AB CDE", "FG HJK", "LM NPQ"],
            &["abc", "xyz"],
            &["KX7QPA", "QPXKAB", "7QXPAB", "AXQ7PB"],
            &["Client A", "Client B", "Client C"],
            &["Depot A", "Depot B", "Depot 4"],
            &[
                "C01",
                "C02",
                "Client twelve",
                "Ref A",
                "none",
                "not known",
                "Withdrawn",
                "VOID",
                "see list",
                "N/A",
                "???",
            ],
            &["24/043", "24/044 A", "24/045 (new)", "A/B", "C-D"],
            &["24/043", "List of clients", "White", "See list"],
        ] {
            let told = names(codes, &["client", "clients", "twelve", "list", "white"]);
            assert_eq!(told, Vec::<&str>::new(), "{codes:?}");
        }
    }
}
