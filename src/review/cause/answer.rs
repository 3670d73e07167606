//! What the workbook's formulas see otherwise than it was meant: a number as text isn't seen, a date is a large number, what lies
//! under merged cells counts, a percentage is a share, and so do a line of a register that was left out and the second row of a criterion; what is hidden may not.
//!
//! That such a thing is the cause is proved: counted as the workbook sees it, the stated figures fit.

use std::collections::BTreeSet;

use crate::cell::CellRef;
use crate::exact::Exact;
use crate::finding::{Finding, Place};
use crate::framework::{CriterionId, Grade, Grades, Scale};
use crate::layout::rule::CRITERION_REPEATED;
use crate::returns::Grading;
use crate::returns::rule::{
    ANSWER_HIDDEN, ANSWER_IS_A_DATE, ANSWER_IS_AN_ERROR, ANSWER_MERGED, ANSWER_NOT_A_NUMBER, ANSWER_NOT_ASKED,
    ANSWER_OFF_SCALE, CHOICE_UNKNOWN, DATE_AS_TEXT, NUMBER_AS_TEXT, PERCENT_AS_SHARE, ROW_LEFT_OUT,
};
use crate::rules::Judged;
use crate::wording::Wording;
use crate::workbook::{Cell, Sheet, Value, Workbook};

use super::counted::Trial;
use super::meant::leaves_as_it_is;
use super::seen::{Cause, Seen};
use super::trial::grading;
use super::wording::cells_of;
use super::{Effects, cell_at, is_stated, open};

/// The most answers of a range that are tried for one that isn't there any more.
const MOST_POSSIBLE: usize = 16;

/// Returns the figures that are explained by answers that the workbook sees otherwise.
pub(super) fn explained(judged: &Judged, workbook: &Workbook, findings: &[Finding], figures: &[usize]) -> Effects {
    let mut effects = Effects::new();
    let all: Vec<Cause> = if figures.is_empty() { Vec::new() } else { causes(judged, workbook, findings) };
    let surely: Vec<Cause> = all.iter().filter(|cause| !cause.is_hidden()).cloned().collect();
    // Few formulas pass over what is hidden, so that the others explain a figure first.
    let ways = if surely.len() == all.len() || !may_pass_over(workbook) { vec![&surely] } else { vec![&surely, &all] };
    for causes in ways.into_iter().filter(|causes| !causes.is_empty()) {
        let trial = Trial::of(judged, causes);
        let typed = typed_figures(workbook, findings, figures);
        for index in open(figures, &effects).into_iter().chain(open(&typed, &effects)) {
            let Some(name) = findings[index].subject.as_deref() else { continue };
            let may_be = |cause: &usize| figures.contains(&index) || is_of_a_merge(workbook, &findings[*cause]);
            let is_told = |cause: &usize| {
                may_be(cause) && !leaves_as_it_is(judged, workbook, &findings[*cause], &findings[index])
            };
            for cause in trial.causes_of(name, &findings[index]).into_iter().filter(is_told) {
                effects.entry(cause).or_default().push(index);
            }
        }
    }
    effects
}

/// Returns the figures that were typed, where some answers are merged: once these are unmerged, the figures may be right.
fn typed_figures(workbook: &Workbook, findings: &[Finding], figures: &[usize]) -> Vec<usize> {
    if !findings.iter().any(|finding| is_of_a_merge(workbook, finding)) {
        return Vec::new();
    }
    (0..findings.len()).filter(|index| is_stated(&findings[*index]) && !figures.contains(index)).collect()
}

/// Returns the answers that the workbook sees otherwise, each once.
pub(super) fn causes(judged: &Judged, workbook: &Workbook, findings: &[Finding]) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let own =
            || Some((finding.place.clone(), not_asked(judged, workbook, finding).or_else(|| seen(workbook, finding))?));
        let known = repeated(judged, workbook, finding).or_else(|| covered(judged, workbook, finding));
        let Some((place, seen)) = known.or_else(own) else {
            let several = merged(judged, finding).into_iter().chain(as_shares(judged, workbook, finding));
            causes.extend(several.map(|(place, seen)| Cause { index, place, seen }));
            continue;
        };
        if causes.iter().all(|cause| cause.place != place) {
            causes.push(Cause { index, place, seen });
        }
    }
    causes
}

