//! What findings ask of their reader, in one set of words for all outputs.

use super::number_of;
use crate::finding::{Finding, Severity};

/// Returns what a finding asks of its reader; all outputs say it so.
pub(crate) const fn duty(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Must be put right",
        Severity::Warning => "Please check or explain",
        Severity::Note => "For information",
    }
}

/// Returns what a finding asks, or that nobody is asked about it any more.
pub(crate) fn standing(finding: &Finding) -> &'static str {
    match finding {
        finding if finding.waived.is_some() => "Accepted",
        finding if finding.is_explained() => "Explained",
        finding => duty(finding.severity),
    }
}

/// Returns the same of a number of findings: "3 must be put right".
pub(crate) const fn duty_of_some(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "must be put right",
        Severity::Warning => "to check or explain",
        Severity::Note => "for information",
    }
}

/// Returns how many findings there are of each duty, as a sentence.
pub(crate) fn tally(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "No findings: nothing has to be put right or explained.".to_owned();
    }
    let (settled, asked): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.is_settled());
    let (accepted, explained): (Vec<_>, Vec<_>) = settled.into_iter().partition(|finding| finding.waived.is_some());
    let of = |severity| asked.iter().filter(|finding| finding.severity == severity).count();
    let counts = Severity::WORST_FIRST.map(|severity| (of(severity), duty_of_some(severity)));
    let counts: Vec<(usize, &str)> =
        counts.into_iter().chain([(explained.len(), "explained"), (accepted.len(), "accepted")]).collect();
    let parts = counts.iter().filter(|(number, _)| *number > 0);
    let all = number_of(findings.len(), "finding", "findings");
    match &parts.collect::<Vec<_>>()[..] {
        [(_, duty)] => format!("{all} {duty}."),
        parts => {
            let parts: Vec<String> = parts.iter().map(|(number, duty)| format!("{number} {duty}")).collect();
            format!("{all}: {}.", parts.join(", "))
        }
    }
}
