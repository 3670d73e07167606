//! How returns about the units of an organisation make one on the whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ColumnId, FieldId, Framework, RegisterId};
use crate::exact::Exact;

/// How judgements on the units of an organisation make one on the whole.
#[derive(Clone, Debug)]
pub struct ConsolidationSpec {
    /// The kind of return about one unit.
    pub unit_kind: String,
    /// The kind of return about the whole.
    pub whole_kind: String,
    /// What a unit is called: "directorate".
    pub noun: String,
    /// What several are called: "directorates".
    pub plural: String,
    /// The grade whose share among the units decides.
    pub grade: String,
    /// The grade of the whole where the share isn't reached.
    pub otherwise: String,
    /// The rule where the form names none.
    pub rule: ShareRule,
    /// The share that the rule asks for, where the form names none; `None` where the pack sets none.
    pub share: Option<Exact>,
    /// The field of a return about the whole that names the rule; `None` where the form has none.
    pub chosen_in: Option<FieldId>,
    /// The rules, by the words of that field.
    pub choices: BTreeMap<String, ShareRule>,
    /// The field of a return about the whole with the share that is needed; `None` where the form has none.
    pub share_in: Option<FieldId>,
    /// The field of a return about a unit with its weight; `None` where units aren't weighed.
    pub weight: Option<FieldId>,
    /// The register of a return about the whole that lists the units by its key; `None` where the form has none.
    pub register: Option<RegisterId>,
    /// That register's column with the weights; `None` where it has none.
    pub register_weight: Option<ColumnId>,
}

/// Which share of the units decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShareRule {
    /// All units.
    All,
    /// One unit at least.
    Any,
    /// More than half of the units.
    Majority,
    /// A share of the units at least.
    Share,
    /// Units with a share of the weight (of the staff, say) at least.
    WeightedShare,
}

impl ConsolidationSpec {
    /// Returns what the form calls the units' weight: "Headcount"; `None` where units aren't weighed.
    pub fn weight_label<'a>(&self, framework: &'a Framework) -> Option<&'a str> {
        let field = framework.fields.iter().find(|field| Some(&field.id) == self.weight.as_ref())?;
        Some(field.label.trim_end_matches([':', ' ']))
    }
}
