//! `run`: what it writes, what it refuses, and that nothing but the input changes its bytes.

use std::collections::BTreeSet;

use super::{Scene, contents, json};
use crate::house::at;

const OUTPUTS: [&str; 18] = [
    "calendar.ics",
    "data/calendar.csv",
    "data/calendar.parquet",
    "data/findings.csv",
    "data/findings.parquet",
    "data/results.json",
    "data/returns.csv",
    "data/returns.parquet",
    "data/rows.csv",
    "data/rows.parquet",
    "data/scores.csv",
    "data/scores.parquet",
    "data/statistics.csv",
    "data/statistics.parquet",
    "overarching-report-code-of-practice.pdf",
    "overarching-report-seqf.pdf",
    "run.json",
    "season.xlsx",
];

#[test]
fn the_number_of_threads_and_earlier_outputs_change_no_byte() {
    let season = at("samples/season").display().to_string();
    let scene = Scene::new();
    let cold = scene.run(&["run", &season, "--out", "a", "--jobs", "1"]);
    let one = contents(&scene.path("a"));
    scene.run(&["run", &season, "--out", "b", "--jobs", "4", "--only", "data"]);
    scene.run(&["run", &season, "--out", "b", "--jobs", "3"]);
    assert_eq!(cold.code, 3, "{}{}", cold.out, cold.err);
    let (copies, others): (Vec<&String>, Vec<&String>) = one.keys().partition(|name| name.starts_with("returns/"));
    assert_eq!(others, OUTPUTS.iter().collect::<Vec<_>>());
    assert!(copies.iter().any(|name| name.ends_with(".annotated.xlsx")), "{copies:?}");
    assert!(copies.iter().any(|name| name.ends_with(".findings.xlsx")), "{copies:?}");
    assert!(copies.iter().any(|name| name.ends_with(".report.pdf")), "{copies:?}");
    let other = contents(&scene.path("b"));
    for (name, bytes) in &one {
        assert!(other[name] == *bytes, "{name} differs");
    }
}

#[test]
fn every_file_of_the_samples_is_accounted_for() {
    let season = at("samples/season");
    let run = Scene::new().run(&["run", season.to_str().unwrap(), "--out", "out"]);
    let manifest = json(&run, "out/run.json");
    let names = |list: &str| -> BTreeSet<String> {
        let entries = manifest[list].as_array().unwrap().iter();
        entries.map(|entry| entry["file"].as_str().unwrap().to_owned()).collect()
    };
    let accounted: BTreeSet<String> = names("inputs").union(&names("ignored")).cloned().collect();
    assert_eq!(accounted, contents(&season).into_keys().collect::<BTreeSet<_>>());
    let counts = manifest["counts"].as_object().unwrap();
    let sum: u64 = counts.iter().filter(|(kind, _)| *kind != "files").map(|(_, count)| count.as_u64().unwrap()).sum();
    assert_eq!(counts["files"].as_u64().unwrap(), sum);
    for input in manifest["inputs"].as_array().unwrap() {
        let cells = |part: &str| input["cells"][part].as_u64().unwrap();
        let parts = cells("form") + cells("answers") + cells("formulas") + cells("unexpected");
        assert_eq!(cells("total"), parts, "{}", input["file"]);
    }
}

#[test]
fn a_file_that_cannot_be_read_costs_one_finding() {
    let scene = Scene::new()
        .with_sample("22.06.2025.xlsx", "in/good.xlsx")
        .with("in/empty.xls", b"")
        .with("in/text.xlsx", b"name,score\r\nAcme,3\r\n")
        .with("in/broken.ods", b"PK\x03\x04 and no more")
        .with("in/compound.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more")
        .with("in/~$good.xlsx", b"lock");
    let run = scene.run(&["run", "in", "--out", "out"]);
    let results = json(&run, "out/data/results.json");
    let returns = results["returns"].as_array().unwrap();
    let statuses: Vec<(&str, &str)> =
        returns.iter().map(|one| (one["file"].as_str().unwrap(), one["status"].as_str().unwrap())).collect();
    assert_eq!(run.code, 3, "{}", run.err);
    let unreadable: Vec<&str> =
        statuses.iter().filter(|(_, status)| *status == "unreadable").map(|(file, _)| *file).collect();
    assert_eq!(unreadable, ["broken.ods", "compound.xls", "empty.xls", "text.xlsx"]);
    for one in returns.iter().filter(|one| one["status"] == "unreadable") {
        assert_eq!(one["findings"].as_array().unwrap().len(), 1, "{one}");
    }
    assert_eq!(json(&run, "out/run.json")["counts"]["ignored"], 1);
}

