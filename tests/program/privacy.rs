//! What tells who a person is stays in the return: learners' names where they belong, and whatever else where only references do.

use std::io::Read;

use scrutineer::annotated::{Heading, companion};
use scrutineer::cell::CellRef;
use scrutineer::document::branding::Branding;
use scrutineer::document::letters::Letters;
use scrutineer::finding::Finding;
use scrutineer::framework::builtin;
use scrutineer::ooxml::Limits;
use scrutineer::render::typst::{Renderer, Templates};
use scrutineer::render::{overarching_report, return_report};
use scrutineer::report::{self, Setting};
use scrutineer::review::{Settings, private_of, review, review_workbook};
use scrutineer::season::{Season, Surroundings};
use scrutineer::statistics::Statistics;
use scrutineer::workbook::{Cell, Sheet, Source, Value, Workbook, read};

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
pub(super) fn said(bytes: &[u8]) -> String {
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
fn the_rows_that_a_workbook_of_findings_copies_tell_no_learners_name() {
    let (workbook, framework) = (faulty(), builtin::load("employer-involvement").unwrap().framework);
    let frameworks = [framework];
    let review = review_workbook(&Settings::new(&frameworks, Limits::default()), "return.xlsx", &workbook);
    let private = private_of(&frameworks[0], &workbook);
    let heading = Heading::of(&review, &frameworks);
    let made = companion(Some((&workbook, &private)), &review.findings, &heading, "it is signed").unwrap();
    let told = said(&made);
    assert!(told.contains("Flagged rows") && told.contains("HDC1001"), "no row of a learner is copied");
    tells_no_name("the workbook of findings", &told);
}

#[test]
fn no_report_tells_a_learners_name() {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let review = review_workbook(&settings, "return.xlsx", &faulty());
    let framework = frameworks.iter().find(|framework| Some(&framework.id) == review.framework.as_ref()).unwrap();
    let date = jiff::civil::date(2026, 4, 20);
    let setting = Setting {
        branding: Branding::default(),
        date: Some(date),
        data_date: None,
        letter_date: None,
        letters: Letters::OfTypst,
    };
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
        silenced: &season.decisions.silenced,
        graded: &season.decisions.graded,
        consolidations: &season.consolidations,
        frameworks: season.frameworks,
        previous: None,
        bundles: &season.bundles,
        limits: season.settings.disclosure,
        audience: report::Audience::Team,
        title_of: scrutineer::catalogue::title_of,
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

/// Personal data in cells where something else belongs: the part of their sheet, the cell, the words.
const ELSEWHERE: [(&str, &str, &str); 6] = [
    ("xl/worksheets/sheet12.xml", "B6", "dob 14/04/1998"),
    ("xl/worksheets/sheet12.xml", "L6", "QQ 12 34 56 C"),
    ("xl/worksheets/sheet12.xml", "M6", "Gardener (call 07700 900789)"),
    ("xl/worksheets/sheet12.xml", "V6", "born on 15 April 1998"),
    ("xl/worksheets/sheet12.xml", "S20", "left \u{2013} idris@example.org"),
    ("xl/worksheets/sheet11.xml", "C4", "Sample the file of NHS no. 9434765919 by spring."),
];

/// Writes words in a cell of a sheet's part.
fn typed(part: &str, at: &str, words: &str) -> String {
    let start = part.find(&format!("<c r=\"{at}\"")).expect("something stands in the cell");
    let end = start + part[start..].find("</c>").unwrap() + "</c>".len();
    let cell = format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
    format!("{}{cell}{}", &part[..start], &part[end..])
}

/// Returns a return with personal data in place of references, within evidence, and in cells of other kinds.
fn with_people() -> Vec<u8> {
    let fixture = std::fs::read(at("tests/fixtures/seqf.xlsx")).unwrap();
    repacked(&fixture, &[], |name, text| {
        if name != "xl/sharedStrings.xml" {
            let here = ELSEWHERE.iter().filter(|(part, _, _)| *part == name);
            return here.fold(text, |text, (_, at, words)| typed(&text, at, words));
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
    for datum in [
        "beatrix@example.org",
        "01632 960 999",
        "14/04/1998",
        "QQ 12",
        "07700 900789",
        "15 April 1998",
        "idris@example.org",
    ] {
        assert!(!text.contains(datum), "{what} tells {datum}");
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
    assert_eq!(told, PEOPLE.len() + 1 + ELSEWHERE.len(), "of references, of evidence, of other cells");
    tells_nothing_of("what the run prints", &(run.out + &run.err));
    let files = run.files.iter().filter(|(name, _)| !name.starts_with("in/"));
    for (name, bytes) in files.filter(|(name, _)| !name.ends_with(".annotated.xlsx")) {
        tells_nothing_of(name, &said(bytes));
    }
    let copy = run.files.iter().find(|(name, _)| name.ends_with(".annotated.xlsx")).expect("there is a copy").1;
    tells_nothing_of(
        "the copy beside its cells",
        &said(&repacked(copy, &[], |name, text| {
            let is_senders = name == "xl/sharedStrings.xml" || ELSEWHERE.iter().any(|(part, _, _)| *part == name);
            if is_senders { String::new() } else { text }
        })),
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
        tells_nothing_of(&format!("{options:?}"), &(run.out.clone() + &run.err));
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
    let setting = Setting {
        branding: Branding::default(),
        date: Some(date),
        data_date: None,
        letter_date: None,
        letters: Letters::OfTypst,
    };
    let renderer = Renderer::new(&Templates::default(), Letters::OfTypst);
    let letter = said_by(&return_report(&renderer, &setting, framework, &review, None).unwrap());
    assert!(letter.contains("where nothing may tell who a person is"), "the report doesn't warn");
    tells_nothing_of("the report", &letter);
}

/// Personal data of each kind that can be told anywhere, with whether it says how to reach somebody.
const ANYWHERE: [(&str, bool); 8] = [
    ("AB123456C", false),
    ("QQ 12 34 56 C", false),
    ("943 476 5919", false),
    ("NHS 9434765919", false),
    ("dob 12/03/1999", false),
    ("born on 12 March 1999", false),
    ("a.b@example.org", true),
    ("01632 960 001", true),
];

/// Cells of forms that ask for other things, of every kind: references, choices, words, names, evidence, comments, actions, nothing.
const PLACES: [(&str, &[(&str, &str)]); 2] = [
    (
        "tests/fixtures/seqf.xlsx",
        &[
            ("Client data", "A6"),
            ("Client data", "B7"),
            ("Client data", "L8"),
            ("Client data", "M9"),
            ("Client data", "S20"),
            ("Client data", "V10"),
            ("Client data", "AA11"),
            ("1.1 Engaging Jobseekers", "D4"),
            ("1.1 Engaging Jobseekers", "H4"),
            ("2.2 KPIs", "G4"),
            ("Action plan", "C4"),
            ("Action plan", "D5"),
            ("Scoring", "Z90"),
        ],
    ),
    ("tests/fixtures/employer-involvement.xlsx", &[("Tracker", "C8"), ("Tracker", "Q8"), ("Declaration", "Z90")]),
];

/// Returns a workbook with words in some of its cells.
fn with_words(file: &str, cells: &[(&str, &str)], words: &str) -> Workbook {
    let mut workbook = read(&Source::new("return.xlsx", std::fs::read(at(file)).unwrap()), &Limits::default()).unwrap();
    for (sheet, at) in cells {
        let sheet = workbook.sheets.iter_mut().find(|known| known.name == *sheet).unwrap();
        let at: CellRef = at.parse().unwrap();
        sheet.cells.retain(|cell| cell.at != at);
        sheet.cells.push(Cell::new(at, Value::Text(words.into()), None));
        sheet.cells.sort_by_key(|cell| cell.at);
    }
    workbook
}

#[test]
fn whatever_would_be_masked_is_told_once_at_its_cell_and_nowhere_repeated() {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    for (file, cells) in PLACES {
        for (datum, _) in ANYWHERE {
            let words = format!("see {datum}, please");
            let review = review_workbook(&settings, "return.xlsx", &with_words(file, cells, &words));
            for (sheet, at) in cells {
                let is_here = |finding: &&Finding| {
                    finding.place.sheet() == Some(*sheet) && finding.cell().as_deref() == Some(*at)
                };
                let here = review.findings.iter().filter(|finding| finding.rule.as_str() == "personal-data-present");
                assert_eq!(here.filter(is_here).count(), 1, "{file} {sheet}!{at}: {datum}");
            }
            let all = format!("{review:?}");
            assert!(!all.contains(datum), "{datum}: {:?}", all.find(datum).map(|at| &all[at.saturating_sub(200)..at]));
        }
    }
}

#[test]
fn contacts_that_the_form_asks_for_are_not_told() {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    for (datum, is_contact) in ANYWHERE {
        let cells = [("Centre", "C11"), ("Employers", "D5"), ("Employers", "C6"), ("Employers", "E7")];
        let mut workbook = with_words("tests/fixtures/employer-involvement.xlsx", &cells, datum);
        let cover = workbook.sheets.iter().find(|sheet| sheet.name == "Centre").unwrap();
        let copy = Sheet { name: "Centre (2)".to_owned(), ..cover.clone() };
        workbook.sheets.push(copy);
        let review = review_workbook(&settings, "return.xlsx", &workbook);
        let told = review.findings.iter().filter(|finding| finding.rule.as_str() == "personal-data-present").count();
        assert_eq!(told, if is_contact { 0 } else { cells.len() + 1 }, "{datum}: in these cells and in the copy");
    }
}

/// What people add to whatever they write.
const ADDED: &str = " \u{2013} ask beatrix@example.org (01632 960 999)";

/// Returns a scheme's clean return with that behind each text of some length that is the sender's own and no entry of the cover.
fn with_contacts(settings: &Settings, name: &str) -> Vec<u8> {
    let fixture = std::fs::read(at(&format!("tests/fixtures/{name}.xlsx"))).unwrap();
    let clean = review(settings, &Source::new(name, fixture.clone()));
    let framework =
        builtin::all().into_iter().find(|framework| Some(&framework.id) == clean.framework.as_ref()).unwrap();
    let form = framework.form().unwrap();
    let texts = form.sheets.iter().flat_map(|sheet| &sheet.cells).filter_map(|cell| cell.text());
    let mut known: Vec<String> = texts.map(str::to_owned).chain(clean.organisation.clone()).collect();
    known.extend(clean.fields.values().map(ToString::to_string));
    let written = |text: &str| text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    repacked(&fixture, &[], |part, text| {
        if part != "xl/sharedStrings.xml" {
            return text;
        }
        let with = |piece: &str| match piece.rsplit_once('>') {
            Some((tag, said)) if said.chars().count() > 14 && !known.contains(&written(said)) => {
                format!("{tag}>{said}{ADDED}")
            }
            _ => piece.to_owned(),
        };
        text.split("</t>").map(with).collect::<Vec<_>>().join("</t>")
    })
}

/// Returns a workbook that is signed, so that no copy of it is annotated.
fn signed(workbook: &[u8]) -> Vec<u8> {
    let link = "<Relationship Id=\"signed\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/\
        digital-signature/origin\" Target=\"_xmlsignatures/origin.sigs\"/></Relationships>";
    repacked(
        workbook,
        &[],
        |part, text| {
            if part == "_rels/.rels" { text.replace("</Relationships>", link) } else { text }
        },
    )
}

/// Fails where a text tells a contact that was added.
#[track_caller]
fn tells_no_contact(what: &str, text: &str) {
    for contact in ["beatrix@", "01632 960 999"] {
        assert!(
            !text.contains(contact),
            "{what} tells {contact}: {:?}",
            text.find(contact).map(|at| &text[at.saturating_sub(300)..at])
        );
    }
}

#[test]
fn no_output_of_any_scheme_tells_contacts_in_what_senders_write() {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let setting = Setting {
        branding: Branding::default(),
        date: Some(jiff::civil::date(2026, 4, 20)),
        data_date: None,
        letter_date: None,
        letters: Letters::OfTypst,
    };
    let renderer = Renderer::new(&Templates::default(), Letters::OfTypst);
    for name in builtin::NAMES {
        let sent = with_contacts(&settings, name);
        let reviewed = review(&settings, &Source::new("return.xlsx", sent.clone()));
        let framework = frameworks.iter().find(|framework| Some(&framework.id) == reviewed.framework.as_ref()).unwrap();
        let report = said_by(&return_report(&renderer, &setting, framework, &reviewed, None).unwrap());
        tells_no_contact(&format!("the report on {name}"), &report);
        let scene = Scene::new().with("in/return.xlsx", &sent).with("in/signed.xlsx", &signed(&sent));
        let run = scene.run(&["run", "in", "--out", "out", "-v", "--only", "data,season,annotated"]);
        assert!(run.files.keys().any(|file| file.ends_with("signed.findings.xlsx")), "{name}: {}", run.out);
        let figures = super::json(&run, "out/data/figures.json");
        let figure = figures["figures"][0]["id"].as_str().unwrap().to_owned();
        tells_no_contact(name, &(run.out + &run.err));
        let ours = run.files.iter().filter(|(file, _)| file.starts_with("out/") && !file.ends_with(".annotated.xlsx"));
        for (file, bytes) in ours.filter(|(file, _)| !file.ends_with(".findings.xlsx")) {
            tells_no_contact(&format!("{name}: {file}"), &said(bytes));
        }
        for (file, bytes) in
            run.files.iter().filter(|(file, _)| file.ends_with("ed.xlsx") || file.ends_with("findings.xlsx"))
        {
            let beside = findings_of(bytes);
            tells_no_contact(&format!("{name}: {file}"), &beside);
        }
        for options in [
            &["check", "in", "-v"][..],
            &["check", "in", "--format", "json"],
            &["check", "in", "--show-cells"],
            &["explain", "--figure", &figure, "out"],
        ] {
            let run = scene.run(options);
            tells_no_contact(&format!("{name}: {options:?}"), &(run.out + &run.err));
        }
    }
}

/// Returns all that the sheet of findings of a copy, or of a workbook of findings, says.
fn findings_of(bytes: &[u8]) -> String {
    let workbook = read(&Source::new("copy.xlsx", bytes.to_vec()), &Limits::default()).unwrap();
    let sheets = workbook.sheets.iter().filter(|sheet| sheet.name == "Findings");
    let cells = sheets.flat_map(|sheet| &sheet.cells).filter_map(|cell| cell.text());
    cells.collect::<Vec<_>>().join("\n")
}
