//! The units that a return about an organisation as a whole lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::framework::Framework;
use crate::returns::{Return, Row};

/// A unit that a return about the whole lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitRecord {
    /// Its name.
    pub name: String,
    /// What it weighs; `None` where that isn't said.
    pub weight: Option<Exact>,
}

/// Returns the units that a return about the whole lists, in its order.
pub(super) fn units(framework: &Framework, sent: &Return) -> Vec<UnitRecord> {
    let register = framework.consolidation.as_ref().and_then(|spec| Some((spec, spec.register.as_ref()?)));
    let Some((spec, id)) = register else { return Vec::new() };
    let key = framework.register(id).and_then(|register| register.key.as_ref());
    let (Some(key), Some(register)) = (key, sent.registers.get(id)) else { return Vec::new() };
    let unit = |row: &Row| {
        let weight = spec.register_weight.as_ref().and_then(|column| row.given(column.as_str())?.number()).cloned();
        row.given(key.as_str()).map(|name| UnitRecord { name: name.to_string(), weight })
    };
    register.rows.iter().filter_map(unit).collect()
}
