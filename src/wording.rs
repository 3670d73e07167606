//! One way to compare what people type with what we expect.
//!
//! Two texts say the same [`Wording`] when they differ only in case, accents' encoding, width, kinds of spaces, dashes and
//! quotes, or in a colon or stop at the end. [`Wording::likeness`] says how near two wordings are that aren't the same.
//!
//! What can't be seen counts as nothing: [`visible`] takes it out of the texts of a workbook where they are read, and all else
//! that people type passes through [`Wording`] or [`plain`].

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A text as it is compared: folded case, plain spaces, dashes and quotes, no colon at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wording(String);

/// What people write in place of words or a contact that are still to come, as [`Wording`] folds it.
pub(crate) const PUT_OFF: [&str; 15] = [
    "tbc",
    "tba",
    "tbd",
    "to be confirmed",
    "to be advised",
    "to be decided",
    "to be added",
    "to follow",
    "pending",
    "i'w gadarnhau",
    "i'w gwblhau",
    "i'w benderfynu",
    "i'w ychwanegu",
    "i ddilyn",
    "yn aros",
];

/// What people write for yes where Y or N is asked for, as [`Wording`] folds it.
pub(crate) const YES: [&str; 8] =
    ["yes", "true", "\u{2713}", "\u{2714}", "\u{221a}", "\u{2611}", "\u{1f5f8}", "\u{2705}"];

/// What people write for no.
pub(crate) const NO: [&str; 7] = ["no", "false", "\u{2717}", "\u{2718}", "\u{2612}", "\u{2610}", "\u{274c}"];

/// A word of this many letters is told from another by more than one of them, unless somebody mistyped.
const LONG_WORD: usize = 5;

impl Wording {
    /// Folds a text into the form in which it is compared.
    ///
    /// ```
    /// # use scrutineer::wording::Wording;
    /// assert_eq!(Wording::of("Self\u{2011}assess  SCORE:"), Wording::of("self-assess score"));
    /// ```
    pub fn of(text: &str) -> Self {
        Self::without(text, &[':', '.', ' ', '*'])
    }

    /// Folds an answer as [`Self::of`] does, but leaves a footnote's mark: who answers `Met*` says more than `Met`.
    pub fn of_answer(text: &str) -> Self {
        Self::without(text, &[':', '.', ' '])
    }

