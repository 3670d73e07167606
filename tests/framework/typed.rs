//! A total that a sender typed, where the form has no formula: it isn't wrong while the answers can still come to it, however many are
//! missing, and is where they can't.

use scrutineer::finding::{Finding, Findings, Place};
use scrutineer::framework::{Framework, StatedKind};
use scrutineer::layout::{WorkbookText, issued_cell, locate};
use scrutineer::returns::{Origin, Return, extract};
use scrutineer::workbook::{Value, Workbook};

use crate::support::shipped::{put, reviewed, sound};

/// Reads a return.
fn sent(framework: &Framework, workbook: &Workbook) -> Return {
    let layout = locate(framework, &WorkbookText::new(workbook), &mut Findings::default());
    extract(framework, workbook, &layout, &mut Findings::default())
}

/// Returns where totals were typed in which the form has no formula.
fn typed(framework: &Framework, sent: &Return) -> Vec<Place> {
    let totals = framework.stated.iter().filter(|stated| stated.kind == StatedKind::Total);
    let own = totals.filter(|stated| issued_cell(framework, &stated.id).is_none_or(|cell| cell.formula.is_none()));
    let entries = own.filter_map(|stated| sent.stated.get(&stated.id));
    entries.filter(|entry| entry.origin == Origin::Typed).map(|entry| entry.place.clone()).collect()
}

/// Whether a typed total is called wrong in a workbook in which the first answers say something that can't be used, or nothing.
fn is_wrong(workbook: &Workbook, answers: &[Place], value: &Value, total: &Place) -> bool {
    let mut workbook = workbook.clone();
    for place in answers {
        put(&mut workbook, place.sheet().unwrap(), place.cells().unwrap().first, value.clone());
    }
    let review = reviewed(&workbook);
    let mut all = review.findings.iter().flat_map(Finding::with_its_effects);
    all.any(|finding| finding.rule.as_str() == "total-differs" && finding.place == *total)
}

#[test]
fn a_typed_total_is_not_wrong_while_the_answers_can_come_to_it() {
    let mut tried = 0;
    for sound in sound() {
        let sent = sent(sound.framework, &sound.workbook);
        let own = sent.answers.iter().filter(|((rater, _), _)| *rater == sent.counts);
        let answers: Vec<Place> = own.filter_map(|(_, entry)| entry.place.clone()).collect();
        for total in typed(sound.framework, &sent) {
            for (missing, value) in
                [(2, Value::Empty), (answers.len() / 3, Value::Text("perhaps".into())), (answers.len(), Value::Empty)]
            {
                tried += 1;
                let is_wrong = is_wrong(&sound.workbook, &answers[..missing], &value, &total);
                assert!(!is_wrong, "{} {total:?}: {missing} answers say {value:?}", sound.framework.id);
            }
            let mut workbook = sound.workbook.clone();
            put(&mut workbook, total.sheet().unwrap(), total.cells().unwrap().first, Value::Number(9999.0));
            assert!(is_wrong(&workbook, &answers[..answers.len() / 3], &Value::Empty, &total), "{total:?}");
        }
    }
    assert!(tried > 0);
}
