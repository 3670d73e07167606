//! The improvement plan that a sender wrote, as it was sent.

use jiff::civil::Date;
use serde::Serialize;

use super::{Fact, shown};
use crate::day::long_date;
use crate::framework::{Field, FieldRole, Framework, RegisterSpec};
use crate::review::PlanRecord;
use crate::review::Review;
use crate::words::{capital, count};

/// The plan as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(in crate::report) struct SentPlanView {
    title: String,
    sentence: String,
    facts: Vec<Fact>,
    caption: String,
    rows: Vec<SentRow>,
}

/// A row of the plan; each cell is a list.
#[derive(Clone, Debug, Serialize)]
struct SentRow {
    what: String,
    how: Vec<String>,
    why: Vec<String>,
    when: Vec<String>,
    who: Vec<String>,
}

/// Returns the plan that a return holds; `None` where it holds none.
pub(in crate::report) fn view(framework: &Framework, review: &Review) -> Option<SentPlanView> {
    let spec = framework.registers.iter().find(|spec| spec.plan.is_some()).filter(|_| !review.plan.is_empty())?;
    let actions: usize = review.plan.iter().map(|row| row.how.len()).sum();
    Some(SentPlanView {
        title: spec.title.clone(),
        sentence: format!(
            "The plan as it was sent: {} with {}. What is to be put right in it is among the findings.",
            count(review.plan.len(), "issue", "issues"),
            count(actions, "action", "actions")
        ),
        facts: facts(framework, spec, review),
        caption: capital(&spec.title),
        rows: review.plan.iter().map(row).collect(),
    })
}

/// Returns what stands around the plan: the fields of its sheet that stand by themselves.
fn facts(framework: &Framework, spec: &RegisterSpec, review: &Review) -> Vec<Fact> {
    let of_cover = framework.field_for(FieldRole::Organisation).map(|field| &field.label);
    let meant = |field: &&Field| field.sheet == spec.sheet && field.row.is_none() && Some(&field.label) != of_cover;
    let given = framework.fields.iter().filter(meant).filter_map(|field| {
        let value = review.fields.get(field.id.as_str())?;
        Some(Fact::new(field.label.trim_end_matches([':', ' ']), shown(value)))
    });
    given.collect()
}

/// Returns a row; the day on which it ends stands with its timescales, where it says more than they do.
fn row(record: &PlanRecord) -> SentRow {
    let mut when = record.when.clone();
    let written = |day: &Date| record.when.iter().any(|line| shown(line) == long_date(*day));
    let ends = record.deadline.filter(|day| !written(day));
    when.extend(ends.map(|day| format!("ends {}", long_date(day))));
    SentRow {
        what: record.what.clone(),
        how: record.how.clone(),
        why: record.why.clone(),
        when,
        who: record.who.clone(),
    }
}