/// Returns where the answer of a criterion stands that has a second row, and what that counts, as formulas count both.
fn repeated(judged: &Judged, workbook: &Workbook, finding: &Finding) -> Option<(Place, Seen)> {
    let id = finding.subject.as_deref().filter(|_| finding.is_of(&CRITERION_REPEATED))?;
    let entry = judged.sent.answers.get(&(judged.sent.counts.clone(), CriterionId::from(id)))?;
    let (place, points) = (entry.place.clone()?, entry.given().and_then(|grading| grading.points.clone()));
    let again = CellRef::new(finding.cells()?.first.row, place.cells()?.first.column);
    let second = Place::cell(finding.sheet()?, again);
    let second = stored(workbook, &second).or_else(|| worth(judged, id, cell_at(workbook, &second)?.text()?))?;
    let both = points.unwrap_or_else(Exact::zero) + second.clone();
    Some((place, Seen::Twice { other: second, both }))
}

/// Returns what the grade counts that goes by a text.
fn worth(judged: &Judged, criterion: &str, text: &str) -> Option<Exact> {
    grade(judged, criterion, text)?.points.clone()
}

/// Returns the grade of a criterion that goes by a text.
fn grade<'a>(judged: &Judged<'a>, criterion: &str, text: &str) -> Option<&'a Grade> {
    let scale = judged.framework.scale(judged.framework.criterion(criterion)?);
    let is_it = |grade: &&Grade| grade.names().any(|name| Wording::of(name) == Wording::of(text));
    scale.listed().iter().find(is_it)
}

/// Returns which answer is seen in place of what lies under merged cells, and what is there, which formulas count.
fn covered(judged: &Judged, workbook: &Workbook, finding: &Finding) -> Option<(Place, Seen)> {
    let (sheet, cell) = lies_under(workbook, finding)?;
    let id = |place: &Place| {
        let mut answers = judged.sent.answers.iter();
        Some(&answers.find(|(_, entry)| entry.place.as_ref() == Some(place))?.0.1)
    };
    let own = Some(finding.place.clone()).filter(|place| id(place).is_some());
    let place = own.unwrap_or_else(|| Place::cell(&sheet.name, sheet.shown_at(cell.at)));
    let in_words = || Some(Seen::Graded(Grading::of(grade(judged, id(&place)?.as_str(), cell.text()?)?)));
    let seen = number(cell).map(Seen::Number).or_else(in_words)?;
    Some((place, seen))
}

/// Returns what may have stood below an answer before it was merged over others: each grade, the same as that of the answer last.
fn merged(judged: &Judged, finding: &Finding) -> Vec<(Place, Seen)> {
    let at = finding.sheet().zip(finding.cells()).filter(|_| finding.is_of(&ANSWER_MERGED));
    let Some(first) = at.map(|(sheet, cells)| Place::cell(sheet, cells.first)) else { return Vec::new() };
    let (framework, sent) = (judged.framework, judged.sent);
    let places = sent.answers.values().map(|entry| &entry.place).chain(sent.points.values().map(|entry| &entry.place));
    let below = places.flatten().filter(|place| place.is_within(&finding.place) && **place != first);
    let below: Vec<Place> = below.cloned().collect();
    let answer = sent.answers.iter().find(|(_, entry)| entry.place.as_ref() == Some(&first));
    let points = sent.points.iter().find(|(_, entry)| entry.place.as_ref() == Some(&first));
    let scale = answer.and_then(|((_, id), _)| Some(framework.scale(framework.criterion(id)?)));
    let most = points.and_then(|((_, id), _)| Some(&framework.measure(id)?.maximum));
    let own = answer.and_then(|(_, entry)| entry.given().cloned());
    let own = own.or_else(|| points.and_then(|(_, entry)| entry.given()).map(grading));
    let grades = scale.map(possible).into_iter().chain(most.map(|most| whole_numbers(&Exact::zero(), most))).flatten();
    let merged = |grading| (first.clone(), Seen::Merged(below.clone(), grading));
    grades.chain(own).map(merged).collect()
}

/// Returns the answers that are other numbers in the workbook's own sums, where a finding tells of those of its column.
fn as_shares(judged: &Judged, workbook: &Workbook, finding: &Finding) -> Vec<(Place, Seen)> {
    if !finding.is_of(&PERCENT_AS_SHARE) {
        return Vec::new();
    }
    let places = judged.sent.answers.values().filter_map(|entry| entry.place.as_ref());
    let within = places.filter(|place| place.is_within(&finding.place));
    within.filter_map(|place| Some((place.clone(), Seen::Number(stored(workbook, place)?)))).collect()
}

/// Returns the answers that a scale has; of a range the whole numbers.
fn possible(scale: &Scale) -> Vec<Grading> {
    match &scale.grades {
        Grades::Listed(grades) => grades.iter().map(Grading::of).collect(),
        Grades::Range { minimum, maximum, .. } => whole_numbers(minimum, maximum),
    }
}

