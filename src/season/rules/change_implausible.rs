//! A change against last season beyond what is plausible.

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::SeasonReturn;
use crate::season::record::percent;

declare_rule! {
    RULE = "change-implausible", Warning, Allowed, "against last season, a change beyond the margin"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check };

/// Finds returns whose total is far from that of the like return of last season.
fn check(season: &Season) -> Vec<Finding> {
    season.counted().filter_map(|sent| changed(season, sent)).collect()
}

/// Says how far a total is from last season's, where that is too far.
fn changed(season: &Season, sent: &SeasonReturn) -> Option<Finding> {
    let previous = season.previous.as_ref()?;
    let before = previous.like(sent)?.percent.as_ref()?;
    let now = percent(&sent.review, season.frameworks)?;
    let change = &now - before;
    if change.abs() <= season.settings.implausible_change {
        return None;
    }
    let organisation = sent.organisation.as_ref()?;
    let direction = if change.is_negative() { "fell" } else { "rose" };
    let message = format!(
        "the total of {organisation} {direction} from {} % in {} to {} %, by more than {} percentage points",
        before.to_fixed(1),
        previous.season,
        now.to_fixed(1),
        season.settings.implausible_change,
    );
    let help = "Ask what has changed, and check both returns against their evidence.";
    let place = Place::of_season(Some(organisation), [sent.review.file.as_str()]);
    Some(Finding::new(&RULE, place, message).with_help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{SeasonRecord, Surroundings, sample};

    /// A season of one return: its answers, of 24 points at most, and what is otherwise of note.
    struct Sent {
        points: u32,
        kind: &'static str,
        version: &'static str,
        unit: Option<&'static str>,
    }

    /// A return as most are.
    const USUAL: Sent = Sent { points: 12, kind: "Self-assessment", version: "1", unit: None };

    /// Returns what comes of a season after another.
    fn told(before: &Sent, now: &Sent) -> Vec<String> {
        let frameworks = [sample::of_units(sample::usual())];
        let review = |sent: &Sent| {
            let answers: Vec<Option<u32>> =
                (0..12).map(|place| Some(sent.points.saturating_sub(place * 2).min(2))).collect();
            let mut review = sample::review(&frameworks[0], "Acme", sent.kind, &answers);
            review.framework_version = Some(sent.version.to_owned());
            review.fields.extend(sent.unit.map(|unit| ("directorate".into(), unit.into())));
            review
        };
        let earlier = Season::new(&frameworks, Surroundings::default(), vec![review(before)]);
        let previous = Some(SeasonRecord::of(&earlier.called(Some("2024-25".to_owned()), None)));
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, vec![review(now)]);
        let mine = season.findings.into_iter().filter(|finding| finding.is_of(&RULE));
        mine.map(|finding| finding.message).collect()
    }

    #[test]
    fn a_change_beyond_the_margin_is_told_with_both_totals() {
        let rose = "the total of Acme rose from 50.0 % in 2024-25 to 83.3 %, by more than 30 percentage points";
        let fell = "the total of Acme fell from 50.0 % in 2024-25 to 16.7 %, by more than 30 percentage points";
        for (points, expected) in [(20, Some(rose)), (4, Some(fell)), (19, None), (12, None), (5, None)] {
            let told = told(&USUAL, &Sent { points, ..USUAL });
            assert_eq!(told, Vec::from_iter(expected), "from 12 to {points} of 24");
        }
    }

    #[test]
    fn only_like_returns_are_compared() {
        let cases = [
            ("another kind", Sent { points: 24, kind: "External assessment", ..USUAL }),
            ("another version", Sent { points: 24, version: "2", ..USUAL }),
            ("a part of the organisation", Sent { points: 24, unit: Some("Housing"), ..USUAL }),
        ];
        for (what, now) in cases {
            assert!(told(&USUAL, &now).is_empty(), "{what}");
        }
    }

    #[test]
    fn parts_of_an_organisation_are_compared_each_with_itself() {
        let before = Sent { unit: Some("Housing"), ..USUAL };
        assert_eq!(told(&before, &Sent { points: 24, unit: Some("housing "), ..USUAL }).len(), 1);
        assert!(told(&before, &Sent { points: 24, unit: Some("Leisure"), ..USUAL }).is_empty());
    }
}
