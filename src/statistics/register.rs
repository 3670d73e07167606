//! What the rows of registers come to over all returns that count, and what is most often wanting in them.

use std::collections::BTreeSet;

use super::framework::Subject;
use super::interval::share;
use super::result::{ActionRow, RegisterRow, ResultRow};
use crate::exact::Exact;
use crate::figure::Figure;
use crate::framework::{RegisterSpec, RowOutcome, RowResult};
use crate::review::RowRecord;

/// Returns the registers whose results the pack names and of which rows are there.
pub(super) fn rows(subject: &Subject) -> Vec<RegisterRow> {
    let registers = subject.framework.registers.iter();
    registers.filter_map(|spec| register(subject, spec, spec.outcome.as_ref()?)).collect()
}

/// Returns what the rows of one register come to; `None` where there are none, or the pack doesn't name the results.
fn register(subject: &Subject, spec: &RegisterSpec, outcome: &RowOutcome) -> Option<RegisterRow> {
    let of_return = |rows: &'_ [RowRecord]| rows.iter().any(|row| row.register == spec.id.as_str());
    let returns = subject.counted().filter(|found| of_return(&found.review.rows)).count();
    let rows: Vec<(&str, &RowRecord)> = subject
        .counted()
        .flat_map(|found| found.review.rows.iter().map(|row| (found.review.file.as_str(), row)))
        .filter(|(_, row)| row.register == spec.id.as_str())
        .collect();
    if rows.is_empty() || outcome.results.is_empty() {
        return None;
    }
    let id = subject.id(&format!("register/{}", spec.id));
    let result = |result: &RowResult| {
        let id = format!("{id}/{}", result.id);
        let count = rows.iter().filter(|(_, row)| row.outcome == result.id).count();
        let share = share(&id, count, rows.len());
        ResultRow { share, id, result: result.id.clone(), title: result.title.clone() }
    };
    let mut actions: Vec<ActionRow> = outcome
        .actions
        .iter()
        .filter_map(|action| {
            let needed = |row: &RowRecord| row.actions.iter().any(|needed| needed.id == action.id);
            let wanting: Vec<&str> = rows.iter().filter(|(_, row)| needed(row)).map(|(file, _)| *file).collect();
            let returns = wanting.iter().collect::<BTreeSet<_>>().len();
            let count = wanting.len();
            (count > 0).then(|| ActionRow {
                count: Figure::shown(format!("{id}/{}/count", action.id), Exact::from(count).to_float(), count),
                returns,
                action: action.id.clone(),
                title: action.title.clone(),
            })
        })
        .collect();
    actions.sort_by_key(|action| std::cmp::Reverse(action.count.n));
    Some(RegisterRow {
        results: outcome.results.iter().map(result).collect(),
        register: spec.id.to_string(),
        title: spec.title.clone(),
        row_noun: spec.row_noun.clone(),
        rows: rows.len(),
        returns,
        actions,
        id,
    })
}
