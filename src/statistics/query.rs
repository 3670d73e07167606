//! The queries over the season's tables, each a named function; every grouping is followed by a sort.
//!
//! Quantiles are of type 7 by name (`Linear`), since polars' own default takes the nearest value. Values are sorted before they
//! are added up, so that a sum never depends on the number of threads.

use polars::prelude::*;

use super::subject::Subject;
use crate::figure::Measure;
use crate::tables::column;

/// The names of worked-out columns.
pub(super) mod result {
    /// How many.
    pub(in super::super) const N: &str = "n";
    /// How many returns.
    pub(in super::super) const RETURNS: &str = "returns";
    /// The worst severity.
    pub(in super::super) const WORST: &str = "worst";
}

/// Returns the rows of a table that belong to the framework's returns that count.
pub(super) fn counted(subject: &Subject, table: &DataFrame) -> LazyFrame {
    table.clone().lazy().filter(col(column::FRAMEWORK).eq(lit(subject.framework.id.as_str())).and(col(column::COUNTED)))
}

/// Returns the rows of a table that belong to the framework's returns that stand for their organisations.
pub(super) fn headline(subject: &Subject, table: &DataFrame) -> LazyFrame {
    counted(subject, table).filter(col(column::HEADLINE))
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
    let given = table.filter(col(value).is_not_null());
    sorted(given.group_by(by(keys)).agg(spread_of(value)), keys)
}

/// Sorts a table by its keys.
pub(super) fn sorted(table: LazyFrame, keys: &[&str]) -> LazyFrame {
    table.sort(keys.iter().copied(), SortMultipleOptions::default().with_nulls_last(true))
}

/// Counts rows within each key, in order of the keys.
pub(super) fn count(table: LazyFrame, keys: &[&str]) -> LazyFrame {
    sorted(table.group_by(by(keys)).agg([len().alias(result::N)]), keys)
}

/// Returns the answers to criteria, by the rater whose answers count.
pub(super) fn all_answers(subject: &Subject) -> LazyFrame {
    let wanted = col(column::OF_CRITERION).and(col(column::COUNTS).eq(lit("yes")));
    counted(subject, &subject.frames.scores).filter(wanted)
}

/// Returns those of the returns that stand for their organisations.
pub(super) fn answers(subject: &Subject) -> LazyFrame {
    all_answers(subject).filter(col(column::HEADLINE))
}

/// Returns the answers that can be used, which stand from 0 to 1.
pub(super) fn usable(answers: LazyFrame) -> LazyFrame {
    answers.filter(col(column::UNIT).is_not_null())
}

/// Returns the answers that are the best there is.
pub(super) fn best(answers: LazyFrame) -> LazyFrame {
    answers.filter(col(column::UNIT).eq(lit(1.0)))
}

/// Returns the answers that are grades.
pub(super) fn graded(answers: LazyFrame) -> LazyFrame {
    answers.filter(col(column::VALUE).is_not_null())
}

/// Returns the rows of the returns that stand for their organisations, each once for each grouping of its return.
pub(super) fn grouped(subject: &Subject, table: &DataFrame) -> LazyFrame {
    let groups = subject.frames.groups.clone().lazy().select([column::FILE, column::BY, column::GROUP].map(col));
    headline(subject, table).join(groups, [col(column::FILE)], [col(column::FILE)], JoinArgs::new(JoinType::Inner))
}

/// How far from the median a value stands out, in median deviations: 3.5 times what makes them a standard deviation.
const STANDS_OUT: f64 = 3.5 / 0.6745;

/// Returns the returns whose total stands out from the others, in order of the files.
pub(super) fn standing_out(subject: &Subject, median: f64, deviation: f64) -> LazyFrame {
    let distance = size(col(column::TOTAL_NEAR) - lit(median));
    let out = distance.gt(lit(STANDS_OUT) * lit(deviation));
    sorted(headline(subject, &subject.frames.returns).filter(out), &[column::FILE])
}

/// Returns the totals of seasons from `first` on of those who have a like return in each of them: the same organisation and part
/// or service of it, kind and version. Of several such of an organisation, or of a service of it, the one that stands for it counts.
pub(super) fn cohort(subject: &Subject, first: usize, seasons: usize) -> LazyFrame {
    let number = |count: usize| lit(u64::try_from(count).expect("counts fit 64 bits"));
    let keys = || [column::ONE_NAME, column::EACH_OF, column::UNIT_OF, column::KIND, column::VERSION].map(col);
    let framework = col(column::FRAMEWORK).eq(lit(subject.framework.id.as_str()));
    let wanted = framework.and(col(column::SEASON).gt_eq(number(first))).and(col(column::PERCENT_NEAR).is_not_null());
    let totals = subject.frames.seasons.clone().lazy().filter(wanted);
    let totals = totals.with_columns(keys().map(|key| key.fill_null(lit(""))));
    let of_all = [col(column::SEASON).n_unique().alias(result::N), col(column::ORDER).min()];
    let steady = totals.clone().group_by(keys()).agg(of_all).filter(col(result::N).eq(number(seasons)));
    let whose = || [column::ONE_NAME, column::EACH_OF, column::ORDER].map(col);
    let first = steady.clone().group_by([column::ONE_NAME, column::EACH_OF].map(col)).agg([col(column::ORDER).min()]);
    let standing = steady.join(first, whose(), whose(), JoinArgs::new(JoinType::Inner)).select(keys());
    totals.join(standing, keys(), keys(), JoinArgs::new(JoinType::Inner))
}

/// Returns how often each finding was made that nobody has accepted, in how many returns, and how much it weighs at most.
pub(super) fn findings(subject: &Subject, keys: &[&str]) -> LazyFrame {
    let open = counted(subject, &subject.frames.findings).filter(col(column::WAIVED).is_null());
    let findings = open.group_by(by(keys)).agg([
        len().alias(result::N),
        col(column::FILE).n_unique().alias(result::RETURNS),
        col(column::WEIGHT).max().alias(result::WORST),
    ]);
    sorted(findings, keys)
}

/// Returns the columns of these names.
fn by(keys: &[&str]) -> Vec<Expr> {
    keys.iter().map(|key| col(*key)).collect()
}
