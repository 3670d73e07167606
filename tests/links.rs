//! Causes and what follows from them where the workbook was calculated again after something was changed: the changed cell is told first, with
//! the figures that use it, and with no others.

use std::collections::BTreeSet;

use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::{Finding, Findings, Severity};
use scrutineer::layout::{WorkbookText, locate};
use scrutineer::review::Review;
use scrutineer::wording::Wording;
use scrutineer::workbook::calculation::{Calculation, Shapes, Worth};
use scrutineer::workbook::{Cell, Value, Workbook};

use crate::support::shipped::{Sound, clean, put, reviewed, sound};

/// Returns what a value is in a formula.
fn worth(value: &Value) -> Worth {
    match value {
        Value::Number(number) => Worth::Number(scrutineer::exact::Exact::from_float(*number).unwrap()),
        Value::Text(text) => Worth::Text(text.to_string()),
        Value::Empty => Worth::Blank,
        Value::Date(_) | Value::Elapsed(_) | Value::Logical(_) | Value::Error(_) | Value::Picture => {
            panic!("{value:?}")
        }
    }
}

/// Returns what a formula's result is in a cell.
fn value(worth: &Worth) -> Value {
    match worth {
        Worth::Number(number) => Value::Number(number.to_float()),
        Worth::Text(text) => Value::Text(text.as_str().into()),
        Worth::Truth(truth) => Value::Logical(*truth),
        Worth::Error(error) => Value::Error(error.as_str().into()),
        Worth::Blank => Value::Number(0.0),
    }
}

/// Returns a workbook as Excel saves it after somebody typed into some cells, over formulas too.
fn typed(workbook: &Workbook, cells: &[(&str, &str, Value)]) -> Workbook {
    let shapes = Shapes::of(workbook);
    let mut calculation = Calculation::of(workbook, &shapes);
    for (sheet, at, value) in cells {
        calculation = calculation.with(&Wording::of(sheet), at.parse().unwrap(), worth(value));
    }
    let mut changed = workbook.clone();
    for sheet in &workbook.sheets {
        for cell in sheet.cells.iter().filter(|cell| cell.formula.is_some()) {
            if let Some(worth) = calculation.worth(&Wording::of(&sheet.name), cell.at) {
                put(&mut changed, &sheet.name, cell.at, value(&worth));
            }
        }
    }
    for (name, at, value) in cells {
        let at: CellRef = at.parse().unwrap();
        let sheet = changed.sheets.iter_mut().find(|sheet| sheet.name == *name).unwrap();
        sheet.cells.retain(|cell| cell.at != at);
        if *value != Value::Empty {
            sheet.cells.push(Cell::new(at, value.clone(), None));
            sheet.cells.sort_by_key(|cell| cell.at);
        }
    }
    changed
}

/// Writes where a finding stands.
fn place(finding: &Finding) -> String {
    format!("{}!{}", finding.sheet().unwrap_or_default(), finding.cell().unwrap_or_default())
}

/// Whether a finding is of a figure, a weight or an outcome that isn't the one worked out.
fn is_figure(finding: &Finding) -> bool {
    ["total-differs", "outcome-differs", "weight-differs"].contains(&finding.rule.as_str())
}

/// Returns what has to be put right beyond what was found before.
fn fresh<'a>(before: &Review, after: &'a Review) -> Vec<&'a Finding> {
    let is_known = |finding: &&Finding| before.findings.iter().any(|other| other == *finding);
    let is_note = |finding: &&Finding| finding.severity == Severity::Note || finding.rule == "outcome-provisional";
    after.findings.iter().filter(|finding| !is_known(finding) && !is_note(finding)).collect()
}

/// Returns where the effects of a finding stand.
fn effects(finding: &Finding) -> BTreeSet<String> {
    finding.effects.iter().map(place).collect()
}

/// Holds that one finding stands first, at a cell, with these effects elsewhere, and that no figure is told without a cause.
#[track_caller]
fn is_the_cause(review: &Review, before: &Review, (rule, at): (&str, &str), elsewhere: &[&str]) {
    let fresh = fresh(before, review);
    let what = format!("{at}: {fresh:#?}");
    let first = fresh.first().unwrap_or_else(|| panic!("{what}"));
    assert_eq!((first.rule.as_str(), place(first).as_str()), (rule, at), "{what}");
    let mut effects = effects(first);
    effects.remove(at);
    assert_eq!(effects, elsewhere.iter().map(|at| (*at).to_owned()).collect(), "{what}");
    assert!(!fresh[1..].iter().any(|finding| is_figure(finding)), "{what}");
    assert!(!fresh.iter().any(|finding| finding.message.contains("calculated again")), "{what}");
}

