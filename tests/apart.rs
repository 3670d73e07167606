//! Where many faults meet, each cause carries what follows from it and nothing else; what rests on what isn't there is told with that.

use std::collections::{BTreeMap, BTreeSet};

use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::{Finding, Place, Severity};
use scrutineer::framework::builtin;
use scrutineer::review::Review;
use scrutineer::workbook::{Value, Workbook};

use crate::support::shipped::{Sound, clean, put, reviewed, sound};

/// Writes where a finding stands.
fn place(finding: &Finding) -> String {
    format!("{}!{}", finding.sheet().unwrap_or_default(), finding.cell().unwrap_or_default())
}

/// Returns the numbers that are answers and count, each with its cell.
fn answers(workbook: &Workbook, review: &Review) -> Vec<(String, CellRef, f64)> {
    let counted = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
    let placed = counted.filter_map(|answer| {
        let (name, cells): (_, CellRange) = (answer.sheet.clone()?, answer.cell.as_ref()?.parse().unwrap());
        let Value::Number(number) = workbook.sheet(&name)?.cell(cells.first)?.value else { return None };
        (number > 0.0).then_some((name, cells.first, number))
    });
    placed.collect()
}

/// Returns a workbook in which answers are text, with the figures that it then works out itself.
fn as_text(workbook: &Workbook, answers: &[(String, CellRef, f64)]) -> Workbook {
    let mut changed = workbook.clone();
    for (sheet, at, _) in answers {
        put(&mut changed, sheet, *at, Value::Empty);
    }
    let blank = reviewed(&changed);
    let figures = blank.findings.iter().flat_map(Finding::with_its_effects);
    for figure in figures.filter(|one| ["total-differs", "outcome-differs"].contains(&one.rule.as_str())) {
        let expected = figure.expected.clone().unwrap();
        let value = expected.parse().map_or_else(|_| Value::Text(expected.into()), Value::Number);
        put(&mut changed, figure.sheet().unwrap(), figure.cells().unwrap().first, value);
    }
    for (sheet, at, number) in answers {
        put(&mut changed, sheet, *at, Value::Text(format!("{number} ").into()));
    }
    changed
}

/// Returns what follows from each answer that is text.
fn effects(workbook: &Workbook) -> BTreeMap<String, BTreeSet<String>> {
    let review = reviewed(workbook);
    let causes = review.findings.iter().filter(|finding| finding.rule.as_str() == "number-as-text");
    causes.map(|finding| (place(finding), finding.effects.iter().map(place).collect())).collect()
}

#[test]
fn of_many_answers_as_text_each_carries_the_figures_that_it_counts_in() {
    for scheme in ["seqf", "code-of-practice"] {
        let workbook = clean(scheme);
        let all = answers(&workbook, &reviewed(&workbook));
        let told = effects(&as_text(&workbook, &all));
        assert!(told.len() >= all.len(), "{scheme}: {} of {}", told.len(), all.len());
        let common = told.values().cloned().reduce(|one, other| one.intersection(&other).cloned().collect()).unwrap();
        for answer in all.iter().step_by((all.len() / 8).max(1)) {
            let alone = effects(&as_text(&workbook, std::slice::from_ref(answer)));
            let at = format!("{}!{}", answer.0, answer.1);
            let (own, alone) = (&told[&at], &alone[&at]);
            let others: Vec<&String> = own.difference(alone).filter(|figure| !common.contains(*figure)).collect();
            assert!(others.is_empty(), "{scheme}: {at} is said to move {others:?}");
            assert!(alone.is_subset(own), "{scheme}: {at}: {alone:?} isn't within {own:?}");
        }
    }
}

#[test]
fn one_word_in_many_cells_that_formulas_pass_over_is_one_finding() {
    let workbook = clean("investors-in-people");
    let review = reviewed(&workbook);
    let cells = review.answers.iter().filter_map(|answer| {
        let (name, at): (_, CellRange) = (answer.sheet.clone()?, answer.cell.as_ref()?.parse().unwrap());
        (workbook.sheet(&name)?.cell(at.first)?.text() == Some("Met")).then_some((name, at.first, 0.0))
    });
    let cells: Vec<(String, CellRef, f64)> = cells.collect();
    let mut changed = as_text(&workbook, &cells);
    for (sheet, at, _) in &cells {
        put(&mut changed, sheet, *at, Value::Text("Met ".into()));
    }
    let review = reviewed(&changed);
    let told: Vec<&Finding> = review.findings.iter().filter(|one| one.rule.as_str() == "choice-unknown").collect();
    assert!(cells.len() > 10 && told.len() == 1, "{told:#?}");
    let (first, last) =
        (cells.iter().map(|cell| cell.1).min().unwrap(), cells.iter().map(|cell| cell.1).max().unwrap());
    assert_eq!(told[0].place, Place::Cells(cells[0].0.clone(), CellRange::new(first, last)));
    assert!(told[0].message.contains(&format!("in {} cells", cells.len())), "{}", told[0].message);
    assert!(told[0].effects.len() > 10, "{told:#?}");
}

