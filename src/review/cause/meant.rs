//! Figures that follow from cells in which something else stands than is meant: a constant over one of the form's own or over its formula,
//! another formula, other words than the form's, a row that was cleared, rows in another order, an entry in words that formulas pass over, an
//! answer that can't be used.
//!
//! That such a cell is the cause is proved: with what is meant in its place, the figure's formula comes to what is expected. Where the
//! formula can't be worked out, it is one of the cells that the formula uses and is known to be wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::cell::CellRange;
use crate::finding::{Finding, Place};
use crate::form::rule::{FORMULA_CHANGED, FORMULA_OVERWRITTEN};
use crate::framework::expression::Quantity;
use crate::layout::rule::{CRITERION_MISSING, CRITERION_REWORDED};
use crate::returns::StatedValue;
use crate::returns::rule::{
    ANSWER_NOT_A_NUMBER, ANSWER_OFF_SCALE, CHOICE_UNKNOWN, FORMULA_NOT_CALCULATED, NUMBER_AS_TEXT,
};
use crate::rules::Judged;
use crate::rules::consistency::{Comparison, comparisons, may_be_right, may_come, would_fit};
use crate::wording::Wording;
use crate::workbook::calculation::{Calculation, Worth};
use crate::workbook::{Value, Workbook};

use super::halves::that_matter;
use super::own_cell::is_of_formula;
use super::precedent::{Spot, precedents, spot};
use super::put_back::Form;
use super::standing::{Standing, standing};
use super::wording::cells_of;
use super::{Effects, cell_at, has_formula, is_stated, stated_here};

/// The most cells that are left as they are one by one; more are so by halves.
const MOST_APART: usize = 40;

/// What is meant in some cells, of which a finding says that something else stands there.
#[derive(Debug)]
struct Meant {
    /// Which finding.
    index: usize,
    /// The cells, each with what is meant; none where that can't be told.
    cells: Vec<(Spot, Worth)>,
    /// Where that is.
    place: Place,
    /// Whether it is known that a wrong figure stands there.
    is_wrong: bool,
}

/// Returns the figures that follow from such cells; findings from `known` on are suspicions of words that formulas pass over.
pub(super) fn explained(
    judged: &Judged,
    workbook: &Workbook,
    (findings, known): (&[Finding], usize),
    figures: &[usize],
) -> Effects {
    let mut effects = Effects::new();
    if figures.is_empty() || !workbook.has_formulas() {
        return effects;
    }
    let all = all_meant(judged, workbook, findings, known);
    for index in figures.iter().copied().filter(|_| !all.is_empty()) {
        let others = all.iter().filter(|meant| meant.index != index);
        for cause in causes_of(judged, workbook, &findings[index], others.collect()) {
            effects.entry(cause).or_default().push(index);
        }
    }
    effects
}

/// Leaves out the figures that rest on one which somebody typed, as long as both may still come out while answers are missing, and those that
/// rest on a formula whose result was never stored, but for what can't come out whatever that was.
pub(super) fn without_what_may_come(judged: &Judged, workbook: &Workbook, findings: Vec<Finding>) -> Vec<Finding> {
    let is_typed = |finding: &Finding| {
        let is_own = finding.is_of(&FORMULA_OVERWRITTEN) && stated_here(finding).is_none();
        is_own && finding.subject.as_deref().is_some_and(|name| may_come(judged, name))
    };
    let typed = findings.iter().filter(|finding| is_typed(finding)).filter_map(|finding| spot(&finding.place));
    let typed: Vec<Spot> = typed.collect();
    let is_untold = findings.iter().any(|finding| finding.is_of(&FORMULA_NOT_CALCULATED));
    if typed.is_empty() && !is_untold {
        return findings;
    }
    let may_come = |finding: &Finding| {
        let name = finding.subject.as_deref().filter(|_| is_stated(finding) && has_formula(workbook, &finding.place));
        let Some((name, at)) = name.zip(spot(&finding.place)) else { return false };
        let cells = precedents(workbook, at);
        let rests_on_typed =
            typed.iter().any(|(sheet, at)| cells.iter().any(|(other, range)| other == sheet && range.contains(*at)));
        let rests_on_untold = || is_untold && cells.iter().any(|(sheet, range)| is_lost(workbook, sheet, *range));
        // What was worked out over a formula's result, before that was lost, may be all that there is.
        (rests_on_typed && may_come(judged, name)) || (rests_on_untold() && may_be_right(judged, name))
    };
    findings.iter().filter(|finding| !may_come(finding)).cloned().collect()
}

