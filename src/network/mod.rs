//! What all returns of a season say together.
//!
//! [`Season`] holds the reviews and what was found across them; [`frames`] makes tables of it.

pub mod frames;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::{Rule, Severity};
use crate::review::Review;

/// The reviews of a folder, in order of their files, and what was found across them.
#[derive(Debug, Default)]
pub struct Season {
    /// One review a file.
    pub reviews: Vec<Review>,
    /// What needs more than one return, or none, to be said.
    pub findings: Vec<SeasonFinding>,
}

/// A finding about the season, not about one place of one return.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SeasonFinding {
    /// The rule's public name.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Whom it is about; `None` where it is about nobody in particular.
    pub organisation: Option<String>,
    /// The files that it is about.
    pub files: Vec<String>,
    /// One sentence: what is there and what was expected.
    pub message: String,
    /// One sentence: what to do.
    pub help: String,
}

impl SeasonFinding {
    /// Returns a finding about no file and nobody in particular.
    pub fn new(rule: &'static Rule, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            rule: rule.id.to_owned(),
            severity: rule.severity,
            organisation: None,
            files: Vec::new(),
            message: message.into(),
            help: help.into(),
        }
    }
}
