//! What the form works out in a register's row, behind an entry of that row that its formula sees otherwise than it was meant.
//!
//! That the entry is the cause is proved: counted as the formula sees it, the row's figure fits, or can't be worked out where it shows
//! an error.

use std::collections::{BTreeMap, BTreeSet};

use crate::exact::Exact;
use crate::finding::Finding;
use crate::rules::Judged;
use crate::rules::consistency::{Comparison, in_row, total_differs};
use crate::workbook::Workbook;

use super::answer::causes;
use super::seen::{Cause, Seen, changed as seen_otherwise};
use super::trial::changed;
use super::{Effects, stated_here};

/// Returns the figures of rows that are explained by entries of these rows.
pub(super) fn explained(judged: &Judged, workbook: &Workbook, findings: &[Finding], open: &[usize]) -> Effects {
    let mut effects = Effects::new();
    let is_of_row = |index: &usize| {
        let finding = &findings[*index];
        let is_total = stated_here(finding).is_some_and(|one| one.is_of(&total_differs::RULE));
        is_total && in_row(judged, &finding.place).is_some()
    };
    let figures: Vec<usize> = open.iter().copied().filter(is_of_row).collect();
    let causes = if figures.is_empty() { Vec::new() } else { causes(judged, workbook, findings) };
    let beside = |index: &usize| causes.iter().filter(|cause| is_beside(cause, &findings[*index])).collect();
    let beside: BTreeMap<usize, Vec<&Cause>> = figures.iter().map(|index| (*index, beside(index))).collect();
    let tried: BTreeSet<usize> = beside.values().flatten().map(|cause| cause.index).collect();
    for turn in turns(causes.iter().filter(|cause| tried.contains(&cause.index))) {
        let is_of_turn =
            |cause: &&Cause| turn.iter().any(|other| (other.index, &other.place) == (cause.index, &cause.place));
        let of_turn =
            |(index, beside): (&usize, &Vec<&Cause>)| Some((*index, beside.iter().copied().find(is_of_turn)?.clone()));
        let figures: Vec<(usize, Cause)> = beside.iter().filter_map(of_turn).collect();
        for (index, cause) in explain(judged, findings, &turn, &figures) {
            effects.entry(cause).or_default().push(index);
        }
    }
    effects
}

/// Puts causes into turns, in each of which there is one of a row at most: they are tried together, as no row moves another's figures.
fn turns<'a>(causes: impl Iterator<Item = &'a Cause>) -> Vec<Vec<&'a Cause>> {
    let mut turns: Vec<Vec<&Cause>> = Vec::new();
    let overlaps = |own: &Cause, other: &Cause| {
        let rows = own.place.cells().zip(other.place.cells());
        own.place.sheet() == other.place.sheet()
            && rows.is_some_and(|(own, other)| own.first.row <= other.last.row && other.first.row <= own.last.row)
    };
    for cause in causes {
        match turns.iter_mut().find(|turn| !turn.iter().any(|other| overlaps(cause, other))) {
            Some(turn) => turn.push(cause),
            None => turns.push(vec![cause]),
        }
    }
    turns
}

/// Whether a cause is an entry of the row in which a figure stands.
fn is_beside(cause: &Cause, figure: &Finding) -> bool {
    let rows = cause.place.cells().zip(figure.cells());
    let is_in = rows.is_some_and(|(own, figure)| (own.first.row..=own.last.row).contains(&figure.first.row));
    is_in && cause.place.sheet() == figure.sheet()
}

/// Returns the figures of rows that are as they would be, were the entries of a turn as formulas see them, each with the cause in its row.
fn explain(
    judged: &Judged,
    findings: &[Finding],
    turn: &[&Cause],
    figures: &[(usize, Cause)],
) -> BTreeMap<usize, usize> {
    let worth = |judged: &Judged| -> Vec<Option<Comparison>> {
        figures.iter().map(|(index, _)| in_row(judged, &findings[*index].place)).collect()
    };
    let before = worth(judged);
    let mut explained = BTreeMap::new();
    for nothing in [None, Some(Exact::zero())] {
        let after = changed(judged, |sent| seen_otherwise(sent, turn, nothing.as_ref()), worth);
        for (((index, cause), before), after) in figures.iter().zip(&before).zip(after) {
            if after.is_some_and(|after| explains(cause, &findings[*index], before.as_ref(), &after)) {
                explained.insert(*index, cause.index);
            }
        }
    }
    explained
}

/// Whether a row's figure is as it would be with a cause seen otherwise.
fn explains(cause: &Cause, figure: &Finding, before: Option<&Comparison>, after: &Comparison) -> bool {
    let shows_an_error = figure.found.as_ref().is_some_and(|found| found.starts_with('#'));
    let is_unseen = matches!(cause.seen, Seen::Nothing | Seen::Nowhere(_));
    let moves = before.is_none_or(|before| before.computed != after.computed);
    moves && (after.expected.is_none() && after.computed.is_known() || shows_an_error && is_unseen)
}
