//! What a season's returns say together: distributions, strongest and weakest criteria, groups, agreement, change.
//!
//! [`Statistics`] is what it comes to; each figure has an id by which it is traced to returns and cells.

pub mod agreement;
mod change;
pub mod consistency;
mod coverage;
mod criterion;
mod finding;
mod framework;
mod group;
mod internal;
pub mod interval;
pub mod intraclass;
mod measure;
#[cfg(test)]
mod oracle;
mod outcome;
mod pairing;
mod query;
mod range;
mod register;
mod section;
pub mod significance;
pub mod slope;
mod subject;
mod table;
pub mod trace;
mod trend;
pub mod verdict;

use polars::prelude::PolarsError;

pub use crate::figure::{Figure, FigureState, Share, Spread};
pub use change::{ChangeSummary, MetChange, SectionChange};
pub use coverage::Coverage;
pub use criterion::{CriterionRow, GradeRow, RankedRow};
pub use finding::{FindingRow, Prevalence};
pub use framework::{FrameworkStatistics, Statistics};
pub use group::{GroupOutcome, GroupRow};
pub use internal::{Consistency, ConsistencyRow};
pub use measure::MeasureRow;
pub use outcome::{BandRow, OutlierRow, TotalRow};
pub use pairing::{Agreement, AgreementRow, ModerationRow, TotalAgreement};
pub use range::{RangeRow, Standing};
pub use register::{ActionRow, RegisterRow, ResultRow};
pub use section::SectionRow;
pub use table::quantile;
pub use trend::{Trend, TrendPoint};

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
    /// Works out the statistics of a season, with all hidden that rests on too few, but not yet what that could be worked out from.
    pub(crate) fn worked_out(season: &Season) -> Result<Self, StatisticsError> {
        let frames = Frames::of(season)?;
        let subjects =
            season.frameworks_used().into_iter().map(|framework| Subject { season, frames: &frames, framework });
        let frameworks = subjects.map(|subject| FrameworkStatistics::of(&subject)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { frameworks, hidings: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Exact;
    use crate::framework::{Better, Grades};
    use crate::review::Review;
    use crate::season::{SeasonRecord, Surroundings, sample};

    #[test]
    fn what_is_counted_adds_up() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 40);
        let statistics = Statistics::of_season(&season).unwrap();
        let of_sample = statistics.of("sample").unwrap();
        assert_eq!(of_sample.coverage.counted, season.counted().count());
        let outcomes: f64 = of_sample.outcomes.iter().filter_map(|row| row.share.count.value).sum();
        assert_eq!(outcomes.to_string(), of_sample.coverage.counted.to_string());
        assert_eq!(of_sample.criteria.len(), 12);
        for row in &of_sample.criteria {
            let grades: usize = row.grades.iter().map(|grade| grade.count.n).sum();
            assert_eq!(grades, row.answered, "{}", row.criterion);
            assert_eq!(row.answered + row.missing, of_sample.coverage.counted);
        }
        let agreement = of_sample.agreement.as_ref().unwrap();
        assert!(agreement.organisations == 14 && agreement.overall.bias.value.unwrap() > 0.0);
        assert!(of_sample.consistency.as_ref().unwrap().overall.alpha.is_shown());
    }

    #[test]
    fn a_range_of_whole_numbers_says_what_the_same_numbers_listed_say() {
        let listed = [sample::usual()];
        let range = Grades::Range { minimum: Exact::zero(), maximum: Exact::from(2), whole: true };
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
        let statistics = Statistics::of_season(&season).unwrap();
        let of_sample = statistics.of("sample").unwrap();
        for row in &of_sample.groups {
            assert!(row.returns.value.is_none_or(|returns| returns >= 5.0), "{:?}", row.group);
            for outcome in &row.outcomes {
                assert!(outcome.count.value.is_none_or(|count| count == 0.0 || count >= 5.0), "{}", outcome.count.id);
            }
        }
        let hidden = of_sample.groups.iter().flat_map(|row| &row.outcomes).filter(|outcome| !outcome.count.is_shown());
        for outcome in hidden {
            assert!(statistics.hidings.iter().any(|hiding| hiding.figure == outcome.count.id), "{}", outcome.count.id);
        }
    }

    #[test]
    fn one_return_gives_no_network() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 1);
        let statistics = Statistics::of_season(&season).unwrap();
        let of_sample = statistics.of("sample").unwrap();
        assert!(of_sample.totals.iter().all(|row| !row.spread.mean.is_shown()));
        assert!(of_sample.groups.is_empty() && of_sample.criteria.iter().all(|row| !row.mean.is_shown()));
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
        assert_eq!((change.matched, change.unmatched), (16, 3));
        assert_eq!(change.totals.mean.value, Some(0.0));
        assert_eq!(change.worse.value, Some(0.0));
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