/// Whether there is a formula among some cells whose result was never stored.
fn is_lost(workbook: &Workbook, sheet: &Wording, range: CellRange) -> bool {
    let sheets = workbook.sheets.iter().filter(|other| Wording::of(&other.name) == *sheet);
    let mut cells = sheets.flat_map(|sheet| &sheet.cells).filter(|cell| range.contains(cell.at));
    cells.any(|cell| cell.formula.is_some() && cell.value == Value::Empty)
}

/// Whether what is meant in the cell of a finding, which is that of an entry, would leave a figure as it is.
pub(super) fn leaves_as_it_is(judged: &Judged, workbook: &Workbook, finding: &Finding, figure: &Finding) -> bool {
    let (Some(worth), Some(of)) = (meant_entry(finding), spot(&figure.place)) else { return false };
    let calculation = || Calculation::of(workbook, judged.framework.shapes());
    let as_is = calculation().worth(&of.0, of.1);
    let mut with = calculation();
    for (sheet, at) in spots(workbook, finding) {
        with = with.with(&sheet, at, worth.clone());
    }
    let other = with.worth(&of.0, of.1);
    as_is.zip(other).is_some_and(|(as_is, other)| as_is.is_same(&other))
}

/// Returns what is meant wherever a finding says that something else stands there.
fn all_meant(judged: &Judged, workbook: &Workbook, findings: &[Finding], known: usize) -> Vec<Meant> {
    let (form, figures) = (Form::of(judged, findings), comparisons(judged));
    let meant = |(index, finding): (usize, &Finding)| {
        let is_of_order = finding.is_of(&FORMULA_CHANGED) && finding.subject.is_none();
        let cells = if finding.is_of(&CRITERION_MISSING) {
            form.as_ref()?.row_of(judged, workbook, finding)
        } else if is_of_order {
            Vec::new()
        } else {
            let entry = || if index >= known || finding.is_of(&NUMBER_AS_TEXT) { meant_entry(finding) } else { None };
            let worth = meant_figure(&figures, workbook, finding).or_else(|| reworded(finding)).or_else(entry);
            let worth = worth.or_else(|| unusable(finding))?;
            spots(workbook, finding).into_iter().map(|at| (at, worth.clone())).collect()
        };
        let is_there = !cells.is_empty() || is_of_order || finding.is_of(&CRITERION_MISSING);
        is_there.then(|| Meant { index, cells, place: finding.place.clone(), is_wrong: stated_here(finding).is_some() })
    };
    findings.iter().enumerate().filter_map(meant).collect()
}

/// Returns the cells of a finding: its own, or of a range those that say what was found.
fn spots(workbook: &Workbook, finding: &Finding) -> Vec<Spot> {
    let several = || cells_of(workbook, finding).iter().filter_map(spot).collect();
    spot(&finding.place).map_or_else(several, |at| vec![at])
}

/// Returns the figure that belongs where another was typed, or is given by a formula that isn't the form's.
fn meant_figure(figures: &BTreeMap<&str, Comparison>, workbook: &Workbook, finding: &Finding) -> Option<Worth> {
    let is_typed = is_stated(finding) && !has_formula(workbook, &finding.place);
    let name = finding.subject.as_deref().filter(|_| is_typed || is_of_formula(finding))?;
    match &figures.get(name)?.computed {
        Quantity::Number(number) => Some(Worth::Number(number.clone())),
        Quantity::Text(text) => Some(Worth::Text(text.to_string())),
        Quantity::Unknown | Quantity::Open(_) | Quantity::Truth(_) | Quantity::Date(_) | Quantity::List(_) => None,
    }
}

/// Returns the form's own words where others stand.
fn reworded(finding: &Finding) -> Option<Worth> {
    finding.expected.clone().filter(|_| finding.is_of(&CRITERION_REWORDED)).map(Worth::Text)
}

/// Returns the entry that is meant by one that formulas see otherwise.
fn meant_entry(finding: &Finding) -> Option<Worth> {
    let expected = finding.expected.clone()?;
    if finding.is_of(&CHOICE_UNKNOWN) {
        return Some(Worth::Text(expected));
    }
    expected.parse().ok().filter(|_| finding.is_of(&NUMBER_AS_TEXT)).map(Worth::Number)
}

/// Returns nothing where an answer can't be used: figures are then worked out without it.
fn unusable(finding: &Finding) -> Option<Worth> {
    [&ANSWER_NOT_A_NUMBER, &ANSWER_OFF_SCALE].iter().any(|rule| finding.is_of(rule)).then_some(Worth::Blank)
}

