//! What a person names on the line or in settings, however it is written: frameworks, paths, several at once.

use super::Scene;

#[test]
fn a_framework_is_taken_or_told_however_its_name_is_written() {
    let scene = Scene::new().with_sample("22.04.2025.xlsx", "a.xlsx").with("in/notes.txt", b"");
    let shown = |written: &str| scene.run(&["framework", "show", written]);
    let expected = shown("seqf").out;
    for written in ["SEQF", "Seqf", "SEQF model fidelity", "seqf-model-fidelity"] {
        assert_eq!(shown(written).out, expected, "{written}");
    }
    for arguments in [
        &["check", "a.xlsx", "--framework", "CoP"][..],
        &["run", "in", "--out", "out", "--framework", "CoP"],
        &["compare", "a.xlsx", "a.xlsx", "--framework", "CoP"],
        &["framework", "show", "CoP"],
        &["framework", "diff", "seqf", "CoP"],
        &["explain", "CoP/x"],
    ] {
        let run = scene.run(arguments);
        let told = "error: could not find a framework called `CoP`; did you mean `code-of-practice`?\n";
        assert_eq!((run.code, run.err.as_str()), (2, told), "{arguments:?}");
    }
    let named = scene.run(&[
        "check",
        "a.xlsx",
        "--format",
        "json",
        "--framework",
        "Code Of Practice for employer partnerships",
    ]);
    let all = scene.run(&["check", "a.xlsx", "--format", "json", "--framework", "code-of-practice"]);
    assert_eq!((named.code, named.out), (all.code, all.out));
    let unknown = scene.run(&["check", "a.xlsx", "--framework", "zzzzzz"]);
    assert!(unknown.err.contains("there are code-of-practice, "), "{}", unknown.err);
}

#[test]
fn a_pack_that_is_not_there_is_told_with_the_nearest() {
    let scene = Scene::new().with("packs/ours/framework.toml", b"");
    let run = scene.run(&["framework", "diff", "seqf", "packs/our"]);
    let told = "error: can\u{2019}t find the framework `packs/our`; did you mean `ours`?\n";
    assert_eq!((run.code, run.err.as_str()), (2, told));
}

#[test]
fn rules_of_frameworks_that_are_not_there_are_told_with_the_nearest() {
    let scene = Scene::new().with_sample("22.04.2025.xlsx", "a.xlsx");
    for (written, told) in [
        (
            "SEQF/period-not-a-year",
            "no framework is called `SEQF`, as in `SEQF/period-not-a-year`; did you mean `seqf/period-not-a-year`?",
        ),
        (
            "seqf/period-not-year",
            "“SEQF model fidelity” has no rule `period-not-year`; did you mean `period-not-a-year`?",
        ),
    ] {
        let scene = Scene::new().with("a.xlsx", &std::fs::read(scene.path("a.xlsx")).unwrap());
        let scene = scene.with("season.toml", format!("[rule_status]\n\"{written}\" = \"off\"\n").as_bytes());
        let run = scene.run(&["check", "a.xlsx"]);
        assert!(run.code == 2 && run.err.contains(told), "{written}: {}", run.err);
    }
}

#[test]
fn names_that_no_shell_has_put_in_full_are_put_in_full() {
    let scene =
        Scene::new().with_sample("22.06.2025.xlsx", "returns/a.xlsx").with_sample("22.04.2025.xlsx", "returns/b.xlsx");
    let listed = |written: &str| scene.run(&["check", written, "--show-files"]);
    assert_eq!(listed("returns/*.xlsx").out, "returns/a.xlsx\nreturns/b.xlsx\n2 to review, 0 left out\n");
    assert_eq!(listed("*/?.xlsx").out, listed("returns/*.xlsx").out);
    for (written, told) in [
        (
            "*.xlsx",
            "no file and no folder is called as `*.xlsx` says; `*` stands for any letters of a name, `?` for one\n",
        ),
        (
            "return/*.xlsx",
            "no file and no folder is called as `return/*.xlsx` says; there is no folder `return`; did you mean `returns`?\n",
        ),
    ] {
        let run = listed(written);
        assert!(run.code == 2 && run.err.ends_with(told), "{written}: {}", run.err);
    }
    let marked = scene.run(&["check", "returns/*", "--annotate=marked", "--exit-zero"]);
    assert!(marked.files.contains_key("marked/returns/a.annotated.xlsx"), "{:?} {}", marked.files.keys(), marked.err);
    let stripped = scene.run(&["strip", "marked/returns/*", "--out", "plain"]);
    assert!(stripped.files.contains_key("plain/b.stripped.xlsx"), "{}{}", stripped.out, stripped.err);
}

#[test]
fn a_folder_for_copies_is_told_how_it_is_named() {
    let scene = Scene::new().with_sample("22.06.2025.xlsx", "a.xlsx");
    let run = scene.run(&["check", "a.xlsx", "--annotate", "marked"]);
    let told = "for copies in a folder of that name write `--annotate=marked`\n";
    assert!(run.code == 2 && run.err.ends_with(told), "{}", run.err);
}

