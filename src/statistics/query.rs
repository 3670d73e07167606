//! The queries over the season's tables, each a named function; every grouping is followed by a sort.
//!
//! Quantiles are of type 7 by name (`Linear`), since polars' own default takes the nearest value. Values are sorted before they
//! are added up, so that a sum never depends on the number of threads.

use polars::prelude::*;

use crate::figure::Measure;
use crate::tables::{Frames, column};

/// The names of worked-out columns.
pub(super) mod result {
    /// How many.
    pub(in super::super) const N: &str = "n";
    /// How many returns.
    pub(in super::super) const RETURNS: &str = "returns";
    /// The worst severity.
    pub(in super::super) const WORST: &str = "worst";
}

/// Whether a row belongs to a framework's returns that count.
fn counted(framework: &str) -> Expr {
    col(column::FRAMEWORK).eq(lit(framework)).and(col(column::COUNTED))
}

/// Returns a quantile of type 7.
fn quantile(value: &str, share: f64) -> Expr {
    col(value).quantile(lit(share), QuantileMethod::Linear)
}

/// Returns numbers without their sign.
fn size(number: Expr) -> Expr {
    when(number.clone().lt(lit(0.0))).then(lit(0.0) - number.clone()).otherwise(number)
}

/// Returns the expressions of a spread.
fn spread_of(value: &str) -> Vec<Expr> {
    let named = |value: Expr, measure: Measure| value.alias(measure.as_str());
    vec![
        len().alias(result::N),
        named(col(value).sort(SortOptions::default()).mean(), Measure::Mean),
        named(col(value).min(), Measure::Lowest),
        named(quantile(value, 0.25), Measure::LowerQuartile),
        named(quantile(value, 0.5), Measure::Median),
        named(quantile(value, 0.75), Measure::UpperQuartile),
        named(col(value).max(), Measure::Highest),
        named(size(col(value) - col(value).median()).median(), Measure::Deviation),
    ]
}

/// Returns how the values of a column spread within each key, in order of the keys; rows without a value are left out.
pub(super) fn spread(table: LazyFrame, keys: &[&str], value: &str) -> LazyFrame {
    let known = table.filter(col(value).is_not_null());
    let by: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
    sorted(known.group_by(by).agg(spread_of(value)), keys)
}

/// Returns how values spread that are at hand.
pub(super) fn spread_of_values(values: Vec<f64>) -> PolarsResult<LazyFrame> {
    let keys: Vec<&str> = values.iter().map(|_| "all").collect();
    let columns = vec![Column::new(column::ID.into(), keys), Column::new(column::VALUE.into(), values)];
    Ok(spread(DataFrame::new_infer_height(columns)?.lazy(), &[column::ID], column::VALUE))
}

/// Sorts a grouped table by its keys.
fn sorted(table: LazyFrame, keys: &[&str]) -> LazyFrame {
    table.sort(keys.iter().copied(), SortMultipleOptions::default().with_nulls_last(true))
}

/// Counts rows within each key, in order of the keys.
fn count(table: LazyFrame, keys: &[&str]) -> LazyFrame {
    let by: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
    sorted(table.group_by(by).agg([len().alias(result::N)]), keys)
}

/// Returns the returns of a framework that count.
pub(super) fn returns(frames: &Frames, framework: &str) -> LazyFrame {
    frames.returns.clone().lazy().filter(counted(framework))
}

/// Returns how many returns have each band.
pub(super) fn bands(frames: &Frames, framework: &str) -> LazyFrame {
    count(returns(frames, framework), &[column::OUTCOME_OR_OPEN])
}

/// Returns how totals spread: over all returns, and by kind.
pub(super) fn totals(frames: &Frames, framework: &str, keys: &[&str]) -> LazyFrame {
    spread(returns(frames, framework), keys, column::TOTAL_NEAR)
}

/// Returns the answers to criteria, by the rater whose answers count.
fn answers(frames: &Frames, framework: &str) -> LazyFrame {
    let wanted = counted(framework).and(col(column::OF_CRITERION)).and(col(column::COUNTS).eq(lit("yes")));
    frames.scores.clone().lazy().filter(wanted)
}

/// Returns the section scores.
fn section_scores(frames: &Frames, framework: &str) -> LazyFrame {
    frames.sections.clone().lazy().filter(counted(framework))
}

/// Returns how the answers to each criterion spread, from 0 to 1.
pub(super) fn answers_spread(frames: &Frames, framework: &str) -> LazyFrame {
    spread(answers(frames, framework), &[column::ID], column::UNIT)
}

/// Returns how the scores of each section spread, from 0 to 1.
pub(super) fn sections_spread(frames: &Frames, framework: &str) -> LazyFrame {
    spread(section_scores(frames, framework), &[column::ID], column::UNIT)
}

/// Returns the answers that can be used, from 0 to 1, in order of the returns and criteria.
pub(super) fn usable_answers(frames: &Frames, framework: &str) -> LazyFrame {
    let usable = answers(frames, framework).filter(col(column::UNIT).is_not_null());
    sorted(usable.select([col(column::FILE), col(column::ID), col(column::UNIT)]), &[column::FILE, column::ID])
}

