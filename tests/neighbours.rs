//! What is called missing though it stands beside its place: the finding says where.

use std::collections::BTreeSet;

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Place, Severity};
use scrutineer::framework::{EntryKind, FieldRole};
use scrutineer::review::sent;
use scrutineer::workbook::{Cell, Value, Workbook};

use crate::support::shipped::{Sound, put, reviewed, sound};

/// How many places of each scheme are tried.
const TRIED: usize = 20;

/// Takes a cell out of a workbook.
fn take(workbook: &mut Workbook, sheet: &str, at: CellRef) -> Option<Cell> {
    let cells = &mut workbook.sheets.iter_mut().find(|other| other.name == sheet)?.cells;
    let index = cells.iter().position(|cell| cell.at == at)?;
    Some(cells.remove(index))
}

/// Returns the finding of a rule at a cell.
fn told<'a>(findings: &'a [Finding], rule: &str, place: &Place) -> &'a Finding {
    let mut all = findings.iter().flat_map(Finding::with_its_effects);
    all.find(|finding| finding.rule.as_str() == rule && finding.place == *place)
        .unwrap_or_else(|| panic!("{rule} at {place:?}: {findings:#?}"))
}

#[test]
fn an_answer_that_stands_a_column_off_is_told_with_its_place() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        let said = sent(framework, &workbook);
        let places: BTreeSet<&Place> =
            said.answers.values().filter_map(|entry| entry.given().and(entry.place.as_ref())).collect();
        for place in places.iter().step_by((places.len() / TRIED).max(1)) {
            let (sheet, at) = (place.sheet().unwrap(), place.cells().unwrap().first);
            for column in [at.column + 1, at.column - 1] {
                let beside = CellRef::new(at.row, column);
                if column == 0 || workbook.sheet(sheet).unwrap().cell(beside).is_some() {
                    continue;
                }
                let mut changed = workbook.clone();
                let Some(cell) = take(&mut changed, sheet, at).filter(|cell| cell.formula.is_none()) else { continue };
                put(&mut changed, sheet, beside, cell.value);
                let after = reviewed(&changed);
                let message = &told(&after.findings, "answer-blank", place).message;
                assert!(
                    message.ends_with(&format!("an answer stands beside it, in {beside}")),
                    "{}: {message}",
                    framework.id
                );
                tried += 1;
            }
        }
    }
    assert!(tried >= 20, "{tried}");
}

