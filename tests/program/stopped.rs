//! Ended by a key or by the system, the program leaves no process and no file behind, and what is there whole.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{Scene, contents};

const SAMPLE: &str = "Copy of Code of Practice assessment The Logistics Standards Council.xlsx";

/// How long a program may take to do what takes no time, on a computer that has other things to do.
const SOON: Duration = Duration::from_secs(20);

/// A stand-in for Typst that says which process it is and never ends, with a child of its own that doesn't either.
const HANGS: &str = "#!/bin/sh\n\
    if [ \"$1\" = --version ]; then echo 'typst 0.15.0 (stand-in)'; exit; fi\n\
    echo $$ >> LOG\n\
    sleep 600 & wait\n";

/// Puts a program into the scene.
fn with_program(scene: Scene, name: &str, script: &str) -> Scene {
    let log = scene.path("log").display().to_string();
    let scene = scene.with(name, script.replace("LOG", &log).as_bytes());
    fs::set_permissions(scene.path(name), fs::Permissions::from_mode(0o755)).unwrap();
    scene
}

/// Starts the program.
fn started(scene: &Scene, arguments: &[&str]) -> Child {
    scene.command(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until something holds.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "a test waits no longer than it has patience")]
fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < SOON, "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Sends a signal, and returns how the program ended and after how long.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "how soon it ends is what is tested")]
fn ended_by(mut child: Child, signals: &[Signal]) -> (Option<i32>, Duration) {
    let begun = Instant::now();
    for signal in signals {
        kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), *signal).unwrap();
        thread::sleep(Duration::from_millis(50));
    }
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), begun.elapsed());
        }
        if begun.elapsed() > SOON {
            child.kill().unwrap();
            panic!("{signals:?}: it goes on");
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Whether a process is there.
fn is_there(process: &str) -> bool {
    Path::new("/proc").join(process.trim()).exists()
}

/// Whether files wait in a folder.
fn some_wait(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".scrutineer-"))
}

#[test]
fn a_typst_that_hangs_is_ended_with_its_children_and_the_run_closes_with_what_is_there() {
    for signals in [&[Signal::SIGINT][..], &[Signal::SIGTERM], &[Signal::SIGINT, Signal::SIGINT]] {
        let scene = with_program(Scene::new().with_sample(SAMPLE, "in/Acme.xlsx"), "typst", HANGS);
        let child = started(&scene, &["run", "in", "--out", "out", "--typst", "./typst"]);
        let log = || fs::read_to_string(scene.path("log")).unwrap_or_default();
        until("Typst is asked", || log().ends_with('\n'));
        let (code, _) = ended_by(child, signals);
        assert_eq!(code, Some(130), "{signals:?}");
        until("Typst is gone", || !log().lines().any(is_there));
        assert!(!some_wait(&scene.path("out")), "{signals:?}");
        if signals == [Signal::SIGINT] {
            let files = contents(&scene.path("out"));
            assert!(files.contains_key("data/results.json"), "{:?}", files.keys());
            let told: serde_json::Value = serde_json::from_slice(&files["run.json"]).unwrap();
            assert_eq!(told["complete"], true);
        }
    }
}

#[test]
fn a_review_that_takes_long_is_left_where_the_system_ends_the_run() {
    let scene = Scene::new().with_sample(SAMPLE, "in/Acme.xlsx");
    scene.run(&["run", "in", "--out", "out", "--only", "data,annotated"]);
    let before = contents(&scene.path("out"));
    let huge = huge(&fs::read(scene.path("in/Acme.xlsx")).unwrap());
    let scene = scene.with("in/huge.xlsx", &huge);
    let child = started(&scene, &["run", "in", "--out", "out", "--only", "data,annotated"]);
    until("it has begun", || some_wait(&scene.path("out")));
    thread::sleep(Duration::from_millis(500));
    let (code, after) = ended_by(child, &[Signal::SIGTERM]);
    assert_eq!(code, Some(130));
    assert!(after < Duration::from_secs(5), "{after:?}");
    assert!(contents(&scene.path("out")) == before, "what was there is as it was");
}

/// Returns a workbook with so many rows in its first sheet that they take a while.
fn huge(workbook: &[u8]) -> Vec<u8> {
    use scrutineer::ooxml::{Changes, Limits, Package};
    use std::fmt::Write;
    let package = Package::open(workbook, &Limits::default()).unwrap();
    let part = package.book().unwrap().sheet("Assessment").unwrap().part.clone().unwrap();
    let sheet = String::from_utf8(package.read(&part).unwrap().clone()).unwrap();
    let mut rows = String::new();
    for row in 2_000..120_000 {
        write!(rows, "<row r=\"{row}\">").unwrap();
        for column in ["B", "C", "D", "E", "F", "G"] {
            write!(rows, "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>Another text {row}</t></is></c>").unwrap();
        }
        rows.push_str("</row>");
    }
    let mut changes = Changes::default();
    changes.replaced.insert(part, sheet.replace("</sheetData>", &(rows + "</sheetData>")).into_bytes());
    package.rewrite(&changes).unwrap()
}

#[test]
fn a_copy_that_is_being_written_leaves_nothing_beside_the_workbook() {
    let findings =
        br#"[{"rule": "seen", "severity": "warning", "sheet": "Assessment", "cell": "G5", "message": "Look.", "help": "Look again."}]"#;
    let scene = Scene::new().with_sample(SAMPLE, "Acme.xlsx").with("findings.json", findings);
    let before = contents(&scene.path(""));
    for (moment, signal) in
        [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGKILL].into_iter().cycle().take(24).enumerate()
    {
        let mut child = started(&scene, &["annotate", "Acme.xlsx", "--findings", "findings.json"]);
        thread::sleep(Duration::from_millis(10 * (moment as u64 + 1)));
        let _gone = kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal);
        child.wait().unwrap();
        let mut after = contents(&scene.path(""));
        after.remove("Acme.annotated.xlsx");
        assert!(after == before, "{signal} after {moment}: {:?}", after.keys());
    }
}
