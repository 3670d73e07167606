//! Copies with our findings that come back: answered, and as they were handed out.

use std::io::{Cursor, Read, Write};

use scrutineer::cell::CellRef;
use scrutineer::ooxml::{Changes, Limits, Package};
use scrutineer::workbook::{Format, Source, Value as CellValue, read};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Run, Scene, json, sample};
use crate::support::file::{Book, FORMATS, Laid};

/// What the sender writes where something was still to be written.
pub(super) const WRITTEN: &str = "The plan of 2024, with its review";
/// What the sender says of a finding.
pub(super) const SAID: &str = "The action is agreed; it stands in the board's minutes.";
/// A return with a text that is still to be written and a score that wants an action.
const SAMPLE: &str = "Copy of Code of Practice assessment The Logistics Standards Council.xlsx";

/// Returns a sheet's part of a workbook with other text in a cell.
#[track_caller]
pub(super) fn typed(sheet: &str, cell: &str, text: &str) -> String {
    let start = sheet.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("there is no {cell}"));
    let tag = sheet[start..].split_inclusive('>').next().unwrap();
    let end = if tag.ends_with("/>") { start + tag.len() } else { start + sheet[start..].find("</c>").unwrap() + 4 };
    let style = tag.split("s=\"").nth(1).map_or("0", |rest| rest.split('"').next().unwrap());
    let filled = format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    format!("{}{filled}{}", &sheet[..start], &sheet[end..])
}

/// Returns an annotated copy in which the sender has written the missing text and explained what is to be said of the score.
#[track_caller]
pub(super) fn answered(copy: &[u8], written: &str) -> Vec<u8> {
    explained(copy, written, SAID)
}

/// Returns an annotated copy in which the sender has written the missing text, and this beside the finding of the score.
#[track_caller]
pub(super) fn explained(copy: &[u8], written: &str, said: &str) -> Vec<u8> {
    let package = Package::open(copy, &Limits::default()).unwrap();
    let book = package.book().unwrap();
    let part = |name: &str| book.sheet(name).unwrap().part.clone().unwrap();
    let text = |name: &str| String::from_utf8(package.read(&part(name)).unwrap().clone()).unwrap();
    let findings = text("Findings");
    let at = findings.find("reassessment-required").expect("it has the finding");
    let row = findings[..at].rsplit("<row r=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let mut changes = Changes::default();
    changes.replaced.insert(part("Findings"), typed(&findings, &format!("I{row}"), said).into_bytes());
    changes.replaced.insert(part("Assessment"), typed(&text("Assessment"), "D4", written).into_bytes());
    package.rewrite(&changes).unwrap()
}

/// Returns a workbook packed anew, as a program saves it in which nothing was changed.
fn saved_again(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).unwrap();
        let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns a season of one return, and the copy with findings that is handed back of it.
#[track_caller]
pub(super) fn handed_out() -> (Scene, Vec<u8>) {
    let scene = Scene::new().with_sample(SAMPLE, "in/Acme.xlsx");
    let run = scene.run(&["run", "in", "--out", "first", "--only", "annotated"]);
    let copy = run.files["first/returns/Acme.annotated.xlsx"].clone();
    (scene, copy)
}

/// Returns the review of a file.
#[track_caller]
pub(super) fn review<'a>(results: &'a Value, file: &str) -> &'a Value {
    let all = results["returns"].as_array().unwrap();
    all.iter().find(|review| review["file"] == file).unwrap_or_else(|| panic!("there is no {file}"))
}

/// Returns a return's finding of a rule.
pub(super) fn finding<'a>(review: &'a Value, rule: &str) -> Option<&'a Value> {
    review["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == rule)
}

