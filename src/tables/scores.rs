//! Answers, section scores and measures.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use super::{Entry, column, exact, flag, identity, near, number, text};
use crate::exact::Exact;
use crate::framework::Scale;
use crate::review::{AnswerRecord, MeasureRecord, SectionRecord};

/// An answer with its return, and the measure that it is about.
struct Score<'a> {
    entry: Entry<'a>,
    answer: &'a AnswerRecord,
    measure: Option<&'a MeasureRecord>,
    of_criterion: bool,
    /// From 0 (worst) to 1 (best): `None` where it isn't to a criterion, or can't be used.
    unit: Option<f64>,
}

/// Makes the table of answers: a row a criterion or measure and rater.
pub(super) fn scores(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<Score> = entries.iter().flat_map(|entry| scores_of(*entry)).collect();
    let mut columns = identity(&all, |score| score.entry);
    columns.extend([
        text(column::ID, &all, |score| Some(&score.answer.id)),
        text("rater", &all, |score| Some(&score.answer.rater)),
        text(column::COUNTS, &all, |score| Some(if score.entry.is_judge(score.answer) { "yes" } else { "no" })),
        text(column::STATE, &all, |score| Some(score.answer.state.as_str())),
        text(column::VALUE, &all, |score| score.answer.value.as_deref()),
        exact("points", &all, |score| score.answer.points.as_ref()),
        near("points_near", &all, |score| score.answer.points.as_ref()),
        exact("measured", &all, |score| score.measure.and_then(|measure| measure.value.as_ref())),
        exact("earned", &all, |score| score.measure.and_then(|measure| measure.points.as_ref())),
        exact("from_register", &all, |score| score.measure.and_then(|measure| measure.from_register.as_ref())),
        exact("cohort", &all, |score| score.measure.and_then(|measure| measure.cohort.as_ref())),
        text(column::SHEET, &all, |score| score.answer.sheet.as_deref()),
        text(column::CELL, &all, |score| score.answer.cell.as_deref()),
        flag(column::OF_CRITERION, &all, |score| score.of_criterion),
        number(column::UNIT, &all, |score| score.unit),
    ]);
    DataFrame::new_infer_height(columns)
}

/// Returns the answers of a return; what was measured stands with the rater that counts.
fn scores_of(entry: Entry<'_>) -> impl Iterator<Item = Score<'_>> {
    let measures: BTreeMap<&str, &MeasureRecord> =
        entry.review.measures.iter().map(|measure| (measure.id.as_str(), measure)).collect();
    entry.review.answers.iter().map(move |answer| {
        let criterion = entry.framework.and_then(|framework| framework.criterion(&answer.id));
        Score {
            entry,
            answer,
            measure: measures.get(answer.id.as_str()).copied().filter(|_| entry.is_judge(answer)),
            of_criterion: criterion.is_some(),
            unit: entry.framework.zip(criterion).and_then(|(framework, one)| unit(framework.scale(one), answer)),
        }
    })
}

/// Returns an answer on a scale from 0 (worst) to 1 (best); `None` where it can't be used.
fn unit(scale: &Scale, answer: &AnswerRecord) -> Option<f64> {
    scale.share(answer.points.as_ref()?).map(|share| share.to_float())
}

/// Makes the table of section scores, in parts of the most.
pub(super) fn sections(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<(Entry, &SectionRecord)> =
        entries.iter().flat_map(|entry| entry.review.sections.iter().map(|section| (*entry, section))).collect();
    let share = |percent: &Exact| percent.divided_by(&Exact::from(100));
    let mut columns = identity(&all, |(entry, _)| *entry);
    columns.extend([
        text(column::ID, &all, |(_, section)| Some(&section.id)),
        number(column::UNIT, &all, |(_, section)| share(section.percent.as_ref()?).map(|share| share.to_float())),
    ]);
    DataFrame::new_infer_height(columns)
}

/// Makes the table of measures, as registers give them.
pub(super) fn measures(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<(Entry, &MeasureRecord)> =
        entries.iter().flat_map(|entry| entry.review.measures.iter().map(|measure| (*entry, measure))).collect();
    let mut columns = identity(&all, |(entry, _)| *entry);
    columns.extend([
        text(column::ID, &all, |(_, measure)| Some(&measure.id)),
        near(column::FROM_REGISTER_NEAR, &all, |(_, measure)| measure.from_register.as_ref()),
    ]);
    DataFrame::new_infer_height(columns)
}
