//! Words of the sender, told from what stands in for words that were never written.
//!
//! A dash, a ditto mark or “TBC” is no words wherever it stands. “N/A” and “None” may be all that there is to say, in a column
//! for notes; where a name, evidence or an action is wanted they name nothing.

use crate::finding::{Finding, Findings};
use crate::wording::{PUT_OFF, Wording, sign};

use super::day;
use super::place::Spot;
use super::rule::PLACEHOLDER_LEFT;
use super::{EntryValue, Reading};

/// Other texts that stand in for words that were never written.
const STOPGAPS: [&str; 7] =
    ["to be completed", "insert here", "insert text", "enter text here", "example", "lorem ipsum", "???"];

/// Reads words; a stopgap is none.
pub(super) fn read_words(spot: &Spot, findings: &mut Findings) -> Reading<EntryValue> {
    let written = spot.written();
    if is_stopgap(&written) {
        findings.push(left(spot, &written));
        return Reading::Unusable;
    }
    findings.extend(day::turned(spot));
    let words = day::in_full(spot).unwrap_or(written);
    Reading::Given(EntryValue::Text(words.trim().into()))
}

/// Reads words without which a row or a return can't go; what names nothing is none.
pub(super) fn read_name(spot: &Spot, findings: &mut Findings) -> Reading<EntryValue> {
    let written = spot.written();
    if names_nothing(&written) {
        findings.push(left(spot, &written));
        return Reading::Unusable;
    }
    read_words(spot, findings)
}

/// Says that a text stands in for words that were never written.
fn left(spot: &Spot, written: &str) -> Finding {
    let message = format!("“{}” stands where something is still to be written", written.trim());
    spot.finding(&PLACEHOLDER_LEFT, message)
        .with_help("Write what belongs there; only where nothing does, leave the cell blank.")
}

/// Texts that name nothing and nobody, in English and Welsh.
const NOTHING: [&str; 18] = [
    "n/a",
    "n.a",
    "na",
    "none",
    "nil",
    "not applicable",
    "not known",
    "unknown",
    "ditto",
    "as above",
    "same as above",
    "see above",
    "dim",
    "dim byd",
    "amherthnasol",
    "ddim yn berthnasol",
    "anhysbys",
    "fel uchod",
];

/// Whether a text where a name, evidence or an action is wanted says nothing: a dash, a ditto mark, “N/A”, “TBC”.
pub fn names_nothing(text: &str) -> bool {
    is_stopgap(text) || NOTHING.contains(&Wording::of(text).as_str())
}

/// Texts that say that there is none, in English and Welsh.
const NONE: [&str; 11] =
    ["n/a", "n.a", "na", "no", "none", "nil", "not applicable", "dim", "dim byd", "amherthnasol", "ddim yn berthnasol"];

/// Whether a text says that there is none, where there may be none: “N/A”, a dash.
pub(super) fn says_none(text: &str) -> bool {
    let is_dash = |c: char| matches!(sign(c), '-') || c.is_whitespace();
    NONE.contains(&Wording::of(text).as_str()) || !text.is_empty() && text.chars().all(is_dash)
}

/// Whether a text is signs alone that stand for no words: dashes, dots, quotation and ditto marks.
fn is_signs(text: &str) -> bool {
    let is_sign = |c: char| {
        "\"'`.,;:_-/\\~*?!xX".contains(c)
            || ('\u{2010}'..='\u{205e}').contains(&c)
            || matches!(c, '\u{ab}' | '\u{bb}' | '\u{b4}' | '\u{3003}')
    };
    !text.is_empty() && text.chars().all(is_sign)
}

/// Whether a text stands in for words that were never written.
pub(super) fn is_stopgap(text: &str) -> bool {
    let words = Wording::of(text);
    let words = words.as_str();
    let is_example = ["e.g", "eg ", "for example", "lorem ipsum"].iter().any(|start| words.starts_with(start));
    PUT_OFF.contains(&words)
        || STOPGAPS.contains(&words)
        || is_signs(text.trim())
        || is_error(words)
        || is_example
        || is_put_off(words)
        || is_prompt(words)
}

