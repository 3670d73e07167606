//! What others than the raters think of the criteria.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::framework::{CriterionId, Framework};
use crate::returns::Return;

/// A judgement of somebody beside the raters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpinionRecord {
    /// Whose: the heading over it.
    pub unit: String,
    /// Which criterion.
    pub id: CriterionId,
    /// The grade; `None` where there is none that can be used.
    pub value: Option<String>,
    /// Whether it counts: a grade such as "Not assessed" doesn't.
    pub counts: bool,
}

/// Returns what others than the raters think, by unit, then by criterion.
pub(super) fn opinions(framework: &Framework, sent: &Return) -> Vec<OpinionRecord> {
    let mut units: Vec<&str> = sent.opinions.keys().map(|(unit, _)| unit.as_str()).collect();
    units.dedup();
    let of_unit = |unit: &str| {
        let opinion = |id: &CriterionId| {
            let grading = sent.opinions.get(&(unit.to_owned(), id.clone()))?.given();
            Some(OpinionRecord {
                unit: unit.to_owned(),
                id: id.clone(),
                value: grading.map(|grading| grading.grade.clone()),
                counts: grading.is_some_and(|grading| grading.points.is_some()),
            })
        };
        framework.criteria().filter_map(|criterion| opinion(&criterion.id)).collect::<Vec<_>>()
    };
    units.into_iter().flat_map(of_unit).collect()
}
