//! Causes before consequences: what follows from a finding is told with it, and is put right with it.
//!
//! A formula that was typed over and the figure there that differs are one finding ([`own_cell`]), and so are what a row states and
//! shouldn't and a rule of the framework's own about that ([`verdict`]). An answer that the workbook sees
//! otherwise than it was meant explains the figures that fit once it is counted as the workbook sees it ([`answer`]), those of its own row
//! of a register too ([`row`]); a choice in other words than the form's is told for that sake ([`wording`]). What rests on an entry that
//! is none of the choices is told with that ([`choice`]), and so is what rests on one that can't stand, as a day to come or a key that stands
//! twice ([`entry`]), on a blank that has to be filled in, or on a row that marks go against
//! ([`blank`]). What rests on a key that isn't listed is told with what cites it ([`unlisted`]), what on a mark
//! that is merged over several columns with the merge ([`spread`]), what most marks of a column have against the row that they mark with that
//! row ([`marked`]), what rests on rows of which there is none with the register that lacks them ([`emptied`]), measured values with the rows that say what can't be ([`measure`]), what rests on answers that aren't there with what is missing ([`absent`]), what is blank or hidden below merged answers
//! with these ([`merged`]), what can't be read below a picture over many cells with that ([`floating`]), the errors of a row of broken
//! links are one finding ([`broken`]), and what can't be read since the file lost texts is one about the file ([`lost_texts`]); and a
//! sheet on which values were pasted over the formulas is one finding ([`pasted`]). What was typed over a figure that the form has, other
//! words than the form's and rows that were cleared are told with the figures whose formulas come right with what is meant there
//! ([`meant`]). Figures whose formulas use a sheet that was passed over for another are told with both ([`ambiguous`]); those that weren't
//! worked out again, or take in what sums others up, are one finding together ([`untold`]). A figure that differs explains those whose
//! formulas use it ([`reference`]), and without formulas those that fit where it does ([`figure`]). What is declared of all rows stands
//! after the rows whose verdicts aren't theirs. What none of these explains stays a finding of its own.

mod absent;
mod ambiguous;
mod answer;
mod blank;
mod broken;
mod choice;
mod counted;
mod emptied;
mod entry;
mod figure;
mod floating;
mod halves;
mod in_register;
mod lost_texts;
mod marked;
mod meant;
mod measure;
mod merged;
mod own_cell;
mod pasted;
mod precedent;
mod put_back;
mod reference;
mod row;
mod seen;
mod spread;
mod standing;
mod trial;
mod unlisted;
mod untold;
mod verdict;
mod wording;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Place};
use crate::rules::Judged;
use crate::rules::consistency::{measure_differs_from_register, outcome_differs, total_differs, weight_differs};
use crate::rules::register::row_outcome_differs;
use crate::words::list_of_at_most;
use crate::workbook::{Cell, Workbook};

/// The most cells that are named one by one.
const MOST_NAMED: usize = 10;

/// What follows from which findings: by the place of a finding in the list, the places of its effects there.
type Effects = BTreeMap<usize, Vec<usize>>;

