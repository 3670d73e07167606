//! What a season's returns say together: distributions, strongest and weakest criteria, groups, agreement, change.
//!
//! [`Statistics`] is what it comes to; each figure has an id by which it is traced to returns and cells.

pub mod agreement;
mod assessor;
mod change;
pub mod consistency;
pub(crate) mod coverage;
mod criterion;
pub mod dispersion;
mod earlier;
mod finding;
mod framework;
mod graded;
mod group;
mod group_outcome;
mod group_values;
mod grouping;
mod internal;
pub mod interval;
pub mod intraclass;
mod linking;
mod measure;
mod moderated;
#[cfg(test)]
mod oracle;
mod outcome;
mod pairing;
#[cfg(test)]
mod planted;
mod query;
mod range;
pub mod rank;
mod register;
mod section;
pub mod significance;
#[cfg(test)]
mod simulation;
pub mod slope;
mod subject;
mod table;
pub mod trace;
mod trend;
pub mod verdict;

use polars::prelude::PolarsError;

pub use crate::figure::{Figure, FigureState, Share, Spread};
pub use assessor::{AssessedRow, AssessorRow, Tolerance};
pub use change::{ChangeBy, ChangeSummary, CriterionChange, MetChange, OutcomeChange, SectionChange};
pub use coverage::Coverage;
pub use criterion::{CriterionRow, GradeRow, PlaceRange, RankedRow};
pub use finding::{FindingRow, Prevalence, is_at_a_row};
pub use framework::{FrameworkStatistics, Statistics};
pub use graded::PartRow;
pub use group::{GroupOutcome, GroupRow};
pub use grouping::{Compared, GroupingRow};
pub use internal::{Consistency, ConsistencyRow};
pub use measure::MeasureRow;
pub use moderated::{LEAST_SEEN, Method, ModeratedRow, ModerationResults, ModerationSummary, Unseen};
pub use outcome::{BandRow, OutlierRow, TotalRow};
pub use pairing::{Agreement, AgreementRow, ModerationRow, TotalAgreement, WithoutApart};
pub use range::{RangeRow, Standing};
pub use register::{ActionRow, RegisterRow, ResultRow};
pub use section::SectionRow;
pub use table::quantile;
pub use trend::{Trend, TrendPoint};

pub(crate) use crate::season::{draw, leniency};

use crate::figure::Disclosure;
use crate::season::Season;
use crate::tables::Frames;
use subject::Subject;

