//! `check`: its formats, its inputs and its exit codes.

use super::Scene;

/// A return with a blank answer and one of register rows that contradict themselves.
const FAULTY: &str = "22.04.2025.xlsx";
/// A return without errors.
const SOUND: &str = "22.06.2025.xlsx";

#[test]
fn findings_decide_the_exit_code() {
    let scene = Scene::new().with_sample(FAULTY, "faulty.xlsx").with_sample(SOUND, "sound.xlsx");
    for (arguments, code) in [
        (&["check", "sound.xlsx"][..], 0),
        (&["check", "faulty.xlsx"], 1),
        (&["check", "faulty.xlsx", "--exit-zero"], 0),
        (&["faulty.xlsx"], 1),
        (&["check", "."], 1),
        (&["check", "nowhere.xlsx"], 2),
        (&["check", "sound.xlsx", "--framework", "unknown"], 2),
        (&["check", "--unknown"], 2),
    ] {
        let run = scene.run(arguments);
        assert_eq!(run.code, code, "{arguments:?}\n{}{}", run.out, run.err);
    }
}

#[test]
fn a_finding_stands_under_its_row() {
    let run = Scene::new().with_sample(FAULTY, "faulty.xlsx").run(&["check", "faulty.xlsx", "--format", "human"]);
    let lines: Vec<&str> = run.out.lines().collect();
    let blank = lines.iter().position(|line| line.starts_with("error[answer-blank]")).unwrap();
    let block = &lines[blank..(blank + 7).min(lines.len())];
    assert!(block.iter().any(|line| line.contains("sheet “") && line.contains("cell ")), "{block:?}");
    assert!(block.iter().any(|line| line.contains('│')), "{block:?}");
    assert!(block.iter().any(|line| line.contains('^')), "{block:?}");
    assert!(block.iter().any(|line| line.starts_with("  help: ")), "{block:?}");
    assert!(lines.last().unwrap().contains("error"), "the last line is the verdict: {lines:?}");
    assert!(!run.out.contains('\x1b'), "no colour where no terminal is");
}

#[test]
fn machines_read_the_same_findings_in_three_formats() {
    let scene = Scene::new().with_sample(FAULTY, "faulty.xlsx");
    let json: serde_json::Value =
        serde_json::from_str(&scene.run(&["check", "faulty.xlsx", "--format", "json"]).out).unwrap();
    let findings = json["returns"][0]["findings"].as_array().unwrap().len();
    let lines = scene.run(&["check", "faulty.xlsx", "--format", "jsonl"]).out;
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((json["schema"].as_u64(), lines.lines().count()), (Some(1), findings));
    assert_eq!(first["file"], "faulty.xlsx");
    let csv = scene.run(&["check", "faulty.xlsx", "--format", "csv"]).out;
    assert!(csv.starts_with("\u{feff}file,framework,organisation,rule,severity,sheet,cell,"), "{csv}");
}

#[test]
fn other_programs_read_the_same_findings() {
    let scene = Scene::new().with_sample(FAULTY, "faulty.xlsx");
    let arguments =
        ["check", "faulty.xlsx", "--format", "json", "--report", "sarif=to/f.sarif", "--report", "junit=f.xml"];
    let run = scene.run(&[&arguments[..], &["--report", "github=f.txt"]].concat());
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let findings = json["returns"][0]["findings"].as_array().unwrap();
    let log = super::json(&run, "to/f.sarif");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = |list: &[serde_json::Value], key: &str| -> Vec<String> {
        list.iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rules(results, "ruleId"), rules(findings, "rule"));
    let text = |name: &str| String::from_utf8(run.files[name].clone()).unwrap();
    assert_eq!(text("f.xml").matches("<testcase ").count(), findings.len());
    assert_eq!(text("f.txt").lines().count(), findings.len());
    let errors = findings.iter().filter(|finding| finding["severity"] == "error").count();
    assert_eq!(text("f.xml").matches("<failure ").count(), errors);
}

#[test]
fn what_is_cut_is_told() {
    let scene = Scene::new().with_sample(FAULTY, "faulty.xlsx");
    let all = scene.run(&["check", "faulty.xlsx", "--format", "plain", "-v"]).out;
    let count = |text: &str, rule: &str| text.matches(&format!("Error {rule},")).count();
    let rule = "answer-blank";
    assert!(count(&all, rule) >= 1, "{all}");
    let cut = scene.run(&["check", "faulty.xlsx", "--format", "plain", "--max-per-rule", "0"]).out;
    assert_eq!(count(&cut, rule), 0);
    assert!(cut.contains(&format!("And {} more of {rule}.", count(&all, rule))), "{cut}");
}

