//! What the statistics come to, as reports and the season workbook read them.
//!
//! [`Statistics`] holds all, and one file beside this one says what there is of each idea. Everything is by framework, since
//! figures of two schemes never mix. Within one, figures rest on the returns that count: scored and provisional ones, no
//! duplicates and none that is superseded. Shares are from 0 to 1, `percent` from 0 to 100.

mod agreement;
mod change;
mod coverage;
mod criterion;
mod finding;
mod outcome;
mod range;
mod register;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use agreement::{Agreement, AgreementRow, ModerationRow, TotalAgreement};
pub use change::{ChangeSummary, MetChange, SectionChange, Trend, TrendPoint};
pub use coverage::Coverage;
pub use criterion::{Consistency, ConsistencyRow, CriterionRow, GradeRow, RankedRow, SectionRow};
pub use finding::{FindingRow, Prevalence};
pub use outcome::{BandRow, GroupOutcome, GroupRow, OutlierRow, TotalRow};
pub use range::{RangeRow, Standing};
pub use register::{ActionRow, MeasureRow, RegisterRow, ResultRow};

use crate::figure::Figure;
use crate::figure::Hiding;

/// All statistics of a season.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Statistics {
    /// By framework, in order of its name.
    pub frameworks: Vec<FrameworkStatistics>,
    /// What disclosure control hid, and why.
    pub hidings: Vec<Hiding>,
}

impl Statistics {
    /// Returns the statistics of one framework.
    pub fn of(&self, framework: &str) -> Option<&FrameworkStatistics> {
        self.frameworks.iter().find(|found| found.framework == framework)
    }

    /// Returns all figures, each once, in the order in which they stand. They are gathered from what is written of the statistics,
    /// so that none can be forgotten here.
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures = Vec::new();
        gather(self.written(), &mut figures);
        let mut known = BTreeSet::new();
        figures.retain(|figure| known.insert(figure.id.clone()));
        figures
    }

    fn written(&self) -> Value {
        serde_json::to_value(self).expect("statistics have text keys and nothing that can't be written")
    }
}

/// Gathers the figures of a value.
fn gather(value: Value, figures: &mut Vec<Figure>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| gather(item, figures)),
        Value::Object(fields) if fields.contains_key("state") => {
            figures.extend(serde_json::from_value::<Figure>(Value::Object(fields)));
        }
        Value::Object(fields) => fields.into_iter().for_each(|(_, item)| gather(item, figures)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The statistics of one framework.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FrameworkStatistics {
    /// The framework's name.
    pub framework: String,
    /// Its title.
    pub title: String,
    /// The versions that returns are of.
    pub versions: Vec<String>,
    /// The unit of totals: `%` or `points`.
    pub unit: String,
    /// Who was expected and who came.
    pub coverage: Coverage,
    /// Returns by outcome, best band first, `incomplete` last; over all kinds of return.
    pub outcomes: Vec<BandRow>,
    /// The totals, over all kinds of return; then by kind.
    pub totals: Vec<TotalRow>,
    /// The sections, in the form's order, in per cent of the most that can be scored.
    pub sections: Vec<SectionRow>,
    /// The criteria, in the form's order.
    pub criteria: Vec<CriterionRow>,
    /// The strongest criteria, from the best; ties share a rank.
    pub strongest: Vec<RankedRow>,
    /// The weakest criteria, from the worst; ties share a rank.
    pub weakest: Vec<RankedRow>,
    /// The measures that registers give.
    pub measures: Vec<MeasureRow>,
    /// Returns by region, group and other columns.
    pub groups: Vec<GroupRow>,
    /// The result of each return beside what chance alone would give.
    pub ranges: Vec<RangeRow>,
    /// Self beside external; empty where no organisation has both.
    pub agreement: Option<Agreement>,
    /// Whether the criteria go together.
    pub consistency: Option<Consistency>,
    /// Returns whose total stands out from all others.
    pub outliers: Vec<OutlierRow>,
    /// Against last season; `None` without a record of it.
    pub change: Option<ChangeSummary>,
    /// Over four seasons and more; `None` without records of them.
    pub trend: Option<Trend>,
    /// The commonest findings.
    pub findings: Vec<FindingRow>,
    /// What the rows of registers come to, for those whose results the framework names.
    #[serde(default)]
    pub registers: Vec<RegisterRow>,
}
