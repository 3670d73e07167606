//! Answers, section scores and measures.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use super::{Entry, column, flag, identity, near, number, text};
use crate::exact::Exact;
use crate::framework::{Better, Framework};
use crate::review::{AnswerRecord, MeasureRecord, SectionRecord};

/// An answer with its return, and the measure that it is about.
struct Score<'a> {
    entry: Entry<'a>,
    answer: &'a AnswerRecord,
    measure: Option<&'a MeasureRecord>,
    /// From 0 (worst) to 1 (best): `None` where it isn't to a criterion, `None` inside where it can't be used.
    unit: Option<Option<f64>>,
}

/// Makes the table of answers: a row a criterion or measure and rater.
pub(super) fn scores(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<Score> = entries.iter().flat_map(|entry| scores_of(*entry)).collect();
    let mut columns = identity(&all, |score| score.entry);
    columns.extend([
        text(column::ID, &all, |score| Some(&score.answer.id)),
        text(column::RATER, &all, |score| Some(&score.answer.rater)),
        text(column::COUNTS, &all, |score| Some(if score.entry.is_judge(score.answer) { "yes" } else { "no" })),
        text(column::STATE, &all, |score| Some(&score.answer.state)),
        text(column::VALUE, &all, |score| score.answer.value.as_deref()),
        text(column::POINTS, &all, |score| score.answer.points.as_deref()),
        near(column::POINTS_NEAR, &all, |score| score.answer.points.as_deref()),
        text(column::MEASURED, &all, |score| score.measure.and_then(|measure| measure.value.as_deref())),
        text(column::EARNED, &all, |score| score.measure.and_then(|measure| measure.points.as_deref())),
        text(column::FROM_REGISTER, &all, |score| score.measure.and_then(|measure| measure.from_register.as_deref())),
        text(column::COHORT, &all, |score| score.measure.and_then(|measure| measure.cohort.as_deref())),
        text(column::SHEET, &all, |score| score.answer.sheet.as_deref()),
        text(column::CELL, &all, |score| score.answer.cell.as_deref()),
        flag(column::OF_CRITERION, &all, |score| score.unit.is_some()),
        number(column::UNIT, &all, |score| score.unit.flatten()),
    ]);
    DataFrame::new_infer_height(columns)
}

/// Returns the answers of a return; what was measured stands with the rater that counts.
fn scores_of(entry: Entry<'_>) -> impl Iterator<Item = Score<'_>> {
    let measures: BTreeMap<&str, &MeasureRecord> =
        entry.review.measures.iter().map(|measure| (measure.id.as_str(), measure)).collect();
    entry.review.answers.iter().map(move |answer| Score {
        entry,
        answer,
        measure: measures.get(answer.id.as_str()).copied().filter(|_| entry.is_judge(answer)),
        unit: entry.framework.and_then(|framework| unit(framework, answer)),
    })
}

/// Returns an answer on a scale from 0 (worst) to 1 (best), `None` inside where it isn't usable; `None` for measures.
#[expect(clippy::option_option, reason = "no criterion, or a criterion without a usable answer")]
fn unit(framework: &Framework, answer: &AnswerRecord) -> Option<Option<f64>> {
    let criterion = framework.criteria().find(|criterion| criterion.id.as_str() == answer.id)?;
    let scale = framework.scale(criterion);
    let (least, most) = (scale.minimum(), scale.maximum());
    let points = answer.points.as_ref().and_then(|points| points.parse::<Exact>().ok());
    let share = points.and_then(|points| {
        let gained = match scale.better {
            Better::Higher => &points - &least,
            Better::Lower => &most - &points,
        };
        gained.divided_by(&(&most - &least))
    });
    Some(share.map(|share| share.to_float()))
}

/// Makes the table of section scores, in parts of the most.
pub(super) fn sections(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<(Entry, &SectionRecord)> =
        entries.iter().flat_map(|entry| entry.review.sections.iter().map(|section| (*entry, section))).collect();
    let share = |percent: &str| percent.parse::<Exact>().ok()?.divided_by(&Exact::from(100));
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
        near(column::FROM_REGISTER_NEAR, &all, |(_, measure)| measure.from_register.as_deref()),
    ]);
    DataFrame::new_infer_height(columns)
}
