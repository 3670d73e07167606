//! The collector of findings.

use std::collections::BTreeSet;

use super::{Finding, RuleId};

/// Findings as they are made; read once, in one order, without repeats.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds several findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.0.extend(findings);
    }

    /// Takes back what isn't to be kept.
    pub fn retain(&mut self, is_kept: impl Fn(&Finding) -> bool) {
        self.0.retain(is_kept);
    }

    /// Returns what has been said, in the order in which it was said.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// Returns the findings that others have too: of the same rule, subject and value, wherever they stand.
    pub fn shared_with(self, others: &[Self]) -> impl Iterator<Item = Finding> {
        let said: Vec<BTreeSet<What>> = others.iter().map(|other| other.0.iter().map(what).collect()).collect();
        self.0.into_iter().filter(move |finding| said.iter().all(|said| said.contains(&what(finding))))
    }

    /// Returns the findings in order of place, then severity (worst first), then rule; each once.
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.0.sort_by(|a, b| {
            let key = |f: &Finding| (f.place.clone(), std::cmp::Reverse(f.severity), f.rule.clone(), f.subject.clone());
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        self.0.dedup();
        self.0
    }
}

/// What a finding tells, wherever it stands.
type What<'a> = (&'a RuleId, Option<&'a str>, Option<&'a str>);

/// Returns what a finding tells.
fn what(finding: &Finding) -> What<'_> {
    (&finding.rule, finding.subject.as_deref(), finding.found.as_deref())
}
