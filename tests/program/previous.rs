//! Last season's results: how they are named, what is compared with them, and what is refused.

use super::{Run, Scene, json};
use crate::house::at;

/// The name of results among outputs.
const RESULTS: &str = "data/results.json";

/// Returns what a season came to whose one return is the fixture's, with what is to be different in it.
fn last_season(change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
    let scene = scene().with("in/season.toml", b"title = \"Spring 2025\"\n");
    let run = scene.run(&["run", "in", "--out", "last", "--only", "data"]);
    let mut results = json(&run, &format!("last/{RESULTS}"));
    change(&mut results);
    results.to_string().into_bytes()
}

/// A season of one return.
fn scene() -> Scene {
    let bytes = std::fs::read(at("tests/fixtures/seqf.xlsx")).unwrap();
    Scene::new().with("in/North/a.xlsx", &bytes)
}

/// Returns a season's findings by a rule.
fn found<'a>(results: &'a serde_json::Value, rule: &str) -> Vec<&'a serde_json::Value> {
    let findings = results["season"]["findings"].as_array().unwrap().iter();
    findings.filter(|finding| finding["rule"] == rule).collect()
}

/// Returns the lines that a run showed which have these words.
fn line<'a>(run: &'a Run, words: &str) -> &'a str {
    run.out.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {}{}", run.out, run.err))
}

#[test]
fn a_change_against_last_season_is_told_however_that_is_named() {
    let fell = last_season(|results| results["returns"][0]["outcome"]["total"] = "10".into());
    let with =
        |settings: &str| scene().with(&format!("last/{RESULTS}"), &fell).with("in/season.toml", settings.as_bytes());
    let cases: [(&str, &[&str]); 4] = [
        ("previous = \"../last\"\n", &[]),
        ("previous = \"../last/data/results.json\"\n", &[]),
        ("", &["--previous", "last"]),
        ("previous = \"nowhere\"\n", &["--previous", "last/data/results.json"]),
    ];
    for (settings, options) in cases {
        let scene = with(settings);
        let run = scene.run(&[&["run", "in", "--out", "out", "--only", "data"], options].concat());
        let results = json(&run, &format!("out/{RESULTS}"));
        let found = found(&results, "change-implausible");
        assert_eq!(found.len(), 1, "{settings}{options:?}: {}{}", run.out, run.err);
        assert!(found[0]["message"].as_str().unwrap().contains("from 10.0% in Spring 2025 to "), "{}", found[0]);
        assert_eq!(line(&run, "Compared"), "Compared with Spring 2025: 1 of 1 return that counts");
        assert_eq!(results["season"]["earlier"][0]["season"], "Spring 2025");
        assert_eq!(json(&run, "out/run.json")["settings"]["previous"]["season"], "Spring 2025");
        let check = scene.run(&[&["check", "in/North/a.xlsx"], options].concat());
        assert!(check.out.contains("warning[change-implausible]: the total of "), "{}{}", check.out, check.err);
        assert!(check.out.trim_end().ends_with("; 1 warning across returns."), "{}", check.out);
    }
}

#[test]
fn what_came_to_the_same_is_no_finding_and_another_version_is_not_compared() {
    let same = last_season(|_| {});
    let other = last_season(|results| results["returns"][0]["framework_version"] = "older".into());
    let none = "Compared with Spring 2025: 0 of 1 return that counts: none is of an organisation, kind, framework and version as then";
    for (last, expected) in [(same, "Compared with Spring 2025: 1 of 1 return that counts"), (other, none)] {
        let scene = scene().with(&format!("last/{RESULTS}"), &last);
        let run = scene.run(&["run", "in", "--out", "out", "--only", "data", "--previous", "last"]);
        assert!(run.in_one_line().contains(expected), "{}", run.out);
        assert!(found(&json(&run, &format!("out/{RESULTS}")), "change-implausible").is_empty());
    }
}

#[test]
fn seasons_before_the_last_are_kept() {
    let last = last_season(|results| {
        let mut earlier = serde_json::json!({"season": "Spring 2024", "returns": []});
        earlier["returns"] = serde_json::json!([]);
        results["season"]["earlier"] = serde_json::json!([earlier]);
    });
    let scene = scene().with(&format!("last/{RESULTS}"), &last);
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data", "--previous", "last"]);
    let results = json(&run, &format!("out/{RESULTS}"));
    let earlier = results["season"]["earlier"].as_array().unwrap().iter();
    let names: Vec<&str> = earlier.map(|past| past["season"].as_str().unwrap()).collect();
    assert_eq!(names, ["Spring 2024", "Spring 2025"]);
}

#[test]
fn results_that_cannot_be_used_are_refused_with_their_place() {
    let results = last_season(|results| results["schema"] = 9.into());
    let cases: [(&str, &str); 5] = [
        ("../nowhere", "/nowhere` isn\u{2019}t there"),
        ("North", "/North` holds no `data/results.json`; name the folder that `scrutineer run` wrote to last season"),
        ("North/a.xlsx", "a.xlsx`: they aren't results of a season"),
        ("season.toml", "season.toml`: they aren't results of a season; name the `data/results.json`"),
        ("../later.json", "later.json`: they have format 9; this program reads format 1"),
    ];
    for (named, expected) in cases {
        let settings = format!("title = \"Spring\"\nprevious = \"{named}\"\n");
        let scene = scene().with("in/season.toml", settings.as_bytes()).with("later.json", &results);
        for command in [&["run", "in", "--out", "out"][..], &["check", "in"]] {
            let run = scene.run(command);
            assert_eq!(run.code, 2, "{}", run.out);
            let place = "season.toml:2:12: last season\u{2019}s results can\u{2019}t be used: `";
            assert!(run.err.contains(place) && run.err.contains(expected), "{named}: {}", run.err);
        }
        let run = scene.run(&["run", "in", "--out", "out", "--isolated", "--previous", &format!("in/{named}")]);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains("--previous: last") && run.err.contains(expected), "{named}: {}", run.err);
    }
}

#[test]
fn last_seasons_results_are_not_written_over() {
    let scene = scene().with(&format!("out/{RESULTS}"), &last_season(|_| {}));
    let run = scene.run(&["run", "in", "--out", "out", "--previous", "out"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("would be written over by this season\u{2019}s"), "{}", run.err);
    assert_eq!(run.files.len(), 2);
}

#[test]
fn settings_say_which_season_is_compared_with() {
    let scene = scene().with(&format!("last/{RESULTS}"), &last_season(|_| {}));
    let listed = |options: &[&str]| {
        let run = scene.run(&[&["check", "in", "--show-settings"], options].concat());
        line(&run, "previous").split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(listed(&[]), ["previous", "none", "usual"]);
    assert_eq!(listed(&["--previous", "last"]), ["previous", "last/data/results.json", "--previous"]);
}
