//! The folder of outputs: whose each file is, from one run to the next.

use std::fs;

use scrutineer::cell::CellRef;
use scrutineer::ooxml::{Changes, Limits, Package};
use scrutineer::workbook::{self, Source};

use super::returned::typed;
use super::{Scene, json};

/// A return with findings.
const SAMPLE: &str = "Copy of Code of Practice assessment The Logistics Standards Council.xlsx";

/// Returns a folder with a season of one return that was run once, without reports.
fn once() -> Scene {
    let scene = Scene::new().with_sample(SAMPLE, "in/Acme.xlsx");
    run(&scene);
    scene
}

fn run(scene: &Scene) -> super::Run {
    scene.run(&["run", "in", "--out", "out", "--only", "data,season,annotated"])
}

/// Returns the season workbook with a text in the first row below a heading, as somebody saves it who writes there.
fn written_into(scene: &Scene, sheet: &str, heading: &str, text: &str) -> Vec<u8> {
    let bytes = fs::read(scene.path("out/season.xlsx")).unwrap();
    let workbook = workbook::read(&Source::new("season.xlsx", bytes.clone()), &Limits::default()).unwrap();
    let cells = &workbook.sheet(sheet).unwrap().cells;
    let heading = cells.iter().find(|cell| cell.shown(workbook.date_system) == heading).unwrap();
    let below = CellRef::new(heading.at.row + 1, heading.at.column);
    let package = Package::open(bytes, &Limits::default()).unwrap();
    let part = package.book().unwrap().sheet(sheet).unwrap().part.clone().unwrap();
    let page = String::from_utf8(package.read(&part).unwrap().clone()).unwrap();
    let mut changes = Changes::default();
    changes.replaced.insert(part, typed(&page, &below.to_string(), text).into_bytes());
    package.rewrite(&changes).unwrap()
}

#[test]
fn returns_and_outputs_share_no_folder_whichever_contains_which() {
    let scene = once();
    for (input, out) in [("in", "in"), ("in", "in/out"), ("out/returns", "out"), ("out/returns", "out/returns/deeper")]
    {
        let run = scene.run(&["run", input, "--out", out, "--only", "data"]);
        assert_eq!(run.code, 2, "{input} {out}: {}", run.err);
        assert!(run.err.contains("lies inside"), "{}", run.err);
    }
}

#[test]
fn a_file_of_somebody_else_costs_that_output_alone() {
    let scene = Scene::new().with_sample(SAMPLE, "in/Acme.xlsx").with("out/season.xlsx", b"mine");
    let run = run(&scene);
    assert_eq!((run.code, &run.files["out/season.xlsx"][..]), (3, &b"mine"[..]), "{}", run.err);
    assert!(run.err.contains("season.xlsx was not written"), "{}", run.err);
    assert!(run.files.contains_key("out/data/results.json"));
    assert_eq!(json(&run, "out/run.json")["complete"], true);
}

#[test]
fn what_the_team_wrote_into_the_season_workbook_is_carried_over_and_the_file_kept() {
    let scene = once();
    let changed = written_into(&scene, "Findings", "Owner", "Ann Other");
    fs::write(scene.path("out/season.xlsx"), &changed).unwrap();
    let again = run(&scene);
    assert_eq!(again.files["out/kept/season.xlsx"], changed);
    assert!(again.in_one_line().contains("kept as kept/season.xlsx"), "{}", again.out);
    let shown = scene.run(&["check", "out/season.xlsx", "--show-cells"]);
    assert!(shown.out.contains("Ann Other"), "{}{}", shown.out, shown.err);
    let third = run(&scene);
    assert_eq!(third.files["out/season.xlsx"], again.files["out/season.xlsx"], "the notes stay");
}

#[test]
fn a_note_stays_while_its_return_is_away_and_comes_back_with_it() {
    let scene = once().with_sample("New Start Hull - SEQF self-assessment (Aug 2025).xlsx", "in/other.xlsx");
    let changed = written_into(&scene, "Findings", "Owner", "Ann Other");
    fs::write(scene.path("out/season.xlsx"), &changed).unwrap();
    let owners = |scene: &Scene| {
        let shown = scene.run(&["check", "out/season.xlsx", "--show-cells"]).out;
        let of = |sheet: &str| shown.lines().filter(|line| line.contains("Ann Other") && line.contains(sheet)).count();
        (of("Findings"), of("Earlier notes"))
    };
    let acme = fs::read(scene.path("in/Acme.xlsx")).unwrap();
    fs::remove_file(scene.path("in/Acme.xlsx")).unwrap();
    for _again in 0..2 {
        run(&scene);
        assert_eq!(owners(&scene), (0, 1), "the return is away");
    }
    fs::write(scene.path("in/Acme.xlsx"), acme).unwrap();
    run(&scene);
    assert_eq!(owners(&scene), (1, 0), "it is back");
}

#[test]
fn that_notes_cant_be_read_is_told() {
    let scene = once();
    fs::write(scene.path("out/season.xlsx"), &fs::read(scene.path("out/season.xlsx")).unwrap()[..9_000]).unwrap();
    let run = run(&scene);
    assert!(
        run.in_one_line().contains("can\u{2019}t be read, so nothing that was written into it is carried over"),
        "{}",
        run.out
    );
}

