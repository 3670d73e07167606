//! A kind of fault, how it is declared, and its name.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Severity;

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

impl Rule {
    /// Returns the rule of this name among several.
    pub fn among<'a>(rules: &[&'a Self], id: &str) -> Option<&'a Self> {
        rules.iter().copied().find(|rule| rule.id == id)
    }
}

/// Declares a rule: name of the static, public name, severity, whether it may be switched off, what it finds. Its documentation
/// lies in the folder `docs` beside the declaring file, under the public name.
macro_rules! declare_rule {
    ($name:ident = $id:literal, $severity:ident, $silencing:ident, $title:literal) => {
        #[doc = concat!("`", $id, "`: ", $title, ".")]
        pub static $name: $crate::finding::Rule = $crate::finding::Rule {
            id: $id,
            severity: $crate::finding::Severity::$severity,
            title: $title,
            docs: include_str!(concat!("docs/", $id, ".md")),
            silencing: $crate::finding::Silencing::$silencing,
        };
    };
}

/// Declares the rules that a module finds, each as [`declare_rule`] does, and gathers them as `RULES`.
macro_rules! declare_rules {
    ($($name:ident = $id:literal, $severity:ident, $silencing:ident, $title:literal;)*) => {
        $($crate::finding::declare_rule!($name = $id, $severity, $silencing, $title);)*
        /// The rules that this module finds, in the order of the public list.
        pub static RULES: &[&$crate::finding::Rule] = &[$(&$name),*];
    };
}

pub(crate) use {declare_rule, declare_rules};

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

    /// Whether it is a framework's own rule.
    pub fn is_of_a_framework(&self) -> bool {
        self.0.contains('/')
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq<&str> for RuleId {
    fn eq(&self, name: &&str) -> bool {
        self.as_str() == *name
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
