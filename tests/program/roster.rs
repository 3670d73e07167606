//! The list of who was expected, as people name and save it.

use rust_xlsxwriter::Workbook;

use super::{Run, Scene, json};

/// The organisation of the only return.
const SENT: &str = "The Logistics Standards Council";

/// Returns a season of one return.
fn season() -> Scene {
    Scene::new().with_sample("Copy of Code of Practice assessment The Logistics Standards Council.xlsx", "in/Acme.xlsx")
}

/// Returns a roster as a workbook, with a title above its headings.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "See the other sheet").unwrap();
    let sheet = workbook.add_worksheet();
    let lines = [
        ["Members of the network", ""],
        ["", ""],
        ["Region", "Name of organisation"],
        ["Wales", SENT],
        ["", "Ynys Môn Trust"],
    ];
    for (row, line) in (0..).zip(lines) {
        for (column, entry) in (0..).zip(line) {
            sheet.write(row, column, entry).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Holds that the other organisation is told as missing, and that nothing else was taken for a return.
#[track_caller]
fn is_used(run: &Run, what: &str) {
    let results = json(run, "out/data/results.json");
    assert_eq!(results["returns"].as_array().unwrap().len(), 1, "{what}");
    let rules: Vec<&str> = results["season"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    assert!(rules.contains(&"return-missing") && !rules.contains(&"organisation-unlisted"), "{what}: {rules:?}");
}

#[test]
fn a_roster_is_used_however_it_is_saved_and_wherever_it_lies() {
    let text = format!("Organisation;Region\r\n{SENT};Wales\r\nYnys M\u{f4}n Trust;\r\n");
    let ansi: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let tabs: Vec<u8> =
        format!("\u{feff}{}", text.replace(';', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8]); 5] = [
        ("in/roster.csv", text.as_bytes()),
        ("roster.csv", &ansi),
        ("in/roster.txt", &tabs),
        ("in/roster.xlsx", &workbook()),
        ("roster.xlsx", &workbook()),
    ];
    for (name, bytes) in cases {
        is_used(&season().with(name, bytes).run(&["run", "in", "--out", "out", "--only", "data"]), name);
    }
    let scene = season().with("in/members.xlsx", &workbook());
    is_used(&scene.run(&["run", "in", "--out", "out", "--only", "data", "--roster", "in/members.xlsx"]), "on the line");
    let scene = scene.with("in/season.toml", b"roster = \"members.xlsx\"\n");
    is_used(&scene.run(&["run", "in", "--out", "out", "--only", "data"]), "by the season");
}

#[test]
fn a_roster_that_is_not_there_is_told_with_the_one_that_is_meant() {
    let scene = season().with("lists/members.csv", b"organisation\nAcme\n").with("lists/budget.csv", b"1,2\n");
    for (named, expected) in [
        ("lists/member.csv", "can\u{2019}t find the roster `lists/member.csv`; did you mean `members.csv`?"),
        ("list/members.csv", "can\u{2019}t find the roster `list/members.csv`; did you mean `lists`?"),
        (
            "other/members.csv",
            "can\u{2019}t find the roster `other/members.csv`; there is no folder `other`: check how its path is written",
        ),
        ("lists", "the roster `lists` is a folder; name the file in it that is meant"),
        ("lists/budget.csv", "could not use the roster lists/budget.csv: no column is headed “organisation”"),
    ] {
        let run = scene.run(&["run", "in", "--out", "out", "--roster", named]);
        assert_eq!(run.code, 2, "{named}");
        assert!(run.err.contains(expected) && !run.err.contains("os error"), "{}", run.err);
    }
    let scene = scene.with("in/season.toml", b"roster = \"../lists/member.csv\"\n");
    let run = scene.run(&["run", "in", "--out", "out"]);
    let expected = "season.toml:1:10: can\u{2019}t find the roster `../lists/member.csv`; did you mean `members.csv`?";
    assert!(run.err.contains(expected) && !run.err.contains("os error"), "{}", run.err);
}

#[test]
fn what_is_doubtful_in_a_roster_is_told() {
    let roster = format!("organisation,expected_kinds\n{SENT},First asessment\n,Re-assessment\n");
    let run = season().with("in/roster.csv", roster.as_bytes()).run(&["run", "in", "--out", "out", "--only", "data"]);
    for expected in ["did you mean “First assessment”?", "line 3 names no organisation"] {
        assert!(run.err.contains(expected), "{}", run.err);
    }
}
