//! What the quality-assurance team decided of findings: those that stand as they are, and those that the season leaves out.

use jiff::civil::Date;
use serde::Serialize;

use crate::finding::{Finding, Severity, declare_rules};

declare_rules! {
    WAIVER_UNUSED = "waiver-unused", Warning, Allowed, "a waiver names nothing that was found";
    WAIVER_EXPIRED = "waiver-expired", Error, Allowed, "a waiver has ended, and what it covers is still there";
    WAIVER_EXCEEDED = "waiver-exceeded", Error, Allowed, "another value stands where a waiver covers one";
}

/// Whether a finding says that a decision no longer fits what was sent.
pub fn is_of_decision(finding: &Finding) -> bool {
    RULES.iter().any(|rule| finding.is_of(rule))
}

/// What was decided of findings, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// The waivers, in order of the season's settings.
    pub waivers: Vec<Decision>,
    /// What the season's grading of rules leaves out.
    pub silenced: Vec<Silenced>,
    /// The rules that the season grades otherwise, in order of their names.
    pub graded: Vec<Regraded>,
}

/// A rule whose findings weigh otherwise in a season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regraded {
    /// The rule.
    pub rule: String,
    /// How much its findings weigh.
    pub severity: Severity,
    /// How many there are.
    pub findings: usize,
}

/// A decision that findings stand as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The rule.
    pub rule: String,
    /// The return's file; `None` where the organisation alone says whose finding it is.
    pub file: Option<String>,
    /// The organisation: the one it names, else the return's; `None` where neither is known.
    pub organisation: Option<String>,
    /// The cell, else the subject; `None` where it names neither.
    pub at: Option<String>,
    /// The value that it covers; `None` is any.
    pub covers: Option<String>,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub by: String,
    /// The last day on which it holds.
    pub until: Date,
    /// What came of it.
    pub state: DecisionState,
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionState {
    /// So many findings stand as they are.
    Holds(usize),
    /// Its last day is past, and what it covers is still there.
    Ended,
    /// What it names stands by a decision before it.
    Repeated,
    /// Something else stands there than it covers.
    Exceeded,
    /// It names nothing that was found.
    Unused,
}

/// A finding that a season leaves out, with what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Silenced {
    /// The return's file; `None` for a finding of the season.
    pub file: Option<String>,
    /// Whose it is; `None` where that isn't said.
    pub organisation: Option<String>,
    /// The finding.
    pub finding: Finding,
}
