//! `explain`, `framework`, `completions`, `man`, `doctor` and help.

use super::{Scene, contents};
use crate::house::at;

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
    assert!(run.out.contains("What it looks at") && !run.out.contains(['{', '_']), "{}", run.out);
    assert_eq!(Scene::new().run(&["explain", "employer-partners/fee-diffres"]).code, 2);
}

#[test]
fn a_figure_is_traced_to_its_returns_and_cells() {
    let scene = Scene::new().with_data("out");
    let listed = scene.run(&["explain", "--figure", "seqf/outcome/\u{2026}", "out"]).out;
    assert!(listed.contains("seqf/outcome/good/count: "), "{listed}");
    let figures: serde_json::Value =
        serde_json::from_slice(&contents(&scene.path("out"))["data/figures.json"]).unwrap();
    let shown = figures["figures"]
        .as_array()
        .unwrap()
        .iter()
        .find(|figure| figure["id"].as_str().is_some_and(|id| id.contains("/criterion/") && id.ends_with("/mean")));
    let id = shown.unwrap()["id"].as_str().unwrap();
    let traced = scene.run(&["explain", "--figure", id, "out"]);
    assert!(traced.code == 0 && traced.out.contains("It rests on "), "{}{}", traced.out, traced.err);
    assert!(traced.out.contains(".xlsx") && traced.out.contains("Assessment, "), "{}", traced.out);
    let unknown = scene.run(&["explain", "--figure", "seqf/outcome/goood/count", "out"]);
    assert_eq!(unknown.code, 2);
    for expected in
        ["there is no figure `seqf/outcome/goood/count`; did you mean `seqf/outcome/good/count`?", "Below seqf/outcome"]
    {
        assert!(unknown.err.contains(expected), "{}", unknown.err);
    }
    let nowhere = scene.run(&["explain", "--figure", id, "elsewhere"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("the folder that `scrutineer run` wrote to"), "{}", nowhere.err);
}

#[test]
fn of_a_hidden_figure_nothing_is_told_but_that_it_is_hidden() {
    let scene = Scene::new().with_data("out");
    let figures: serde_json::Value =
        serde_json::from_slice(&contents(&scene.path("out"))["data/figures.json"]).unwrap();
    let hidden = figures["figures"].as_array().unwrap().iter().filter(|figure| figure["state"] == "hidden");
    let ids: Vec<&str> = hidden.filter_map(|figure| figure["id"].as_str()).collect();
    let is_of_people = |id: &&str| id.contains("/measure/") || id.contains("/register/");
    assert!(!ids.is_empty() && ids.iter().all(is_of_people), "{ids:?}");
    let step = (ids.len() / 6).max(1);
    let reason = scrutineer::figure::HIDDEN;
    for id in ids.iter().step_by(step) {
        let told = scene.run(&["explain", "--figure", id, "out"]);
        assert_eq!((told.code, told.out), (0, format!("{id}: hidden, because {reason}\n")));
    }
    // Nor of what nearly names it.
    for id in ids.iter().step_by(step) {
        let (beginning, _) = id.rsplit_once('/').unwrap();
        let all = figures["figures"].as_array().unwrap();
        let is_shown = |near: &str| all.iter().any(|figure| figure["id"] == near && figure["state"] != "hidden");
        for near in [beginning.to_owned(), format!("{beginning}/mean"), format!("{beginning}/x"), format!("{id}/x")] {
            if is_shown(&near) {
                continue;
            }
            let told = scene.run(&["explain", "--figure", &near, "out"]);
            assert!(!told.out.contains("rests on") && !told.out.contains(".xlsx"), "{near}: {}", told.out);
        }
    }
}

#[test]
fn frameworks_are_listed_shown_and_checked() {
    let scene = Scene::new();
    let list = scene.run(&["framework", "list"]).out;
    assert!(list.contains("code-of-practice") && list.contains("seqf"), "{list}");
    let show = scene.run(&["framework", "show", "seqf"]).out;
    assert!(show.contains("1.1.1") && show.contains("Outcomes, best first"), "{show}");
    let scene = scene.with("bad/framework.toml", b"[framework]\nid = \"x\"\n");
    let run = scene.run(&["framework", "check", "bad"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("framework.toml:1:1: error[framework-invalid]: "), "{}", run.out);
}

#[test]
fn the_seasons_own_frameworks_are_known_wherever_frameworks_are_named() {
    let pack = |name: &str| std::fs::read(at("samples/packs/good/food-hygiene").join(name)).unwrap();
    let scene = Scene::new()
        .with("season.toml", b"frameworks = \"packs\"\n")
        .with("packs/food/framework.toml", &pack("framework.toml"))
        .with("packs/food/form.xlsx", &pack("form.xlsx"))
        .with("elsewhere/own.toml", b"frameworks = \"../packs\"\n");
    for command in [&["framework", "list"][..], &["framework", "show", "food-hygiene"], &["doctor"]] {
        for (options, is_known) in [
            (&[][..], true),
            (&["--season", "season.toml"], true),
            (&["--season", "elsewhere/own.toml"], true),
            (&["--isolated"], false),
        ] {
            let run = scene.run(&[command, options].concat());
            assert_eq!(run.out.contains("food-hygiene"), is_known, "{command:?} {options:?}: {}{}", run.out, run.err);
        }
    }
    let unknown = scene.run(&["explain", "food-hygiene/nothing"]);
    assert!(unknown.err.contains("has no rule `nothing`"), "{}", unknown.err);
}

/// What a folder of packs holds wrong, each with what is told of it.
const ASTRAY: [(&str, &str); 4] = [
    ("packs/food.toml", "isn\u{2019}t read: put it into a folder of its own, as `packs/food/framework.toml`"),
    ("packs/food/food.toml", "isn\u{2019}t read: call it framework.toml"),
    ("packs/more/food/framework.toml", "isn\u{2019}t read: move that folder up as `packs/food`"),
    ("packs/food/form.xlsx", "has no framework.toml"),
];

#[test]
fn packs_that_lie_wrong_are_told_by_every_command_that_reads_them() {
    let pack = std::fs::read(at("samples/packs/good/food-hygiene/framework.toml")).unwrap();
    for (file, told) in ASTRAY {
        let scene = Scene::new()
            .with("season.toml", b"frameworks = \"packs\"\n")
            .with(file, &pack)
            .with("returns/a.xlsx", &std::fs::read(at("samples/packs/good/food-hygiene/return.xlsx")).unwrap());
        let commands = [
            &["framework", "list"][..],
            &["framework", "show", "seqf"],
            &["explain", "seqf/nothing"],
            &["doctor"],
            &["check", "returns"],
            &["run", "returns", "--out", "out", "--only", "data", "--season", "season.toml"],
        ];
        // Settings that are found, not named, tell their folders whole.
        let whole = format!("{}/", scene.path("").canonicalize().unwrap().display()).replace("//", "/");
        for command in commands {
            let run = scene.run(command);
            let err = run.err.split_whitespace().collect::<Vec<&str>>().join(" ").replace(&whole, "");
            assert!(err.contains(told), "{file} {command:?}: {err}");
            assert!(err.contains("No framework is in `packs`"), "{file} {command:?}: {err}");
        }
        let run = scene.run(&["framework", "check", "packs"]);
        let err = run.err.split_whitespace().collect::<Vec<&str>>().join(" ");
        assert!(run.code == 2 && err.contains(told), "{file}: {err}");
    }
}

#[test]
fn a_folder_of_packs_is_checked_pack_by_pack() {
    let run = Scene::new().run(&["framework", "check", &at("samples/packs/good").display().to_string()]);
    for name in ["food-hygiene 1 is sound", "ips-25 1 is sound"] {
        assert!(run.out.contains(name), "{}{}", run.out, run.err);
    }
}

#[test]
fn packs_are_read_in_the_letters_in_which_editors_save_them() {
    let read = |name: &str| std::fs::read(at("samples/packs/good/food-hygiene").join(name)).unwrap();
    let text = String::from_utf8(read("framework.toml")).unwrap().replace("own words", "own words \u{2013} caf\u{e9}");
    let of_two_bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ansi: Vec<u8> =
        text.chars().map(|c| if c == '\u{2013}' { 0x96 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    let saved = [[&b"\xef\xbb\xbf"[..], text.as_bytes()].concat(), [&b"\xff\xfe"[..], &of_two_bytes].concat(), ansi];
    for bytes in saved {
        let scene = Scene::new().with("own/framework.toml", &bytes).with("own/form.xlsx", &read("form.xlsx"));
        let run = scene.run(&["framework", "check", "own"]);
        assert!(run.out.contains("is sound"), "{}{}", run.out, run.err);
    }
}

#[test]
fn the_language_is_listed_and_each_function_is_told() {
    let scene = Scene::new();
    let list = scene.run(&["framework", "functions"]).out;
    assert!(list.contains("count_at_least") && list.contains("a is given, a is blank"), "{list}");
    let one = scene.run(&["framework", "functions", "count_at_least"]).out;
    assert!(one.contains("count_at_least('1', 3) gives 2"), "{one}");
    let all = scene.run(&["framework", "functions", "--format", "json"]).printed();
    assert!(all["functions"].as_array().unwrap().len() > 70 && all["operators"].is_array(), "{all}");
    let unknown = scene.run(&["framework", "functions", "count_at_leest"]);
    assert!(unknown.code == 2 && unknown.err.contains("did you mean `count_at_least`?"), "{}", unknown.err);
}

#[test]
fn schemas_are_json() {
    let scene = Scene::new();
    for arguments in [&["framework", "schema"][..], &["framework", "schema", "--results"]] {
        let schema: serde_json::Value = serde_json::from_str(&scene.run(arguments).out).unwrap();
        assert!(schema["properties"].is_object(), "{arguments:?}");
    }
}

/// The commands whose help has examples.
const COMMANDS: [&[&str]; 11] = [
    &[],
    &["check"],
    &["compare"],
    &["annotate"],
    &["strip"],
    &["waive"],
    &["explain"],
    &["framework"],
    &["completions"],
    &["man"],
    // Its examples write over the output that the others look at.
    &["run"],
];

/// Returns the examples in a command's help, without what is said of them. An example that goes on is indented further, and what is
/// said of one stands behind three blanks or in brackets.
fn examples(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1).take_while(|line| !line.is_empty());
    let mut examples: Vec<String> = Vec::new();
    for line in lines.inspect(|line| assert!(line.chars().count() <= 88, "too wide: {line}")) {
        match (line.strip_prefix("      "), examples.last_mut()) {
            (Some(rest), Some(last)) if !rest.starts_with('(') => last.extend([" ", rest]),
            (Some(_), _) => {}
            (None, _) => examples.push(line.trim().to_owned()),
        }
    }
    let command = |example: &String| {
        let said = ["  ", " \u{2026} "].iter().filter_map(|gap| example.find(gap)).min();
        example[..said.unwrap_or(example.len())].to_owned()
    };
    examples.iter().map(command).collect()
}

#[cfg(unix)]
#[test]
fn every_example_of_the_help_runs() {
    const SAMPLE: &str = "Copy of Code of Practice assessment The Logistics Standards Council.xlsx";
    let mut scene = Scene::new()
        .with("members.csv", b"organisation\nThe Logistics Standards Council\n")
        .with("last.xlsx", b"")
        .with("findings.json", b"[]")
        .with("my-scheme/framework.toml", &std::fs::read(at("samples/packs/good/food-hygiene/framework.toml")).unwrap())
        .with("my-scheme/form.xlsx", &std::fs::read(at("samples/packs/good/food-hygiene/form.xlsx")).unwrap())
        .with("season.toml", b"title = \"Autumn\"\n[disclosure]\nk = 1\n");
    let next = at("src/framework/builtin/seqf");
    for file in std::fs::read_dir(next).unwrap().map(|file| file.unwrap().path()) {
        let name = format!("our-packs/seqf-next/{}", file.file_name().unwrap().to_string_lossy());
        scene = scene.with(&name, &std::fs::read(file).unwrap());
    }
    let compared = ["last-year.xlsx", "this-year.xlsx", "self.xlsx", "external.xlsx"];
    let workbooks = [
        "Acme self-assessment.xlsx",
        "North/a.xlsx",
        "South/b.xlsx",
        "return.xlsx",
        "a.xlsx",
        "b.xlsx",
        "returns/Acme.xlsx",
    ];
    for name in workbooks.into_iter().chain(compared) {
        scene = scene.with_sample(SAMPLE, name);
    }
    scene = scene.with_sample("SEQF self-assessment 22.04.2025.xlsx", "returns/Beta.xlsx");
    scene.run(&["run", "returns", "--out", "2024/out", "--only", "data"]);
    for name in ["return.xlsx", "a.xlsx", "b.xlsx"] {
        scene.run(&["check", name, "--annotate"]);
    }
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_scrutineer")).parent().unwrap().display().to_string();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap());
    scene.run(&["run", "returns", "--out", "out", "--only", "data"]);
    for command in COMMANDS.iter().filter(|command| **command != ["completions"]) {
        let help = scene.run(&[command, &["--help"][..]].concat()).out;
        let found = examples(&help);
        assert!(!found.is_empty(), "{command:?}");
        for example in found {
            let mut shell = std::process::Command::new("sh");
            shell.args(["-c", &example.replace("man -l -", "cat")]).current_dir(scene.path("")).env("PATH", &path);
            let output = shell.output().unwrap();
            let code = output.status.code();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(code == Some(0) || code == Some(1), "{example}: {code:?} {told}");
        }
    }
}

#[test]
fn help_begins_with_examples() {
    let scene = Scene::new();
    for command in COMMANDS {
        let run = scene.run(&[command, &["--help"][..]].concat());
        let (examples, usage) = (run.out.find("Examples:"), run.out.find("Usage:"));
        assert!(run.code == 0 && examples.is_some() && examples < usage, "{command:?}: {}", run.out);
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
    assert!(run.code == 0 && run.out.contains("ok       framework SEQF model fidelity (seqf "), "{}", run.out);
}

#[test]
fn what_isnt_there_is_told_with_its_path_and_what_to_do_whatever_option_names_it() {
    const GONE: &str = "no such/place.x";
    let scene = Scene::new()
        .with_sample("22.06.2025.xlsx", "in/a.xlsx")
        .with("list.json", b"[]")
        .with("in.txt", b"a file, no folder")
        .with("packs.toml", format!("frameworks = \"{GONE}\"\n").as_bytes())
        .with("who.toml", format!("roster = \"{GONE}\"\n").as_bytes())
        .with("last.toml", format!("previous = \"{GONE}\"\n").as_bytes())
        .with("logo.toml", format!("[reports]\nlogo = \"{GONE}\"\nlogo_alt = \"A seal\"\n").as_bytes())
        .with("looks.toml", format!("[reports]\ntemplates = \"{GONE}\"\n").as_bytes());
    let run: [&[&str]; 10] = [
        &["--roster", GONE],
        &["--typst", GONE, "--only", "reports"],
        &["--season", GONE],
        &["--previous", GONE],
        &["--season", "packs.toml"],
        &["--season", "who.toml"],
        &["--season", "last.toml"],
        &["--season", "logo.toml"],
        &["--season", "looks.toml"],
        &["--report", "junit=in.txt/f.xml", "--only", "data"],
    ];
    let others: [&[&str]; 12] = [
        &["check", GONE],
        &["check", "--files-from", GONE],
        &["check", "in", "--season", GONE],
        &["run", GONE, "--out", "out"],
        &["annotate", GONE, "--findings", "list.json"],
        &["annotate", "in/a.xlsx", "--findings", GONE],
        &["annotate", "in/a.xlsx", "--findings", "list.json", "--out", "in.txt/a.xlsx"],
        &["strip", GONE],
        &["explain", "--figure", "seqf/outcome", GONE],
        &["framework", "check", GONE],
        &["run", "in.txt", "--out", "out"],
        &["run", "in", "--out", "in.txt", "--only", "data"],
    ];
    let whole = run.iter().map(|more| [&["run", "in", "--out", "out"][..], more].concat());
    let mut faults = Vec::new();
    for line in whole.chain(others.map(<[&str]>::to_vec)) {
        let run = scene.run(&line);
        let names_it = run.err.contains("no such") || run.err.contains("in.txt");
        let says_what_to_do = ["check ", "name ", "write ", "give ", "get "].iter().any(|verb| run.err.contains(verb));
        if ![2, 3].contains(&run.code) || !names_it || !says_what_to_do || run.err.contains("os error") {
            faults.push(format!("{line:?}: {} {}", run.code, run.err));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_is_meant_is_named_whatever_option_or_setting_has_the_slip() {
    let scene = Scene::new()
        .with_sample("22.06.2025.xlsx", "in/acme.xlsx")
        .with("findings.json", b"[]")
        .with("members.csv", b"organisation\nAcme\n")
        .with("autumn.toml", b"title = \"Autumn\"\n[disclosure]\nk = 1\n")
        .with("last-year/data/results.json", b"{}")
        .with("list.txt", b"in/acme.xlsx");
    let in_settings: [(&str, &str); 5] = [
        ("roster = \"member.csv\"", "members.csv"),
        ("frameworks = \"our-pack\"", "our-packs"),
        ("previous = \"last-years\"", "last-year"),
        ("[reports]\nlogo = \"pictures.svg\"\nlogo_alt = \"A seal\"", "picture.svg"),
        ("[reports]\ntemplates = \"template\"", "templates"),
    ];
    let lines: [(&[&str], &str); 9] = [
        (&["check", "in/acmes.xlsx"], "acme.xlsx"),
        (&["check", "--files-from", "lists.txt"], "list.txt"),
        (&["run", "inn", "--out", "out"], "in"),
        (&["run", "in", "--out", "out", "--roster", "membres.csv"], "members.csv"),
        (&["run", "in", "--out", "out", "--season", "autum.toml"], "autumn.toml"),
        (&["run", "in", "--out", "out", "--previous", "last-yaer"], "last-year"),
        (&["annotate", "in/acm.xlsx", "--findings", "findings.json"], "acme.xlsx"),
        (&["annotate", "in/acme.xlsx", "--findings", "finding.json"], "findings.json"),
        (&["strip", "inn/acme.xlsx"], "in"),
    ];
    let mut faults = Vec::new();
    let mut tried = |scene: &Scene, line: &[&str], meant: &str| {
        let run = scene.run(line);
        if run.code != 2 || !run.err.contains(&format!("did you mean `{meant}`?")) {
            faults.push(format!("{line:?}, {meant}: {} {}", run.code, run.err));
        }
    };
    for (settings, meant) in in_settings {
        let scene = Scene::new()
            .with_sample("22.06.2025.xlsx", "in/acme.xlsx")
            .with("in/members.csv", b"organisation\nAcme\n")
            .with("in/picture.svg", b"<svg/>")
            .with("in/our-packs/x/framework.toml", b"")
            .with("in/templates/x.typ", b"")
            .with("in/last-year/data/results.json", b"{}")
            .with("in/season.toml", settings.as_bytes());
        tried(&scene, &["run", "in", "--out", "out"], meant);
    }
    for (line, meant) in &lines {
        tried(&scene, line, meant);
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[cfg(not(feature = "s3"))]
#[test]
fn an_address_in_object_storage_is_refused_with_what_would_reach_it() {
    let lines: [&[&str]; 2] =
        [&["run", "s3://council/returns", "--out", "out"], &["merge", "s3://council/part", "--out", "out"]];
    for line in lines {
        let run = Scene::new().run(line);
        assert_eq!(run.code, 2, "{line:?}");
        assert!(run.err.contains("--features s3"), "{line:?}: {}", run.err);
        assert_eq!(run.files.len(), 0, "{line:?}");
    }
}

#[cfg(not(feature = "s3"))]
#[test]
fn outputs_among_the_returns_are_refused_in_object_storage_too() {
    let run = Scene::new().run(&["run", "s3://council/returns", "--out", "s3://council/returns/out"]);
    assert!(run.err.contains("lies inside the input folder"), "{}", run.err);
}

/// A workbook of the samples.
const SAMPLE: &str = "New Start Hull - SEQF self-assessment (Aug 2025).xlsx";

#[test]
fn findings_are_never_written_over_what_is_no_list_of_findings() {
    let scene = Scene::new()
        .with_sample(SAMPLE, "in/a.xlsx")
        .with("notes.csv", b"owner,done\n")
        .with("mine.json", b"{\"a\":1}");
    assert_eq!(scene.run(&["run", "in", "--out", "out", "--only", "data"]).code % 2, 1);
    let record = scene.run(&["check", "in"]).files["out/run.json"].clone();
    for report in [
        "csv=in/a.xlsx",
        "json=mine.json",
        "json=notes.csv",
        "csv=notes.csv",
        "json=out/run.json",
        "csv=out/data/findings.csv",
    ] {
        let file = report.split_once('=').unwrap().1;
        for line in [&["check", "in"][..], &["run", "in", "--out", "other", "--only", "data"]] {
            let before = scene.run(&["check", "in"]).files[file].clone();
            let run = scene.run(&[line, &["--report", report]].concat());
            assert_eq!((run.code, run.files[file] == before), (2, true), "{report}: {}", run.err);
            assert!(run.err.contains("name another file"), "{report}: {}", run.err);
        }
    }
    assert_eq!(scene.run(&["check", "in"]).files["out/run.json"], record);
    let formats = ["csv", "json", "jsonl", "sarif", "junit", "github"];
    for format in formats.iter().chain(&formats) {
        // What is written once may be written again.
        let run = scene.run(&["check", "in", "--report", &format!("{format}=new.{format}")]);
        assert_ne!(run.code, 2, "{format}: {}", run.err);
        assert!(run.files.contains_key(&format!("new.{format}")), "{format}");
    }
    let twice = scene.run(&["check", "in", "--report", "csv=x", "--report", "json=x"]);
    assert_eq!(twice.code, 2, "{}", twice.err);
}

#[test]
fn copies_of_files_named_from_elsewhere_lie_in_the_folder_that_is_named() {
    let scene = Scene::new().with_sample(SAMPLE, "in/a.xlsx");
    let absolute = scene.path("in/a.xlsx").display().to_string();
    for file in [absolute.as_str(), "../../in/a.xlsx", "in/../in/a.xlsx"] {
        let file = if file.starts_with("../..") { format!("in/../{}", &file[6..]) } else { file.to_owned() };
        let run = scene.run(&["check", &file, "--annotate=marked"]);
        let copies: Vec<&String> = run.files.keys().filter(|name| name.contains(".annotated.")).collect();
        assert_eq!(copies, ["marked/a.annotated.xlsx"], "{file}: {}", run.err);
    }
}
