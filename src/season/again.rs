//! Organisations that are assessed again within a season.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::SeasonReturn;
use super::record::{RecordedReturn, SeasonRecord};
use super::standing::date_of;
use crate::framework::{Framework, is_of_itself};
use crate::review::{DateRecord, Review};
use crate::schedule::StepState;

/// Says of assessments after which there was another one that what they ask for by that is done, on the day of it.
pub(super) fn settle(returns: &mut [SeasonReturn], frameworks: &[Framework]) {
    let mut of_each: BTreeMap<&str, Vec<&SeasonReturn>> = BTreeMap::new();
    for sent in returns.iter().filter(|sent| sent.counts()) {
        if let Some(organisation) = &sent.organisation {
            of_each.entry(organisation).or_default().push(sent);
        }
    }
    let settled = of_each.values().flat_map(|mine| mine.iter().filter_map(|sent| settled_by(sent, mine, frameworks)));
    let settled: BTreeMap<String, (&Framework, Option<Date>)> = settled.collect();
    for sent in returns {
        if let Some((framework, day)) = settled.get(&sent.review.file) {
            done(&mut sent.review, framework, *day);
        }
    }
}

/// Returns the file of the assessment of the same organisation after which a return is another, with the framework and the day of the other.
fn settled_by<'f>(
    sent: &SeasonReturn,
    mine: &[&SeasonReturn],
    frameworks: &'f [Framework],
) -> Option<(String, (&'f Framework, Option<Date>))> {
    let framework = sent.review.framework_among(frameworks)?;
    let before = before(mine.iter().copied(), framework, sent)?;
    Some((before.review.file.clone(), (framework, date_of(&sent.review, framework))))
}

/// Says that the steps of a return that ask for another assessment were done on a day.
fn done(review: &mut Review, framework: &Framework, day: Option<Date>) {
    let asks_again = |date: &DateRecord| framework.step(&date.step).is_some_and(|step| step.again);
    for date in review.dates.iter_mut().filter(|date| date.state != StepState::Done && asks_again(date)) {
        (date.state, date.done, date.why) = (StepState::Done, day, None);
    }
}

/// Returns the assessment that was before a return: of the same organisation and part of it, of a kind that comes before and is judged by
/// the same bands, and neither of them what the organisation says of itself; `None` where there is none.
pub fn before<'a>(
    counted: impl Iterator<Item = &'a SeasonReturn>,
    framework: &Framework,
    sent: &SeasonReturn,
) -> Option<&'a SeasonReturn> {
    let order = |of: &SeasonReturn| framework.order_of_kind(of.review.kind.as_deref());
    let are_both = is_assessment(sent) && sent.organisation.is_some();
    let is_before =
        |other: &&SeasonReturn| is_assessment(other) && order(other) > order(sent) && is_like(framework, other, sent);
    counted.filter(|_| are_both).filter(is_before).min_by_key(|other| order(other))
}

/// Returns the assessment of last season that was before a return, where none of this season was.
pub fn before_last<'a>(
    previous: Option<&'a SeasonRecord>,
    framework: &Framework,
    sent: &SeasonReturn,
) -> Option<&'a RecordedReturn> {
    let order = |kind: &Option<String>| framework.order_of_kind(kind.as_deref());
    let is_before = |recorded: &&RecordedReturn| {
        is_said_by_others(recorded.kind.as_deref())
            && order(&recorded.kind) > order(&sent.review.kind)
            && recorded.is_of(sent)
            && framework.are_judged_alike([recorded.kind.as_deref(), sent.review.kind.as_deref()])
    };
    let recorded = previous.filter(|_| is_assessment(sent)).into_iter().flat_map(|previous| &previous.returns);
    recorded.filter(is_before).min_by_key(|recorded| order(&recorded.kind))
}

/// Whether a return says of an organisation what others found.
fn is_assessment(of: &SeasonReturn) -> bool {
    is_said_by_others(of.review.kind.as_deref())
}