/// Puts what follows from a finding into it, and the worst findings first, causes before others as bad.
pub(super) fn before_effects(judged: &Judged, workbook: &Workbook, findings: Vec<Finding>) -> Vec<Finding> {
    let findings = verdict::gathered(judged, own_cell::gathered(findings));
    let mut findings = meant::without_what_may_come(judged, workbook, findings);
    let can_follow = following_figures(judged, workbook, &findings);
    let known = findings.len();
    findings.extend(wording::suspects(judged, workbook, &can_follow));
    let mut effects = ambiguous::explained(judged, workbook, &findings, &can_follow);
    for (cause, own) in answer::explained(judged, workbook, &findings, &open(&can_follow, &effects)) {
        effects.entry(cause).or_default().extend(own);
    }
    let left = open(&can_follow, &effects);
    for (cause, own) in meant::explained(judged, workbook, (&findings, known), &left) {
        effects.entry(cause).or_default().extend(own);
    }
    for (cause, own) in marked::causes(judged, &findings[..known]) {
        effects.insert(findings.len(), own);
        findings.push(cause);
    }
    emptied::gathered(judged, &mut findings, &mut effects);
    for reason in untold::reasons(judged, workbook, &findings, &open(&can_follow, &effects)) {
        if let Some((first, others)) = reason.figures.split_first() {
            let figure = &mut findings[*first];
            figure.message = format!("{}: {}", figure.message, reason.why);
            reason.help.clone_into(&mut figure.help);
            effects.insert(*first, others.to_vec());
        }
    }
    for explained in [absent::explained, row::explained, reference::explained, figure::explained] {
        let open = open(&can_follow, &effects);
        for (cause, own) in explained(judged, workbook, &findings, &open) {
            effects.entry(cause).or_default().extend(own);
        }
    }
    let unfit = entry::explained(judged, &findings, &effects);
    entry::without_marked(&unfit, &mut effects);
    for (cause, own) in unfit {
        effects.entry(cause).or_default().extend(own);
    }
    for explained in [blank::explained, choice::explained, unlisted::explained, spread::explained] {
        for (cause, own) in explained(judged, &findings, &effects) {
            effects.entry(cause).or_default().extend(own);
        }
    }
    for (cause, own) in measure::explained(judged, &findings, &effects) {
        effects.entry(cause).or_default().extend(own);
    }
    merged::gathered(&mut findings, &mut effects);
    merged::covered(&findings, &mut effects);
    floating::gathered(workbook, &mut findings, &mut effects);
    broken::gathered(&mut findings, &mut effects);
    lost_texts::gathered(workbook, &mut findings, &mut effects);
    let mut gone: BTreeSet<usize> = (known..findings.len()).filter(|index| !effects.contains_key(index)).collect();
    gone.extend(pasted::gathered(workbook, &mut findings, &mut effects));
    let mut findings = folded(&findings, &effects, &gone);
    let is_of_file = |finding: &Finding| finding.place == Place::Workbook && !finding.effects.is_empty();
    let is_of_rows = findings.iter().any(|finding| finding.is_of(&row_outcome_differs::RULE));
    let is_declared = |finding: &Finding| is_of_rows && finding.is_of(&outcome_differs::RULE);
    findings.sort_by_key(|finding| {
        (Reverse(finding.severity), !is_of_file(finding), finding.effects.is_empty(), is_declared(finding))
    });
    findings
}

/// Whether something follows from another finding already.
fn is_effect(effects: &Effects, index: usize) -> bool {
    effects.values().flatten().any(|effect| *effect == index)
}

/// Returns the figures of which it isn't known yet what they follow from.
fn open(can_follow: &[usize], effects: &Effects) -> Vec<usize> {
    can_follow.iter().copied().filter(|index| !is_known(effects, *index)).collect()
}

/// Whether a finding is a cause or an effect.
fn is_known(effects: &Effects, index: usize) -> bool {
    effects.iter().any(|(cause, own)| *cause == index || own.contains(&index))
}

/// Returns the findings that are figures which differ and come right with their cause: those that a formula gives, by what the
/// workbook or, where the format keeps no formulas, the form has there, as far as a form is known. A typed figure has to be typed again.
fn following_figures(judged: &Judged, workbook: &Workbook, findings: &[Finding]) -> Vec<usize> {
    let formulas = if workbook.has_formulas() { Some(workbook) } else { judged.framework.form() };
    let follows = |index: &usize| {
        let finding = &findings[*index];
        is_stated(finding) && formulas.is_none_or(|workbook| has_formula(workbook, &finding.place))
    };
    (0..findings.len()).filter(follows).collect()
}

/// Whether a cell has a formula.
fn has_formula(workbook: &Workbook, place: &Place) -> bool {
    cell_at(workbook, place).is_some_and(|cell| cell.formula.is_some())
}

/// Returns the cell at a place, the first of several.
fn cell_at<'a>(workbook: &'a Workbook, place: &Place) -> Option<&'a Cell> {
    workbook.sheet(place.sheet()?)?.cell(place.cells()?.first)
}

/// Returns the figure that differs at the cell of a finding: itself, or what a formula there that isn't the form's gives.
fn stated_here(finding: &Finding) -> Option<&Finding> {
    finding.with_its_effects().find(|one| is_stated(one) && one.place == finding.place)
}

/// Whether a finding says that what the workbook states isn't what is worked out.
fn is_stated(finding: &Finding) -> bool {
    let is_weight = finding.is_of(&weight_differs::RULE) && finding.subject.is_some();
    is_weight || finding.is_of(&total_differs::RULE) || finding.is_of(&outcome_differs::RULE)
}

/// Takes effects out of the list and puts them into the findings from which they follow, with what follows from them in turn; leaves out
/// those that are gone.
fn folded(findings: &[Finding], effects: &Effects, gone: &BTreeSet<usize>) -> Vec<Finding> {
    let is_effect = |index: &usize| effects.values().flatten().any(|effect| effect == index);
    let causes = findings.iter().enumerate().filter(|(index, _)| !is_effect(index) && !gone.contains(index));
    let with = |(index, finding): (usize, &Finding)| {
        told_with(finding.clone(), following(index, effects).into_iter().map(|index| &findings[index]))
    };
    causes.map(with).collect()
}

