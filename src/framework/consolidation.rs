//! How returns about the units of an organisation make one on the whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::called::unmarked;
use super::schema::{Number, some_exact};
use super::{ColumnId, FieldId, Framework, RegisterId};
use crate::exact::Exact;

/// How judgements on the units of an organisation make one on the whole.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ConsolidationEntry")]
pub struct ConsolidationSpec {
    /// The kind of return about one unit, a choice of the field that says the kind: `Directorate`. The field with the role
    /// `unit` says which.
    pub unit_kind: String,
    /// The kind of return about the whole: `Corporate`.
    pub whole_kind: String,
    /// What a unit is called: "directorate".
    pub noun: String,
    /// What several are called: "directorates".
    pub plural: String,
    /// The grade whose share among the units decides: `met`.
    pub grade: String,
    /// The grade of the whole where the share isn't reached: `not-met`.
    pub otherwise: String,
    /// The rule where no return about the whole names one.
    pub rule: ShareRule,
    /// The share that the rule asks for, where no return names one: 0.75.
    #[serde(default, deserialize_with = "some_exact")]
    #[schemars(with = "Option<Number>", !default)]
    pub share: Option<Exact>,
    /// The field of a return about the whole that names the rule.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub chosen_in: Option<FieldId>,
    /// The rules, by that field's choices.
    #[serde(default)]
    pub choices: BTreeMap<String, ShareRule>,
    /// The field of a return about the whole with the share that is needed, between 0 and 1.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub share_in: Option<FieldId>,
    /// The field of a return about a unit with its weight: how many people work there.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub weight: Option<FieldId>,
    /// The register of a return about the whole that lists the units by its key.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub register: Option<RegisterId>,
    /// That register's column with the weights.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub register_weight: Option<ColumnId>,
}

/// Which share of the units decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
        let field = framework.field(self.weight.as_ref()?)?;
        Some(unmarked(&field.label))
    }
}
