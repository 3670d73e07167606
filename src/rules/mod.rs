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
use crate::framework::{Framework, RaterId};
use crate::outcome::{Basis, Outcome};
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
