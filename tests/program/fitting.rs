//! What is told on a screen fits it, is painted where that is wanted and nowhere else, and progress stays out of its way.

use std::collections::BTreeSet;
use std::time::Duration;

use super::Scene;
use super::terminal::{Goes, Seen};

/// The widths of screens, the narrowest first.
const WIDTHS: [u16; 3] = [40, 60, 80];

/// A season with findings of many kinds, what a run made of it, and what isn't read.
fn season() -> Scene {
    let scene = Scene::new()
        .with_sample(
            "Hastings Employ-Ability SEQF self-assessment 22.04.2025.xlsx",
            "in/South East/Hastings – self.xlsx",
        )
        .with_sample("Institute for Print and Packaging Code of Practice assessment 22.06.2025.xlsx", "in/first.xlsx")
        .with_sample(
            "Institute for Print and Packaging Re-assessment CODE OF PRACTICE 19.07.2025.xlsx",
            "in/again.xlsx",
        )
        .with("in/North West/Automotive Employer Partnership - Code of Practice.xls", b"<html>not a workbook</html>")
        .with("in/notes of the visit to the north west.docx", b"notes")
        .with("in/roster.csv", "organisation,region\nHastings Employ-Ability,South East\nAcme Works,North\n".as_bytes())
        .with("bad.toml", b"[reports]\nlogo = \"nowhere.png\"\n")
        .with("empty/notes.txt", b"notes");
    scene.with_data("out")
}

/// All that can be asked whose answer a person reads.
const LINES: &[&str] = &[
    "check in",
    "check in -v --statistics",
    "check in -q",
    "check in --format plain -v",
    "check in --max-per-rule 1",
    "check in --show-files",
    "check in --show-settings",
    "check in/first.xlsx --show-cells --format human",
    "check in/again.xlsx in/first.xlsx --annotate=marked",
    "check nowhere.xlsx",
    "check empty",
    "check in --jobs 0",
    "check in --report xlsx=a",
    "check in --out o",
    "check in --framework seqff",
    "run in --out o -v --statistics --dry-run --only data,season",
    "run in --out o --dry-run --only data --framework seqf",
    "run in --out o --show-files",
    "run in --out o --show-settings --limit cells=5",
    "run in --out in/o",
    "run empty --out o",
    "run in",
    "run in --in o",
    "run in --out o --season bad.toml",
    "run in --out o --season nowhere.toml",
    "run in --out o --roster nowhere.csv",
    "run in --out o --previous nowhere",
    "run in --out o --shard 9/4",
    "run in --out part --shard 1/2",
    "merge out --out o",
    "runn in",
    "explain",
    "explain answer-off-scale",
    "explain formula-overwritten",
    "explain answer-of-scale",
    "explain seqf/period-not-a-year",
    "explain --figure seqf/outcome out",
    "explain --figure seqf/finding out",
    "explain --figure seqf/criterion/1.1.3/mean out",
    "explain --figure seqf/criterion/1.1.33/mean out",
    "explain --figure seqf/outcome nowhere",
    "framework list",
    "framework lst",
    "framework show code-of-practice",
    "framework functions",
    "framework functions count_at_least",
    "framework check nowhere",
    "framework diff seqf code-of-practice",
    "doctor",
    "strip in/first.xlsx",
    "strip nowhere.xlsx",
    "annotate in/first.xlsx --findings out/data/results.json --out ann.xlsx",
    "annotate in/first.xlsx --findings in/roster.csv",
    "compare in/first.xlsx in/again.xlsx",
    "compare in/first.xlsx in/again.xlsx --format plain",
    "compare out out",
    "compare nowhere out",
    "waive out reassessment-required --by a --reason b --until 2026-01-01",
    "waive out nope --by a --reason b --until 2026-01-01",
    "waive out --from-explanations --by J --until 2026-01-01",
    "--help",
    "check --help",
    "check -h",
    "run --help",
    "merge --help",
    "annotate --help",
    "strip --help",
    "waive --help",
    "compare --help",
    "explain --help",
    "framework --help",
    "framework diff --help",
    "framework",
    "completions --help",
    "man --help",
];

/// Returns those lines, word by word.
fn commands() -> Vec<Vec<&'static str>> {
    LINES.iter().map(|line| line.split(' ').collect()).collect()
}

/// Returns the lines of a text that are too wide, of which those of one long word may be.
fn too_wide(text: &str, width: u16) -> Vec<&str> {
    let is_wide = |line: &&str| textwrap::core::display_width(line) > usize::from(width);
    text.lines().filter(is_wide).filter(|line| line.trim().contains(' ')).collect()
}

/// Returns the words that a narrow screen shows and a wide one doesn't, without those that say that they are cut. Where a table has no
/// room, its rows are told one by one: its headings in small letters, and marks between what is told.
fn broken<'a>(narrow: &'a str, wide: &str) -> Vec<&'a str> {
    let bare = |word: &str| word.trim_matches(['(', ')', ':', ';']).to_lowercase();
    let whole: BTreeSet<String> = wide.split_whitespace().map(bare).collect();
    let is_drawn = |word: &str| word.chars().all(|sign| "^│–()".contains(sign));
    let words = narrow.split_whitespace().filter(|word| !word.contains('…') && !is_drawn(word));
    words.filter(|word| !whole.contains(&bare(word))).collect()
}

