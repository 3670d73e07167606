//! One organisation under several spellings.

use std::collections::BTreeMap;

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::name::written_alike;
use crate::words::list_and_others;

declare_rule! {
    RULE = "organisation-name-varies", Warning, Allowed, "one organisation under several spellings"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds organisations whose returns, or whose returns and the roster, spell the name in several ways.
fn check(season: &Season) -> Vec<Finding> {
    let mut spellings: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for sent in &season.returns {
        if let (Some(one), Some(written)) = (&sent.organisation, &sent.review.organisation) {
            spellings.entry(one).or_default().push((written, &sent.review.file));
        }
    }
    spellings.into_iter().filter_map(|(one, written)| said(one, &written)).collect()
}

/// Says how a name is spelled, where that varies.
fn said(one: &str, written: &[(&str, &str)]) -> Option<Finding> {
    let mut others: Vec<String> =
        written.iter().filter(|(name, _)| !written_alike(name, one)).map(|(name, _)| format!("“{name}”")).collect();
    others.sort();
    others.dedup();
    if others.is_empty() {
        return None;
    }
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let message =
        format!("{one} also appears as {}; they are taken for one ¤organisation", list_and_others(&others, 5));
    let help = "Use one spelling; if these are different ¤organisations, put both on the roster.";
    let place = Place::of_season(Some(one), written.iter().map(|(_, file)| *file));
    Some(Finding::new(&RULE, place, message).with_help(help))
}