/// Why statistics can't be worked out.
#[derive(Debug, thiserror::Error)]
pub enum StatisticsError {
    /// A query over the season's tables failed.
    #[error("the season's tables can't be queried")]
    Query(#[from] PolarsError),
}

impl Statistics {
    /// Works out the statistics of a season, with all hidden that rests on fewer organisations than these limits say, or on fewer people
    /// than the season's do, but not yet what that could be worked out from.
    pub(crate) fn worked_out(season: &Season, limits: Disclosure) -> Result<Self, StatisticsError> {
        let frames = Frames::of(season)?;
        let subject = |framework| Subject { season, frames: &frames, framework, limits };
        let subjects = season.frameworks_used().into_iter().map(subject);
        let frameworks = subjects.map(|subject| FrameworkStatistics::of(&subject)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { frameworks, hidings: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Exact;
    use crate::framework::{Better, Framework, Grades, ReturnKind};
    use crate::review::Review;
    use crate::season::{Expected, Roster, SeasonRecord, Surroundings, sample};

    #[test]
    fn what_is_counted_adds_up() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 40);
        let statistics = Statistics::of_season(&season).unwrap();
        let of_sample = statistics.of("sample").unwrap();
        assert_eq!(of_sample.coverage.counted, season.counted().count());
        let outcomes: f64 = of_sample.outcomes.iter().filter_map(|row| row.share.count.value).sum();
        assert_eq!(outcomes.to_string(), of_sample.coverage.headline.to_string());
        assert_eq!(of_sample.coverage.headline, of_sample.coverage.organisations);
        assert_eq!(of_sample.criteria.len(), 12);
        for row in &of_sample.criteria {
            let grades: f64 = row.grades.iter().filter_map(|grade| grade.count.value).sum();
            assert_eq!(grades.to_string(), row.answered.to_string(), "{}", row.criterion);
            assert!(row.grades.iter().all(|grade| grade.count.n == row.answered), "{}", row.criterion);
            assert_eq!(row.answered + row.missing, of_sample.coverage.headline);
        }
        let agreement = of_sample.agreement.as_ref().unwrap();
        assert!(agreement.organisations == 14 && agreement.overall.bias.value.unwrap() > 0.0);
        assert!(of_sample.consistency.as_ref().unwrap().overall.alpha.is_shown());
    }

    #[test]
    fn a_range_of_whole_numbers_says_what_the_same_numbers_listed_say() {
        let listed = [sample::usual()];
        let range = Grades::Range { minimum: Exact::zero(), maximum: Exact::from(2), step: Some(Exact::one()) };
        let mut ranged = sample::usual();
        ranged.scales.values_mut().for_each(|scale| scale.grades = range.clone());
        let ranged = [ranged];
        let of = |frameworks| Statistics::of_season(&sample::season(frameworks, 40)).unwrap();
        assert_eq!(of(&ranged), of(&listed));
    }

    #[test]
    fn the_side_that_gives_worse_answers_is_the_stricter_whichever_end_is_better() {
        for better in [Better::Higher, Better::Lower] {
            let mut framework = sample::usual();
            framework.scales.values_mut().for_each(|scale| scale.better = better);
            let frameworks = [framework];
            let statistics = Statistics::of_season(&sample::season(&frameworks, 40)).unwrap();
            let bias = statistics.of("sample").unwrap().agreement.as_ref().unwrap().overall.bias.value.unwrap();
            // External answers have fewer points than those of the same organisation by itself.
            assert_eq!(bias > 0.0, better == Better::Higher, "{better:?}: {bias}");
        }
    }

    #[test]
    fn small_groups_are_hidden_and_logged() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 30);
        let statistics = Statistics::published(&season).unwrap();
        let of_sample = statistics.of("sample").unwrap();
        for row in &of_sample.groups {
            assert!(row.returns.value.is_none_or(|returns| returns >= 5.0), "{:?}", row.group);
            for outcome in &row.outcomes {
                assert!(outcome.count.value.is_none_or(|count| count == 0.0 || count >= 5.0), "{}", outcome.count.id);
            }
        }
        let hidden = of_sample.groups.iter().flat_map(|row| &row.outcomes).filter(|outcome| !outcome.count.is_shown());
        for outcome in hidden {
            assert!(statistics.hidings.contains(&outcome.count.id), "{}", outcome.count.id);
        }
    }

