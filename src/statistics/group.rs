//! The returns of each region, group or other column.

use std::collections::BTreeSet;

use polars::prelude::PolarsResult;

use super::grouping::GroupTotals;
use super::query;
use super::subject::Subject;
use super::table::Table;
use crate::exact::Exact;
use crate::figure::{About, Facet, Figure, FigureOf, Measure, Spread, figures};
use crate::tables::column;

/// The returns of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    /// By what it is grouped: `region`, `group`.
    pub by: String,
    /// The group; `None` gathers returns of which it isn't known.
    pub group: Option<String>,
    /// How many returns count; hidden below k.
    pub returns: Figure,
    /// How their totals spread.
    pub totals: Spread,
    /// The lower end of the 95 % interval of their mean total (Student's), from five complete returns on.
    pub low: Figure,
    /// The upper end of it.
    pub high: Figure,
    /// How many have each outcome, in the order of `outcomes`.
    pub outcomes: Vec<GroupOutcome>,
    /// The mean of each section in per cent, in the form's order.
    pub sections: Vec<Figure>,
}

figures!(GroupRow: returns, totals, low, high, outcomes, sections);

/// How many returns of a group have an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupOutcome {
    /// The band's name, or `incomplete`.
    pub band: String,
    /// How many returns.
    pub count: Figure,
}

figures!(GroupOutcome: count);

/// Returns the rows of all groupings; what small groups could be worked out from is hidden by disclosure control afterwards.
pub(super) fn rows(subject: &Subject, totals_of: &GroupTotals) -> PolarsResult<Vec<GroupRow>> {
    let (returns, sections) =
        [&subject.frames.returns, &subject.frames.sections].map(|table| query::grouped(subject, table)).into();
    let by = [column::BY, column::GROUP];
    let bands = Table::counts(returns.clone(), &[by[0], by[1], column::OUTCOME_OR_OPEN])?;
    let totals = Table::spreads(returns, &by, column::TOTAL_NEAR)?;
    let sections = Table::spreads(sections, &[by[0], by[1], column::ID], column::UNIT)?;
    let mut keys: Vec<(Option<String>, Option<String>)> =
        bands.rows().map(|row| (bands.text(column::BY, row), bands.text(column::GROUP, row))).collect();
    keys.dedup();
    let rows = keys.into_iter().filter_map(|(by, group)| {
        let by = by?;
        let key = [(column::BY, Some(by.as_str())), (column::GROUP, group.as_deref())];
        let about = subject.about(FigureOf::Group { by: by.clone(), group: group.clone() });
        let outcomes = outcomes(subject, &bands, &key, &about);
        let (low, high) = totals_of.interval(&by, group.as_deref(), &about);
        let returns = outcomes.iter().map(|outcome| outcome.count.counted()).sum();
        Some(GroupRow {
            returns: about.figure(Measure::Returns, Ok(Exact::from(returns).to_float()), returns),
            totals: totals.spread(&key, &about.facet(Facet::Total), 1.0),
            sections: section_means(subject, &sections, &key, &about),
            outcomes,
            low,
            high,
            by: by.clone(),
            group: group.clone(),
        })
    });
    Ok(rows.collect())
}

/// Returns how many returns of a group have each outcome.
fn outcomes(subject: &Subject, bands: &Table, key: &[(&str, Option<&str>); 2], about: &About) -> Vec<GroupOutcome> {
    let outcome = |(band, _): (String, String)| {
        let n = bands.count_of(&[key[0], key[1], (column::OUTCOME_OR_OPEN, Some(&band))]);
        GroupOutcome { count: about.facet(Facet::Outcome(band.clone())).counting(n).count(n), band }
    };
    subject.bands().into_iter().map(outcome).collect()
}

/// Returns the mean of each section in per cent, for sections that returns have.
fn section_means(subject: &Subject, table: &Table, key: &[(&str, Option<&str>); 2], about: &About) -> Vec<Figure> {
    let ids: BTreeSet<String> = table.rows().filter_map(|row| table.text(column::ID, row)).collect();
    let sections = subject.framework.sections.iter().filter(|section| ids.contains(section.id.as_str()));
    let means = sections.map(|section| {
        let key = [key[0], key[1], (column::ID, Some(section.id.as_str()))];
        table.spread(&key, &about.facet(Facet::Section(section.id.to_string())), 100.0).mean
    });
    means.collect()
}
