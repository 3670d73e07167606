//! One way to compare what people type with what we expect.
//!
//! Two texts say the same [`Wording`] when they differ only in case, accents' encoding, width, kinds of spaces, dashes and
//! quotes, or in a colon or stop at the end. [`Wording::likeness`] says how near two wordings are that aren't the same.

use unicode_normalization::UnicodeNormalization;

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
        let folded = if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfkc().flat_map(fold).collect() };
        let mut words = String::with_capacity(folded.len());
        for word in folded.split_whitespace() {
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push_str(word);
        }
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
        let is_word = |word: &str| word.chars().count() >= LONG_WORD && word.chars().all(char::is_alphabetic);
        match unlike[..] {
            [(a, b)] if mine.len() == theirs.len() => is_word(a) && is_word(b) && strsim::osa_distance(a, b) == 1,
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

    /// Returns the share of words that the two have in common (Dice), each counted once.
    fn words_shared(&self, other: &Self) -> f64 {
        let (mine, theirs) = (self.words(), other.words());
        let shared = mine.iter().filter(|word| theirs.contains(word)).count();
        let all = mine.len() + theirs.len();
        #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
        if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
    }

    /// Returns the words, in order of the alphabet, each once.
    fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> =
            self.0.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
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
    fn the_nearest_is_named_only_where_it_is_near() {
        assert_eq!(
            nearest("External asessment", ["Self-assessment", "External assessment"], 0.6),
            Some("External assessment")
        );
        assert_eq!(nearest("banana", ["Self-assessment", "External assessment"], 0.6), None);
    }
}