/// Whether this kind of return says what others found.
fn is_said_by_others(kind: Option<&str>) -> bool {
    kind.is_some() && !is_of_itself(kind)
}

/// Whether two returns are of the same organisation and part of it, on one framework, and judged by the same bands.
fn is_like(framework: &Framework, one: &SeasonReturn, other: &SeasonReturn) -> bool {
    one.review.framework == other.review.framework
        && one.organisation == other.organisation
        && one.about() == other.about()
        && framework.are_judged_alike([one, other].map(|of| of.review.kind.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{CalendarStep, ReturnKind, sample as parts};
    use crate::season::{Season, SeasonRecord, Surroundings, sample};

    /// The kinds of what an organisation sent.
    type Kinds = [&'static str];

    /// The kinds of what stood then and of what stands now.
    type Compared = (&'static str, &'static str);

    /// A framework of which a return may ask for another assessment, by a day.
    fn of_two_kinds() -> Framework {
        let mut framework = sample::usual();
        let kind = |choice: &str| ReturnKind { choice: choice.to_owned(), bands: Vec::new() };
        framework.kinds = ["Re-assessment", "First assessment"].map(kind).into();
        framework.calendar = vec![CalendarStep { again: true, ..parts::step("again", "none") }];
        framework.outcome.bands.last_mut().unwrap().again = true;
        framework
    }

    #[test]
    fn what_stands_now_is_compared_with_what_stood_then_where_assessments_take_each_others_place() {
        let (first, again, own) = ("First assessment", "Re-assessment", "Self-assessment");
        let cases: [(&Kinds, &Kinds, Option<Compared>); 6] = [
            (&[first, again], &[first], Some((again, first))),
            (&[first], &[first, again], Some((first, again))),
            (&[first, again], &[first, again], Some((again, again))),
            (&[first], &[first], Some((first, first))),
            (&[own], &[own], Some((own, own))),
            (&[own], &[first], None),
        ];
        let frameworks = [of_two_kinds()];
        let reviews = |kinds: &[&str]| -> Vec<Review> {
            kinds.iter().map(|kind| sample::review(&frameworks[0], "A", kind, &[Some(1); 12])).collect()
        };
        for (then, now, expected) in cases {
            let last = Season::new(&frameworks, Surroundings::default(), reviews(then));
            let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
            let season = Season::new(&frameworks, surroundings, reviews(now));
            let matched = season.matched(&frameworks[0].id);
            let kinds = matched.first().map(|(sent, before)| {
                (before.kind.as_deref().unwrap_or_default(), sent.review.kind.as_deref().unwrap_or_default())
            });
            assert_eq!((kinds, matched.len()), (expected, expected.iter().count()), "{then:?}, then {now:?}");
        }
    }

    #[test]
    fn what_was_to_be_assessed_again_is_done_where_it_was() {
        let frameworks = [of_two_kinds()];
        let review = |organisation: &str, kind: &str| {
            let mut review = sample::review(&frameworks[0], organisation, kind, &[Some(1); 12]);
            review.dates = ["again", "other"].map(|id| sample::step(id, Some("2027-01-10"), StepState::Due)).into();
            review
        };
        let reviews = [("A", "First assessment"), ("A", "Re-assessment"), ("B", "First assessment")];
        let reviews = reviews.map(|(organisation, kind)| review(organisation, kind)).to_vec();
        let season = Season::new(&frameworks, Surroundings::default(), reviews);
        let states =
            |file: &str| season.of_file(file).unwrap().review.dates.iter().map(|date| date.state).collect::<Vec<_>>();
        assert_eq!(states("A First assessment.xlsx"), [StepState::Done, StepState::Due]);
        assert_eq!(states("A Re-assessment.xlsx"), [StepState::Due, StepState::Due]);
        assert_eq!(states("B First assessment.xlsx"), [StepState::Due, StepState::Due]);
        let first = &season.of_file("A First assessment.xlsx").unwrap().review.dates[0];
        assert_eq!(first.done, Some(jiff::civil::date(2026, 3, 31)));
    }
}
