//! How common findings are.

use serde::{Deserialize, Serialize};

use crate::finding::Severity;

/// How common a finding is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FindingRow {
    /// The figure id, without its last part.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// How much it weighs, at most.
    pub severity: Severity,
    /// The criterion, measure or field that it is about; `None` is the rule as a whole.
    pub subject: Option<String>,
    /// How often it was found.
    pub times: usize,
    /// In how many returns that count.
    pub returns: usize,
    /// Of the returns that count, the share that has it.
    pub share: f64,
    /// Whether it is in so many that the form or the guidance is the likelier cause, or nearly so.
    pub spread: Prevalence,
}

/// How widespread a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Prevalence {
    /// In some returns.
    Scattered,
    /// In nearly so many that the form or the guidance may be the cause.
    NearlySystemic,
    /// In so many that the form or the guidance is the likelier cause.
    Systemic,
}
