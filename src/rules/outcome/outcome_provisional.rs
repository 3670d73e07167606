//! Outcomes that are still open.

use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::framework::{BandId, Framework};
use crate::rules::{Judged, ReturnRule};

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
        let (lowest, highest) = (title(judged.framework, &bands.lowest), title(judged.framework, &bands.highest));
        if lowest == highest {
            format!(", {lowest} either way")
        } else {
            format!(", the outcome between {lowest} and {highest}")
        }
    });
    let message =
        format!("{} without a usable answer: {between}{}", count(outcome.missing.len()), bands.unwrap_or_default());
    let help = format!("Answer {}.", listed(&outcome.missing));
    findings.push(Finding::new(&RULE, Place::Workbook, message).with_help(help));
}

/// Returns a band's title.
fn title<'a>(framework: &'a Framework, id: &BandId) -> &'a str {
    framework.outcome.bands.iter().find(|band| band.id == *id).map_or("", |band| band.title.as_str())
}

/// Says how many criteria there are.
fn count(missing: usize) -> String {
    if missing == 1 { "1 criterion is".to_owned() } else { format!("{missing} criteria are") }
}

/// Names the first few, and counts the rest.
fn listed(missing: &[String]) -> String {
    let named = missing.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    match missing.len().saturating_sub(8) {
        0 => named,
        rest => format!("{named} and {rest} more"),
    }
}