/// Returns a workbook on which nothing stands on a sheet.
fn bare(workbook: &Workbook, name: &str) -> Workbook {
    let mut bare = workbook.clone();
    let sheet = bare.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap();
    sheet.cells.clear();
    sheet.covered.clear();
    bare
}

#[test]
fn a_sheet_on_which_nothing_stands_is_told_and_what_rests_on_it_is_open() {
    for Sound { framework, workbook, .. } in sound() {
        for spec in &framework.sheets {
            if !workbook.sheets.iter().any(|sheet| sheet.name == spec.title) {
                continue;
            }
            let review = reviewed(&bare(&workbook, &spec.title));
            let what = format!("{}: {}: {:#?}", framework.id, spec.title, review.findings);
            let is_it = |finding: &&Finding| finding.rule.as_str() == "sheet-missing";
            let told: Vec<&Finding> = review.findings.iter().filter(is_it).collect();
            let is_needed = matches!(spec.required, scrutineer::framework::Presence::Required);
            assert_eq!(told.len(), usize::from(is_needed), "{what}");
            assert!(told.iter().all(|one| one.place == Place::Sheet(spec.title.clone())), "{what}");
            let differs = ["total-differs", "outcome-differs", "row-outcome-differs"];
            // The workbook wasn't calculated again here, so that its figures are as they were.
            let is_stale = |one: &Finding| one.message.contains("wasn't calculated again");
            let is_figure = |one: &&Finding| differs.contains(&one.rule.as_str()) && !is_stale(one);
            assert_eq!(review.findings.iter().find(is_figure), None, "{what}");
        }
    }
}

#[test]
fn a_register_without_rows_carries_all_that_rests_on_these() {
    let mut tried = 0;
    for Sound { framework, workbook, review: before } in sound() {
        let sent = scrutineer::review::sent(framework, &workbook);
        for spec in &framework.registers {
            let Some(register) = sent.registers.get(&spec.id).filter(|register| !register.rows.is_empty()) else {
                continue;
            };
            let mut emptied = workbook.clone();
            let entries = register.rows.iter().chain(&register.beside).flat_map(scrutineer::returns::Row::entries);
            for at in entries.filter_map(|entry| entry.at()) {
                put(&mut emptied, &register.sheet, at, Value::Empty);
            }
            let after = reviewed(&emptied);
            let is_new = |one: &&Finding| {
                one.severity == Severity::Error && !before.findings.iter().any(|other| other.place == one.place)
            };
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for finding in after.findings.iter().filter(is_new) {
                *counts.entry(finding.rule.to_string()).or_default() += 1;
            }
            assert!(counts.values().all(|count| *count <= 2), "{} {}: {counts:?}", framework.id, spec.id);
            tried += 1;
        }
    }
    assert!(tried >= 5, "{tried}");
}

#[test]
fn a_total_that_sums_wrong_figures_follows_from_all_of_these() {
    let framework = builtin::load("code-of-practice").unwrap().framework;
    let mut workbook = clean("code-of-practice");
    for cell in workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells) {
        cell.formula = None;
    }
    let sent = scrutineer::review::sent(&framework, &workbook);
    let at = |id: &str| sent.stated.iter().find(|(own, _)| own.as_str() == id).unwrap().1.place.clone();
    let number = |workbook: &Workbook, place: &Place| {
        let cell = workbook.sheet(place.sheet().unwrap()).unwrap().cell(place.cells().unwrap().first).unwrap();
        if let Value::Number(number) = cell.value { number } else { panic!("{place:?} has no number") }
    };
    let change = |workbook: &mut Workbook, place: &Place, by: f64| {
        let value = Value::Number(number(workbook, place) + by);
        put(workbook, place.sheet().unwrap(), place.cells().unwrap().first, value);
    };
    let parts = ["subtotal-U", "subtotal-T", "subtotal-C"].map(at);
    let all = at("total");
    for part in &parts {
        change(&mut workbook, part, -2.0);
    }
    change(&mut workbook, &all, -6.0);
    let review = reviewed(&workbook);
    for part in &parts {
        let cause = review.findings.iter().find(|finding| finding.place == *part);
        let effects: Vec<&Place> = cause.unwrap().effects.iter().map(|one| &one.place).collect();
        assert_eq!(effects, [&all], "{:#?}", review.findings);
    }
}
