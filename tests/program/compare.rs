//! `compare`: two returns, two seasons, and what can't be compared.

use serde_json::Value;

use super::Scene;

/// A self-assessment and the external assessment of the same organisation, in two formats.
const OWN: &str = "SEQF self-assessment Newry Community Enterprise - final FINAL.xlsx";
const EXTERNAL: &str = "Newry Community Enterprise_External assessment SEQF_v2.xlsb";
/// A return of another framework.
const OTHER: &str = "Code of Practice assessment Health Workforce Alliance - final FINAL.xlsx";

fn returns() -> Scene {
    Scene::new().with_sample(OWN, "own.xlsx").with_sample(EXTERNAL, "external.xlsb").with_sample(OTHER, "other.xlsx")
}

/// Takes the samples' season as it was run, and writes its results changed beside it.
fn seasons(change: impl Fn(&mut Vec<Value>)) -> Scene {
    let scene = Scene::new().with_data("second");
    let mut results: Value =
        serde_json::from_slice(&std::fs::read(scene.path("second/data/results.json")).unwrap()).unwrap();
    change(results["returns"].as_array_mut().unwrap());
    scene.with("first/data/results.json", results.to_string().as_bytes())
}

/// Returns the workbook that a run wrote, as lines of cells.
fn workbook(scene: &Scene, name: &str) -> Vec<String> {
    let run = scene.run(&["check", name, "--show-cells", "--format", "json"]);
    run.out.lines().map(ToOwned::to_owned).collect()
}

