//! Entries that can't stand, and sheets that fit alike: each is one finding, which stands first and carries what follows from it.

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Severity};
use scrutineer::framework::{Framework, builtin};
use scrutineer::review::{Review, sent};
use scrutineer::workbook::{Value, Visibility, Workbook};

use crate::support::shipped::{SHIPPED, clean, put, reviewed};

/// Returns where the entries of a column of the planner stand, each with its row's key.
fn entries(framework: &Framework, workbook: &Workbook, column: &str) -> Vec<(String, CellRef, String)> {
    let sent = sent(framework, workbook);
    let activities = sent.registers.iter().find(|(id, _)| id.as_str() == "activities").unwrap().1;
    let rows = activities.rows.iter().filter_map(|row| {
        let at = row.entry(column)?.at()?;
        Some((activities.sheet.clone(), at, row.given("number")?.to_string()))
    });
    rows.collect()
}

/// What has to be put right or looked at, beyond what was found before; sums aren't worked out again here.
fn new<'a>(before: &Review, after: &'a Review) -> Vec<&'a Finding> {
    let is_old = |finding: &&Finding| {
        finding.severity == Severity::Note
            || ["total-differs", "outcome-provisional"].contains(&finding.rule.as_str())
            || before.findings.iter().any(|old| (&old.rule, &old.place) == (&finding.rule, &finding.place))
    };
    after.findings.iter().filter(|finding| !is_old(finding)).collect()
}

/// Holds that one finding of a rule stands first, with all else that is to be put right or looked at.
#[track_caller]
fn is_first(before: &Review, after: &Review, rule: &str, at: CellRef) -> usize {
    let new = new(before, after);
    let what = format!("{at}: {new:#?}");
    let first = new.first().unwrap_or_else(|| panic!("{what}"));
    assert_eq!((first.rule.as_str(), first.cells().map(|cells| cells.first)), (rule, Some(at)), "{what}");
    let errors = new.iter().filter(|finding| finding.severity == Severity::Error).count();
    assert_eq!(errors, usize::from(first.severity == Severity::Error), "{what}");
    let worst = first.effects.iter().map(|effect| effect.severity).max();
    assert!(worst.is_none_or(|worst| worst <= first.severity), "{what}");
    first.effects.len()
}

#[test]
fn an_activity_that_stands_in_for_itself_is_told_there() {
    let framework = builtin::load("employer-involvement").unwrap().framework;
    let workbook = clean("employer-involvement");
    let before = reviewed(&workbook);
    for (sheet, at, key) in entries(&framework, &workbook, "contingency_for") {
        let mut changed = workbook.clone();
        put(&mut changed, &sheet, at, Value::Text(key.into()));
        is_first(&before, &reviewed(&changed), "employer-involvement/own-contingency", at);
    }
}

#[test]
fn a_day_to_come_carries_what_rests_on_it() {
    let framework = builtin::load("employer-involvement").unwrap().framework;
    let workbook = clean("employer-involvement");
    let before = reviewed(&workbook);
    let mut carried = 0;
    for (sheet, at, _) in entries(&framework, &workbook, "actual_on") {
        let Some(Value::Date(serial)) = workbook.sheet(&sheet).unwrap().cell(at).map(|cell| cell.value.clone()) else {
            continue;
        };
        let mut changed = workbook.clone();
        put(&mut changed, &sheet, at, Value::Date(serial + 731.0));
        carried += is_first(&before, &reviewed(&changed), "date-in-future", at);
    }
    assert!(carried >= 20, "{carried}");
}

#[test]
fn a_key_that_stands_twice_carries_what_rests_on_it() {
    let framework = builtin::load("employer-involvement").unwrap().framework;
    let workbook = clean("employer-involvement");
    let before = reviewed(&workbook);
    let keys = entries(&framework, &workbook, "number");
    let mut carried = 0;
    for pair in keys.windows(2) {
        let [(_, _, above), (sheet, at, _)] = pair else { panic!("there are two") };
        let mut changed = workbook.clone();
        put(&mut changed, sheet, *at, Value::Text(above.as_str().into()));
        carried += is_first(&before, &reviewed(&changed), "identifier-repeated", *at);
    }
    assert!(carried >= 10, "{carried}");
}

