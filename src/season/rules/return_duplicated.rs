//! The same return twice, or two of which nothing tells which counts.

use std::collections::BTreeMap;

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, Severity, declare_rule};
use crate::season::standing::{Displaced, Displacement};
use crate::words::{agree, list_and_others};

declare_rule! {
    RULE = "return-duplicated", Error, Allowed,
    "the same content twice, or two returns of one organisation and kind with no way to tell which counts"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds files that give way to one that is no later.
fn check(season: &Season) -> Vec<Finding> {
    let mut groups: BTreeMap<(&str, Displacement), Vec<&str>> = BTreeMap::new();
    for Displaced { file, by, reason } in &season.displaced {
        let is_mine = match reason {
            Displacement::Unanswered | Displacement::SameContent | Displacement::Undecided => true,
            Displacement::Answered | Displacement::Earlier => false,
        };
        if is_mine {
            groups.entry((by, *reason)).or_default().push(file);
        }
    }
    groups.into_iter().map(|((by, reason), files)| said(season, by, reason, &files)).collect()
}

/// Says which files are the same, and which of them counts.
fn said(season: &Season, by: &str, reason: Displacement, files: &[&str]) -> Finding {
    let others = list_and_others(files, 3);
    let have = if files.len() == 1 { "has" } else { "have" };
    let are = if files.len() == 1 { "is" } else { "are" };
    let (message, help) = match reason {
        Displacement::Unanswered => (
            format!(
                "{others} came back as we handed {} out with our findings on {by}: nothing is changed or explained in {}; {by} is counted",
                agree(files.len(), "it", "them"),
                agree(files.len(), "it", "them")
            ),
            "Nothing, if no answer was expected; else ask the sender for the copy that was worked in.",
        ),
        Displacement::SameContent => (
            format!("{others} {have} the same content as {by}, which is counted"),
            "Delete the copies; if one of them was meant to be another ¤organisation's ¤return, ask for that ¤return.",
        ),
        Displacement::Undecided | Displacement::Earlier | Displacement::Answered => (
            format!(
                "{others} {are} of the same ¤organisation and kind as {by}, and no date tells which is later; {by} is counted"
            ),
            "Ask which ¤return counts, and take the others out of the folder or give each its date. One of them may be the other put right \
             after our findings: where our sheet and notes were taken out, nothing says so.",
        ),
    };
    // What came back as it was harms nobody.
    let severity = if reason == Displacement::Unanswered { Severity::Note } else { RULE.severity };
    let place = Place::of_season(season.organisation_of(by), files.iter().copied().chain([by]));
    Finding::new(&RULE, place, message).with_severity(severity).with_help(help)
}