    /// Folds a text, and drops these signs from its end.
    fn without(text: &str, signs: &[char]) -> Self {
        let mut words = if is_tidy(text) {
            text.to_ascii_lowercase()
        } else if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
            folded(text)
        } else {
            spaced(compatible(text).flat_map(char::to_lowercase), text.len())
        };
        words.truncate(words.trim_end_matches(signs).len());
        Self(words)
    }

    /// Returns the folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left of the text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how alike two wordings are, from 0 (nothing in common) to 1 (the same), by letters or by words,
    /// whichever is more.
    pub fn likeness(&self, other: &Self) -> f64 {
        if self == other {
            return 1.0;
        }
        strsim::normalized_levenshtein(&self.0, &other.0).max(self.words_shared(other))
    }

    /// Returns the same words without their English endings: “started dates” is “start date”.
    #[must_use]
    pub fn stems(&self) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        Self(self.each_word().map(|word| stemmer.stem(word)).collect::<Vec<_>>().join(" "))
    }

    /// Whether the two differ as a slip of the keyboard makes names differ: in the spaces alone, or in one letter of one
    /// long word, left out, put in, changed or swapped with its neighbour. Numbers that differ are no slip.
    pub fn is_slip_of(&self, other: &Self) -> bool {
        if self == other || self.letters() == other.letters() {
            return self != other;
        }
        let (mine, theirs): (Vec<&str>, Vec<&str>) = (self.0.split(' ').collect(), other.0.split(' ').collect());
        let unlike: Vec<(&str, &str)> =
            mine.iter().copied().zip(theirs.iter().copied()).filter(|(a, b)| a != b).collect();
        match unlike[..] {
            [(a, b)] if mine.len() == theirs.len() => is_slip(a, b),
            _ => false,
        }
    }

    /// Returns the texts of which a slip leaves at least one as it is: the letters without spaces, and the words without one
    /// of them.
    pub fn slip_keys(&self) -> Vec<String> {
        let words: Vec<&str> = self.0.split(' ').collect();
        let without = |at: usize| {
            let others: Vec<&str> =
                words.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, word)| *word).collect();
            format!("{at} {}", others.join(" "))
        };
        (0..words.len()).map(without).chain([self.letters()]).collect()
    }

    /// Returns the text without its spaces.
    fn letters(&self) -> String {
        self.0.chars().filter(|letter| !letter.is_whitespace()).collect()
    }

    /// Returns how alike two wordings are where that is at least `least`, which takes less than working out by how much
    /// they fall short of it.
    pub fn likeness_from(&self, other: &Self, least: f64) -> Option<f64> {
        if self == other {
            return Some(1.0).filter(|likeness| *likeness >= least);
        }
        let by_words = if self.may_share_words(other, least) { self.words_shared(other) } else { 0.0 };
        let by_letters = if self.most_alike_by_letters(other) >= least.max(by_words) {
            strsim::normalized_levenshtein(&self.0, &other.0)
        } else {
            0.0
        };
        Some(by_letters.max(by_words)).filter(|likeness| *likeness >= least)
    }

    /// Returns a likeness by letters that two wordings don't surpass: each letter that one has more often than the other
    /// takes a change.
    fn most_alike_by_letters(&self, other: &Self) -> f64 {
        let (mine, theirs) = (self.0.chars().count(), other.0.chars().count());
        let changes = if mine == self.0.len() && theirs == other.0.len() {
            letters_apart(self.0.as_bytes(), other.0.as_bytes())
        } else {
            mine.abs_diff(theirs)
        };
        #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
        if changes == 0 { 1.0 } else { 1.0 - changes as f64 / mine.max(theirs) as f64 }
    }

    /// Whether two wordings may have this share of words in common, where words of one mark count as one, and as shared. Of a long text no
    /// more is looked at than it takes to see that the words of a short one are too few for it.
    fn may_share_words(&self, other: &Self, least: f64) -> bool {
        let (short, long) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        let words: Vec<u64> = short.each_word().map(mark).collect();
        let mine = words.iter().fold(0, |marks, mark| marks | mark);
        let is_enough = |shared: usize, theirs: u64| {
            let all = mine.count_ones() + theirs.count_ones();
            #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
            let share = if all == 0 { 0.0 } else { 2.0 * shared as f64 / f64::from(all) };
            share >= least
        };
        let mut theirs = 0_u64;
        let can_be = long.each_word().map(mark).all(|mark| {
            theirs |= mark;
            is_enough(words.len(), theirs)
        });
        can_be && is_enough(words.iter().filter(|mark| theirs & **mark != 0).count(), theirs)
    }

    /// Returns the share of words that the two have in common (Dice), each counted once.
    fn words_shared(&self, other: &Self) -> f64 {
        let (mine, theirs) = (self.words(), other.words());
        let shared = mine.iter().filter(|word| theirs.contains(word)).count();
        let all = mine.len() + theirs.len();
        #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
        if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
    }

    /// Returns the words as they stand.
    pub(crate) fn each_word(&self) -> impl Iterator<Item = &str> {
        words(&self.0)
    }

    /// Returns the words, in order of the alphabet, each once.
    fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.each_word().collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// Returns the words and figures of a text, in order, without the signs between them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether two words are one slip of the keyboard apart: long, of letters only, with one letter left out, put in, changed or
/// swapped with its neighbour.
pub(crate) fn is_slip(a: &str, b: &str) -> bool {
    let is_word = |word: &str| word.chars().count() >= LONG_WORD && word.chars().all(char::is_alphabetic);
    is_word(a) && is_word(b) && strsim::osa_distance(a, b) == 1
}

/// Words of an organisation's name that are written or left out as people like.
const FORMALITIES: [&str; 14] =
    ["and", "ccc", "cic", "cio", "cyf", "inc", "limited", "llc", "llp", "ltd", "of", "plc", "scio", "the"];
/// Legal forms in full.
const LEGAL_FORMS: [&[&str]; 6] = [
    &["community", "interest", "company"],
    &["public", "limited", "company"],
    &["limited", "liability", "partnership"],
    &["charitable", "incorporated", "organisation"],
    &["scottish", "charitable", "incorporated", "organisation"],
    &["cwmni", "cyfyngedig"],
];

/// Returns an organisation's name by which two spellings are compared: without its legal form, articles and marks.
pub(crate) fn organisation_name(text: &str) -> String {
    let words = name_words(text);
    let telling = telling_words(&words);
    if telling.is_empty() { words.join(" ") } else { telling.join(" ") }
}

