//! The improvement plan that a return holds.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::framework::expression::Quantity;
use crate::framework::{ColumnId, Framework, PlanColumns, RegisterSpec};
use crate::outcome::Outcome;
use crate::personal::masked;
use crate::returns::{Return, Row};

/// A row of an improvement plan; what is listed in one cell is listed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanRecord {
    /// How the row is told: by its key, else by its place ("row 6").
    pub row: String,
    /// The weakness.
    pub what: String,
    /// What is done about it.
    pub how: Vec<String>,
    /// What that is good for.
    pub why: Vec<String>,
    /// By when.
    pub when: Vec<String>,
    /// By whom.
    pub who: Vec<String>,
    /// The last day that the row names; `None` where it names none.
    #[schemars(with = "Option<String>")]
    pub deadline: Option<Date>,
}

/// Returns the improvement plan that a return holds.
pub(super) fn plan(framework: &Framework, sent: &Return, outcome: &Outcome) -> Vec<PlanRecord> {
    let specs = framework.registers.iter().filter_map(|spec| Some((spec, spec.plan.as_ref()?)));
    let of_register = |(spec, columns): (&RegisterSpec, &PlanColumns)| {
        let rows = sent.registers.get(&spec.id).map(|register| register.rows.as_slice()).unwrap_or_default();
        let scores = outcome.registers.get(&spec.id).map(Vec::as_slice).unwrap_or_default();
        let row = |(number, row): (usize, &Row)| {
            let last = columns.deadline.as_ref().and_then(|name| scores.get(number)?.derived(spec, name));
            PlanRecord {
                row: row.name(spec),
                what: text(row, &columns.what).unwrap_or_default(),
                how: lines(row, Some(&columns.how)),
                why: lines(row, columns.why.as_ref()),
                when: lines(row, Some(&columns.when)),
                who: lines(row, Some(&columns.who)),
                deadline: last.and_then(Quantity::date),
            }
        };
        rows.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    specs.flat_map(of_register).collect()
}

/// Returns what a row says in a column, without what tells more of a person than the name.
fn text(row: &Row, column: &ColumnId) -> Option<String> {
    row.given(column.as_str()).map(|given| masked(&given.to_string()).into_owned())
}

/// Returns the lines of what a row says in a column, without their bullets.
fn lines(row: &Row, column: Option<&ColumnId>) -> Vec<String> {
    let written = column.and_then(|column| text(row, column)).unwrap_or_default();
    crate::framework::expression::lines(&written).map(ToOwned::to_owned).collect()
}
