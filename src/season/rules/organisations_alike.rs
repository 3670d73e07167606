//! Organisations whose names differ by so little that they may be one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::Roster;
use crate::season::namesake::{alike, letter_of_another_alphabet};
use crate::words::{list, list_and_others};

declare_rule! {
    RULE = "organisations-alike", Warning, Allowed,
    "organisations whose names differ by a letter or so: all count, the roster can tell"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds organisations that sent returns and whose names are alike, unless the roster has both; of several, each is like one of the others.
fn check(season: &Season) -> Vec<Finding> {
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for sent in &season.returns {
        if let Some(organisation) = &sent.organisation {
            files.entry(organisation).or_default().push(&sent.review.file);
        }
    }
    let names: Vec<&str> = files.keys().copied().collect();
    let pairs = alike(&names).into_iter().filter(|(one, other)| !has_both(season.roster.as_ref(), one, other));
    together(pairs).iter().map(|names| said(season.roster.as_ref(), names, &files)).collect()
}

/// Puts pairs together that have one in common.
fn together<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<BTreeSet<&'a str>> {
    let mut groups: Vec<BTreeSet<&str>> = Vec::new();
    for (one, other) in pairs {
        let (joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.contains(one) || group.contains(other));
        groups = apart;
        groups.push(joined.into_iter().flatten().chain([one, other]).collect());
    }
    groups.sort();
    groups
}

/// Whether the roster tells that these are two.
fn has_both(roster: Option<&Roster>, one: &str, other: &str) -> bool {
    roster.is_some_and(|roster| roster.find(one).is_some() && roster.find(other).is_some())
}

/// Says that names are alike, and how all are taken.
fn said(roster: Option<&Roster>, names: &BTreeSet<&str>, files: &BTreeMap<&str, Vec<&str>>) -> Finding {
    let with_files: Vec<String> =
        names.iter().map(|name| format!("{name} ({})", list_and_others(&files[name], 3))).collect();
    let many = if names.len() == 2 { "two".to_owned() } else { names.len().to_string() };
    let message = format!(
        "{} have almost the same name{}; they are taken for {many} ¤organisations",
        list(&with_files),
        seen_through(names)
    );
    let help = match (roster.is_some(), names.len()) {
        (true, 2) => {
            "If they are two, put both on the roster; if they are one, put the name right on the cover of the ¤return that has it wrong."
        }
        (false, 2) => {
            "If they are one, put the name right on the cover of the ¤return that has it wrong; a roster with both names says that they \
             are two."
        }
        (true, _) => {
            "Put those that are organisations of their own on the roster; where two are one, put the name right on the cover of the \
             ¤return that has it wrong."
        }
        (false, _) => {
            "Where two are one, put the name right on the cover of the ¤return that has it wrong; a roster with the names of those \
             that are organisations of their own says so."
        }
    };
    let others: Vec<&str> = names.iter().skip(1).copied().collect();
    Finding::new(&RULE, Place::of_season(None, names.iter().flat_map(|name| &files[name]).copied()), message)
        .with_found(list(&others))
        .with_help(help)
}

/// Says which letter parts names that look the same.
fn seen_through(names: &BTreeSet<&str>) -> String {
    let letter = names.iter().copied().find_map(letter_of_another_alphabet);
    letter.map_or_else(String::new, |(letter, like)| {
        format!(" (“{letter}” in one of them is a letter of another alphabet, which looks like “{like}”)")
    })
}
