//! Decisions that findings stand as they are: written, taken in, and told where they no longer fit.

use serde_json::Value;

use super::returned::{SAID, WRITTEN, answered, handed_out};
use super::{Run, Scene, json};

/// A return with findings of several rules, of which one has others as its effects.
const SAMPLE: &str = "Copy of Code of Practice assessment Skills for Land-based and Environmental.xlsx";
/// A return with several findings of one rule.
const OF_ONE_RULE: &str = "Social Care Workforce Alliance Code of Practice assessment 07.05.2025.ods";
/// How a decision is told.
const DECISION: [&str; 6] = ["--reason", "Seen on the visit", "--by", "J. Smith", "--until", "2099-12-31"];

/// Runs a season of one return, with these settings.
fn ran(settings: &str) -> (Scene, Run) {
    ran_of(SAMPLE, settings)
}

/// Runs a season of this return.
fn ran_of(sample: &str, settings: &str) -> (Scene, Run) {
    let scene = Scene::new().with_sample(sample, "in/a.xlsx").with("in/season.toml", settings.as_bytes());
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    (scene, run)
}

/// Returns the findings of the return, with what follows from each beside it, as rule, place, subject, value, weight and decision.
fn findings(run: &Run) -> Vec<Value> {
    let of_return = json(run, "out/data/results.json")["returns"][0]["findings"].clone();
    let mut all: Vec<Value> = of_return.as_array().unwrap().clone();
    all.retain(|finding| finding["caused_by"].is_null());
    let effects = |finding: &Value| finding["effects"].as_array().cloned().unwrap_or_default();
    let following: Vec<Value> = all.iter().flat_map(effects).collect();
    all.extend(following);
    all
}

/// Returns what names a finding.
fn name(finding: &Value) -> [&str; 5] {
    ["rule", "sheet", "cell", "subject", "found"].map(|key| finding[key].as_str().unwrap_or_default())
}

