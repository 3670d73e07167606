//! E-mail addresses and telephone numbers: whether a text is one, and which part of a free text was meant to be one.

use crate::wording::{PUT_OFF, Wording};

/// Other words that stand where a contact belongs and reach nobody.
const NOBODY: [&str; 10] = ["n/a", "na", "none", "nil", "unknown", "not known", "not applicable", "x", "xx", "xxx"];

/// Whether a text stands in for a contact that isn't given.
pub(crate) fn reaches_nobody(text: &str) -> bool {
    let words = Wording::of(text);
    let words = words.as_str().trim_matches(|c: char| !c.is_alphanumeric());
    !text.trim().is_empty() && (words.is_empty() || PUT_OFF.contains(&words) || NOBODY.contains(&words))
}

/// Returns the first piece of a free text that is meant as an e-mail address or a telephone number and is none, or the whole text
/// where that stands in for one.
///
/// An address is told by its `@`; a number by beginning with nought or a plus sign and having at least seven digits.
pub(crate) fn misspelt(text: &str) -> Option<&str> {
    if reaches_nobody(text) {
        return Some(text.trim());
    }
    let mut parts = text.split(|c: char| c.is_control() || matches!(c, ';' | ',' | '|' | '<' | '>'));
    parts.find_map(|part| misspelt_email(part).or_else(|| misspelt_telephone(part)))
}

/// Returns the word that has an `@` and is no address.
fn misspelt_email(part: &str) -> Option<&str> {
    let mut words = part.split_whitespace().map(|word| word.trim_matches(|c: char| matches!(c, '.' | ':' | '(' | ')')));
    words.find(|word| {
        let after_label = word.rsplit(':').next().unwrap_or_default();
        word.contains('@') && !is_email(after_label)
    })
}

/// Returns the run of digits and what stands between them that begins as a telephone number and is none.
fn misspelt_telephone(part: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_digit() || is_between_digits(c);
    let mut runs =
        part.split(|c: char| !is_part(c)).map(|run| run.trim_matches(|c: char| c == '-' || c.is_whitespace()));
    runs.find(|run| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let begins = run.trim_start_matches('(').starts_with(['0', '+']);
        begins && digits >= 7 && !is_telephone(run)
    })
}

/// Whether a text is one e-mail address.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.trim().split_once('@') else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '\'');
    !name.is_empty()
        && name.chars().all(plain)
        && labels.len() > 1
        && labels.iter().all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// Whether a text is a telephone number: ten or eleven digits from nought on, or a country's code and its digits.
pub(super) fn is_telephone(text: &str) -> bool {
    let number = text.split("ext").next().unwrap_or_default().trim().replace("(0)", "");
    let plain = number.chars().all(|c| c.is_ascii_digit() || is_between_digits(c));
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let length = if number.starts_with('+') { 9..=15 } else { 10..=11 };
    plain && length.contains(&digits.len()) && (number.starts_with('+') || digits.starts_with('0'))
}

/// Whether a character stands between the digits of telephone numbers: a space or a dash of any kind, a plus sign, a bracket.
fn is_between_digits(c: char) -> bool {
    matches!(c, '+' | '(' | ')' | '-' | '\u{2010}'..='\u{2015}') || (c.is_whitespace() && !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::misspelt;

    #[test]
    fn what_is_meant_as_a_contact_is_held_to_be_one() {
        let cases = [
            ("Rhona Mackie; centre@northern.example.org", None),
            ("Rhona Mackie; centre@northern", Some("centre@northern")),
            ("E: rhona@north..example.org T: 0131 496 0000", Some("rhona@north..example.org")),
            ("email:rhona@north.example.org.", None),
            ("Rhona (rhona@north.example.org), 0131 496 00", Some("0131 496 00")),
            ("Rhona, +44 131 496 0000 ext 12", None),
            ("+44 (0)131 496 0000", None),
            ("0131\u{2009}496\u{2013}0000", None),
            ("0131\u{3000}496 00", Some("0131\u{3000}496 00")),
            ("the office, 3rd floor, room 0123, charity 1173575, since 2024-25", None),
            ("", None),
            ("TBC", Some("TBC")),
            (" n/a ", Some("n/a")),
            ("N/A.", Some("N/A.")),
            ("-", Some("-")),
            ("to follow", Some("to follow")),
            ("To be confirmed", Some("To be confirmed")),
            ("Nina Nilsson", None),
        ];
        for (text, expected) in cases {
            assert_eq!(misspelt(text), expected, "{text}");
        }
    }
}
