//! What can still come out isn't told as different, and what keeps a gate open is named truly, in each scheme.

use std::collections::BTreeSet;

use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::Finding;
use scrutineer::review::{AnswerRecord, Review};
use scrutineer::workbook::{Cell, Value, Workbook};

use crate::support::shipped::{Sound, put, reviewed, sound};

/// Where something stands.
type Spot = (String, CellRef);

/// Returns where each answer that counts stands.
fn answers(review: &Review) -> Vec<Spot> {
    let counted = |answer: &&AnswerRecord| Some(&answer.rater) == review.counts.as_ref();
    let placed = review.answers.iter().filter(counted);
    let placed = placed.filter_map(|answer| Some((answer.sheet.clone()?, answer.cell.as_ref()?)));
    placed.map(|(sheet, cells)| (sheet, cells.parse::<CellRange>().unwrap().first)).collect()
}

/// Returns the numbers that a workbook has where the form has nothing.
fn own_numbers(sound: &Sound) -> Vec<Spot> {
    let form = sound.framework.form().unwrap();
    let is_own = |sheet: &str, cell: &Cell| {
        let printed = form.sheet(sheet).and_then(|sheet| sheet.cell(cell.at));
        matches!(cell.value, Value::Number(_))
            && cell.formula.is_none()
            && printed.is_none_or(|cell| cell.formula.is_none())
    };
    let cells = sound.workbook.sheets.iter().flat_map(|sheet| sheet.cells.iter().map(move |cell| (&sheet.name, cell)));
    cells.filter(|(sheet, cell)| is_own(sheet, cell)).map(|(sheet, cell)| (sheet.clone(), cell.at)).collect()
}

/// Returns which of some cells are told as totals that differ.
fn differing(review: &Review, cells: &[Spot]) -> BTreeSet<Spot> {
    let told = review.findings.iter().flat_map(Finding::with_its_effects);
    let told = told.filter(|finding| finding.rule == "total-differs");
    let spots = told.filter_map(|finding| Some((finding.sheet()?.to_owned(), finding.cells()?.first)));
    spots.filter(|spot| cells.contains(spot)).collect()
}

/// Returns a workbook without some answers.
fn without(workbook: &Workbook, answers: &[Spot]) -> Workbook {
    let mut blank = workbook.clone();
    for (sheet, at) in answers {
        put(&mut blank, sheet, *at, Value::Empty);
    }
    blank
}

#[test]
fn a_total_that_was_typed_may_be_one_that_answers_still_to_come_make() {
    for sound in sound() {
        let (all, own) = (answers(&sound.review), own_numbers(&sound));
        for number in [1, 4] {
            let some: Vec<Spot> = all.iter().step_by((all.len() / number).max(1)).take(number).cloned().collect();
            let review = reviewed(&without(&sound.workbook, &some));
            let told = differing(&review, &own);
            assert!(told.is_empty(), "{}: {told:?}", sound.framework.id);
        }
    }
}

#[test]
fn a_total_that_no_answer_can_make_differs_all_the_same() {
    let mut tried = 0;
    for sound in sound() {
        let all = answers(&sound.review);
        let blank = without(&sound.workbook, &all.iter().take(2).cloned().collect::<Vec<Spot>>());
        let own: Vec<Spot> = own_numbers(&sound).into_iter().filter(|spot| !all.contains(spot)).collect();
        for some in own.chunks(20) {
            let mut absurd = blank.clone();
            for (sheet, at) in some {
                put(&mut absurd, sheet, *at, Value::Number(987_654.0));
            }
            tried += differing(&reviewed(&absurd), some).len();
        }
    }
    assert!(tried > 0);
}

#[test]
fn a_gate_that_is_open_says_what_is_wanting_and_nothing_as_if_it_failed() {
    let mut tried = 0;
    for sound in sound() {
        let all = answers(&sound.review);
        let entries = sound.workbook.sheets.iter().flat_map(|sheet| {
            let typed = sheet.cells.iter().filter(|cell| cell.formula.is_none() && cell.text().is_some());
            typed.map(|cell| (sheet.name.clone(), cell.at)).collect::<Vec<_>>()
        });
        let entries: Vec<Spot> = entries.collect();
        let picked =
            all.iter().step_by((all.len() / 2).max(1)).chain(entries.iter().step_by((entries.len() / 8).max(1)));
        for (sheet, at) in picked {
            for value in [Value::Empty, Value::Text("banana?".into())] {
                let mut changed = sound.workbook.clone();
                put(&mut changed, sheet, *at, value);
                let review = reviewed(&changed);
                for gate in review.outcome.iter().flat_map(|outcome| &outcome.gates).filter(|gate| gate.holds.is_none())
                {
                    assert!(gate.why.starts_with("it can't be told yet: "), "{sheet}!{at}: {gate:?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried >= 4, "only {tried} gates were open");
}