#[test]
fn a_constant_of_the_form_that_was_typed_over_stands_first_with_what_uses_it() {
    let mut tried = 0;
    for Sound { framework, workbook, review: before } in sound() {
        let layout = locate(framework, &WorkbookText::new(&workbook), &mut Findings::default());
        for (sheet, at) in layout.stated.values() {
            let sheet = &workbook.sheets[*sheet];
            let Some(Cell { value: Value::Number(number), formula: None, .. }) = sheet.cell(*at) else { continue };
            let changed = typed(&workbook, &[(&sheet.name, &at.to_string(), Value::Number(number + 2.0))]);
            let after = reviewed(&changed);
            let fresh = fresh(&before, &after);
            let what = format!("{}: {}!{at}: {fresh:#?}", framework.id, sheet.name);
            let told: Vec<&&Finding> = fresh.iter().filter(|finding| is_figure(finding)).collect();
            assert!(told.len() <= 1 && fresh.first().is_none_or(|first| is_figure(first)), "{what}");
            assert!(told.iter().all(|one| place(one) == format!("{}!{at}", sheet.name)), "{what}");
            assert!(!told.iter().any(|finding| finding.message.contains("calculated again")), "{what}");
            tried += usize::from(told.iter().any(|finding| !finding.effects.is_empty()));
        }
    }
    assert!(tried >= 15, "only {tried} constants were used by formulas");
}

#[test]
fn a_constant_that_one_figure_uses_is_told_with_that_one() {
    let workbook = clean("code-of-practice");
    let changed = typed(&workbook, &[("Summary", "B4", Value::Number(4.0))]);
    is_the_cause(&reviewed(&changed), &reviewed(&workbook), ("total-differs", "Summary!B4"), &["Summary!H4"]);
}

#[test]
fn a_text_typed_over_a_total_carries_what_it_breaks() {
    let workbook = clean("code-of-practice");
    let mut changed = typed(&workbook, &[("Summary", "G9", Value::Text("41/52".into()))]);
    put(&mut changed, "Summary", "H9".parse().unwrap(), Value::Error("#VALUE!".into()));
    for at in ["D13", "D14"] {
        put(&mut changed, "Summary", at.parse().unwrap(), Value::Text("Exceeding".into()));
    }
    let elsewhere = ["Summary!H9", "Summary!D13", "Summary!D14"];
    is_the_cause(&reviewed(&changed), &reviewed(&workbook), ("formula-overwritten", "Summary!G9"), &elsewhere);
}

#[test]
fn a_total_that_was_typed_and_may_still_come_makes_no_figure_wrong_that_uses_it() {
    let workbook = clean("seqf");
    let section = "1.1 Engaging Jobseekers";
    let total = workbook.sheet(section).unwrap().cell("C14".parse().unwrap()).unwrap().value.clone();
    let changed = typed(&workbook, &[(section, "C5", Value::Text("tbc".into())), (section, "C14", total)]);
    let (before, after) = (reviewed(&workbook), reviewed(&changed));
    let fresh = fresh(&before, &after);
    assert!(!fresh.iter().flat_map(|finding| finding.with_its_effects()).any(is_figure), "{fresh:#?}");
    assert!(fresh.iter().any(|finding| finding.rule == "formula-overwritten"), "{fresh:#?}");
}

#[test]
fn cleared_rows_are_told_with_the_figures_that_count_them() {
    let workbook = clean("investors-in-people");
    let before = reviewed(&workbook);
    let name = "Evidence requirements";
    let cells = workbook.sheet(name).unwrap().cells.iter().filter(|cell| [150, 151].contains(&cell.at.row));
    let cells: Vec<String> = cells.map(|cell| cell.at.to_string()).collect();
    let cleared: Vec<(&str, &str, Value)> = cells.iter().map(|at| (name, at.as_str(), Value::Empty)).collect();
    let after = reviewed(&typed(&workbook, &cleared));
    let fresh = fresh(&before, &after);
    let figures: Vec<&&Finding> = fresh.iter().filter(|finding| is_figure(finding)).collect();
    assert!(figures.is_empty(), "{fresh:#?}");
    let missing: Vec<&&Finding> = fresh.iter().filter(|finding| finding.rule == "criterion-missing").collect();
    assert_eq!(missing.len(), 2, "{fresh:#?}");
    assert!(missing.iter().any(|finding| effects(finding).contains("Summary!H15")), "{fresh:#?}");
}

#[test]
fn other_words_beside_a_criterion_are_told_with_the_figures_that_look_for_the_forms() {
    let workbook = clean("investors-in-people");
    let before = reviewed(&workbook);
    let words = Value::Text("7 Involvement & Empowerment".into());
    let after = reviewed(&typed(&workbook, &[("Evidence requirements", "B150", words)]));
    let fresh = fresh(&before, &after);
    assert_eq!(fresh.len(), 1, "{fresh:#?}");
    assert_eq!((fresh[0].rule.as_str(), fresh[0].severity), ("criterion-reworded", Severity::Error), "{fresh:#?}");
    assert!(effects(fresh[0]).contains("Summary!H11"), "{fresh:#?}");
}