/// Returns the severities of the season's findings of a rule.
pub(super) fn across(results: &Value, rule: &str) -> Vec<String> {
    let all = results["season"]["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule);
    all.map(|finding| finding["severity"].as_str().unwrap().to_owned()).collect()
}

/// Holds what every run with the answer must come to.
#[track_caller]
fn is_taken_in(run: &Run, file: &str) {
    let results = json(run, "out/data/results.json");
    let answer = review(&results, file);
    assert_eq!(finding(answer, "placeholder-left"), None, "what was put right is no finding any more");
    assert_eq!(finding(answer, "reassessment-required").unwrap()["explanation"], SAID);
    assert!(["scored", "provisional"].contains(&answer["status"].as_str().unwrap()), "{}", answer["status"]);
    let csv = String::from_utf8_lossy(&run.files["out/data/findings.csv"]).into_owned();
    assert!(csv.contains(SAID), "{csv}");
    let twice = run.files.keys().find(|name| name.contains(".annotated.annotated"));
    assert_eq!(twice, None);
    assert!(across(&results, "return-duplicated").is_empty(), "{}", run.out);
}

#[test]
fn an_answer_beside_its_original_takes_its_place() {
    let (scene, copy) = handed_out();
    for name in ["in/Acme.annotated.xlsx", "in/back/Acme from Jo.xlsx"] {
        let scene = Scene::new().with_sample(SAMPLE, "in/Acme.xlsx").with(name, &answered(&copy, WRITTEN));
        let run = scene.run(&["run", "in", "--out", "out"]);
        is_taken_in(&run, name.strip_prefix("in/").unwrap());
        let results = json(&run, "out/data/results.json");
        assert_eq!(review(&results, "Acme.xlsx")["status"], "superseded", "{name}");
        assert_eq!(across(&results, "return-superseded"), ["note"], "{name}");
        let reports = run.files.keys().filter(|name| name.ends_with(".report.pdf")).count();
        let copies =
            run.files.keys().filter(|name| name.starts_with("out/") && name.ends_with(".annotated.xlsx")).count();
        assert_eq!((reports, copies), (2, 2), "{name}: {:?}", run.files.keys());
    }
    drop(scene);
}

#[test]
fn an_answer_alone_is_a_return_like_others() {
    let (_, copy) = handed_out();
    let scene = Scene::new().with("in/Acme.annotated.xlsx", &answered(&copy, WRITTEN));
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data,annotated"]);
    is_taken_in(&run, "Acme.annotated.xlsx");
    let copies: Vec<&String> = run.files.keys().filter(|name| name.starts_with("out/returns/")).collect();
    assert_eq!(copies.len(), 1, "{copies:?}");
    let second = answered(&run.files[copies[0]], "The plan of 2025");
    let scene = scene.with("in/Acme.annotated (1).xlsx", &second);
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    is_taken_in(&run, "Acme.annotated (1).xlsx");
    assert_eq!(review(&json(&run, "out/data/results.json"), "Acme.annotated.xlsx")["status"], "superseded");
}

#[test]
fn a_copy_that_came_back_as_it_was_replaces_nothing() {
    let (_, copy) = handed_out();
    for (name, bytes) in [("in/Acme from Jo.xlsx", copy.clone()), ("in/Acme from Jo.xlsx", saved_again(&copy))] {
        let scene = Scene::new().with_sample(SAMPLE, "in/Acme.xlsx").with(name, &bytes);
        let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
        let results = json(&run, "out/data/results.json");
        assert_eq!(review(&results, "Acme from Jo.xlsx")["status"], "duplicate");
        assert!(["scored", "provisional"].contains(&review(&results, "Acme.xlsx")["status"].as_str().unwrap()));
        assert_eq!(across(&results, "return-duplicated"), ["note"], "{}", run.out);
        assert!(across(&results, "return-superseded").is_empty());
    }
}

/// Returns a workbook with the missing text written and another date on its cover, which is an earlier one.
fn put_right(workbook: &[u8]) -> Vec<u8> {
    let package = Package::open(workbook, &Limits::default()).unwrap();
    let book = package.book().unwrap();
    let mut changes = Changes::default();
    for (name, cell, text) in [("Cover", "C12", "1 May 2023"), ("Assessment", "D4", WRITTEN)] {
        let part = book.sheet(name).unwrap().part.clone().unwrap();
        let sheet = String::from_utf8(package.read(&part).unwrap().clone()).unwrap();
        changes.replaced.insert(part, typed(&sheet, cell, text).into_bytes());
    }
    package.rewrite(&changes).unwrap()
}

#[test]
fn a_copy_that_was_put_right_and_lost_what_names_its_original_takes_its_place() {
    let (_, copy) = handed_out();
    let by_sheet = without_manifest(&put_right(&copy));
    let by_name = put_right(&std::fs::read(sample(SAMPLE)).unwrap());
    let cases = [
        ("Acme.annotated.xlsx", &by_sheet),
        ("back/Acme from Jo.xlsx", &by_sheet),
        ("Acme.annotated.xlsx", &by_name),
        ("RE_ Acme.annotated (1).xlsx", &by_name),
    ];
    for (name, bytes) in cases {
        let scene = Scene::new().with_sample(SAMPLE, "in/Acme.xlsx").with(&format!("in/{name}"), bytes);
        let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
        let results = json(&run, "out/data/results.json");
        assert_eq!(review(&results, "Acme.xlsx")["status"], "superseded", "{name}: {}", run.out);
        assert_eq!(finding(review(&results, name), "placeholder-left"), None, "{name}");
        assert_eq!(across(&results, "return-superseded"), ["note"], "{name}");
        assert!(across(&results, "return-duplicated").is_empty(), "{name}: {}", run.out);
    }
}

/// A return of a format that can't be annotated.
const OLD: &str = "Institute for Security - Code of Practice assessment (Oct 2025).xls";

/// Returns a season of one such return, and its workbook of findings with an explanation beside the first finding that may be explained, with
/// the rule of that.
#[track_caller]
fn companion_answered() -> (Vec<u8>, Vec<u8>, String) {
    let scene = Scene::new().with_sample(OLD, "in/Acme.xls");
    let run = scene.run(&["run", "in", "--out", "first", "--only", "data,annotated"]);
    let results = json(&run, "first/data/results.json");
    let findings = review(&results, "Acme.xls")["findings"].as_array().unwrap();
    let explained = findings.iter().find(|finding| finding["severity"] == "note").expect("there is a note");
    let companion = &run.files["first/returns/Acme.findings.xlsx"];
    (run.files["in/Acme.xls"].clone(), companion_with(companion, SAID), explained["rule"].as_str().unwrap().to_owned())
}

/// Returns a workbook of findings with an explanation beside the first note.
#[track_caller]
fn companion_with(companion: &[u8], said: &str) -> Vec<u8> {
    let package = Package::open(companion, &Limits::default()).unwrap();
    let part = package.book().unwrap().sheet("Findings").unwrap().part.clone().unwrap();
    let sheet = String::from_utf8(package.read(&part).unwrap().clone()).unwrap();
    let made = read(&Source::new("a.xlsx", companion.to_vec()), &Limits::default()).unwrap();
    let cells = &made.sheets[0].cells;
    let row = cells.iter().find(|cell| cell.shown(made.date_system) == "For information").unwrap().at.row;
    let mut changes = Changes::default();
    changes.replaced.insert(part, typed(&sheet, &format!("I{row}"), said).into_bytes());
    package.rewrite(&changes).unwrap()
}

/// Holds that the answer stands beside the finding wherever people and programs look, and that its file is none of the season's.
#[track_caller]
fn is_beside_the_finding(run: &Run, file: &str, rule: &str) {
    let results = json(run, "out/data/results.json");
    assert_eq!(results["returns"].as_array().unwrap().len(), 1, "{}", run.out);
    let explained = review(&results, file)["findings"].as_array().unwrap().iter();
    let explained: Vec<&Value> = explained.filter(|finding| finding["explanation"] == SAID).collect();
    assert_eq!((explained.len(), &explained[0]["rule"]), (1, &Value::from(rule)), "{}", run.out);
    for rule in ["return-duplicated", "framework-unrecognised", "file-not-here"] {
        assert!(!run.files["out/data/findings.csv"].windows(rule.len()).any(|window| window == rule.as_bytes()));
    }
    assert!(String::from_utf8_lossy(&run.files["out/data/findings.csv"]).contains(SAID));
    let record = json(run, "out/run.json");
    assert_eq!(record["ignored"][0]["reason"], "answer");
    let season = read(&Source::new("a.xlsx", run.files["out/season.xlsx"].clone()), &Limits::default()).unwrap();
    let cells = || season.sheets.iter().flat_map(|sheet| &sheet.cells).map(|cell| cell.shown(season.date_system));
    assert!(cells().any(|text| text == SAID) && cells().any(|text| text == "explained"));
    let again =
        &run.files.iter().find(|(name, _)| name.starts_with("out/returns/") && name.ends_with(".findings.xlsx"));
    let again = read(&Source::new("a.xlsx", again.unwrap().1.clone()), &Limits::default()).unwrap();
    let again: Vec<String> = again.sheets[0].cells.iter().map(|cell| cell.shown(again.date_system)).collect();
    assert!(again.iter().any(|text| text == SAID) && again.iter().any(|text| text == "Explained"), "{again:?}");
}

/// Returns a workbook of findings as programs save it that don't keep what they don't know.
pub(super) fn without_manifest(companion: &[u8]) -> Vec<u8> {
    let package = Package::open(companion, &Limits::default()).unwrap();
    let mut changes = Changes::default();
    for part in package.parts().filter(|part| part.as_str().starts_with("customXml/")) {
        changes.removed.insert(part.clone());
    }
    let links = package.parts().find(|part| part.as_str().ends_with("workbook.xml.rels")).unwrap();
    let text = String::from_utf8(package.read(links).unwrap().clone()).unwrap();
    let start = text.find("<Relationship ").unwrap();
    let kept: String = text[start..].split_inclusive("/>").filter(|link| !link.contains("customXml")).collect();
    changes.replaced.insert(links.clone(), format!("{}{kept}", &text[..start]).into_bytes());
    package.rewrite(&changes).unwrap()
}

#[test]
fn what_is_written_in_a_workbook_of_findings_comes_home() {
    let (old, companion, rule) = companion_answered();
    let corrected = [&old[..], &[0; 512]].concat();
    let plain = without_manifest(&companion);
    let cases: [(&str, &[u8], &str, &[u8]); 6] = [
        ("Acme.xls", &old, "Acme.findings.xlsx", &companion),
        ("North/Acme.xls", &old, "back/from Jo.xlsx", &saved_again(&companion)),
        ("Acme.xls", &corrected, "Acme.findings (1).xlsx", &companion),
        ("Acme put right.xls", &corrected, "from Jo.xlsx", &companion),
        ("Acme.xls", &old, "back/Acme.findings.xlsx", &plain),
        ("Acme.xls", &old, "Acme.findings (2).xlsx", &plain),
    ];
    for (file, bytes, name, answer) in cases {
        let scene = Scene::new().with(&format!("in/{file}"), bytes).with(&format!("in/{name}"), answer);
        let run = scene.run(&["run", "in", "--out", "out", "--only", "data,season,annotated", "-v"]);
        is_beside_the_finding(&run, file, &rule);
        let screen = scene.run(&["check", "in", "-v"]).out;
        assert!(screen.split_whitespace().collect::<Vec<_>>().join(" ").contains(SAID), "{screen}");
    }
}

#[test]
fn a_workbook_of_findings_without_its_return_says_so() {
    let (_, companion, _) = companion_answered();
    let scene = Scene::new().with("in/back.xlsx", &companion);
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    let results = json(&run, "out/data/results.json");
    let told = &review(&results, "back.xlsx")["findings"][0];
    assert_eq!(told["rule"], "file-not-here", "{}", run.out);
    assert!(told["help"].as_str().unwrap().contains("beside it"));
}

#[test]
fn what_says_nothing_is_no_explanation_and_what_says_who_a_person_is_is_masked() {
    let (_, copy) = handed_out();
    let cases = [("\u{200b}", None), (" – ", None), ("Ask\u{ad} j.smith@example.org", Some("Ask (personal)"))];
    for (said, expected) in cases {
        let scene = Scene::new().with("in/a.xlsx", &explained(&copy, WRITTEN, said));
        let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
        let results = json(&run, "out/data/results.json");
        let told = finding(review(&results, "a.xlsx"), "reassessment-required").unwrap()["explanation"].as_str();
        assert_eq!(told, expected, "{said:?}");
    }
}

#[test]
fn an_explanation_that_says_nothing_is_none_and_the_sender_is_told() {
    let (_, copy) = handed_out();
    for said in ["TBC", "n/a", "N/A.", "yes", "Yes!", "see above", "OK", "as above", "-"] {
        let scene = Scene::new().with("in/a.xlsx", &explained(&copy, WRITTEN, said));
        let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
        let results = json(&run, "out/data/results.json");
        let told = finding(review(&results, "a.xlsx"), "reassessment-required").unwrap();
        assert_eq!(told["explanation"].as_str(), None, "{said:?}");
        let is_told = told["help"].as_str().unwrap().ends_with("explains nothing; say why the value is right.");
        assert_eq!(is_told, said != "-", "{said:?}: {}", told["help"]);
    }
}

/// Returns a workbook saved in another format, which keeps nothing of ours but its cells, with an explanation of a finding.
fn explained_in(copy: &[u8], format: Format) -> Vec<u8> {
    let mut book = Book::of(&read(&Source::new("copy.xlsx", copy), &Limits::default()).unwrap());
    let page = book.sheets.iter_mut().find(|page| page.name == "Findings").unwrap();
    let is_asked = |laid: &Laid| matches!(&laid.value, CellValue::Text(text) if &**text == "reassessment-required");
    let at = *page.cells.iter().find(|(_, laid)| is_asked(laid)).expect("it has the finding").0;
    page.cells.insert(CellRef::new(at.row, at.column - 1), Laid::of(CellValue::Text(SAID.into())));
    book.written(format)
}

#[test]
fn what_was_written_is_read_in_whatever_format_it_comes_back() {
    let (_, copy) = handed_out();
    // A return that gets a workbook of findings beside it.
    let sample =
        Book::of(&read(&Source::new(SAMPLE, std::fs::read(sample(SAMPLE)).unwrap()), &Limits::default()).unwrap())
            .written(Format::Ods);
    let scene = Scene::new().with("in/Acme.ods", &sample);
    let run = scene.run(&["run", "in", "--out", "first", "--only", "annotated"]);
    let companion = run.files["first/returns/Acme.findings.xlsx"].clone();
    for format in FORMATS {
        let end = format.extension();
        let alone = Scene::new().with(&format!("in/Acme.annotated.{end}"), &explained_in(&copy, format));
        let beside = Scene::new().with("in/Acme.ods", &sample);
        let beside = beside.with(&format!("in/Acme.findings.{end}"), &explained_in(&companion, format));
        for (scene, file) in [(alone, format!("Acme.annotated.{end}")), (beside, "Acme.ods".to_owned())] {
            let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
            let results = json(&run, "out/data/results.json");
            let asked = finding(review(&results, &file), "reassessment-required").expect(&file);
            assert_eq!(asked["explanation"], SAID, "{file} {end}");
            let findings = review(&results, &file)["findings"].to_string();
            assert!(!findings.contains("Findings"), "{file} {end}: {findings}");
            assert_eq!(review(&results, &file)["cells"]["unexpected"], 0, "{file} {end}");
        }
    }
}
