//! `framework diff`: what differs between two packs, and what that does to a season's outcomes.

use std::fs;

use serde_json::Value;

use super::{Scene, json};
use crate::house::at;

/// Returns a scene with a season that was run, and a changed pack.
fn scene(framework: &str, changes: &[(&str, &str)]) -> Scene {
    changed(Scene::new().with_data("out"), framework, changes)
}

/// Puts a changed pack into a scene.
fn changed(scene: Scene, framework: &str, changes: &[(&str, &str)]) -> Scene {
    let folder = at("src/framework/builtin").join(framework);
    let mut text = fs::read_to_string(folder.join("framework.toml")).unwrap();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    let form = fs::read(folder.join("form.xlsx")).unwrap();
    scene.with("next/framework.toml", text.as_bytes()).with("next/form.xlsx", &form)
}

/// Returns the returns whose band differs, by organisation, with the bands and what did it.
fn moved(json: &Value) -> Vec<(String, String, String, Value)> {
    let returns = json["rescoring"]["returns"].as_array().unwrap().iter();
    let differing = returns.filter(|of| of["band"]["before"] != of["band"]["after"]);
    let text = |value: &Value| value.as_str().unwrap_or("open").to_owned();
    let row = |of: &Value| {
        (text(&of["organisation"]), text(&of["band"]["before"]), text(&of["band"]["after"]), of["cause"].clone())
    };
    differing.map(row).collect()
}

#[test]
fn each_framework_gives_again_what_the_season_came_to() {
    let scene = scene("seqf", &[]);
    let results = json(&scene.run(&["explain"]), "out/data/results.json");
    for framework in ["seqf", "code-of-practice", "investors-in-people"] {
        let run = scene.run(&["framework", "diff", framework, framework, "--against", "out", "--format", "json"]);
        let json = run.printed();
        assert!(json["differences"].as_array().unwrap().is_empty(), "{}", run.out);
        let rescored = json["rescoring"]["returns"].as_array().unwrap();
        let counts =
            |of: &&Value| of["framework"] == framework && (of["status"] == "scored" || of["status"] == "provisional");
        let recorded: Vec<&Value> = results["returns"].as_array().unwrap().iter().filter(counts).collect();
        assert_eq!(rescored.len(), recorded.len(), "{framework}: {}", json["rescoring"]["untold"]);
        for (again, recorded) in rescored.iter().zip(recorded) {
            assert_eq!(again["file"], recorded["file"]);
            assert_eq!(again["total"]["after"], recorded["outcome"]["total"]);
            assert_eq!(again["band"]["before"], again["band"]["after"]);
        }
    }
}

#[test]
fn whose_outcome_changes_is_told_with_what_changes_it() {
    let changes =
        [("at_least = 90", "at_least = 97"), ("abe >= 15", "abe >= 5"), ("Accessible information", "Information")];
    let scene = scene("seqf", &changes);
    let line = ["framework", "diff", "seqf", "next", "--against", "out"];
    let run = scene.run(&[&line[..], &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let json = run.printed();
    assert_eq!(json["differences"].as_array().unwrap().len(), 3);
    let alone =
        |topic: &str, name: &str| serde_json::json!({"by": "alone", "changes": [{"topic": topic, "name": name}]});
    let expected = [
        ("Aspire Gateshead CIC", "excellent", "good", alone("threshold", "excellent")),
        ("Bridge Truro", "accredited", "good", alone("gate", "kpi-good")),
    ];
    let expected =
        expected.map(|(name, before, after, cause)| (name.to_owned(), before.to_owned(), after.to_owned(), cause));
    assert_eq!(moved(&json), expected);
    let shown = scene.run_at(80, &[&line[..], &["--out", "rescored.xlsx"]].concat());
    let told = shown.in_one_line();
    for words in [
        "3 differences between the definitions.",
        "2 outcomes differ.",
        "the threshold of Excellent",
        "the gate \u{201c}KPI points A + B + E for Good\u{201d}",
        "Condition \u{201c}KPI points A + B + E for Good\u{201d}, holds",
        "Near a threshold",
    ] {
        assert!(told.contains(words), "{words}: {}", shown.out);
    }
    assert!(shown.err.contains("Wrote rescored.xlsx"), "{}", shown.err);
    let long: Vec<&str> = shown.out.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(long.iter().all(|line| !line.trim().contains(' ')), "{long:?}");
}

#[test]
fn without_a_season_only_the_packs_are_compared() {
    let scene = changed(Scene::new(), "seqf", &[("at_least = 90", "at_least = 92")]);
    let run = scene.run(&["framework", "diff", "seqf@2024-25", "next/framework.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("1 difference between the definitions."), "{}", run.out);
    assert!(!run.out.contains("Outcomes"), "{}", run.out);
    let swapped = scene.run(&["framework", "diff", "next", "seqf", "--format", "json"]).printed();
    let difference = &swapped["differences"][0];
    assert_eq!((&difference["before"], &difference["after"]), (&"92".into(), &"90".into()));
    assert_eq!(swapped["rescoring"], Value::Null);
}

#[test]
fn returns_that_rest_on_rows_of_registers_are_told_and_scored_where_their_workbooks_are_at_hand() {
    let framework = "employer-involvement";
    let bytes = fs::read(at("tests/fixtures").join(format!("{framework}.xlsx"))).unwrap();
    let scene = changed(Scene::new(), framework, &[("version = \"", "version = \"next-")])
        .with("in/a.xlsx", &bytes)
        .with("in/b.txt", b"no workbook");
    let results = json(&scene.run(&["run", "in", "--out", "out", "--only", "data"]), "out/data/results.json");
    let line = ["framework", "diff", framework, "next", "--against", "out"];
    let run = scene.run(&line);
    assert_eq!(run.code, 0, "{}", run.err);
    let told = run.in_one_line();
    assert!(told.contains("1 return is left out, since what was recorded") && told.contains("--returns"), "{told}");
    let json = scene.run(&[&line[..], &["--returns", "in", "--format", "json"]].concat()).printed();
    let [rescored] = &json["rescoring"]["returns"].as_array().unwrap()[..] else { panic!("{framework}: {json}") };
    let recorded = &results["returns"][0]["outcome"];
    let of = |name: &str| [&rescored[name]["before"], &rescored[name]["after"]];
    assert_eq!((of("total"), of("band")), ([&recorded["total"]; 2], [&recorded["band"]; 2]), "{framework}");
}

#[test]
fn packs_and_seasons_that_cannot_be_compared_are_told() {
    let scene = changed(Scene::new(), "seqf", &[])
        .with("broken/framework.toml", b"[framework]\nid = 3\n")
        .with("run/data/results.json", br#"{"schema": 1, "returns": [], "season": {}}"#)
        .with("empty/notes.txt", b"");
    let cases: [(&[&str], &str); 6] = [
        (&["seqf", "code-of-practice"], "are different frameworks; name two packs of one framework"),
        (&["seqf", "nowhere"], "find a framework called `nowhere`"),
        (&["seqf", "broken"], "could not use the framework"),
        (&["seqf", "next", "--against", "run"], "has no return of SEQF model fidelity that counts"),
        (&["seqf", "next", "--against", "empty"], "holds no `data/results.json`"),
        (&["seqf", "next", "--out", "rescored.pdf"], "ends in .xlsx"),
    ];
    for (arguments, expected) in cases {
        let run = scene.run(&[&["framework", "diff"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.out);
        assert!(run.err.contains(expected), "{arguments:?}: {}", run.err);
    }
}
