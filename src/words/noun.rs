//! The nouns that a scheme may have words of its own for, in the texts of this program.
//!
//! Who writes a text writes the usual word with [`MARK`] before it: `the ¤criteria that few meet`. Once it is known whose scheme a
//! text is about, [`Nouns::spelled`] puts the scheme's word there, with the capital and the article that it wants; a scheme without
//! words of its own gets the usual one. Words without the mark, such as those of a form, stay as they are.

use std::borrow::Cow;

use super::text::{MARK, capital};

/// The usual words: one, and several.
const USUAL: [(&str, &str); 6] = [
    ("criterion", "criteria"),
    ("network", "networks"),
    ("organisation", "organisations"),
    ("return", "returns"),
    ("section", "sections"),
    ("total", "totals"),
];

/// Returns what several of a noun are called, by the rule: `audits`, `inquiries`, `passes`.
pub(crate) fn plural(noun: &str) -> String {
    let before_y = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before_y {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}

/// A scheme's nouns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nouns([(String, String); 6]);

impl Default for Nouns {
    fn default() -> Self {
        Self(USUAL.map(|(one, several)| (one.to_owned(), several.to_owned())))
    }
}

impl Nouns {
    /// Takes a scheme's own words for one and several of what has a usual word; one that has none changes nothing.
    #[must_use]
    pub fn with(mut self, usual: &str, one: &str, several: &str) -> Self {
        if let Some(place) = USUAL.iter().position(|(own, _)| *own == usual) {
            self.0[place] = (one.to_owned(), several.to_owned());
        }
        self
    }

    /// Takes the word that all of some others have for what has a usual one; the usual one where they have none in common.
    #[must_use]
    pub fn with_common<'n>(self, usual: &str, others: impl IntoIterator<Item = &'n Self>) -> Self {
        let Some(place) = USUAL.iter().position(|(own, _)| *own == usual) else { return self };
        let mut words = others.into_iter().map(|nouns| &nouns.0[place]);
        let first = words.next().filter(|first| words.all(|other| other == *first));
        let (one, several) = first.map_or(USUAL[place], |(one, several)| (one, several));
        self.with(usual, one, several)
    }

    /// Returns a text with the scheme's words in the place of those that are marked.
    ///
    /// ```
    /// # use scrutineer::words::Nouns;
    /// let nouns = Nouns::default().with("criterion", "issue", "issues");
    /// assert_eq!(nouns.spelled("No ¤criteria stand here: a ¤criterion has ¤sections."), "No issues stand here: an issue has sections.");
    /// ```
    pub fn spelled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains(MARK) {
            return Cow::Borrowed(text);
        }
        let mut pieces = text.split(MARK);
        let mut spelled = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let end = piece.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(piece.len());
            if let Some(word) = self.word(&piece[..end]) {
                fit_article(&mut spelled, &word);
                spelled.push_str(&word);
                spelled.push_str(&piece[end..]);
            } else {
                spelled.push(MARK);
                spelled.push_str(piece);
            }
        }
        Cow::Owned(spelled)
    }

    /// Returns the scheme's word for a usual one, with a capital where that has one; `None` where it is none.
    fn word(&self, usual: &str) -> Option<String> {
        let lower = usual.to_ascii_lowercase();
        let place =
            |of: fn(&(&'static str, &'static str)) -> &'static str| USUAL.iter().position(|pair| of(pair) == lower);
        let one = || place(|pair| pair.0).map(|at| &self.0[at].0);
        let several = || place(|pair| pair.1).map(|at| &self.0[at].1);
        let word = one().or_else(several)?;
        Some(if usual.starts_with(|c: char| c.is_ascii_uppercase()) { capital(word) } else { word.clone() })
    }
}

/// Puts the article that ends a text right for the word that follows.
fn fit_article(before: &mut String, word: &str) {
    let is_vowel = word.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    let (article, wanted) = if is_vowel { (" a ", "n ") } else { (" an ", " ") };
    let is_alone = before.eq_ignore_ascii_case(article.trim_start());
    let end = before.len().checked_sub(article.len()).and_then(|at| before.get(at..));
    if !(is_alone || end.is_some_and(|end| end.eq_ignore_ascii_case(article))) {
        return;
    }
    before.truncate(before.len() - if is_vowel { 1 } else { 2 });
    before.push_str(wanted);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_are_called_by_the_rule() {
        for (noun, expected) in [
            ("audit", "audits"),
            ("inquiry", "inquiries"),
            ("survey", "surveys"),
            ("pass", "passes"),
            ("check", "checks"),
        ] {
            assert_eq!(plural(noun), expected);
        }
    }

    #[test]
    fn a_word_that_several_have_in_common_takes_the_place_of_ones_own() {
        let named = |one: &str, several: &str| Nouns::default().with("return", one, several);
        let (own, check, survey) = (named("mark", "marks"), named("check", "checks"), named("survey", "surveys"));
        for (others, expected) in
            [(vec![&check, &check], "checks"), (vec![&check, &survey], "returns"), (vec![], "returns")]
        {
            assert_eq!(own.clone().with_common("return", others).spelled("¤returns"), expected);
        }
    }

    #[test]
    fn words_of_a_scheme_take_the_place_of_usual_ones() {
        let own = Nouns::default().with("criterion", "issue", "issues").with("organisation", "provider", "providers");
        let cases = [
            ("the ¤criteria of a ¤criterion", "the criteria of a criterion", "the issues of an issue"),
            ("¤Criteria", "Criteria", "Issues"),
            (
                "A ¤criterion. An ¤organisation, an ¤Organisation",
                "A criterion. An organisation, an Organisation",
                "An issue. A provider, a Provider",
            ),
            ("a criterion and ¤networks", "a criterion and networks", "a criterion and networks"),
            ("5 ¤ a day, ¤unknown", "5 ¤ a day, ¤unknown", "5 ¤ a day, ¤unknown"),
            ("¤network\u{2019}s", "network\u{2019}s", "network\u{2019}s"),
            ("media ¤criterion", "media criterion", "media issue"),
        ];
        for (text, usual, expected) in cases {
            assert_eq!(Nouns::default().spelled(text), usual);
            assert_eq!(own.spelled(text), expected);
        }
    }
}