#[test]
fn an_entry_that_stands_in_the_cell_of_its_label_is_read_and_told() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        let before = sent(framework, &workbook);
        for (id, entry) in &before.fields {
            let Some(place) = entry.given().and(entry.place.as_ref()) else { continue };
            let (sheet, at) = (place.sheet().unwrap(), place.cells().unwrap().first);
            let label = &framework.field(id.as_str()).unwrap().label;
            let row = workbook.sheet(sheet).unwrap().row(at.row);
            let Some(of_label) = row.iter().find(|cell| cell.text() == Some(label.as_str())) else { continue };
            for parted in [": ", ":", "\n", ":\n"] {
                let mut changed = workbook.clone();
                take(&mut changed, sheet, at);
                put(&mut changed, sheet, of_label.at, Value::Text(format!("{label}{parted}{}", entry.written).into()));
                let (after, review) = (sent(framework, &changed), reviewed(&changed));
                let what = format!("{}: {label}{parted}{}: {:#?}", framework.id, entry.written, review.findings);
                // A day of which it can't be told whether the month stands first is open as text.
                let place = Place::cell(sheet, of_label.at);
                let is_open = |finding: &Finding| finding.place == place && finding.rule.as_str() == "date-unreadable";
                if !review.findings.iter().any(is_open) {
                    assert_eq!(after.fields[id].given(), entry.given(), "{what}");
                }
                assert!(!review.findings.iter().any(|finding| finding.rule.as_str() == "field-blank"), "{what}");
                let told = review
                    .findings
                    .iter()
                    .flat_map(Finding::with_its_effects)
                    .filter(|finding| finding.place == place && finding.rule.as_str() == "heading-renamed");
                assert_eq!(told.count(), 1, "{what}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 80, "{tried}");
}

#[test]
fn a_label_with_a_remark_or_beside_an_entry_is_no_entry() {
    for Sound { framework, workbook, review } in sound() {
        let before = sent(framework, &workbook);
        let (id, entry) = before.fields.iter().find(|(_, entry)| entry.given().is_some()).unwrap();
        let place = entry.place.as_ref().unwrap();
        let (sheet, at) = (place.sheet().unwrap(), place.cells().unwrap().first);
        let label = &framework.field(id.as_str()).unwrap().label;
        let of_label = workbook.sheet(sheet).unwrap().row(at.row)[0].at;
        let mut beside = workbook.clone();
        put(&mut beside, sheet, of_label, Value::Text(format!("{label}: as below").into()));
        assert_eq!(sent(framework, &beside).fields[id].given(), entry.given(), "{}", framework.id);
        let mut hint = workbook.clone();
        take(&mut hint, sheet, at);
        put(&mut hint, sheet, of_label, Value::Text(format!("{label}: (in full)").into()));
        assert_eq!(sent(framework, &hint).fields[id].given(), None, "{}", framework.id);
        assert_ne!(reviewed(&hint).findings, review.findings);
    }
}

#[test]
fn an_entry_that_stands_twice_is_told_where_both_differ() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        for (id, entry) in &sent(framework, &workbook).fields {
            let Some(place) = entry.given().and(entry.place.as_ref()) else { continue };
            let (sheet, at) = (place.sheet().unwrap(), place.cells().unwrap().first);
            let field = framework.field(id.as_str()).unwrap();
            let row = workbook.sheet(sheet).unwrap().row(at.row);
            let of_label = row.iter().find(|cell| cell.text() == Some(field.label.as_str()) && cell.at != at);
            let Some(label) = of_label.map(|cell| Place::cell(sheet, cell.at)) else { continue };
            let other = match field.kind {
                EntryKind::Text => "Another than that",
                EntryKind::Date(_) => "3 March 2019",
                EntryKind::Contact
                | EntryKind::Number { .. }
                | EntryKind::Choice(_)
                | EntryKind::Mark(_)
                | EntryKind::Reference(_)
                | EntryKind::Registration(_) => continue,
            };
            for (said, severity) in
                [(other, Severity::Warning), (entry.written.as_str(), Severity::Note), ("n/a", Severity::Note)]
            {
                let mut changed = workbook.clone();
                let words = format!("{}: {said}", field.label);
                put(&mut changed, sheet, label.cells().unwrap().first, Value::Text(words.into()));
                let (after, review) = (sent(framework, &changed), reviewed(&changed));
                assert_eq!(after.fields[id].given(), entry.given(), "{}: {said}", field.label);
                let all = review.findings.iter().flat_map(Finding::with_its_effects);
                let told: Vec<&Finding> = all.filter(|finding| finding.place == label).collect();
                let rules: Vec<(&str, Severity)> =
                    told.iter().map(|finding| (finding.rule.as_str(), finding.severity)).collect();
                assert_eq!(rules, [("heading-renamed", severity)], "{}: {said}: {told:#?}", field.label);
                tried += 1;
            }
        }
    }
    assert!(tried >= 30, "{tried}");
}

#[test]
fn a_stated_value_that_stands_in_the_cell_of_its_label_is_read_and_told() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        let before = sent(framework, &workbook);
        for stated in &framework.stated {
            let Some(entry) = before.stated.get(&stated.id) else { continue };
            let is_alone = framework.stated.iter().filter(|other| other.row == stated.row).count() == 1;
            let (sheet, at) = (entry.place.sheet().unwrap(), entry.place.cells().unwrap().first);
            let row = workbook.sheet(sheet).unwrap().row(at.row);
            let of_label = row.iter().find(|cell| cell.text() == Some(stated.row.as_str()) && cell.at != at);
            let Some(label) = of_label.map(|cell| cell.at).filter(|_| is_alone && !entry.written.is_empty()) else {
                continue;
            };
            let mut changed = workbook.clone();
            take(&mut changed, sheet, at);
            let words = format!("{}: {}", stated.row.trim_end_matches(':'), entry.written);
            put(&mut changed, sheet, label, Value::Text(words.clone().into()));
            let after = sent(framework, &changed);
            assert_eq!(after.stated[&stated.id].written, entry.written, "{}: {words}", framework.id);
            let (place, review) = (Place::cell(sheet, label), reviewed(&changed));
            told(&review.findings, "heading-renamed", &place);
            put(&mut changed, sheet, label, Value::Text(format!("{}: see the board's paper", stated.row).into()));
            let remark = sent(framework, &changed).stated.get(&stated.id).map(|entry| entry.written.clone());
            assert!(remark.is_none_or(|written| written.is_empty()), "{}: {words}", framework.id);
            tried += 1;
        }
    }
    assert!(tried >= 5, "{tried}");
}

