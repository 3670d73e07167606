//! What the rows of registers come to over all returns that stand for their organisations, and what is most often wanting in them.

use std::collections::{BTreeMap, BTreeSet};

use super::interval::share;
use super::subject::Subject;
use crate::exact::Exact;
use crate::figure::{About, Facet, Figure, FigureOf, Measure, Share, figures};
use crate::framework::{Framework, RegisterSpec, RowAction, RowOutcome, RowResult};
use crate::review::RowRecord;
use crate::season::RecordedReturn;

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
    let named = named(subject.framework);
    named.filter_map(|(spec, outcome)| register(subject, spec, outcome)).collect()
}

/// Returns what the rows of registers came to last season, over all returns that stood for their organisations then, as it was told then: it
/// is protected as this season's is. None where results were of another version, or it isn't known which returns stood.
pub(super) fn rows_before(subject: &Subject) -> Vec<RegisterRow> {
    let framework = subject.framework;
    let standing = subject.season.previous.as_ref().and_then(|previous| previous.standing(framework));
    let same =
        |recorded: &&RecordedReturn| recorded.framework_version.as_ref().is_none_or(|of| *of == framework.version);
    let standing = standing.filter(|standing| standing.iter().all(same)).unwrap_or_default();
    let before = |(spec, outcome): (&RegisterSpec, &RowOutcome)| {
        let rows: Vec<&BTreeMap<String, usize>> =
            standing.iter().filter_map(|recorded| recorded.rows.get(&spec.id)).collect();
        let count = |result: &RowResult| rows.iter().filter_map(|own| own.get(result.id.as_str())).sum();
        let counts: Vec<usize> = outcome.results.iter().map(count).collect();
        let row = || of_results(subject, (spec, outcome), (&counts, rows.len()), &Facet::Before);
        (!rows.is_empty()).then(row)
    };
    named(framework).filter_map(before).collect()
}

/// Returns the registers whose results the pack names.
fn named(framework: &Framework) -> impl Iterator<Item = (&RegisterSpec, &RowOutcome)> {
    let registers = framework.registers.iter().filter_map(|spec| Some((spec, spec.outcome.as_ref()?)));
    registers.filter(|(_, outcome)| !outcome.results.is_empty())
}

/// Returns what the rows of one register come to; `None` where there are none.
fn register(subject: &Subject, spec: &RegisterSpec, outcome: &RowOutcome) -> Option<RegisterRow> {
    let of_return = |rows: &'_ [RowRecord]| rows.iter().any(|row| row.register == spec.id.as_str());
    let returns = subject.headline().filter(|sent| of_return(&sent.review.rows)).count();
    let rows: Vec<Row> = subject
        .headline()
        .flat_map(|sent| sent.review.rows.iter().map(|row| (sent.review.file.as_str(), row)))
        .filter(|(_, row)| row.register == spec.id.as_str())
        .collect();
    let count = |result: &RowResult| rows.iter().filter(|(_, row)| row.outcome.as_ref() == Some(&result.id)).count();
    let counts: Vec<usize> = outcome.results.iter().map(count).collect();
    let row = || RegisterRow {
        actions: actions(subject, (spec, outcome), &rows),
        ..of_results(subject, (spec, outcome), (&counts, returns), &Facet::Whole)
    };
    (!rows.is_empty()).then(row)
}

/// A row with the file that it is of.
type Row<'a> = (&'a str, &'a RowRecord);

/// Returns the door to the figures about a result or an action of a register.
fn about(subject: &Subject, spec: &RegisterSpec, name: &str) -> About {
    subject.about(FigureOf::Register { register: spec.id.to_string(), name: name.to_owned() })
}

/// Returns how many rows come to each result, given how many returns have rows.
fn of_results(
    subject: &Subject,
    (spec, outcome): (&RegisterSpec, &RowOutcome),
    (counts, returns): (&[usize], usize),
    facet: &Facet,
) -> RegisterRow {
    let settled = counts.iter().sum();
    let result = |(result, count): (&RowResult, &usize)| {
        let about = about(subject, spec, &result.id).facet(facet.clone()).counting(*count);
        ResultRow { share: share(&about, *count, settled, Some(settled)), title: result.title.clone() }
    };
    RegisterRow {
        register: spec.id.to_string(),
        title: spec.title.clone(),
        row_noun: spec.row_noun.clone(),
        are_people: false,
        settled,
        returns,
        results: outcome.results.iter().zip(counts).map(result).collect(),
        actions: Vec::new(),
    }
}

/// Returns what is wanting in rows, from the most frequent.
fn actions(subject: &Subject, (spec, outcome): (&RegisterSpec, &RowOutcome), rows: &[Row]) -> Vec<ActionRow> {
    let action = |action: &RowAction| {
        let needed = |row: &RowRecord| row.actions.iter().any(|needed| needed.id == action.id);
        let wanting: Vec<&str> = rows.iter().filter(|(_, row)| needed(row)).map(|(file, _)| *file).collect();
        let count = wanting.len();
        let about = about(subject, spec, &action.id).resting_on(count);
        let row = || ActionRow {
            count: about.figure(Measure::Count, Ok(Exact::from(count).to_float()), rows.len()),
            returns: wanting.iter().collect::<BTreeSet<_>>().len(),
            title: action.title.clone(),
        };
        (count > 0).then(|| (count, row()))
    };
    let mut actions: Vec<(usize, ActionRow)> = outcome.actions.iter().filter_map(action).collect();
    actions.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    actions.into_iter().map(|(_, row)| row).collect()
}
