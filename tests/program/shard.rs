//! A season worked on in parts, and its parts put together.
#![cfg(unix)]

use std::fs;

use super::cache::with_typst;
use super::{Run, Scene, contents};
use crate::house::at;

/// Returns a folder with the samples' season and a stand-in for Typst.
fn scene() -> Scene {
    let season = contents(&at("samples/season"));
    with_typst(season.iter().fold(Scene::new(), |scene, (name, bytes)| scene.with(&format!("in/{name}"), bytes)))
}

/// Reviews a part of the season.
#[track_caller]
fn part(scene: &Scene, part: &str, out: &str, more: &[&str]) -> Run {
    let run = scene.run(&[&["run", "in", "--shard", part, "--out", out], more].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    run
}

/// Puts parts together.
fn merge(scene: &Scene, parts: &[&str], out: &str) -> Run {
    let typst = scene.path("typst").display().to_string();
    scene.run(&[&["merge"], parts, &["--out", out, "--typst", &typst]].concat())
}

#[test]
fn the_parts_put_together_are_byte_for_byte_what_one_run_writes() {
    let scene = scene();
    let typst = scene.path("typst").display().to_string();
    let one = scene.run(&["run", "in", "--out", "one", "--typst", &typst]);
    let whole = contents(&scene.path("one"));
    for of in [1, 3] {
        let outs: Vec<String> = (1..=of).map(|number| format!("part-{number}-of-{of}")).collect();
        for number in (1..=of).rev() {
            let out = &outs[number - 1];
            part(&scene, &format!("{number}/{of}"), out, &["--jobs", &number.to_string()]);
        }
        // A part may be run again at any time.
        part(&scene, &format!("{of}/{of}"), outs.last().unwrap(), &[]);
        let outs: Vec<&str> = outs.iter().map(String::as_str).collect();
        let out = format!("merged-{of}");
        let merged = merge(&scene, &outs, &out);
        assert_eq!((merged.code, merged.err), (one.code, one.err.clone()), "{}", merged.out);
        let written = contents(&scene.path(&out));
        assert_eq!(written.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
        for (name, bytes) in &whole {
            assert!(written[name] == *bytes, "{name} differs, of {of} parts");
        }
    }
}

#[test]
fn what_is_missing_twice_or_otherwise_is_told_and_nothing_written() {
    let scene = scene();
    for number in 1..=3 {
        part(&scene, &format!("{number}/3"), &format!("p{number}"), &[]);
    }
    part(&scene, "2/2", "other", &[]);
    let scene = scene.with("day.toml", b"data_date = 2025-09-01\n");
    part(&scene, "3/3", "dated", &["--season", "day.toml"]);
    let cases: [(&[&str], &str); 6] = [
        (&["p1", "p3"], "missing: part 2/3"),
        (&["p1", "p1", "p2", "p3"], "part 1/3 is there twice, in `p1` and `p1`"),
        (&["p1", "other", "p3"], "`p1` is part 1/3, `other` part 2/2"),
        (&["p1", "p2", "dated"], "part 3/3 was run with another data_date"),
        (&["p1", "p2", "in"], "`in` is no part of a season"),
        (&["p1", "p2", "nowhere"], "`nowhere` is no part of a season"),
    ];
    for (parts, told) in cases {
        let run = merge(&scene, parts, "merged");
        assert!(run.code == 2 && run.err.contains(told), "{parts:?}: {}", run.err);
        assert!(!scene.path("merged/run.json").exists(), "{parts:?}");
    }
}

#[test]
fn a_season_that_changed_since_a_part_was_run_is_told_file_by_file() {
    let scene = scene();
    for number in 1..=2 {
        part(&scene, &format!("{number}/2"), &format!("p{number}"), &[]);
    }
    let told = |scene: &Scene| merge(scene, &["p1", "p2"], "merged").err;
    let bytes = fs::read(scene.path("in/East Midlands/Team budget 2025.xlsx")).unwrap();
    let scene = scene.with("in/new.xlsx", &bytes);
    assert_eq!(told(&scene).matches("new since part").count(), 2, "{}", told(&scene));
    fs::remove_file(scene.path("in/new.xlsx")).unwrap();
    let scene = scene.with("in/East Midlands/Team budget 2025.xlsx", b"changed");
    assert!(told(&scene).contains("reviewed another state of East Midlands/Team budget 2025.xlsx"), "{}", told(&scene));
    fs::remove_file(scene.path("in/East Midlands/Team budget 2025.xlsx")).unwrap();
    assert_eq!(told(&scene).matches("gone since part").count(), 2, "{}", told(&scene));
    let scene = scene.with("in/East Midlands/Team budget 2025.xlsx", &bytes);
    let reviews = contents(&scene.path("p1")).into_keys().find(|name| name.starts_with("reviews/")).unwrap();
    let scene = scene.with(&format!("p1/{reviews}"), b"{}");
    assert!(told(&scene).contains("as its part wrote it"), "{}", told(&scene));
}

#[test]
fn a_part_writes_its_tables_where_those_of_all_parts_can_be_read_as_one() {
    let scene = scene();
    let files = part(&scene, "2/3", "p2", &[]).files;
    for table in ["returns", "scores", "findings"] {
        assert!(files.contains_key(&format!("p2/data/{table}/shard=2/part.parquet")), "{table}: {:?}", files.keys());
    }
    assert!(!files.keys().any(|name| name.starts_with("p2/returns/")));
}

#[test]
fn a_part_that_was_broken_off_while_it_was_put_in_place_is_told_as_such() {
    let scene = scene();
    part(&scene, "1/1", "p1", &[]);
    let tool = format!("{{\"name\": \"scrutineer\", \"version\": \"{}\"}}", env!("CARGO_PKG_VERSION"));
    let underway = format!("{{\"complete\": false, \"tool\": {tool}, \"outputs\": [], \"earlier\": []}}");
    let scene = scene.with("p1/run.json", underway.as_bytes());
    let run = merge(&scene, &["p1"], "merged");
    assert!(run.code == 2 && run.err.contains("the part in `p1` isn\u{2019}t whole"), "{}", run.err);
}

#[test]
fn a_folder_holds_one_part_or_one_whole_and_never_both() {
    let scene = scene();
    part(&scene, "1/2", "p1", &[]);
    let before = contents(&scene.path("p1"));
    for other in ["2/2", "1/3"] {
        let run = scene.run(&["run", "in", "--shard", other, "--out", "p1"]);
        assert_eq!(run.code, 2, "{other}: {}", run.out);
        let told = [format!("could not write part {other}"), "it holds part 1/2".into(), "a folder of its own".into()];
        assert!(told.iter().all(|told| run.err.contains(told.as_str())), "{}", run.err);
        assert!(contents(&scene.path("p1")) == before, "{other}");
    }
    let whole = scene.run(&["run", "in", "--out", "p1", "--only", "data"]);
    let is_of_part = |name: &&String| name.contains("shard") || name.contains("reviews/");
    let left: Vec<&String> = whole.files.keys().filter(|name| name.starts_with("p1/")).filter(is_of_part).collect();
    assert!(left.is_empty() && whole.out.contains("Cleared away"), "{left:?}: {}", whole.out);
    let merged = merge(&scene, &["p1"], "merged");
    assert!(merged.code == 2 && merged.err.contains("`p1` is no part of a season"), "{}", merged.err);
    let again = scene.run(&["run", "in", "--shard", "1/2", "--out", "p1"]);
    assert!(again.code == 2 && again.err.contains("it holds the outputs of a whole season"), "{}", again.err);
}

#[test]
fn tables_of_a_part_that_are_gone_cut_short_or_exchanged_are_named() {
    let scene = scene();
    part(&scene, "1/2", "p1", &[]);
    part(&scene, "2/2", "p2", &[]);
    let table = "data/returns/shard=1/part.parquet";
    let here = scene.path(&format!("p1/{table}"));
    let bytes = fs::read(&here).unwrap();
    let other = fs::read(scene.path("p2/data/returns/shard=2/part.parquet")).unwrap();
    for (state, written) in [("gone", None), ("cut short", Some(&bytes[..40])), ("exchanged", Some(&other[..]))] {
        match written {
            Some(written) => fs::write(&here, written).unwrap(),
            None => fs::remove_file(&here).unwrap(),
        }
        let run = merge(&scene, &["p1", "p2"], "merged");
        assert!(run.code == 2 && run.err.contains(table) && run.err.contains("part 1/2"), "{state}: {}", run.err);
        assert!(!scene.path("merged/run.json").exists(), "{state}");
    }
    fs::remove_dir_all(scene.path("p1/data")).unwrap();
    let run = merge(&scene, &["p1", "p2"], "merged");
    let told = "part 1/2 no longer has as it wrote them: data/";
    assert!(run.code == 2 && run.err.contains(told) && run.err.contains(" more; run it again"), "{}", run.err);
}
