//! How sections are scored.

use polars::prelude::PolarsResult;

use super::query;
use super::subject::Subject;
use super::table::Table;
use crate::exact::Exact;
use crate::figure::{FigureOf, Spread, figures};
use crate::framework::Section;
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
    /// The mean score, exact, as text; `None` where no return has one or it is hidden.
    pub mean_score: Option<String>,
    /// Returns whose section isn't complete.
    pub incomplete: usize,
}

figures!(SectionRow: percent);

/// Returns the sections that returns have scores of, in the form's order.
pub(super) fn sections(subject: &Subject) -> PolarsResult<Vec<SectionRow>> {
    let spreads = Table::spreads(query::counted(subject, &subject.frames.sections), &[column::ID], column::UNIT)?;
    let rows = subject.framework.sections.iter().filter_map(|section| {
        let (all, points) = scores(subject, section);
        let about = subject.about(FigureOf::Section(section.id.to_string()));
        let percent = spreads.spread(&[(column::ID, Some(section.id.as_str()))], &about, 100.0);
        let known = points.len();
        let mean = points.into_iter().sum::<Exact>().divided_by(&Exact::from(known));
        (all > 0).then(|| SectionRow {
            section: section.id.to_string(),
            title: section.title.clone(),
            mean_score: mean.filter(|_| percent.mean.is_shown()).map(|mean| mean.to_string()),
            percent,
            incomplete: all - known,
        })
    });
    Ok(rows.collect())
}

/// Returns how many returns have a section, and the scores that are known.
fn scores(subject: &Subject, section: &Section) -> (usize, Vec<Exact>) {
    let records = subject.counted().flat_map(|found| &found.review.sections);
    let records: Vec<_> = records.filter(|record| record.id == section.id.as_str()).collect();
    let scores = records.iter().filter_map(|record| record.score.clone());
    (records.len(), scores.collect())
}
