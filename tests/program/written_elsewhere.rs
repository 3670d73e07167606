//! Copies with our findings in which the sender wrote elsewhere than under “Your explanation”, or took out what is ours.

use scrutineer::ooxml::{Changes, Limits, Package, PartName};
use serde_json::Value;

use super::returned::{SAID, WRITTEN, across, answered, finding, handed_out, review, typed, without_manifest};
use super::{Scene, json};

/// The finding of which something is said.
const RULE: &str = "reassessment-required";

/// Returns a package's part as text.
#[track_caller]
fn text_of(package: &Package, part: &PartName) -> String {
    String::from_utf8(package.read(part).unwrap().clone()).unwrap()
}

/// Returns a copy in which the sheet of findings is another.
#[track_caller]
fn with_findings(copy: &[u8], anew: impl Fn(String) -> String) -> Vec<u8> {
    let package = Package::open(copy, &Limits::default()).unwrap();
    let part = package.book().unwrap().sheet("Findings").unwrap().part.clone().unwrap();
    let mut changes = Changes::default();
    changes.replaced.insert(part.clone(), anew(text_of(&package, &part)).into_bytes());
    package.rewrite(&changes).unwrap()
}

/// Returns a sheet of findings with this written in a column of the row of the finding, which may have no such cell.
#[track_caller]
fn beside(sheet: &str, column: &str, said: &str) -> String {
    let at = sheet.find(RULE).expect("it has the finding");
    let start = sheet[..at].rfind("<row ").unwrap();
    let row = sheet[start..].split('"').nth(1).unwrap().to_owned();
    let cell = format!("{column}{row}");
    if sheet.contains(&format!("<c r=\"{cell}\"")) {
        return typed(sheet, &cell, said);
    }
    let end = start + sheet[start..].find("</row>").unwrap();
    format!("{}<c r=\"{cell}\" t=\"inlineStr\"><is><t>{said}</t></is></c>{}", &sheet[..end], &sheet[end..])
}

/// Returns a sheet of findings with a row below all others.
fn below(sheet: &str, said: &str) -> String {
    let row = format!("<row r=\"900\"><c r=\"B900\" t=\"inlineStr\"><is><t>{said}</t></is></c></row></sheetData>");
    sheet.replace("</sheetData>", &row)
}

/// Returns a sheet without the cells of a column.
fn without_column(sheet: &str, column: &str) -> String {
    let mut kept = String::new();
    for piece in sheet.split_inclusive("</c>") {
        let start = piece.rfind("<c r=\"").unwrap_or(piece.len());
        let is_of = |cell: &str| cell.starts_with(&format!("<c r=\"{column}")) && cell.as_bytes()[7].is_ascii_digit();
        kept.push_str(if is_of(&piece[start..]) { &piece[..start] } else { piece });
    }
    kept
}

/// Returns a text without the element that holds a word, from its opening to its end.
#[track_caller]
fn without_element(text: &str, name: &str, word: &str) -> String {
    let opening = format!("<{name} ");
    let start = text.match_indices(&opening).map(|(at, _)| at);
    let element = |start: usize| start..start + text[start..].find("/>").unwrap() + 2;
    let own = start.map(element).find(|span| text[span.clone()].contains(word)).expect("there is one");
    format!("{}{}", &text[..own.start], &text[own.end..])
}

/// Returns a copy whose sheet of findings was deleted, as spreadsheet programs do that.
#[track_caller]
fn without_findings(copy: &[u8]) -> Vec<u8> {
    let package = Package::open(copy, &Limits::default()).unwrap();
    let book = package.book().unwrap();
    let part = book.sheet("Findings").unwrap().part.clone().unwrap();
    let (links, types) = (PartName::of_relationships(Some(&book.part)), PartName::content_types());
    let file = part.as_str().rsplit('/').next().unwrap();
    let mut changes = Changes::default();
    let anew = [
        (book.part.clone(), without_element(&text_of(&package, &book.part), "sheet", "name=\"Findings\"")),
        (links.clone(), without_element(&text_of(&package, &links), "Relationship", file)),
        (types.clone(), without_element(&text_of(&package, &types), "Override", file)),
    ];
    changes.replaced.extend(anew.map(|(part, text)| (part, text.into_bytes())));
    changes.removed.insert(part);
    package.rewrite(&changes).unwrap()
}

/// Returns a copy whose sheet of findings has another name.
#[track_caller]
fn renamed(copy: &[u8], name: &str) -> Vec<u8> {
    let package = Package::open(copy, &Limits::default()).unwrap();
    let part = package.book().unwrap().part;
    let text = text_of(&package, &part).replace("name=\"Findings\"", &format!("name=\"{name}\""));
    let mut changes = Changes::default();
    changes.replaced.insert(part, text.into_bytes());
    package.rewrite(&changes).unwrap()
}

