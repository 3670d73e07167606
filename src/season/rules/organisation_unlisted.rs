//! Returns from organisations that aren't on the roster.

use std::collections::BTreeMap;

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::Roster;
use crate::season::nearest::nearest;
use crate::words::list_and_others;

declare_rule! {
    RULE = "organisation-unlisted", Warning, Allowed,
    "a return from an organisation that isn't on the roster; the nearest name is given"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds organisations that the roster doesn't have.
fn check(season: &Season) -> Vec<Finding> {
    let Some(roster) = &season.roster else { return Vec::new() };
    let mut unlisted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for sent in &season.returns {
        if let Some(organisation) = &sent.organisation
            && roster.find(organisation).is_none()
        {
            unlisted.entry(organisation).or_default().push(&sent.review.file);
        }
    }
    unlisted.into_iter().map(|(organisation, files)| said(roster, organisation, &files)).collect()
}

/// Says who isn't on the roster, and who may be meant.
fn said(roster: &Roster, organisation: &str, files: &[&str]) -> Finding {
    let names: Vec<&str> = roster.organisations().iter().map(|expected| expected.organisation.as_str()).collect();
    let nearest = match nearest(organisation, &names) {
        Some(nearest) => format!("; the nearest name there is {nearest}"),
        None => String::new(),
    };
    let message = format!("{organisation} ({}) isn't on the roster{nearest}", list_and_others(files, 3));
    let help = "Add the ¤organisation to the roster, or put the name right on the cover of its ¤return.";
    let place = Place::of_season(Some(organisation), files.iter().copied());
    Finding::new(&RULE, place, message).with_help(help)
}
