//! The rules that need more than one return.
//!
//! Each is a file of its own: its declaration, and its check over the [`Season`], which knows what came, what was expected and
//! which returns count.

pub mod change_implausible;
pub mod evidence_shared;
pub mod finding_systemic;
pub mod framework_mixed;
pub mod organisation_name_varies;
pub mod organisation_unlisted;
pub mod return_duplicated;
pub mod return_missing;
pub mod return_superseded;

use std::collections::BTreeMap;

use super::record::SeasonRecord;
use super::roster::Roster;
use super::standing::Displaced;
use super::{SeasonReturn, Settings};
use crate::finding::{Finding, Rule};
use crate::framework::Framework;
use crate::review::evidence::EvidenceRecord;

/// What is known when all returns are in.
#[derive(Clone, Copy, Debug)]
pub struct Season<'a> {
    /// The files, in order of their name, with their final statuses.
    pub returns: &'a [SeasonReturn],
    /// Who was expected.
    pub roster: Option<&'a Roster>,
    /// The frameworks.
    pub frameworks: &'a [Framework],
    /// What the season's file says.
    pub settings: &'a Settings,
    /// Which returns give way to which.
    pub displaced: &'a [Displaced],
    /// The evidence of each file.
    pub evidence: &'a BTreeMap<String, Vec<EvidenceRecord>>,
    /// The season before.
    pub previous: Option<&'a SeasonRecord>,
}

impl<'a> Season<'a> {
    /// Returns the returns that count.
    pub fn counted(&self) -> impl Iterator<Item = &'a SeasonReturn> {
        self.returns.iter().filter(|found| found.counts())
    }

    /// Returns whose the return in this file is, where it says so.
    pub fn organisation_of(&self, file: &str) -> Option<&'a str> {
        self.returns.iter().find(|found| found.review.file == file)?.organisation.as_deref()
    }

    /// Returns the returns that count, by framework.
    pub fn by_framework(&self) -> BTreeMap<&'a str, Vec<&'a SeasonReturn>> {
        let mut frameworks: BTreeMap<&str, Vec<&SeasonReturn>> = BTreeMap::new();
        for found in self.counted() {
            if let Some(framework) = &found.review.framework {
                frameworks.entry(framework).or_default().push(found);
            }
        }
        frameworks
    }
}

/// A rule over the season.
#[derive(Debug)]
pub struct SeasonRule {
    /// The rule.
    pub rule: &'static Rule,
    /// Finds its faults.
    pub check: fn(&Season) -> Vec<Finding>,
}

/// The rules, in the order of the public list.
pub static RULES: &[SeasonRule] = &[
    framework_mixed::CHECK,
    return_duplicated::CHECK,
    return_superseded::CHECK,
    return_missing::CHECK,
    organisation_unlisted::CHECK,
    organisation_name_varies::CHECK,
    evidence_shared::CHECK,
    change_implausible::CHECK,
    finding_systemic::CHECK,
];

/// Runs rules; the findings come in the order of the rules, then of organisations and files.
pub fn run(rules: &[SeasonRule], season: &Season) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules {
        let mut found = (rule.check)(season);
        found.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
        findings.append(&mut found);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_named_once_and_documented() {
        let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
        for rule in RULES {
            let headings: Vec<&str> = rule.rule.docs.lines().filter(|line| line.starts_with("## ")).collect();
            assert_eq!(
                headings,
                ["## What it finds", "## Why it matters", "## Example", "## What to do"],
                "{}",
                rule.rule.id
            );
        }
    }
}
