//! An earlier return of the same organisation and kind.

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::standing::{Displaced, Displacement};

declare_rule! {
    RULE = "return-superseded", Note, Allowed,
    "an earlier return of the same organisation and kind; the later one counts"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check };

/// Finds files of which a later one counts.
fn check(season: &Season) -> Vec<Finding> {
    let earlier = season.displaced.iter().filter(|displaced| displaced.reason == Displacement::Earlier);
    earlier.map(|displaced| said(season, displaced)).collect()
}

/// Says which file counts instead.
fn said(season: &Season, Displaced { file, by, .. }: &Displaced) -> Finding {
    let message = format!("{file} is earlier than {by}, which is counted");
    let help = "Nothing, if the later one is meant to replace it; else take the later one out of the folder.";
    Finding::new(&RULE, Place::of_season(season.organisation_of(by), [file.as_str(), by]), message).with_help(help)
}
