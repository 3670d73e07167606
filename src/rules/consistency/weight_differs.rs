//! Stated weightings.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, declare_rule};
use crate::framework::StatedKind;
use crate::outcome::{Lent, WeightsOff};
use crate::rules::{Judged, ReturnRule};
use crate::words::{agree, list_of_at_most, number, titled};

use super::stated;

declare_rule! {
    RULE = "weight-differs", Error, Allowed, "a weighting on the sheet isn't the framework's, or an organisation's own don't come to the whole"
}

/// The most that are named.
const MOST: usize = 6;

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds those that differ from what is worked out.
fn check(judged: &Judged, findings: &mut Findings) {
    stated::check(&RULE, StatedKind::Weight, judged, findings);
    findings.extend(judged.basis(judged.outcome()).weights_off().iter().filter_map(not_whole));
}

/// Says that the weights that the organisation gives don't come to the whole; once, where the first of them stands.
fn not_whole(off: &WeightsOff<'_>) -> Option<Finding> {
    let sum = number(off.sum, 2);
    let of =
        off.section.map_or_else(String::new, |section| format!(" in {}", titled(section.id.as_str(), &section.title)));
    let lent = lent(off.lent);
    let message = format!("the weights{of} come to {sum}%, not to 100%, so that nothing weighted can be told{lent}");
    let finding = Finding::new(&RULE, off.places.first()?.clone(), message).with_found(format!("{sum}%"));
    let help = if lent.is_empty() {
        "Correct the weights so that they come to 100%."
    } else {
        "Fill in each weight, 0 for what isn\u{2019}t to count, so that they come to 100%."
    };
    Some(finding.with_expected("100%").with_help(help))
}

/// Says what has no weight of its own, and counts in the sum by the scheme's.
fn lent(lent: &[Lent]) -> String {
    let percent = |(name, share): &Lent| format!("{name} with {}%", number(&(share * &Exact::from(100)), 2));
    let named: Vec<String> = lent.iter().map(percent).collect();
    if named.is_empty() {
        return String::new();
    }
    format!(
        "; {} {} blank and {} by the framework",
        list_of_at_most(&named, MOST),
        agree(named.len(), "is", "are"),
        agree(named.len(), "counts", "count")
    )
}
