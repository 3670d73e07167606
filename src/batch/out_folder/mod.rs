//! The folder of a run's outputs: held by one run at a time, and nothing in it replaced but what is ours.
//!
//! Outputs wait in a folder within it whose name nobody can foresee. When all are there, `run.json` first names the files that may be of
//! the earlier run or of this one, then each is put in its place, then `run.json` tells what there is. So whenever a run is ended,
//! each file is whole and `run.json` is true, and the next run clears away what waited. What somebody else wrote stays where
//! it is; what somebody changed of ours is kept aside.

mod aside;
mod place;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;
use tempfile::TempDir;

use super::leaving::{self, Waits};
use super::store::{self, Refusal, StoreError};
use crate::artifact::{Artifact, HandedFile};
use place::{Place, Standing};
use record::Record;

/// The file that accounts for all others.
pub const MANIFEST: &str = "run.json";
/// What the names of the folders begin with in which outputs wait.
const WAITING: &str = ".scrutineer-";
/// How often it is tried to take hold of a folder: a process that is just starting still has what its parent gave free.
const LOOKS: u32 = 10;
/// How long lies between two tries.
const BETWEEN: Duration = Duration::from_millis(20);

/// The folder of a run's outputs, to which nobody else writes meanwhile.
#[derive(Debug)]
pub struct OutFolder {
    root: PathBuf,
    /// Gives the folder free when it is dropped.
    _lock: File,
    waiting: TempDir,
    /// Keeps what waits known until it is gone.
    _waits: Waits,
    record: Record,
    /// How many outputs were taken, which numbers the files that wait.
    taken: AtomicUsize,
    outputs: Mutex<Vec<Waiting>>,
}

/// An output that waits to be put in its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    handed: HandedFile,
    /// Where it waits; `None` where the same stands in its place.
    at: Option<PathBuf>,
}

/// What becomes of an earlier run's outputs that this one doesn't make.
#[derive(Clone, Copy)]
pub enum Others<'a> {
    /// They are cleared away: this run made all that there is to make.
    Cleared,
    /// Those of which this holds stay, told as of an earlier run: this one made some only.
    StayWhere(&'a dyn Fn(&str) -> bool),
}

/// What came of putting outputs in their places.
#[derive(Debug, Default)]
pub struct Delivered {
    /// The files of this run, in order of their names.
    pub outputs: Vec<HandedFile>,
    /// The files of earlier runs that stay.
    pub earlier: Vec<HandedFile>,
    /// The outputs that can't be put in their places, each with the reason.
    pub refused: Vec<(String, String)>,
    /// The names of the files of earlier runs that were cleared away.
    pub cleared: Vec<String>,
    /// The files that somebody had changed since they were written, and what they are called now.
    pub kept: Vec<(String, String)>,
}

/// Whether a file is one that a run wrote to a folder above it, or the account of one.
pub fn is_output(file: &Path) -> bool {
    let Ok(file) = file.canonicalize() else { return false };
    let is_of = |root: &Path| {
        let Ok(name) = file.strip_prefix(root) else { return false };
        let name = name.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        Record::read(root).is_ok_and(|record| record.is_ours(&name) || (name == MANIFEST && record.names().count() > 0))
    };
    file.ancestors().skip(1).any(is_of)
}

impl OutFolder {
    /// Takes hold of a folder, making it where it isn't there, and clears away what an interrupted run left waiting.
    ///
    /// # Errors
    /// Where the folder can't be written to, another run holds it, or its `run.json` is no manifest of a run.
    pub fn hold(folder: &Path) -> Result<Self, StoreError> {
        let fault = |cause| StoreError::Write { path: folder.to_owned(), cause };
        fs::create_dir_all(folder).map_err(fault)?;
        let root = folder.canonicalize().map_err(fault)?;
        let lock = locked(&root).map_err(fault)?.ok_or_else(|| StoreError::Held { folder: folder.to_owned() })?;
        let record = Record::read(&root)?;
        clear_waiting(&root).map_err(fault)?;
        let begin = || private(tempfile::Builder::new().prefix(WAITING)).tempdir_in(&root);
        let (waiting, waits) = leaving::wait(begin, TempDir::path).map_err(fault)?;
        Ok(Self {
            root,
            _lock: lock,
            waiting,
            _waits: waits,
            record,
            taken: AtomicUsize::default(),
            outputs: Mutex::default(),
        })
    }

