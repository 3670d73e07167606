//! The rules that need more than one return.
//!
//! Each is a file of its own: its declaration, and its check over the [`Season`], which knows what came, what was expected and
//! which returns count.

pub mod assessor_unlike_others;
pub mod change_implausible;
pub mod evidence_shared;
pub mod finding_systemic;
pub mod framework_mixed;
pub mod organisation_name_varies;
pub mod organisation_unlisted;
pub mod organisations_alike;
pub mod return_duplicated;
pub mod return_missing;
pub mod return_superseded;

use super::Season;
use crate::finding::{Finding, Rule};

/// A rule over the season.
#[derive(Debug)]
pub struct SeasonRule {
    /// The rule.
    pub rule: &'static Rule,
    /// Finds its faults.
    pub check: fn(&Season) -> Vec<Finding>,
    /// Whether its findings come with what weighs most first; the others go by organisation and file.
    pub is_ranked: bool,
}

/// The rules, in the order of the public list.
pub static RULES: &[SeasonRule] = &[
    framework_mixed::CHECK,
    return_duplicated::CHECK,
    return_superseded::CHECK,
    return_missing::CHECK,
    organisation_unlisted::CHECK,
    organisation_name_varies::CHECK,
    organisations_alike::CHECK,
    evidence_shared::CHECK,
    assessor_unlike_others::CHECK,
    change_implausible::CHECK,
    finding_systemic::CHECK,
];

/// Runs rules; the findings come in the season's own words, in the order of the rules, then of what weighs most or of organisations and files.
pub fn run(rules: &[SeasonRule], season: &Season) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules {
        let mut told = (rule.check)(season);
        if !rule.is_ranked {
            told.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
        }
        findings.append(&mut told);
    }
    let nouns = season.nouns();
    for finding in &mut findings {
        finding.reword(&|text| nouns.spelled(text).into_owned());
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
