//! What a sender already plans, where the rows of the plan name the criteria that they are about.
//!
//! Such a plan is no section of its own: its actions stand in the report's own improvement plan, at the criteria. A plan whose
//! rows are about issues in the sender's words is shown as it was sent, by [`sent_plan`](super::sent_plan).

use super::shown;
use crate::framework::{EntryKind, Framework, RegisterSpec};
use crate::report::subject::Subjects;
use crate::review::PlanRecord;
use crate::review::Review;

/// The actions of a sender's plan, by what they are about.
pub(super) struct Planned<'a> {
    rows: Vec<(Vec<&'a str>, &'a PlanRecord)>,
}

/// What one or several rows plan.
#[derive(Default)]
pub(super) struct Actions {
    /// What is done.
    pub(super) how: Vec<String>,
    /// What that is good for.
    pub(super) why: Vec<String>,
    /// By when.
    pub(super) when: Vec<String>,
    /// By whom.
    pub(super) who: Vec<String>,
}

impl<'a> Planned<'a> {
    /// Gathers what a return plans by criterion; `None` where its form asks for a plan of another kind, or for none.
    pub(super) fn of(framework: &'a Framework, review: &'a Review) -> Option<Self> {
        framework.registers.iter().find(|spec| is_by_criterion(spec))?;
        let rows = review.plan.iter().filter(|row| !row.how.is_empty()).map(|row| (about(framework, &row.what), row));
        Some(Self { rows: rows.collect() })
    }

    /// Returns what is planned for a criterion or measure; empty where nothing is.
    pub(super) fn for_subject(&self, id: &str) -> Actions {
        gathered(self.rows.iter().filter(|(about, _)| about.contains(&id)).map(|(_, row)| *row))
    }

    /// Returns what is planned beside these criteria and measures, each row with what it is about.
    pub(super) fn beside(&self, told: &[&str], subjects: &Subjects) -> Vec<(String, Actions)> {
        let others = self.rows.iter().filter(|(about, _)| about.iter().all(|id| !told.contains(id)));
        others.map(|(_, row)| (named(row, subjects), gathered([*row].into_iter()))).collect()
    }
}

/// Whether a register is a plan whose rows name what they are about.
fn is_by_criterion(spec: &RegisterSpec) -> bool {
    let what = spec.plan.as_ref().map(|plan| &plan.what);
    spec.columns.iter().any(|column| Some(&column.id) == what && matches!(column.kind, EntryKind::Reference(_)))
}

/// Returns what a row of a plan is about, in words.
pub(super) fn named(row: &PlanRecord, subjects: &Subjects) -> String {
    if row.what.is_empty() { row.row.clone() } else { subjects.named(&row.what) }
}

/// Returns the criteria and measures that a reference names, alone or several: "U3", "T1, T2".
fn about<'a>(framework: &'a Framework, reference: &str) -> Vec<&'a str> {
    let criteria = framework.criteria().map(|criterion| criterion.id.as_str());
    let known = criteria.chain(framework.measures().map(|measure| measure.id.as_str()));
    let named: Vec<&str> = reference.split([',', ';', ' ', '/']).collect();
    known.filter(|id| named.iter().any(|name| name.eq_ignore_ascii_case(id))).collect()
}

/// Gathers what rows plan.
fn gathered<'a>(rows: impl Iterator<Item = &'a PlanRecord>) -> Actions {
    let mut all = Actions::default();
    for row in rows {
        all.how.extend(row.how.iter().cloned());
        all.why.extend(row.why.iter().cloned());
        all.when.extend(row.when.iter().map(|day| shown(&day.as_str().into())));
        all.who.extend(row.who.iter().cloned());
    }
    all
}