/// Returns the findings from which a figure follows.
fn causes_of(judged: &Judged, workbook: &Workbook, figure: &Finding, all: Vec<&Meant>) -> Vec<usize> {
    let (Some(at), Some(name)) = (spot(&figure.place), figure.subject.as_deref()) else { return Vec::new() };
    let cells = precedents(workbook, at.clone());
    let is_used = |(sheet, at): &Spot| cells.iter().any(|(other, range)| other == sheet && range.contains(*at));
    let (used, gone): (Vec<&Meant>, Vec<&Meant>) = all
        .into_iter()
        .filter(|meant| meant.cells.is_empty() || meant.cells.iter().any(|(at, _)| is_used(at)))
        .partition(|meant| !meant.cells.is_empty());
    let standing = standing(judged.framework, workbook, at.clone());
    if standing == Standing::Stale {
        return Vec::new();
    }
    let proved = proved(judged, workbook, (name, &at), &used);
    match proved {
        Some(causes) if !causes.is_empty() => causes,
        None => suspected(workbook, figure, &used),
        // What isn't there any more can't be put back, as the ranges of formulas have closed over it; nor is a sorted table put in order.
        Some(_) if standing == Standing::Fresh => over_gone(&cells, &gone),
        Some(_) => Vec::new(),
    }
}

/// Returns the findings with what is meant in whose cells the figure's formula comes to what is expected, and without which it doesn't; `None`
/// where it can't be worked out.
fn proved(judged: &Judged, workbook: &Workbook, (name, at): (&str, &Spot), used: &[&Meant]) -> Option<Vec<usize>> {
    let worth = |is_put: &dyn Fn(usize) -> bool| {
        let mut calculation = Calculation::of(workbook, judged.framework.shapes());
        for meant in used.iter().filter(|meant| is_put(meant.index)) {
            for ((sheet, at), worth) in &meant.cells {
                calculation = calculation.with(sheet, *at, worth.clone());
            }
        }
        calculation.worth(&at.0, at.1)
    };
    let with_all = worth(&|_| true)?;
    let is_moved = |other: Option<Worth>| other.is_none_or(|other| !other.is_same(&with_all));
    if !is_expected(judged, name, &with_all) || !is_moved(worth(&|_| false)) {
        return Some(Vec::new());
    }
    let all: Vec<usize> = used.iter().map(|meant| meant.index).collect();
    let is_needed = |part: Range<usize>| Some(is_moved(worth(&|index| !all[part.clone()].contains(&index))));
    let needed: Vec<usize> = that_matter(all.len(), MOST_APART, is_needed).into_iter().map(|at| all[at]).collect();
    Some(if needed.is_empty() { all } else { needed })
}

/// Whether a figure would be as it is expected, were it this.
pub(super) fn is_expected(judged: &Judged, name: &str, worth: &Worth) -> bool {
    let value = match worth {
        Worth::Number(number) => StatedValue::Number(number.clone()),
        Worth::Text(text) if !text.is_empty() => StatedValue::Text(text.clone()),
        Worth::Blank | Worth::Text(_) | Worth::Truth(_) | Worth::Error(_) => return false,
    };
    would_fit(judged, name, value)
}

/// Returns the cells that may be the cause where the formula can't be worked out: those known to be wrong, and texts where an error is shown.
fn suspected(workbook: &Workbook, figure: &Finding, used: &[&Meant]) -> Vec<usize> {
    let shows_an_error = figure.found.as_deref().is_some_and(|found| found.starts_with('#'));
    let is_text = |meant: &Meant| cell_at(workbook, &meant.place).is_some_and(|cell| cell.text().is_some());
    let may_be = |meant: &&&Meant| meant.is_wrong || shows_an_error && is_text(meant);
    used.iter().filter(may_be).map(|meant| meant.index).collect()
}

/// Returns the rows that aren't there any more on a sheet of which the figure's formula takes in several rows, and those of a table in another
/// order of which it takes in some.
fn over_gone(cells: &BTreeSet<(Wording, CellRange)>, gone: &[&Meant]) -> Vec<usize> {
    let takes_in = |meant: &&&Meant| {
        let own = meant.place.sheet().map(Wording::of);
        let is_of = |range: &CellRange| {
            meant.place.cells().map_or(range.first.row < range.last.row, |rows| rows.overlaps(range))
        };
        cells.iter().any(|(sheet, range)| Some(sheet) == own.as_ref() && is_of(range))
    };
    gone.iter().filter(takes_in).map(|meant| meant.index).collect()
}
