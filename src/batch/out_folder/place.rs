//! Where an output belongs, and whose the file is that stands there.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::record::Record;
use crate::artifact::HandedFile;
use crate::batch::store::{self, Refusal};

/// A place in the folder of outputs that no link leads away from.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// What stands where an output belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing.
    Free,
    /// The very same.
    Same,
    /// What an earlier run wrote.
    Ours,
    /// What an earlier run wrote and somebody changed since.
    Changed,
}

impl Place {
    /// Returns the place of a name; the reason where it isn't one in this folder.
    pub(super) fn of(root: &Path, name: &str) -> Result<Self, String> {
        let parts: Vec<Component> = Path::new(name).components().collect();
        if !parts.iter().all(|part| matches!(part, Component::Normal(_))) {
            return Err("its name leads out of the folder".to_owned());
        }
        let mut path = root.to_owned();
        for (index, part) in parts.iter().enumerate() {
            path.push(part);
            let Ok(there) = fs::symlink_metadata(&path) else { continue };
            let is_last = index + 1 == parts.len();
            if there.is_symlink() {
                return Err(format!("`{}` is a link that leads elsewhere; take it away", path.display()));
            }
            if is_last && there.is_dir() {
                return Err("a folder of this name stands there; move it away".to_owned());
            }
            if !is_last && !there.is_dir() {
                return Err(format!("`{}` is a file where a folder belongs; move it away", path.display()));
            }
        }
        Ok(Self { name: name.to_owned(), path })
    }

    /// Returns what stands there; the reason where that is somebody else's.
    pub(super) fn standing(&self, coming: &HandedFile, record: &Record) -> Result<Standing, String> {
        if !self.path.exists() {
            return Ok(Standing::Free);
        }
        let bytes = store::bytes(&self.path).map_err(|error| error.to_string())?;
        let there = HandedFile { name: self.name.clone(), sha256: store::digest(&bytes) };
        if there == *coming {
            Ok(Standing::Same)
        } else if record.wrote(&there) {
            Ok(Standing::Ours)
        } else if record.is_ours(&self.name) {
            Ok(Standing::Changed)
        } else {
            Err("a file of this name stands there that no run wrote; move it away, or name another folder".to_owned())
        }
    }

    /// Says so where what stood there was taken away since it was looked at.
    pub(super) fn there(&self) -> Result<(), String> {
        let gone = || "it was taken away while the run went on; run again to have it".to_owned();
        self.path.exists().then_some(()).ok_or_else(gone)
    }

    /// Takes what waits.
    pub(super) fn take(&self, waiting: &Path) -> Result<(), String> {
        let folder = self.path.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::rename(waiting, &self.path)).map_err(|error| Refusal::Writing.told(&error))
    }

    /// Clears away what stands there, and the folders that nothing is left in.
    pub(super) fn clear(&self) -> Result<(), String> {
        fs::remove_file(&self.path).map_err(|error| Refusal::Writing.told(&error))?;
        let folders = Path::new(&self.name).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for (folder, _) in self.path.ancestors().skip(1).zip(folders) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// Returns the digest of a file in the folder; `None` where there is none.
pub(super) fn digest_at(root: &Path, name: &str) -> Option<String> {
    let place = Place::of(root, name).ok()?;
    store::bytes(&place.path).ok().map(|bytes| store::digest(&bytes))
}
