//! Findings as workflow commands, which GitHub shows beside a change: a line a finding.

use std::fmt::Write;

use crate::finding::Severity;
use crate::review::FindingRecord;
use crate::season::Season;

/// Returns the findings of a season as workflow commands.
pub fn github(season: &Season) -> Vec<u8> {
    let mut text = String::new();
    for review in &season.reviews {
        for finding in &review.findings {
            let words = words(finding);
            push(&mut text, finding.severity, &finding.rule, Some(&review.file), &words);
        }
    }
    for finding in &season.findings {
        push(&mut text, finding.severity, &finding.rule, None, &finding.message);
    }
    text.into_bytes()
}

/// Returns where a finding is and what it says; a line number would be a row of no sheet.
fn words(finding: &FindingRecord) -> String {
    let place: Vec<&str> = [&finding.sheet, &finding.cell].into_iter().flatten().map(String::as_str).collect();
    let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(" ")) };
    format!("{place}{}", finding.message)
}

/// Writes one command.
fn push(text: &mut String, severity: Severity, rule: &str, file: Option<&str>, words: &str) {
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = file.map_or_else(String::new, |file| format!("file={},", property(file)));
    let _infallible = writeln!(text, "::{command} {file}title={}::{}", property(rule), data(words));
}

/// Returns a text that ends no command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns a text that ends no property either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_command() {
        let mut text = String::new();
        push(&mut text, Severity::Note, "sheet-renamed", Some("a, b: 50%.xlsx"), "two\nlines");
        assert_eq!(text, "::notice file=a%2C b%3A 50%25.xlsx,title=sheet-renamed::two%0Alines\n");
    }
}
