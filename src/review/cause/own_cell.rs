//! What is wrong with one cell for one reason: a figure that was typed over the form's formula, or that a changed one gives, or that is no
//! number; a key that is written otherwise than its kind is, and so looks like another; a day to come that is outside the period too.

use crate::finding::{Finding, Severity};
use crate::form::rule::{FORMULA_CHANGED, FORMULA_OVERWRITTEN};
use crate::returns::rule::{ANSWER_NOT_A_NUMBER, CHOICE_UNKNOWN, IDENTIFIER_MALFORMED, NUMBER_AS_TEXT};
use crate::rules::answer::{date_in_future, date_out_of_period};
use crate::rules::consistency::weight_differs;
use crate::rules::register::identifier_repeated;
use crate::words::{agree, list_of_at_most};

use super::{MOST_NAMED, is_stated};

/// Puts what else is wrong with the cell of a formula that isn't the form's into the finding about the formula, and so with other causes.
pub(super) fn gathered(findings: Vec<Finding>) -> Vec<Finding> {
    let findings = into_causes(findings, is_of_formula, follows);
    let is_here = |finding: &Finding, cause: &Finding| is_stated(finding) && finding.place == cause.place;
    let findings = into_causes(findings, |finding| finding.is_of(&ANSWER_NOT_A_NUMBER), is_here);
    let is_again = |finding: &Finding, cause: &Finding| {
        finding.is_of(&identifier_repeated::RULE)
            && finding.severity == Severity::Warning
            && finding.place == cause.place
    };
    let findings = into_causes(findings, |finding| finding.is_of(&IDENTIFIER_MALFORMED), is_again);
    let is_out =
        |finding: &Finding, cause: &Finding| finding.is_of(&date_out_of_period::RULE) && finding.place == cause.place;
    into_causes(findings, |finding| finding.is_of(&date_in_future::RULE), is_out)
}

/// Puts findings into the causes at their own cells from which they follow.
pub(super) fn into_causes(
    findings: Vec<Finding>,
    is_cause: impl Fn(&Finding) -> bool,
    follows: impl Fn(&Finding, &Finding) -> bool,
) -> Vec<Finding> {
    let (causes, others): (Vec<(usize, Finding)>, Vec<_>) =
        findings.into_iter().enumerate().partition(|(_, finding)| is_cause(finding));
    let of = |finding: &Finding| causes.iter().position(|(_, cause)| follows(finding, cause));
    let (effects, mut all): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, finding)| of(finding).is_some());
    let with = |(number, (index, cause)): (usize, &(usize, Finding))| {
        let own = effects.iter().filter(|(_, effect)| of(effect) == Some(number)).map(|(_, effect)| effect);
        (*index, told_with(cause.clone(), own.cloned().collect()))
    };
    all.extend(causes.iter().enumerate().map(with));
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, finding)| finding).collect()
}

/// Whether a finding is about a formula that isn't the form's.
pub(super) fn is_of_formula(finding: &Finding) -> bool {
    finding.is_of(&FORMULA_OVERWRITTEN) || finding.is_of(&FORMULA_CHANGED)
}

/// Whether a finding is at the cell of such a formula, and for its sake.
fn follows(finding: &Finding, cause: &Finding) -> bool {
    let others = [&weight_differs::RULE, &NUMBER_AS_TEXT, &CHOICE_UNKNOWN, &ANSWER_NOT_A_NUMBER];
    let is_about = is_stated(finding) || others.iter().any(|rule| finding.is_of(rule));
    is_about && finding.place.is_within(&cause.place)
}

/// Puts effects at its own cell into a cause, which says what was expected there.
fn told_with(mut cause: Finding, effects: Vec<Finding>) -> Finding {
    let others = effects.iter().filter(|effect| !effect.is_of(&NUMBER_AS_TEXT));
    let is_one = cause.cells().is_some_and(|cells| cells.first == cells.last);
    if let Some(expected) = others.clone().find_map(|effect| effect.expected.as_ref()).filter(|_| is_one) {
        cause.message = format!("{}; {expected} is expected", cause.message);
    } else if !is_one {
        let cells: Vec<String> = others.filter_map(Finding::cell).collect();
        let isnt = agree(cells.len(), "isn't", "aren't");
        let differ = format!("{} {isnt} what the rows' own entries come to", list_of_at_most(&cells, MOST_NAMED));
        cause.message = if cells.is_empty() { cause.message } else { format!("{}; {differ}", cause.message) };
    }
    cause.with_effects(effects)
}