/// Whether a character moves or turns what a terminal shows after it.
#[cfg(unix)]
fn moves(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(unix)]
#[test]
fn no_name_of_a_file_moves_what_a_terminal_shows() {
    let odd: String = ('\u{1}'..='\u{206f}').filter(|c| moves(*c) || *c == '\n').collect();
    let scene = odd.chars().fold(Scene::new(), |scene, c| scene.with(&format!("in/a{c}b.xlsx"), b"rubbish"));
    let scene = scene
        .with("in/notes\x1b[2J.txt", b"")
        .with("in/\u{202e}roster\n.csv", b"organisation\nA,B\n")
        .with_sample("22.04.2025.xlsx", "in/a.xlsx");
    let (file, folder) = (format!("no{odd}.xlsx"), format!("no{odd}"));
    for arguments in [
        &["check", "in", "-v"][..],
        &["check", "in", "--format", "plain"],
        &["check", "in", "--show-files"],
        &["check", &file],
        &["check", "in", "--framework", &folder],
        &["check", "in", "--season", &file],
        &["check", "in/a\x1bb.xlsx", "--annotate"],
        &["check", "in/a.xlsx", "--annotate=in/\x1b[2Jmarked"],
        &["run", "in", "--out", "out", "--only", "data", "-v"],
        &["run", &folder, "--out", "out"],
        &["run", "in", "--out", "out", "--only", "data", "--roster", &file],
        &["run", "in", "--out", "out", "--only", "data", "--roster", "in/\u{202e}roster\n.csv"],
        &["run", "in", "--out", "out", "--typst", &file],
        &["compare", "in/a.xlsx", "in/a\x1bb.xlsx"],
        &["strip", "in/a\x1bb.xlsx"],
        &["framework", "show", &folder],
        &["framework", "check", &folder],
        &["explain", &folder],
        &[&folder],
        &["check", "in", &format!("--{folder}")],
    ] {
        let run = scene.run(arguments);
        for text in [&run.out, &run.err] {
            assert!(!text.contains(moves), "{arguments:?}: {text:?}");
        }
    }
}

#[test]
fn copies_below_the_folder_that_is_checked_are_no_returns() {
    let scene = Scene::new().with_sample("22.06.2025.xlsx", "in/a.xlsx");
    let check = || scene.run(&["check", "in", "--annotate=in/copies", "--exit-zero"]);
    let (first, second) = (check(), check());
    assert_eq!(first.files.keys().collect::<Vec<_>>(), second.files.keys().collect::<Vec<_>>());
    assert!(second.err.contains("1 copy of ours in in/copies left out; no return lies there"), "{}", second.err);
    let named = scene.run(&["check", "in/copies/in/a.annotated.xlsx", "--annotate=in/copies", "--exit-zero"]);
    assert!(!named.err.contains("left out"), "{}", named.err);
}

#[cfg(unix)]
#[test]
fn no_copy_is_written_through_a_link_in_the_folder_of_copies() {
    let scene = Scene::new().with_sample("22.06.2025.xlsx", "in/a.xlsx").with("elsewhere/kept.txt", b"");
    std::fs::create_dir_all(scene.path("copies")).unwrap();
    std::os::unix::fs::symlink(scene.path("elsewhere"), scene.path("copies/in")).unwrap();
    let run = scene.run(&["check", "in", "--annotate=copies", "--exit-zero"]);
    assert!(run.err.contains("`copies/in` is a link, which is not followed"), "{}", run.err);
    assert!(!scene.path("elsewhere/a.annotated.xlsx").exists());
}

/// Whatever a file is called and a cell holds: nothing that is printed moves what is seen after it, and no line is a command of GitHub's
/// runner but those that are meant as one.
#[cfg(unix)]
#[test]
fn no_name_and_no_cell_moves_or_commands_anything_in_any_format() {
    let name = "in/\n ::error::a\r::add-mask::b\u{1b}[2Jc\u{9b}31md\u{202e}e\u{200f}##[error]f.xlsx";
    let scene =
        Scene::new().with_sample("Copy of Code of Practice assessment The Logistics Standards Council.xlsx", name);
    let is_loud = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200f}\u{2028}".contains(c);
    let is_command = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
    for format in ["human", "plain", "json", "jsonl", "csv", "sarif", "junit", "github"] {
        let run = scene.run(&["check", "in", "--format", format]);
        for printed in [&run.out, &run.err] {
            let is_quiet = !printed.contains(is_loud) || format == "csv";
            assert!(is_quiet, "{format}: {printed:?}");
            let mut lines = printed.split(['\n', '\r']);
            let is_meant = |line: &str| {
                let is_one = ["::error ", "::warning ", "::notice "].iter().any(|begin| line.starts_with(begin));
                format == "github" && (line.is_empty() || (is_one && line.matches("::").count() >= 2))
            };
            assert!(lines.all(|line| !is_command(line) || is_meant(line)), "{format}: {printed:?}");
        }
    }
    let seen = scene.on_terminal(&["check", "in", "--format", "csv"], 80, super::terminal::Goes::Both, &[]);
    assert!(!seen.sent.replace("\r\n", "\n").contains(is_loud), "{:?}", seen.sent);
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    assert!(!run.out.contains(is_loud) && !run.err.contains(is_loud), "{}{}", run.out, run.err);
    for json in ["out/run.json", "out/data/results.json"] {
        assert!(!String::from_utf8(run.files[json].clone()).unwrap().contains(is_loud), "{json}");
    }
}