    /// Returns a season of one organisation for each of these ranges of bands that a return can come to, the worst first.
    fn of_ranges<'a>(frameworks: &'a [Framework], ranges: &[(Option<&str>, Option<&str>)]) -> Season<'a> {
        of_expected(frameworks, ranges, None)
    }

    /// Returns the same, where so many organisations were expected.
    fn of_expected<'a>(
        frameworks: &'a [Framework],
        ranges: &[(Option<&str>, Option<&str>)],
        expected: Option<usize>,
    ) -> Season<'a> {
        let organisation = |number| format!("Organisation {number:02}");
        let one = |number| Expected { organisation: organisation(number), ..Expected::default() };
        let expected = expected.map(|number| Roster::of((0..number).map(one)));
        let review = |(number, (worst, best)): (usize, &(Option<&str>, Option<&str>))| {
            let answers = [[None].as_slice(), &[Some(1); 11]].concat();
            let mut review = sample::review(&frameworks[0], &format!("Organisation {number:02}"), "Self", &answers);
            let outcome = review.outcome.as_mut().unwrap();
            outcome.missing = vec!["1.1".into()];
            (outcome.band_lowest, outcome.band_highest) = (worst.map(Into::into), best.map(Into::into));
            review
        };
        let surroundings = Surroundings { roster: expected, ..Surroundings::default() };
        Season::new(frameworks, surroundings, ranges.iter().enumerate().map(review).collect())
    }

    #[test]
    fn an_outcome_that_is_certain_counts_though_answers_are_missing_and_the_others_have_bounds() {
        let frameworks = [sample::usual()];
        let of = |ranges: &[(Option<&str>, Option<&str>)]| -> Vec<(String, usize, usize)> {
            let statistics = Statistics::of_season(&of_ranges(&frameworks, ranges)).unwrap();
            let whole = |figure: &Figure| {
                usize::try_from(Exact::from_float(figure.value.unwrap()).unwrap().to_whole().unwrap()).unwrap()
            };
            let rows = statistics.of("sample").unwrap().outcomes.iter();
            rows.map(|row| (row.band.clone(), whole(&row.share.count), whole(&row.at_most))).collect()
        };
        let all = ["excellent", "good", "none"];
        for (worst, low) in all.iter().enumerate() {
            for (best, high) in all[..=worst].iter().enumerate() {
                let rows = of(&[(Some(low), Some(high)), (Some("good"), Some("good"))]);
                for (place, band) in all.iter().enumerate() {
                    let least = usize::from(place == 1) + usize::from(best == worst && place == best);
                    let most = usize::from(place == 1) + usize::from((best..=worst).contains(&place));
                    assert_eq!(rows[place], ((*band).to_owned(), least, most), "{low} to {high}");
                }
                assert_eq!(rows[3].1, usize::from(best != worst), "{low} to {high}");
            }
        }
        // Where the worst isn't told, or neither end is, nothing is ruled out.
        assert_eq!(of(&[(None, Some("good"))]).iter().map(|row| row.2).collect::<Vec<_>>(), [0, 1, 1, 1]);
        assert_eq!(of(&[(None, None)]).iter().map(|row| row.2).collect::<Vec<_>>(), [1, 1, 1, 1]);
    }

    #[test]
    fn the_interval_of_a_share_holds_whatever_the_open_outcomes_become() {
        let frameworks = [sample::usual()];
        let ranges = [[(Some("good"), Some("good")); 8].as_slice(), &[(Some("none"), Some("excellent")); 4]].concat();
        let statistics = Statistics::of_season(&of_expected(&frameworks, &ranges, Some(20))).unwrap();
        let of_sample = statistics.of("sample").unwrap();
        let share = &of_sample.outcome("good").unwrap().share;
        let ends = (share.low.value.unwrap(), share.high.value.unwrap());
        assert_eq!(ends, (interval::of_part(8, 12, 20).unwrap().0, interval::of_part(12, 12, 20).unwrap().1));
        assert_eq!(of_sample.outcome("incomplete").unwrap().share.low.value, None);
    }

    #[test]
    fn a_share_has_an_interval_only_where_it_is_an_estimate() {
        let frameworks = [sample::usual()];
        for (came, expected, has_one) in
            [(12, Some(20), true), (12, Some(12), false), (12, None, false), (9, Some(20), false)]
        {
            let season = of_expected(&frameworks, &vec![(Some("good"), Some("good")); came], expected);
            let statistics = Statistics::of_season(&season).unwrap();
            let of_sample = statistics.of("sample").unwrap();
            let shares = [&of_sample.outcome("good").unwrap().share, &of_sample.criterion("1.2").unwrap().best];
            for share in shares {
                assert!(share.share.is_shown() && share.low.is_shown() == has_one, "{came} of {expected:?}");
                assert!(has_one || share.high.state() == FigureState::Undefined);
            }
        }
    }

    #[test]
    fn a_total_that_is_no_quality_stands_out_from_nothing() {
        for (unit, told) in [("%", 1), ("learners", 0)] {
            let mut framework = sample::framework(&[("1", "Leadership", 12)]);
            framework.outcome.unit = unit.to_owned();
            let frameworks = [framework];
            let mut reviews: Vec<Review> = (0..12)
                .filter_map(|number| of_kind(&frameworks[0], number + 1, "Self", &[Some(1); 12]).pop())
                .collect();
            for (number, review) in reviews.iter_mut().enumerate() {
                review.outcome.as_mut().unwrap().total = Some(Exact::from(if number == 3 { 95 } else { 20 + number }));
                review.sections.iter_mut().for_each(|section| section.score = None);
            }
            let season = Season::new(&frameworks, Surroundings::default(), reviews);
            let statistics = Statistics::of_season(&season).unwrap();
            assert_eq!(statistics.of("sample").unwrap().outliers.len(), told, "{unit}");
        }
    }

    /// Returns a return of a kind of each of some organisations, with the same answers.
    fn of_kind(framework: &Framework, number: usize, kind: &str, answers: &[Option<u32>]) -> Vec<Review> {
        let names = (0..number).map(|number| format!("Organisation {number:02}"));
        names.map(|name| sample::review(framework, &name, kind, answers)).collect()
    }

    #[test]
    fn an_organisation_is_counted_once_however_many_returns_it_sends() {
        let frameworks = [sample::usual()];
        let (own, external) = ([Some(2); 12], [Some(0); 12]);
        let of = |sides: &[(&str, [Option<u32>; 12])]| {
            let reviews = sides.iter().flat_map(|(kind, answers)| of_kind(&frameworks[0], 9, kind, answers)).collect();
            Statistics::of_season(&Season::new(&frameworks, Surroundings::default(), reviews)).unwrap()
        };
        let both = of(&[("Self-assessment", own), ("External assessment", external)]);
        let alone = of(&[("External assessment", external)]);
        let (both, alone) = (both.of("sample").unwrap(), alone.of("sample").unwrap());
        assert_eq!(
            (&both.outcomes, &both.sections, &both.criteria),
            (&alone.outcomes, &alone.sections, &alone.criteria)
        );
        assert_eq!((&both.totals[0], &both.groups), (&alone.totals[0], &alone.groups));
        assert_eq!(both.totals.iter().map(|row| row.spread.n).collect::<Vec<_>>(), [9, 9, 9]);
        assert_eq!((both.coverage.counted, both.coverage.headline), (18, 9));
    }

    #[test]
    fn change_compares_what_an_organisation_sent_both_times() {
        let frameworks = [sample::usual()];
        let season = |kinds: &[&str], previous| {
            let reviews = kinds.iter().flat_map(|kind| of_kind(&frameworks[0], 6, kind, &[Some(1); 12])).collect();
            Season::new(&frameworks, Surroundings { previous, ..Surroundings::default() }, reviews)
        };
        let both = ["Self-assessment", "External assessment"];
        for (before, matched) in [(&both[..1], 6), (&both[1..], 6), (&both[..], 6), (&["Another"], 0)] {
            let previous = Some(SeasonRecord::of(&season(before, None)));
            let statistics = Statistics::of_season(&season(&both, previous)).unwrap();
            let change = statistics.of("sample").unwrap().change.as_ref().unwrap();
            assert_eq!((change.matched, change.unmatched), (matched, 6 - matched), "{before:?}");
        }
    }

    #[test]
    fn each_kind_has_a_lowest_band_of_its_own() {
        let mut framework = sample::usual();
        let kind = |choice: &str, bands: &[&str]| ReturnKind {
            choice: choice.to_owned(),
            bands: bands.iter().map(|band| (*band).into()).collect(),
        };
        framework.kinds = vec![kind("Submission", &["excellent", "good"]), kind("Approval", &["none"])];
        let frameworks = [framework];
        let season = |answers: &[Option<u32>], previous| {
            let reviews = of_kind(&frameworks[0], 7, "Submission", answers);
            Season::new(&frameworks, Surroundings { previous, ..Surroundings::default() }, reviews)
        };
        let good: Vec<Option<u32>> = [[Some(2); 6], [Some(1); 6]].concat();
        let previous = Some(SeasonRecord::of(&season(&[Some(2); 12], None)));
        let statistics = Statistics::of_season(&season(&good, previous)).unwrap();
        let of_sample = statistics.of("sample").unwrap();
        assert_eq!(of_sample.change.as_ref().unwrap().met.as_ref().unwrap().lost.value, Some(7.0));
        let kinds: Vec<(&str, &[String], usize)> =
            of_sample.outcomes.iter().map(|row| (row.band.as_str(), row.kinds.as_slice(), row.share.share.n)).collect();
        let (submission, approval) = (["Submission".to_owned()], ["Approval".to_owned()]);
        let expected: [(&str, &[String], usize); 4] =
            [("excellent", &submission, 7), ("good", &submission, 7), ("none", &approval, 0), ("incomplete", &[], 7)];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn one_return_gives_no_network() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 1);
        assert_eq!(Statistics::published(&season).unwrap().frameworks, []);
    }

    #[test]
    fn change_is_over_the_matched_cohort() {
        let frameworks = [sample::usual()];
        let before = sample::season(&frameworks, 12);
        let record = SeasonRecord::of(&before.called(Some("2025".to_owned()), None));
        let reviews = sample::reviews(&frameworks[0], 14, 7);
        let season =
            Season::new(&frameworks, Surroundings { previous: Some(record), ..Surroundings::default() }, reviews);
        let statistics = Statistics::of_season(&season).unwrap();
        let change = statistics.of("sample").unwrap().change.as_ref().unwrap();
        assert_eq!((change.matched, change.unmatched), (12, 2));
        assert_eq!(change.totals.mean.value, Some(0.0));
        assert_eq!(change.worse.value, Some(0.0));
    }

    #[test]
    fn who_joined_left_or_came_back_is_known_by_name_and_a_drift_of_one_criterion_by_its() {
        let frameworks = [sample::usual()];
        let season = |present: &[usize], previous, drift: u32| {
            let review = |number: &usize| {
                let mut answers: Vec<Option<u32>> =
                    (0..12).map(|at| Some(u32::try_from((number * 7 + at * 5) % 3).unwrap().max(1))).collect();
                answers[5] = Some(2 - drift.min(u32::try_from(number % 8).unwrap()));
                sample::review(&frameworks[0], &format!("Organisation {number:02}"), "Self", &answers)
            };
            let organisations = [4, 30]
                .map(|number| Expected { organisation: format!("Organisation {number:02}"), ..Expected::default() });
            let roster = Some(Roster::of(organisations));
            let surroundings = Surroundings { roster, previous, ..Surroundings::default() };
            Season::new(&frameworks, surroundings, present.iter().map(review).collect())
        };
        let first: Vec<usize> = (0..30).collect();
        let second: Vec<usize> = (0..28).filter(|number| *number != 9).collect();
        let third: Vec<usize> = (0..32).filter(|number| ![3, 4, 28, 29].contains(number)).collect();
        let record = |season: &Season| Some(SeasonRecord::of(season));
        let last = season(&second, record(&season(&first, None, 0)), 0);
        let statistics = Statistics::of_season(&season(&third, record(&last), 1)).unwrap();
        let change = statistics.of("sample").unwrap().change.as_ref().unwrap();
        let members = &change.members;
        assert_eq!(members.joined, ["Organisation 30", "Organisation 31"]);
        assert_eq!(members.came_back, ["Organisation 09"]);
        let left: Vec<(&str, bool)> =
            members.left.iter().map(|left| (left.organisation.as_str(), left.is_expected)).collect();
        assert_eq!(left, [("Organisation 03", false), ("Organisation 04", true)]);
        let moved: Vec<&str> = change
            .criteria
            .iter()
            .filter(|row| verdict::Chance::is_unlikely(&row.chance_adjusted))
            .map(|row| row.criterion.as_str())
            .collect();
        assert_eq!(moved, ["2.1"]);
        assert!(change.criteria[0].difference.mean.value.unwrap() < -30.0);
        assert_eq!((change.criteria.len(), change.before.n, change.now.n), (12, 25, 25));
        let counts =
            |of: fn(&OutcomeChange) -> &Figure| -> f64 { change.outcomes.iter().filter_map(|row| of(row).value).sum() };
        assert_eq!(
            (counts(|row| &row.before).to_string(), counts(|row| &row.now).to_string()),
            ("25".into(), "25".into())
        );
    }

    #[test]
    fn a_last_season_of_another_version_is_told_and_one_of_another_framework_is_not() {
        let frameworks = [sample::usual()];
        let change = |change: &dyn Fn(&mut Review)| {
            let mut last = sample::season(&frameworks, 12);
            last.returns.iter_mut().for_each(|sent| change(&mut sent.review));
            let previous = Some(SeasonRecord::of(&last));
            let surroundings = Surroundings { previous, ..Surroundings::default() };
            let season = Season::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 12, 7));
            let statistics = Statistics::of_season(&season).unwrap();
            statistics.of("sample").unwrap().change.as_ref().map(|change| (change.matched, change.totals.n))
        };
        assert_eq!(change(&|review| review.framework_version = Some("0".to_owned())), Some((0, 0)));
        assert_eq!(change(&|review| review.framework = Some("another".into())), None);
    }
}
