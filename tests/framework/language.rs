//! Each function does what is said of it: its example over the sample return, and where an answer is wanting.

use std::collections::BTreeMap;

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Findings};
use scrutineer::framework::language::{Function, Place, Subject, Takes, Wanting, functions};
use scrutineer::framework::{BandId, PackText, load};
use scrutineer::ooxml::Limits;
use scrutineer::review::{Review, Settings, review_workbook};
use scrutineer::workbook::{Cell, Look, Source, Value, Workbook, read};

use super::{pack, samples};

/// What the examples come to, by the names of the functions.
type Results = BTreeMap<&'static str, String>;

/// The functions whose examples are about a return; those of values and of bundles are tried where they are.
fn of_returns() -> impl Iterator<Item = &'static Function> {
    functions().filter(|function| !matches!(function.place, Place::Everywhere | Place::Step | Place::Bundle))
}

/// Returns the sample return.
fn sample() -> Workbook {
    let bytes = std::fs::read(samples().join("reference/return.xlsx")).unwrap();
    read(&Source::new("return.xlsx", bytes), &Limits::default()).unwrap()
}

/// Returns the sample pack.
fn definition() -> PackText {
    pack(&samples().join("reference/framework.toml"))
}

/// Returns a pack without its first criterion.
fn without_criterion(pack: &PackText) -> PackText {
    let start = pack.text.find("[[sections.criteria]]").unwrap();
    let length = pack.text[start + 1..].find("[[sections.criteria]]").unwrap() + 1;
    let text = format!("{}{}", &pack.text[..start], &pack.text[start + length..]);
    PackText { text: text.replace("criteria = 3", "criteria = 2"), ..pack.clone() }
}

/// Returns a workbook with something else in some cells of a sheet.
fn with(mut workbook: Workbook, sheet: &str, cells: &[String], value: &Value) -> Workbook {
    let sheet = workbook.sheets.iter_mut().find(|own| own.name == sheet).unwrap();
    for at in cells.iter().map(|cell| cell.parse::<CellRef>().unwrap()) {
        sheet.cells.retain(|cell| cell.at != at);
        if *value != Value::Empty {
            sheet.cells.push(Cell { at, value: value.clone(), formula: None, look: Look::default() });
        }
    }
    sheet.cells.sort_by_key(|cell| (cell.at.row, cell.at.column));
    workbook
}

/// Returns the cells of a row of the sample.
fn row(number: u32) -> Vec<String> {
    ('A'..='M').map(|column| format!("{column}{number}")).collect()
}

/// Reviews a workbook by a pack.
fn reviewed(pack: &PackText, workbook: &Workbook) -> Review {
    let mut findings = Findings::default();
    let framework = load(pack, &mut findings);
    let frameworks = [framework.unwrap_or_else(|| panic!("{:#?}", findings.into_sorted()))];
    review_workbook(&Settings::new(&frameworks, Limits::default()), "return.xlsx", workbook)
}

/// Returns the name of the rule that says what an example comes to.
fn slug(function: &Function) -> String {
    format!("example-{}", function.name.replace('_', "-"))
}

/// Returns a rule that always says what an example comes to.
fn rule(function: &Function) -> String {
    let about = match function.subject {
        Subject::Return => String::new(),
        Subject::Criterion(_) => "each = \"criterion\"\n".to_owned(),
        Subject::Row(register, _) => format!("over = \"{register}\"\n"),
    };
    let (slug, example) = (slug(function), function.example);
    format!(
        "\n[[rules]]\nslug = \"{slug}\"\nseverity = \"note\"\n{about}when = \"true\"\nmessage = '''{{{{ '' ~ ({example}) }}}}'''\nhelp = \"-\"\n"
    )
}

