//! Findings as sentences, for screen readers and for terminals without pictures.

use std::fmt::Write;

use super::summary;
use super::work::Volume;
use crate::finding::Severity;
use crate::review::{FindingRecord, Review};

/// Returns all that is said of a file.
pub(super) fn file(review: &Review, volume: Volume) -> String {
    let all = std::slice::from_ref(review);
    let mut text = format!("File {}. Outcome: {}. {}.\n", review.file, summary::outcome(review), summary::tally(all));
    for finding in review.findings.iter().filter(|finding| is_shown(finding, volume)) {
        text.push_str(&sentence(finding));
    }
    text.push('\n');
    text
}

/// Whether a finding is shown.
pub(super) fn is_shown(finding: &FindingRecord, volume: Volume) -> bool {
    volume == Volume::Full || finding.severity > Severity::Note
}

/// Returns one finding as a sentence or two.
fn sentence(finding: &FindingRecord) -> String {
    let mut text = match finding.severity {
        Severity::Error => "Error".to_owned(),
        Severity::Warning => "Warning".to_owned(),
        Severity::Note => "Note".to_owned(),
    };
    let _infallible = write!(text, " {}", finding.rule);
    for (word, value) in [("sheet", &finding.sheet), ("cell", &finding.cell), ("about", &finding.subject)] {
        if let Some(value) = value {
            let _infallible = write!(text, ", {word} {value}");
        }
    }
    let _infallible = write!(text, ": {}.", finding.message.trim_end_matches('.'));
    if let Some(expected) = &finding.expected {
        let _infallible = write!(text, " Expected: {}.", expected.trim_end_matches('.'));
    }
    if !finding.help.is_empty() {
        let _infallible = write!(text, " What to do: {}", finding.help);
    }
    text.push('\n');
    text
}