/// Returns what follows from a finding, and from that in turn, each once, in the order of the list.
fn following(cause: usize, effects: &Effects) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    let mut left = vec![cause];
    while let Some(next) = left.pop() {
        left.extend(effects.get(&next).into_iter().flatten().copied().filter(|effect| all.insert(*effect)));
    }
    all
}

/// Puts effects into their cause, which says where they stand.
fn told_with<'a>(mut cause: Finding, effects: impl Iterator<Item = &'a Finding>) -> Finding {
    let effects: Vec<&Finding> = effects.flat_map(Finding::with_its_effects).collect();
    if effects.is_empty() {
        return cause;
    }
    let elsewhere = effects.iter().filter(|effect| !effect.place.is_within(&cause.place));
    let mut places: Vec<String> = elsewhere.map(|effect| address(&effect.place, cause.sheet())).collect();
    places.dedup();
    let listed = list_of_at_most(&places, MOST_NAMED);
    let rows = [&row_outcome_differs::RULE, &measure_differs_from_register::RULE];
    let is_of_row = |effect: &&Finding| is_stated(effect) || rows.iter().any(|rule| effect.is_of(rule));
    let verb = if places.len() == 1 { "differs" } else { "differ" };
    cause.message = match (places.is_empty(), effects.iter().any(is_of_row)) {
        (true, _) => cause.message,
        (false, true) => format!("{}; this is why {listed} {verb}", cause.message),
        (false, false) => format!("{}; what is found at {listed} follows from it", cause.message),
    };
    let help = format!("This follows from {}: put that right first.", address(&cause.place, None));
    let follows = |effect: &Finding| {
        let effect = Finding { effects: Vec::new(), ..effect.clone() };
        // What else is wrong with the cause's own cell has its own cure.
        if effect.place == cause.place { effect } else { effect.with_help(help.clone()) }
    };
    let effects: Vec<Finding> = effects.into_iter().map(follows).collect();
    cause.with_effects(effects)
}

/// Returns where something stands, without the sheet where that is the one that is spoken of.
fn address(place: &Place, own: Option<&str>) -> String {
    match place {
        Place::Cells(sheet, cells) if own == Some(sheet) => cells.to_string(),
        Place::Cells(sheet, cells) => format!("{sheet}!{cells}"),
        Place::Sheet(sheet) => sheet.clone(),
        Place::Workbook | Place::Definition { .. } | Place::Season { .. } => "the workbook".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    /// Returns a total that differs at a cell of a column.
    fn total(row: u32) -> Finding {
        let at = crate::cell::CellRef::new(row, 3);
        Finding::new(&total_differs::RULE, Place::cell("A", at), format!("total {row}"))
            .with_severity(Severity::Warning)
    }

    /// Returns where findings and what follows from them stand, in order.
    fn places(findings: &[Finding]) -> Vec<Place> {
        let mut places: Vec<Place> =
            findings.iter().flat_map(Finding::with_its_effects).map(|finding| finding.place.clone()).collect();
        places.sort();
        places
    }

    #[test]
    fn folding_loses_no_figure() {
        let all: Vec<Finding> = (1..8).map(total).collect();
        let trees: [&[(usize, &[usize])]; 6] = [
            &[(0, &[1]), (1, &[2, 3]), (3, &[4])],
            &[],
            &[(0, &[1])],
            &[(3, &[0, 1, 2, 4, 5, 6])],
            &[(0, &[1, 2]), (3, &[4]), (6, &[5])],
            &[(0, &[2]), (1, &[2])],
        ];
        for tree in trees {
            let effects: Effects = tree.iter().map(|(cause, effects)| (*cause, effects.to_vec())).collect();
            let folded = folded(&all, &effects, &BTreeSet::new());
            let mut told = places(&folded);
            told.dedup();
            assert_eq!(told, places(&all), "{tree:?}");
        }
    }

    #[test]
    fn a_cause_weighs_what_the_worst_effect_does_and_names_them() {
        let effects = [total(4).with_severity(Severity::Error), total(5)];
        let cause = told_with(total(2), effects.iter());
        assert_eq!((cause.severity, cause.by_itself), (Severity::Error, Some(Severity::Warning)));
        assert_eq!(cause.message, "total 2; this is why C4 and C5 differ");
        assert!(cause.effects.iter().all(|effect| effect.help == "This follows from A!C2: put that right first."));
        let (cause, effects) = cause.apart();
        assert_eq!((cause.severity, cause.by_itself, effects.len()), (Severity::Warning, None, 2));
    }
}
