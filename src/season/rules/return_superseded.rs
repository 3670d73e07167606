//! An earlier return of the same organisation and kind.

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, Severity, declare_rule};
use crate::season::SeasonReturn;
use crate::season::standing::{Displaced, Displacement, refilled};

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
    let refilled = refilled(&season.returns).into_iter().map(|(sent, answer)| doubted(season, sent, answer));
    replaced.map(|displaced| said(season, displaced)).chain(refilled).collect()
}

/// Says that a copy of a return with our findings was filled in for another, so that both count.
fn doubted(season: &Season, sent: &SeasonReturn, answer: &SeasonReturn) -> Finding {
    let (file, by) = (&sent.review.file, &answer.review.file);
    let of = |sent: &SeasonReturn| {
        let part = sent.part();
        let parts = [sent.organisation.as_deref(), part.as_deref(), sent.review.kind.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let message = format!(
        "{by} is the copy of {file} with our findings, but says that it is of {}, and not of {}; both are counted",
        of(answer),
        of(sent)
    );
    let help = format!(
        "If that was put right there, take {file} out of the folder; if the copy was filled in for another ¤return, check that nothing in it \
         is left of the first."
    );
    let place = Place::of_season(season.organisation_of(by), [file.as_str(), by]);
    Finding::new(&RULE, place, message).with_severity(Severity::Warning).with_help(help)
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
