//! Internal consistency: whether the criteria of a framework and of its sections go together, and which of them don't.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::consistency::{LEAST_RETURNS, alpha, alpha_interval, alpha_without, with_rest};
use super::framework::Subject;
use super::query;
use super::result::{Consistency, ConsistencyRow};
use super::table::Table;
use crate::figure::Figure;
use crate::tables::column;

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
        let table = Table::of(query::usable_answers(subject.frames, &subject.framework.id))?;
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

    /// Returns how a criterion goes with the rest.
    pub(super) fn discrimination(&self, place: usize, id: &str) -> Figure {
        self.figure(format!("{id}/discrimination"), |complete| with_rest(complete, place), "all answers are the same")
    }

    /// Returns alpha of all other criteria.
    pub(super) fn alpha_without(&self, place: usize, id: &str) -> Figure {
        let why = "the other criteria are too few, or their totals are all the same";
        self.figure(format!("{id}/alpha-without"), |complete| alpha_without(complete, place), why)
    }

    fn figure(&self, id: String, of: impl Fn(&[Vec<f64>]) -> Option<f64>, why: &str) -> Figure {
        let n = self.complete.len();
        if n < LEAST_RETURNS {
            return Figure::undefined(id, n, too_few(n));
        }
        of(&self.complete).map_or_else(|| Figure::undefined(&id, n, why), |value| Figure::shown(&id, value, n))
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
            let id = subject.id(&format!("consistency/section/{}", section.id));
            sections.push(row(id, Some(section.id.to_string()), places.len(), &complete(&answers.rows, places)));
        }
    }
    let overall = row(subject.id("consistency/all"), None, all, &answers.complete);
    (all > 1).then_some(Consistency { overall, sections })
}

/// Works out one row.
fn row(id: String, section: Option<String>, criteria: usize, complete: &[Vec<f64>]) -> ConsistencyRow {
    let returns = complete.len();
    let enough = returns >= LEAST_RETURNS;
    let alpha = enough.then(|| alpha(complete)).flatten();
    let interval = alpha.and_then(|alpha| alpha_interval(alpha, returns, criteria));
    let why = if enough { "all totals are the same".to_owned() } else { too_few(returns) };
    let figure = |name: &str, value: Option<f64>| {
        let id = format!("{id}/{name}");
        value.map_or_else(|| Figure::undefined(&id, returns, &why), |value| Figure::shown(&id, value, returns))
    };
    ConsistencyRow {
        section,
        returns,
        criteria,
        alpha: figure("alpha", alpha),
        low: figure("low", interval.map(|interval| interval.0)),
        high: figure("high", interval.map(|interval| interval.1)),
        id,
    }
}
