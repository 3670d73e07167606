//! What floats over a blank answer, or is noted on it: nobody is told that the answer is missing, and what rests on it is open.

use std::collections::BTreeSet;

use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::{Finding, Place};
use scrutineer::returns::Return;
use scrutineer::review::sent;
use scrutineer::workbook::{Floating, Over, Workbook};

use crate::support::shipped::{Sound, reviewed, sound};

/// How many places of each scheme are tried.
const TRIED: usize = 30;
/// What accuses a sender of a blank.
const OF_BLANKS: [&str; 6] =
    ["answer-blank", "evidence-missing", "action-missing", "action-incomplete", "field-blank", "declaration-unsigned"];

/// Returns the cells that are filled in, spread over what a return says.
fn filled(sent: &Return) -> Vec<(String, CellRef)> {
    let fields = sent.fields.values().filter(|entry| entry.given().is_some()).filter_map(|entry| entry.place.clone());
    let answers = sent.answers.values().filter(|entry| entry.given().is_some()).filter_map(|entry| entry.place.clone());
    let notes = sent.notes.values().filter(|entry| entry.given().is_some()).filter_map(|entry| entry.place.clone());
    let places: Vec<Place> = fields.chain(answers).chain(notes).collect();
    let cells = places.iter().filter_map(|place| Some((place.sheet()?.to_owned(), place.cells()?.first)));
    let cells: Vec<(String, CellRef)> = cells.collect::<BTreeSet<_>>().into_iter().collect();
    cells.iter().step_by((cells.len() / TRIED).max(1)).cloned().collect()
}

/// Returns a workbook in which something lies over a cell, which is blank.
fn covered(workbook: &Workbook, (sheet, at): &(String, CellRef), kind: Over) -> Workbook {
    let mut changed = workbook.clone();
    let sheet = changed.sheets.iter_mut().find(|other| other.name == *sheet).unwrap();
    sheet.cells.retain(|cell| cell.at != *at);
    if kind == Over::Comment {
        sheet.notes.push((*at, "Jo:\nsee the minutes of May".to_owned()));
        sheet.notes.sort();
    } else {
        sheet.floating.push(Floating::new(CellRange::from(*at), kind, "see the minutes of May"));
    }
    changed
}

/// Whether a finding is at a cell.
fn is_at(finding: &Finding, (sheet, at): &(String, CellRef)) -> bool {
    finding.sheet() == Some(sheet) && finding.cells().is_some_and(|cells| cells.contains(*at))
}

#[test]
fn nothing_is_called_missing_over_which_something_lies() {
    let mut tried = 0;
    for Sound { framework, workbook, review } in sound() {
        for place in filled(&sent(framework, &workbook)) {
            for kind in [Over::Picture, Over::TextBox, Over::Control, Over::Comment] {
                let after = reviewed(&covered(&workbook, &place, kind));
                let all: Vec<&Finding> = after.findings.iter().flat_map(Finding::with_its_effects).collect();
                let here: Vec<&&Finding> = all.iter().filter(|finding| is_at(finding, &place)).collect();
                let what = format!("{} {place:?} {kind:?}: {here:#?}", framework.id);
                let is_of_blank =
                    |finding: &&&Finding| OF_BLANKS.iter().any(|rule| finding.rule.as_str().ends_with(rule));
                assert!(!here.iter().any(is_of_blank), "{what}");
                assert!(!here.is_empty(), "{what}");
                let figures = all.iter().filter(|finding| finding.rule.as_str() == "outcome-differs").count();
                assert_eq!(figures, 0, "{what}");
                assert!([review.settled(), None].contains(&after.settled()), "{what}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 300, "{tried}");
}

#[test]
fn what_is_said_beside_the_cells_is_told_once_a_sheet() {
    for Sound { framework, workbook, review } in sound() {
        let (sheet, at) = filled(&sent(framework, &workbook))[0].clone();
        let mut changed = workbook.clone();
        let own = changed.sheets.iter_mut().find(|other| other.name == sheet).unwrap();
        own.notes.push((at, "should be 2".to_owned()));
        own.floating.push(Floating::new(
            CellRange::new(CellRef::new(300, 2), CellRef::new(302, 4)),
            Over::TextBox,
            "A remark",
        ));
        own.floating.push(Floating::new(CellRef::new(1, 9).into(), Over::Picture, ""));
        let after = reviewed(&changed);
        let new: Vec<&Finding> = after.findings.iter().filter(|finding| !review.findings.contains(finding)).collect();
        let [one] = new[..] else { panic!("{}: {new:#?}", framework.id) };
        assert_eq!(one.rule.as_str(), "content-unexpected");
        assert!(
            one.message.starts_with(&format!("a text box at B300:D302 and a comment at {at}: ")),
            "{}",
            one.message
        );
        assert_eq!(after.outcome, review.outcome);
    }
}

#[test]
fn what_tells_who_a_person_is_in_comments_and_text_boxes_is_told_and_not_repeated() {
    for Sound { framework, workbook, review } in sound() {
        let (sheet, at) = filled(&sent(framework, &workbook))[0].clone();
        for says in ["NI AB 12 34 56 C", "Rowan, born 12/03/1990", "tel 07700 900123", "ask rowan@example.org"] {
            for is_comment in [true, false] {
                let mut changed = workbook.clone();
                let own = changed.sheets.iter_mut().find(|other| other.name == sheet).unwrap();
                if is_comment {
                    own.notes.push((at, says.to_owned()));
                } else {
                    own.floating.push(Floating::new(at.into(), Over::TextBox, says));
                }
                let after = reviewed(&changed);
                let is_new = |finding: &&Finding| !review.findings.contains(finding);
                let new: Vec<&Finding> = after.findings.iter().filter(is_new).collect();
                let told = new.iter().filter(|finding| finding.rule.as_str() == "personal-data-present");
                let places: Vec<&Place> = told.map(|finding| &finding.place).collect();
                assert_eq!(places, [&Place::cell(&sheet, at)], "{} {says}", framework.id);
                assert!(!format!("{new:?}").contains(says), "{} {says}: {new:?}", framework.id);
            }
        }
    }
}