#[test]
fn an_answer_behind_the_form_s_words_is_told_with_its_place() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        let said = sent(framework, &workbook);
        let given =
            said.answers.values().filter_map(|entry| Some((entry.given()?, entry.place.as_ref()?, &entry.written)));
        for (_, place, written) in given.take(TRIED) {
            let (sheet, at) = (place.sheet().unwrap(), place.cells().unwrap().first);
            let row = workbook.sheet(sheet).unwrap().row(at.row);
            let printed = framework.form().unwrap().sheets.iter().flat_map(|sheet| &sheet.cells);
            let printed: BTreeSet<&str> = printed.filter_map(Cell::text).collect();
            let texts =
                row.iter().filter(|cell| cell.at < at).filter_map(|cell| Some((cell.at, cell.text()?.to_owned())));
            let texts = texts.filter(|(_, text)| printed.contains(text.as_str()));
            let Some((of_text, text)) = texts.max_by_key(|(_, text)| text.len()) else { continue };
            let mut changed = workbook.clone();
            take(&mut changed, sheet, at);
            put(&mut changed, sheet, of_text, Value::Text(format!("{text}: {written}").into()));
            let review = reviewed(&changed);
            let all = review.findings.iter().flat_map(Finding::with_its_effects);
            let blank = all.filter(|finding| finding.rule.as_str() == "answer-blank" && finding.place == *place);
            for finding in blank {
                let told = format!("an answer stands behind words of the form\u{2019}s, in {of_text}");
                assert!(finding.message.ends_with(&told), "{}: {text}: {}", framework.id, finding.message);
                tried += 1;
            }
        }
    }
    assert!(tried >= 20, "{tried}");
}

#[test]
fn entries_that_stand_a_column_off_are_read_and_told_once_a_sheet() {
    let mut tried = 0;
    for Sound { framework, workbook, review } in sound() {
        let before = sent(framework, &workbook);
        let places = before.fields.values().filter_map(|entry| entry.given().and(entry.place.clone()));
        let sheets: BTreeSet<String> = places.clone().filter_map(|place| place.sheet().map(str::to_owned)).collect();
        for sheet in sheets {
            let own = places
                .clone()
                .filter(|place| place.sheet() == Some(&sheet))
                .filter_map(|place| Some(place.cells()?.first));
            let own: Vec<CellRef> = own.collect();
            let beside = |at: &CellRef| CellRef::new(at.row, at.column + 1);
            let is_blank = |at: &CellRef| workbook.sheet(&sheet).unwrap().cell(beside(at)).is_none();
            let is_one_column = own.iter().all(|at| at.column == own[0].column && is_blank(at));
            if own.len() < 3 || !is_one_column {
                continue;
            }
            let mut changed = workbook.clone();
            for at in &own {
                if let Some(cell) = take(&mut changed, &sheet, *at) {
                    put(&mut changed, &sheet, beside(at), cell.value);
                }
            }
            let after = reviewed(&changed);
            let new: Vec<&Finding> =
                after.findings.iter().filter(|finding| !review.findings.contains(finding)).collect();
            let told = new.iter().filter(|finding| {
                finding.rule.as_str() == "heading-renamed" && finding.message.contains("in another column")
            });
            assert_eq!(told.count(), 1, "{} {sheet}: {new:#?}", framework.id);
            tried += 1;
        }
    }
    assert!(tried >= 1, "{tried}");
}

#[test]
fn another_version_on_the_face_of_a_return_is_told() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        let Some(field) = framework.field_for(FieldRole::Version) else { continue };
        let entry = &sent(framework, &workbook).fields[&field.id];
        let place = entry.place.clone().unwrap();
        for (version, is_told) in [(entry.written.as_str(), false), ("0.1", true), ("of 1999", true)] {
            let mut changed = workbook.clone();
            put(&mut changed, place.sheet().unwrap(), place.cells().unwrap().first, Value::Text(version.into()));
            let after = reviewed(&changed);
            let told = after
                .findings
                .iter()
                .filter(|finding| finding.place == place && finding.message.contains("where the form as issued says"));
            assert_eq!(told.count(), usize::from(is_told), "{} {version}: {:#?}", framework.id, after.findings);
            tried += 1;
        }
    }
    assert!(tried >= 3, "{tried}");
}
