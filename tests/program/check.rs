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
    assert!(csv.starts_with("file,framework,organisation,rule,severity,sheet,cell,"), "{csv}");
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
