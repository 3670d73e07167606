//! Rules of frameworks' own that a season's settings name, `seqf/period-not-a-year`, looked for where they are.

use super::config::Config;
use crate::framework::{Framework, meant};
use crate::wording::near_hint;

/// Refuses rules of frameworks that aren't known, and those that their frameworks don't have.
pub(super) fn check(config: &Config, frameworks: &[Framework]) -> Result<(), String> {
    let graded = config.grading.0.keys().map(String::as_str);
    let waived = config.waivers.0.iter().map(|waiver| waiver.rule.as_str());
    let mut own = graded.chain(waived).filter_map(|rule| rule.split_once('/'));
    own.try_for_each(|(framework, slug)| check_one(framework, slug, frameworks))
}

/// Refuses a rule that its framework doesn't have.
fn check_one(framework: &str, slug: &str, frameworks: &[Framework]) -> Result<(), String> {
    let named: Vec<&Framework> = frameworks.iter().filter(|one| one.id == *framework).collect();
    if named.is_empty() {
        let all: Vec<&Framework> = frameworks.iter().collect();
        let meant =
            meant(&all, framework).map_or_else(String::new, |meant| format!("; did you mean `{meant}/{slug}`?"));
        return Err(format!("season.toml: no framework is called `{framework}`, as in `{framework}/{slug}`{meant}"));
    }
    let slugs: Vec<&str> = named.iter().flat_map(|one| &one.rules).map(|rule| rule.slug.as_str()).collect();
    if slugs.contains(&slug) {
        return Ok(());
    }
    Err(format!("season.toml: “{}” has no rule `{slug}`{}", named[0].title, near_hint(slug, &slugs)))
}
