//! `explain`, `framework`, `completions`, `man`, `doctor` and help.

use super::Scene;

#[test]
fn a_rule_is_explained() {
    let run = Scene::new().run(&["explain", "answer-blank"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("error[answer-blank]: "), "{}", run.out);
    assert!(run.out.contains("Why it matters") && !run.out.contains("## "), "{}", run.out);
}

#[test]
fn without_a_rule_all_are_listed() {
    let run = Scene::new().run(&["explain"]);
    for rule in scrutineer::catalogue::rules() {
        assert!(run.out.contains(rule.id), "{}", rule.id);
    }
}

#[test]
fn the_nearest_rule_is_named() {
    let run = Scene::new().run(&["explain", "answer-blnk"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (2, "error: there is no rule `answer-blnk`; did you mean `answer-blank`?\n")
    );
}

#[test]
fn a_rule_of_a_framework_is_explained_by_its_pack() {
    let run = Scene::new().run(&["explain", "employer-partners/fee-differs"]);
    assert!(run.code == 0 && run.out.starts_with("error[employer-partners/fee-differs]: "), "{}{}", run.out, run.err);
    assert!(run.out.contains("Found when: "), "{}", run.out);
    assert_eq!(Scene::new().run(&["explain", "employer-partners/fee-diffres"]).code, 2);
}

#[test]
fn frameworks_are_listed_shown_and_checked() {
    let scene = Scene::new();
    let list = scene.run(&["framework", "list"]).out;
    assert!(list.contains("code-of-practice") && list.contains("seqf"), "{list}");
    let show = scene.run(&["framework", "show", "seqf"]).out;
    assert!(show.contains("1.1.1") && show.contains("Bands, best first"), "{show}");
    let scene = scene.with("bad/framework.toml", b"[framework]\nid = \"x\"\n");
    let run = scene.run(&["framework", "check", "bad"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("framework.toml:1:1: error[framework-invalid]: "), "{}", run.out);
}

#[test]
fn schemas_are_json() {
    let scene = Scene::new();
    for arguments in [&["framework", "schema"][..], &["framework", "schema", "--results"]] {
        let schema: serde_json::Value = serde_json::from_str(&scene.run(arguments).out).unwrap();
        assert!(schema["properties"].is_object(), "{arguments:?}");
    }
}

#[test]
fn help_begins_with_examples() {
    let scene = Scene::new();
    for arguments in [&["--help"][..], &["check", "--help"], &["run", "--help"], &["explain", "--help"]] {
        let run = scene.run(arguments);
        let (examples, usage) = (run.out.find("Examples:"), run.out.find("Usage:"));
        assert!(run.code == 0 && examples.is_some() && examples < usage, "{arguments:?}: {}", run.out);
    }
    assert_eq!(scene.run(&[]).code, 2);
}

#[test]
fn completions_and_the_manual_page_come_from_the_same_source() {
    let scene = Scene::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish", "nushell"] {
        assert!(scene.run(&["completions", shell]).out.contains("files-from"), "{shell}");
    }
    assert!(scene.run(&["man"]).out.contains(".TH scrutineer"));
    assert!(scene.run(&["man", "check"]).out.contains(".TH scrutineer-check"));
    assert_eq!(scene.run(&["man", "chekc"]).err, "error: there is no command `chekc`; did you mean `check`?\n");
}

#[test]
fn the_doctor_finds_all_that_is_needed() {
    let run = Scene::new().run(&["doctor"]);
    assert!(run.code == 0 && run.out.contains("ok       framework seqf"), "{}", run.out);
}
