//! The measures that registers give: everybody as one group, and the returns beside each other.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "these are statistics, not scores")]

use polars::prelude::PolarsResult;

use super::query;
use super::subject::Subject;
use super::table::Table;
use crate::exact::Exact;
use crate::figure::{Disclosure, Facet, Figure, FigureOf, Measure, Spread, figures};
use crate::framework::{self, Better};
use crate::tables::column;

/// A measure, over all returns that have it from a register.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureRow {
    /// The measure.
    pub measure: String,
    /// A few words for it.
    pub short: String,
    /// Its unit.
    pub unit: String,
    /// Which end of it is better, as its points say; `None` where they say neither.
    pub better: Option<Better>,
    /// All people taken as one group.
    pub pooled: Figure,
    /// The mean of the returns' values, each counting the same.
    pub mean_of_returns: Figure,
    /// How many people.
    pub people: Figure,
    /// How the returns' values spread.
    pub spread: Spread,
}

figures!(MeasureRow: pooled, mean_of_returns, people, spread);

/// Returns the measures that returns have from a register.
pub(super) fn measures(subject: &Subject) -> PolarsResult<Vec<MeasureRow>> {
    let spreads =
        Table::spreads(query::headline(subject, &subject.frames.measures), &[column::ID], column::FROM_REGISTER_NEAR)?;
    let rows = subject.framework.measures().filter_map(|measure| {
        spreads.row(&[(column::ID, Some(measure.id.as_str()))]).map(|row| of_measure(subject, measure, &spreads, row))
    });
    Ok(rows.collect())
}

/// Puts a measure together. It is hidden where few people stand behind it, or few of them did or didn't do what it is about; and how
/// many there are is rounded.
fn of_measure(subject: &Subject, measure: &framework::Measure, spreads: &Table, row: usize) -> MeasureRow {
    let limits = subject.season.settings.disclosure;
    let about = subject.about(FigureOf::Measure(measure.id.to_string()));
    let spread = spreads.spread(&[(column::ID, Some(measure.id.as_str()))], &about.facet(Facet::Value), 1.0);
    let (value, people) = pooled(subject, measure.id.as_str());
    let none = "there are no values";
    let behind = |hidden: bool| about.resting_on(if hidden { 0 } else { spread.n });
    let few_people = is_few(people, limits);
    let few_reached = value.filter(|_| measure.unit == "%").is_some_and(|percent| {
        let reached = percent * people / 100.0;
        is_few(reached, limits) || is_few(people - reached, limits)
    });
    let step = limits.rounding.max(1) as f64;
    let rounded = (people / step).round() * step;
    let mean = spreads.number(Measure::Mean.as_str(), row);
    MeasureRow {
        measure: measure.id.to_string(),
        short: if measure.short.is_empty() { measure.text.clone() } else { measure.short.clone() },
        unit: measure.unit.clone(),
        better: measure.better(),
        pooled: behind(few_people || few_reached).figure(Measure::Pooled, value.ok_or(none), spread.n),
        mean_of_returns: about.figure(Measure::MeanOfReturns, mean.ok_or(none), spread.n),
        people: behind(few_people).figure(Measure::People, Ok(rounded), spread.n),
        spread,
    }
}

/// Whether so many people are some, and fewer than may be told.
fn is_few(people: f64, limits: Disclosure) -> bool {
    people > 0.5 && people < limits.k as f64 - 0.5
}

/// Returns a measure's value over all people taken as one group, and how many people that are.
fn pooled(subject: &Subject, measure: &str) -> (Option<f64>, f64) {
    let records = subject.headline().filter_map(|sent| sent.review.measure(measure));
    let weighted = records.filter_map(|record| {
        let (value, people) = (record.from_register.as_ref()?, record.cohort.as_ref()?);
        Some((value * people, people.clone()))
    });
    let (sums, people): (Vec<Exact>, Vec<Exact>) = weighted.unzip();
    let people: Exact = people.into_iter().sum();
    (sums.into_iter().sum::<Exact>().divided_by(&people).map(|value| value.to_float()), people.to_float())
}