#[test]
fn a_missing_sheet_is_told_with_the_figures_of_its_own_answers_alone() {
    let mut workbook = clean("seqf");
    let before = reviewed(&workbook);
    let gone = ["1.4 Job Matching", "Action plan", "Client data"];
    workbook.sheets.retain(|sheet| !gone.contains(&sheet.name.as_str()));
    for at in ["D7", "F7", "D11", "F11", "D15", "D17"] {
        put(&mut workbook, "Scoring", at.parse().unwrap(), Value::Error("#REF!".into()));
    }
    let after = reviewed(&workbook);
    let fresh = fresh(&before, &after);
    for sheet in gone {
        let told = fresh.iter().find(|finding| finding.expected.as_deref() == Some(sheet)).unwrap();
        assert_eq!(!told.effects.is_empty(), sheet == gone[0], "{sheet}: {fresh:#?}");
    }
}

#[test]
fn a_word_that_a_formula_counts_all_the_same_is_no_cause() {
    let workbook = clean("employer-involvement");
    let before = reviewed(&workbook);
    let planner = workbook.sheet("Planner").unwrap();
    let is = |row: u32, column: u32, text: &str| {
        planner.cell(CellRef::new(row, column)).and_then(Cell::text).is_some_and(|said| said == text)
    };
    let free = |row: &u32| planner.cell(CellRef::new(*row, 11)).is_none_or(|cell| cell.value.is_blank());
    let of = |word: &str| (8..20).filter(free).find(|row| is(*row, 2, word));
    let guest = (8..20).filter(free).find(|row| !is(*row, 2, "Other (does not count)")).unwrap();
    let other = of("Other (does not count)").or_else(|| (guest + 1..20).find(free)).unwrap();
    let workbook = typed(&workbook, &[("Planner", &format!("B{other}"), Value::Text("Other (does not count)".into()))]);
    let (guest, other) = (format!("B{guest}"), format!("B{other}"));
    let word = planner.cell(guest.parse().unwrap()).and_then(Cell::text).unwrap().split(' ').next().unwrap().to_owned();
    assert!(!word.is_empty());
    let words = [
        ("Planner", guest.as_str(), Value::Text("Guest lecture".into())),
        ("Planner", other.as_str(), Value::Text("Other".into())),
    ];
    let after = reviewed(&typed(&workbook, &words));
    let told: Vec<&Finding> =
        fresh(&before, &after).into_iter().filter(|finding| finding.rule == "choice-unknown").collect();
    assert_eq!(
        told.iter().map(|finding| place(finding)).collect::<Vec<_>>(),
        [format!("Planner!{other}")],
        "{told:#?}"
    );
}

/// Returns a workbook in which the rows of a table are in the order of a column, texts and scores together.
fn sorted(workbook: &Workbook, name: &str, rows: (u32, u32), column: u32) -> Workbook {
    let sheet = workbook.sheet(name).unwrap();
    let mut order: Vec<u32> = (rows.0..=rows.1).collect();
    let key = |row: &u32| sheet.cell(CellRef::new(*row, column)).map(|cell| cell.shown(workbook.date_system));
    order.sort_by_key(key);
    let mut changed = workbook.clone();
    let moved = changed.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap();
    moved.merges.retain(|merge| merge.last.row < rows.0 || merge.first.row > rows.1);
    for cell in moved.cells.iter_mut().filter(|cell| (rows.0..=rows.1).contains(&cell.at.row)) {
        let to = order.iter().position(|row| *row == cell.at.row).unwrap();
        cell.at.row = rows.0 + u32::try_from(to).unwrap();
    }
    moved.cells.sort_by_key(|cell| cell.at);
    typed(&changed, &[])
}

#[test]
fn sorted_rows_are_one_finding_with_the_figures_that_take_in_other_rows() {
    let mut workbook = clean("code-of-practice");
    for (row, score) in (4..=16).zip([3.0, 4.0, 2.0].into_iter().cycle()) {
        put(&mut workbook, "Assessment", CellRef::new(row, 7), Value::Number(score));
    }
    // Values are handed down in merged cells.
    let workbook = typed(&workbook, &[]);
    let before = reviewed(&workbook);
    let after = reviewed(&sorted(&workbook, "Assessment", (4, 16), 7));
    let fresh = fresh(&before, &after);
    let changed: Vec<&&Finding> = fresh.iter().filter(|finding| finding.rule == "formula-changed").collect();
    assert_eq!(changed.len(), 1, "{fresh:#?}");
    assert!(changed[0].message.contains("another order"), "{fresh:#?}");
    assert!(changed[0].help.contains("Sort the rows"), "{fresh:#?}");
    // The mean wasn't worked out again after the scores were put in here.
    let is_stale = |finding: &Finding| finding.message.contains("wasn't calculated again");
    assert!(!fresh.iter().any(|finding| is_figure(finding) && !is_stale(finding)), "{fresh:#?}");
    assert!(effects(changed[0]).contains("Summary!G4"), "{fresh:#?}");
    assert!(!effects(changed[0]).contains("Assessment!G17"), "{fresh:#?}");
    assert_eq!(after.outcome, before.outcome);
}