/// Says what is wrong with what was shown in lines of a width; nothing where nothing is.
fn faults(scene: &Scene, shown: &str, wide: &str, width: u16) -> Vec<String> {
    // The name of a file stands whole in its line, as it is copied from there.
    let is_name = |line: &str| ["", "in"].iter().any(|folder| scene.path(folder).join(line).is_file());
    let too_wide = too_wide(shown, width).into_iter().filter(|line| !is_name(line));
    let too_wide = too_wide.map(|line| format!("{width}: {line}"));
    too_wide.chain(broken(shown, wide).into_iter().map(|word| format!("{width}: broken: {word}"))).collect()
}

/// Returns what is wrong with what commands tell, on screens of all widths.
fn faults_of(commands: &[Vec<&str>]) -> Vec<String> {
    let scene = season();
    let mut told = Vec::new();
    for arguments in commands {
        let wide = scene.run_at(10_000, arguments);
        let wide = wide.out + &wide.err;
        assert!(!wide.is_empty(), "{arguments:?}");
        let mut faults =
            faults(&scene, &scene.on_terminal(arguments, WIDTHS[0], Goes::Both, &[]).screen(), &wide, WIDTHS[0]);
        for width in WIDTHS {
            let run = scene.run_at(width.into(), arguments);
            faults.extend(self::faults(&scene, &run.out, &wide, width));
            faults.extend(self::faults(&scene, &run.err, &wide, width));
        }
        told.extend(faults.iter().map(|fault| format!("{}\n    {fault}\n", arguments.join(" "))));
    }
    told
}

#[test]
fn what_reviews_tell_fits_the_screen_and_no_word_is_broken() {
    let commands: Vec<Vec<&str>> = commands().into_iter().filter(|line| is_review(line)).collect();
    let faults = faults_of(&commands);
    assert!(faults.is_empty(), "{}", faults.concat());
}

#[test]
fn what_all_other_commands_tell_fits_the_screen_and_no_word_is_broken() {
    let commands: Vec<Vec<&str>> = commands().into_iter().filter(|line| !is_review(line)).collect();
    let faults = faults_of(&commands);
    assert!(faults.is_empty(), "{}", faults.concat());
}

/// Whether a command reads workbooks.
fn is_review(line: &[&str]) -> bool {
    ["check", "run", "merge", "compare"].contains(&line[0])
}

#[test]
fn colour_goes_where_it_is_not_wanted_and_all_else_stays() {
    let scene = season();
    for line in [
        "check in -v",
        "run in --out o --dry-run --only data",
        "explain answer-off-scale",
        "compare in/first.xlsx in/again.xlsx",
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let on = |more: &[&str], variables| scene.on_terminal(&[&arguments, more].concat(), 80, Goes::Both, variables);
        let coloured = on(&[], &[]);
        assert!(coloured.is_coloured(), "{line}");
        let is_same = |other: &Seen| assert_eq!(other.screen(), coloured.screen(), "{line}");
        // What is set to nothing isn't set.
        let empty = on(&[], &[("NO_COLOR", "")]);
        assert!(empty.is_coloured(), "{line}");
        is_same(&empty);
        let mut plain = vec![on(&[], &[("NO_COLOR", "1")])];
        plain.extend((arguments[0] != "explain").then(|| on(&["--no-color"], &[])));
        for plain in plain {
            assert!(!plain.is_coloured(), "{line}: {:?}", plain.sent);
            is_same(&plain);
        }
    }
}

#[test]
fn progress_is_seen_from_half_a_second_on_and_leaves_nothing_behind() {
    let season = crate::house::at("samples/season").display().to_string();
    // One workbook at a time takes long enough.
    let arguments = ["check", &season, "-q", "--jobs", "1"];
    let scene = Scene::new();
    for width in WIDTHS {
        let seen = scene.on_terminal(&arguments, width, Goes::Messages, &[]);
        assert!(seen.sent.contains(" of 19"), "{}", seen.sent);
        assert!(seen.first_after.unwrap() >= Duration::from_millis(500), "{:?}", seen.first_after);
        assert_eq!(seen.screen(), "", "{width}");
        assert!(seen.piped.ends_with(".\n") && !seen.piped.contains('\u{1b}'), "{}", seen.piped);
        // A line that is broken by the terminal couldn't be cleared again.
        assert!(!seen.sent.contains("\u{1b}[1A"), "{width}: {:?}", seen.sent);
    }
    let seen = scene.on_terminal(&arguments, 80, Goes::Both, &[]);
    let run = scene.run_at(80, &arguments);
    assert!(seen.sent.contains(" of 19 workbooks"), "{}", seen.sent);
    assert_eq!((seen.screen(), seen.code), (run.out.trim_end().to_owned(), run.code));
}

#[test]
fn progress_is_told_to_nobody_where_nobody_watches() {
    let season = crate::house::at("samples/season").display().to_string();
    let arguments = ["check", &season, "-q", "--jobs", "1"];
    assert_eq!(Scene::new().run(&arguments).err, "");
    let dumb = Scene::new().on_terminal(&arguments, 80, Goes::Messages, &[("TERM", "dumb")]);
    assert_eq!(dumb.sent, "");
}

#[test]
fn what_ends_at_once_shows_no_progress() {
    let seen = season().on_terminal(&["check", "in/first.xlsx", "-q"], 80, Goes::Messages, &[]);
    // On a machine that is slow enough, progress has its place here too.
    assert!(seen.first_after.is_none_or(|after| after >= Duration::from_millis(500)), "{:?}", seen.sent);
}
