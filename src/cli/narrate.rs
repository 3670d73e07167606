//! Findings as sentences, for screen readers and for terminals without pictures.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::console::{Screen, in_a_line};
use super::summary;
use super::work::Volume;
use crate::finding::{Finding, Severity};
use crate::review::Review;
use crate::season::Season;
use crate::words::capital;

/// Returns all that is said of a file, as it fits a screen where there is one.
pub(super) fn file(
    season: &Season,
    review: &Review,
    volume: Volume,
    most: Option<usize>,
    screen: Option<Screen>,
) -> String {
    let text = sentences(season, review, volume, most);
    let fitted = screen.map(|screen| screen.fitted_lines(&text) + "\n\n");
    fitted.unwrap_or_else(|| text + "\n")
}

/// Returns all that is said of a file, a line for each finding.
fn sentences(season: &Season, review: &Review, volume: Volume, most: Option<usize>) -> String {
    let mut text =
        format!("File {}. Outcome: {}. {}.\n", review.file, summary::outcome(season, review), summary::tally(review));
    let all = review.findings.iter().filter(|finding| is_shown(finding, volume)).collect();
    let (shown, cut) = first_of_each(all, most);
    for finding in shown {
        text.push_str(&sentence(finding));
    }
    for (rule, count) in cut {
        let _infallible = writeln!(text, "And {count} more of {rule}.");
    }
    text
}

/// Whether a finding is shown.
pub(super) fn is_shown(finding: &Finding, volume: Volume) -> bool {
    volume == Volume::Full || finding.severity > Severity::Note
}

/// Returns the first findings of each rule, at most so many, and how many more there are of which.
pub(super) fn first_of_each(findings: Vec<&Finding>, most: Option<usize>) -> (Vec<&Finding>, BTreeMap<&str, usize>) {
    let Some(most) = most else { return (findings, BTreeMap::new()) };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for finding in findings {
        let count = counts.entry(finding.rule.as_str()).or_default();
        *count += 1;
        if *count <= most {
            shown.push(finding);
        }
    }
    let cut = counts.into_iter().filter(|(_, count)| *count > most).map(|(rule, count)| (rule, count - most));
    (shown, cut.collect())
}

/// Returns one finding as a sentence or two.
fn sentence(finding: &Finding) -> String {
    let mut text = capital(finding.severity.as_str());
    let _infallible = write!(text, " {}", finding.rule);
    for (word, value) in [
        ("sheet", finding.sheet().map(ToOwned::to_owned)),
        ("cell", finding.cell()),
        ("about", finding.about().map(ToOwned::to_owned)),
    ] {
        if let Some(value) = value {
            let _infallible = write!(text, ", {word} {value}");
        }
    }
    let _infallible = write!(text, ": {}.", finding.message.trim_end_matches('.'));
    if let Some(expected) = &finding.expected {
        let _infallible = write!(text, " Expected: {}.", expected.trim_end_matches('.'));
    }
    if let Some(explanation) = &finding.explanation {
        let _infallible = write!(text, " The sender explains: {explanation}");
    } else if !finding.help.is_empty() {
        let _infallible = write!(text, " What to do: {}", finding.help);
    }
    in_a_line(&text) + "\n"
}
