//! Which assessors give otherwise than the others, beside what organisations give themselves.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "leniency is a statistic, not a score")]

use std::collections::BTreeMap;

use super::leniency::{UNLIKELY, leniencies};
use super::pairs::{Both, sides};
use super::{Season, SeasonReturn};
use crate::exact::Exact;
use crate::framework::{FieldRole, Framework, FrameworkId};
use crate::wording::Wording;

/// An assessment beside the self-assessment of the same organisation.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// Whose.
    pub organisation: &'a str,
    /// The return with the assessor's answers.
    pub file: &'a str,
    /// The return with the organisation's own.
    pub own: &'a str,
    /// The answers on both sides; never empty.
    pub both: Vec<Both<'a>>,
    /// How far the assessor's answers lie above the organisation's own in the mean, in percentage points of the scale.
    pub above: f64,
}

/// An assessor's assessments that have a self-assessment beside.
#[derive(Clone, Debug)]
pub struct Caseload<'a> {
    /// Who it is, as the returns name them.
    pub assessor: String,
    /// The assessments, in order of their files; never empty.
    pub cases: Vec<Case<'a>>,
}

/// An assessor who gives otherwise than the others, by more than chance is likely to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// The framework.
    pub framework: FrameworkId,
    /// Who it is.
    pub assessor: String,
    /// The files of the assessments that can be compared, in order.
    pub files: Vec<String>,
    /// How far they lie above an average assessor, in percentage points of the scale, drawn towards that; below nought they are harsher.
    pub above: Exact,
}

impl Apart {
    /// Returns how they give, in a word beside the others.
    pub fn manner(&self) -> &'static str {
        if self.above.is_negative() { "harsher" } else { "more lenient" }
    }
}

/// Returns the assessments of each assessor of a framework, in order of their names; nobody where no form names assessors, or nobody
/// has both sides.
pub fn caseloads<'a>(season: &'a Season, framework: &'a Framework) -> Vec<Caseload<'a>> {
    if framework.field_for(FieldRole::Assessor).is_none() {
        return Vec::new();
    }
    let Some((_, both)) = sides(season, framework) else { return Vec::new() };
    let mut by_file: BTreeMap<&str, Vec<Both>> = BTreeMap::new();
    for both in both {
        by_file.entry(both.file).or_default().push(both);
    }
    let mut caseloads: BTreeMap<Wording, Caseload> = BTreeMap::new();
    for (file, both) in by_file {
        let Some(name) = season.of_file(file).and_then(|sent| named(framework, sent)) else { continue };
        let new = || Caseload { assessor: name.clone(), cases: Vec::new() };
        caseloads.entry(Wording::of(&name)).or_insert_with(new).cases.push(case(file, both));
    }
    caseloads.into_values().collect()
}

/// Returns who assessed, as a return names them.
fn named(framework: &Framework, sent: &SeasonReturn) -> Option<String> {
    sent.review.role(framework, FieldRole::Assessor).map(ToString::to_string)
}

/// Returns an assessment beside the self-assessment.
fn case<'a>(file: &'a str, both: Vec<Both<'a>>) -> Case<'a> {
    let share = |both: &Both| {
        let (own, external) = both.pair;
        100.0 * (external as f64 - own as f64) / (both.steps.max(2) - 1) as f64
    };
    let above = both.iter().map(share).sum::<f64>() / both.len() as f64;
    Case { organisation: both[0].organisation, file, own: both[0].own, both, above }
}

/// Returns the assessors of all frameworks who give otherwise than the others.
pub(super) fn apart(season: &Season) -> Vec<Apart> {
    season.frameworks_used().into_iter().flat_map(|framework| of_framework(season, framework)).collect()
}

/// Returns the assessors of a framework who give otherwise than the others.
fn of_framework(season: &Season, framework: &Framework) -> Vec<Apart> {
    let caseloads = caseloads(season, framework);
    let above: Vec<Vec<f64>> =
        caseloads.iter().map(|load| load.cases.iter().map(|case| case.above).collect()).collect();
    let told = caseloads.iter().zip(leniencies(&above)).filter_map(|(load, told)| {
        let beside = told.beside.filter(|beside| beside.chance < UNLIKELY)?;
        Some(Apart {
            framework: framework.id.clone(),
            assessor: load.assessor.clone(),
            files: load.cases.iter().map(|case| case.file.to_owned()).collect(),
            above: Exact::from_float(beside.shrunken)?.rounded(1),
        })
    });
    told.collect()
}
