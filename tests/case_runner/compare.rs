//! Compares what a scene expects with what the program said.

use scrutineer::cell::CellRange;
use scrutineer::finding::{Finding, Severity};

use super::scene::{Expected, Scene};

/// Returns what differs, a line each, and in the end all that came; nothing where the scene holds.
pub(super) fn differences(scene: &Scene, findings: &[Finding]) -> Vec<String> {
    let mut left: Vec<&Finding> = findings.iter().collect();
    let mut lines = Vec::new();
    for expected in &scene.expected {
        match left.iter().position(|finding| fits(expected, finding)) {
            Some(index) => drop(left.remove(index)),
            None => lines.push(format!("missing     {}", expected.line)),
        }
    }
    let unexpected =
        left.iter().filter(|finding| !is_note(finding) && !scene.also.iter().any(|rule| finding.rule == rule.as_str()));
    lines.extend(unexpected.map(|finding| format!("unexpected  {}", shown(finding))));
    let refused = left.iter().filter(|finding| scene.absent.iter().any(|rule| finding.rule == rule.as_str()));
    lines.extend(refused.map(|finding| format!("must not    {}", shown(finding))));
    if !lines.is_empty() {
        lines.extend(findings.iter().map(|finding| format!("came        {}", shown(finding))));
    }
    lines
}

/// Whether a finding is the one that is expected.
fn fits(expected: &Expected, finding: &Finding) -> bool {
    finding.rule == expected.rule.as_str()
        && finding.severity == expected.severity
        && place(finding) == expected.place
        && are_same(expected.cells, finding.cells())
        && expected.message.as_ref().is_none_or(|message| finding.message == *message)
}

/// Returns the sheet of a finding, or the files of one over the season.
fn place(finding: &Finding) -> Option<String> {
    let files = (!finding.files().is_empty()).then(|| finding.files().join(", "));
    finding.sheet().map(str::to_owned).or(files)
}

/// Whether the cells expected and found overlap, or neither has any.
fn are_same(expected: Option<CellRange>, found: Option<CellRange>) -> bool {
    match (expected, found) {
        (Some(expected), Some(found)) => expected.overlaps(&found),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Whether there is nothing to do about a finding.
pub(super) fn is_note(finding: &Finding) -> bool {
    finding.severity == Severity::Note
}

/// Writes a finding as a case would expect it.
pub(super) fn shown(finding: &Finding) -> String {
    let place = match (place(finding), finding.cells()) {
        (Some(sheet), Some(cells)) => format!(" {sheet}!{cells}"),
        (Some(place), None) => format!(" {place}"),
        (None, _) => String::new(),
    };
    format!("{}[{}]{place}: {}", finding.severity, finding.rule, finding.message)
}
