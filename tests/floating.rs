//! What floats over a blank answer, or is noted on it: nobody is told that the answer is missing, and what rests on it is open.

use std::collections::{BTreeMap, BTreeSet};

use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::{Finding, Place};
use scrutineer::framework::RegisterId;
use scrutineer::returns::Return;
use scrutineer::review::sent;
use scrutineer::workbook::{Cell, Floating, Over, Value, Workbook};

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

/// Returns the sheet of a register, its rows, and its first and last column.
fn rows_of(sent: &Return, id: &RegisterId) -> Option<(String, Vec<u32>, [u32; 2])> {
    let register = &sent.registers[id];
    let columns: Vec<u32> = register.rows.first()?.entries().filter_map(|entry| Some(entry.at()?.column)).collect();
    let rows = register.rows.iter().map(|row| row.number).collect();
    Some((register.sheet.clone(), rows, [*columns.iter().min()?, *columns.iter().max()?]))
}

#[test]
fn a_picture_over_many_cells_is_one_finding_that_names_them() {
    let mut tried = 0;
    for Sound { framework, workbook, review } in sound() {
        let sent = sent(framework, &workbook);
        let mut by_sheet: BTreeMap<String, Vec<CellRef>> = BTreeMap::new();
        for entry in sent.answers.values().filter(|entry| entry.given().is_some()) {
            let cell = entry.place.as_ref().and_then(|place| place.sheet().zip(place.cells()));
            let (sheet, cells) = cell.unwrap();
            by_sheet.entry(sheet.to_owned()).or_default().push(cells.first);
        }
        for (sheet, cells) in by_sheet.into_iter().filter(|(_, cells)| cells.len() > 3).take(4) {
            let (first, last) = (*cells.iter().min().unwrap(), cells[2].max(cells[0]));
            let over = CellRange::new(CellRef::new(first.row, 2), CellRef::new(last.row, 12));
            let mut changed = workbook.clone();
            let own = changed.sheets.iter_mut().find(|other| other.name == sheet).unwrap();
            own.cells.retain(|cell| !(cells.contains(&cell.at) && over.contains(cell.at)));
            own.floating.push(Floating::new(over, Over::Picture, ""));
            let after = reviewed(&changed);
            let shown = Over::Picture.shown();
            let new = after.findings.iter().filter(|finding| !review.findings.contains(finding));
            let of_picture: Vec<&Finding> = new.filter(|finding| finding.found.as_deref() == Some(shown)).collect();
            let [one] = of_picture[..] else { panic!("{} {sheet}: {of_picture:#?}", framework.id) };
            assert_eq!(one.place, Place::Cells(sheet.clone(), over), "{}", framework.id);
            assert!(one.message.contains(&over.to_string()), "{}", one.message);
            assert!([review.settled(), None].contains(&after.settled()), "{}", framework.id);
            tried += 1;
        }
    }
    assert!(tried >= 6, "{tried}");
}

#[test]
fn what_rests_on_a_register_is_open_where_a_picture_lies_over_its_rows() {
    let mut tried = 0;
    for Sound { framework, workbook, review } in sound() {
        let sent = sent(framework, &workbook);
        for id in sent.registers.keys() {
            let Some((sheet, rows, [left, right])) = rows_of(&sent, id) else { continue };
            for shown in [&rows[rows.len() / 2..], &rows[..]] {
                let (top, end) = (shown[0], shown[shown.len() - 1]);
                let over = CellRange::new(CellRef::new(top, left), CellRef::new(end, right));
                let mut changed = workbook.clone();
                let own = changed.sheets.iter_mut().find(|other| other.name == sheet).unwrap();
                own.cells.retain(|cell| !over.contains(cell.at));
                own.floating.push(Floating::new(over, Over::Picture, ""));
                let after = reviewed(&changed);
                let what = format!("{} {id} {over}", framework.id);
                let told = after.findings.iter().flat_map(Finding::with_its_effects);
                let told = told.filter(|finding| finding.place == Place::Cells(sheet.clone(), over)).count();
                assert_eq!(told, 1, "{what}: {:#?}", after.findings);
                assert!([review.settled(), None].contains(&after.settled()), "{what}: {:?}", after.outcome);
                tried += 1;
            }
        }
    }
    assert!(tried >= 12, "{tried}");
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
fn what_tells_who_a_person_is_above_or_below_pages_or_beside_a_label_of_the_sender_s_is_told_and_not_repeated() {
    for Sound { framework, workbook, review } in sound() {
        let (sheet, _) = filled(&sent(framework, &workbook))[0].clone();
        for is_on_pages in [true, false] {
            let mut changed = workbook.clone();
            let own = changed.sheets.iter_mut().find(|other| other.name == sheet).unwrap();
            let place = if is_on_pages {
                own.page_words.push("Client name: Rowan Tidewell-Marsh".to_owned());
                Place::Sheet(sheet.clone())
            } else {
                let [label, entry] = [30, 31].map(|column| CellRef::new(300, column));
                for (at, text) in [(label, "Client name"), (entry, "Rowan Tidewell-Marsh")] {
                    own.cells.push(Cell::new(at, Value::Text(text.into()), None));
                }
                Place::Cells(sheet.clone(), CellRange::new(label, entry))
            };
            own.cells.sort_by_key(|cell| cell.at);
            let after = reviewed(&changed);
            let new: Vec<&Finding> =
                after.findings.iter().filter(|finding| !review.findings.contains(finding)).collect();
            let told = new.iter().filter(|finding| finding.rule.as_str() == "personal-data-present");
            assert_eq!(told.map(|finding| &finding.place).collect::<Vec<_>>(), [&place], "{}: {new:#?}", framework.id);
            assert!(!format!("{new:?}").contains("Tidewell-Marsh"), "{}: {new:?}", framework.id);
        }
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