/// Whether a text that stands in for an entry may come to nothing: behind an error something stands.
pub(super) fn may_be_nothing(text: &str) -> bool {
    is_stopgap(text) && !is_error(&text.trim().to_lowercase())
}

/// Whether a text is an error that was pasted as one.
fn is_error(words: &str) -> bool {
    let name = words.strip_prefix('#').map(|name| name.trim_end_matches(['!', '?']));
    name.is_some_and(|name| ["n/a", "ref", "name", "value", "div/0", "num", "null", "spill", "calc"].contains(&name))
}

/// Whether a short text says that the words come later: “TBC - waiting for HR”, “to be confirmed by the board”.
fn is_put_off(words: &str) -> bool {
    let is_short = || words.split(' ').count() <= 6;
    let parted = |start: &&str| words.strip_prefix(*start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    // “TBC partnership agreement” may be the name of something; a mark after the letters says that they stand alone.
    let marked = |start: &&str| {
        words.strip_prefix(*start).is_some_and(|rest| rest.trim_start().starts_with(['-', ':', ',', '(', ';']))
    };
    let short_forms = ["tbc", "tba", "tbd"].iter().any(marked);
    let long_forms =
        ["to be confirmed", "to be advised", "to be added", "to be completed", "i'w gadarnhau"].iter().any(parted);
    (short_forms || long_forms) && is_short()
}

/// Whether a text is a form's own prompt between brackets: “[insert evidence]”.
fn is_prompt(words: &str) -> bool {
    let inside = [('[', ']'), ('<', '>'), ('{', '}')]
        .iter()
        .find_map(|(open, close)| words.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close)));
    inside
        .is_some_and(|inside| ["insert", "enter", "add", "type", "your"].iter().any(|start| inside.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stopgaps_are_told_from_words() {
        for error in ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", " #ref! "] {
            assert!(is_stopgap(error), "{error}");
        }
        for stopgap in ["TBC", "tba", "xxx", "To be confirmed", "e.g. client files", "???", "...", "TBC."] {
            assert!(is_stopgap(stopgap), "{stopgap}");
        }
        for words in [
            "Client files",
            "Example letters of support, 2024",
            "Minutes, to be confirmed in May",
            "Exit interviews",
            "N/A",
        ] {
            assert!(!is_stopgap(words), "{words}");
        }
    }

    #[test]
    fn words_that_are_still_to_come_are_none() {
        for written in [
            "TBC",
            " tbc ",
            "TBC - waiting for HR",
            "To be confirmed by the board",
            "to follow",
            "xxx",
            "???",
            "E.G. minutes of meetings",
            "[insert evidence]",
            "<your text>",
            "Lorem ipsum dolor sit amet",
            "I\u{2019}w gadarnhau",
            "I'w gadarnhau gan y bwrdd",
            "i ddilyn",
            "\"",
            "\u{201d}",
            "\u{3003}",
            "\u{2013}",
            "''",
            "*",
        ] {
            assert!(is_stopgap(written), "{written}");
        }
    }

    #[test]
    fn a_dash_a_ditto_mark_and_not_applicable_name_nothing() {
        for written in [
            "-", ".", "\"", "\u{201d}", "\u{3003}", "''", "\u{2013}", "N/A", "n/a.", "n.a.", "None", "Ditto",
            "as above",
        ] {
            assert!(names_nothing(written), "{written}");
        }
        for written in ["Dim", "Amherthnasol", "Fel uchod", "TBC", "I\u{2019}w gadarnhau", "i ddilyn", "to follow"] {
            assert!(names_nothing(written), "{written}");
        }
        for written in ["A", "3M", "None Such Ltd", "N.A. Books", "\u{5317}", "Unknown Press", ""] {
            assert!(!names_nothing(written), "{written}");
        }
    }

    #[test]
    fn words_that_only_begin_alike_stay() {
        for written in [
            "To follow up complaints we keep a log",
            "Minutes, to be confirmed as agreed at the next meeting of the whole board",
            "To be confirmed as a supplier, firms sign our code of conduct each year",
            "Example files 3 and 7",
            "[1] Survey 2024",
            "None",
            "Tbcorp reference letter",
        ] {
            assert!(!is_stopgap(written), "{written}");
        }
    }
}
