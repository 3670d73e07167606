//! What happens to files in a folder of outputs, from one run to the next.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::batch::manifest::{Output, Tool};
use crate::export::results;

const LEFT_ALONE: &str = "what nobody asked for";

fn artifact(name: &str, text: &str) -> Artifact {
    Artifact { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

#[derive(serde::Serialize)]
struct Told<'a> {
    tool: Tool,
    outputs: Vec<Output<'a>>,
    earlier: Vec<Output<'a>>,
}

/// Writes outputs into a folder as a run does.
fn run(folder: &Path, outputs: &[(&str, &str)], others: Others) -> Delivered {
    let held = OutFolder::hold(folder).unwrap();
    for (name, text) in outputs {
        held.put(&artifact(name, text)).unwrap();
    }
    held.close(others, told)
}

/// Everything of an earlier run stays.
const STAY: Others = Others::StayWhere(&|_| true);

/// Returns a manifest of what was delivered.
fn told(delivered: &Delivered) -> Artifact {
    let told = Told {
        tool: Tool::default(),
        outputs: delivered.outputs.iter().map(Output::from).collect(),
        earlier: delivered.earlier.iter().map(Output::from).collect(),
    };
    Artifact { name: MANIFEST.to_owned(), bytes: results::pretty(&told) }
}

/// Returns the names of all files in a folder, but for what a run needs itself.
fn files(folder: &Path) -> BTreeSet<String> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    let names = files.map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned());
    names.filter(|name| name != ".scrutineer.lock" && name != MANIFEST).collect()
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "somebody writes into the folder")]
fn write(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn a_run_replaces_its_own_files_and_clears_away_what_it_no_longer_makes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new/out");
    run(&out, &[("a.csv", "one"), ("returns/b.pdf", "b"), ("returns/c.pdf", "c")], Others::Cleared);
    write(&out, "returns/mine.txt", LEFT_ALONE);
    let delivered = run(&out, &[("a.csv", "two"), ("returns/c.pdf", "c")], Others::Cleared);
    assert_eq!(text(&out, "a.csv"), "two");
    assert_eq!(files(&out), ["a.csv", "returns/c.pdf", "returns/mine.txt"].map(str::to_owned).into());
    assert_eq!(delivered.cleared, ["returns/b.pdf"]);
    let delivered = run(&out, &[("a.csv", "two")], Others::Cleared);
    assert_eq!(
        (delivered.cleared, text(&out, "returns/mine.txt")),
        (vec!["returns/c.pdf".to_owned()], LEFT_ALONE.into())
    );
}

#[test]
fn a_run_that_makes_some_only_leaves_the_others_and_still_knows_them() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), &[("a", "a"), ("deep/er/b", "b")], Others::Cleared);
    let some = run(out.path(), &[("a", "a2")], STAY);
    assert_eq!(some.earlier.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["deep/er/b"]);
    let other = run(out.path(), &[("a", "a2"), ("c", "c")], Others::StayWhere(&|name| name == "deep/er/b"));
    assert_eq!((other.earlier.len(), other.cleared.len()), (1, 0));
    let without = run(out.path(), &[("a", "a2")], Others::StayWhere(&|name| name == "deep/er/b"));
    assert_eq!(
        (without.earlier.len(), without.cleared),
        (1, vec!["c".to_owned()]),
        "what doesn't stay is cleared away"
    );
    let all = run(out.path(), &[("a", "a3")], Others::Cleared);
    assert_eq!((all.cleared, files(out.path())), (vec!["deep/er/b".to_owned()], ["a".to_owned()].into()));
    assert!(!out.path().join("deep").exists(), "empty folders stay");
}

#[test]
fn what_no_run_wrote_is_never_replaced_and_costs_that_output_only() {
    let out = tempfile::tempdir().unwrap();
    write(out.path(), "season.xlsx", LEFT_ALONE);
    write(out.path(), "b/c", LEFT_ALONE);
    let delivered =
        run(out.path(), &[("a", "a"), ("b", "b"), ("season.xlsx", "ours"), ("b/c/d", "d")], Others::Cleared);
    let refused: Vec<&str> = delivered.refused.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(refused, ["b", "b/c/d", "season.xlsx"], "{:?}", delivered.refused);
    assert_eq!(delivered.outputs.len(), 1);
    assert_eq!([text(out.path(), "season.xlsx"), text(out.path(), "b/c")], [LEFT_ALONE; 2]);
}

