//! An answer typed as text is one finding, which carries every figure that differs for its sake, in each scheme, whether or not the
//! format keeps formulas.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prop_assert;
use proptest::test_runner::{Config, TestRunner};
use scrutineer::annotated::{Heading, companion};
use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::{Finding, Severity};
use scrutineer::framework::{Filler, Framework, RegisterSpec, builtin};
use scrutineer::ooxml::Limits;
use scrutineer::returns::Private;
use scrutineer::review::{Review, Settings, review_workbook};
use scrutineer::workbook::{Format, Sheet, Source, Span, Uses, Value, Visibility, Workbook, read};

use crate::support::shipped::{SHIPPED, Sound, clean, put, reviewed, sound};

/// How many answers of each scheme are tried.
const TRIED: usize = 4;

/// The formats, each with whether its formulas are read.
const FORMATS: [(Format, bool); 8] = [
    (Format::Xlsx, true),
    (Format::Xlsx, false),
    (Format::Xlsm, true),
    (Format::Xlsb, true),
    (Format::Xlsb, false),
    (Format::Xls, false),
    (Format::Ods, true),
    (Format::Ods, false),
];

/// Returns a workbook as a format gives it.
fn as_format(mut workbook: Workbook, (format, has_formulas): (Format, bool)) -> Workbook {
    workbook.format = format;
    for cell in workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells) {
        cell.formula = cell.formula.take().filter(|_| has_formulas);
    }
    workbook
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
fn as_text(workbook: &Workbook, answer: &(String, CellRef, f64)) -> (Workbook, Vec<String>) {
    let (sheet, at, number) = answer;
    let mut changed = workbook.clone();
    put(&mut changed, sheet, *at, Value::Empty);
    let blank = reviewed(&changed);
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
    let mut tried = 0;
    for name in builtin::NAMES {
        for (at, format) in FORMATS.into_iter().enumerate() {
            let workbook = as_format(clean(name), format);
            let review = reviewed(&workbook);
            for answer in answers(&workbook, &review).into_iter().take(if at < 2 { TRIED } else { 1 }) {
                let (changed, figures) = as_text(&workbook, &answer);
                let review = reviewed(&changed);
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
    assert!(tried >= 24, "only {tried} answers were tried");
}

#[test]
fn what_rests_on_a_blank_of_an_activity_is_told_with_it() {
    let framework = builtin::load("employer-involvement").unwrap().framework;
    let workbook = clean("employer-involvement");
    let before = reviewed(&workbook);
    let sent = scrutineer::review::sent(&framework, &workbook);
    let activities = sent.registers.iter().find(|(id, _)| id.as_str() == "activities").unwrap().1;
    let entries = activities.rows.iter().flat_map(|row| ["number", "type", "live"].map(|id| row.entry(id).unwrap()));
    let mut tried = 0;
    for place in entries.filter(|entry| entry.given().is_some()).map(|entry| entry.place()) {
        let mut changed = workbook.clone();
        put(&mut changed, place.sheet().unwrap(), place.cells().unwrap().first, Value::Empty);
        let after = reviewed(&changed);
        // A sum is as it was before the blank, as the workbook wasn't calculated again.
        let is_new = |finding: &&Finding| {
            finding.rule.as_str() != "total-differs"
                && !before.findings.iter().any(|old| (&old.rule, &old.place) == (&finding.rule, &finding.place))
        };
        let new: Vec<&Finding> = after.findings.iter().filter(is_new).collect();
        let what = format!("{place:?}: {new:#?}");
        // What isn't delivered yet needn't say whether it was live.
        let Some(cause) = new.iter().find(|finding| finding.rule.as_str() == "field-blank") else {
            assert!(new.is_empty(), "{what}");
            continue;
        };
        assert_eq!(cause.place, place, "{what}");
        // That the outcome is open is said of the whole return.
        let is_open = |other: &Finding| other.rule.as_str() == "outcome-provisional";
        let is_of_it = |other: &&Finding| other.place == place || other.severity == Severity::Note || is_open(other);
        assert!(new.iter().all(is_of_it), "{what}");
        tried += usize::from(!cause.effects.is_empty());
    }
    assert!(tried >= 3, "{tried}");
}

/// Where a scheme's figures stand that its answers move.
fn figures(workbook: &Workbook, answers: &[(String, CellRef, f64)]) -> BTreeMap<Spot, Stated> {
    let mut figures = BTreeMap::new();
    for (sheet, at, _) in answers {
        let mut changed = workbook.clone();
        put(&mut changed, sheet, *at, Value::Empty);
        figures.extend(told(&reviewed(&changed)));
    }
    figures
}

/// A sheet and a cell.
type Spot = (String, CellRef);
/// What is expected at a figure.
type Stated = Option<String>;

/// Returns the figures that are told, as findings or as what follows from some, with what is expected there.
fn told(review: &Review) -> BTreeMap<Spot, Stated> {
    // What is no outcome at all is told as such.
    let is_told = |finding: &&Finding| is_figure(finding) || finding.rule == "choice-unknown";
    let all = review.findings.iter().flat_map(Finding::with_its_effects).filter(is_told);
    let spot = |finding: &Finding| (finding.sheet().unwrap().to_owned(), finding.cells().unwrap().first);
    all.map(|finding| (spot(finding), finding.expected.clone())).collect()
}

/// Spoils an answer in one of several ways.
fn spoil(workbook: &mut Workbook, (sheet, at, number): &(String, CellRef, f64), way: u8) {
    match way {
        0 => put(workbook, sheet, *at, Value::Text(format!("{number} ").into())),
        1 => put(workbook, sheet, *at, Value::Empty),
        2 => put(workbook, sheet, *at, Value::Error("#N/A".into())),
        3 => put(workbook, sheet, *at, Value::Number(123_456.0)),
        4 => put(workbook, sheet, *at, Value::Date(45_658.0)),
        _ => {
            let sheet = workbook.sheets.iter_mut().find(|other| other.name == *sheet).unwrap();
            sheet.hidden_rows.push(Span { first: at.row, last: at.row });
        }
    }
}

/// Returns what stands at a figure: what is expected, another number, or what is far off.
fn stated(expected: &str, way: u8) -> Value {
    let number: Option<f64> = expected.parse().ok();
    match (number, way) {
        (Some(number), 0) => Value::Number(number),
        (Some(_), 1) => Value::Number(98.4375),
        (Some(_), _) => Value::Number(987_654.0),
        (None, 0) => Value::Text(expected.into()),
        (None, _) => Value::Text("Something else".into()),
    }
}

#[test]
fn folding_loses_no_figure_that_differs() {
    for name in builtin::NAMES {
        for format in [(Format::Xlsx, true), (Format::Xls, false)] {
            let workbook = as_format(clean(name), format);
            let answers = answers(&workbook, &reviewed(&workbook));
            let figures = figures(&workbook, &answers);
            if figures.is_empty() {
                continue;
            }
            let plan = (vec((0..answers.len(), 0_u8..6), 0..4), vec(0_u8..3, figures.len()));
            let mut runner = TestRunner::new(Config { cases: 4, failure_persistence: None, ..Config::default() });
            let outcome = runner.run(&plan, |(spoiled, ways)| {
                let mut planted = workbook.clone();
                for (answer, way) in &spoiled {
                    spoil(&mut planted, &answers[*answer], *way);
                }
                let mut absurd = planted.clone();
                for ((sheet, at), expected) in &figures {
                    put(&mut absurd, sheet, *at, stated(expected.as_deref().unwrap(), 2));
                }
                let computed = told(&reviewed(&absurd));
                prop_assert!(!spoiled.is_empty() || computed.len() == figures.len(), "{computed:#?}");
                let mut differing = BTreeSet::new();
                for ((spot, expected), way) in computed.iter().zip(&ways) {
                    let expected = expected.as_deref().unwrap();
                    if expected.contains(" or ") || expected.contains(" to ") {
                        continue;
                    }
                    put(&mut planted, &spot.0, spot.1, stated(expected, *way));
                    differing.extend((*way > 0).then(|| spot.clone()));
                }
                let review = reviewed(&planted);
                let told: BTreeSet<Spot> = told(&review).into_keys().collect();
                let lost: Vec<&Spot> = differing.difference(&told).collect();
                prop_assert!(lost.is_empty(), "{lost:?}: {:#?}", review.findings);
                Ok(())
            });
            assert!(outcome.is_ok(), "{name} {format:?}: {outcome:?}");
        }
    }
}

#[test]
fn a_hidden_answer_that_the_figures_pass_over_is_one_finding_with_them() {
    let mut tried = 0;
    for name in builtin::NAMES {
        for format in FORMATS.into_iter().filter(|(_, has_formulas)| !has_formulas) {
            let workbook = as_format(clean(name), format);
            let review = reviewed(&workbook);
            for (sheet, at, number) in answers(&workbook, &review).into_iter().take(2) {
                let (mut changed, figures) = as_text(&workbook, &(sheet.clone(), at, number));
                put(&mut changed, &sheet, at, Value::Number(number));
                let hidden = changed.sheets.iter_mut().find(|other| other.name == sheet).unwrap();
                hidden.hidden_rows = vec![Span { first: at.row, last: at.row }];
                let review = reviewed(&changed);
                let what = format!("{name}: {sheet}!{at}: {:#?}", review.findings);
                let told = review.findings.iter().filter(|finding| finding.rule == "answer-hidden");
                let effects: BTreeSet<String> = told.flat_map(|finding| &finding.effects).map(place).collect();
                assert_eq!(effects, figures.into_iter().collect(), "{what}");
                assert!(!review.findings.iter().any(is_figure), "{what}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 15, "only {tried} answers were tried");
}

#[test]
fn an_answer_of_another_rater_is_told_as_theirs() {
    let mut tried = 0;
    for framework in SHIPPED.iter() {
        for filler in &framework.fillers {
            let mut workbook = clean(&framework.id);
            let review = reviewed(&workbook);
            let is_theirs = |rater| filler.raters.contains(rater) && Some(rater) != review.counts.as_ref();
            let Some(answer) = review.answers.iter().find(|answer| is_theirs(&answer.rater)) else { continue };
            let (sheet, cells): (_, CellRange) =
                (answer.sheet.clone().unwrap(), answer.cell.clone().unwrap().parse().unwrap());
            put(&mut workbook, &sheet, cells.first, Value::Text("1 ".into()));
            let changed = reviewed(&workbook);
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
fn whose_a_column_or_a_sheet_is_goes_by_who_sends_the_return() {
    let mut frameworks: Vec<Framework> = builtin::all();
    let register = |framework: &Framework| {
        let spec = framework.registers.first()?;
        Some((spec.sheet.clone(), format!("{}.{}", spec.id, spec.columns.last()?.id)))
    };
    for framework in &mut frameworks {
        let Some((sheet, column)) = register(framework) else { continue };
        let filler = |who: &str| Filler { who: who.to_owned(), ..Filler::default() };
        let nobody = filler("Somebody");
        let of_column = Filler { columns: vec![column], ..filler("Of the column") };
        let own =
            Filler { sheets: vec![sheet.clone()], raters: vec![framework.raters[0].id.clone()], ..filler("Sender") };
        framework.fillers = vec![nobody, own, of_column, Filler { sheets: vec![sheet], ..filler("Of the sheet") }];
    }
    let settings = Settings::new(&frameworks, Limits::default());
    for framework in &frameworks {
        let mut workbook = clean(&framework.id);
        let review = review_workbook(&settings, "return", &workbook);
        assert_eq!(review.counts.as_ref(), Some(&framework.raters[0].id), "{}", framework.id);
        let spec = &framework.registers[0];
        let title = &framework.sheet(spec.sheet.as_str()).unwrap().title;
        let sheet = workbook.sheets.iter().find(|sheet| sheet.name == *title).unwrap();
        let heading = |text: &str| sheet.cells.iter().find(|cell| cell.text() == Some(text)).map(|cell| cell.at);
        let (Some(last), Some(first)) =
            (heading(&spec.columns.last().unwrap().heading), heading(&spec.columns[0].heading))
        else {
            continue;
        };
        for at in [last, first] {
            let at = CellRef::new(at.row + 2, at.column);
            put(&mut workbook, &title.clone(), at, Value::Error("#REF!".into()));
        }
        let review = review_workbook(&settings, "return", &workbook);
        let whose = |column: u32| {
            let here = |finding: &&Finding| {
                finding.sheet() == Some(title) && finding.cells().is_some_and(|cells| cells.first.column == column)
            };
            review.findings.iter().filter(here).map(|finding| finding.whose.clone()).collect::<BTreeSet<_>>()
        };
        let only = |who: &str| BTreeSet::from([Some(who.to_owned())]);
        assert!(
            [BTreeSet::new(), only("Of the column")].contains(&whose(last.column)),
            "{}: {:?}",
            framework.id,
            whose(last.column)
        );
        assert!([BTreeSet::new(), only("Of the sheet")].contains(&whose(first.column)), "{}", framework.id);
        assert!(review.findings.iter().any(|finding| finding.whose.is_some()), "{}", framework.id);
    }
}

#[test]
fn figures_that_were_not_worked_out_again_are_one_finding() {
    let mut tried = 0;
    for Sound { framework, workbook, review } in sound() {
        for (sheet, at, number) in answers(&workbook, &review) {
            let mut changed = workbook.clone();
            put(&mut changed, &sheet, at, Value::Number(number - 1.0));
            let review = reviewed(&changed);
            let figures: Vec<&Finding> = review.findings.iter().filter(|finding| is_figure(finding)).collect();
            if review
                .findings
                .iter()
                .any(|finding| finding.cells() == Some(at.into()) && finding.rule == "answer-off-scale")
            {
                continue;
            }
            let what = format!("{}: {sheet}!{at}: {figures:#?}", framework.id);
            assert_eq!(figures.len(), 1, "{what}");
            assert!(figures[0].message.contains("wasn't calculated again"), "{what}");
            assert!(figures[0].help.contains("F9"), "{what}");
            tried += 1;
        }
    }
    assert!(tried >= 6, "only {tried} answers were tried");
}

#[test]
fn a_workbook_of_findings_says_in_plain_words_why_it_is_one() {
    for name in ["content.xls", "content.xlsb", "content.ods"] {
        let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        let workbook = read(&Source::new(name, std::fs::read(path).unwrap()), &Limits::default()).unwrap();
        let bytes =
            companion(Some((&workbook, &Private::default())), &[], &Heading::default(), "the part can't be read")
                .unwrap();
        let made = read(&Source::new("made.xlsx", bytes), &Limits::default()).unwrap();
        let texts: Vec<String> = made.sheets[0].cells.iter().map(|cell| cell.shown(made.date_system)).collect();
        assert!(texts.iter().any(|text| text.ends_with(".xlsx and .xlsm only.")), "{name}: {texts:?}");
        assert!(!texts.iter().any(|text| text.contains("part")), "{name}: {texts:?}");
    }
}

/// What is found in a workbook beyond what is found in the one that it was made from, but for notes and what the outcome rests on.
fn fresh<'a>(before: &Review, after: &'a Review) -> Vec<&'a Finding> {
    let is_known = |finding: &&Finding| before.findings.iter().any(|other| other == *finding);
    let is_note = |finding: &&Finding| finding.severity == Severity::Note || finding.rule == "outcome-provisional";
    after.findings.iter().filter(|finding| !is_known(finding) && !is_note(finding)).collect()
}

/// Returns the sheet of a workbook that has a name.
fn sheet<'a>(workbook: &'a mut Workbook, name: &str) -> &'a mut Sheet {
    workbook.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap()
}

/// Returns the places of answers that have another right below them.
fn pairs(review: &Review) -> Vec<(String, CellRange)> {
    let places = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
    let places: BTreeSet<(String, CellRef)> = places
        .filter_map(|answer| Some((answer.sheet.clone()?, answer.cell.as_ref()?.parse::<CellRange>().unwrap().first)))
        .collect();
    let below = |at: CellRef| CellRef::new(at.row + 1, at.column);
    let has_below = |(sheet, at): &&(String, CellRef)| places.contains(&(sheet.clone(), below(*at)));
    places.iter().filter(has_below).map(|(sheet, at)| (sheet.clone(), CellRange::new(*at, below(*at)))).collect()
}

#[test]
fn merged_answers_are_one_finding_at_the_merge() {
    let mut tried = 0;
    for Sound { workbook, review: before, .. } in sound() {
        let pairs = pairs(&before);
        for (number, (name, cells)) in pairs.iter().step_by((pairs.len() / 12).max(1)).enumerate() {
            let mut merged = workbook.clone();
            let sheet = sheet(&mut merged, name);
            sheet.merges.push(*cells);
            sheet.merges.sort();
            if number % 2 == 0 {
                sheet.put_covered_aside();
            } else {
                sheet.cells.retain(|cell| cell.at != cells.last);
            }
            let after = reviewed(&merged);
            let fresh = fresh(&before, &after);
            let what = format!("{name}!{cells}: {fresh:#?}");
            let errors: Vec<&&Finding> = fresh.iter().filter(|finding| finding.severity == Severity::Error).collect();
            assert_eq!(errors.len(), 1, "{what}");
            assert_eq!((errors[0].rule.as_str(), errors[0].cells()), ("answer-merged", Some(*cells)), "{what}");
            assert!(after.findings[0] == **errors[0], "{what}");
            let hides =
                fresh.iter().filter(|finding| ["answer-hidden", "answer-blank"].contains(&finding.rule.as_str()));
            assert_eq!(hides.count(), 0, "{what}");
            tried += 1;
        }
    }
    assert!(tried >= 30, "only {tried} merges were tried");
}

#[test]
fn what_is_hidden_at_once_is_told_once() {
    let mut tried = 0;
    for Sound { workbook, review: before, .. } in sound() {
        for index in 0..workbook.sheets.len() {
            let sheet = workbook.sheets[index].clone();
            let of_sheet = pairs(&before).into_iter().filter(|(name, _)| *name == sheet.name).map(|(_, cells)| cells);
            let of_sheet: Vec<CellRange> = of_sheet.collect();
            let mut ways = vec![Sheet { visibility: Visibility::Hidden, ..sheet.clone() }];
            if let (Some(first), Some(last)) = (of_sheet.first(), of_sheet.last()) {
                let rows = Span { first: first.first.row, last: last.last.row };
                let column = Span { first: first.first.column, last: first.first.column };
                ways.push(Sheet { hidden_rows: vec![rows], ..sheet.clone() });
                ways.push(Sheet { hidden_columns: vec![column], ..sheet.clone() });
            }
            for (number, way) in ways.into_iter().enumerate() {
                let mut hidden = workbook.clone();
                hidden.sheets[index] = way;
                let after = reviewed(&hidden);
                let fresh = fresh(&before, &after);
                let what = format!("{}, {number}: {fresh:#?}", sheet.name);
                assert!(fresh.len() <= 1 && (number == 0 || fresh.len() == 1), "{what}");
                assert!(fresh.iter().all(|finding| finding.rule == "answer-hidden"), "{what}");
                tried += fresh.len();
            }
        }
    }
    assert!(tried >= 30, "only {tried} were told");
}

#[test]
fn a_sheet_whose_values_were_pasted_is_one_finding() {
    let mut tried = 0;
    for Sound { workbook, review: before, .. } in sound() {
        for index in 0..workbook.sheets.len() {
            let mut pasted = workbook.clone();
            for cell in &mut pasted.sheets[index].cells {
                cell.formula = None;
            }
            let after = reviewed(&pasted);
            let fresh = fresh(&before, &after);
            assert!(fresh.len() <= 1, "{}: {fresh:#?}", workbook.sheets[index].name);
            assert!(fresh.iter().all(|finding| finding.rule == "formula-overwritten"), "{fresh:#?}");
            tried += fresh.len();
        }
    }
    assert!(tried >= 10, "only {tried} were told");
}

/// Returns cells in which words stand that the workbook's own formulas count.
fn words_counted(workbook: &Workbook) -> Vec<(String, CellRef, String)> {
    let formulas = workbook.sheets.iter().flat_map(|sheet| &sheet.cells).filter_map(|cell| cell.formula.as_deref());
    let looked_for: BTreeSet<String> = formulas.flat_map(|formula| Uses::of(formula).constants).collect();
    let mut words = Vec::new();
    for sheet in &workbook.sheets {
        for cell in sheet.cells.iter().filter(|cell| cell.formula.is_none()) {
            if let Some(text) = cell.text().filter(|text| looked_for.contains(&format!("\"{text}\""))) {
                words.push((sheet.name.clone(), cell.at, text.to_owned()));
            }
        }
    }
    words
}

/// Puts the figures that were typed back as they were, and returns the others.
fn without_typed(workbook: &Workbook, changed: &mut Workbook, figures: Vec<String>) -> Vec<String> {
    let mut worked_out = Vec::new();
    for figure in figures {
        let (name, cells) = figure.rsplit_once('!').unwrap();
        let at = cells.parse::<CellRange>().unwrap().first;
        let cell = workbook.sheet(name).unwrap().cell(at).unwrap();
        if cell.formula.is_some() {
            worked_out.push(figure);
        } else {
            put(changed, name, at, cell.value.clone());
        }
    }
    worked_out
}

#[test]
fn a_word_that_formulas_pass_over_is_told_at_its_cell_with_what_follows() {
    let mut tried = 0;
    for Sound { workbook, review: before, .. } in sound() {
        let words = words_counted(&workbook);
        for (sheet, at, text) in words.iter().step_by((words.len() / 8).max(1)) {
            let (mut changed, figures) = as_text(&workbook, &(sheet.clone(), *at, 0.0));
            let figures = without_typed(&workbook, &mut changed, figures);
            put(&mut changed, sheet, *at, Value::Text(format!("{text} ").into()));
            let after = reviewed(&changed);
            let fresh = fresh(&before, &after);
            let what = format!("{sheet}!{at}: {fresh:#?}");
            assert!(fresh.len() <= 1, "{what}");
            if figures.is_empty() {
                continue;
            }
            assert_eq!((fresh[0].rule.as_str(), fresh[0].cells()), ("choice-unknown", Some((*at).into())), "{what}");
            let mut effects: Vec<String> = fresh[0].effects.iter().map(place).collect();
            effects.sort();
            assert_eq!(effects, figures, "{what}");
            tried += 1;
        }
    }
    assert!(tried >= 8, "only {tried} words were tried");
}

/// Returns the sound returns whose scheme has a register with a column for each row of another: the marking and the marked one.
fn marking() -> impl Iterator<Item = (Sound, &'static RegisterSpec, &'static RegisterSpec)> {
    sound().filter_map(|sound| {
        let framework = sound.framework;
        let marks = |spec: &&RegisterSpec| spec.columns.iter().any(|column| column.each.is_some());
        let marking = framework.registers.iter().find(marks)?;
        let marked = marking.columns.iter().find_map(|column| column.each.as_ref())?;
        Some((sound, marking, framework.register(marked.as_str())?))
    })
}

/// Returns where the keys of a register stand, with each.
fn keys(sound: &Sound, spec: &RegisterSpec) -> Vec<(String, CellRef, String)> {
    let title = &sound.framework.sheet(spec.sheet.as_str()).unwrap().title;
    let heading = &spec.column(spec.key.as_ref().unwrap()).unwrap().heading;
    let sheet = sound.workbook.sheet(title).unwrap();
    let heading = sheet.cells.iter().find(|cell| cell.text() == Some(heading)).unwrap().at;
    let below = sheet.cells.iter().filter(|cell| cell.at.column == heading.column && cell.at.row > heading.row);
    below.filter_map(|cell| Some((title.clone(), cell.at, cell.text()?.to_owned()))).collect()
}

#[test]
fn a_row_that_was_given_another_key_is_one_finding_with_all_that_cites_it() {
    let mut tried = 0;
    for (sound, _, marked) in marking() {
        for (sheet, at, key) in keys(&sound, marked) {
            let mut changed = sound.workbook.clone();
            put(&mut changed, &sheet, at, Value::Text("X1".into()));
            let after = reviewed(&changed);
            let fresh = fresh(&sound.review, &after);
            let errors: Vec<&&Finding> = fresh.iter().filter(|finding| finding.severity == Severity::Error).collect();
            let what = format!("{key}: {fresh:#?}");
            assert!(errors.len() <= 1, "{what}");
            assert!(
                errors.iter().all(|error| error.rule == "choice-unknown" && error.message.contains(&key)),
                "{what}"
            );
            tried += errors.len();
        }
    }
    assert!(tried >= 4, "only {tried} keys were cited");
}

#[test]
fn marks_merged_over_several_columns_are_one_finding_with_what_follows() {
    let mut tried = 0;
    for (sound, marking, marked) in marking() {
        let title = &sound.framework.sheet(marking.sheet.as_str()).unwrap().title;
        let known: Vec<String> = keys(&sound, marked).into_iter().map(|(.., key)| key).collect();
        let rows: Vec<u32> = keys(&sound, marking).into_iter().map(|(_, at, _)| at.row).collect();
        let cells = &sound.workbook.sheet(title).unwrap().cells;
        let heads = cells.iter().filter(|cell| cell.text().is_some_and(|text| known.iter().any(|key| key == text)));
        let columns: Vec<u32> = heads.map(|cell| cell.at.column).collect();
        for pair in columns.windows(2) {
            for row in &rows {
                let cells = CellRange::new(CellRef::new(*row, pair[0]), CellRef::new(*row, pair[1]));
                let mut merged = sound.workbook.clone();
                put(&mut merged, title, cells.first, Value::Text("Y".into()));
                let sheet = sheet(&mut merged, title);
                sheet.cells.retain(|cell| cell.at != cells.last);
                sheet.merges.push(cells);
                sheet.merges.sort();
                let after = reviewed(&merged);
                let fresh = fresh(&sound.review, &after);
                let errors = fresh.iter().filter(|finding| finding.severity == Severity::Error);
                let errors: Vec<&str> = errors.map(|finding| finding.rule.as_str()).collect();
                let others = [
                    "answer-merged",
                    "employer-involvement/attendance-impossible",
                    "employer-involvement/recording-as-live",
                ];
                assert!(errors.iter().all(|rule| others.contains(rule)), "{cells}: {fresh:#?}");
                tried += errors.len();
            }
        }
    }
    assert!(tried >= 10, "only {tried} merges were told");
}

#[test]
fn a_malformed_key_that_may_be_another_is_one_finding() {
    let mut workbook = clean("employer-involvement");
    let at: CellRef = "A9".parse().unwrap();
    put(&mut workbook, "Tracker", at, Value::Text("HDC 1001".into()));
    let review = reviewed(&workbook);
    let is_here = |finding: &&Finding| {
        finding.sheet() == Some("Tracker") && finding.cells().is_some_and(|cells| cells.first == at)
    };
    let told: Vec<_> = review.findings.iter().filter(is_here).collect();
    let [one] = told[..] else { panic!("{told:#?}") };
    let effects: Vec<&str> = one.effects.iter().map(|effect| effect.rule.as_str()).collect();
    assert_eq!((one.rule.as_str(), &effects[..]), ("identifier-malformed", &["identifier-repeated"][..]));
}