/// Returns the rules of the season's findings.
fn across(run: &Run) -> Vec<String> {
    let all = json(run, "out/data/results.json")["season"]["findings"].clone();
    all.as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_waiver_silences_the_finding_that_it_names_and_no_other() {
    let (_, before) = ran("");
    let before = findings(&before);
    let asked: Vec<&Value> = before.iter().filter(|finding| finding["severity"] != "note").collect();
    assert!(asked.len() > 2, "{asked:?}");
    for finding in asked.into_iter().take(3) {
        let (scene, _) = ran("");
        let [rule, sheet, cell, subject, _] = name(finding);
        let at = format!("{sheet}!{cell}");
        let mut arguments = vec!["waive", "out", rule, "--return", "a.xlsx", "--season", "in/season.toml"];
        arguments.extend(DECISION);
        let places = [("--cell", &*at, cell), ("--subject", subject, subject)];
        let places = places.into_iter().filter(|(.., told)| !told.is_empty());
        arguments.extend(places.flat_map(|(option, place, _)| [option, place]));
        let written = scene.run(&arguments);
        assert_eq!(written.code, 0, "{}", written.err);
        let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
        let after = findings(&run);
        let waived: Vec<&Value> = after.iter().filter(|other| !other["waived"].is_null()).collect();
        let (along, waived): (Vec<&Value>, Vec<&Value>) =
            waived.into_iter().partition(|other| other["help"].as_str().unwrap().contains("this follows from"));
        assert_eq!(along.len(), finding["effects"].as_array().map_or(0, Vec::len), "what follows stays with it");
        assert_eq!(waived.iter().map(|waived| name(waived)).collect::<Vec<_>>(), [name(finding)]);
        assert_eq!(
            (&waived[0]["severity"], &waived[0]["waived"]["by"]),
            (&Value::from("note"), &Value::from("J. Smith"))
        );
        assert!(
            waived[0]["help"]
                .as_str()
                .unwrap()
                .contains("J. Smith accepted this until 31 December 2099: Seen on the visit")
        );
        let mut names = [&before, &after].map(|all| all.iter().map(name).collect::<Vec<_>>());
        for names in &mut names {
            names.sort_unstable();
        }
        assert_eq!(names[0], names[1], "nothing is lost");
        assert!(across(&run).iter().all(|rule| !rule.starts_with("waiver-")), "{:?}", across(&run));
    }
}

#[test]
fn a_decision_on_a_cause_makes_no_new_error_of_what_follows_from_it() {
    /// Returns how many errors are told of the return, apart from those within others.
    fn errors(run: &Run) -> usize {
        let told = json(run, "out/data/results.json")["returns"][0]["findings"].clone();
        let is_told = |finding: &&Value| finding["caused_by"].is_null() && finding["severity"] == "error";
        told.as_array().unwrap().iter().filter(is_told).count()
    }
    let (_, before) = ran("");
    let all = findings(&before);
    let elsewhere = |cause: &Value, effect: &Value| effect["cell"] != cause["cell"] && effect["severity"] == "error";
    let has_effects = |finding: &&Value| {
        finding["effects"].as_array().is_some_and(|effects| effects.iter().any(|effect| elsewhere(finding, effect)))
    };
    let cause = all.iter().find(has_effects).expect("a cause of errors elsewhere");
    let [rule, sheet, cell, subject, found] = name(cause);
    let waiver = format!(
        "[[waivers]]\nrule = {rule:?}\nreturn = \"a.xlsx\"\ncell = \"{sheet}!{cell}\"\nsubject = {subject:?}\nfound = {found:?}\n\
         reason = \"Seen\"\nby = \"J. Smith\"\nuntil = 2099-12-31\n"
    );
    assert!(errors(&ran(&waiver).1) < errors(&before));
    // What else is wrong with its own cell is told, with what follows from it.
    assert_eq!(errors(&ran(&format!("[rule_status]\n{rule:?} = \"off\"\n")).1), errors(&before));
}

#[test]
fn waivers_that_no_longer_fit_are_told_and_silence_nothing() {
    let (_, before) = ran("");
    let finding =
        findings(&before).into_iter().find(|finding| finding["found"].is_string() && finding["cell"].is_string());
    let finding = finding.expect("a finding with a value");
    let [rule, sheet, cell, subject, found] = name(&finding);
    let waiver = |cell: &str, found: &str, until: &str| {
        let subject = if subject.is_empty() { String::new() } else { format!("subject = {subject:?}\n") };
        format!(
            "data_date = 2025-10-31\n[[waivers]]\nrule = {rule:?}\nreturn = \"a.xlsx\"\ncell = \"{sheet}!{cell}\"\n{subject}\
             found = {found:?}\nreason = \"Seen\"\nby = \"J. Smith\"\nuntil = {until}\n"
        )
    };
    for (settings, expected) in [
        (waiver(cell, found, "2025-10-31"), None),
        (waiver(cell, found, "2025-10-30"), Some("waiver-expired")),
        (waiver(cell, "another value", "2025-12-31"), Some("waiver-exceeded")),
        (waiver("ZZ999", found, "2025-12-31"), Some("waiver-unused")),
    ] {
        let (_, run) = ran(&settings);
        let told = across(&run);
        let told = told.iter().map(String::as_str).find(|rule| rule.starts_with("waiver-"));
        assert_eq!(told, expected, "{settings}");
        let is_waived = findings(&run).iter().any(|finding| !finding["waived"].is_null());
        assert_eq!(is_waived, expected.is_none(), "{settings}");
    }
}

#[test]
fn what_cant_be_waived_is_refused_with_the_reason() {
    let (scene, _) = ran_of(OF_ONE_RULE, "");
    for (rule, said) in [
        ("answer-of-scale", "did you mean `answer-off-scale`"),
        ("workbook-unreadable", "can’t be waived"),
        ("answer-off-scale", "found nothing of `answer-off-scale`"),
        ("answer-blank", "say which with --return, --cell or --subject"),
    ] {
        let mut arguments = vec!["waive", "out", rule, "--season", "in/season.toml"];
        arguments.extend(DECISION);
        let refused = scene.run(&arguments);
        assert_eq!(refused.code, 2, "{rule}: {}", refused.err);
        assert!(refused.err.contains(said), "{rule}: {}", refused.err);
        assert_eq!(refused.files["in/season.toml"], b"", "nothing is written");
    }
    for (settings, said) in [
        (
            "[[waivers]]\nrule = \"near-boundary\"\nreason = \"r\"\nby = \"b\"\nuntil = 2025-01-01\n",
            "say whose finding it is",
        ),
        (
            "[[waivers]]\nrule = \"near-boundary\"\nreturn = \"a\"\nreason = \" \"\nby = \"b\"\nuntil = 2025-01-01\n",
            "says why",
        ),
        (
            "[[waivers]]\nrule = \"near-boundary\"\nreturn = \"a\"\nreason = \"r\"\nby = \"b\"\nuntil = \"soon\"\n",
            "is no day as it is written here",
        ),
    ] {
        let (_, run) = ran(settings);
        assert!(run.code == 2 && run.err.contains(said), "{settings}: {}", run.err);
    }
}

#[test]
fn what_senders_explained_is_proposed_and_written_only_when_it_is_accepted() {
    let (_, copy) = handed_out();
    let scene = Scene::new().with("in/a.xlsx", &answered(&copy, WRITTEN)).with("in/season.toml", b"title = \"T\"\r\n");
    scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    let mut arguments = vec!["waive", "out", "--from-explanations", "--season", "in/season.toml"];
    arguments.extend(["--by", "J. Smith", "--until", "2099-12-31"]);
    let proposed = scene.run(&arguments);
    assert!(proposed.out.contains("[[waivers]]") && proposed.out.contains(SAID), "{}", proposed.out);
    assert_eq!(proposed.files["in/season.toml"], b"title = \"T\"\r\n");
    arguments.push("--accept");
    let written = scene.run(&arguments);
    let settings = String::from_utf8(written.files["in/season.toml"].clone()).unwrap();
    assert!(
        settings.starts_with("title = \"T\"\r\n\r\n[[waivers]]\r\nrule = \"reassessment-required\"\r\n"),
        "{settings}"
    );
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data,annotated"]);
    let waived: Vec<Value> = findings(&run).into_iter().filter(|finding| !finding["waived"].is_null()).collect();
    assert_eq!(
        waived.iter().map(|finding| finding["rule"].as_str().unwrap()).collect::<Vec<_>>(),
        ["reassessment-required"]
    );
    let again = scene.run(&arguments);
    assert!(again.err.contains("No finding has an explanation that isn’t waived already"), "{}", again.err);
    let page = scrutineer::workbook::read(
        &scrutineer::workbook::Source::new("a.annotated.xlsx", run.files["out/returns/a.annotated.xlsx"].clone()),
        &scrutineer::ooxml::Limits::default(),
    )
    .unwrap();
    let sheet = page.sheets.iter().find(|sheet| sheet.name == "Findings").unwrap();
    assert!(sheet.cells.iter().any(|cell| cell.text() == Some("Accepted")), "the sender isn't asked");
}

#[test]
fn what_the_grading_of_rules_leaves_out_is_counted_and_listed() {
    let (_, before) = ran("");
    let found = findings(&before);
    let finding = found.iter().find(|finding| finding["severity"] == "warning").expect("a warning");
    let [rule, ..] = name(finding);
    let (_, run) = ran(&format!("[rule_status]\n\"{rule}\" = \"off\"\n"));
    assert!(findings(&run).iter().all(|finding| finding["rule"] != rule));
    let silenced = json(&run, "out/run.json")["silenced"].clone();
    let silenced = silenced.as_array().unwrap();
    let of_rule = found.iter().filter(|finding| finding["rule"] == rule).count();
    assert_eq!((silenced.len(), silenced[0]["file"].as_str()), (of_rule, Some("a.xlsx")));
    assert!(silenced.iter().all(|one| one["finding"]["rule"] == rule));
    let said = format!(
        "{} ({of_rule} {rule})",
        if of_rule == 1 { "1 finding".to_owned() } else { format!("{of_rule} findings") }
    );
    assert!(run.in_one_line().contains(&format!("Left out by [rule_status]: {said}")), "{}", run.out);
}

#[test]
fn a_waiver_goes_to_the_season_that_the_run_went_by_once_and_for_days_to_come() {
    let other = b"title = \"Other\"\n";
    let scene = Scene::new().with_sample(SAMPLE, "one/in/a.xlsx").with("season.toml", other);
    let scene = scene.with("one/season.toml", b"title = \"One\"\ndata_date = \"2025-10-31\"\n");
    for out in ["one/out", "out"] {
        scene.run(&["run", "one/in", "--out", out, "--only", "data"]);
    }
    let waive = |out: &str, until: &str| {
        let how = ["--reason", "Seen", "--by", "J. Smith", "--until", until];
        scene.run(&[&["waive", out, "reassessment-required", "--subject", "T1"][..], &how[..]].concat())
    };
    let ended = waive("one/out", "2025-01-31");
    assert!(ended.code == 2 && ended.err.contains("a waiver until 31 January 2025 would have ended"), "{}", ended.err);
    let written = waive("one/out", "2026-03-31");
    assert_eq!((written.code, &written.files["season.toml"][..]), (0, &other[..]), "{}", written.err);
    assert!(String::from_utf8_lossy(&written.files["one/season.toml"]).contains("[[waivers]]"));
    let again = waive("one/out", "2026-04-30");
    assert!(
        again.code == 2 && again.err.contains("has this waiver already, by J. Smith until 31 March 2026"),
        "{}",
        again.err
    );
    // By its own name nothing tells which season this run went by, and the nearest is another.
    let elsewhere = waive("out", "2026-03-31");
    assert!(elsewhere.code == 2 && elsewhere.err.contains("went by other settings than"), "{}", elsewhere.err);
    assert_eq!(&elsewhere.files["season.toml"][..], other);
    scene.run(&["run", "one/in", "--out", "one/out", "--only", "data"]);
    let settled = waive("one/out", "2026-04-30");
    assert!(settled.code == 2 && settled.err.contains("the finding stands as it is already"), "{}", settled.err);
}