    /// Returns a folder that nobody else looks into and that is gone after the run.
    pub fn scratch(&self) -> PathBuf {
        self.waiting.path().join("scratch")
    }

    /// Returns what an output of an earlier run holds now; `None` where none of this name is ours.
    pub fn earlier(&self, name: &str) -> Option<Vec<u8>> {
        self.record.is_ours(name).then(|| store::bytes(&self.root.join(name)).ok()).flatten()
    }

    /// Whether no run wrote anything to it yet.
    pub fn is_new(&self) -> bool {
        !self.has_made(|_| true)
    }

    /// Whether runs wrote files of such names.
    pub fn has_made(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.record.names().any(is_meant)
    }

    /// Returns the files that the last run into it reviewed, with their digests; `None` where there was none that was ended.
    pub fn inputs(&self) -> Option<&BTreeMap<String, String>> {
        self.record.inputs.as_ref()
    }

    /// Takes an output, which waits until all are there.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn put(&self, artifact: &Artifact) -> Result<HandedFile, StoreError> {
        let handed = store::handed(artifact);
        let at = if self.stands(&handed) { None } else { Some(self.written(artifact)?) };
        self.outputs.lock().unwrap_or_else(PoisonError::into_inner).push(Waiting { handed: handed.clone(), at });
        Ok(handed)
    }

    /// Whether an output stands in its place as an earlier run wrote it, so that nothing has to wait for that.
    fn stands(&self, coming: &HandedFile) -> bool {
        let is_same = |place: Place| place.standing(coming, &self.record).is_ok_and(|there| there == Standing::Same);
        self.record.wrote(coming) && Place::of(&self.root, &coming.name).is_ok_and(is_same)
    }

    /// Writes an output where it waits.
    fn written(&self, artifact: &Artifact) -> Result<PathBuf, StoreError> {
        let at = self.waiting.path().join(self.taken.fetch_add(1, Ordering::Relaxed).to_string());
        let written = store::write_new(&at, &artifact.bytes);
        written.map_err(|cause| StoreError::Write { path: self.root.join(&artifact.name), cause })?;
        Ok(at)
    }

    /// Puts all that waits in its place, deals with what an earlier run left, and ends the run with the manifest of that; each that fails costs
    /// that one only. Where `run.json` can't even say what is underway, nothing is changed.
    pub fn close(self, others: Others, manifest: impl FnOnce(&Delivered) -> Artifact) -> Delivered {
        let mut delivered = match self.deliver(others) {
            Ok(delivered) => delivered,
            Err(nothing) => return nothing,
        };
        if let Err(error) = self.tell(&manifest(&delivered).bytes) {
            delivered.refused.push(refused_manifest(&error));
        }
        delivered
    }

    /// Puts all that waits in its place, and deals with what an earlier run left; what was refused where nothing could be changed.
    fn deliver(&self, others: Others) -> Result<Delivered, Delivered> {
        let mut waiting = self.outputs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        waiting.sort();
        waiting.par_iter().filter_map(|waiting| waiting.at.as_deref()).for_each(flush);
        let mut delivered = self.announced(&mut waiting)?;
        for waiting in waiting {
            match self.place(&waiting, &mut delivered.kept) {
                Ok(()) => delivered.outputs.push(waiting.handed),
                Err(why) => delivered.refused.push((waiting.handed.name, why)),
            }
        }
        self.deal_with(others, &mut delivered);
        Ok(delivered)
    }

    /// Says in `run.json` what is underway. On a full disk the largest that wait make room for it, one after the other, and are told as refused.
    fn announced(&self, waiting: &mut Vec<Waiting>) -> Result<Delivered, Delivered> {
        let mut delivered = Delivered::default();
        loop {
            let coming: Vec<&HandedFile> = waiting.iter().map(|waiting| &waiting.handed).collect();
            let Err(error) = self.tell(&self.record.underway(&coming)) else { return Ok(delivered) };
            let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
            let size =
                |number: &usize| Some(fs::metadata(waiting[*number].at.as_ref()?).map_or(0, |there| there.len()));
            let largest = (0..waiting.len()).filter(|number| is_full && size(number).is_some()).max_by_key(size);
            let Some(largest) = largest.map(|number| waiting.remove(number)) else {
                delivered.refused.push(refused_manifest(&error));
                return Err(delivered);
            };
            let _gone = largest.at.map(fs::remove_file);
            delivered.refused.push((largest.handed.name, Refusal::Writing.told(&error)));
        }
    }

    /// Replaces `run.json`.
    fn tell(&self, manifest: &[u8]) -> io::Result<()> {
        let (waiting, path) = (self.waiting.path().join(MANIFEST), self.root.join(MANIFEST));
        let written = store::write_new(&waiting, manifest).map(|()| flush(&waiting));
        let told = written.and_then(|()| fs::rename(&waiting, &path));
        if told.is_err() {
            let _half = fs::remove_file(&waiting);
        }
        flush(&self.root);
        told
    }

    /// Puts one output in its place, unless that is somebody else's.
    fn place(&self, waiting: &Waiting, kept: &mut Vec<(String, String)>) -> Result<(), String> {
        let name = &waiting.handed.name;
        let place = Place::of(&self.root, name)?;
        let Some(at) = &waiting.at else { return place.there() };
        match place.standing(&waiting.handed, &self.record)? {
            Standing::Same => return Ok(()),
            Standing::Free | Standing::Ours => {}
            Standing::Changed => kept.push((name.clone(), aside::copy(&self.root, &place, self.waiting.path())?)),
        }
        place.take(at)
    }

    /// Deals with the earlier runs' files of which there is nothing new.
    fn deal_with(&self, others: Others, delivered: &mut Delivered) {
        let new: BTreeSet<&str> = delivered.outputs.iter().map(|output| output.name.as_str()).collect();
        let left: Vec<String> = self.record.names().filter(|name| !new.contains(name)).map(ToOwned::to_owned).collect();
        // Where what was to come is refused, what was there stays in its place.
        let refused: BTreeSet<String> = delivered.refused.iter().map(|(name, _)| name.clone()).collect();
        for name in left {
            let Some(digest) = place::digest_at(&self.root, &name) else { continue };
            let stays = match others {
                Others::Cleared => false,
                Others::StayWhere(stays) => stays(&name),
            };
            let handed = HandedFile { sha256: digest, name };
            if stays || refused.contains(&handed.name) {
                delivered.earlier.push(handed);
            } else {
                self.clear(handed, delivered);
            }
        }
    }

    /// Clears away a file of an earlier run; one that somebody changed is kept aside.
    fn clear(&self, file: HandedFile, delivered: &mut Delivered) {
        let is_changed = !self.record.wrote(&file);
        let cleared = Place::of(&self.root, &file.name).and_then(|place| {
            let kept = is_changed.then(|| aside::copy(&self.root, &place, self.waiting.path())).transpose()?;
            place.clear()?;
            Ok(kept)
        });
        match cleared {
            Ok(Some(kept)) => delivered.kept.push((file.name, kept)),
            Ok(None) => delivered.cleared.push(file.name),
            Err(why) => {
                delivered.refused.push((file.name.clone(), why));
                delivered.earlier.push(file);
            }
        }
    }
}

