//! A season's own grading of rules, applied once, after all reviews and before anything is counted.
//!
//! What nothing can silence keeps its severity whatever a season says.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue;
use crate::finding::{Finding, Severity};

/// What a season makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleStatus {
    /// Its findings are left out.
    Off,
    /// They are notes.
    Note,
    /// They are warnings.
    Warning,
    /// They are errors.
    Error,
}

impl RuleStatus {
    /// Returns the word for it, as settings have it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Returns the severity; `None` where findings are left out.
    const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// What a season makes of which rules, by their public names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Grading(pub BTreeMap<String, RuleStatus>);

impl Grading {
    /// Grades lists of findings, and returns the rules that found nothing, so that grading them had no effect.
    pub fn apply<'a>(&self, lists: impl IntoIterator<Item = &'a mut Vec<Finding>>) -> Vec<&str> {
        let mut used = BTreeSet::new();
        for findings in lists {
            let all = std::mem::take(findings);
            findings.extend(all.into_iter().flat_map(|finding| self.graded(finding, &mut used)));
        }
        self.0.keys().map(String::as_str).filter(|rule| !used.contains(*rule)).collect()
    }

    /// Grades a finding and each that follows from it; where it is left out itself, what follows from it is told all the same.
    fn graded(&self, finding: Finding, used: &mut BTreeSet<String>) -> Vec<Finding> {
        let (mut cause, mut effects) = finding.apart();
        effects.retain_mut(|effect| self.grade(effect, used));
        if self.grade(&mut cause, used) { vec![cause.with_effects(effects)] } else { effects }
    }

    /// Grades one finding; returns whether it stays.
    fn grade(&self, finding: &mut Finding, used: &mut BTreeSet<String>) -> bool {
        let rule = finding.rule.as_str();
        let Some(status) = self.0.get(rule).filter(|_| !catalogue::is_always_told(rule)) else { return true };
        used.insert(rule.to_owned());
        if let Some(severity) = status.severity() {
            finding.severity = severity;
        }
        *status != RuleStatus::Off
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::unread;
    use crate::catalogue::rule::REVIEW_FAILED;
    use crate::finding::Place;

    fn grading(entries: &[(&str, RuleStatus)]) -> Grading {
        Grading(entries.iter().map(|(rule, status)| ((*rule).to_owned(), *status)).collect())
    }

    #[test]
    fn findings_are_graded_or_left_out() {
        let rule = catalogue::find("sheet-missing").unwrap();
        for (status, expected) in [
            (RuleStatus::Off, None),
            (RuleStatus::Note, Some(Severity::Note)),
            (RuleStatus::Warning, Some(Severity::Warning)),
        ] {
            let mut findings = vec![Finding::new(rule, Place::Workbook, "m")];
            let grading = grading(&[("sheet-missing", status), ("near-boundary", RuleStatus::Off)]);
            assert_eq!(grading.apply([&mut findings]), ["near-boundary"]);
            assert_eq!(findings.first().map(|finding| finding.severity), expected, "{status:?}");
        }
    }

    #[test]
    fn what_is_always_told_is_never_silenced() {
        let mut review = unread::inaccessible("a", "no");
        review.findings[0].rule = (&REVIEW_FAILED).into();
        grading(&[("review-failed", RuleStatus::Off)]).apply([&mut review.findings]);
        assert_eq!(review.findings.len(), 1);
        assert_eq!(review.findings[0].severity, Severity::Error);
    }
}