/// Works out all examples over a workbook.
fn results(pack: &PackText, workbook: &Workbook) -> Results {
    // Of a criterion that isn't there nothing can be asked.
    let is_there = |function: &&Function| pack.text.contains("id = \"1.1\"") || !function.example.contains("'1.1'");
    let rules: String = of_returns().filter(is_there).map(rule).collect();
    // Rules stand before the tables of other lists, which would take them in.
    let (head, rest) = pack.text.split_once("\n[severities]").unwrap();
    let pack = PackText { text: format!("{head}{rules}\n[severities]{rest}"), ..pack.clone() };
    let review = reviewed(&pack, workbook);
    let all: Vec<&Finding> = review.findings.iter().flat_map(Finding::with_its_effects).collect();
    let result = |function: &'static Function| {
        let id = format!("garden-award/{}", slug(function));
        let is_meant = |finding: &&&Finding| match function.subject {
            Subject::Return => true,
            Subject::Criterion(of) | Subject::Row(_, of) => finding.subject.as_deref() == Some(of),
        };
        let found = all.iter().filter(|finding| finding.rule.as_str() == id).find(is_meant);
        Some((function.name, found?.message.clone()))
    };
    of_returns().filter_map(result).collect()
}

/// Returns the cell of the sample that an example looks at, by what it takes.
fn cell(function: &Function) -> (&'static str, &'static str) {
    let example = function.example;
    match function.takes {
        Takes::Nothing
        | Takes::Group
        | Takes::GroupAndPoints
        | Takes::GroupAndGrade
        | Takes::Criterion
        | Takes::GradeOf
        | Takes::GradesAt
        | Takes::Section => ("Soil", "E4"),
        Takes::Measure => ("Plots", "C4"),
        Takes::Note => ("Soil", "I4"),
        Takes::Opinion | Takes::Value => ("Soil", "C4"),
        Takes::Marks => ("Soil", "C14"),
        Takes::Rows | Takes::RowsValue | Takes::RowsCited | Takes::RowOfKey | Takes::Column
            if example.contains("'since'") =>
        {
            ("Plots", "J10")
        }
        Takes::Rows | Takes::RowsValue | Takes::RowsCited | Takes::RowOfKey | Takes::Column
            if example.contains("'own_plot'") =>
        {
            ("Soil", "B14")
        }
        Takes::Rows | Takes::RowsValue | Takes::RowsCited | Takes::RowOfKey | Takes::Column
            if example.contains("'gardener'") =>
        {
            ("Soil", "A14")
        }
        Takes::Rows | Takes::RowsValue | Takes::RowsCited | Takes::RowOfKey | Takes::Column => ("Plots", "D10"),
        Takes::Member
        | Takes::MemberBands
        | Takes::MemberValue
        | Takes::MemberTotals
        | Takes::MemberGrade
        | Takes::MemberGradeBands
        | Takes::WorkingDays
        | Takes::Values(_) => panic!("{example} looks at no cell"),
    }
}

/// Works the examples out as if what an example looks at weren't asked: no such criterion, no such row, nobody of that name.
fn without(function: &Function, pack: &PackText, workbook: &Workbook) -> Results {
    let clear = |sheet, cells: &[String]| results(pack, &with(workbook.clone(), sheet, cells, &Value::Empty));
    let gone = row(4);
    match function.takes {
        Takes::Opinion => clear("Soil", &["C3", "C4", "C5"].map(str::to_owned)),
        Takes::Marks if function.subject == Subject::Row("visits", "Rowan") => clear("Plots", &row(10)),
        Takes::Marks | Takes::Column => clear("Soil", &row(14)),
        Takes::Rows | Takes::RowsValue | Takes::RowsCited | Takes::RowOfKey if cell(function).0 == "Soil" => {
            clear("Soil", &row(14))
        }
        Takes::Rows | Takes::RowsValue | Takes::RowsCited | Takes::RowOfKey => clear("Plots", &row(10)),
        Takes::Nothing
        | Takes::Group
        | Takes::GroupAndPoints
        | Takes::GroupAndGrade
        | Takes::Criterion
        | Takes::GradeOf
        | Takes::GradesAt
        | Takes::Measure
        | Takes::Section
        | Takes::Note
        | Takes::Value
        | Takes::Member
        | Takes::MemberBands
        | Takes::MemberValue
        | Takes::MemberTotals
        | Takes::MemberGrade
        | Takes::MemberGradeBands
        | Takes::WorkingDays
        | Takes::Values(_) => results(&without_criterion(pack), &with(workbook.clone(), "Soil", &gone, &Value::Empty)),
    }
}

