//! A sheet of the form that stands twice: where both say the same one finding says so and none of its cells is unexpected; where a list
//! goes on on the other, what rests on it is open.

use std::collections::{BTreeMap, BTreeSet};

use scrutineer::finding::{Finding, Place, Severity};
use scrutineer::framework::Framework;
use scrutineer::returns::{Register, Return};
use scrutineer::review::sent;
use scrutineer::workbook::{Sheet, Value, Visibility, Workbook};

use crate::lost_words::said;
use crate::support::shipped::{Sound, reviewed, sound};

#[test]
fn a_copy_that_says_the_same_is_told_at_most_once_and_its_cells_are_not_unexpected() {
    let mut told = 0;
    for Sound { framework, workbook, review: before } in sound() {
        for (index, sheet) in workbook.sheets.iter().enumerate() {
            for (title, visibility) in
                [(format!("{} (2)", sheet.name), sheet.visibility), ("Old".into(), Visibility::Hidden)]
            {
                let mut changed = workbook.clone();
                let copy = Sheet { name: title.clone(), visibility, ..sheet.clone() };
                changed.sheets.insert(index + 1, copy);
                let after = reviewed(&changed);
                let what = format!("{}, {title} of {}", framework.id, sheet.name);
                let own = |finding: &&Finding| !before.findings.contains(finding);
                let new: Vec<_> = after.findings.iter().filter(own).collect();
                let of_copy: Vec<_> = new.iter().filter(|finding| finding.rule.as_str() == "sheet-ambiguous").collect();
                assert!(
                    of_copy.len() <= 1 && of_copy.iter().all(|one| one.severity == Severity::Note),
                    "{what}: {new:#?}"
                );
                let of_cells: Vec<_> =
                    new.iter().filter(|one| one.cells().is_some() && one.sheet() == Some(&title)).collect();
                assert!(of_cells.is_empty(), "{what}: {of_cells:#?}");
                if !of_copy.is_empty() {
                    told += 1;
                    assert_eq!(after.cells.unexpected, before.cells.unexpected, "{what}");
                    assert_eq!(after.outcome, before.outcome, "{what}");
                }
            }
        }
    }
    assert!(told >= 20, "{told}");
}

/// Puts the rows of a register from the middle on onto a copy of their sheet; `None` where there are too few.
fn halved(workbook: &Workbook, register: &Register) -> Option<Workbook> {
    let rows: Vec<u32> = register.rows.iter().map(|row| row.number).collect();
    let from = *rows.get(rows.len() / 2).filter(|_| rows.len() >= 6)?;
    let is_row = |number: u32| rows.contains(&number);
    let index = workbook.sheets.iter().position(|sheet| sheet.name == register.sheet)?;
    let mut changed = workbook.clone();
    let own = &mut changed.sheets[index];
    let mut copy = Sheet { name: format!("{} (2)", own.name), ..own.clone() };
    own.cells.retain(|cell| !is_row(cell.at.row) || cell.at.row < from || cell.formula.is_some());
    copy.cells.retain(|cell| !is_row(cell.at.row) || cell.at.row >= from || cell.formula.is_some());
    changed.sheets.insert(index + 1, copy);
    Some(changed)
}

#[test]
fn where_a_register_goes_on_on_a_copy_of_its_sheet_what_rests_on_it_is_open() {
    let of_figures = ["total-differs", "outcome-differs", "measure-differs-from-register", "register-missing"];
    let mut tried = 0;
    for Sound { framework, workbook, review: before } in sound() {
        for (id, register) in &sent(framework, &workbook).registers {
            let Some(changed) = halved(&workbook, register) else { continue };
            let after = reviewed(&changed);
            let what = format!("{}, {id}", framework.id);
            let told: Vec<&Finding> =
                after.findings.iter().filter(|finding| finding.rule.as_str() == "sheet-ambiguous").collect();
            assert!(matches!(told[..], [one] if one.severity == Severity::Error), "{what}: {told:#?}");
            let all = after.findings.iter().flat_map(Finding::with_its_effects);
            let figures: Vec<_> = all.filter(|finding| of_figures.contains(&finding.rule.as_str())).collect();
            assert!(figures.is_empty(), "{what}: {figures:#?}");
            assert!([before.settled(), None].contains(&after.settled()), "{what}");
            tried += 1;
        }
    }
    assert!(tried >= 5, "{tried}");
}

