//! How sections are scored.

use polars::prelude::PolarsResult;

use super::query;
use super::subject::Subject;
use super::table::Table;
use crate::figure::{FigureOf, Spread, figures};
use crate::tables::column;

/// How a section's scores spread.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionRow {
    /// The section.
    pub section: String,
    /// Its title.
    pub title: String,
    /// The scores in per cent of the most.
    pub percent: Spread,
    /// Returns whose section isn't complete.
    pub incomplete: usize,
}

figures!(SectionRow: percent);

/// Returns the sections that returns have scores of, in the form's order.
pub(super) fn sections(subject: &Subject) -> PolarsResult<Vec<SectionRow>> {
    let spreads = Table::spreads(query::headline(subject, &subject.frames.sections), &[column::ID], column::UNIT)?;
    let rows = subject.framework.sections.iter().filter_map(|section| {
        let records: Vec<_> = subject.headline().filter_map(|sent| sent.review.section(&section.id)).collect();
        let about = subject.about(FigureOf::Section(section.id.to_string()));
        (!records.is_empty()).then(|| SectionRow {
            section: section.id.to_string(),
            title: section.title.clone(),
            percent: spreads.spread(&[(column::ID, Some(section.id.as_str()))], &about, 100.0),
            incomplete: records.iter().filter(|record| record.score.is_none()).count(),
        })
    });
    Ok(rows.collect())
}
