//! What rests on an entry of a register's row that is none of the choices, an error among them, and is told with it.
//!
//! That it does is proved: with one of the choices in its place, nothing is wrong there.

use std::collections::BTreeSet;

use crate::finding::{Finding, Place, Severity};
use crate::returns::rule::{ANSWER_IS_AN_ERROR, CHOICE_UNKNOWN, FORMULA_NOT_CALCULATED};
use crate::rules::Judged;
use crate::rules::register::row_outcome_differs;

use super::trial::{Wrong, changed, wrong};
use super::verdict::{is_own, say};
use super::{Effects, is_known};

/// An entry that is none of the choices.
struct Unknown<'a> {
    index: usize,
    place: &'a Place,
    choices: &'a [Vec<String>],
}

/// Returns what follows from entries that are none of the choices.
pub(super) fn explained(judged: &Judged, findings: &[Finding], effects: &Effects) -> Effects {
    let unknown = unknown(judged, findings);
    let beside = |index: &usize| unknown.iter().any(|unknown| is_beside(unknown.place, &findings[*index]));
    let is_judged = |index: &usize| {
        let finding = &findings[*index];
        finding.is_of(&row_outcome_differs::RULE) || is_own(judged, finding)
    };
    let open = (0..findings.len()).filter(|index| !is_known(effects, *index));
    let of_rows: Vec<usize> = open.filter(beside).filter(is_judged).collect();
    let mut explained = Effects::new();
    if of_rows.is_empty() {
        return explained;
    }
    let most = unknown.iter().map(|unknown| unknown.choices.len()).max().unwrap_or_default();
    let tried: Vec<BTreeSet<Wrong>> = (0..most).map(|choice| with(judged, &unknown, choice)).collect();
    for index in of_rows {
        let (rule, place) = (&findings[index].rule, &findings[index].place);
        let may_be_right = tried.iter().any(|wrong| !wrong.contains(&(rule.clone(), place.clone())));
        let cause = unknown.iter().find(|unknown| is_beside(unknown.place, &findings[index]));
        if let Some(cause) = cause.filter(|_| may_be_right) {
            explained.entry(cause.index).or_default().push(index);
        }
    }
    explained
}

/// Returns the entries of registers that are none of the choices.
fn unknown<'a>(judged: &Judged<'a>, findings: &'a [Finding]) -> Vec<Unknown<'a>> {
    let is_one = |finding: &Finding| {
        let rules = [&CHOICE_UNKNOWN, &ANSWER_IS_AN_ERROR, &FORMULA_NOT_CALCULATED];
        rules.iter().any(|rule| finding.is_of(rule)) && finding.severity == Severity::Error
    };
    let unknown = findings.iter().enumerate().filter(|(_, finding)| is_one(finding));
    let of = |(index, finding): (usize, &'a Finding)| {
        Some(Unknown { index, place: &finding.place, choices: choices(judged, &finding.place)? })
    };
    unknown.filter_map(of).collect()
}

/// Returns the choices of a cell of a register.
fn choices<'a>(judged: &Judged<'a>, place: &Place) -> Option<&'a [Vec<String>]> {
    let framework = judged.framework;
    framework.registers.iter().find_map(|spec| {
        let register = judged.sent.registers.get(&spec.id).filter(|register| place.sheet() == Some(&register.sheet))?;
        let row = register.rows.iter().find(|row| place.cells().is_some_and(|cells| cells.first.row == row.number))?;
        let column = spec.columns.iter().find(|column| {
            row.entry(column.id.as_str()).is_some_and(|entry| entry.place() == *place && entry.is_unusable())
        })?;
        column.kind.choices()
    })
}

/// Whether a finding is in the row of a place, at another cell.
fn is_beside(place: &Place, finding: &Finding) -> bool {
    let row = |place: &Place| place.cells().map(|cells| cells.first.row);
    place.sheet() == finding.sheet() && row(place) == row(&finding.place) && *place != finding.place
}

/// Returns what is wrong with rows where entries are one of their choices.
fn with(judged: &Judged, unknown: &[Unknown], choice: usize) -> BTreeSet<Wrong> {
    let chosen =
        |unknown: &Unknown| (unknown.place.clone(), unknown.choices[choice % unknown.choices.len()][0].clone());
    let chosen: Vec<(Place, String)> = unknown.iter().map(chosen).collect();
    changed(judged, |sent| say(sent, &chosen), wrong)
}
