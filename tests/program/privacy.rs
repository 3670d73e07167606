//! What tells who a person is stays in the return: learners' names where they belong, and whatever else where only references do.

use std::io::Read;

use scrutineer::cell::CellRef;
use scrutineer::document::branding::Branding;
use scrutineer::document::letters::Letters;
use scrutineer::framework::builtin;
use scrutineer::ooxml::Limits;
use scrutineer::render::typst::{Renderer, Templates};
use scrutineer::render::{overarching_report, return_report};
use scrutineer::report::{self, Setting};
use scrutineer::review::{Settings, review, review_workbook};
use scrutineer::season::{Season, Surroundings};
use scrutineer::statistics::Statistics;
use scrutineer::workbook::{Source, Value, Workbook, read};

use super::{Scene, contents};
use crate::case_runner::file::repacked;
use crate::house::at;
use crate::support::said as said_by;

/// The names in the fixture's tracker.
const NAMES: [&str; 6] =
    ["Wren Alderby", "Tomos Quill", "Saoirse Penhallow", "Idris Marlowe-Finch", "Beatrix Onyeka", "Lachlan Thrupp"];

/// Returns the fixture, in which there are learners.
fn submission() -> Vec<u8> {
    std::fs::read(at("tests/fixtures/employer-involvement.xlsx")).unwrap()
}

/// Fails where a text tells a name, whole or in part.
#[track_caller]
fn tells_no_name(what: &str, text: &str) {
    for part in NAMES.iter().flat_map(|name| name.split(' ')) {
        assert!(!text.contains(part), "{what} tells {part}");
    }
}

