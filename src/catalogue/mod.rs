//! Every rule of every module, found by its public name.
//!
//! Each rule is declared beside the check that finds it; this module gathers them for `explain`, for a season's own grading
//! of rules, and for the tests over all rules. [`rule`] declares those that later modules find, which run the program.

pub mod rule;

use crate::finding::{Rule, Silencing};
use crate::wording::near_hint;
use crate::{form, framework, layout, returns, rules, season, workbook};

/// Rules that belong together, as the public list has them.
#[derive(Debug)]
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// The rules, in the order of the list.
    pub rules: Vec<&'static Rule>,
}

/// Returns all rules in their groups.
pub fn groups() -> Vec<Group> {
    let of_returns: Vec<&Rule> = rules::RULES.iter().map(|rule| rule.rule).collect();
    vec![
        Group { title: "The file", rules: workbook::rule::RULES.to_vec() },
        Group { title: "The layout", rules: layout::rule::RULES.to_vec() },
        Group { title: "Answers", rules: returns::rule::RULES.to_vec() },
        Group { title: "What is said, and what follows", rules: of_returns },
        Group { title: "The form as issued", rules: form::rule::RULES.to_vec() },
        Group { title: "Across returns", rules: season::rules::RULES.iter().map(|rule| rule.rule).collect() },
        Group { title: "Definitions", rules: framework::check::RULES.to_vec() },
        Group { title: "The tool itself", rules: [rule::RULES, season::decision::RULES].concat() },
    ]
}

/// Returns all rules.
pub fn rules() -> Vec<&'static Rule> {
    groups().into_iter().flat_map(|group| group.rules).collect()
}

/// Finds a rule by its public name.
pub fn find(id: &str) -> Option<&'static Rule> {
    Rule::among(&rules(), id)
}

/// Returns what a rule finds, by its name; `None` of a framework's own rule.
pub fn title_of(id: &str) -> Option<&'static str> {
    find(id).map(|rule| rule.title)
}

/// Refuses a name that is no rule's, and one of a rule that nothing can silence, for which it says why. Frameworks' own rules are
/// known to them alone.
pub fn check_silenced(id: &str, why: &str) -> Result<(), String> {
    if is_always_told(id) {
        return Err(format!("`{id}` is always told as it is; {why}"));
    }
    if find(id).is_some() || id.contains('/') {
        return Ok(());
    }
    let names: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    Err(format!("there is no rule `{id}`{}", near_hint(id, &names)))
}

/// Whether nothing can silence the rule of this name.
pub fn is_always_told(id: &str) -> bool {
    find(id).is_some_and(|rule| rule.silencing == Silencing::Never)
}
