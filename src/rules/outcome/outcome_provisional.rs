//! Outcomes that are still open.

use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::rules::{Judged, ReturnRule};
use crate::words::{list_of_at_most, number_of};

/// The most criteria that are named.
const MOST: usize = 8;

declare_rule! {
    RULE = "outcome-provisional", Warning, Allowed, "answers are missing, so the outcome is an interval"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Says between which outcomes a return lies while answers are missing.
fn check(judged: &Judged, findings: &mut Findings) {
    let outcome = judged.outcome();
    if outcome.missing.is_empty() {
        return;
    }
    let shown = |total| crate::outcome::shown(total, &judged.framework.outcome);
    let between =
        format!("the total will be between {} and {}", shown(&outcome.bounds.lowest), shown(&outcome.bounds.highest));
    let bands = outcome.band_bounds.as_ref().map(|bands| {
        let (lowest, highest) =
            (judged.framework.band_title(&bands.lowest), judged.framework.band_title(&bands.highest));
        if lowest == highest {
            format!(", {lowest} either way")
        } else {
            format!(", the outcome between {lowest} and {highest}")
        }
    });
    let message = format!(
        "{} without a usable answer: {between}{}",
        number_of(outcome.missing.len(), "criterion is", "criteria are"),
        bands.unwrap_or_default()
    );
    let missing = &outcome.missing;
    let named = if missing.len() > MOST { list_of_at_most(missing, MOST) } else { missing.join(", ") };
    let help = format!("Answer {named}.");
    findings.push(Finding::new(&RULE, Place::Workbook, message).with_help(help));
}