#[test]
fn outputs_among_the_returns_are_refused() {
    let scene = Scene::new().with("in/a.xlsx", b"");
    let run = scene.run(&["run", "in", "--out", "in/out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("lies inside the input folder"), "{}", run.err);
    assert_eq!(run.files.keys().collect::<Vec<_>>(), ["in/a.xlsx"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let scene = Scene::new().with("in/a.xlsx", b"");
    let run = scene.run(&["run", "in", "--out", "out", "--dry-run"]);
    assert_eq!((run.code, run.files.len()), (3, 1), "{}", run.out);
    assert!(run.out.contains("Would write"), "{}", run.out);
}

#[test]
fn other_files_in_the_output_folder_stay() {
    let scene = Scene::new().with("in/a.xlsx", b"").with("out/data/mine.txt", b"mine").with("out/run.json", b"old");
    let run = scene.run(&["run", "in", "--out", "out"]);
    assert_eq!(run.files["out/data/mine.txt"], b"mine");
    assert_ne!(run.files["out/run.json"], b"old");
}

#[test]
fn an_empty_folder_matches_nothing() {
    let scene = Scene::new().with("in/notes.txt", b"hello");
    assert_eq!(scene.run(&["run", "in", "--out", "out"]).code, 4);
}

#[test]
fn a_season_grades_rules_but_not_those_that_are_always_told() {
    let settings = b"fail_on = \"warning\"\n[rule_status]\nsheet-renamed = \"off\"\n";
    let scene = Scene::new().with("in/a.xlsx", b"").with("in/season.toml", settings);
    let run = scene.run(&["run", "in", "--out", "out"]);
    let results = json(&run, "out/data/results.json");
    assert_eq!(results["season"]["findings"][0]["rule"], "rule-status-unused");
    assert_eq!(json(&run, "out/run.json")["settings"]["rule_status"]["sheet-renamed"], "off");
    let scene =
        Scene::new().with("in/a.xlsx", b"").with("in/season.toml", b"[rule_status]\nworkbook-unreadable = \"off\"");
    let run = scene.run(&["run", "in", "--out", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("season.toml:2:1: `workbook-unreadable` is always told"), "{}", run.err);
}

#[test]
fn what_a_season_says_of_dates_reaches_the_calendar() {
    let settings = "data_date = \"2025-12-01\"\nholidays = [\"2025-12-24\"]\n[done.\"Example Employment Service\"]\n\
                    draft_report = \"2025-12-19\"\n[done.Nobody]\npapers = \"2025-12-01\"\n";
    let bytes = std::fs::read(at("tests/fixtures/seqf.xlsx")).unwrap();
    let scene = Scene::new().with("in/a.xlsx", &bytes).with("in/season.toml", settings.as_bytes());
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    assert!(run.err.contains("season.toml says when “Nobody” did steps, and no return is theirs"), "{}", run.err);
    let table = String::from_utf8(run.files["out/data/calendar.csv"].clone()).unwrap();
    let comments = table.lines().find(|line| line.contains(",comments,")).unwrap();
    // Five working days without Christmas Eve, Christmas Day and Boxing Day.
    assert!(comments.contains(",2025-12-31,") && comments.contains(",due,2025-12-01,"), "{comments}");
    let events = String::from_utf8(run.files["out/calendar.ics"].clone()).unwrap();
    assert!(events.contains("DTSTART;VALUE=DATE:20251231\r\n"), "{events}");
    let scene = Scene::new().with("in/a.xlsx", b"").with("in/season.toml", b"[done.Acme]\npaper = \"2025-12-01\"\n");
    let run = scene.run(&["run", "in", "--out", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("has a step `paper`; did you mean `papers`?"), "{}", run.err);
}