#[test]
fn what_somebody_changed_is_kept_aside_each_time_and_once() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), &[("season.xlsx", "1"), ("old.csv", "1")], Others::Cleared);
    write(out.path(), "season.xlsx", "notes");
    write(out.path(), "old.csv", "more notes");
    let delivered = run(out.path(), &[("season.xlsx", "2")], Others::Cleared);
    assert_eq!(delivered.kept.len(), 2);
    for (again, name) in
        [("notes", "kept/season.xlsx"), ("others", "kept/season (2).xlsx"), ("notes", "kept/season.xlsx")]
    {
        write(out.path(), "season.xlsx", again);
        let delivered = run(out.path(), &[("season.xlsx", "3")], Others::Cleared);
        assert_eq!(delivered.kept, [("season.xlsx".to_owned(), name.to_owned())]);
        assert_eq!((text(out.path(), name), text(out.path(), "season.xlsx")), (again.to_owned(), "3".to_owned()));
    }
    assert_eq!(text(out.path(), "kept/old.csv"), "more notes");
    assert_eq!(files(out.path()).len(), 4);
}

#[test]
fn one_run_at_a_time_holds_a_folder() {
    let out = tempfile::tempdir().unwrap();
    let held = OutFolder::hold(out.path()).unwrap();
    let second = OutFolder::hold(out.path()).unwrap_err();
    assert!(matches!(second, StoreError::Held { .. }), "{second}");
    drop(held);
    OutFolder::hold(out.path()).unwrap();
}

#[test]
fn a_manifest_of_somebody_else_is_no_manifest() {
    for told in ["{}", "no json", r#"{"tool": {"name": "another"}, "outputs": []}"#] {
        let out = tempfile::tempdir().unwrap();
        write(out.path(), MANIFEST, told);
        let refused = OutFolder::hold(out.path()).unwrap_err();
        assert!(matches!(refused, StoreError::Foreign { .. }), "{told}: {refused}");
        assert_eq!(text(out.path(), MANIFEST), told);
    }
}

#[test]
fn a_run_that_is_ended_at_any_step_leaves_whole_files_and_the_next_goes_on() {
    let out = tempfile::tempdir().unwrap();
    run(out.path(), &[("a", "1"), ("b", "1"), ("gone", "1")], Others::Cleared);
    // Ended while outputs wait: nothing is changed.
    let left = {
        let held = OutFolder::hold(out.path()).unwrap();
        held.put(&artifact("a", "2")).unwrap();
        let OutFolder { waiting, .. } = held;
        waiting.keep()
    };
    assert_eq!(text(out.path(), "a"), "1");
    // Ended with one of two in its place, before the manifest told so.
    let held = OutFolder::hold(out.path()).unwrap();
    assert!(!left.exists(), "what waited stays");
    held.put(&artifact("a", "3")).unwrap();
    held.put(&artifact("b", "3")).unwrap();
    held.deliver(STAY).unwrap();
    drop(held);
    write(out.path(), "b", "1");
    let delivered = run(out.path(), &[("a", "4"), ("b", "4")], Others::Cleared);
    assert_eq!((delivered.kept, delivered.refused, delivered.cleared), (vec![], vec![], vec!["gone".to_owned()]));
    assert_eq!(files(out.path()), ["a", "b"].map(str::to_owned).into());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_or_out_of_the_folder() {
    let (out, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(elsewhere.path(), "theirs", LEFT_ALONE);
    std::os::unix::fs::symlink(elsewhere.path(), out.path().join("returns")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("theirs"), out.path().join("a")).unwrap();
    let outputs = [("a", "a"), ("returns/b", "b"), ("../c", "c"), ("/d", "d")];
    let delivered = run(out.path(), &outputs, Others::Cleared);
    assert_eq!((delivered.refused.len(), delivered.outputs.len()), (4, 0), "{delivered:?}");
    assert_eq!(files(elsewhere.path()), ["theirs".to_owned()].into());
    assert_eq!(text(elsewhere.path(), "theirs"), LEFT_ALONE);
    let out = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("theirs"), out.path().join(MANIFEST)).unwrap();
    OutFolder::hold(out.path()).unwrap_err();
    assert_eq!(text(elsewhere.path(), "theirs"), LEFT_ALONE);
}

#[cfg(unix)]
#[test]
fn what_waits_is_nobody_elses_and_outputs_are_like_any_other_file() {
    use std::os::unix::fs::PermissionsExt;
    let out = tempfile::tempdir().unwrap();
    write(out.path(), "any other", "");
    let held = OutFolder::hold(out.path()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(held.waiting.path()), 0o700);
    drop(held);
    run(out.path(), &[("a", "a")], Others::Cleared);
    assert_eq!(mode(&out.path().join("a")), mode(&out.path().join("any other")));
    assert_eq!(mode(&out.path().join(MANIFEST)), mode(&out.path().join("any other")));
}
