//! An earlier return of the same organisation and kind.

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::standing::{Displaced, Displacement};

declare_rule! {
    RULE = "return-superseded", Note, Allowed,
    "an earlier return of the same organisation and kind; the later one counts"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds files of which a later one counts.
fn check(season: &Season) -> Vec<Finding> {
    let replaced = season.displaced.iter();
    let replaced =
        replaced.filter(|displaced| matches!(displaced.reason, Displacement::Earlier | Displacement::Answered));
    replaced.map(|displaced| said(season, displaced)).collect()
}

/// Says which file counts instead.
fn said(season: &Season, Displaced { file, by, reason }: &Displaced) -> Finding {
    let (message, help) = if *reason == Displacement::Answered {
        (
            format!("{file} was answered: {by} is the copy of it with our findings that came back, and is counted"),
            "Nothing, if the answer is meant to replace it; else take the answer out of the folder.",
        )
    } else {
        (
            format!("{file} is earlier than {by}, which is counted"),
            "Nothing, if the later one is meant to replace it; else take the later one out of the folder.",
        )
    };
    Finding::new(&RULE, Place::of_season(season.organisation_of(by), [file.as_str(), by]), message).with_help(help)
}
