//! Internal consistency: whether the criteria of a framework and of its sections go together, and which of them don't.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::consistency::{
    LEAST_RETURNS, alpha, alpha_interval, alpha_without, below, between_criteria, between_criteria_interval,
    correlation_interval, with_rest,
};
use super::query;
use super::rank::{Ranked, ranked};
use super::significance::with_adjusted;
use super::subject::Subject;
use super::table::Table;
use crate::figure::{About, Figure, FigureOf, Measure, Part, figures};
use crate::tables::column;

/// Whether the criteria go together.
#[derive(Clone, Debug, PartialEq)]
pub struct Consistency {
    /// All criteria.
    pub overall: ConsistencyRow,
    /// The criteria of each section that has two and more.
    pub sections: Vec<ConsistencyRow>,
}

figures!(Consistency: overall, sections);

/// Whether some criteria go together.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsistencyRow {
    /// The section; `None` is all.
    pub section: Option<String>,
    /// How many returns have all answers to these criteria.
    pub returns: usize,
    /// How many criteria.
    pub criteria: usize,
    /// Alpha; undefined below 30 returns.
    pub alpha: Figure,
    /// The lower end of its 95 % interval.
    pub low: Figure,
    /// The upper end of its 95 % interval.
    pub high: Figure,
    /// The mean correlation of each two criteria, which doesn't grow with how many they are as alpha does; undefined below 30 returns.
    pub between: Figure,
    /// The lower end of its 95 % interval.
    pub between_low: Figure,
    /// The upper end of its 95 % interval.
    pub between_high: Figure,
}

figures!(ConsistencyRow: alpha, low, high, between, between_low, between_high);

/// Below this correlation with the rest of the total a criterion hardly goes with it.
const HARDLY: f64 = 0.1;

/// How a criterion goes with the rest.
pub(super) struct WithTheRest {
    /// The correlation.
    value: Option<f64>,
    /// Its interval.
    interval: Option<(f64, f64)>,
    /// How likely chance alone makes it go so little with the rest, allowing for how many criteria are looked at.
    out_of_step: Option<f64>,
}

/// The answers that can be used: a row a return, a place a criterion in the framework's order, each from 0 (worst) to 1 (best).
pub(super) struct Answers {
    rows: Vec<Vec<Option<f64>>>,
    complete: Vec<Vec<f64>>,
}

impl Answers {
    /// Gathers the answers that count.
    pub(super) fn of(subject: &Subject) -> PolarsResult<Self> {
        let places: BTreeMap<&str, usize> =
            subject.framework.criteria().enumerate().map(|(place, criterion)| (criterion.id.as_str(), place)).collect();
        let table = Table::of(query::usable(query::answers(subject)))?;
        let mut returns: BTreeMap<String, Vec<Option<f64>>> = BTreeMap::new();
        for row in table.rows() {
            let place = table.text(column::ID, row).and_then(|id| places.get(id.as_str()).copied());
            if let (Some(file), Some(place)) = (table.text(column::FILE, row), place) {
                returns.entry(file).or_insert_with(|| vec![None; places.len()])[place] =
                    table.number(column::UNIT, row);
            }
        }
        let rows: Vec<Vec<Option<f64>>> = returns.into_values().collect();
        let complete = complete(&rows, 0..places.len());
        Ok(Self { rows, complete })
    }

    /// Returns how each criterion goes with the rest, in the framework's order.
    pub(super) fn with_the_rest(&self, criteria: usize) -> Vec<WithTheRest> {
        let n = self.complete.len();
        let value = |place| if n < LEAST_RETURNS { None } else { with_rest(&self.complete, place) };
        let values: Vec<Option<f64>> = (0..criteria).map(value).collect();
        let chances = with_adjusted(values.iter().map(|value| below((*value)?, HARDLY, n)).collect());
        let rows = values.into_iter().zip(chances);
        let row = |(value, (_, chance)): (Option<f64>, _)| WithTheRest {
            value,
            interval: value.and_then(|value| correlation_interval(value, n)),
            out_of_step: chance,
        };
        rows.map(row).collect()
    }

