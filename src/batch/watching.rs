//! Watches files and folders: which workbooks were saved since they were looked at last.
//!
//! The system says that something happened, not what: after a while of quiet all names are looked at again, so that a program that saves by
//! writing another file and renaming it is one save, and its lock files and temporary files are none. Where the system says nothing, as of
//! many shares, it is looked now and then all the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::plan::PlanError;
use super::store::Origin;
use super::{Plan, Stop};

/// How long it is waited between two looks at the wish to stop.
const TICK: Duration = Duration::from_millis(200);
/// For so many ticks nothing may have happened before a save counts as done.
const QUIET: u32 = 2;
/// After so many ticks it is looked even where the system said nothing.
const ROUND: u32 = 50;

/// How a file stood when it was looked at: its size in bytes, and when it was changed.
type Stamp = (u64, Option<SystemTime>);

/// Files and folders that are watched.
pub struct Watch {
    paths: Vec<PathBuf>,
    seen: BTreeMap<String, Stamp>,
    told: Receiver<()>,
    /// It tells as long as it lives; `None` where the system has none.
    _watcher: Option<RecommendedWatcher>,
}

/// What changed between two looks.
#[derive(Debug, Default)]
pub struct Saved {
    /// The workbooks that are new or were saved.
    pub plan: Plan,
    /// The names of those that are gone.
    pub gone: Vec<String>,
}

impl Watch {
    /// Begins to watch; all that is there counts as saved at the first look.
    pub fn over(paths: &[PathBuf]) -> Result<Self, PlanError> {
        // What isn't there is told before it is waited for.
        Plan::of_paths(paths)?;
        let (tell, told) = channel();
        let heard = move |event: notify::Result<Event>| {
            let is_read = event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_)));
            if !is_read {
                // Nobody listens any more once the watch is over.
                let _over = tell.send(());
            }
        };
        let watcher = notify::recommended_watcher(heard).ok().map(|watcher| watching(watcher, paths));
        Ok(Self { paths: paths.to_vec(), seen: BTreeMap::new(), told, _watcher: watcher })
    }

    /// Waits until workbooks were saved, or are gone; `None` once the end is wished for.
    pub fn next(&mut self, stop: &Stop) -> Option<Saved> {
        let (mut quiet, mut waited, mut is_told) = (0, 0, false);
        while !stop.is_wished() {
            match self.told.recv_timeout(TICK) {
                Ok(()) => (quiet, is_told) = (0, true),
                Err(RecvTimeoutError::Timeout) => (quiet, waited) = (quiet + 1, waited + 1),
                // Nothing is told any more: it is looked now and then.
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(TICK);
                    waited += 1;
                }
            }
            if (is_told && quiet >= QUIET) || waited >= ROUND {
                (waited, is_told) = (0, false);
                let saved = self.look();
                if !saved.plan.files.is_empty() || !saved.gone.is_empty() {
                    return Some(saved);
                }
            }
        }
        None
    }

    /// Returns what changed since the last look; all, at the first.
    pub fn look(&mut self) -> Saved {
        let there: Vec<PathBuf> = self.paths.iter().filter(|path| path.exists()).cloned().collect();
        // What has just gone is gone at the next look.
        let Ok(mut plan) = Plan::of_paths(&there) else { return Saved::default() };
        let stamps: BTreeMap<String, Stamp> =
            plan.files.iter().filter_map(|file| Some((file.name.clone(), stamp(&file.origin)?))).collect();
        plan.files.retain(|file| stamps.get(&file.name).is_some_and(|now| self.seen.get(&file.name) != Some(now)));
        let gone = self.seen.keys().filter(|name| !stamps.contains_key(*name)).cloned().collect();
        self.seen = stamps;
        Saved { plan, gone }
    }
}

/// Returns how a file stands; `None` where it is none.
fn stamp(origin: &Origin) -> Option<Stamp> {
    let Origin::File(path) = origin else { return None };
    let told = path.metadata().ok()?;
    Some((told.len(), told.modified().ok()))
}

/// Has folders watched with all in them; a file by its folder, since programs put another in its place.
fn watching(mut watcher: RecommendedWatcher, paths: &[PathBuf]) -> RecommendedWatcher {
    for path in paths {
        let (folder, mode) = match path.parent().filter(|_| !path.is_dir()) {
            Some(parent) if parent.as_os_str().is_empty() => (Path::new("."), RecursiveMode::NonRecursive),
            Some(parent) => (parent, RecursiveMode::NonRecursive),
            None => (path.as_path(), RecursiveMode::Recursive),
        };
        // A folder that can't be watched is looked at now and then.
        let _unwatched = watcher.watch(folder, mode);
    }
    watcher
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "files are saved as other programs do")]
mod tests {
    use super::*;

    fn names(saved: &Saved) -> (Vec<&str>, Vec<&str>) {
        let tail = |name: &'_ str| name.rfind('/').map_or(0, |at| at + 1);
        let file = |name: &'_ String| tail(name);
        let changed = saved.plan.files.iter().map(|of| &of.name[file(&of.name)..]).collect();
        (changed, saved.gone.iter().map(|name| &name[file(name)..]).collect())
    }

    #[test]
    fn what_was_saved_is_new_or_gone_is_told_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("a.xlsx"), "one").unwrap();
        std::fs::write(path("b.ods"), "one").unwrap();
        let mut watch = Watch::over(&[folder.path().to_owned()]).unwrap();
        assert_eq!(names(&watch.look()), (vec!["a.xlsx", "b.ods"], vec![]));
        assert_eq!(names(&watch.look()), (vec![], vec![]));
        // A program locks the workbook, writes another file and puts it in its place.
        std::fs::write(path("~$a.xlsx"), "lock").unwrap();
        std::fs::write(path(".~lock.b.ods#"), "lock").unwrap();
        std::fs::write(path("4F1A2B00"), "one more").unwrap();
        assert_eq!(names(&watch.look()), (vec![], vec![]));
        std::fs::rename(path("4F1A2B00"), path("a.xlsx")).unwrap();
        std::fs::remove_file(path("~$a.xlsx")).unwrap();
        assert_eq!(names(&watch.look()), (vec!["a.xlsx"], vec![]));
        std::fs::remove_file(path("b.ods")).unwrap();
        std::fs::write(path("c.xlsx"), "one").unwrap();
        assert_eq!(names(&watch.look()), (vec!["c.xlsx"], vec!["b.ods"]));
    }

    #[test]
    fn a_save_is_told_soon_and_a_wish_to_stop_ends_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        std::fs::write(&path, "one").unwrap();
        let mut watch = Watch::over(std::slice::from_ref(&path)).unwrap();
        watch.look();
        let stop = Stop::default();
        std::fs::write(&path, "another").unwrap();
        assert_eq!(names(&watch.next(&stop).unwrap()).0, ["a.xlsx"]);
        stop.wish();
        assert!(watch.next(&stop).is_none());
    }

    #[test]
    fn what_is_not_there_is_no_watch() {
        assert!(Watch::over(&[PathBuf::from("/nowhere/at/all.xlsx")]).is_err());
    }
}