#[test]
fn sorted_rows_of_which_each_formula_takes_in_all_are_no_finding() {
    let workbook = clean("seqf");
    let before = reviewed(&workbook);
    let after = reviewed(&sorted(&workbook, "1.1 Engaging Jobseekers", (4, 13), 3));
    let fresh = fresh(&before, &after);
    assert!(!fresh.iter().any(|finding| finding.rule == "formula-changed" || is_figure(finding)), "{fresh:#?}");
}

#[test]
fn a_constant_over_a_formula_that_is_filled_down_is_told_whatever_it_says() {
    let workbook = clean("seqf");
    let before = reviewed(&workbook);
    let sheet = workbook.sheet("Client data").unwrap();
    let column = "T5".parse::<CellRef>().unwrap().column;
    let given = sheet.cells.iter().filter(|cell| cell.at.column == column && cell.formula.is_some());
    let given = given.filter(|cell| matches!(cell.value, Value::Date(_) | Value::Number(_)));
    let rows: Vec<&Cell> = given.take(2).collect();
    let [one, other] = rows[..] else { panic!("{rows:?}") };
    for (at, value) in [(one.at, one.value.clone()), (other.at, Value::Date(45_658.0))] {
        let mut changed = workbook.clone();
        let sheet = changed.sheets.iter_mut().find(|sheet| sheet.name == "Client data").unwrap();
        let cell = sheet.cells.iter_mut().find(|cell| cell.at == at).unwrap();
        (cell.formula, cell.value) = (None, value);
        let after = reviewed(&changed);
        let fresh = fresh(&before, &after);
        let what = format!("{at}: {fresh:#?}");
        assert_eq!(fresh.len(), 1, "{what}");
        assert_eq!((fresh[0].rule.as_str(), fresh[0].cells()), ("formula-overwritten", Some(at.into())), "{what}");
        assert!(fresh[0].message.contains(&format!("EDATE(N{},6)", at.row)), "{what}");
        let expected = if at == one.at { Severity::Warning } else { Severity::Error };
        assert_eq!(fresh[0].severity, expected, "{what}");
    }
}

#[test]
fn constants_over_formulas_one_below_the_other_are_one_finding() {
    let workbook = clean("seqf");
    let before = reviewed(&workbook);
    let mut changed = workbook.clone();
    let sheet = changed.sheets.iter_mut().find(|sheet| sheet.name == "Client data").unwrap();
    for cell in sheet.cells.iter_mut().filter(|cell| cell.at.column == 20 && (5..=9).contains(&cell.at.row)) {
        (cell.formula, cell.value) = (None, Value::Date(45_658.0));
    }
    let after = reviewed(&changed);
    let fresh = fresh(&before, &after);
    assert_eq!(fresh.len(), 1, "{fresh:#?}");
    let cells: CellRange = "T5:T9".parse().unwrap();
    assert_eq!((fresh[0].rule.as_str(), fresh[0].cells()), ("formula-overwritten", Some(cells)), "{fresh:#?}");
}

#[test]
fn a_measured_value_is_told_with_the_rows_whose_days_cannot_be() {
    let workbook = clean("seqf");
    let before = reviewed(&workbook);
    let job_start = "N5".parse::<CellRef>().unwrap().column;
    let days = workbook.sheet("Client data").unwrap().cells.iter();
    let days: Vec<CellRef> = days
        .filter(|cell| cell.at.column == job_start && matches!(cell.value, Value::Date(_)))
        .map(|cell| cell.at)
        .take(3)
        .collect();
    let mut changed = workbook.clone();
    for at in days {
        put(&mut changed, "Client data", at, Value::Date(45_901.0));
    }
    let after = reviewed(&changed);
    let fresh = fresh(&before, &after);
    let of_measures = |finding: &&Finding| finding.rule == "measure-differs-from-register";
    assert!(!fresh.iter().any(of_measures), "{fresh:#?}");
    let carried = fresh.iter().flat_map(|finding| &finding.effects).filter(of_measures).count();
    assert!(carried > 0, "{fresh:#?}");
}
