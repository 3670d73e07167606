//! Consolidation as a pack writes it: how judgements on the units of an organisation make one on the whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Number;
use crate::framework::ShareRule;

/// How judgements on the units of an organisation make one on the whole.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsolidationEntry {
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
    #[serde(default)]
    pub share: Option<Number>,
    /// The field of a return about the whole that names the rule.
    #[serde(default)]
    pub chosen_in: Option<String>,
    /// The rules, by that field's choices.
    #[serde(default)]
    pub choices: BTreeMap<String, ShareRule>,
    /// The field of a return about the whole with the share that is needed, between 0 and 1.
    #[serde(default)]
    pub share_in: Option<String>,
    /// The field of a return about a unit with its weight: how many people work there.
    #[serde(default)]
    pub weight: Option<String>,
    /// The register of a return about the whole that lists the units by its key.
    #[serde(default)]
    pub register: Option<String>,
    /// That register's column with the weights.
    #[serde(default)]
    pub register_weight: Option<String>,
}