#[test]
fn sheets_that_fit_alike_carry_the_figures_of_the_one_that_was_passed_over() {
    let framework = SHIPPED.iter().find(|framework| framework.id == "seqf").unwrap();
    let workbook = clean("seqf");
    let said = sent(framework, &workbook);
    let mut tried = 0;
    for entry in said.answers.values().filter(|entry| entry.written.trim() == "2").step_by(9) {
        let place = entry.place.as_ref().unwrap();
        let (sheet, at) = (place.sheet().unwrap(), place.cells().unwrap().first);
        let mut changed = workbook.clone();
        let index = changed.sheets.iter().position(|other| other.name == sheet).unwrap();
        let copy = format!("{sheet} (2)");
        changed.sheets.insert(index + 1, changed.sheets[index].clone());
        changed.sheets[index + 1].name.clone_from(&copy);
        changed.sheets[index].visibility = Visibility::Hidden;
        put(&mut changed, &copy, at, Value::Number(1.0));
        let total = changed.sheets[index + 1].cells.iter_mut().find(|cell| {
            cell.at.column == at.column && cell.formula.as_deref().is_some_and(|formula| formula.contains("SUM"))
        });
        let Some(total) = total else { continue };
        let Value::Number(sum) = total.value else { continue };
        total.value = Value::Number(sum - 1.0);
        let after = reviewed(&changed);
        let what = format!("{place:?}: {:#?}", after.findings);
        let all = &after.findings;
        let figures = all.iter().filter(|one| ["total-differs", "outcome-differs"].contains(&one.rule.as_str()));
        assert_eq!(figures.count(), 0, "{what}");
        let first = &all[0];
        assert_eq!((first.rule.as_str(), first.severity), ("sheet-ambiguous", Severity::Error), "{what}");
        assert!(first.message.contains("this is why") && first.effects.len() >= 3, "{what}");
        tried += 1;
    }
    assert!(tried >= 3, "{tried}");
}

#[test]
fn figures_that_may_rest_on_a_result_that_was_never_stored_are_not_told_as_wrong() {
    for name in ["code-of-practice", "seqf"] {
        let workbook = clean(name);
        let before = reviewed(&workbook);
        let rater = before.counts.clone();
        let answers = before.answers.iter().filter(|answer| Some(&answer.rater) == rater.as_ref());
        let lost = answers.filter(|answer| answer.points.as_ref().is_some_and(|points| !points.is_zero())).take(3);
        for answer in lost {
            let at: CellRef = answer.cell.as_ref().unwrap().parse().unwrap();
            let mut changed = workbook.clone();
            let sheet = changed.sheets.iter_mut().find(|sheet| Some(&*sheet.name) == answer.sheet.as_deref()).unwrap();
            let cell = sheet.cells.iter_mut().find(|cell| cell.at == at).unwrap();
            (cell.value, cell.formula) = (Value::Empty, Some("1+1".into()));
            let after = reviewed(&changed);
            let first = after.findings.first().unwrap();
            assert_eq!(
                (first.rule.as_str(), first.cells().map(|cells| cells.first)),
                ("formula-not-calculated", Some(at))
            );
            let figures = after.findings.iter().filter(|finding| finding.rule == "total-differs");
            assert_eq!(figures.count(), 0, "{name} {at}: {:#?}", after.findings);
        }
    }
}

#[test]
fn figures_over_rows_whose_results_were_never_stored_are_not_told_as_wrong() {
    let mut workbook = clean("employer-partners");
    let sheet = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Register").unwrap();
    for cell in sheet.cells.iter_mut().filter(|cell| cell.at.row > 8 && cell.value != Value::Empty) {
        (cell.value, cell.formula) = (Value::Empty, Some("Other!A1".into()));
    }
    let after = reviewed(&workbook);
    let first = after.findings.first().expect("something is told");
    assert_eq!(first.rule.as_str(), "formula-not-calculated", "{:#?}", after.findings);
    let told = after.findings.iter().any(|finding| finding.rule == "total-differs");
    assert!(!told, "{:#?}", after.findings);
}