#[test]
fn a_return_that_was_taken_back_leaves_no_output_whatever_the_next_run_makes() {
    for next in [&["--only", "data"][..], &["--only", "reports", "--typst", "/nowhere"], &["--typst", "/nowhere"]] {
        let scene = once().with_sample("New Start Hull - SEQF self-assessment (Aug 2025).xlsx", "in/other.xlsx");
        scene.run(&["run", "in", "--out", "out", "--only", "annotated"]);
        assert!(scene.path("out/returns/other.annotated.xlsx").exists());
        fs::remove_file(scene.path("in/other.xlsx")).unwrap();
        let run = scene.run(&[&["run", "in", "--out", "out"], next].concat());
        assert!(!run.files.contains_key("out/returns/other.annotated.xlsx"), "{next:?}: {}", run.out);
        let told = "Cleared away, as this run makes no such file: returns/other.annotated.xlsx";
        assert!(run.in_one_line().contains(told), "{next:?}: {}", run.out);
        assert!(run.files.contains_key("out/returns/Acme.annotated.xlsx"), "{next:?}");
        assert!(run.files.contains_key("out/season.xlsx"), "what isn't made now and could be stays: {next:?}");
    }
}

/// A list that nobody may read leaves unknown who is missing, so that nothing is guessed and nothing written.
#[test]
fn a_roster_that_is_no_file_to_read_stops_the_run_before_anything_is_written() {
    let scene = Scene::new().with_sample(SAMPLE, "in/Acme.xlsx").with("lists/roster.csv", b"organisation\nAcme\n");
    for roster in ["nowhere.csv", "lists", "in"] {
        let run = scene.run(&["run", "in", "--roster", roster, "--out", "out", "--only", "data"]);
        assert_eq!(run.code, 2, "{roster}: {}", run.err);
        assert!(run.err.contains(roster) && !scene.path("out").exists(), "{roster}: {}", run.err);
    }
}

#[test]
fn the_folder_of_the_returns_is_no_folder_of_what_moderators_say() {
    let scene =
        Scene::new().with_sample(SAMPLE, "in/Acme.xlsx").with("season.toml", b"[moderation]\nresults = \"in\"\n");
    let run = scene.run(&["run", "in", "--season", "season.toml", "--out", "out", "--only", "data"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("that is where the returns are") && !scene.path("out").exists(), "{}", run.err);
}

/// A shell lets no file of the program's become larger, as a disk does that is full.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_the_files_that_find_no_room_and_none_that_is_there() {
    let scene = once();
    let before = super::contents(&scene.path("out"));
    let scene = scene.with_sample("New Start Hull - SEQF self-assessment (Aug 2025).xlsx", "in/other.xlsx");
    // Room for 8 KB a file: tables find it, workbooks don't.
    let shell =
        format!("trap '' XFSZ; ulimit -f 16; exec '{}' run in --out out --only data,season,annotated", super::PROGRAM);
    let run = super::ended(
        std::process::Command::new("sh").args(["-c", &shell]).current_dir(scene.path("")),
        b"",
        &scene.path(""),
    );
    assert_eq!(run.code, 3, "{}{}", run.out, run.err);
    assert!(run.err.contains("season.xlsx was not written"), "{}", run.err);
    for name in ["season.xlsx", "returns/Acme.annotated.xlsx"] {
        assert!(run.files[&format!("out/{name}")] == before[name], "{name} is no longer whole");
    }
    assert!(run.files["out/data/returns.csv"] != before["data/returns.csv"], "what finds room is written");
    let healed = self::run(&scene);
    assert_eq!(json(&healed, "out/run.json")["complete"], true, "{}", healed.err);
    assert!(healed.files.contains_key("out/returns/other.annotated.xlsx"));
}

/// Not even `run.json` finds room: all is as it was, and what was found is told.
#[cfg(unix)]
#[test]
fn a_disk_without_any_room_changes_nothing_and_is_told_at_the_file() {
    let scene = once();
    let before = super::contents(&scene.path("out"));
    let scene = scene.with_sample("New Start Hull - SEQF self-assessment (Aug 2025).xlsx", "in/other.xlsx");
    let shell = |line: &str| {
        let shell = format!("trap '' XFSZ; ulimit -f 1; exec '{}' {line}", super::PROGRAM);
        let mut command = std::process::Command::new("sh");
        super::ended(
            command.args(["-c", &shell]).current_dir(scene.path("")).env("SCRUTINEER_CACHE", "").env("COLUMNS", "1000"),
            b"",
            &scene.path(""),
        )
    };
    let run = shell("run in --out out --only data");
    assert_eq!(run.code, 3, "{}{}", run.out, run.err);
    assert!(run.err.contains("run.json was not written"), "{}", run.err);
    assert!(
        run.out.contains("2 files: 2 complete") && run.out.contains("Wrote nothing to out"),
        "what was found is told all the same: {}",
        run.out
    );
    assert!(super::contents(&scene.path("out")) == before);
    let part = shell("run in --shard 1/1 --out part");
    assert_eq!(part.code, 3, "{}{}", part.out, part.err);
    let merged = scene.run(&["merge", "part", "--out", "merged"]);
    assert!(merged.code == 2 && !scene.path("merged/run.json").exists(), "{}", merged.err);
}
