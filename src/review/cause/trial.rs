//! What the stated values would come to, were the answers others.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::exact::Exact;
use crate::finding::{Finding, Findings, Place, RuleId};
use crate::framework::expression::Quantity;
use crate::outcome::figures_of_all;
use crate::returns::{Entry, Grading, Reading, Return, Standing, StatedValue};
use crate::rules::consistency::{Comparison, comparisons, is_no_band, outcome_differs, total_differs};
use crate::rules::register::row_outcome_differs;
use crate::rules::{Judged, bases, own_findings, variants};

use super::in_register::row_at;

/// What the stated values come to, by name.
pub(super) type Compared<'a> = BTreeMap<&'a str, Comparison>;

/// Whether a stated value is what is worked out; where nothing is, whether it says so.
pub(super) fn fits(judged: &Judged, name: &str, tried: &Compared) -> bool {
    let Some(Comparison { computed, expected: None }) = tried.get(name) else { return false };
    let is_open = matches!(computed, Quantity::Unknown);
    match judged.sent.stated.get(name).map(|entry| &entry.value) {
        Some(StatedValue::Text(text)) if is_open => is_no_band(judged, text),
        Some(StatedValue::Number(_) | StatedValue::Text(_)) => !is_open,
        Some(StatedValue::Blank | StatedValue::NotCalculated | StatedValue::Other) | None => false,
    }
}

/// Compares the stated values of a changed return.
pub(super) fn compared<'a>(judged: &Judged<'a>, change: impl Fn(&mut Return)) -> Compared<'a> {
    let stated = judged.framework.stated.iter();
    let names = changed(judged, change, |changed| {
        let names = comparisons(changed).into_iter();
        names.map(|(name, comparison)| (name.to_owned(), comparison)).collect::<BTreeMap<_, _>>()
    });
    stated.filter_map(|stated| Some((stated.id.as_str(), names.get(stated.id.as_str())?.clone()))).collect()
}

/// Returns what is seen in a return that is changed.
pub(super) fn changed<T>(judged: &Judged, change: impl Fn(&mut Return), look: impl Fn(&Judged) -> T) -> T {
    let mut sent = judged.sent.clone();
    change(&mut sent);
    let framework = judged.framework;
    let scored = figures_of_all(framework, &sent, judged.season_date);
    let (outcomes, bases) = (&scored.outcomes, bases(framework, &sent, &scored.outcomes));
    let variants = variants(framework, &scored);
    look(&Judged { sent: &sent, outcomes, bases: &bases, variants: variants.as_deref(), ..*judged })
}

/// What is wrong: by which rule, and where.
pub(super) type Wrong = (RuleId, Place);

/// Returns what is wrong with rows and with figures.
pub(super) fn wrong(judged: &Judged) -> BTreeSet<Wrong> {
    let mut found = Findings::default();
    for rule in [row_outcome_differs::CHECK, total_differs::CHECK, outcome_differs::CHECK] {
        (rule.check)(judged, &mut found);
    }
    let all = own_findings(judged).into_iter().chain(found.into_sorted());
    all.map(|finding| (finding.rule, finding.place)).collect()
}

/// Returns the findings that are gone where a return is changed.
pub(super) fn gone(judged: &Judged, findings: &[Finding], change: impl Fn(&mut Return)) -> Vec<usize> {
    let (before, after) = (wrong(judged), changed(judged, change, wrong));
    let is_gone = |index: &usize| {
        let wrong = (findings[*index].rule.clone(), findings[*index].place.clone());
        before.contains(&wrong) && !after.contains(&wrong)
    };
    (0..findings.len()).filter(is_gone).collect()
}

/// Puts an answer in place of what stands at a cell of a return; `None` takes it out.
pub(super) fn answer(sent: &mut Return, place: &Place, grading: Option<&Grading>) {
    for entry in sent.answers.values_mut().filter(|entry| entry.place.as_ref() == Some(place)) {
        entry.reading = grading.map_or(Reading::Blank, |grading| Reading::Given(grading.clone()));
    }
}

/// Puts a number in place of what stands at a cell of a return; `None` takes it out.
pub(super) fn put(sent: &mut Return, place: &Place, number: Option<&Exact>) {
    let read = |number: Option<&Exact>| number.map_or(Reading::Blank, |number| Reading::Given(number.clone()));
    answer(sent, place, number.map(grading).as_ref());
    let is_here = |entry: &&mut Entry<Exact>| entry.place.as_ref() == Some(place);
    for entry in sent.points.values_mut().chain(sent.results.values_mut()).filter(is_here) {
        entry.reading = read(number);
    }
    if let Some((sheet, cells)) = place.sheet().zip(place.cells()).filter(|_| number.is_none_or(Exact::is_zero)) {
        let registers = sent.registers.values_mut().filter(|register| register.sheet == sheet);
        registers.for_each(|register| register.forget(cells.first));
    }
}

/// Takes the days that must follow each other in the row of a place, and what stands there, for what can't be used.
pub(super) fn doubt(judged: &Judged, sent: &mut Return, place: &Place) {
    let Some((spec, _, row)) = row_at(judged, place) else { return };
    let days = spec.date_order.iter().filter_map(|id| row.entry(id.as_str()));
    let cells: Vec<CellRef> =
        days.filter_map(|entry| entry.at()).chain(place.cells().map(|cells| cells.first)).collect();
    if let Some(register) = sent.registers.get_mut(&spec.id) {
        for at in cells {
            register.doubt(at);
        }
    }
}

/// Takes lines of a sheet's registers for rows that are none, by their numbers.
pub(super) fn take_in(sent: &mut Return, place: &Place, is_taken: impl Fn(u32) -> bool) {
    let registers = sent.registers.values_mut().filter(|register| place.sheet() == Some(&register.sheet));
    registers.for_each(|register| register.take_in(&is_taken));
}

/// Takes rows out of a sheet's registers, by their numbers, and the answers that stand in these.
pub(super) fn leave_out(sent: &mut Return, place: &Place, is_left: impl Fn(u32) -> bool) {
    let is_here = |own: &Option<Place>| {
        own.as_ref().is_some_and(|own| {
            own.sheet() == place.sheet() && own.cells().is_some_and(|cells| is_left(cells.first.row))
        })
    };
    for entry in sent.answers.values_mut().filter(|entry| is_here(&entry.place)) {
        entry.reading = Reading::Blank;
    }
    for entry in sent.points.values_mut().chain(sent.results.values_mut()).filter(|entry| is_here(&entry.place)) {
        entry.reading = Reading::Blank;
    }
    let registers = sent.registers.values_mut().filter(|register| place.sheet() == Some(&register.sheet));
    registers.for_each(|register| register.rows.retain(|row| !is_left(row.number)));
}

/// Returns an answer that counts so much.
pub(super) fn grading(number: &Exact) -> Grading {
    Grading { grade: number.to_string(), points: Some(number.clone()), standing: Standing::Counts }
}