/// Returns the rows of a sheet in which a return answers something, by sheet.
fn answered(sent: &Return) -> BTreeMap<String, BTreeSet<u32>> {
    let mut rows: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let answers = sent.answers.values().filter_map(|entry| entry.place.clone());
    for place in answers.chain(sent.results.values().filter_map(|entry| entry.place.clone())) {
        let (sheet, cells) = place.sheet().zip(place.cells()).unwrap();
        rows.entry(sheet.to_owned()).or_default().insert(cells.first.row);
    }
    rows
}

#[test]
fn criteria_that_were_moved_to_a_second_sheet_are_one_finding_and_open() {
    let others = ["total-differs", "outcome-differs", "criterion-missing", "answer-blank", "content-unexpected"];
    let mut tried = 0;
    for Sound { framework, workbook, review: before } in sound() {
        for (name, rows) in answered(&sent(framework, &workbook)).into_iter().filter(|(_, rows)| rows.len() >= 6) {
            let rows: Vec<u32> = rows.into_iter().collect();
            let index = workbook.sheets.iter().position(|sheet| sheet.name == name).unwrap();
            for from in [rows[rows.len() / 2], rows[rows.len() / 2 - 1]] {
                let mut changed = workbook.clone();
                let own = &mut changed.sheets[index];
                let mut copy = Sheet { name: format!("{name} (2)"), ..own.clone() };
                own.cells.retain(|cell| !rows.contains(&cell.at.row) || cell.at.row < from);
                copy.cells.retain(|cell| !rows.contains(&cell.at.row) || cell.at.row >= from);
                changed.sheets.insert(index + 1, copy);
                let after = reviewed(&changed);
                let what = format!("{}, {name} from row {from}", framework.id);
                let new: Vec<&Finding> =
                    after.findings.iter().filter(|finding| !before.findings.contains(finding)).collect();
                let told: Vec<_> = new.iter().filter(|finding| finding.rule.as_str() == "sheet-ambiguous").collect();
                assert!(matches!(told[..], [one] if one.severity == Severity::Error), "{what}: {new:#?}");
                let all = new.iter().flat_map(|finding| finding.with_its_effects());
                let others: Vec<_> = all.filter(|finding| others.contains(&finding.rule.as_str())).collect();
                assert!(others.is_empty(), "{what}: {others:#?}");
                assert!([before.settled(), None].contains(&after.settled()), "{what}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 6, "{tried}");
}

#[test]
fn sheets_whose_names_were_exchanged_are_told_by_what_they_say() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        let before = said(&sent(framework, &workbook));
        let read: BTreeSet<&str> = sheets_read(framework, &workbook);
        let places: Vec<usize> =
            (0..workbook.sheets.len()).filter(|at| read.contains(workbook.sheets[*at].name.as_str())).collect();
        for pair in places.windows(2) {
            let mut changed = workbook.clone();
            let [one, other] = [pair[0], pair[1]].map(|at| workbook.sheets[at].name.clone());
            changed.sheets[pair[0]].name.clone_from(&other);
            changed.sheets[pair[1]].name.clone_from(&one);
            let what = format!("{}: {one} and {other}", framework.id);
            assert_eq!(said(&sent(framework, &changed)), before, "{what}");
            let after = reviewed(&changed);
            let told = after.findings.iter().filter(|finding| finding.rule.as_str() == "sheet-renamed").count();
            assert_eq!(told, 2, "{what}");
            tried += 1;
        }
    }
    assert!(tried >= 10, "{tried}");
}

/// Returns the sheets on which answers of criteria or rows of registers stand.
fn sheets_read<'a>(framework: &Framework, workbook: &'a Workbook) -> BTreeSet<&'a str> {
    let sent = sent(framework, workbook);
    let answers = sent.answers.values().filter_map(|entry| entry.place.as_ref()?.sheet().map(str::to_owned));
    let rows = sent.registers.values().map(|register| register.sheet.clone());
    let named: BTreeSet<String> = answers.chain(rows).collect();
    workbook.sheets.iter().map(|sheet| sheet.name.as_str()).filter(|name| named.contains(*name)).collect()
}

