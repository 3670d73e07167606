//! What is asked of some returns only: criteria and measures that apply where a condition on the cover holds.

use schemars::JsonSchema;
use serde::Deserialize;

use super::expression::Expression;
use super::{Better, Criterion, Framework, Measure};

/// A part of a scheme that applies where a condition holds.
#[derive(Clone, Debug)]
pub struct Applies {
    /// The criteria, measures, sections, tags and groups.
    pub to: Vec<String>,
    /// When they apply, over the fields; `None` is never.
    pub when: Option<Expression>,
    /// What they are where they don't.
    pub otherwise: Otherwise,
}

/// What is not asked of a return.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "OtherwiseEntry")]
pub enum Otherwise {
    /// It doesn't count, even where it is answered.
    #[default]
    NotApplicable,
    /// It counts where it is answered; a blank is no fault.
    Optional,
}

impl Framework {
    /// Returns which end of a section's points is better: the lower where it is so on all its scales.
    pub fn better_in(&self, section: &str) -> Better {
        let criteria = self.section(section).map_or(&[][..], |section| &section.criteria);
        let is_lower = |criterion: &Criterion| self.scale(criterion).better == Better::Lower;
        if !criteria.is_empty() && criteria.iter().all(is_lower) { Better::Lower } else { Better::Higher }
    }

    /// Returns the names of the criteria and measures that go by a name: of one, a section, a tag, a group, or `all`.
    pub fn items_of(&self, name: &str) -> Vec<&str> {
        let members = self.groups.get(name).map_or_else(|| vec![name], |all| all.iter().map(String::as_str).collect());
        let is_meant = |name: &str| members.contains(&name) || members.contains(&"all");
        let mut items = Vec::new();
        for section in &self.sections {
            let is_whole = is_meant(section.id.as_str());
            let is_asked =
                |of: &&Criterion| is_whole || is_meant(of.id.as_str()) || of.tags.iter().any(|tag| is_meant(tag));
            let is_measured = |of: &&Measure| is_whole || is_meant(of.id.as_str());
            items.extend(section.criteria.iter().filter(is_asked).map(|criterion| criterion.id.as_str()));
            items.extend(section.measures.iter().filter(is_measured).map(|measure| measure.id.as_str()));
        }
        items
    }
}