/// Says what is wrong with what is said of a function where an answer is wanting; nothing where it is so.
fn fault(function: &Function, wanting: Wanting, value: &Value, usual: &Results) -> Option<String> {
    let (pack, workbook) = (definition(), sample());
    let (sheet, at) = cell(function);
    let found = results(&pack, &with(workbook.clone(), sheet, &[at.to_owned()], value)).remove(function.name);
    let found = found.unwrap_or_else(|| "nothing".to_owned());
    let is_so = match wanting {
        Wanting::NotKnown => found == "not known",
        Wanting::Open => found == "not to be told yet" || found.contains(" to ") || found.starts_with("at least "),
        Wanting::Words => found == "N/A",
        Wanting::No => found == "no",
        Wanting::Counts | Wanting::NoPart => found == usual[function.name],
        Wanting::PassedOver => Some(&found) == without(function, &pack, &workbook).get(function.name),
    };
    (!is_so).then(|| format!("{} with {value:?} in {sheet}!{at} comes to {found}: {wanting:?}", function.example))
}

#[test]
fn examples_come_to_what_is_said() {
    let found = results(&definition(), &sample());
    for function in of_returns() {
        assert_eq!(found.get(function.name).map(String::as_str), Some(function.comes_to), "{}", function.example);
    }
}

#[test]
fn what_is_wanting_does_what_is_said() {
    let usual = results(&definition(), &sample());
    let mut faults = Vec::new();
    for function in of_returns() {
        let upon = function.upon;
        let unusable = Value::Error("#REF!".into());
        faults.extend(fault(function, upon.blank, &Value::Empty, &usual));
        faults.extend(fault(function, upon.unusable, &unusable, &usual));
        // Elsewhere nothing says that it doesn't apply.
        if matches!(cell(function).1, "E4" | "C4") && cell(function).0 == "Soil" {
            faults.extend(fault(function, upon.not_applicable, &Value::Text("N/A".into()), &usual));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_sample_return_is_read_without_a_fault() {
    let review = reviewed(&definition(), &sample());
    let told: Vec<String> =
        review.findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect();
    let near = "near-boundary: the total 75.0 of “Soil” just misses the limit of “Thriving”, 75";
    assert_eq!(told, [near, "garden-award/large-plot: Plot P1 has 300 square metres"]);
    assert_eq!(review.outcome.and_then(|outcome| outcome.band).as_ref().map(BandId::as_str), Some("silver"));
}

#[test]
fn working_days_are_counted_in_dated_steps() {
    let day = |due: &str, visited: &Value| {
        let text = definition().text.replace("weeks_after(field.visit_date, 4)", due);
        let pack = PackText { text: text.replace("\"field.visit_date is given\"", "\"true\""), ..definition() };
        let review = reviewed(&pack, &with(sample(), "Cover", &["B6".to_owned()], visited));
        let step = review.dates.into_iter().find(|date| date.step.as_str() == "report");
        step.and_then(|step| step.date).map(|date| date.to_string())
    };
    let given = Value::Text("16/06/2026".into());
    for function in functions().filter(|function| function.place == Place::Step) {
        assert_eq!(day(function.example, &given).as_deref(), Some(function.comes_to), "{}", function.example);
        assert_eq!((function.upon.blank, function.upon.unusable), (Wanting::NotKnown, Wanting::NotKnown));
        // What isn't known is replaced; what can't be told would leave the day open.
        let visited = function.example.replace("date('2026-04-01')", "field.visit_date");
        let replaced = format!("first_given({visited}, date('2000-01-01'))");
        assert_eq!(day(&replaced, &given).as_deref(), Some("2026-06-18"));
        for wanting in [Value::Empty, Value::Error("#REF!".into())] {
            assert_eq!(day(&replaced, &wanting).as_deref(), Some("2000-01-01"), "{wanting:?}");
        }
    }
}
