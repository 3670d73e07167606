//! The rules over what one return says and what follows from it.
//!
//! Each rule is a file of its own: its declaration, and its check. Rules see no workbook and no layout: they work on what was
//! said, not on where it stood. Rules of a framework's own are expressions in its pack; `own` runs them.

pub mod answer;
pub mod consistency;
pub mod evidence;
pub mod outcome;
mod own;
pub mod register;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Finding, Findings, Rule};
use crate::framework::expression::Quantity;
use crate::framework::{Framework, RaterId};
use crate::outcome::{Basis, Outcome, Scored};
use crate::returns::Return;
use crate::schedule::Schedule;

/// A return with all that follows from it.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// What the return says.
    pub sent: &'a Return,
    /// What follows from each rater's answers.
    pub outcomes: &'a BTreeMap<RaterId, Outcome>,
    /// Its dated steps.
    pub schedule: &'a Schedule,
    /// The season's data date; `None` where each return says it for itself.
    pub season_date: Option<Date>,
    /// What expressions about each rater's answers rest on.
    pub bases: &'a BTreeMap<RaterId, Basis<'a>>,
    /// The variants that the return can be of, where it can't be told what is asked of it; none where they are too many.
    pub variants: Option<&'a [Variant<'a>]>,
}

/// What a return comes to with an entry of the cover filled in on which it rests what is asked of it.
#[derive(Debug)]
pub struct Variant<'a> {
    /// What follows from each rater's answers.
    pub outcomes: &'a BTreeMap<RaterId, Outcome>,
    /// What expressions about each rater's answers rest on.
    pub bases: BTreeMap<RaterId, Basis<'a>>,
}

/// Returns what expressions about each rater's answers rest on.
pub fn bases<'a>(
    framework: &'a Framework,
    sent: &'a Return,
    outcomes: &BTreeMap<RaterId, Outcome>,
) -> BTreeMap<RaterId, Basis<'a>> {
    outcomes.iter().map(|(rater, outcome)| (rater.clone(), Basis::of(framework, sent, outcome))).collect()
}

/// Returns the variants that a return can be of, as rules see them.
pub fn variants<'a>(framework: &'a Framework, scored: &'a Scored) -> Option<Vec<Variant<'a>>> {
    let of = |one: &'a crate::outcome::Variant| Variant {
        outcomes: &one.outcomes,
        bases: bases(framework, &one.sent, &one.outcomes),
    };
    Some(scored.variants.as_ref()?.iter().map(of).collect())
}

impl<'a> Judged<'a> {
    /// Returns what follows from the answers that count.
    ///
    /// # Panics
    /// Where the return counts a rater that has no outcome, which [`crate::review`] never makes.
    pub fn outcome(&self) -> &'a Outcome {
        self.outcomes.get(&self.sent.counts).expect("each rater of the framework has an outcome")
    }

    /// Returns what expressions about an outcome rest on.
    ///
    /// # Panics
    /// Where the outcome is none of these, which [`crate::review`] never makes.
    pub fn basis(&self, outcome: &Outcome) -> &'a Basis<'a> {
        self.bases.get(&outcome.rater).expect("each outcome has its basis")
    }

    /// Works something out of a rater's answers; where it can't be told what is asked of the return, it is one of what its variants
    /// give.
    pub fn worked_out(&self, outcome: &'a Outcome, work: impl Fn(&Basis<'_>, &Outcome) -> Quantity) -> Quantity {
        let ways = self.ways(outcome);
        if ways.is_empty() {
            return Quantity::open();
        }
        Quantity::one_of(ways.into_iter().map(|(basis, outcome)| work(basis, outcome)))
    }

    /// Returns all that a rater's outcome can be of, each with what expressions about it rest on: itself, or that of each variant.
    pub fn ways(&self, outcome: &'a Outcome) -> Vec<(&'a Basis<'a>, &'a Outcome)> {
        let Some(variants) = self.variants else { return vec![(self.basis(outcome), outcome)] };
        let of = |one: &'a Variant<'a>| one.bases.get(&outcome.rater).zip(one.outcomes.get(&outcome.rater));
        variants.iter().filter_map(of).collect()
    }
}

/// A rule over one return.
#[derive(Debug)]
pub struct ReturnRule {
    /// The rule.
    pub rule: &'static Rule,
    /// Finds its faults.
    pub check: fn(&Judged, &mut Findings),
}

/// The rules, in the order of the public list.
pub static RULES: &[ReturnRule] = &[
    answer::answer_blank::CHECK,
    answer::field_blank::CHECK,
    answer::date_out_of_order::CHECK,
    answer::date_in_future::CHECK,
    answer::date_out_of_period::CHECK,
    evidence::evidence_missing::CHECK,
    evidence::evidence_repeated::CHECK,
    evidence::action_missing::CHECK,
    evidence::action_incomplete::CHECK,
    register::identifier_repeated::CHECK,
    register::register_missing::CHECK,
    register::row_outcome_differs::CHECK,
    consistency::total_differs::CHECK,
    consistency::weight_differs::CHECK,
    consistency::outcome_differs::CHECK,
    consistency::measure_points_differ::CHECK,
    consistency::measure_points_unreachable::CHECK,
    consistency::measure_differs_from_register::CHECK,
    consistency::measure_small_cohort::CHECK,
    outcome::outcome_provisional::CHECK,
    outcome::outcome_capped::CHECK,
    outcome::reassessment_required::CHECK,
    outcome::near_boundary::CHECK,
    outcome::deadline_missed::CHECK,
    outcome::certificate_expired::CHECK,
    outcome::assessors_differ::CHECK,
];

/// Runs all rules over a return, and grades what they find as the framework does.
pub fn run(judged: &Judged, findings: &mut Findings) {
    let mut fresh = Findings::default();
    for rule in RULES {
        (rule.check)(judged, &mut fresh);
    }
    own::check(judged, &mut fresh);
    findings.extend(fresh.into_sorted());
}

/// Returns what rules of the framework's own find.
pub fn own_findings(judged: &Judged) -> Vec<Finding> {
    let mut fresh = Findings::default();
    own::check(judged, &mut fresh);
    fresh.into_sorted()
}

/// Grades findings as a framework does where it grades a rule otherwise than its default.
pub fn regrade(framework: &Framework, findings: &mut [Finding]) {
    for finding in findings {
        if let Some(severity) = framework.severities.get(finding.rule.as_str()) {
            finding.severity = *severity;
        }
    }
}
