//! An answer typed as text is one finding, which carries every figure that differs for its sake, in each scheme, whether or not the
//! format keeps formulas.

use scrutineer::annotated::{Heading, companion};
use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::{Finding, Severity};
use scrutineer::framework::{Framework, builtin};
use scrutineer::ooxml::Limits;
use scrutineer::review::{Review, Settings, review_workbook};
use scrutineer::workbook::{Cell, Source, Value, Workbook, read};

/// How many answers of each scheme are tried.
const TRIED: usize = 4;

/// Reads a scheme's clean return.
fn clean(name: &str) -> Workbook {
    let path = format!("{}/tests/fixtures/{name}.xlsx", env!("CARGO_MANIFEST_DIR"));
    read(&Source::new(name, std::fs::read(path).unwrap()), &Limits::default()).unwrap()
}

/// Returns a workbook as a format without formulas gives it.
fn without_formulas(mut workbook: Workbook) -> Workbook {
    workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells).for_each(|cell| cell.formula = None);
    workbook
}

/// Puts a value into a cell.
fn put(workbook: &mut Workbook, sheet: &str, at: CellRef, value: Value) {
    let sheet = workbook.sheets.iter_mut().find(|other| other.name == sheet).unwrap();
    match sheet.cells.iter_mut().find(|cell| cell.at == at) {
        Some(cell) => cell.value = value,
        None => sheet.cells.push(Cell::new(at, value, None)),
    }
    sheet.cells.sort_by_key(|cell| cell.at);
}

/// Returns the cells of numeric answers that count, spread over the scheme.
fn answers(workbook: &Workbook, review: &Review) -> Vec<(String, CellRef, f64)> {
    let counted = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
    let placed = counted.filter_map(|answer| {
        let (name, cells): (_, CellRange) = (answer.sheet.clone()?, answer.cell.as_ref()?.parse().unwrap());
        let cell = workbook.sheets.iter().find(|sheet| sheet.name == name)?.cell(cells.first)?;
        match (&cell.value, &cell.formula) {
            (Value::Number(number), None) if *number > 0.0 => Some((name, cells.first, *number)),
            _ => None,
        }
    });
    let all: Vec<_> = placed.collect();
    all.iter().step_by((all.len() / TRIED).max(1)).cloned().collect()
}

/// Whether a finding is of a figure or an outcome that isn't the one worked out.
fn is_figure(finding: &Finding) -> bool {
    ["total-differs", "outcome-differs"].contains(&finding.rule.as_str())
}

/// Returns a workbook in which an answer is text, as it is after the workbook has calculated, and where that changed figures.
fn as_text(settings: &Settings, workbook: &Workbook, answer: &(String, CellRef, f64)) -> (Workbook, Vec<String>) {
    let (sheet, at, number) = answer;
    let mut changed = workbook.clone();
    put(&mut changed, sheet, *at, Value::Empty);
    let blank = review_workbook(settings, "blank", &changed);
    let figures = blank.findings.iter().flat_map(Finding::with_its_effects).filter(|finding| is_figure(finding));
    let mut places = Vec::new();
    for figure in figures {
        let expected = figure.expected.clone().unwrap();
        let value = expected.parse().map_or_else(|_| Value::Text(expected.into()), Value::Number);
        put(&mut changed, figure.sheet().unwrap(), figure.cells().unwrap().first, value);
        places.push(place(figure));
    }
    put(&mut changed, sheet, *at, Value::Text(format!("{number} ").into()));
    places.sort();
    (changed, places)
}

/// Writes where a finding stands.
fn place(finding: &Finding) -> String {
    format!("{}!{}", finding.sheet().unwrap_or_default(), finding.cell().unwrap_or_default())
}

#[test]
fn an_answer_as_text_is_one_finding_with_all_that_follows_from_it() {
    let frameworks: Vec<Framework> = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let mut tried = 0;
    for name in builtin::NAMES {
        for workbook in [clean(name), without_formulas(clean(name))] {
            let review = review_workbook(&settings, name, &workbook);
            for answer in answers(&workbook, &review) {
                let (changed, figures) = as_text(&settings, &workbook, &answer);
                let review = review_workbook(&settings, name, &changed);
                let what = format!("{name}: {answer:?}: {:#?}", review.findings);
                let first = &review.findings[0];
                let mut effects: Vec<String> = first.effects.iter().map(place).collect();
                effects.sort();
                assert_eq!(first.rule, "number-as-text", "{what}");
                assert_eq!((effects, first.severity), (figures, Severity::Error), "{what}");
                assert!(first.message.contains("this is why") && !first.help.contains("formula"), "{what}");
                assert!(!review.findings.iter().any(is_figure), "{what}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 12, "only {tried} answers were tried");
}

#[test]
fn an_answer_of_another_rater_is_told_as_theirs() {
    let frameworks: Vec<Framework> = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let mut tried = 0;
    for framework in &frameworks {
        for filler in &framework.fillers {
            let mut workbook = clean(&framework.id);
            let review = review_workbook(&settings, "return", &workbook);
            let is_theirs = |rater| filler.raters.contains(rater) && Some(rater) != review.counts.as_ref();
            let Some(answer) = review.answers.iter().find(|answer| is_theirs(&answer.rater)) else { continue };
            let (sheet, cells): (_, CellRange) =
                (answer.sheet.clone().unwrap(), answer.cell.clone().unwrap().parse().unwrap());
            put(&mut workbook, &sheet, cells.first, Value::Text("1 ".into()));
            let changed = review_workbook(&settings, "return", &workbook);
            let finding = changed.findings.iter().find(|finding| finding.rule == "number-as-text").unwrap();
            assert_eq!(finding.whose.as_ref(), Some(&filler.who));
            assert!(finding.help.starts_with(&filler.who), "{}", finding.help);
            assert!(changed.for_letter().findings.iter().all(|finding| finding.whose.is_none()));
            tried += 1;
        }
    }
    assert!(tried > 0);
}

#[test]
fn a_workbook_of_findings_says_in_plain_words_why_it_is_one() {
    for name in ["content.xls", "content.xlsb", "content.ods"] {
        let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        let workbook = read(&Source::new(name, std::fs::read(path).unwrap()), &Limits::default()).unwrap();
        let bytes = companion(Some(&workbook), &[], &Heading::default(), "the part can't be read").unwrap();
        let made = read(&Source::new("made.xlsx", bytes), &Limits::default()).unwrap();
        let texts: Vec<String> = made.sheets[0].cells.iter().map(|cell| cell.shown(made.date_system)).collect();
        assert!(texts.iter().any(|text| text.ends_with(".xlsx and .xlsm only.")), "{name}: {texts:?}");
        assert!(!texts.iter().any(|text| text.contains("part")), "{name}: {texts:?}");
    }
}
