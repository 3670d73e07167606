//! What a register's row states and shouldn't, where a rule of the framework's own finds the same entry wrong: they are one finding.
//!
//! That they are is proved: with what is expected there, the framework's rule is kept.

use crate::finding::{Finding, Place, RuleId};
use crate::returns::Return;
use crate::rules::register::row_outcome_differs;
use crate::rules::{Judged, own_findings};

use super::own_cell::into_causes;
use super::trial::changed;

/// Puts what rows state and shouldn't into the findings of the framework's own about the same entries.
pub(super) fn gathered(judged: &Judged, findings: Vec<Finding>) -> Vec<Finding> {
    let differs = |finding: &Finding| finding.is_of(&row_outcome_differs::RULE);
    let expected = findings.iter().filter(|finding| differs(finding));
    let expected: Vec<(Place, String)> =
        expected.filter_map(|finding| Some((finding.place.clone(), finding.expected.clone()?))).collect();
    let is_beside =
        |finding: &Finding| is_own(judged, finding) && expected.iter().any(|(place, _)| *place == finding.place);
    if !findings.iter().any(is_beside) {
        return findings;
    }
    let left = changed(judged, |sent| say(sent, &expected), own_findings);
    let is_kept =
        |finding: &Finding| !left.iter().any(|other| (&other.rule, &other.place) == (&finding.rule, &finding.place));
    into_causes(
        findings,
        |finding| is_beside(finding) && is_kept(finding),
        |finding, cause| differs(finding) && finding.place == cause.place,
    )
}

/// Whether a finding is of a rule of the framework's own.
pub(super) fn is_own(judged: &Judged, finding: &Finding) -> bool {
    let framework = judged.framework;
    framework.rules.iter().any(|rule| RuleId::of_framework(&framework.id, &rule.slug) == finding.rule)
}

/// Puts what is expected into the entries of rows.
pub(super) fn say(sent: &mut Return, expected: &[(Place, String)]) {
    for (place, value) in expected {
        let Some((sheet, cells)) = place.sheet().zip(place.cells()) else { continue };
        let registers = sent.registers.values_mut().filter(|register| register.sheet == sheet);
        registers.for_each(|register| register.say(cells.first, value));
    }
}
