//! A file that is written beside its place and put there when it is whole, so that nobody ever sees half of one.
//!
//! Where the system can, it has no name meanwhile, and nothing stays of it whenever the program is ended; elsewhere it has one that nobody can
//! foresee.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::leaving::{self, Waits};

/// What the names begin with of files that wait.
const WAITING: &str = ".scrutineer-";

/// A file that waits beside its place.
#[derive(Debug)]
pub(super) struct Beside<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    written: Written,
}

#[derive(Debug)]
enum Written {
    /// Without a name.
    #[cfg(target_os = "linux")]
    Nameless(File),
    /// Under a name of its own.
    Named(NamedTempFile, Waits),
}

impl<'a> Beside<'a> {
    /// Writes bytes beside a place.
    pub(super) fn write(path: &'a Path, bytes: &'a [u8]) -> io::Result<Self> {
        let folder = folder(path);
        fs::create_dir_all(&folder)?;
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        #[cfg(target_os = "linux")]
        if let Some(mut file) = nameless(&folder) {
            fill(&mut file, bytes)?;
            return Ok(Self { path, bytes, written: Written::Nameless(file) });
        }
        Ok(Self { path, bytes, written: named(&folder, bytes)? })
    }

    /// Puts it in its place.
    pub(super) fn put(self) -> io::Result<()> {
        match self.written {
            #[cfg(target_os = "linux")]
            Written::Nameless(file) => match leaving::whole(|| link(&file, self.path)) {
                // A system that can't give it a name afterwards gets it under one.
                Err(error) if error.kind() != io::ErrorKind::StorageFull => {
                    let Written::Named(file, _waits) = named(&folder(self.path), self.bytes)? else {
                        return Err(error);
                    };
                    file.persist(self.path).map(drop).map_err(|error| error.error)
                }
                put => put,
            },
            Written::Named(file, _waits) => file.persist(self.path).map(drop).map_err(|error| error.error),
        }
    }
}

/// Returns the folder of a file.
fn folder(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// Writes bytes to a file and to the disk.
fn fill(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// Writes bytes to a file under a name that nobody can foresee.
fn named(folder: &Path, bytes: &[u8]) -> io::Result<Written> {
    let begin = || like_any_other(tempfile::Builder::new().prefix(WAITING)).tempfile_in(folder);
    let (mut file, waits) = leaving::wait(begin, NamedTempFile::path)?;
    fill(file.as_file_mut(), bytes)?;
    Ok(Written::Named(file, waits))
}

/// Lets those use a file that may use any other that its owner writes.
fn like_any_other<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Begins a file without a name; `None` where the folder's system has no such files.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    open(folder, flags, Mode::from_bits_truncate(0o666)).ok().map(File::from)
}

/// Gives a file without a name the one that it is to have. One that stands there is replaced, by way of another name for the blink of an eye.
#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd;
    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link_to = |at: &Path| linkat(CWD, &open, CWD, at, AtFlags::SYMLINK_FOLLOW).map_err(io::Error::from);
    match link_to(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let other = tempfile::Builder::new().prefix(WAITING).make_in(folder(path), link_to)?;
            other.persist(path).map(drop).map_err(|error| error.error)
        }
        linked => linked,
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn until_it_is_put_in_its_place_nothing_is_seen_of_it_and_it_replaces_a_link_and_not_what_that_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a");
        let seen = || fs::read_dir(folder.path()).unwrap().count();
        for (before, bytes) in [(0, "one"), (1, "two")] {
            let beside = Beside::write(&place, bytes.as_bytes()).unwrap();
            assert!(
                matches!(beside.written, Written::Nameless(_)),
                "the system of temporary files has files without names"
            );
            assert_eq!(seen(), before);
            beside.put().unwrap();
            assert_eq!((seen(), fs::read_to_string(&place).unwrap().as_str()), (1, bytes));
        }
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&place, &link).unwrap();
        Beside::write(&link, b"three").unwrap().put().unwrap();
        assert_eq!([&place, &link].map(|file| fs::read_to_string(file).unwrap()), ["two", "three"]);
    }
}
