//! What is kept between runs: what is unchanged isn't made again, and no byte differs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Run, Scene, contents};
use crate::house::at;

/// A stand-in for Typst that writes down for which document it is asked, and makes one that holds its text.
#[cfg(unix)]
const TYPST: &str = "#!/bin/sh\n\
    if [ \"$1\" = --version ]; then echo 'typst 0.15.0 (stand-in)'; exit; fi\n\
    for file; do :; done\n\
    tail -n 1 main.typ >> LOG\n\
    cat main.typ document.json > \"$file\"\n";

/// Returns a folder with some returns of the samples and a stand-in for Typst.
#[cfg(unix)]
fn scene() -> Scene {
    let scene = Scene::new()
        .with_sample("CODE OF PRACTICE 19.07.2025.xlsx", "in/a.xlsx")
        .with_sample("Harlow Metropolitan Borough Council IiP evidence requirements (1).xlsx", "in/b.xlsx")
        .with_sample("Security - Code of Practice assessment (Oct 2025).xls", "in/c.xls");
    with_typst(scene)
}

/// Puts a stand-in for Typst into a folder.
#[cfg(unix)]
pub(super) fn with_typst(scene: Scene) -> Scene {
    use std::os::unix::fs::PermissionsExt;
    let log = scene.path("log").display().to_string();
    let scene = scene.with("typst", TYPST.replace("LOG", &log).as_bytes());
    fs::set_permissions(scene.path("typst"), fs::Permissions::from_mode(0o755)).unwrap();
    scene
}

/// Runs the season into a folder, with what is kept in another.
#[cfg(unix)]
fn run(scene: &Scene, out: &str) -> (Run, BTreeMap<String, Vec<u8>>, usize) {
    let log = scene.path("log");
    fs::write(&log, "").unwrap();
    let typst = scene.path("typst").display().to_string();
    let run = scene.run(&["run", "in", "--out", out, "--cache", "cache", "--typst", &typst, "--exit-zero"]);
    let made = fs::read_to_string(log).unwrap().lines().count();
    (run, contents(&scene.path(out)), made)
}

/// Changes each file of a folder, but for every so-manieth.
#[cfg(unix)]
fn spoil(folder: &Path, spared: usize, with: fn(&mut Vec<u8>)) {
    for (at, (name, mut bytes)) in contents(folder).into_iter().enumerate() {
        if at % spared != 0 {
            with(&mut bytes);
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn cold_warm_partly_warm_and_spoilt_runs_write_the_same_bytes() {
    let scene = scene();
    let (_, cold, all) = run(&scene, "cold");
    let (_, warm, none) = run(&scene, "warm");
    assert!(cold == warm && all >= 5, "{all}");
    assert_eq!(none, 0, "what is kept isn't made again");
    let ways: [fn(&mut Vec<u8>); 3] = [Vec::clear, |bytes| bytes.truncate(bytes.len() / 2), |bytes| bytes[40] ^= 1];
    for (way, spoilt) in ways.into_iter().enumerate() {
        spoil(&scene.path("cache"), 3, spoilt);
        let (_, out, some) = run(&scene, &format!("spoilt-{way}"));
        assert!(out == cold && (1..all).contains(&some), "{way}: {some}");
    }
    fs::remove_dir_all(scene.path("cache")).unwrap();
    fs::write(scene.path("cache"), "a file, where a folder belongs").unwrap();
    let (_, out, again) = run(&scene, "nowhere");
    assert!(out == cold && again == all);
}

#[cfg(unix)]
#[test]
fn a_changed_return_costs_its_own_report_and_those_of_all() {
    let scene = scene();
    let (_, _, all) = run(&scene, "out");
    // The same form of another organisation.
    let scene =
        scene.with_sample("Institute for Print and Packaging Code of Practice assessment 22.06.2025.xlsx", "in/a.xlsx");
    let (_, changed, made) = run(&scene, "out");
    assert!((1..all).contains(&made), "{made} of {all}");
    let anew =
        scene.run(&["run", "in", "--out", "anew", "--no-cache", "--exit-zero", "--only", "data,annotated,season"]);
    for (name, bytes) in anew.files.iter().filter_map(|(name, bytes)| Some((name.strip_prefix("anew/")?, bytes))) {
        let is_of_all = ["run.json", "season.xlsx"].contains(&name);
        assert!(is_of_all || changed[name] == *bytes, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn what_became_of_the_returns_since_the_last_run_is_told() {
    let scene = scene();
    let (first, ..) = run(&scene, "out");
    assert!(!first.out.contains("Since the last run"), "{}", first.out);
    let (same, ..) = run(&scene, "out");
    assert!(!same.out.contains("Since the last run"), "{}", same.out);
    fs::rename(scene.path("in/a.xlsx"), scene.path("in/z.xlsx")).unwrap();
    fs::remove_file(scene.path("in/b.xlsx")).unwrap();
    let scene = scene.with("in/c.xls", b"changed").with("in/d.xlsx", b"new");
    let (then, ..) = run(&scene, "out");
    let told = "Since the last run, of the files: 1 new (d.xlsx), 1 changed (c.xls), 1 renamed (a.xlsx to z.xlsx), 1 gone (b.xlsx)";
    assert!(then.in_one_line().contains(told), "{}", then.out);
}

#[test]
fn where_nothing_is_to_be_kept_nothing_is() {
    let season = at("samples/season").display().to_string();
    let scene = Scene::new();
    let run = scene.run(&["run", &season, "--out", "out", "--only", "data", "--cache", "cache", "--no-cache"]);
    assert!(run.files.contains_key("out/run.json") && !scene.path("cache").exists(), "{}", run.err);
    scene.run(&["run", &season, "--out", "out", "--only", "data", "--cache", "cache"]);
    assert!(scene.path("cache").exists());
}
