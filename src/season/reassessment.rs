//! Who asks for action and another assessment, and what keeps a return from a better outcome.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::finding::Finding;
use crate::framework::{Band, Framework, Gate, Limit};
use crate::outcome::{GateState, shown, with_unit};
use crate::review::{DateRecord, OutcomeRecord, Review};
use crate::rules::outcome::reassessment_required;
use crate::schedule::StepState;
use crate::words::{list_of_at_most, sentence};

/// A return that asks for action and another assessment.
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
    /// An outcome of which the framework says so.
    Outcome,
}

/// Whether a framework says of any score or outcome that it asks for another assessment.
pub fn is_known(framework: &Framework) -> bool {
    let by_score = framework.requirements.iter().any(|wanted| wanted.rule == reassessment_required::RULE.id);
    by_score || framework.outcome.bands.iter().any(|band| band.again)
}

/// Whether the team decided of each score that would ask for another assessment that it doesn't; not where none would.
pub fn is_waived(review: &Review) -> bool {
    let mut asks = review.findings.iter().filter(|of| of.is_of(&reassessment_required::RULE)).peekable();
    asks.peek().is_some() && asks.all(|of| of.waived.is_some())
}

/// Returns whether and why a return asks for it: the framework says so of a score or of the outcome, which is certain, and the team
/// didn't decide that the score stands as it is.
pub fn of(framework: &Framework, review: &Review) -> Option<Reassessment> {
    let outcome = review.outcome.as_ref().filter(|_| review.status.counts())?;
    let said = review.findings.iter().filter(|of| of.is_of(&reassessment_required::RULE) && of.waived.is_none());
    let said: Vec<&Finding> = said.collect();
    let band = outcome.settled().and_then(|band| framework.band(band)).filter(|band| band.again);
    let (cause, why) = match (&said[..], band) {
        ([_, ..], _) => (Cause::Score, of_scores(&said)),
        ([], Some(band)) => (Cause::Outcome, kept_from(framework, review).unwrap_or_else(|| plain(band))),
        ([], None) => return None,
    };
    Some(Reassessment { file: review.file.clone(), cause, why })
}

/// Returns the framework's step by whose day what a return asks for is wanted, if it isn't done: one that has a day, where one has;
/// `None` where there is none.
pub fn due<'a>(framework: &Framework, review: &'a Review) -> Option<&'a DateRecord> {
    let is_again = |date: &&DateRecord| framework.step(&date.step).is_some_and(|step| step.again);
    let open = review.dates.iter().filter(is_again).filter(|date| date.state != StepState::Done);
    open.min_by_key(|date| date.date.is_none())
}

/// Returns the conditions of the next better outcome that keep a return from it.
pub fn conditions<'a>(framework: &'a Framework, review: &Review) -> Vec<&'a Gate> {
    let Some(outcome) = &review.outcome else { return Vec::new() };
    let better = outcome.settled().and_then(|band| framework.next_better(review.kind.as_deref(), band));
    let failed =
        |gate: &&GateState| gate.holds == Some(false) && better.is_some_and(|better| better.gates.contains(&gate.id));
    outcome.gates.iter().filter(failed).filter_map(|gate| framework.gate(&gate.id)).collect()
}

/// The most scores that one sentence tells.
const MOST_SCORES: usize = 12;

/// Says which scores ask for it, in one sentence where all are worded alike: "U3 and S1 are scored 1, which needs another assessment".
fn of_scores(said: &[&Finding]) -> String {
    let tails: BTreeSet<Option<&str>> = said.iter().map(|finding| tail(finding)).collect();
    let about: Vec<&str> = said.iter().filter_map(|finding| finding.subject.as_deref()).collect();
    match (tails.first().copied().flatten(), tails.len(), about.len()) {
        (Some(tail), 1, 2..) => format!("{} are{tail}.", list_of_at_most(&about, MOST_SCORES)),
        _otherwise => said.iter().map(|finding| sentence(&finding.message)).collect::<Vec<_>>().join(" "),
    }
}

/// Returns what a finding says of its score, after "U3 is"; `None` where it is worded otherwise.
fn tail(finding: &Finding) -> Option<&str> {
    finding.message.strip_prefix(finding.subject.as_deref()?)?.strip_prefix(" is")
}

/// Says no more than what the outcome is.
fn plain(band: &Band) -> String {
    format!("The outcome is {}.", band.title)
}

/// Says what keeps a return from the next better outcome: the total, or the conditions of that outcome that don't hold; `None` where
/// the outcome is open or the best, or that isn't known.
pub fn kept_from(framework: &Framework, review: &Review) -> Option<String> {
    let outcome = review.outcome.as_ref()?;
    let better = framework.next_better(review.kind.as_deref(), outcome.settled()?)?;
    let failed = outcome.gates.iter().filter(|gate| gate.holds == Some(false) && better.gates.contains(&gate.id));
    let reasons = failed.map(|gate| sentence(&gate.why)).chain(short(framework, outcome, better));
    let reasons: Vec<String> = reasons.collect();
    (!reasons.is_empty()).then(|| reasons.join(" "))
}