/// Returns the words of a name that aren't left out as people like.
pub(crate) fn telling_words(words: &[String]) -> Vec<&str> {
    let ends =
        |form: &&&[&str]| words.len() > form.len() && words[words.len() - form.len()..].iter().eq(form.iter().copied());
    let form = LEGAL_FORMS.iter().filter(ends).map(|form| form.len()).max();
    let before = &words[..words.len() - form.unwrap_or(0)];
    before.iter().map(String::as_str).filter(|word| !FORMALITIES.contains(word)).collect()
}

/// Returns the words of an organisation's name, folded and without marks, "&" as the word it stands for.
pub(crate) fn name_words(text: &str) -> Vec<String> {
    let plain = Wording::of(text).as_str().replace('&', " and ").replace(['\'', '.'], "");
    words(&plain).map(ToOwned::to_owned).collect()
}

/// Returns one of 64 marks of a word, the same for the same word.
fn mark(word: &str) -> u64 {
    let digest = word.bytes().fold(0_u64, |digest, byte| digest.wrapping_mul(31).wrapping_add(u64::from(byte)));
    1 << (digest % 61)
}

/// Whether a text, as most, is of plain letters and signs alone, with single spaces between its words.
fn is_tidy(text: &str) -> bool {
    let mut before = b' ';
    text.bytes().all(|byte| {
        let is_apart = byte != b' ' || before != b' ';
        before = byte;
        is_apart && matches!(byte, b' '..=b'~')
    })
}

/// Folds a text whose letters stand for themselves, word by word: most words are of plain letters and signs.
fn folded(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let before = words.len();
        words.push_str(if before == 0 { "" } else { " " });
        let start = words.len();
        if is_tidy(word) {
            words.push_str(word);
        } else {
            words.extend(word.chars().filter(|c| is_visible(*c)).map(sign).flat_map(char::to_lowercase));
        }
        if words.len() == start {
            words.truncate(before);
        }
    }
    words.make_ascii_lowercase();
    words
}

/// Returns words with one space between them.
fn spaced(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut words = String::with_capacity(length);
    let mut is_between = false;
    for letter in letters {
        if letter.is_whitespace() {
            is_between = !words.is_empty();
        } else {
            if is_between {
                words.push(' ');
            }
            is_between = false;
            words.push(letter);
        }
    }
    words
}

/// Returns how many letters, at the least, must be put in, taken out or replaced to make one plain text of the other.
fn letters_apart(one: &[u8], other: &[u8]) -> usize {
    const PLAIN: u8 = 128;
    let mut counts = [0_i32; PLAIN as usize];
    for letter in one {
        counts[usize::from(letter % PLAIN)] += 1;
    }
    for letter in other {
        counts[usize::from(letter % PLAIN)] -= 1;
    }
    let more: i32 = counts.iter().map(|count| *count.max(&0)).sum();
    let fewer: i32 = counts.iter().map(|count| *count.min(&0)).sum();
    more.max(-fewer).unsigned_abs() as usize
}

/// Returns a text without the characters that nobody sees.
///
/// ```
/// # use scrutineer::wording::visible;
/// assert_eq!(visible("\u{202d}3\u{202c}"), "3");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_visible) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| is_visible(*c)).collect())
}

/// Returns the beginning of a text of more characters than this, and a sign that it goes on.
///
/// ```
/// # use scrutineer::wording::excerpt;
/// assert_eq!(excerpt("SUM(A1:A9)", 10), "SUM(A1:A9)");
/// assert_eq!(excerpt("SUM(A1:A9)", 4), "SUM(\u{2026}");
/// ```
pub fn excerpt(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}\u{2026}", text[..end].trim_end())),
        None => Cow::Borrowed(text),
    }
}

