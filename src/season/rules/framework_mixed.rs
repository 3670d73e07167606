//! Several versions of one framework in one season.

use std::collections::BTreeMap;

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::framework::FrameworkId;
use crate::season::SeasonReturn;
use crate::words::list_and_others;

declare_rule! {
    RULE = "framework-mixed", Warning, Allowed, "a folder run as one season holds several versions of one framework"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds frameworks of which returns have several versions.
fn check(season: &Season) -> Vec<Finding> {
    let frameworks = season.by_framework();
    let mixed = frameworks.into_iter().filter_map(|(framework, returns)| mixed(framework, &returns));
    mixed.collect()
}

/// Says which versions there are, and names the returns of all but the commonest.
fn mixed(framework: &FrameworkId, returns: &[&SeasonReturn]) -> Option<Finding> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for sent in returns {
        versions.entry(sent.review.framework_version.as_deref()?).or_default().push(&sent.review.file);
    }
    let most = versions.values().map(Vec::len).max().filter(|_| versions.len() > 1)?;
    let counts: Vec<String> = versions.iter().map(|(version, files)| format!("{version} ({})", files.len())).collect();
    let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
    let message = format!("the ¤returns of {framework} are of several versions: {}", list_and_others(&counts, 9));
    let rare = versions.values().filter(|files| files.len() < most).flatten();
    let help = "Ask for the current form, or run each version as a season of its own: figures over several versions are only comparable where the versions ask the same.";
    Some(Finding::new(&RULE, Place::of_season(None, rare.copied()), message).with_help(help))
}
