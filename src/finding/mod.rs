//! What can be said about an input.
//!
//! A [`Rule`] is a kind of fault with its name, severity and documentation; a [`Finding`] is one fault at one [`Place`].
//! This module knows no rule: each is declared beside the check that finds it, and `catalogue` gathers them.

mod list;
mod place;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use list::Findings;
pub use place::{Place, Placed};

/// How much a finding weighs, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing to do, good to know.
    Note,
    /// Must be looked at, and put right or explained.
    Warning,
    /// Must be put right before the return can be accepted.
    Error,
}

impl Severity {
    /// Returns the word that stands before a finding.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a season's rule-status file may switch a rule off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silencing {
    /// It may be re-graded or switched off.
    Allowed,
    /// Nothing can silence it.
    Never,
}

/// A kind of fault.
#[derive(Debug)]
pub struct Rule {
    /// The public name, in kebab-case; it names the fault.
    pub id: &'static str,
    /// The severity where nothing re-grades it.
    pub severity: Severity,
    /// One line: found when.
    pub title: &'static str,
    /// Markdown with four headings: What it finds, Why it matters, Example, What to do.
    pub docs: &'static str,
    /// Whether it may be switched off.
    pub silencing: Silencing,
}

/// Declares rules: name of the static, public name, severity, what it finds. The documentation of each lies in the folder
/// `docs` beside the declaring file, under the public name.
#[macro_export]
macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident, $silencing:ident, $title:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub static $name: $crate::finding::Rule = $crate::finding::Rule {
                id: $id,
                severity: $crate::finding::Severity::$severity,
                title: $title,
                docs: include_str!(concat!("docs/", $id, ".md")),
                silencing: $crate::finding::Silencing::$silencing,
            };
        )*
        /// The rules that this module finds, in the order of the public list.
        pub static RULES: &[&$crate::finding::Rule] = &[$(&$name),*];
    };
}

/// Declares the one rule of a file, as the static `RULE`; its documentation lies in the folder `docs` beside the file.
#[macro_export]
macro_rules! rule {
    ($id:literal, $severity:ident, $title:literal) => {
        #[doc = concat!("`", $id, "`: ", $title, ".")]
        pub static RULE: $crate::finding::Rule = $crate::finding::Rule {
            id: $id,
            severity: $crate::finding::Severity::$severity,
            title: $title,
            docs: include_str!(concat!("docs/", $id, ".md")),
            silencing: $crate::finding::Silencing::Allowed,
        };
    };
}

/// The name of a rule: one of ours, or a framework's own `framework/slug`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(Cow<'static, str>);

impl RuleId {
    /// Returns a rule's name as another program or an earlier run wrote it.
    pub fn named(name: String) -> Self {
        Self(Cow::Owned(name))
    }

    /// Returns the name of a framework's own rule.
    pub fn of_framework(framework: &str, slug: &str) -> Self {
        Self(Cow::Owned(format!("{framework}/{slug}")))
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static Rule> for RuleId {
    fn from(rule: &'static Rule) -> Self {
        Self(Cow::Borrowed(rule.id))
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One fault, at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which kind of fault.
    pub rule: RuleId,
    /// How much it weighs here.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// The criterion, measure, field or row key that it belongs to; `None` for the workbook or sheet itself.
    pub subject: Option<String>,
    /// The value as the person would see it; `None` where nothing stands.
    pub found: Option<String>,
    /// What was expected; `None` where there is no one thing to expect.
    pub expected: Option<String>,
    /// One sentence: what is there and what was expected.
    pub message: String,
    /// One sentence: what to do.
    pub help: String,
}

impl Finding {
    /// Starts a finding of `rule` at `place` with the rule's own severity; the `with_…` functions say the rest.
    pub fn new(rule: &'static Rule, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            severity: rule.severity,
            place: place.into(),
            subject: None,
            found: None,
            expected: None,
            message: message.into(),
            help: String::new(),
        }
    }

    /// Says which criterion, measure, field or row key it belongs to.
    #[must_use]
    pub fn with_subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Says what was found, as the person sees it.
    #[must_use]
    pub fn with_found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    /// Says what was expected.
    #[must_use]
    pub fn with_expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Grades the finding otherwise than its rule does.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