/// Whether a character moves what is seen after it, on a terminal or in a line: a control, an end of a line, or a mark that turns the
/// direction of what follows.
pub fn is_moving(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is a mark of a direction, which nobody sees; what it stands in is seen as well without.
pub fn is_turning(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// Returns a text as numbers, days and references are read: with plain digits, signs and single spaces, its case kept.
/// Superscripts, circled numbers and fractions stay what they are, since they are no digits of a number.
pub fn plain(text: &str) -> String {
    if is_tidy(text) {
        return text.trim_end().to_owned();
    }
    spaced(compatible(text), text.len())
}

/// Capitals of Cyrillic and Greek that look as these letters do.
const ALIKE: [(char, &str); 16] = [
    ('A', "АΑ"),
    ('B', "ВΒ"),
    ('C', "СϹ"),
    ('E', "ЕΕ"),
    ('H', "НΗ"),
    ('I', "ІΙӀ"),
    ('J', "ЈͿ"),
    ('K', "КΚ"),
    ('M', "МΜ"),
    ('N', "Ν"),
    ('O', "ОΟ"),
    ('P', "РΡ"),
    ('S', "Ѕ"),
    ('T', "ТΤ"),
    ('X', "ХΧ"),
    ('Y', "УΥҮ"),
];

/// Returns a reference as it is seen, with the letters that those of other scripts look like; of words in these scripts nothing else
/// would be left, so only figures and capitals are so.
pub(crate) fn as_seen(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let latin = |c: char| ALIKE.iter().find(|(_, alike)| alike.contains(c)).map_or(c, |(latin, _)| *latin);
    Cow::Owned(text.chars().map(latin).collect())
}

/// Whether a character is seen or parts what is seen: no format or control character, none that Unicode lets programs
/// ignore, and no blank of Braille.
fn is_visible(c: char) -> bool {
    let is_ignorable = matches!(c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2065}' | '\u{2800}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e0fff}');
    let is_format = || c.general_category() == GeneralCategory::Format;
    let is_mark = || is_format() || (c.is_control() && !c.is_whitespace());
    matches!(c, ' '..='~') || !(is_ignorable || is_mark())
}

/// Returns the characters of a text as the plain ones that they stand for, those that nobody sees left out.
fn compatible(text: &str) -> impl Iterator<Item = char> {
    let signs = text.chars().filter(|c| is_visible(*c)).map(sign);
    let parts = signs.flat_map(|c| {
        let is_kept = c.is_ascii() || is_number_sign(c);
        is_kept.then_some(c).into_iter().chain((!is_kept).then_some(c).into_iter().nfkd())
    });
    parts.nfc()
}

/// Whether a character shows a number without being a digit: ², ③, ½, Ⅷ.
fn is_number_sign(c: char) -> bool {
    matches!(c.general_category(), GeneralCategory::OtherNumber | GeneralCategory::LetterNumber)
        || std::iter::once(c).nfkd().any(|part| part.is_ascii_digit())
}

/// Returns the plain dash, quote or digit that a character stands for.
pub(crate) fn sign(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => digit(other).unwrap_or(other),
    }
}

/// Returns the digit that a character of any script is in decimal numbers.
fn digit(c: char) -> Option<char> {
    let is_digit = |c: &char| c.general_category() == GeneralCategory::DecimalNumber;
    if c.is_ascii() || c.is_alphabetic() || !is_digit(&c) {
        return None;
    }
    // The digits of a script stand in order from nought, ten by ten.
    let before = (1..).map_while(|back| char::from_u32(u32::from(c) - back).filter(is_digit)).count();
    char::from_digit(u32::try_from(before % 10).ok()?, 10)
}

/// Returns the candidate that is most like `text`, where any is at least `threshold` alike.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>, threshold: f64) -> Option<&'a str> {
    let wording = Wording::of(text);
    let likenesses = candidates.into_iter().map(|candidate| (wording.likeness(&Wording::of(candidate)), candidate));
    let best = likenesses.fold(None, |best: Option<(f64, &str)>, next| match best {
        Some(found) if found.0 >= next.0 => Some(found),
        Some(_) | None => Some(next),
    });
    best.filter(|(likeness, _)| *likeness >= threshold).map(|(_, candidate)| candidate)
}

/// Returns the nearest of the known words as the end of a sentence; nothing where none is near.
pub fn near_hint(word: &str, known: &[&str]) -> String {
    near(word, known.iter().copied()).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// Returns the known word that is meant by one that isn't known; `None` where none is near.
pub fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Of shorter words, one letter is too much of them.
    const LETTERS: usize = 4;
    let known: Vec<&str> = known.into_iter().collect();
    let word_folded = word.to_lowercase();
    let is_slip = |known: &&&str| {
        known.chars().count() >= LETTERS && strsim::osa_distance(&word_folded, &known.to_lowercase()) <= 1
    };
    let slip = known.iter().find(is_slip).copied();
    slip.or_else(|| nearest(word, known, 0.6))
}

/// Words that stand before a reference without being part of it.
const REFERENCE_WORDS: [&str; 8] = ["activity", "act", "event", "no", "number", "ref", "row", "session"];

/// A short reference to a row or column, however it is written: `A1`, `a 01`, `Activity A1.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The letters before the number, folded; empty where none stand there.
    pub letters: String,
    /// The number.
    pub number: u32,
}

