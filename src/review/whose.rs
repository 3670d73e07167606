//! Whose cells findings are at, where these aren't the sender's to fill in.

use crate::finding::{Finding, Place};
use crate::framework::{Filler, Framework, RaterId, Stated};
use crate::returns::Return;

/// Says of the findings at others' cells whose these are.
pub(super) fn said(framework: &Framework, sent: &Return, findings: Vec<Finding>) -> Vec<Finding> {
    if framework.fillers.is_empty() {
        return findings;
    }
    let whose = |place: &Place| framework.fillers.iter().find(|filler| fills_in(filler, framework, sent, place));
    let said = |finding: Finding| match whose(&finding.place) {
        Some(filler) => finding.of_others(&filler.who),
        None => finding,
    };
    findings.into_iter().map(said).collect()
}

/// Whether somebody fills in what stands at a place.
fn fills_in(filler: &Filler, framework: &Framework, sent: &Return, place: &Place) -> bool {
    let is_rater = |rater: &RaterId| filler.raters.contains(rater) && *rater != sent.counts;
    let answers = sent.answers.iter().map(|((rater, _), entry)| (rater, &entry.place));
    let points = sent.points.iter().map(|((rater, _), entry)| (rater, &entry.place));
    let mut rated = answers.chain(points).filter(|(rater, _)| is_rater(rater));
    let mut fields = filler.fields.iter().filter_map(|field| sent.fields.get(field)?.place.as_ref());
    let is_theirs = |stated: &Stated| {
        let section = stated.section.as_ref().map(|section| format!("-{section}")).unwrap_or_default();
        let name = stated.id.strip_suffix(&section).unwrap_or(&stated.id);
        filler.stated.iter().any(|own| own == name) || stated.rater.as_ref().is_some_and(is_rater)
    };
    let mut stated = framework.stated.iter().filter(|stated| is_theirs(stated));
    fields.any(|own| own == place)
        || rated.any(|(_, own)| own.as_ref() == Some(place))
        || stated.any(|stated| sent.stated.get(&stated.id).is_some_and(|entry| entry.place == *place))
}