#[test]
fn figures_that_take_in_the_blank_sheet_beside_the_filled_copy_say_so() {
    let mut tried = 0;
    for Sound { framework, workbook, .. } in sound() {
        let before = sent(framework, &workbook);
        let answers = before.answers.values().filter_map(|entry| entry.place.clone());
        let notes = before.notes.values().filter_map(|entry| entry.place.clone());
        let numbers = before.points.values().chain(before.results.values()).filter_map(|entry| entry.place.clone());
        let places: BTreeSet<Place> = answers.chain(notes).chain(numbers).collect();
        let sheets: BTreeSet<&str> = places.iter().filter_map(Place::sheet).collect();
        for name in sheets {
            let index = workbook.sheets.iter().position(|sheet| sheet.name == name).unwrap();
            let mut changed = workbook.clone();
            let copy = Sheet { name: format!("{name} (2)"), ..workbook.sheets[index].clone() };
            changed.sheets[index].cells.retain(|cell| !places.contains(&Place::cell(name, cell.at)));
            let others = changed.sheets.iter_mut().enumerate().filter(|(other, _)| *other != index);
            let formulas = others.flat_map(|(_, sheet)| &mut sheet.cells).filter(|cell| {
                cell.formula.as_ref().is_some_and(|formula| formula.contains(name))
                    && matches!(cell.value, Value::Number(_))
            });
            formulas.for_each(|cell| cell.value = Value::Number(0.0));
            changed.sheets.insert(index + 1, copy);
            let after = reviewed(&changed);
            let figures = after.findings.iter().filter(|finding| finding.rule.as_str() == "total-differs");
            let figures: Vec<&Finding> = figures.collect();
            let what = format!("{}: {name}: {figures:#?}", framework.id);
            assert!(!figures.iter().any(|figure| figure.message.contains("calculated again")), "{what}");
            tried += figures.iter().filter(|figure| figure.message.contains("read from another sheet")).count();
        }
    }
    assert!(tried >= 2, "{tried}");
}

#[test]
fn the_form_of_another_framework_in_the_workbook_is_told() {
    let all: Vec<Sound> = sound().collect();
    let mut tried = 0;
    for Sound { framework, workbook, review: before } in &all {
        for Sound { framework: other, workbook: second, .. } in
            all.iter().filter(|other| other.framework.id != framework.id)
        {
            let mut changed = workbook.clone();
            let is_new = |sheet: &&Sheet| workbook.sheet(&sheet.name).is_none();
            let added: Vec<Sheet> = second.sheets.iter().filter(is_new).cloned().collect();
            if added.len() + 1 < second.sheets.len() {
                continue;
            }
            changed.sheets.extend(added);
            let after = reviewed(&changed);
            if after.framework != before.framework {
                continue;
            }
            let told = after.findings.iter().filter(|finding| finding.message.contains(&other.title));
            let told: Vec<(&str, Severity)> = told.map(|finding| (finding.rule.as_str(), finding.severity)).collect();
            assert_eq!(told, [("sheet-ambiguous", Severity::Warning)], "{} in {}", other.id, framework.id);
            assert_eq!(after.outcome, before.outcome, "{} in {}", other.id, framework.id);
            tried += 1;
        }
        let told = before.findings.iter().filter(|finding| finding.rule.as_str() == "sheet-ambiguous");
        assert_eq!(told.count(), 0, "{}", framework.id);
    }
    assert!(tried > 2, "{tried}");
}