/// Returns all that a file says: the parts of a package, or its own bytes.
fn said(bytes: &[u8]) -> String {
    let Ok(mut package) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut text = String::new();
    for place in 0..package.len() {
        let mut part = Vec::new();
        package.by_index(place).unwrap().read_to_end(&mut part).unwrap();
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

#[test]
fn no_output_of_a_run_tells_a_learners_name() {
    let scene = Scene::new().with("in/harrowdale.xlsx", &submission());
    let run = scene.run(&["run", "in", "--out", "out", "-v"]);
    tells_no_name("what the run prints", &(run.out + &run.err));
    let files = contents(&scene.path("out"));
    assert!(said(&files["season.xlsx"]).contains("HDC1001"), "the season workbook has no register of learners");
    // The annotated copy is the return itself, and goes back to who sent it.
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(".annotated.xlsx")) {
        tells_no_name(name, &said(bytes));
    }
}

/// Returns the fixture with what makes rows worth telling: no enrolment number, one twice, a name out of shape.
fn faulty() -> Workbook {
    let source = Source::new("return.xlsx", submission());
    let mut workbook = read(&source, &Limits::default()).unwrap();
    let tracker = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Tracker").unwrap();
    let said = [("A9", ""), ("A10", "HDC1001"), ("C8", "#Wren Alderby?"), ("E11", "")];
    for (at, text) in said {
        let at: CellRef = at.parse().unwrap();
        let cell = tracker.cells.iter_mut().find(|cell| cell.at == at).unwrap();
        cell.value = if text.is_empty() { Value::Empty } else { Value::Text(text.into()) };
    }
    workbook
}

#[test]
fn no_report_tells_a_learners_name() {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let review = review_workbook(&settings, "return.xlsx", &faulty());
    let framework = frameworks.iter().find(|framework| Some(&framework.id) == review.framework.as_ref()).unwrap();
    let date = jiff::civil::date(2026, 4, 20);
    let setting = Setting { branding: Branding::default(), date: Some(date), letters: Letters::OfTypst };
    let renderer = Renderer::new(&Templates::default(), Letters::OfTypst);
    let letter = said_by(&return_report(&renderer, &setting, framework, &review, None).unwrap());
    assert!(letter.contains("HDC1004"), "the letter has no improvement actions");
    tells_no_name("the letter", &letter);

    let season = Season::new(&frameworks, Surroundings::default(), vec![review]);
    let statistics = Statistics::of_season(&season).unwrap();
    let of_framework = report::FrameworkSeason {
        framework,
        statistics: statistics.of(&framework.id).unwrap(),
        hidings: &statistics.hidings,
        returns: &season.returns,
        findings: &season.findings,
    };
    let overarching = said_by(&overarching_report(&renderer, &setting, &of_framework).unwrap());
    assert!(overarching.contains("In brief"), "the overarching report says nothing");
    tells_no_name("the overarching report", &overarching);
}

/// Personal data of every kind that is told, each in place of a client's reference.
const PEOPLE: [(&str, &str); 12] = [
    ("CL0001", "AB123456C"),
    ("CL0002", "AB 12 34 56 D"),
    ("CL0003", "wren.alderby@example.org"),
    ("CL0004", "01632 960 001"),
    ("CL0005", "07700900123"),
    ("CL0006", "943 476 5919"),
    ("CL0007", "9434765919"),
    ("CL0008", "LS1 4AP"),
    ("CL0009", "12/03/1985"),
    ("CL0010", "Tomos Quill"),
    ("CL0011", "Penhallow, Saoirse"),
    ("CL0012", "Call Idris on +44 7700 900456"),
];

/// Words of evidence, and others in their place.
const EVIDENCE: (&str, &str) = (
    ">Staff interview notes (7 staff), January 2024<",
    ">Staff interview notes from beatrix@example.org (01632 960 999), January 2024<",
);

/// Returns a return with personal data in place of references, and within evidence.
fn with_people() -> Vec<u8> {
    let fixture = std::fs::read(at("tests/fixtures/seqf.xlsx")).unwrap();
    repacked(&fixture, &[], |name, text| {
        if name != "xl/sharedStrings.xml" {
            return text;
        }
        let text = PEOPLE
            .iter()
            .fold(text, |text, (reference, person)| text.replace(&format!(">{reference}<"), &format!(">{person}<")));
        text.replace(EVIDENCE.0, EVIDENCE.1)
    })
}

/// Fails where a text tells of a person.
#[track_caller]
fn tells_of_nobody(what: &str, text: &str) {
    for (_, person) in PEOPLE.iter().chain(&[("", "7700 900456")]) {
        assert!(!text.contains(person), "{what} tells {person}");
    }
}

/// Fails where a text tells what stands within evidence, too.
#[track_caller]
fn tells_nothing_of(what: &str, text: &str) {
    tells_of_nobody(what, text);
    for contact in ["beatrix@example.org", "01632 960 999"] {
        assert!(!text.contains(contact), "{what} tells {contact}");
    }
}

#[test]
fn no_output_tells_the_personal_data_that_it_warns_of() {
    let scene = Scene::new().with("in/return.xlsx", &with_people());
    let reports = ["json", "jsonl", "csv", "sarif", "junit", "github"]
        .map(|format| format!("--report={format}=reports/{format}"));
    std::fs::create_dir(scene.path("reports")).unwrap();
    let mut line = vec!["run", "in", "--out", "out", "-v"];
    line.extend(reports.iter().map(String::as_str));
    let run = scene.run(&line);
    let results = super::json(&run, "out/data/results.json");
    let findings = results["returns"][0]["findings"].as_array().unwrap();
    let told = findings.iter().filter(|finding| finding["rule"] == "personal-data-present").count();
    assert_eq!(told, PEOPLE.len());
    tells_nothing_of("what the run prints", &(run.out + &run.err));
    let files = run.files.iter().filter(|(name, _)| !name.starts_with("in/"));
    for (name, bytes) in files.filter(|(name, _)| !name.ends_with(".annotated.xlsx")) {
        tells_nothing_of(name, &said(bytes));
    }
    let copy = run.files.iter().find(|(name, _)| name.ends_with(".annotated.xlsx")).expect("there is a copy").1;
    tells_nothing_of(
        "the copy beside its cells",
        &said(&repacked(copy, &[], |name, text| if name == "xl/sharedStrings.xml" { String::new() } else { text })),
    );
}

#[test]
fn no_screen_tells_the_personal_data_that_it_warns_of() {
    let scene = Scene::new().with("return.xlsx", &with_people()).with("tracker.xlsx", &submission());
    for options in [
        &["--format", "human"][..],
        &["--format", "plain"],
        &["--format", "json"],
        &["--show-cells", "--format", "json"],
        &["--show-cells", "--format", "human"],
        &["--statistics"],
    ] {
        let line: Vec<&str> =
            ["check", "return.xlsx", "tracker.xlsx", "-v"].into_iter().chain(options.iter().copied()).collect();
        let run = scene.run(&line);
        assert!(run.out.len() > 1000, "{options:?}: {}", run.err);
        tells_of_nobody(&format!("{options:?}"), &(run.out.clone() + &run.err));
        tells_no_name(&format!("{options:?}"), &(run.out + &run.err));
    }
}

#[test]
fn no_report_tells_the_personal_data_that_is_warned_of() {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let review = review(&settings, &Source::new("return.xlsx", with_people()));
    let framework = frameworks.iter().find(|framework| Some(&framework.id) == review.framework.as_ref()).unwrap();
    let date = jiff::civil::date(2026, 4, 20);
    let setting = Setting { branding: Branding::default(), date: Some(date), letters: Letters::OfTypst };
    let renderer = Renderer::new(&Templates::default(), Letters::OfTypst);
    let letter = said_by(&return_report(&renderer, &setting, framework, &review, None).unwrap());
    assert!(letter.contains("where nothing may tell who a person is"), "the report doesn't warn");
    tells_nothing_of("the report", &letter);
}
