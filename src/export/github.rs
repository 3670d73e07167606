//! Findings as workflow commands, which GitHub shows beside a change: a line a finding.

use std::fmt::Write;

use crate::finding::{Finding, Severity};
use crate::season::{Listed, Season};
use crate::wording::{is_moving, is_turning};

/// Returns the findings of a season as workflow commands.
pub fn github(season: &Season) -> Vec<u8> {
    let mut text = String::new();
    for Listed { review, finding } in season.listed() {
        push(&mut text, review.map(|review| review.file.as_str()), finding);
    }
    text.into_bytes()
}

/// Returns where a finding is and what it says; a line number would be a row of no sheet.
fn words(finding: &Finding) -> String {
    let place = match (finding.sheet(), finding.cell()) {
        (Some(sheet), Some(cell)) => format!("{sheet} {cell}: "),
        (Some(sheet), None) => format!("{sheet}: "),
        (None, _) => String::new(),
    };
    format!("{place}{}", finding.message)
}

/// Writes one command.
fn push(text: &mut String, file: Option<&str>, finding: &Finding) {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = file.map_or_else(String::new, |file| format!("file={},", property(file)));
    let _infallible =
        writeln!(text, "::{command} {file}title={}::{}", property(finding.rule.as_str()), data(&words(finding)));
}

/// Returns a text that ends no command, and moves nothing in a log.
fn data(text: &str) -> String {
    let shown = text.chars().filter(|c| !is_turning(*c)).map(|c| match c {
        '\r' | '\n' => c,
        '\t' => ' ',
        c if is_moving(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    });
    let text: String = shown.collect();
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns a text that ends no property either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::workbook::rule::EXTENSION_MISMATCH;

    #[test]
    fn no_text_ends_its_command() {
        let mut text = String::new();
        let finding = Finding::new(&EXTENSION_MISMATCH, Place::Workbook, "two\nlines");
        push(&mut text, Some("a, b: 50%.xlsx"), &finding);
        assert_eq!(text, "::warning file=a%2C b%3A 50%25.xlsx,title=extension-mismatch::two%0Alines\n");
        assert_eq!(data("a\u{1b}[2K\u{9b}b\u{202e}c\u{200f}d\te"), "a\u{fffd}[2K\u{fffd}b\u{fffd}cd e");
    }
}