/// Returns what comes of an answer beside what it was made from.
#[track_caller]
fn results(scene: Scene, answer: &[u8]) -> Value {
    let run = scene.with("in/back.xlsx", answer).run(&["run", "in", "--out", "out", "--only", "data"]);
    json(&run, "out/data/results.json")
}

#[test]
fn what_is_written_in_the_row_of_a_finding_comes_home() {
    let (_, copy) = handed_out();
    for column in ["A", "B", "D", "E", "F", "G", "H", "J", "K", "M"] {
        let (scene, _) = handed_out();
        let answer = with_findings(&copy, |sheet| beside(&sheet, column, SAID));
        let results = results(scene, &answer);
        let told = finding(review(&results, "back.xlsx"), RULE).unwrap();
        assert_eq!(told["explanation"], SAID, "{column}");
        assert_eq!(review(&results, "Acme.xlsx")["status"], "superseded", "{column}");
    }
}

#[test]
fn what_is_typed_over_what_to_do_comes_home_whatever_program_saved_it() {
    let (_, copy) = handed_out();
    let behind = |sheet: String| {
        let row = &sheet[..sheet.find(RULE).unwrap()];
        let help =
            row[row.rfind("<c r=\"H").unwrap()..].split("preserve\">").nth(1).unwrap().split('<').next().unwrap();
        beside(&sheet, "H", &format!("{help} {SAID}"))
    };
    for answer in [with_findings(&copy, |sheet| beside(&sheet, "H", SAID)), with_findings(&copy, behind)] {
        let (scene, _) = handed_out();
        let results = results(scene, &without_manifest(&answer));
        let told = finding(review(&results, "back.xlsx"), RULE).unwrap();
        assert_eq!(told["explanation"], SAID);
    }
}

#[test]
fn what_is_written_beside_none_of_the_findings_is_told() {
    let (_, copy) = handed_out();
    let answers = [
        with_findings(&copy, |sheet| below(&sheet, SAID)),
        with_findings(&copy, |sheet| typed(&sheet, "A2", SAID)),
        without_manifest(&with_findings(&copy, |sheet| below(&sheet, SAID))),
    ];
    for (case, answer) in answers.iter().enumerate() {
        let (scene, _) = handed_out();
        let results = results(scene, answer);
        let back = review(&results, "back.xlsx");
        let told = finding(back, "content-unexpected").unwrap_or_else(|| panic!("{case}: {back}"));
        assert_eq!((&told["found"], &told["severity"]), (&SAID.into(), &"warning".into()), "{case}");
        assert_eq!((&told["sheet"], told["explanation"].as_str()), (&"Findings".into(), None), "{case}");
        assert_eq!(review(&results, "Acme.xlsx")["status"], "superseded", "{case}");
    }
}

#[test]
fn what_we_wrote_is_no_explanation() {
    let (_, copy) = handed_out();
    for answer in [answered(&copy, WRITTEN), without_manifest(&answered(&copy, WRITTEN))] {
        let (scene, _) = handed_out();
        let results = results(scene, &answer);
        let findings = review(&results, "back.xlsx")["findings"].as_array().unwrap();
        let explained = findings.iter().filter(|finding| finding["explanation"].is_string()).count();
        assert_eq!(explained, 1, "{findings:?}");
        assert!(findings.iter().all(|finding| finding["sheet"] != "Findings"), "{findings:?}");
    }
}

#[test]
fn a_copy_is_known_whatever_became_of_our_sheet() {
    let (_, copy) = handed_out();
    let answer = answered(&copy, WRITTEN);
    let cases = [
        ("no rules", with_findings(&answer, |sheet| without_column(&sheet, "J")), true),
        ("no messages", with_findings(&answer, |sheet| without_column(&sheet, "G")), true),
        ("neither", with_findings(&answer, |sheet| without_column(&without_column(&sheet, "G"), "J")), true),
        ("no rules or manifest", without_manifest(&with_findings(&answer, |sheet| without_column(&sheet, "J"))), true),
        ("renamed", renamed(&answer, "Queries"), true),
        ("renamed, no manifest", without_manifest(&renamed(&answer, "Queries")), true),
        ("deleted", without_findings(&answer), false),
        ("deleted, no manifest", without_manifest(&without_findings(&answer)), false),
    ];
    for (case, answer, is_explained) in cases {
        let (scene, _) = handed_out();
        let results = results(scene, &answer);
        let back = review(&results, "back.xlsx");
        assert_eq!(review(&results, "Acme.xlsx")["status"], "superseded", "{case}: {}", results["season"]);
        assert_eq!(across(&results, "return-superseded"), ["note"], "{case}");
        let said = finding(back, RULE).unwrap()["explanation"].as_str();
        assert_eq!(said, is_explained.then_some(SAID), "{case}");
        assert_eq!(finding(back, "content-unexpected"), None, "{case}");
    }
}
