//! A change against last season beyond what is plausible.

use std::collections::BTreeMap;

use super::{Season, SeasonRule};
use crate::exact::Exact;
use crate::finding::{Finding, Place, declare_rule};
use crate::season::assessor::Apart;
use crate::season::record::percent;
use crate::season::{SeasonRecord, SeasonReturn, usual};
use crate::words::signed;

declare_rule! {
    RULE = "change-implausible", Warning, Allowed, "against last season, a change beyond the margin"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// With fewer changes than it takes, one beyond this many percentage points is implausible.
const FIXED: usize = 30;

/// How many standard deviations, as the distances from the middle one give them, a change may be from the middle one.
const DEVIATIONS: usize = 4;

/// A change of fewer percentage points is plausible however little the others change.
const LEAST_CHANGE: usize = 15;

/// Returns by how many percentage points the totals of files changed that are told of, by themselves.
pub fn sizes<'s>(season: &'s Season<'_>) -> BTreeMap<&'s str, Exact> {
    let Some(previous) = &season.previous else { return BTreeMap::new() };
    let told = season.findings.iter().filter(|finding| finding.is_of(&RULE)).flat_map(Finding::files);
    let size = |file: &String| {
        let sent = season.of_file(file)?;
        Some((sent.review.file.as_str(), changed(season, previous, sent)?.by.abs()))
    };
    told.filter_map(size).collect()
}

/// How a total changed.
struct Change<'a> {
    sent: &'a SeasonReturn,
    before: &'a Exact,
    now: Exact,
    by: Exact,
}

/// Finds returns whose total is far from that of the like return of last season, but for those whose assessor explains it.
fn check(season: &Season) -> Vec<Finding> {
    implausible(season).into_iter().filter(|one| one.by.is_none()).map(|one| one.finding).collect()
}

/// Returns the changes that an assessor explains who gives otherwise than the others.
pub(super) fn changes_by(season: &Season, apart: &Apart) -> Vec<Finding> {
    implausible(season).into_iter().filter(|one| one.by == Some(apart)).map(|one| one.finding).collect()
}

/// A change that is implausible by itself.
struct Implausible<'a> {
    finding: Finding,
    /// The assessor without whom it would be plausible; `None` where nobody explains it.
    by: Option<&'a Apart>,
}

/// Returns the changes that are implausible by themselves.
fn implausible<'s>(season: &'s Season<'_>) -> Vec<Implausible<'s>> {
    let Some(previous) = &season.previous else { return Vec::new() };
    let frameworks = season.by_framework();
    let of_framework = |returns: &Vec<&'_ SeasonReturn>| -> Vec<Implausible> {
        let changes: Vec<Change> = returns.iter().filter_map(|sent| changed(season, previous, sent)).collect();
        let all: Vec<Exact> = changes.iter().map(|change| change.by.clone()).collect();
        let usual = usual::range(&all, DEVIATIONS);
        let told = |change: &Change| {
            let mut finding = said(change, &which(change.sent, returns), usual.as_ref(), &previous.season)?;
            if let Some(framework) = season.framework(&change.sent.review) {
                finding.reword(&|text| framework.spelled(text));
            }
            let apart = season.assessor_apart(&change.sent.review.file);
            let by = apart.filter(|apart| !is_out(&left(&change.by, &apart.above), usual.as_ref()));
            Some(Implausible { finding, by })
        };
        changes.iter().filter_map(told).collect()
    };
    frameworks.values().flat_map(of_framework).collect()
}

/// Returns what is left of a change without what an assessor gives above or below the others, which explains no more than all of it: a total
/// that is low can't fall as far as others.
fn left(by: &Exact, above: &Exact) -> Exact {
    let left = by - above;
    let is_whole = by.is_negative() == above.is_negative() && left.is_negative() != by.is_negative();
    if is_whole { Exact::zero() } else { left }
}

/// Returns how the total of a return changed; `None` where there is nothing to compare it with.
fn changed<'a>(season: &Season, previous: &'a SeasonRecord, sent: &'a SeasonReturn) -> Option<Change<'a>> {
    let before = previous.like(sent)?.percent.as_ref()?;
    let now = percent(&sent.review, season.frameworks)?;
    let by = &now - before;
    Some(Change { sent, before, now, by })
}

/// Whether a total changed by more than is plausible beside how the others did.
fn is_out(by: &Exact, usual: Option<&(Exact, Exact)>) -> bool {
    match usual {
        Some((low, high)) => by.abs() >= Exact::from(LEAST_CHANGE) && (by < low || by > high),
        None => by.abs() > Exact::from(FIXED),
    }
}

