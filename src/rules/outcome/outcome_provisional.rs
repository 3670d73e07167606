//! Outcomes that are still open.

use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::outcome::{Outcome, entries_told};
use crate::rules::{Judged, ReturnRule};
use crate::words::{list_of_at_most, number_of};

/// The most criteria that are named.
const MOST: usize = 8;

declare_rule! {
    RULE = "outcome-provisional", Warning, Allowed, "answers or entries are missing or can't be used, so the outcome is an interval"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Says between which outcomes a return lies while answers are missing or entries can't be used.
fn check(judged: &Judged, findings: &mut Findings) {
    let outcome = judged.outcome();
    if !outcome.is_open() {
        return;
    }
    let shown = |total| crate::outcome::shown(total, &judged.framework.outcome);
    let noun = judged.framework.spelled("¤total");
    let widest = outcome.award.ends.at_the_widest();
    let total = outcome.award.bounds.as_ref().map(|bounds| {
        let (lowest, highest) = (shown(&bounds.lowest), shown(&bounds.highest));
        if lowest == highest {
            format!("the {noun} will be {lowest}")
        } else {
            format!("the {noun} will be between {lowest} and {highest}{widest}")
        }
    });
    let verb = if total.is_some() { "" } else { "will be " };
    let bands = outcome.award.band_bounds.as_ref().map(|bands| {
        let spec = &judged.framework.outcome;
        if bands.lowest == bands.highest {
            format!("{} either way", spec.band_title(&bands.lowest))
        } else {
            let some = outcome.award.some_between(spec);
            let widest = if some.is_empty() { widest } else { "" };
            let none = if outcome.award.may_be_none { ", or none" } else { "" };
            format!("the outcome {verb}{}{widest}{none}", spec.bands_between(&bands.lowest, &bands.highest, &some))
        }
    });
    let none = || outcome.award.may_be_none.then(|| "the outcome may be none".to_owned());
    let ends: Vec<String> = total.into_iter().chain(bands.or_else(none)).collect();
    let told = if ends.is_empty() { "the outcome isn't known".to_owned() } else { ends.join(", ") };
    let message = format!("{}: {told}", judged.framework.spelled(&why(outcome)));
    findings.push(Finding::new(&RULE, Place::Workbook, message).with_help(help(outcome)));
}

/// Says what keeps the outcome open.
fn why(outcome: &Outcome) -> String {
    let (missing, unusable) = (outcome.missing.len(), outcome.unusable.len());
    let answers = format!("{} without a usable answer", number_of(missing, "¤criterion is", "¤criteria are"));
    let entries = entries_told(unusable, outcome.uneven.len());
    match (missing, unusable) {
        (_, 0) => answers,
        (0, _) => entries,
        (_, _) => format!("{answers} and {entries}"),
    }
}

/// Says what settles the outcome.
fn help(outcome: &Outcome) -> String {
    let missing = &outcome.missing;
    let named = if missing.len() > MOST { list_of_at_most(missing, MOST) } else { missing.join(", ") };
    let answer = (!missing.is_empty()).then(|| format!("Answer {named}."));
    let cells: Vec<String> = outcome.unusable.iter().filter_map(Place::named).collect();
    let verb = if outcome.uneven.len() < outcome.unusable.len() { "Fill in or correct" } else { "Correct" };
    let correct = (!cells.is_empty()).then(|| format!("{verb} {}.", list_of_at_most(&cells, MOST)));
    answer.into_iter().chain(correct).collect::<Vec<_>>().join(" ")
}