/// Says how far the total is from a band; `None` where it isn't short of it.
fn short(framework: &Framework, outcome: &OutcomeRecord, band: &Band) -> Option<String> {
    let spec = &framework.outcome;
    let said = |total: &Exact, most: &str, limit: &Exact| {
        let told = |number: &Exact| with_unit(&shown(number, spec), spec);
        let than = match band.limit() {
            Some(Limit::Over(_)) => "more than ",
            Some(Limit::Under(_)) => "less than ",
            Some(Limit::AtMost(_)) => "at most ",
            Some(Limit::AtLeast(_)) | None => "",
        };
        let noun = framework.spelled("¤total");
        format!("The {noun} is {most}{}; {} needs {than}{}.", told(total), band.title, told(limit))
    };
    let of_total = |total: &Option<Exact>, bound: &Option<Exact>| total.clone().or_else(|| bound.clone());
    let (highest, lowest) = (of_total(&outcome.total, &outcome.highest), of_total(&outcome.total, &outcome.lowest));
    let limit = band.limit()?;
    let (total, most) = if limit.is_least() { (highest?, "at most ") } else { (lowest?, "at least ") };
    let most = if outcome.total.is_some() { "" } else { most };
    (!limit.holds(&total)).then(|| said(&total, most, limit.number()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Waived};
    use crate::framework::sample::{band, exact};
    use crate::review::Status;
    use crate::season::sample;

    /// Returns a framework whose bands have gates, and a return with this band and total of which these gates hold.
    fn case(of: &str, total: &str, holding: &[&str]) -> (Framework, Review) {
        let mut framework = sample::usual();
        framework.outcome.bands = vec![
            band("excellent", "90", &["much"]),
            band("accredited", "55", &["some"]),
            Band { again: true, ..band("none", "", &[]) },
        ];
        let mut review = sample::review(&framework, "Acme", "Self", &[Some(1); 12]);
        let outcome = review.outcome.as_mut().unwrap();
        (outcome.band, outcome.total) = (Some(of.into()), Some(exact(total)));
        let gate = |id: &str| GateState {
            id: id.into(),
            holds: Some(holding.contains(&id)),
            why: if holding.contains(&id) { String::new() } else { format!("{id} is wanting") },
        };
        outcome.gates = vec![gate("much"), gate("some")];
        (framework, review)
    }

    #[test]
    fn what_keeps_a_return_from_the_next_better_outcome_is_what_that_one_needs() {
        for (band, total, holding, expected) in [
            ("none", "54", &["some"][..], Some("The total is 54.0%; accredited needs 55.0%.")),
            ("none", "60", &[], Some("Some is wanting.")),
            ("none", "54", &[], Some("Some is wanting. The total is 54.0%; accredited needs 55.0%.")),
            ("accredited", "95", &["some"], Some("Much is wanting.")),
            ("accredited", "60", &["some", "much"], Some("The total is 60.0%; excellent needs 90.0%.")),
            ("excellent", "95", &["some", "much"], None),
        ] {
            let (framework, review) = case(band, total, holding);
            assert_eq!(kept_from(&framework, &review).as_deref(), expected, "{band} at {total}");
        }
    }

    #[test]
    fn another_assessment_is_asked_for_only_where_the_framework_says_so() {
        let (mut framework, mut review) = case("none", "54", &["some"]);
        assert_eq!(of(&framework, &review).map(|asked| asked.cause), Some(Cause::Outcome));
        // A certain outcome asks for it though answers are missing.
        let outcome = review.outcome.as_mut().unwrap();
        (outcome.band_lowest, outcome.band_highest) = (outcome.band.clone(), outcome.band.take());
        (outcome.highest, outcome.total) = (outcome.total.take(), None);
        review.status = Status::Provisional;
        let why = of(&framework, &review).map(|asked| asked.why);
        assert_eq!(why.as_deref(), Some("The total is at most 54.0%; accredited needs 55.0%."));
        framework.outcome.bands[2].again = false;
        assert_eq!((of(&framework, &review), is_known(&framework)), (None, false));
    }

    #[test]
    fn a_score_that_stands_by_decision_asks_for_no_other_assessment() {
        let (framework, mut review) = case("accredited", "60", &["some", "much"]);
        let asked = Finding::new(&reassessment_required::RULE, Place::Workbook, "U3 is scored 1").with_subject("U3");
        review.findings = vec![asked.clone()];
        assert_eq!(of(&framework, &review).map(|asked| asked.why).as_deref(), Some("U3 is scored 1."));
        assert!(!is_waived(&review));
        let other = |id: &str, grade: &str| {
            Finding::new(&reassessment_required::RULE, Place::Workbook, format!("{id} is scored {grade}"))
                .with_subject(id)
        };
        for (others, expected) in [
            (vec![other("S1", "1")], "U3 and S1 are scored 1."),
            (vec![other("S1", "1"), other("T2", "1")], "U3, S1 and T2 are scored 1."),
            (vec![other("S1", "0")], "U3 is scored 1. S1 is scored 0."),
        ] {
            review.findings = std::iter::once(asked.clone()).chain(others).collect();
            assert_eq!(of(&framework, &review).map(|asked| asked.why).as_deref(), Some(expected));
        }
        review.findings = vec![asked.waived(&Waived::default())];
        assert_eq!((of(&framework, &review), is_waived(&review)), (None, true));
    }
}