/// Returns that `run.json` couldn't be written, and why.
fn refused_manifest(error: &io::Error) -> (String, String) {
    (MANIFEST.to_owned(), Refusal::Writing.told(error))
}

/// Takes hold of a folder; `None` where another run has it. On a system that knows no locks, nobody is kept out.
fn locked(root: &Path) -> io::Result<Option<File>> {
    let lock = lockable(root)?;
    for _ in 0..LOOKS {
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(BETWEEN),
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(Some(lock)),
        }
    }
    Ok(None)
}

/// Opens what a run holds while it writes: the folder itself.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "nothing is read")]
fn lockable(root: &Path) -> io::Result<File> {
    File::open(root)
}

/// Opens what a run holds while it writes: a file, where folders can't be held. It stays, since who waits for it may have it open.
#[cfg(not(unix))]
fn lockable(root: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(root.join(".scrutineer.lock"))
}

/// Removes the folders in which the outputs of interrupted runs wait.
fn clear_waiting(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(WAITING) && entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Lets nobody else look into a folder, where the system knows of others.
fn private<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder
}

/// Has the system write a file or folder to the disk; one that can't do so writes it when it will.
#[expect(clippy::disallowed_methods, reason = "nothing is read")]
fn flush(path: &Path) {
    let _flushed = File::open(path).and_then(|file| file.sync_all());
}

#[cfg(test)]
mod tests;