/// Returns whole numbers as answers, up to a few.
fn whole_numbers(least: &Exact, most: &Exact) -> Vec<Grading> {
    let numbers = (0..MOST_POSSIBLE).map(|above| least + &Exact::from(above));
    numbers.take_while(|number| number <= most).map(|number| grading(&number)).collect()
}

/// Whether a finding is of merged answers, or of what lies under these.
fn is_of_a_merge(workbook: &Workbook, finding: &Finding) -> bool {
    finding.is_of(&ANSWER_MERGED) || lies_under(workbook, finding).is_some()
}

/// Returns what lies under merged cells where a finding is about it, with its sheet.
fn lies_under<'a>(workbook: &'a Workbook, finding: &Finding) -> Option<(&'a Sheet, &'a Cell)> {
    let (name, cells) = finding.sheet().zip(finding.cells()).filter(|_| finding.is_of(&ANSWER_HIDDEN))?;
    let sheet = workbook.sheet(name)?;
    Some((sheet, sheet.covered.iter().find(|cell| cell.at == cells.first)?))
}

/// Returns the answer that formulas count though it isn't asked for.
fn not_asked(judged: &Judged, workbook: &Workbook, finding: &Finding) -> Option<Seen> {
    let id = finding.subject.as_deref().filter(|_| finding.is_of(&ANSWER_NOT_ASKED))?;
    let text = cell_at(workbook, &finding.place).and_then(Cell::text);
    let in_words = || Some(Seen::Graded(Grading::of(grade(judged, id, text?)?)));
    stored(workbook, &finding.place).map(Seen::Number).or_else(in_words)
}

/// Returns how a formula sees the cell of a finding; `None` where as it is read, or where the finding is of something else.
fn seen(workbook: &Workbook, finding: &Finding) -> Option<Seen> {
    let is_number = [&ANSWER_OFF_SCALE, &ANSWER_IS_A_DATE, &ANSWER_NOT_A_NUMBER].iter().any(|rule| finding.is_of(rule));
    let is_text = || stored(workbook, &finding.place).is_none();
    let is_unseen = finding.is_of(&NUMBER_AS_TEXT) || finding.is_of(&CHOICE_UNKNOWN);
    if is_unseen && finding.cells().is_some_and(|cells| cells.first != cells.last) {
        Some(Seen::Nowhere(cells_of(workbook, finding)))
    } else if is_unseen || finding.is_of(&DATE_AS_TEXT) && is_text() {
        Some(Seen::Nothing)
    } else if finding.is_of(&ANSWER_IS_AN_ERROR) {
        Some(Seen::Error)
    } else if is_number {
        stored(workbook, &finding.place).map(Seen::Number)
    } else if finding.is_of(&ROW_LEFT_OUT) {
        finding.cells().map(Seen::Rows)
    } else if finding.is_of(&ANSWER_HIDDEN) {
        hidden(workbook, finding)
    } else {
        None
    }
}

/// Whether a workbook may have a formula that takes in only rows which are seen.
fn may_pass_over(workbook: &Workbook) -> bool {
    let passes_over = |formula: &str| ["SUBTOTAL", "AGGREGATE"].iter().any(|name| formula.contains(name));
    let mut formulas = workbook.sheets.iter().flat_map(|sheet| &sheet.cells).filter_map(|cell| cell.formula.as_deref());
    !workbook.has_formulas() || formulas.any(passes_over)
}

/// Returns what formulas pass over that take in only rows which are seen.
fn hidden(workbook: &Workbook, finding: &Finding) -> Option<Seen> {
    let (sheet, cells) = (workbook.sheet(finding.sheet()?)?, finding.cells()?);
    let rows: BTreeSet<u32> = (cells.first.row..=cells.last.row).filter(|row| sheet.hides_row(*row)).collect();
    match (
        rows.is_empty(),
        cells.first == cells.last && sheet.cell(cells.first).is_some_and(|cell| number(cell).is_some()),
    ) {
        (true, _) => None,
        (false, true) => Some(Seen::Passed),
        (false, false) => Some(Seen::PassedRows(rows)),
    }
}

/// Returns the number that a cell stores, which for a day is a count of days.
fn stored(workbook: &Workbook, place: &Place) -> Option<Exact> {
    number(cell_at(workbook, place)?)
}

/// Returns the number that is in a cell.
fn number(cell: &Cell) -> Option<Exact> {
    match &cell.value {
        Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => Exact::from_float(*number),
        Value::Empty | Value::Text(_) | Value::Picture | Value::Logical(_) | Value::Error(_) => None,
    }
}
