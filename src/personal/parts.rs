//! What entries of a column of references are made of: words, what stands beside a reference, and the words that stand within names.

use std::collections::BTreeSet;

/// Titles that stand before a name and nothing else.
pub(super) const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev"];
/// Small words within names: of descent, in Welsh and other languages.
pub(super) const PARTICLES: [&str; 26] = [
    "ab", "al", "ap", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ferch", "ibn",
    "la", "le", "ten", "ter", "uch", "van", "verch", "von", "y",
];

/// Whether a word is one for people.
pub(super) fn is_person(word: &str) -> bool {
    PEOPLE.contains(&word.strip_suffix('s').unwrap_or(word))
}

/// Words for people whom returns are about.
const PEOPLE: [&str; 15] = [
    "client",
    "learner",
    "student",
    "pupil",
    "trainee",
    "apprentice",
    "participant",
    "customer",
    "user",
    "person",
    "candidate",
    "jobseeker",
    "cleient",
    "dysgwr",
    "myfyriwr",
];

/// Returns what stands in a text beside a reference: after it, or one of them in brackets.
pub(super) fn beside(text: &str) -> Option<String> {
    if let Some((outside, inside)) = text.split_once(['(', '[', '{']) {
        let inside = inside.split([')', ']', '}']).next().unwrap_or_default().trim();
        let outside = outside.trim();
        let (is_outside, is_inside) = (has_figure(outside), has_figure(inside));
        return (is_outside != is_inside).then(|| if is_outside { inside } else { outside }.to_owned());
    }
    let words: Vec<&str> = text.split([' ', '/', ':', ';', '_']).filter(|word| !matches!(*word, "" | "-")).collect();
    let after = words.iter().rposition(|word| has_figure(word)).map_or(0, |last| last + 1);
    let (before, rest) = words.split_at(after);
    let is_reference = !before.is_empty() && !before.iter().any(|word| word.chars().any(char::is_lowercase));
    is_reference.then(|| rest.join(" "))
}

/// Whether a sign that is no letter stands within names.
pub(super) const fn is_within_names(c: char) -> bool {
    matches!(c, '-' | '\'' | '\u{2019}')
}

/// Whether a text has a figure.
pub(super) fn has_figure(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Returns the words of a text, without the stops of initials.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let parts = text.split([' ', ',', '.']).map(|word| word.trim_matches(is_within_names));
    parts.filter(|word| !word.is_empty()).collect()
}

/// Returns the words of an entry in small letters, each once.
pub(super) fn words_of(entry: &str) -> BTreeSet<String> {
    parts(entry).iter().map(|word| word.to_lowercase()).collect()
}