#[test]
fn settings_are_listed_with_where_they_come_from() {
    let settings = b"title = \"Spring\"\n[limits]\ncells = 9\nsheets = 8\n[rule_status]\nsheet-renamed = \"off\"\n";
    let scene = Scene::new().with("season.toml", settings);
    let listed = |arguments: &[&str]| -> Vec<Vec<String>> {
        let run = scene.run(&[&["check", ".", "--show-settings"], arguments].concat());
        let words =
            |line: &str| line.split("  ").map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        run.out.lines().map(words).collect()
    };
    let all = listed(&["--limit", "cells=7", "--fail-on", "note"]);
    let expect = |name: &str, value: &str, origin: &str| {
        let found = all.iter().find(|line| line[0] == name).unwrap_or_else(|| panic!("{name} isn't listed"));
        assert!(found[1] == value && found[2].ends_with(origin), "{found:?}");
    };
    expect("title", "Spring", "season.toml");
    expect("limits.cells", "7", "--limit");
    expect("limits.sheets", "8", "season.toml");
    expect("limits.memory", "1073741824", "usual");
    expect("fail_on", "note", "--fail-on");
    expect("rule_status.sheet-renamed", "off", "season.toml");
    let alone = listed(&["--isolated"]);
    assert!(alone.iter().any(|line| line[0] == "title" && line[1] == "none"), "{alone:?}");
}

#[test]
fn a_limit_is_set_for_all_formats() {
    let scene = Scene::new().with_sample("(Oct 2025).xls", "a.xls").with_sample(SOUND, "b.xlsx");
    for file in ["a.xls", "b.xlsx"] {
        let run = scene.run(&["check", file, "--format", "plain", "--limit", "cells=10"]);
        assert_eq!(run.code, 3, "{file}");
        assert!(run.out.contains("at most 10 are read (limit `cells`)"), "{file}: {}", run.out);
    }
    assert_eq!(scene.run(&["check", "b.xlsx", "--limit", "cell=10"]).code, 2);
}

#[test]
fn returns_of_another_framework_are_told_where_one_is_insisted_on() {
    let scene = Scene::new().with_sample(FAULTY, "a.xlsx").with_sample(SOUND, "b.xlsx").with_sample(".ods", "c.ods");
    let json: serde_json::Value = serde_json::from_str(&scene.run(&["check", ".", "--format", "json"]).out).unwrap();
    let insisted: serde_json::Value =
        serde_json::from_str(&scene.run(&["check", ".", "--format", "json", "--framework", "seqf"]).out).unwrap();
    for (free, bound) in json["returns"].as_array().unwrap().iter().zip(insisted["returns"].as_array().unwrap()) {
        if free["framework"] == "seqf" {
            assert_eq!(free, bound);
        } else {
            let finding = &bound["findings"][0];
            assert_eq!(finding["rule"], "framework-unrecognised", "{bound}");
            assert!(
                finding["message"].as_str().unwrap().contains("; all returns here are to be of “SEQF"),
                "{finding}"
            );
        }
    }
}

#[test]
fn dropped_files_get_annotated_copies_that_are_no_returns_and_keep_what_people_write() {
    let scene = Scene::new().with_sample(SOUND, "in/a.xlsx").with_sample("(Oct 2025).xls", "in/b.xls");
    let first = scene.run(&["in"]);
    let names: Vec<&String> = first.files.keys().collect();
    assert_eq!(names, ["in/a.annotated.xlsx", "in/a.xlsx", "in/b.findings.xlsx", "in/b.xls"], "{}", first.err);
    let listed = scene.run(&["check", "in", "--show-files"]).out;
    assert!(listed.contains("in/a.annotated.xlsx  (left out: our own copy"), "{listed}");
    assert!(listed.ends_with("2 to review, 2 left out\n"), "{listed}");
    assert_eq!(scene.run(&["in"]).files, first.files);
    let scene = scene.with("in/a.annotated.xlsx", &first.files["in/b.findings.xlsx"][..100]);
    let run = scene.run(&["in/a.xlsx"]);
    assert_eq!((run.code, run.files["in/a.annotated.xlsx"].len()), (3, 100), "{}", run.err);
    assert!(run.err.contains("is there already and has been worked in"), "{}", run.err);
}

#[test]
fn cells_are_shown_as_they_are_read_in_every_format() {
    let scene =
        Scene::new().with_sample(SOUND, "a.xlsx").with_sample("(Oct 2025).xls", "b.xls").with_sample(".ods", "c.ods");
    for file in ["a.xlsx", "b.xls", "c.ods"] {
        let run = scene.run(&["check", file, "--show-cells"]);
        let lines: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((run.code, &lines[0]["workbook"]), (0, &file.into()), "{}", run.err);
        assert_eq!(lines[0]["format"], file.rsplit('.').next().unwrap());
        assert!(lines.len() > 20 && lines[1..].iter().all(|line| line["cell"].is_string()), "{file}");
        let aligned = scene.run(&["check", file, "--show-cells", "--format", "human"]).out;
        assert_eq!(
            aligned.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")).count(),
            lines.len() - 1,
            "{aligned}"
        );
    }
    let broken = scene.with("d.xlsx", b"PK\x03\x04 and no more");
    let run = broken.run(&["check", "d.xlsx", "--show-cells"]);
    assert_eq!((run.code, run.out.contains("\"error\":\"damaged\"")), (3, true), "{}{}", run.out, run.err);
    assert_eq!(broken.run(&["check", "a.xlsx", "--show-cells", "--format", "sarif"]).code, 2);
}

