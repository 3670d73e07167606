//! `watch` checks workbooks again on each save, until it is ended.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::{PROGRAM, Scene, sample};

/// The program, as it watches; it is ended with the test.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn over(scene: &Scene, path: &str) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["watch", path, "--isolated", "--no-color"])
            .current_dir(scene.path(""))
            .env("COLUMNS", "400")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (tell, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { child, lines }
    }

    /// Waits for what is told of one save, as one text.
    fn told(&self) -> String {
        let mut told = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_mins(2)) {
            if line.is_empty() {
                break;
            }
            told.push(line);
        }
        told.join("\n")
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn each_save_is_told_with_what_it_put_right_and_what_is_open() {
    let first = "Copy of Code of Practice assessment The Logistics Standards Council.xlsx";
    let again = "Institute for Print and Packaging Re-assessment CODE OF PRACTICE 19.07.2025.xlsx";
    let scene = Scene::new().with_sample(first, "in/return.xlsx");
    let watching = Watching::over(&scene, "in");
    let told = watching.told();
    assert!(told.starts_with("in/return.xlsx · ") && told.contains("  open: "), "{told}");
    assert!(!told.contains("put right: "), "{told}");

    // Office programs write another file and put it in the place of the first.
    fs::write(scene.path("in/~$return.xlsx"), "lock").unwrap();
    fs::copy(sample(again), scene.path("in/4F1A2B00.tmp")).unwrap();
    fs::rename(scene.path("in/4F1A2B00.tmp"), scene.path("in/return.xlsx")).unwrap();
    fs::remove_file(scene.path("in/~$return.xlsx")).unwrap();
    let told = watching.told();
    assert!(told.starts_with("in/return.xlsx · ") && told.contains("Re-assessment"), "{told}");
    assert!(told.contains("  put right: ") && told.contains("  open: "), "{told}");

    fs::remove_file(scene.path("in/return.xlsx")).unwrap();
    assert_eq!(watching.told(), "in/return.xlsx is gone");
}

#[test]
fn what_is_not_there_is_not_waited_for() {
    let run = Scene::new().run(&["watch", "nowhere.xlsx"]);
    assert_eq!(run.code, 2, "{}", run.err);
}
