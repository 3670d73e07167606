//! Names of people behind a label in running words, as in comments: “Client name: Jamie Rowe”.

use super::Datum;
use super::datum::is_kept_back;
use super::heading::{Whose, headed};
use super::name::is_name;
use super::parts::{PARTICLES, is_within_names};
use super::scheme::is_place;

/// The most words of a label.
const MOST_OF_LABEL: usize = 4;
/// The most words of a name.
const MOST_OF_NAME: usize = 4;

/// Words for people that others than those whom returns are about are called by, too: “Contact person”.
const ANYBODY: [&str; 4] = ["person", "user", "customer", "candidate"];

/// Whether a text has a sign that parts a label from what it is for.
pub(super) fn has_label(text: &str) -> bool {
    text.contains([':', '=']) || text.contains(" - ")
}

/// Whether a person's name stands behind a label in a text.
pub(super) fn has_name_behind_label(text: &str) -> bool {
    text.split(['\n', '\r', ';', '|']).any(|line| {
        let signs = line.match_indices([':', '=']).chain(line.match_indices(" - "));
        signs.into_iter().any(|(at, sign)| is_named(&line[..at], &line[at + sign.len()..]))
    })
}

/// Whether a label asks for a name, and one follows it.
fn is_named(before: &str, after: &str) -> bool {
    let Some(name) = leading_name(after) else { return false };
    // However long the text before is, a label is its last words.
    let mut words: Vec<&str> = before.split_whitespace().rev().take(MOST_OF_LABEL).collect();
    words.reverse();
    let labels = (1..=words.len()).map(|count| words[words.len() - count..].join(" "));
    let labels = labels.filter(|label| !ANYBODY.contains(&label.to_lowercase().as_str()));
    let asking = labels.filter_map(|label| headed(&label)).filter(|headed| headed.datum == Datum::Names);
    let Some(of) = asking.map(|headed| headed.of).max() else { return false };
    match of {
        Whose::Peoples => true,
        Whose::Clients => is_name(&name),
        Whose::Anybodys => false,
    }
}

/// Returns the words with capitals at the beginning of a text, if somebody may be called so and no sentence goes on behind them.
fn leading_name(text: &str) -> Option<String> {
    let (mut name, mut rest) = (Vec::new(), text.split_whitespace().peekable());
    while let Some(word) = rest.next_if(|word| is_of_name(word) || !name.is_empty() && PARTICLES.contains(word)) {
        name.push(word);
        if word.ends_with([',', '.']) && word.chars().count() > 2 && name.len() > 1 || name.len() == MOST_OF_NAME {
            break;
        }
    }
    let goes_on = name.len() == 1
        && !name[0].ends_with([',', '.'])
        && rest.peek().is_some_and(|word| word.starts_with(char::is_alphanumeric));
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let is_any = name.iter().any(|word| letters(word) > 1);
    (is_any && !goes_on).then(|| name.join(" ").trim_end_matches([',', '.']).to_owned())
}

/// Whether a word begins with a capital, and may be one of a name.
fn is_of_name(word: &str) -> bool {
    let bare = word.trim_end_matches([',', '.', ')']);
    bare.chars().next().is_some_and(char::is_uppercase)
        && bare.chars().all(|c| c.is_alphabetic() || is_within_names(c) || c == '.')
        && !is_kept_back(bare)
        && !is_place(&bare.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_labels_are_told_from_other_words_there() {
        for text in [
            "Client name: Jamie Rowe",
            "client name: Rowe",
            "Learner: Jamie Rowe",
            "Service user: Jamie Rowe",
            "Surname, forename: Rowe, Jamie",
            "Client's name - Jamie Rowe, seen in June",
            "Seen 12/03.\nService user name = J. Rowe",
            "notes for client: Jamie Rowe (absent)",
            "Next of kin: Mary ap Rhys",
        ] {
            assert!(has_label(text) && has_name_behind_label(text), "{text}");
        }
        for text in [
            "Client name: C001",
            "Client name: Client A",
            "Client name: Redacted",
            "Client name: see the list",
            "Client name: Required in all rows",
            "Client: Rose House",
            "Client: Jamie",
            "Partner name: Rowan Elm",
            "Contact person: Sam Carter",
            "Name: Rowan Elm",
            "Columns: client name, date of birth",
            "Minutes: Board Meeting",
            "Learners: 12",
            "2024 - 25",
        ] {
            assert!(!has_name_behind_label(text), "{text}");
        }
    }
}
