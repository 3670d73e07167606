//! The queries over the season's tables, each a named function; every grouping is followed by a sort.
//!
//! Quantiles are of type 7 by name (`Linear`), since polars' own default takes the nearest value. Values are sorted before they
//! are added up, so that a sum never depends on the number of threads.

use polars::prelude::*;

use super::frames::{Frames, column};

/// The names of worked-out columns.
pub(super) mod result {
    /// How many.
    pub(in super::super) const N: &str = "n";
    /// The mean.
    pub(in super::super) const MEAN: &str = "mean";
    /// The lowest.
    pub(in super::super) const LOWEST: &str = "lowest";
    /// The lower quartile.
    pub(in super::super) const LOWER_QUARTILE: &str = "lower_quartile";
    /// The median.
    pub(in super::super) const MEDIAN: &str = "median";
    /// The upper quartile.
    pub(in super::super) const UPPER_QUARTILE: &str = "upper_quartile";
    /// The highest.
    pub(in super::super) const HIGHEST: &str = "highest";
    /// The median distance from the median.
    pub(in super::super) const DEVIATION: &str = "deviation";
    /// How many returns.
    pub(in super::super) const RETURNS: &str = "returns";
    /// The worst severity.
    pub(in super::super) const WORST: &str = "worst";
}

/// Whether a row belongs to a framework's returns that count.
fn counted(framework: &str) -> Expr {
    col(column::FRAMEWORK).eq(lit(framework)).and(col(column::COUNTS))
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
    vec![
        len().alias(result::N),
        col(value).sort(SortOptions::default()).mean().alias(result::MEAN),
        col(value).min().alias(result::LOWEST),
        quantile(value, 0.25).alias(result::LOWER_QUARTILE),
        quantile(value, 0.5).alias(result::MEDIAN),
        quantile(value, 0.75).alias(result::UPPER_QUARTILE),
        col(value).max().alias(result::HIGHEST),
        size(col(value) - col(value).median()).median().alias(result::DEVIATION),
    ]
}

/// Returns how the values of a column spread within each key, in order of the keys; rows without a value are left out.
pub(super) fn spread(table: LazyFrame, keys: &[&str], value: &str) -> LazyFrame {
    let known = table.filter(col(value).is_not_null());
    let by: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
    sorted(known.group_by(by).agg(spread_of(value)), keys)
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
    count(returns(frames, framework), &[column::BAND])
}

/// Returns how totals spread: over all returns, and by kind.
pub(super) fn totals(frames: &Frames, framework: &str, keys: &[&str]) -> LazyFrame {
    spread(returns(frames, framework), keys, column::TOTAL)
}

/// Returns the rows of scores at a level, by the rater whose answers count.
fn scores(frames: &Frames, framework: &str, level: &str) -> LazyFrame {
    let wanted = counted(framework).and(col(column::LEVEL).eq(lit(level))).and(col(column::RATER_COUNTS));
    frames.scores.clone().lazy().filter(wanted)
}

/// Returns how the scores of sections or criteria spread, from 0 to 1.
pub(super) fn scores_spread(frames: &Frames, framework: &str, level: &str) -> LazyFrame {
    spread(scores(frames, framework, level), &[column::ID], column::UNIT)
}

/// Returns how often each grade of each criterion is given.
pub(super) fn grades(frames: &Frames, framework: &str) -> LazyFrame {
    let given = scores(frames, framework, "criterion").filter(col(column::GRADE).is_not_null());
    count(given, &[column::ID, column::GRADE])
}

/// Returns how many answers to each criterion are the best there is.
pub(super) fn best(frames: &Frames, framework: &str, keys: &[&str]) -> LazyFrame {
    count(scores(frames, framework, "criterion").filter(col(column::UNIT).eq(lit(1.0))), keys)
}

/// Returns how many answers to each criterion can be used.
pub(super) fn usable(frames: &Frames, framework: &str, keys: &[&str]) -> LazyFrame {
    count(scores(frames, framework, "criterion").filter(col(column::UNIT).is_not_null()), keys)
}

/// Returns how a measure's values spread over the returns whose register gives it.
pub(super) fn measures(frames: &Frames, framework: &str) -> LazyFrame {
    spread(frames.measures.clone().lazy().filter(counted(framework)), &[column::ID], column::VALUE)
}

/// Returns the returns that count, each once for everything by which they are grouped.
fn grouped(frames: &Frames, framework: &str) -> LazyFrame {
    let groups = frames.groups.clone().lazy().select([col(column::FILE), col(column::BY), col(column::GROUP)]);
    returns(frames, framework).join(groups, [col(column::FILE)], [col(column::FILE)], JoinArgs::new(JoinType::Inner))
}

/// Returns how many returns of each group have each band.
pub(super) fn group_bands(frames: &Frames, framework: &str) -> LazyFrame {
    count(grouped(frames, framework), &[column::BY, column::GROUP, column::BAND])
}

/// Returns how the totals of each group spread.
pub(super) fn group_totals(frames: &Frames, framework: &str) -> LazyFrame {
    spread(grouped(frames, framework), &[column::BY, column::GROUP], column::TOTAL)
}

/// Returns the section scores of each group.
pub(super) fn group_sections(frames: &Frames, framework: &str) -> LazyFrame {
    let groups = frames.groups.clone().lazy().select([col(column::FILE), col(column::BY), col(column::GROUP)]);
    let scores = scores(frames, framework, "section").join(
        groups,
        [col(column::FILE)],
        [col(column::FILE)],
        JoinArgs::new(JoinType::Inner),
    );
    spread(scores, &[column::BY, column::GROUP, column::ID], column::UNIT)
}

/// Returns how often each finding was made, in how many returns, and how much it weighs at most.
pub(super) fn findings(frames: &Frames, framework: &str, keys: &[&str]) -> LazyFrame {
    let by: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
    let found = frames.findings.clone().lazy().filter(counted(framework)).group_by(by).agg([
        len().alias(result::N),
        col(column::FILE).n_unique().alias(result::RETURNS),
        col(column::SEVERITY).max().alias(result::WORST),
    ]);
    sorted(found, keys)
}
