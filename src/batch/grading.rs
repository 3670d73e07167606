//! A season's own grading of rules, applied once, after all reviews and before anything is counted.
//!
//! What nothing can silence keeps its severity whatever a season says.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue;
use crate::finding::{Finding, Severity};
use crate::form::rule::{FORMULA_CHANGED, FORMULA_OVERWRITTEN};
use crate::season::Season;
use crate::season::decision::Regraded;

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

/// What came of grading.
#[derive(Debug, Default)]
pub struct Graded<'a> {
    /// The rules that found nothing, so that grading them had no effect.
    pub in_vain: Vec<&'a str>,
    /// What is left out, each with the number of its list.
    pub silenced: Vec<(usize, Finding)>,
}

impl Grading {
    /// Grades lists of findings.
    pub fn apply<'a>(&self, lists: impl IntoIterator<Item = &'a mut Vec<Finding>>) -> Graded<'_> {
        let (mut used, mut silenced) = (BTreeSet::new(), Vec::new());
        for (number, findings) in lists.into_iter().enumerate() {
            let (all, mut left_out) = (std::mem::take(findings), Vec::new());
            findings.extend(all.into_iter().flat_map(|finding| self.graded(finding, &mut used, &mut left_out)));
            silenced.extend(left_out.into_iter().map(|finding| (number, finding)));
        }
        Graded { in_vain: self.0.keys().map(String::as_str).filter(|rule| !used.contains(*rule)).collect(), silenced }
    }

    /// Returns the rules whose findings weigh otherwise, with how many a season has.
    pub fn otherwise(&self, season: &Season) -> Vec<Regraded> {
        let all = || season.listed().flat_map(|listed| listed.finding.with_its_effects());
        let graded = self.0.iter().filter_map(|(rule, status)| {
            let findings = all().filter(|finding| finding.rule.as_str() == rule).count();
            Some(Regraded { rule: rule.clone(), severity: status.severity()?, findings })
        });
        graded.collect()
    }

    /// Grades a finding and each that follows from it. What is left out takes along what follows from it, save where another fault of its
    /// own cell is told: that one does.
    fn graded(&self, finding: Finding, used: &mut BTreeSet<String>, left_out: &mut Vec<Finding>) -> Vec<Finding> {
        let (mut cause, effects) = finding.apart();
        let mut kept = Vec::new();
        for mut effect in effects {
            if self.grade(&mut effect, used) { kept.push(effect) } else { left_out.push(effect) }
        }
        if self.grade(&mut cause, used) {
            return vec![cause.with_effects(kept)];
        }
        let is_told = |effect: &Finding| catalogue::is_always_told(effect.rule.as_str());
        let (mut here, others): (Vec<Finding>, Vec<Finding>) =
            kept.into_iter().partition(|effect| is_at_its_cell(effect, &cause));
        let (mut apart, along): (Vec<Finding>, Vec<Finding>) = others.into_iter().partition(is_told);
        match here.pop() {
            Some(other) => {
                left_out.push(cause);
                apart.push(other.with_effects(along));
            }
            None => left_out.push(cause.with_effects(along)),
        }
        here.extend(apart);
        here
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

/// Whether an effect is another fault of the cause's own cell, such as a figure that is wrong beside that it was typed over the form's
/// formula.
fn is_at_its_cell(effect: &Finding, cause: &Finding) -> bool {
    let is_of_formula = cause.is_of(&FORMULA_OVERWRITTEN) || cause.is_of(&FORMULA_CHANGED);
    effect.cells().is_some() && (effect.place == cause.place || is_of_formula && effect.place.is_within(&cause.place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::unread;
    use crate::catalogue::rule::REVIEW_FAILED;
    use crate::cell::CellRef;
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
            let graded = grading.apply([&mut findings]);
            assert_eq!(graded.in_vain, ["near-boundary"]);
            assert_eq!(graded.silenced.len(), usize::from(expected.is_none()), "what is left out is told");
            assert_eq!(findings.first().map(|finding| finding.severity), expected, "{status:?}");
        }
    }

    #[test]
    fn what_is_left_out_takes_along_what_follows_from_it_but_no_other_fault_of_its_cell() {
        let rule = |id| catalogue::find(id).unwrap();
        let at = |id, row| Finding::new(rule(id), Place::cell("A", CellRef::new(row, 3)), format!("{id} {row}"));
        let wrong = |row| at("total-differs", row).with_severity(Severity::Error);
        let rows = |findings: &[Finding]| -> Vec<u32> {
            findings.iter().map(|finding| finding.cells().unwrap().first.row).collect()
        };
        for (cause, told, taken_along) in [
            (at("number-as-text", 2).with_effects([wrong(8), wrong(9)]), vec![], vec![8, 9]),
            (at("number-as-text", 2).with_effects([wrong(9), at("review-failed", 8)]), vec![8], vec![9]),
            (at("formula-overwritten", 9).with_effects([wrong(9), wrong(12)]), vec![9], vec![]),
        ] {
            let mut findings = vec![cause.clone()];
            let grading = grading(&[(cause.rule.as_str(), RuleStatus::Off)]);
            let graded = grading.apply([&mut findings]);
            let [(0, left_out)] = &graded.silenced[..] else { panic!("{:?}", graded.silenced) };
            assert_eq!((rows(&findings), rows(&left_out.effects)), (told, taken_along), "{findings:?}");
            let all = findings.iter().flat_map(Finding::with_its_effects).count() + left_out.effects.len();
            assert_eq!(all, cause.effects.len(), "nothing is lost");
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
