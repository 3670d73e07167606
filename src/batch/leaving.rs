//! What must not stay behind when the program is ended at once: processes that it started, and what waits to be put in its place.
//!
//! Whatever begins such a thing does so here, so that nothing is begun between the look at what there is and the end.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How often a folder is removed into which something may still be written.
const TRIES: u32 = 5;

/// What is there now.
#[derive(Debug)]
struct Behind {
    processes: BTreeSet<u32>,
    waiting: BTreeSet<PathBuf>,
}

static BEHIND: Mutex<Behind> = Mutex::new(Behind { processes: BTreeSet::new(), waiting: BTreeSet::new() });

fn behind() -> MutexGuard<'static, Behind> {
    BEHIND.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A process that runs; when this is dropped it has ended.
#[derive(Debug)]
pub(super) struct Running(u32);

impl Drop for Running {
    fn drop(&mut self) {
        behind().processes.remove(&self.0);
    }
}

/// A file or a folder that waits; when this is dropped it is in its place, or gone.
#[derive(Debug)]
pub(super) struct Waits(PathBuf);

impl Drop for Waits {
    fn drop(&mut self) {
        behind().waiting.remove(&self.0);
    }
}

/// Starts a process that is on its own.
pub(super) fn start(command: &mut Command) -> io::Result<(Child, Running)> {
    let mut behind = behind();
    let child = command.spawn()?;
    behind.processes.insert(child.id());
    let running = Running(child.id());
    Ok((child, running))
}

/// Begins a file or a folder that waits.
pub(super) fn wait<T>(begin: impl FnOnce() -> io::Result<T>, at: fn(&T) -> &Path) -> io::Result<(T, Waits)> {
    let mut behind = behind();
    let new = begin()?;
    let path = at(&new).to_owned();
    behind.waiting.insert(path.clone());
    Ok((new, Waits(path)))
}

/// Does something that leaves nothing behind only when it is done.
pub(super) fn whole<T>(done: impl FnOnce() -> T) -> T {
    let _held = behind();
    done()
}

/// Ends all processes and removes all that waits. From then on nothing more is begun, so this is the last that a program does.
pub fn leave_nothing() {
    let mut behind = behind();
    for process in std::mem::take(&mut behind.processes) {
        end_group(process);
    }
    for path in std::mem::take(&mut behind.waiting) {
        let is_gone = |_: &u32| {
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.is_ok() || !path.exists()
        };
        let _gone = (0..TRIES).find(is_gone);
    }
    std::mem::forget(behind);
}

/// Ends a process that is on its own, and its own children.
#[cfg(unix)]
pub(super) fn end_group(process: u32) {
    if let Ok(group) = i32::try_from(process) {
        let _gone = nix::sys::signal::killpg(nix::unistd::Pid::from_raw(group), nix::sys::signal::Signal::SIGKILL);
    }
}

/// Ends nothing: the system ends a process only through whoever started it.
#[cfg(not(unix))]
pub(super) fn end_group(_process: u32) {}
