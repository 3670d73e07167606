//! Tells personal data from references.

use crate::wording::plain;

/// Says what personal data a text is: a National Insurance number, an e-mail address, or (where a reference belongs) a
/// person's name; `None` where it is none of these.
pub(super) fn find(text: &str, is_reference: bool) -> Option<&'static str> {
    let text = plain(text);
    let text = text.as_str();
    match () {
        () if is_insurance_number(text) => Some("what looks like a National Insurance number"),
        () if is_email(text) => Some("an e-mail address"),
        () if is_reference && is_name(text) => Some("what looks like a person's name"),
        () => None,
    }
}

/// Whether a text is two letters, six digits and a letter from A to D.
fn is_insurance_number(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '/')).collect();
    let shape = |range: std::ops::Range<usize>, holds: fn(&char) -> bool| plain[range].iter().all(holds);
    plain.len() == 9
        && shape(0..2, char::is_ascii_alphabetic)
        && shape(2..8, char::is_ascii_digit)
        && matches!(plain[8].to_ascii_uppercase(), 'A'..='D')
}

/// Whether a text is one e-mail address.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace))
}

/// Whether a text is two to four words that begin with capitals and hold nothing but letters, hyphens and apostrophes.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        word.chars().next().is_some_and(char::is_uppercase)
            && letters > 1
            && word.chars().any(char::is_lowercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}' | '.'))
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_data_is_told_from_references() {
        for text in [
            "AB123456C",
            "ab 12 34 56 d",
            "Anna Maria Smith-Jones",
            "Seán O\u{2019}Neill",
            "a.b@example.org",
            "AB-12-34-56-C",
            "AB\u{200b}123456C",
            "a.b\u{ad}@example.org",
            "\u{202a}Anna\u{a0}Smith",
        ] {
            assert!(find(text, true).is_some(), "{text}");
        }
        for text in ["24/043", "C013", "CLIENT 12", "ABC1234", "Ref A", "AB123456", "client twelve", ""] {
            assert_eq!(find(text, true), None, "{text}");
        }
        assert_eq!(find("Town Library", false), None);
    }
}