/// Says which of an organisation's returns one is, by its part or its kind; nothing where it sent no other.
fn which(sent: &SeasonReturn, returns: &[&SeasonReturn]) -> String {
    let others = || returns.iter().filter(|other| other.organisation == sent.organisation);
    let is_of_one_part = others().all(|other| other.unit.is_none());
    let is_of_one_kind = others().all(|other| other.about() != sent.about() || other.review.kind == sent.review.kind);
    let kind = sent.review.kind.as_ref().map(|kind| kind.to_lowercase());
    let kind = kind.filter(|_| is_of_one_part && !is_of_one_kind);
    let told: Vec<String> = sent.part().filter(|_| others().count() > 1).into_iter().chain(kind).collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}

/// Says how far a total is from last season's, where that is too far.
fn said(change: &Change, which: &str, usual: Option<&(Exact, Exact)>, since: &str) -> Option<Finding> {
    let Change { sent, before, now, by } = change;
    let organisation = sent.organisation.as_ref().filter(|_| is_out(by, usual))?;
    let direction = if by.is_negative() { "fell" } else { "rose" };
    let beside = match usual {
        Some((low, high)) => {
            format!("; nearly all others changed by {} to {} percentage points", signed(low, 1), signed(high, 1))
        }
        None => format!(", by more than {FIXED} percentage points"),
    };
    let (before, now) = (before.to_fixed(1), now.to_fixed(1));
    let message =
        format!("the ¤total of {organisation}{which} {direction} from {before}% in {since} to {now}%{beside}");
    let help = "Ask what has changed, and check both ¤returns against their evidence.";
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
    fn an_assessor_explains_no_more_of_a_change_than_all_of_it() {
        for (by, above, expected) in
            [(-45, -37, -8), (-20, -37, 0), (20, -37, 57), (45, 37, 8), (20, 37, 0), (-20, 37, -57), (0, 5, 0)]
        {
            assert_eq!(left(&Exact::from(by), &Exact::from(above)), Exact::from(expected), "{by} and {above}");
        }
    }

    #[test]
    fn a_change_beyond_the_margin_is_told_with_both_totals() {
        let rose = "the total of Acme rose from 50.0% in 2024-25 to 83.3%, by more than 30 percentage points";
        let fell = "the total of Acme fell from 50.0% in 2024-25 to 16.7%, by more than 30 percentage points";
        for (points, expected) in [(20, Some(rose)), (4, Some(fell)), (19, None), (12, None), (5, None)] {
            let told = told(&USUAL, &Sent { points, ..USUAL });
            assert_eq!(told, Vec::from_iter(expected), "from 12 to {points} of 24");
        }
    }

    #[test]
    fn of_an_organisation_with_several_returns_it_is_told_which_one_changed() {
        let frameworks = [sample::usual()];
        let season = |points: u32, previous| {
            let answers: Vec<Option<u32>> = (0..12).map(|at| Some(points.saturating_sub(at * 2).min(2))).collect();
            let review = |kind: &str| sample::review(&frameworks[0], "Acme", kind, &answers);
            let surroundings = Surroundings { previous, ..Surroundings::default() };
            Season::new(&frameworks, surroundings, ["Self-assessment", "External assessment"].map(review).to_vec())
        };
        let now = season(24, Some(SeasonRecord::of(&season(12, None))));
        let told: Vec<&str> = now
            .findings
            .iter()
            .filter(|finding| finding.is_of(&RULE))
            .map(|finding| finding.message.as_str())
            .collect();
        let kinds = ["the total of Acme (self-assessment) rose", "the total of Acme (external assessment) rose"];
        assert!(told.len() == 2 && kinds.iter().all(|kind| told.iter().any(|one| one.starts_with(kind))), "{told:?}");
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

    #[test]
    fn where_many_changed_it_is_implausible_to_change_otherwise_than_they_did() {
        let frameworks = [sample::usual()];
        let season = |points: &dyn Fn(u32) -> u32, previous| {
            let review = |number: u32| {
                let points = points(number);
                let answers: Vec<Option<u32>> = (0..12).map(|at| Some(points.saturating_sub(at * 2).min(2))).collect();
                sample::review(&frameworks[0], &format!("Organisation {number:02}"), "Self", &answers)
            };
            let surroundings = Surroundings { previous, ..Surroundings::default() };
            Season::new(&frameworks, surroundings, (0..20).map(review).collect())
        };
        // Of 24 points; all change by one point up or down but for one.
        for (odd, expected) in [(12, 0), (13, 0), (14, 0), (18, 1), (19, 1), (24, 1), (4, 1)] {
            let previous = Some(SeasonRecord::of(&season(&|_| 12, None)));
            let now = season(&|number| if number == 7 { odd } else { 11 + number % 3 }, previous);
            let told: Vec<&Finding> = now.findings.iter().filter(|finding| finding.is_of(&RULE)).collect();
            assert_eq!(told.len(), expected, "{odd}: {told:?}");
            let beside = "nearly all others changed by \u{2212}24.7 to +24.7 percentage points";
            assert!(told.iter().all(|finding| finding.message.ends_with(beside)), "{told:?}");
        }
    }
}