impl Reference {
    /// Reads a text that is nothing but a reference: at most two letters and four digits, after words such as “Activity”.
    pub fn of(words: &Wording) -> Option<Self> {
        let text = words.as_str();
        let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &text[before.len()..];
        let mut parts: Vec<&str> = before.split([' ', '-', '.', '#', '/']).filter(|part| !part.is_empty()).collect();
        let letters =
            parts.pop_if(|last| last.len() <= 2 && *last != "no" && last.bytes().all(|b| b.is_ascii_alphabetic()));
        let is_reference = (1..=4).contains(&digits.len()) && parts.iter().all(|part| REFERENCE_WORDS.contains(part));
        let number = digits.parse().ok().filter(|_| is_reference)?;
        Some(Self { letters: letters.unwrap_or_default().to_owned(), number })
    }

    /// Whether two references may mean the same: with the same number, and letters that don't differ.
    pub fn agrees(&self, other: &Self) -> bool {
        self.number == other.number
            && (self.letters == other.letters || self.letters.is_empty() || other.letters.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_that_mean_nothing_are_none() {
        let cases = [
            ("Self-assess score:", "self\u{2013}assess\u{a0}SCORE"),
            ("Score (1\u{2013}4)", "score (1-4)"),
            ("\u{ff12}", "2"),
            ("Owner ", "  owner"),
            ("Provider\u{2019}s name", "provider's name"),
        ];
        for (a, b) in cases {
            assert_eq!(Wording::of(a), Wording::of(b), "{a} and {b}");
        }
    }

    /// Returns every character that Unicode calls a format character or lets programs ignore, and the blank of Braille.
    fn invisible() -> Vec<char> {
        let ignorable = [
            0x34f..=0x34f,
            0x115f..=0x1160,
            0x17b4..=0x17b5,
            0x180b..=0x180f,
            0x2065..=0x2065,
            0x2800..=0x2800,
            0x3164..=0x3164,
            0xfe00..=0xfe0f,
            0xffa0..=0xffa0,
            0xfff0..=0xfff8,
            0xe_0000..=0xe_0fff,
        ];
        let format = ('\u{80}'..=char::MAX).filter(|c| c.general_category() == GeneralCategory::Format);
        ignorable.into_iter().flatten().filter_map(char::from_u32).chain(format).collect()
    }

    #[test]
    fn what_nobody_sees_counts_as_nothing() {
        let all = invisible();
        for known in ['\u{ad}', '\u{200b}', '\u{200d}', '\u{200e}', '\u{202d}', '\u{2060}', '\u{2069}', '\u{feff}'] {
            assert!(all.contains(&known), "{known:?}");
        }
        for c in all.into_iter().chain(['\0', '\u{7}', '\u{7f}', '\u{9f}']) {
            for text in [format!("{c}Score 3"), format!("Sc{c}ore 3"), format!("Score {c}3"), format!("Score 3{c}")] {
                assert_eq!(Wording::of(&text), Wording::of("score 3"), "{c:?}");
                assert_eq!((visible(&text).as_ref(), plain(&text).as_str()), ("Score 3", "Score 3"), "{c:?}");
            }
            assert!(Wording::of(&c.to_string()).is_empty() && visible(&c.to_string()).is_empty(), "{c:?}");
        }
    }

    #[test]
    fn texts_are_folded_word_by_word_as_letter_by_letter() {
        let by_letters = |text: &str| {
            let letters = text.chars().filter(|c| is_visible(*c)).map(sign).flat_map(char::to_lowercase);
            spaced(letters, text.len())
        };
        for c in ('\0'..='\u{ffff}').filter(|c| is_nfkc_quick(std::iter::once(*c)) == IsNormalized::Yes) {
            for text in [format!("{c}"), format!(" A{c}B  {c} C"), format!("{c} Ab\n{c}")] {
                assert_eq!(folded(&text), by_letters(&text), "{text:?}");
            }
        }
        for text in ["", " ", "Met", " Met", "Met ", "Met  1", "a\u{7f}b", "a\tb", "~ !"] {
            assert!(!is_tidy(text) || text.to_ascii_lowercase().trim_end() == by_letters(text), "{text:?}");
        }
    }

    #[test]
    fn all_spaces_are_spaces() {
        for space in ('\0'..=char::MAX).filter(|c| c.is_whitespace()) {
            assert_eq!(plain(&format!("{space}1{space}2{space}")), "1 2", "{space:?}");
            assert_eq!(Wording::of(&format!("a{space}{space}b")), Wording::of("a b"), "{space:?}");
        }
    }

    #[test]
    fn digits_of_all_scripts_are_digits_and_no_other_numbers_are() {
        let of = |category: GeneralCategory| ('\0'..=char::MAX).filter(move |c| c.general_category() == category);
        let digits: Vec<char> = of(GeneralCategory::DecimalNumber).collect();
        assert!(digits.len() > 600 && digits.len().is_multiple_of(10));
        for (at, c) in digits.iter().enumerate() {
            let expected = (at % 10).to_string();
            assert_eq!(plain(&c.to_string()), expected, "{c:?}");
            assert_eq!(Wording::of(&c.to_string()).as_str(), expected, "{c:?}");
        }
        for c in of(GeneralCategory::OtherNumber).chain(of(GeneralCategory::LetterNumber)) {
            assert_eq!(plain(&format!("3{c}")), format!("3{c}"));
            assert!(!Wording::of(&format!("{c}")).as_str().contains(|c: char| c.is_ascii_digit()), "{c:?}");
        }
    }

    #[test]
    fn an_answer_keeps_its_footnotes_mark() {
        assert_ne!(Wording::of_answer("Met*"), Wording::of_answer("Met"));
        assert_eq!(Wording::of("Met*"), Wording::of("Met"));
        assert_eq!(Wording::of_answer(" MET."), Wording::of_answer("Met"));
    }

    #[test]
    fn slips_of_the_keyboard_are_told_from_other_names() {
        let cases = [
            ("Larkfield Records", "Larkfeild Records", true),
            ("Larkfield Records", "Lark field Records", true),
            ("Larkfield Records", "Larkfield Record", true),
            ("Larkfield Records", "Larkfield Records", false),
            ("Larkfield Records", "Larkfield Archive", false),
            ("North Vale Trust", "South Vale Trust", false),
            ("Trust A", "Trust B", false),
            ("Institute 10001", "Institute 10002", false),
            ("West Street Library", "East Street Library", false),
        ];
        for (a, b, slip) in cases {
            let (one, other) = (Wording::of(a), Wording::of(b));
            assert_eq!(one.is_slip_of(&other), slip, "{a} and {b}");
            let shared = one.slip_keys().iter().any(|key| other.slip_keys().contains(key));
            assert!(shared || !slip, "{a} and {b} share no key");
        }
    }

    #[test]
    fn differences_that_matter_stay() {
        for (a, b) in [("Evidence", "Evidence seen"), ("1.1", "1.10"), ("Due", "Due date")] {
            assert_ne!(Wording::of(a), Wording::of(b), "{a} and {b}");
        }
    }

    #[test]
    fn a_reference_is_known_however_it_is_written() {
        for written in ["A1", "a1", "A 1", "A01", "A-1", "Activity A1", "Act. A1", "A1.", "activity no. A1"] {
            let expected = Reference { letters: "a".into(), number: 1 };
            assert_eq!(Reference::of(&Wording::of(written)), Some(expected), "{written}");
        }
        for written in ["1", "Activity 1", "01", "No. 1"] {
            let expected = Reference { letters: String::new(), number: 1 };
            assert_eq!(Reference::of(&Wording::of(written)), Some(expected), "{written}");
        }
        for written in ["", "A", "RHC7234", "1.1", "06506091", "Level 3", "A1 Careers fair", "Unit 301"] {
            assert_eq!(Reference::of(&Wording::of(written)), None, "{written}");
        }
    }

    #[test]
    fn what_is_left_out_is_less_alike_than_asked() {
        let texts =
            ["", "a", "Score", "Scores 1-4", "Evidence of the score", "Évidence", "evidence seen, of score", "Owner"];
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (Wording::of(a), Wording::of(b)))) {
            for least in [0.0, 0.3, 0.6, 0.66, 0.75, 1.0] {
                let expected = Some(a.likeness(&b)).filter(|likeness| *likeness >= least);
                assert_eq!(a.likeness_from(&b, least), expected, "{a:?} and {b:?} from {least}");
            }
        }
    }

    #[test]
    fn the_nearest_is_named_only_where_it_is_near() {
        assert_eq!(
            nearest("External asessment", ["Self-assessment", "External assessment"], 0.6),
            Some("External assessment")
        );
        assert_eq!(nearest("banana", ["Self-assessment", "External assessment"], 0.6), None);
    }
}
