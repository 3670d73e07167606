//! What the rows of registers come to over all returns that stand for their organisations, and what is most often wanting in them.

use std::collections::BTreeSet;

use super::interval::share;
use super::subject::Subject;
use crate::exact::Exact;
use crate::figure::{Figure, FigureOf, Measure, Share, figures};
use crate::framework::{RegisterSpec, RowOutcome, RowResult};
use crate::review::RowRecord;

/// What the rows of a register come to.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterRow {
    /// The register.
    pub register: String,
    /// Its title.
    pub title: String,
    /// What a row is about: "learner".
    pub row_noun: String,
    /// Whether its rows are told as people are: rounded, and none of few.
    pub are_people: bool,
    /// The rows with a result; nought where there are none, or how many isn't told.
    pub settled: usize,
    /// The returns that have them.
    pub returns: usize,
    /// The results, best first.
    pub results: Vec<ResultRow>,
    /// What is wanting, from the most frequent.
    pub actions: Vec<ActionRow>,
}

figures!(RegisterRow: results, actions);

/// How many rows come to something.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultRow {
    /// Its title.
    pub title: String,
    /// The share of rows.
    pub share: Share,
}

figures!(ResultRow: share);

/// How many rows want an action.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionRow {
    /// What is to be done.
    pub title: String,
    /// How many rows want it.
    pub count: Figure,
    /// In how many returns.
    pub returns: usize,
}

figures!(ActionRow: count);

/// Returns the registers whose results the pack names and of which rows are there.
pub(super) fn rows(subject: &Subject) -> Vec<RegisterRow> {
    let registers = subject.framework.registers.iter();
    registers.filter_map(|spec| register(subject, spec, spec.outcome.as_ref()?)).collect()
}

/// Returns what the rows of one register come to; `None` where there are none, or the pack doesn't name the results.
fn register(subject: &Subject, spec: &RegisterSpec, outcome: &RowOutcome) -> Option<RegisterRow> {
    let of_return = |rows: &'_ [RowRecord]| rows.iter().any(|row| row.register == spec.id.as_str());
    let returns = subject.headline().filter(|sent| of_return(&sent.review.rows)).count();
    let rows: Vec<(&str, &RowRecord)> = subject
        .headline()
        .flat_map(|sent| sent.review.rows.iter().map(|row| (sent.review.file.as_str(), row)))
        .filter(|(_, row)| row.register == spec.id.as_str())
        .collect();
    if rows.is_empty() || outcome.results.is_empty() {
        return None;
    }
    let about = |name: &str| subject.about(FigureOf::Register { register: spec.id.to_string(), name: name.to_owned() });
    let result = |result: &RowResult| {
        let count = rows.iter().filter(|(_, row)| row.outcome.as_ref() == Some(&result.id)).count();
        let settled = rows.iter().filter(|(_, row)| row.outcome.is_some()).count();
        let share = share(&about(&result.id).counting(count), count, settled, Some(settled));
        ResultRow { share, title: result.title.clone() }
    };
    let mut actions: Vec<(usize, ActionRow)> = outcome
        .actions
        .iter()
        .filter_map(|action| {
            let needed = |row: &RowRecord| row.actions.iter().any(|needed| needed.id == action.id);
            let wanting: Vec<&str> = rows.iter().filter(|(_, row)| needed(row)).map(|(file, _)| *file).collect();
            let count = wanting.len();
            let row = ActionRow {
                count: about(&action.id).resting_on(count).figure(
                    Measure::Count,
                    Ok(Exact::from(count).to_float()),
                    rows.len(),
                ),
                returns: wanting.iter().collect::<BTreeSet<_>>().len(),
                title: action.title.clone(),
            };
            (count > 0).then_some((count, row))
        })
        .collect();
    actions.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    Some(RegisterRow {
        results: outcome.results.iter().map(result).collect(),
        register: spec.id.to_string(),
        title: spec.title.clone(),
        row_noun: spec.row_noun.clone(),
        are_people: false,
        settled: rows.iter().filter(|(_, row)| row.outcome.is_some()).count(),
        returns,
        actions: actions.into_iter().map(|(_, row)| row).collect(),
    })
}
