//! Two organisations whose names differ by so little that they may be one.

use std::collections::BTreeMap;

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::Roster;
use crate::season::namesake::{alike, letter_of_another_alphabet};
use crate::words::list_and_others;

declare_rule! {
    RULE = "organisations-alike", Warning, Allowed,
    "two organisations whose names differ by a letter or so: both count, the roster can tell"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds pairs of organisations that sent returns and whose names are alike, unless the roster has both.
fn check(season: &Season) -> Vec<Finding> {
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for sent in &season.returns {
        if let Some(organisation) = &sent.organisation {
            files.entry(organisation).or_default().push(&sent.review.file);
        }
    }
    let names: Vec<&str> = files.keys().copied().collect();
    let pairs = alike(&names).into_iter().filter(|(one, other)| !has_both(season.roster.as_ref(), one, other));
    pairs.map(|(one, other)| said(season.roster.as_ref(), (one, &files[one]), (other, &files[other]))).collect()
}

/// Whether the roster tells that these are two.
fn has_both(roster: Option<&Roster>, one: &str, other: &str) -> bool {
    roster.is_some_and(|roster| roster.find(one).is_some() && roster.find(other).is_some())
}

/// Says that two names are alike, and how both are taken.
fn said(roster: Option<&Roster>, (one, its): (&str, &[&str]), (other, others): (&str, &[&str])) -> Finding {
    let (its_files, other_files) = (list_and_others(its, 3), list_and_others(others, 3));
    let message = format!(
        "{one} ({its_files}) and {other} ({other_files}) have almost the same name{}; they are taken for two ¤organisations",
        seen_through(one, other)
    );
    let help = if roster.is_some() {
        "If they are two, put both on the roster; if they are one, put the name right on the cover of the ¤return that has it wrong."
    } else {
        "If they are one, put the name right on the cover of the ¤return that has it wrong; a roster with both names says that they \
         are two."
    };
    Finding::new(&RULE, Place::of_season(None, its.iter().chain(others).copied()), message)
        .with_found(other)
        .with_help(help)
}

/// Says which letter parts two names that look the same.
fn seen_through(one: &str, other: &str) -> String {
    let letter = [one, other].into_iter().find_map(letter_of_another_alphabet);
    letter.map_or_else(String::new, |(letter, like)| {
        format!(" (“{letter}” in one of them is a letter of another alphabet, which looks like “{like}”)")
    })
}
