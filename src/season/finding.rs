//! A finding that needs more than one return, as results hold it under `season.findings`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::{Rule, Severity};

/// One finding over the season.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SeasonFinding {
    /// The rule's public name.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The organisation that it is about; `None` where it is about several or none.
    pub organisation: Option<String>,
    /// The files that it is about, in order.
    pub files: Vec<String>,
    /// One sentence: what is there and what was expected.
    pub message: String,
    /// One sentence: what to do.
    pub help: String,
}

impl SeasonFinding {
    /// Starts a finding of `rule` with the rule's own severity; the other functions say the rest.
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

    /// Says whose returns it is about.
    #[must_use]
    pub(super) fn about(mut self, organisation: impl Into<String>) -> Self {
        self.organisation = Some(organisation.into());
        self
    }

    /// Says which files it is about.
    #[must_use]
    pub(super) fn in_files<'a>(mut self, files: impl IntoIterator<Item = &'a str>) -> Self {
        self.files = files.into_iter().map(ToOwned::to_owned).collect();
        self.files.sort();
        self.files.dedup();
        self
    }
}
