//! Who asks for action and another assessment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::framework::Framework;
use crate::outcome::GateState;
use crate::review::{OutcomeRecord, Review, Status};
use crate::rules::outcome::reassessment_required;
use crate::words::sentence;

/// A complete return that asks for action and another assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reassessment {
    /// The return.
    pub file: String,
    /// What it follows from.
    pub cause: Cause,
    /// Why, as a sentence.
    pub why: String,
}

/// What a re-assessment follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A score of which the framework says so.
    Score,
    /// A condition that isn't met withholds a better outcome.
    Condition,
    /// The outcome is the lowest band.
    LowestBand,
}

/// Returns whether and why a return asks for it: the scheme says so, a condition isn't met, or it is in the lowest band.
pub fn of(framework: &Framework, review: &Review) -> Option<Reassessment> {
    let outcome = review.outcome.as_ref().filter(|_| review.status == Status::Scored)?;
    let said = review.findings.iter().find(|finding| finding.is_of(&reassessment_required::RULE));
    let bands = &framework.outcome.bands;
    let is_lowest = bands.len() > 1 && bands.last().map(|band| &band.id) == outcome.band.as_ref();
    let is_withheld = outcome.raw_band != outcome.band;
    let (cause, why) = match (said, missed(framework, outcome)) {
        (Some(finding), _) => (Cause::Score, sentence(&finding.message)),
        (None, Some(gate)) if is_lowest || is_withheld => (Cause::Condition, sentence(&gate.why)),
        (None, Some(_) | None) if is_lowest => (Cause::LowestBand, "The outcome is the lowest band.".to_owned()),
        (None, Some(_) | None) => return None,
    };
    Some(Reassessment { file: review.file.clone(), cause, why })
}

/// Returns the condition that keeps a return from the next better outcome; else the first that doesn't hold.
fn missed<'a>(framework: &Framework, outcome: &'a OutcomeRecord) -> Option<&'a GateState> {
    let place = outcome.band.as_ref().and_then(|band| framework.place_of_band(band));
    let better = place.and_then(|place| framework.outcome.bands.get(place.checked_sub(1)?));
    let is_better = |gate: &&GateState| better.is_some_and(|band| band.gates.contains(&gate.id));
    let failed = || outcome.gates.iter().filter(|gate| gate.holds == Some(false));
    failed().find(is_better).or_else(|| failed().next())
}
