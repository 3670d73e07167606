//! The returns of each region, group or other column, and which of their figures may be shown.
#![expect(clippy::cast_precision_loss, reason = "counts are shown as numbers")]

use std::collections::BTreeSet;

use polars::prelude::PolarsResult;

use super::framework::Subject;
use super::query;
use super::result::{GroupOutcome, GroupRow};
use super::table::Table;
use crate::figure::Figure;
use crate::tables::column;

/// Returns the rows of all groupings, as they are; disclosure control hides what it must afterwards.
pub(super) fn rows(subject: &Subject) -> PolarsResult<Vec<GroupRow>> {
    let framework = &subject.framework.id;
    let bands = Table::of(query::group_bands(subject.frames, framework))?;
    let totals = Table::of(query::group_totals(subject.frames, framework))?;
    let sections = Table::of(query::group_sections(subject.frames, framework))?;
    let mut keys: Vec<(Option<String>, Option<String>)> =
        bands.rows().map(|row| (bands.text(column::BY, row), bands.text(column::GROUP, row))).collect();
    keys.dedup();
    let rows = keys.into_iter().filter_map(|(by, group)| {
        let by = by?;
        let key = [(column::BY, Some(by.as_str())), (column::GROUP, group.as_deref())];
        let id = subject.id(&format!("group/{by}/{}", group.as_deref().unwrap_or("not-known")));
        let outcomes = outcomes(subject, &bands, &key, &id);
        let returns: f64 = outcomes.iter().filter_map(|outcome| outcome.count.value).sum();
        Some(GroupRow {
            returns: Figure::shown(format!("{id}/returns"), returns, whole(returns)),
            totals: totals.spread(totals.row(&key), &format!("{id}/total"), 1.0),
            sections: section_means(subject, &sections, &key, &id),
            outcomes,
            id,
            by: by.clone(),
            group: group.clone(),
        })
    });
    Ok(rows.collect())
}

/// Returns how many returns of a group have each outcome.
fn outcomes(subject: &Subject, bands: &Table, key: &[(&str, Option<&str>); 2], id: &str) -> Vec<GroupOutcome> {
    let outcome = |(band, _): (String, String)| {
        let n = bands.count_of(&[key[0], key[1], (column::OUTCOME_OR_OPEN, Some(&band))]);
        GroupOutcome { count: Figure::shown(format!("{id}/outcome/{band}"), n as f64, n), band }
    };
    subject.bands().into_iter().map(outcome).collect()
}

/// Returns the mean of each section in per cent, for sections that returns have.
fn section_means(subject: &Subject, table: &Table, key: &[(&str, Option<&str>); 2], id: &str) -> Vec<Figure> {
    let known: BTreeSet<String> = table.rows().filter_map(|row| table.text(column::ID, row)).collect();
    let sections = subject.framework.sections.iter().filter(|section| known.contains(section.id.as_str()));
    let means = sections.map(|section| {
        let row = table.row(&[key[0], key[1], (column::ID, Some(section.id.as_str()))]);
        table.spread(row, &format!("{id}/section/{}", section.id), 100.0).mean
    });
    means.collect()
}

/// Returns a count that is shown as a number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was counted")]
fn whole(count: f64) -> usize {
    count as usize
}
