//! Killed at any moment, a command leaves whole files, the old or the new ones; run again, it heals.
//!
//! Each command is killed a few times, at moments spread over the time that it takes; `KILLS` says how often instead.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::{Scene, contents};

/// How often each command is killed, where nothing else is said.
const KILLS: u32 = 3;

/// The files of a folder.
type Files = BTreeMap<String, Vec<u8>>;

const FIRST: &str = "Institute for Print and Packaging Code of Practice assessment 22.06.2025.xlsx";
const AGAIN: &str = "Institute for Print and Packaging Re-assessment CODE OF PRACTICE 19.07.2025.xlsx";
const OTHER: &str = "Hastings Employ-Ability SEQF self-assessment 22.04.2025.xlsx";

/// Returns how often a command is killed.
fn kills() -> u32 {
    let said = std::env::var_os("KILLS").and_then(|said| said.to_str()?.parse().ok());
    said.unwrap_or(KILLS)
}

/// Puts a folder into the state that it had.
fn reset(scene: &Scene, folder: &str, files: &Files) {
    let _absent = fs::remove_dir_all(scene.path(folder));
    for (name, bytes) in files {
        let path = scene.path(folder).join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Returns the files of a folder that may not be there.
fn files(scene: &Scene, folder: &str) -> Files {
    if scene.path(folder).exists() { contents(&scene.path(folder)) } else { Files::new() }
}

/// Runs a command and ends it after a while.
fn killed(scene: &Scene, arguments: &[&str], after: Duration) {
    let mut child = scene.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Whether a file is one that is being written.
fn is_temporary(name: &str) -> bool {
    name.split('/').any(|name| name.starts_with(".scrutineer-"))
}

/// Kills a command that writes to a folder at moments spread over the time that it takes, and looks at what it left.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "how long it takes spreads the moments")]
fn survives(scene: &Scene, arguments: &[&str], folder: &str) {
    let old = files(scene, folder);
    let begun = Instant::now();
    let run = scene.run(arguments);
    let taken = begun.elapsed();
    let new = files(scene, folder);
    assert!(new != old, "{}{}", run.out, run.err);
    let kills = kills();
    for moment in 0..kills {
        reset(scene, folder, &old);
        killed(scene, arguments, taken * (2 * moment + 1) / (2 * kills));
        for (name, bytes) in files(scene, folder) {
            let is_whole = [&old, &new].iter().any(|files| files.get(&name) == Some(&bytes));
            assert!(
                is_whole || is_temporary(&name),
                "{name} is neither old nor new, after {moment} of {kills} of {taken:?}"
            );
        }
        let again = scene.run(arguments);
        assert_eq!(again.code, run.code, "{}", again.err);
        let mut healed = files(scene, folder);
        if !new.contains_key("run.json") {
            // A folder that isn't ours may hold what another program wants: a temporary file stays.
            healed.retain(|name, _| !is_temporary(name));
        }
        assert_eq!(healed.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "after {moment} of {kills}");
        assert!(healed == new, "what was written differs, after {moment} of {kills}");
    }
}

/// Returns a season of two returns, with a run over one of them.
fn season() -> Scene {
    let scene = Scene::new().with_sample(FIRST, "in/first.xlsx").with_sample(OTHER, "in/other.xlsx");
    scene.run(&["run", "in", "--out", "out", "--only", "data,annotated,season"]);
    scene.with_sample(AGAIN, "in/again.xlsx")
}

#[test]
fn a_season() {
    survives(&season(), &["run", "in", "--out", "out", "--only", "data,annotated,season"], "out");
}

#[test]
fn parts_put_together() {
    let scene = season();
    for (part, out) in [("1/2", "one"), ("2/2", "two")] {
        scene.run(&["run", "in", "--shard", part, "--out", out]);
    }
    survives(&scene, &["merge", "one", "two", "--out", "out", "--only", "data,annotated,season"], "out");
}

#[test]
fn copies_with_notes_and_without() {
    let findings =
        br#"[{"rule": "seen", "severity": "warning", "sheet": "Assessment", "cell": "G5", "message": "Look.", "help": "Look again."}]"#;
    let scene = Scene::new().with_sample(FIRST, "first.xlsx").with("findings.json", findings);
    survives(&scene, &["annotate", "first.xlsx", "--findings", "findings.json", "--out", "marked"], "marked");
    survives(&scene, &["strip", "marked/first.annotated.xlsx", "--out", "plain"], "plain");
}
