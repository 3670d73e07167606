//! One way to compare what people type with what we expect.
//!
//! Two texts say the same [`Wording`] when they differ only in case, accents' encoding, width, kinds of spaces, dashes and
//! quotes, or in a colon or stop at the end. [`Wording::likeness`] says how near two wordings are that aren't the same.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A text as it is compared: folded case, plain spaces, dashes and quotes, no colon at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wording(String);

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
        let mut words = if text.is_ascii() {
            spaced(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())), text.len())
        } else if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
            spaced(text.chars().flat_map(fold), text.len())
        } else {
            spaced(text.nfkc().flat_map(fold), text.len())
        };
        words.truncate(words.trim_end_matches([':', '.', ' ', '*']).len());
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
        let by_words = if self.most_words_shared(other) >= least { self.words_shared(other) } else { 0.0 };
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

    /// Returns a share of words that the two don't surpass: words of one mark count as one, and as shared.
    fn most_words_shared(&self, other: &Self) -> f64 {
        let (mine, theirs) = (self.marks(), other.marks());
        let shared = self.each_word().filter(|word| theirs & mark(word) != 0).count();
        let all = mine.count_ones() + theirs.count_ones();
        #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
        if all == 0 { 0.0 } else { 2.0 * shared as f64 / f64::from(all) }
    }

    /// Returns the marks of all words together.
    fn marks(&self) -> u64 {
        self.each_word().fold(0, |marks, word| marks | mark(word))
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
    fn each_word(&self) -> impl Iterator<Item = &str> {
        self.0.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
    }

    /// Returns the words, in order of the alphabet, each once.
    fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.each_word().collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// Whether two words are one slip of the keyboard apart: long, of letters only, with one letter left out, put in, changed or
/// swapped with its neighbour.
pub(crate) fn is_slip(a: &str, b: &str) -> bool {
    let is_word = |word: &str| word.chars().count() >= LONG_WORD && word.chars().all(char::is_alphabetic);
    is_word(a) && is_word(b) && strsim::osa_distance(a, b) == 1
}

/// Words of an organisation's name that are written or left out as people like.
const FORMALITIES: [&str; 10] = ["and", "cic", "cio", "inc", "limited", "llp", "ltd", "of", "plc", "the"];

/// Returns an organisation's name by which two spellings are compared: without its legal form, articles and marks.
pub(crate) fn organisation_name(text: &str) -> String {
    let words = name_words(text);
    let telling: Vec<&str> = words.iter().map(String::as_str).filter(|word| !FORMALITIES.contains(word)).collect();
    if telling.is_empty() { words.join(" ") } else { telling.join(" ") }
}

/// Returns the words of an organisation's name, folded and without marks, "&" as the word it stands for.
pub(crate) fn name_words(text: &str) -> Vec<String> {
    let plain = Wording::of(text).as_str().replace('&', " and ").replace(['\'', '.'], "");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

/// Returns one of 64 marks of a word, the same for the same word.
fn mark(word: &str) -> u64 {
    let digest = word.bytes().fold(0_u64, |digest, byte| digest.wrapping_mul(31).wrapping_add(u64::from(byte)));
    1 << (digest % 61)
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

/// Returns how many letters, at the least, must be put in, taken out or replaced to make one text of the other.
fn letters_apart(one: &[u8], other: &[u8]) -> usize {
    let mut counts = [0_i32; 256];
    for letter in one {
        counts[usize::from(*letter)] += 1;
    }
    for letter in other {
        counts[usize::from(*letter)] -= 1;
    }
    let more = |count: fn(i32) -> i32| counts.iter().map(|known| usize::try_from(count(*known)).unwrap_or(0)).sum();
    usize::max(more(|count| count), more(|count| -count))
}

/// Returns what a character counts as.
fn fold(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' => ' ',
        other => other,
    };
    plain.to_lowercase()
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
    nearest(word, known.iter().copied(), 0.6).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
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