    /// Returns how a criterion goes with the rest, with its interval, and how likely chance alone makes it go so little with it.
    pub(super) fn discrimination(&self, with_the_rest: &WithTheRest, about: &About) -> [Figure; 4] {
        let figure =
            |measure, value: Option<f64>| self.figure(about, measure, |_| value.ok_or("all answers are the same"));
        [
            figure(Measure::Discrimination, with_the_rest.value),
            figure(Measure::DiscriminationLow, with_the_rest.interval.map(|ends| ends.0)),
            figure(Measure::DiscriminationHigh, with_the_rest.interval.map(|ends| ends.1)),
            figure(Measure::OutOfStep, with_the_rest.out_of_step),
        ]
    }

    /// Returns between which places each criterion lies when organisations are drawn again.
    pub(super) fn ranked(&self, criteria: usize) -> Vec<Option<Ranked>> {
        ranked(&self.rows, criteria)
    }

    /// Returns how many returns have an answer.
    pub(super) fn returns(&self) -> usize {
        self.rows.len()
    }

    /// Returns alpha of all other criteria.
    pub(super) fn alpha_without(&self, place: usize, about: &About) -> Figure {
        let why = "the other criteria are too few, or their totals are all the same";
        self.figure(about, Measure::AlphaWithout, |complete| alpha_without(complete, place).ok_or(why))
    }

    fn figure<'w>(&self, about: &About, measure: Measure, of: impl Fn(&[Vec<f64>]) -> Result<f64, &'w str>) -> Figure {
        let n = self.complete.len();
        let few = too_few(n);
        about.figure(measure, if n < LEAST_RETURNS { Err(&few) } else { of(&self.complete) }, n)
    }
}

/// Returns the answers at some places, of returns that have all of them.
fn complete(rows: &[Vec<Option<f64>>], places: std::ops::Range<usize>) -> Vec<Vec<f64>> {
    rows.iter().filter_map(|row| row.get(places.clone())?.iter().copied().collect()).collect()
}

/// Says that there are too few complete returns.
fn too_few(n: usize) -> String {
    format!("{n} complete returns are too few; at least {LEAST_RETURNS} are needed")
}

/// Returns whether the criteria go together, over all and by section; `None` where the framework has fewer than two.
pub(super) fn consistency(subject: &Subject, answers: &Answers) -> Option<Consistency> {
    let all = subject.framework.criteria().count();
    let mut sections = Vec::new();
    let mut first = 0;
    for section in &subject.framework.sections {
        let places = first..first + section.criteria.len();
        first = places.end;
        if places.len() > 1 {
            let part = Part::Section(section.id.to_string());
            sections.push(row(subject, &part, places.len(), &complete(&answers.rows, places)));
        }
    }
    let overall = row(subject, &Part::All, all, &answers.complete);
    (all > 1).then_some(Consistency { overall, sections })
}

/// Works out one row.
fn row(subject: &Subject, part: &Part, criteria: usize, complete: &[Vec<f64>]) -> ConsistencyRow {
    let returns = complete.len();
    let enough = returns >= LEAST_RETURNS;
    let alpha = enough.then(|| alpha(complete)).flatten();
    let interval = alpha.and_then(|alpha| alpha_interval(alpha, returns, criteria));
    let between = enough.then(|| between_criteria(complete)).flatten();
    let between_ends = between.and_then(|(mean, criteria)| between_criteria_interval(mean, returns, criteria));
    let why = if enough { "all totals are the same".to_owned() } else { too_few(returns) };
    let about = subject.about(FigureOf::Consistency(part.clone()));
    let figure = |measure, value: Option<f64>| about.figure(measure, value.ok_or(&why), returns);
    ConsistencyRow {
        section: part.name(),
        returns,
        criteria,
        alpha: figure(Measure::Alpha, alpha),
        low: figure(Measure::Low, interval.map(|interval| interval.0)),
        high: figure(Measure::High, interval.map(|interval| interval.1)),
        between: figure(Measure::BetweenCriteria, between.map(|(mean, _)| mean)),
        between_low: figure(Measure::BetweenCriteriaLow, between_ends.map(|interval| interval.0)),
        between_high: figure(Measure::BetweenCriteriaHigh, between_ends.map(|interval| interval.1)),
    }
}