/// Returns how often each grade of each criterion is given.
pub(super) fn grades(frames: &Frames, framework: &str) -> LazyFrame {
    count(answers(frames, framework).filter(col(column::VALUE).is_not_null()), &[column::ID, column::VALUE])
}

/// Returns how many answers to each criterion are the best there is.
pub(super) fn best(frames: &Frames, framework: &str, keys: &[&str]) -> LazyFrame {
    count(answers(frames, framework).filter(col(column::UNIT).eq(lit(1.0))), keys)
}

/// Returns how many answers to each criterion can be used.
pub(super) fn usable(frames: &Frames, framework: &str, keys: &[&str]) -> LazyFrame {
    count(answers(frames, framework).filter(col(column::UNIT).is_not_null()), keys)
}

/// Returns how a measure's values spread over the returns whose register gives it.
pub(super) fn measures(frames: &Frames, framework: &str) -> LazyFrame {
    spread(frames.measures.clone().lazy().filter(counted(framework)), &[column::ID], column::FROM_REGISTER_NEAR)
}

/// Joins what returns are grouped by to rows of returns.
fn grouped(frames: &Frames, rows: LazyFrame) -> LazyFrame {
    let groups = frames.groups.clone().lazy().select([col(column::FILE), col(column::BY), col(column::GROUP)]);
    rows.join(groups, [col(column::FILE)], [col(column::FILE)], JoinArgs::new(JoinType::Inner))
}

/// Returns how many returns of each group have each band.
pub(super) fn group_bands(frames: &Frames, framework: &str) -> LazyFrame {
    let keys = [column::BY, column::GROUP, column::OUTCOME_OR_OPEN];
    count(grouped(frames, returns(frames, framework)), &keys)
}

/// Returns how the totals of each group spread.
pub(super) fn group_totals(frames: &Frames, framework: &str) -> LazyFrame {
    spread(grouped(frames, returns(frames, framework)), &[column::BY, column::GROUP], column::TOTAL_NEAR)
}

/// Returns the section scores of each group.
pub(super) fn group_sections(frames: &Frames, framework: &str) -> LazyFrame {
    let keys = [column::BY, column::GROUP, column::ID];
    spread(grouped(frames, section_scores(frames, framework)), &keys, column::UNIT)
}

/// How far from the median a value stands out, in median deviations: 3.5 times what makes them a standard deviation.
const STANDS_OUT: f64 = 3.5 / 0.6745;

/// Returns the returns whose total stands out from the others, in order of the files.
pub(super) fn standing_out(frames: &Frames, framework: &str, median: f64, deviation: f64) -> LazyFrame {
    let distance = size(col(column::TOTAL_NEAR) - lit(median));
    let out = returns(frames, framework).filter(distance.gt(lit(STANDS_OUT) * lit(deviation)));
    sorted(out.select([col(column::FILE), col(column::TOTAL_NEAR)]), &[column::FILE])
}

/// Returns the totals of seasons from `first` on of those who have a like return in each of them: the same organisation and part
/// of it, kind and version.
fn cohort(frames: &Frames, framework: &str, first: usize, seasons: usize) -> LazyFrame {
    let first = u64::try_from(first).expect("counts fit 64 bits");
    let seasons = u64::try_from(seasons).expect("counts fit 64 bits");
    let keys = || [column::ONE_NAME, column::UNIT_OF, column::KIND, column::VERSION].map(col);
    let wanted = col(column::FRAMEWORK).eq(lit(framework)).and(col(column::SEASON).gt_eq(lit(first)));
    let known = frames.seasons.clone().lazy().filter(wanted.and(col(column::PERCENT_NEAR).is_not_null()));
    let known = known.with_columns(keys().map(|key| key.fill_null(lit(""))));
    let steady = known.clone().group_by(keys()).agg([col(column::SEASON).n_unique().alias(result::N)]);
    let steady = steady.filter(col(result::N).eq(lit(seasons))).select(keys());
    known.join(steady, keys(), keys(), JoinArgs::new(JoinType::Inner))
}

/// Returns how the totals of a cohort spread in each season.
pub(super) fn cohort_totals(frames: &Frames, framework: &str, first: usize, seasons: usize) -> LazyFrame {
    spread(cohort(frames, framework, first, seasons), &[column::SEASON], column::PERCENT_NEAR)
}

/// Returns how often each finding was made, in how many returns, and how much it weighs at most.
pub(super) fn findings(frames: &Frames, framework: &str, keys: &[&str]) -> LazyFrame {
    let by: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
    let found = frames.findings.clone().lazy().filter(counted(framework)).group_by(by).agg([
        len().alias(result::N),
        col(column::FILE).n_unique().alias(result::RETURNS),
        col(column::WEIGHT).max().alias(result::WORST),
    ]);
    sorted(found, keys)
}