#[test]
fn a_self_assessment_is_compared_with_the_external_one() {
    let scene = returns();
    let json = scene.run(&["compare", "own.xlsx", "external.xlsb", "--format", "json", "--exit-zero"]).printed();
    assert_eq!((&json["schema"], &json["framework"]), (&1.into(), &"seqf".into()));
    assert_eq!(json["returns"]["before"]["file"], "own.xlsx");
    let answers = json["answers"].as_array().unwrap();
    assert!(answers.len() > 60, "{}", answers.len());
    assert!(answers.iter().all(|answer| answer["raters"]["before"] != answer["raters"]["after"]), "{}", answers[0]);
    let differing: Vec<&Value> =
        answers.iter().filter(|answer| answer["value"]["before"] != answer["value"]["after"]).collect();
    let run = scene.run(&["compare", "own.xlsx", "external.xlsb", "--format", "plain", "--exit-zero"]);
    for answer in differing {
        let id = format!("{} ", answer["id"].as_str().unwrap());
        assert!(run.out.lines().any(|line| line.starts_with(&id)), "{id}: {}", run.out);
    }
    let told = run.in_one_line();
    for words in ["answers are given in both: ", "with more points in the external assessment, "] {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn what_is_shown_fits_the_width() {
    let scene = returns();
    for format in ["human", "plain"] {
        let run = scene.run_at(80, &["compare", "own.xlsx", "external.xlsb", "--format", format, "--exit-zero"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let long: Vec<&str> = run.out.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.iter().all(|line| !line.trim().contains(' ')), "{long:?}");
        assert!(!run.out.contains('\u{1b}'));
    }
}

#[test]
fn a_return_is_the_same_as_itself() {
    let run = returns().run(&["compare", "own.xlsx", "own.xlsx"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("Outcome: ") && run.out.contains(" in both."), "{}", run.out);
    assert!(run.out.contains("0 gone, 0 new, "), "{}", run.out);
    assert!(!run.out.contains(" \u{2013} "), "{}", run.out);
}

#[test]
fn a_workbook_holds_what_is_the_same_too() {
    let scene = returns();
    let run = scene.run(&["compare", "own.xlsx", "external.xlsb", "--out", "compared.xlsx", "--exit-zero"]);
    assert!(run.err.contains("Wrote compared.xlsx"), "{}", run.err);
    let again = scene.run(&["compare", "own.xlsx", "external.xlsb", "--out", "again.xlsx", "--exit-zero"]);
    assert!(again.files["compared.xlsx"] == again.files["again.xlsx"]);
    let cells = workbook(&scene, "compared.xlsx");
    for sheet in ["Comparison", "Answers", "Findings"] {
        assert!(cells.iter().any(|cell| cell.contains(&format!("\"{sheet}\""))), "{sheet}: {cells:?}");
    }
    let json = scene.run(&["compare", "own.xlsx", "external.xlsb", "--format", "json", "--exit-zero"]).printed();
    for answer in json["answers"].as_array().unwrap() {
        let id = format!("\"{} ", answer["id"].as_str().unwrap());
        assert!(cells.iter().any(|cell| cell.contains(&id)), "{id}");
    }
}

#[test]
fn a_new_finding_ends_in_one_and_what_was_there_before_does_not() {
    let scene = returns();
    let codes = [&[][..], &["--fail-on", "note"], &["--fail-on", "note", "--exit-zero"]].map(|options| {
        let both = [["compare", "own.xlsx", "external.xlsb"], ["compare", "own.xlsx", "own.xlsx"]];
        both.map(|line| scene.run(&[&line[..], options].concat()).code)
    });
    assert_eq!(codes[1], [1, 0]);
    assert_eq!(codes[2], [0, 0]);
    assert_eq!(codes[0][1], 0);
}

#[test]
fn two_seasons_are_compared_organisation_by_organisation() {
    let scene = seasons(|returns| {
        let is_new = |of: &Value| of["organisation"] == "Newry Community Enterprise";
        returns.retain(|of| !is_new(of));
        let mut left = returns.iter().find(|of| of["status"] == "scored").unwrap().clone();
        left["organisation"] = "Gone Works".into();
        left["file"] = "gone.xlsx".into();
        returns.push(left);
        let fell = returns.iter_mut().find(|of| of["outcome"]["band"] == "meeting").unwrap();
        fell["outcome"]["band"] = "exceeding".into();
    });
    let run = scene.run(&["compare", "first", "second", "--format", "json", "--exit-zero"]);
    let json = run.printed();
    let of = |presence: &str| -> Vec<String> {
        let all = json["returns"].as_array().unwrap().iter().filter(|of| of["presence"] == presence);
        all.map(|of| of["organisation"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(of("left"), ["Gone Works"]);
    assert_eq!(of("joined"), ["Newry Community Enterprise"; 2]);
    let moved: Vec<&Value> = json["returns"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|of| of["presence"] == "both" && of["band"]["before"] != of["band"]["after"])
        .collect();
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert_eq!((&moved[0]["band"]["before"], &moved[0]["band"]["after"]), (&"exceeding".into(), &"meeting".into()));
    let shown = scene.run(&["compare", "first", "second/data/results.json", "--out", "compared.xlsx", "--exit-zero"]);
    for words in ["Gone Works", "only before", "2 came only after, 1 only before.", "Files that don\u{2019}t count: "] {
        assert!(shown.in_one_line().contains(words), "{words}: {}", shown.out);
    }
    assert!(workbook(&scene, "compared.xlsx").iter().any(|cell| cell.contains("\"Gone Works")));
}

#[test]
fn a_framework_whose_pack_is_not_here_is_told() {
    let scene = seasons(|_| {});
    for name in ["first", "second"] {
        let file = scene.path(&format!("{name}/data/results.json"));
        let text =
            std::fs::read_to_string(&file).unwrap().replace("\"framework\": \"seqf\"", "\"framework\": \"ours\"");
        std::fs::write(&file, text.replace("\"framework\":\"seqf\"", "\"framework\":\"ours\"")).unwrap();
    }
    let run = scene.run(&["compare", "first", "second"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let told = run.in_one_line();
    assert!(told.contains("The pack of ours isn\u{2019}t known here") && told.contains("--season"), "{told}");
}

#[test]
fn what_cannot_be_compared_is_told_with_what_to_do() {
    let scene = returns()
        .with("torn.xlsx", b"PK torn")
        .with("notes.txt", b"notes")
        .with("empty/read me.txt", b"")
        .with("older/data/results.json", b"{\"schema\": 0, \"files\": []}")
        .with("foreign/data/results.json", b"[]")
        .with("run/data/results.json", br#"{"schema": 1, "returns": [], "season": {}}"#);
    let cases: [(&[&str], i32, &[&str]); 11] = [
        (&["own.xlsx", "run"], 2, &["is one return and", "name two workbooks, or two folders"]),
        (&["run", "own.xlsx"], 2, &["is one return and"]),
        (&["own.xlsx", "other.xlsx"], 2, &["which ask different things", "two returns of one framework"]),
        (&["own.xlsx", "nowhere.xlsx"], 2, &["isn\u{2019}t there", "name a workbook"]),
        (&["own.xlsx", "notes.txt"], 3, &["`notes.txt` can\u{2019}t be compared: the file is plain text"]),
        (&["own.xlsx", "torn.xlsx"], 3, &["`torn.xlsx` can\u{2019}t be compared: "]),
        (&["run", "empty"], 2, &["holds no `data/results.json`", "name a folder that `scrutineer run` wrote to"]),
        (&["older", "run"], 2, &["format 0", "run that season again"]),
        (&["run", "foreign"], 2, &["aren't results of a season", "run that season again"]),
        (&["run", "run"], 2, &["no returns of one framework"]),
        (&["own.xlsx", "own.xlsx", "--out", "compared.pdf"], 2, &["ends in .xlsx"]),
    ];
    for (arguments, code, expected) in cases {
        let run = scene.run(&[&["compare"], arguments].concat());
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.out, run.err);
        for words in expected {
            assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
        }
        assert!(run.out.is_empty(), "{arguments:?}: {}", run.out);
    }
    let over = scene.run(&["compare", "own.xlsx", "own.xlsx", "--out", "own.xlsx"]);
    assert!(over.code == 2 && over.err.contains("is one of the two"), "{}", over.err);
}

#[test]
fn settings_are_used_but_for_last_seasons_results() {
    let season = b"title = \"Spring\"\nprevious = \"nowhere\"\n[rule_status]\noutcome-provisional = \"off\"\n";
    let run = returns().with("season.toml", season).run(&["compare", "own.xlsx", "own.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.err);
}
