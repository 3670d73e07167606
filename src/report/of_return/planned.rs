//! What a sender already plans, where the rows of the plan name the criteria that they are about.
//!
//! Such a plan is no section of its own: its actions stand in the report's own improvement plan, at the criteria. A plan whose
//! rows are about issues in the sender's words is shown as it was sent, by [`sent_plan`](super::sent_plan).

use super::shown;
use crate::framework::{EntryKind, Framework, RegisterSpec};
use crate::report::subject::Subjects;
use crate::review::PlanRecord;

/// The actions of a sender's plan, by what they are about.
pub(super) struct Planned<'a> {
    rows: Vec<(Vec<&'a str>, &'a PlanRecord)>,
}

/// What is planned for one thing.
#[derive(Default)]
pub(super) struct PlanRow {
    /// The weakness, or what the plan is about.
    pub(super) what: String,
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
    pub(super) fn of(subjects: &Subjects<'a>) -> Option<Self> {
        let (framework, plan) = (subjects.framework, &subjects.review.plan);
        framework.registers.iter().find(|spec| is_by_criterion(spec))?;
        let rows = plan.iter().filter(|row| !row.how.is_empty()).map(|row| (about(framework, &row.what), row));
        Some(Self { rows: rows.collect() })
    }

    /// Returns what is planned for a criterion or measure.
    pub(super) fn for_subject(&self, id: &str) -> impl Iterator<Item = PlanRow> {
        self.rows.iter().filter(move |(about, _)| about.contains(&id)).map(|(_, row)| sent(row, String::new()))
    }

    /// Returns what is planned beside these criteria and measures.
    pub(super) fn beside(&self, told: &[&str], subjects: &Subjects) -> impl Iterator<Item = PlanRow> {
        let others = self.rows.iter().filter(|(about, _)| about.iter().all(|id| !told.contains(id)));
        others.map(|(_, row)| sent(row, named(row, subjects)))
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
    let ids = criteria.chain(framework.measures().map(|measure| measure.id.as_str()));
    let named: Vec<&str> = reference.split([',', ';', ' ', '/']).collect();
    ids.filter(|id| named.iter().any(|name| name.eq_ignore_ascii_case(id))).collect()
}

/// Returns a row as it was sent, its days in words.
fn sent(row: &PlanRecord, what: String) -> PlanRow {
    let when = row.when.iter().map(|day| shown(&day.as_str().into())).collect();
    PlanRow { what, how: row.how.clone(), why: row.why.clone(), when, who: row.who.clone() }
}