#[test]
fn copies_are_written_where_the_option_stands_before_or_after_the_file() {
    for arguments in [&["check", "a.xlsx", "--annotate"][..], &["check", "--annotate", "a.xlsx"]] {
        let run = Scene::new().with_sample(SOUND, "a.xlsx").run(arguments);
        assert!(run.code == 0 && run.files.contains_key("a.annotated.xlsx"), "{arguments:?} {}", run.err);
    }
    let run = Scene::new().with_sample(SOUND, "a.xlsx").run(&["check", "a.xlsx", "--annotate=to"]);
    assert!(run.files.contains_key("to/a.annotated.xlsx"), "{}", run.err);
}

#[test]
fn a_slip_in_the_command_is_told_whatever_follows() {
    let scene = Scene::new().with_sample(SOUND, "a.xlsx");
    for (arguments, command) in [(&["chek", "a.xlsx"][..], "check"), (&["runn", ".", "--out", "x"], "run")] {
        let run = scene.run(arguments);
        assert!(run.code == 2 && run.err.contains(&format!("did you mean `{command}`?")), "{}", run.err);
    }
}

#[test]
fn narrated_text_has_no_pictures() {
    let run = Scene::new().with_sample(FAULTY, "faulty.xlsx").run(&["check", "faulty.xlsx", "--format", "plain"]);
    assert!(run.out.starts_with("File faulty.xlsx. "), "{}", run.out);
    assert!(run.out.contains("What to do: ") && !run.out.contains('│') && !run.out.contains('^'), "{}", run.out);
}

#[test]
fn a_workbook_may_come_from_standard_input() {
    let scene = Scene::new().with_sample(FAULTY, "faulty.xlsx");
    let bytes = std::fs::read(scene.path("faulty.xlsx")).unwrap();
    let run = scene.run_with_input(&["check", "-", "--format", "json"], &bytes);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["returns"][0]["file"], "standard input");
    assert_eq!(json["returns"][0]["framework"], "seqf");
}

#[test]
fn a_list_names_the_files() {
    let scene = Scene::new().with_sample(SOUND, "in/sound.xlsx").with("list.txt", b"in/sound.xlsx\n");
    let run = scene.run(&["check", "--files-from", "list.txt", "--show-files"]);
    assert_eq!(run.out, "in/sound.xlsx\n1 to review, 0 left out\n");
    let run = scene.run_with_input(&["check", "--files-from", "-", "--quiet"], b"in/sound.xlsx\n");
    assert_eq!((run.code, run.out.lines().count()), (0, 1), "{}", run.out);
}

#[test]
fn old_formats_are_examined_apart_and_give_the_same_kind_of_answer() {
    let scene =
        Scene::new().with_sample("(Oct 2025).xls", "a.xls").with_sample(".ods", "b.ods").with_sample(".xlsb", "c.xlsb");
    let broken = std::fs::read(scene.path("a.xls")).unwrap();
    let scene = scene.with("d.xls", &broken[..broken.len() / 2]);
    let run = scene.run(&["check", ".", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let status: Vec<&str> =
        json["returns"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(status.len(), 4, "{}", run.err);
    assert!(status[1..3].iter().all(|status| ["scored", "provisional"].contains(status)), "{status:?}");
}

#[test]
fn each_path_goes_by_the_settings_of_its_own_season() {
    let future = "date-in-future";
    let scene = Scene::new()
        .with_sample("SEQF self-assessment 22.04.2025.xlsx", "old/a.xlsx")
        .with_sample("SEQF self-assessment 22.04.2025.xlsx", "new/b.xlsx")
        .with("old/season.toml", b"data_date = 2020-01-31\n")
        .with("new/season.toml", b"data_date = 2030-01-31\n");
    let told = |paths: &[&str]| {
        let run = scene.run(&[&["check"], paths, &["-v", "--format", "plain"]].concat());
        run.out.matches(future).count()
    };
    let (old, new) = (told(&["old/a.xlsx"]), told(&["new/b.xlsx"]));
    assert!(old > 0 && new == 0, "{old} {new}");
    for paths in [["old/a.xlsx", "new/b.xlsx"], ["new/b.xlsx", "old/a.xlsx"]] {
        assert_eq!(told(&paths), old, "{paths:?}");
    }
    let run = scene.run(&["check", "old/a.xlsx", "new/b.xlsx", "--format", "json"]);
    assert!(run.code == 2 && run.err.contains("check them apart"), "{}", run.err);
}
