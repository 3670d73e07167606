//! Bands that a gate withholds.

use crate::finding::{Finding, Findings, Place, declare_rule};
use crate::framework::Band;
use crate::rules::{Judged, ReturnRule};

declare_rule! {
    RULE = "outcome-capped", Note, Allowed, "the total reaches a band that a gate withholds"
}

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Says which gate withholds the band that the total reaches.
fn check(judged: &Judged, findings: &mut Findings) {
    let outcome = judged.outcome();
    let (Some(raw), true) = (&outcome.award.raw_band, outcome.award.raw_band != outcome.award.band) else { return };
    let Some(reached) = judged.framework.band(raw) else { return };
    let given = outcome.award.band.as_ref().and_then(|id| judged.framework.band(id));
    let given = given.map_or("no defined outcome", |band| band.title.as_str());
    let why = withholding(judged, reached);
    let message = format!(
        "the {} reaches “{}”, but the outcome is “{given}”: {why}",
        judged.framework.spelled("¤total"),
        reached.title
    );
    findings.push(
        Finding::new(&RULE, Place::Workbook, message)
            .with_found(given)
            .with_expected(&reached.title)
            .with_help("See the steps to the next outcome."),
    );
}

/// Says why the gates of a band don't hold.
fn withholding(judged: &Judged, band: &Band) -> String {
    let states = judged
        .outcome()
        .award
        .gates
        .iter()
        .filter(|state| band.gates.contains(&state.id) && state.holds == Some(false));
    states.map(|state| state.why.as_str()).collect::<Vec<_>>().join("; ")
}
