//! The improvement plan that a sender wrote, as it was sent.

use super::shown;
use crate::day::long_date;
use crate::document::{Block, Cell, Column, Fact, Part, Table};
use crate::framework::{Field, FieldRole, Framework, RegisterSpec, unmarked};
use crate::review::{PlanRecord, Review};
use crate::words::{capital, count};
use jiff::civil::Date;

/// Where a report tells what is to be put right in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Findings {
    /// In a chapter of its own.
    Here,
    /// In the report on the return that holds the plan.
    Elsewhere,
}

impl Findings {
    /// Says it.
    const fn said(self) -> &'static str {
        match self {
            Self::Here => " What is to be put right in it is among the findings.",
            Self::Elsewhere => " What is to be put right in it stands in the report on that ¤return.",
        }
    }
}

/// Returns the plan that a return holds; `None` where it holds none.
pub(in crate::report) fn part(framework: &Framework, review: &Review, findings: Findings) -> Option<Part> {
    let spec = framework.registers.iter().find(|spec| spec.plan.is_some()).filter(|_| !review.plan.is_empty())?;
    let actions: usize = review.plan.iter().map(|row| row.how.len()).sum();
    let sentence = format!(
        "The plan as it was sent: {} with {}.{}",
        count(review.plan.len(), "issue", "issues"),
        count(actions, "action", "actions"),
        findings.said()
    );
    let facts = Block::Facts(facts(framework, spec, review));
    let table = table(&review.plan).caption(capital(&spec.title));
    Some(Part::new(&spec.title).lead([sentence]).block(facts).block(table))
}

/// Returns the rows of a plan; each cell is a list.
fn table(rows: &[PlanRecord]) -> Table {
    let columns = vec![
        Column::new("What").share(1.2).cell(|row: &PlanRecord| (&row.what).into()),
        Column::new("How").share(1.7).cell(|row: &PlanRecord| Cell::Lines(row.how.clone())),
        Column::new("Why").share(1.4).cell(|row: &PlanRecord| Cell::Lines(row.why.clone())),
        Column::new("When").share(0.9).cell(|row: &PlanRecord| Cell::Lines(when(row))),
        Column::new("Who").share(1.0).cell(|row: &PlanRecord| Cell::Lines(row.who.clone())),
    ];
    Table::of(rows, columns)
}

/// Returns what stands around the plan: the fields of its sheet that stand by themselves.
fn facts(framework: &Framework, spec: &RegisterSpec, review: &Review) -> Vec<Fact> {
    let of_cover = framework.field_for(FieldRole::Organisation).map(|field| &field.label);
    let meant = |field: &&Field| field.sheet == spec.sheet && field.row.is_none() && Some(&field.label) != of_cover;
    let given = framework.fields.iter().filter(meant).filter_map(|field| {
        let value = review.fields.get(field.id.as_str())?;
        Some(Fact::new(unmarked(&field.label), shown(value)))
    });
    given.collect()
}

/// Returns by when a row is done; the day on which it ends stands with its timescales, where it says more than they do.
fn when(record: &PlanRecord) -> Vec<String> {
    let written = |day: &Date| record.when.iter().any(|line| shown(&line.as_str().into()) == long_date(*day));
    let ends = record.deadline.filter(|day| !written(day));
    record.when.iter().cloned().chain(ends.map(|day| format!("ends {}", long_date(day)))).collect()
}
