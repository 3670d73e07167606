//! The only reading and writing of files.
//!
//! A file is written beside its place, under a name that nobody can foresee, and renamed when it is there, so that a reader sees
//! the old file or the new one and never half of one. Files of other names are never touched.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::beside::Beside;
use crate::artifact::{Artifact, HandedFile};
use crate::plain_text::{self, TextError};
use crate::wording::near;
use crate::workbook::packed_workbooks;

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Bytes that were handed over.
    Bytes(Vec<u8>),
    /// A link of the file system, which isn't followed.
    Link,
    /// Nowhere: the place can't be looked into, and the text says why.
    Nowhere(String),
}

/// Why a file couldn't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file can't be read.
    #[error("`{path}` can't be read: {}", refused(path, .cause))]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A text file can't be read as text.
    #[error("`{path}` can't be read: {fault}; save it again as text in UTF-8")]
    Text {
        /// Which file.
        path: PathBuf,
        /// Why.
        fault: TextError,
    },
    /// A file or folder can't be written.
    #[error("`{path}` can't be written: {}", Refusal::Writing.told(.cause))]
    Write {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The outputs would lie among the inputs.
    #[error(
        "the output folder `{output}` lies inside the input folder `{input}`: the next run would take outputs for returns"
    )]
    OutputInside {
        /// The folder of outputs.
        output: PathBuf,
        /// The folder of inputs.
        input: PathBuf,
    },
    /// The inputs lie among the outputs.
    #[error(
        "the input folder `{input}` lies inside the output folder `{output}`: outputs would lie among returns; name a folder beside it"
    )]
    InputInside {
        /// The folder of inputs.
        input: PathBuf,
        /// The folder of outputs.
        output: PathBuf,
    },
    /// Another run writes to the folder.
    #[error("another run is writing to `{folder}`; wait until it has ended, or name another folder")]
    Held {
        /// The folder of outputs.
        folder: PathBuf,
    },
    /// The folder's manifest is no manifest of a run.
    #[error("`{path}` is not what a run writes, and is not replaced; move it away, or name another folder")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
}

/// What a system refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// To read.
    Reading,
    /// To write.
    Writing,
}

/// Why systems refuse, and what to do about it where something is to be read and to be written.
const REFUSALS: [(io::ErrorKind, &str, &str, &str); 9] = [
    (io::ErrorKind::NotFound, "it isn't there", LOOK, LOOK),
    (
        io::ErrorKind::PermissionDenied,
        "another program has it open, or you may not use it",
        "close it there, or ask whoever keeps it",
        "close it there, or name another place",
    ),
    (io::ErrorKind::IsADirectory, "it is a folder", "name a file in it", "name a file in it, or another place"),
    (io::ErrorKind::NotADirectory, "a part of its path is a file, not a folder", LOOK, ELSEWHERE),
    (io::ErrorKind::AlreadyExists, "a file stands where a folder belongs", LOOK, ELSEWHERE),
    (
        io::ErrorKind::InvalidData,
        "it isn't text in UTF-8",
        "save it again as text in UTF-8 (“CSV UTF-8” in Excel)",
        ELSEWHERE,
    ),
    (io::ErrorKind::StorageFull, "the disk is full", LOOK, "make room, or name another place"),
    (io::ErrorKind::ReadOnlyFilesystem, "the disk can only be read", LOOK, ELSEWHERE),
    (io::ErrorKind::InvalidFilename, "this system takes no such name", LOOK, "name a shorter or plainer place"),
];

const LOOK: &str = "check how its path is written, in quotes where it has blanks";
const ELSEWHERE: &str = "name another place";

impl Refusal {
    /// Says why a system refuses it, and what to do.
    pub fn told(self, error: &io::Error) -> String {
        let (why, advice) = match REFUSALS.iter().find(|(kind, ..)| *kind == error.kind()) {
            Some((_, why, reading, writing)) => {
                ((*why).to_owned(), if self == Self::Reading { *reading } else { *writing })
            }
            None => (in_words(error), if self == Self::Reading { LOOK } else { ELSEWHERE }),
        };
        format!("{why}; {advice}")
    }
}

/// Says why a file can't be read, and what to do; of one that isn't there, which is meant.
fn refused(path: &Path, cause: &io::Error) -> String {
    match (cause.kind(), meant(path)) {
        (io::ErrorKind::NotFound, _) if let Some(option) = dashed(path) => {
            format!("it isn't there; if an option is meant, write it with plain hyphens: `{option}`")
        }
        (io::ErrorKind::NotFound, Some(near)) => format!("it isn't there; did you mean `{near}`?"),
        (_, _) => Refusal::Reading.told(cause),
    }
}

/// Returns the option that is meant where a word begins with a dash, into which word processors make hyphens.
fn dashed(path: &Path) -> Option<String> {
    let word = path.to_str()?.trim_start_matches(['\u{2013}', '\u{2014}']);
    (word.len() < path.as_os_str().len() && !word.is_empty()).then(|| format!("--{word}"))
}

/// Says that what a person names as `written` isn't at its path, or is a folder in place of a file or the other way round, and what to do.
pub fn missing(what: &str, written: &Path, path: &Path) -> String {
    if path.is_dir() {
        return format!("the {what} `{}` is a folder; name the file in it that is meant", written.display());
    }
    if path.is_file() {
        return format!("the {what} `{}` is a file; name the folder that is meant", written.display());
    }
    format!("can\u{2019}t find the {what} `{}`{}", written.display(), instead(path))
}

/// Says what to do about a path at which nothing is: what is meant instead, else to look at how it is written.
pub fn instead(path: &Path) -> String {
    if let Some(near) = meant(path) {
        return format!("; did you mean `{near}`?");
    }
    let folder = first_absent(path).filter(|absent| absent.as_path() != path);
    folder.map_or_else(|| format!("; {LOOK}"), |folder| format!("; there is no folder `{}`: {LOOK}", folder.display()))
}

/// Says what to do about names that nothing in their folder has: where that isn't there, what is meant instead.
pub fn instead_of_folder(path: &Path) -> String {
    let is_absent = |folder: &&Path| !folder.exists() && !folder.to_string_lossy().contains(['*', '?']);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).filter(is_absent);
    folder.map_or_else(
        || "; `*` stands for any letters of a name, `?` for one".to_owned(),
        |folder| format!("; there is no folder `{}`{}", folder.display(), instead(folder)),
    )
}

/// Returns the name nearest to the first part of a path that isn't there, among those that are.
fn meant(path: &Path) -> Option<String> {
    let absent = first_absent(path)?;
    let name = absent.file_name()?.to_string_lossy().into_owned();
    let folder = absent.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_on_the_way = absent != path;
    let entries = fs::read_dir(folder).ok()?.flatten().filter(|entry| !is_on_the_way || entry.path().is_dir());
    let mut there: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    there.retain(|name| !name.starts_with('.'));
    there.sort();
    near(&name, there.iter().map(String::as_str)).map(ToOwned::to_owned)
}

/// Returns a path up to its first part that isn't there.
fn first_absent(path: &Path) -> Option<PathBuf> {
    let mut parts: Vec<&Path> = path.ancestors().filter(|part| !part.as_os_str().is_empty()).collect();
    parts.reverse();
    parts.into_iter().find(|part| !part.exists()).map(Path::to_owned)
}

/// Returns what a system says, without its number.
pub(super) fn in_words(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// What was read of a file.
#[derive(Debug)]
pub enum Content {
    /// All of it.
    Whole(Vec<u8>),
    /// Only its size and its digest, since it is larger than it may be.
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// Its digest.
        sha256: String,
    },
}

/// Returns what a file holds, unless that is more than `most` bytes.
pub fn content(origin: &Origin, most: u64) -> io::Result<Content> {
    match origin {
        Origin::Bytes(bytes) => Ok(Content::Whole(bytes.clone())),
        Origin::Link => Err(io::Error::other("it is a link, which is not followed")),
        Origin::Nowhere(why) => Err(io::Error::other(why.clone())),
        Origin::File(path) => content_of_file(path, most),
    }
}

/// Returns what a file holds, unless that is more than `most` bytes.
fn content_of_file(path: &Path, most: u64) -> io::Result<Content> {
    let mut file = open(path)?;
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= most {
        return Ok(Content::Whole(bytes));
    }
    let mut hasher = Sha256::new_with_prefix(&bytes);
    let mut size = bytes.len() as u64;
    loop {
        bytes.resize(1 << 16, 0);
        let read = file.read(&mut bytes)?;
        if read == 0 {
            return Ok(Content::TooLarge { size, sha256: hex::encode(hasher.finalize()) });
        }
        hasher.update(&bytes[..read]);
        size += read as u64;
    }
}

/// The most bytes of a file whose name says nothing that are looked through.
const MOST_LOOKED_THROUGH: u64 = 1 << 28;

/// Whether a file of any name holds a workbook, as far as its bytes show without unpacking.
pub fn holds_workbook(path: &Path) -> bool {
    // Names of parts stand unpacked in a zip; those of an old binary file's streams are UTF-16.
    const IN_ZIP: [&[u8]; 2] = [b"xl/workbook.", b"opendocument.spreadsheet"];
    const IN_COMPOUND: [&[u8]; 3] = [b"W\0o\0r\0k\0b\0o\0o\0k\0", b"B\0o\0o\0k\0", b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0"];
    let mut start = [0; 4];
    let is_start = open(path).and_then(|mut file| file.read_exact(&mut start));
    let marks: &[&[u8]] = match &start {
        b"PK\x03\x04" => &IN_ZIP,
        b"\xD0\xCF\x11\xE0" => &IN_COMPOUND,
        _other => &[],
    };
    if is_start.is_err() || marks.is_empty() {
        return false;
    }
    matches!(small(path, MOST_LOOKED_THROUGH), Ok(Some(bytes)) if marks.iter().any(|mark| memchr::memmem::find(&bytes, mark).is_some()))
}

/// Whether a file is a zip in which workbooks are packed.
pub fn packs_workbooks(path: &Path) -> bool {
    let mut start = [0; 4];
    let is_zip = open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && &start == b"PK\x03\x04";
    let bytes = is_zip.then(|| small(path, MOST_LOOKED_THROUGH));
    matches!(bytes, Some(Ok(Some(bytes))) if !packed_workbooks(&bytes).is_empty())
}

/// Whether there is a folder of this name.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Returns a text file, in whatever letters it is saved.
pub fn text(path: &Path) -> Result<String, StoreError> {
    plain_text::read(&bytes(path)?).map_err(|fault| StoreError::Text { path: path.to_owned(), fault })
}

/// The most bytes of a file that the program needs: no list, pack, record or workbook that is read has more.
const LARGEST: u64 = 1 << 30;

/// Returns what a file that the program needs holds.
pub fn bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
    let whole = small(path, LARGEST).and_then(|bytes| bytes.ok_or_else(|| io::Error::other("it is larger than 1 GiB")));
    whole.map_err(|cause| StoreError::Read { path: path.to_owned(), cause })
}

/// Returns what a file holds; `None`, unread, where that is more than `most` bytes.
pub fn small(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut file = open(path)?;
    let mut bytes = Vec::new();
    if file.metadata()?.len() <= most {
        Read::by_ref(&mut file).take(most + 1).read_to_end(&mut bytes)?;
        return Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most));
    }
    Ok(None)
}

/// Returns the definitions of packs in a folder, in order: each in a folder of its own, under the given name.
pub fn definitions(folder: &Path, name: &str) -> Result<Vec<PathBuf>, StoreError> {
    let fault = |cause| StoreError::Read { path: folder.to_owned(), cause };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        files.push(entry.map_err(fault)?.path().join(name));
    }
    files.retain(|file| file.is_file());
    files.sort();
    Ok(files)
}

/// What lies in a folder of packs and isn't read, because it lies wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Astray {
    /// The folder is itself that of a pack.
    Itself(PathBuf),
    /// A definition beside the folders of packs.
    Beside(PathBuf),
    /// A definition of another name than it must have.
    Misnamed(PathBuf),
    /// A folder of a pack below another folder.
    Below(PathBuf),
    /// A folder without a definition.
    Empty(PathBuf),
}

/// Returns what lies wrong in a folder of packs, where each has its definition, of the given name, in a folder of its own.
pub fn astray(folder: &Path, name: &str) -> Vec<Astray> {
    let mut astray: Vec<Astray> = Vec::new();
    if folder.join(name).is_file() {
        astray.push(Astray::Itself(folder.to_owned()));
    }
    for path in seen_in(folder) {
        if !path.is_dir() {
            let is_other = path.file_name().is_some_and(|own| own != name);
            astray.extend((is_other && is_definition(&path)).then_some(Astray::Beside(path)));
        } else if !path.join(name).is_file() {
            astray.extend(astray_in(path, name));
        }
    }
    astray.sort();
    astray
}

/// Returns what lies wrong in a folder that should be that of a pack.
fn astray_in(folder: PathBuf, name: &str) -> Vec<Astray> {
    let within = seen_in(&folder);
    let misnamed = within.iter().filter(|path| path.is_file() && is_definition(path)).cloned().map(Astray::Misnamed);
    let below = within.iter().filter(|path| path.join(name).is_file()).cloned().map(Astray::Below);
    let astray: Vec<Astray> = misnamed.chain(below).collect();
    if astray.is_empty() { vec![Astray::Empty(folder)] } else { astray }
}

/// Returns what is in a folder, but for what is hidden.
fn seen_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_seen = |entry: &fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    entries.filter(is_seen).map(|entry| entry.path()).collect()
}

/// Whether a file is the definition of a pack, by its name and its first heading.
fn is_definition(path: &Path) -> bool {
    let is_toml = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    is_toml && text(path).is_ok_and(|text| text.lines().any(|line| line.trim() == "[framework]"))
}

/// Returns the file of a name in a folder, in whatever case it is written; `None` where there is none.
pub fn called(folder: &Path, name: &str) -> Option<PathBuf> {
    let exact = folder.join(name);
    if exact.is_file() {
        return Some(exact);
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut alike: Vec<PathBuf> = entries
        .filter(|entry| entry.file_name().to_string_lossy().eq_ignore_ascii_case(name))
        .map(|entry| entry.path())
        .collect();
    alike.sort();
    alike.into_iter().find(|file| file.is_file())
}

/// Returns the files of a folder by their names, in order; hidden ones and folders are left out.
pub fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let fault = |cause| StoreError::Read { path: folder.to_owned(), cause };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_file() && !name.starts_with('.') {
            files.push((name, bytes(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

/// Opens a file. Of devices, pipes and sockets nobody knows where they end, so they are refused, but for the pipes of a shell (`<(…)`).
#[expect(clippy::disallowed_methods, reason = "this is the place that reads files")]
pub(super) fn open(path: &Path) -> io::Result<File> {
    let is_special = fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir());
    if is_special && !["/dev/fd", "/proc/self/fd"].iter().any(|shell| path.starts_with(shell)) {
        return Err(io::Error::other("it is a device, a pipe or a socket and no file"));
    }
    File::open(path)
}

/// Begins a file that isn't there yet, in a folder that may not be there either.
#[cfg(feature = "s3")]
pub(super) fn create(path: &Path) -> Result<File, StoreError> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| File::create_new(path)).map_err(|cause| StoreError::Write { path: path.to_owned(), cause })
}

/// Returns the digest of a file, in hexadecimal.
#[cfg(feature = "s3")]
pub(super) fn digest_of(path: &Path) -> Result<String, StoreError> {
    let content = content_of_file(path, 1 << 20).map_err(|cause| StoreError::Read { path: path.to_owned(), cause })?;
    Ok(match content {
        Content::Whole(bytes) => digest(&bytes),
        Content::TooLarge { sha256, .. } => sha256,
    })
}

/// Returns the digest of bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Returns an artifact's name with the digest of what it holds.
pub(super) fn handed(artifact: &Artifact) -> HandedFile {
    HandedFile { name: artifact.name.clone(), sha256: digest(&artifact.bytes) }
}

/// Writes all artifacts under a folder: first beside their places, then, when all are there, into them.
pub fn write(folder: &Path, artifacts: &[Artifact]) -> Result<(), StoreError> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |cause| StoreError::Write { path, cause }
    };
    let places: Vec<PathBuf> = artifacts.iter().map(|artifact| folder.join(&artifact.name)).collect();
    let mut waiting = Vec::new();
    for (artifact, path) in artifacts.iter().zip(&places) {
        waiting.push((Beside::write(path, &artifact.bytes).map_err(fault(path))?, path));
    }
    waiting.into_iter().try_for_each(|(file, path)| file.put().map_err(fault(path)))
}

/// Returns the first link on the way from a folder to a place below it.
pub(super) fn link_below(folder: &Path, place: &Path) -> Option<PathBuf> {
    let mut way: Vec<PathBuf> =
        place.ancestors().filter(|part| !part.as_os_str().is_empty()).map(|part| folder.join(part)).collect();
    way.reverse();
    way.into_iter().find(|part| fs::symlink_metadata(part).is_ok_and(|data| data.file_type().is_symlink()))
}

/// Writes a file that isn't there yet, nor any link of its name.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(path)?.write_all(bytes)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests lay out files of their own")]
mod tests {
    use super::*;

    fn artifact(name: &str, bytes: &[u8]) -> Artifact {
        Artifact { name: name.to_owned(), bytes: bytes.to_vec() }
    }

    #[cfg(unix)]
    #[test]
    fn what_has_no_end_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("season.toml");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [Path::new("/dev/zero"), &pipe] {
            assert!(bytes(path).unwrap_err().to_string().contains("no file"), "{}", path.display());
        }
    }

    #[test]
    fn outputs_replace_their_own_files_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("new/out");
        write(&out, &[artifact("data/a.csv", b"one"), artifact("run.json", b"{}")]).unwrap();
        fs::write(out.join("data/mine.txt"), "mine").unwrap();
        write(&out, &[artifact("data/a.csv", b"two")]).unwrap();
        let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
        assert_eq!([read("data/a.csv"), read("run.json"), read("data/mine.txt")], ["two", "{}", "mine"]);
        assert_eq!(fs::read_dir(out.join("data")).unwrap().count(), 2);
    }

    #[test]
    fn when_one_output_fails_none_is_replaced() {
        let out = tempfile::tempdir().unwrap();
        write(out.path(), &[artifact("a", b"one")]).unwrap();
        let failed = write(out.path(), &[artifact("a", b"two"), artifact("a/b", b"three")]);
        assert!(failed.is_err());
        assert_eq!(fs::read(out.path().join("a")).unwrap(), b"one");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_system_refuses_is_told_in_words_with_what_to_do() {
        let mut errors: Vec<io::Error> = (1..=133).map(io::Error::from_raw_os_error).collect();
        errors.extend(REFUSALS.iter().map(|(kind, ..)| io::Error::from(*kind)));
        for error in errors {
            for refusal in [Refusal::Reading, Refusal::Writing] {
                let told = refusal.told(&error);
                assert!(!told.contains("os error") && told.contains("; "), "{error}: {told}");
            }
        }
        let nowhere = text(Path::new("no/where.csv")).unwrap_err().to_string();
        assert_eq!(nowhere, format!("`no/where.csv` can't be read: it isn't there; {LOOK}"));
    }

    #[test]
    fn for_a_path_that_is_not_there_the_one_that_is_meant_is_told() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["returns/Acme Works.xlsx", "returns/budget.csv", "lists/members.csv", "members"] {
            write(folder.path(), &[artifact(name, b"")]).unwrap();
        }
        let cases = [
            ("returns/Acme Work.xlsx", "; did you mean `Acme Works.xlsx`?"),
            ("returns/acme works.xls", "; did you mean `Acme Works.xlsx`?"),
            ("retruns/Acme Works.xlsx", "; did you mean `returns`?"),
            ("Lists", "; did you mean `lists`?"),
            ("member", "; did you mean `members`?"),
            // A file is no folder on the way.
            (
                "memberz/list.csv",
                &format!("; there is no folder `{}`: {LOOK}", folder.path().join("memberz").display()),
            ),
            ("returns/zebra.csv", &format!("; {LOOK}")),
        ];
        for (path, expected) in cases {
            assert_eq!(instead(&folder.path().join(path)), expected, "{path}");
        }
        assert!(bytes(&folder.path().join("lists/member.csv")).unwrap_err().to_string().contains("did you mean"));
    }

    #[test]
    fn a_file_beyond_the_limit_is_only_digested() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big");
        fs::write(&path, vec![7; 200_000]).unwrap();
        let origin = Origin::File(path);
        let Ok(Content::TooLarge { size, sha256 }) = content(&origin, 10) else { panic!("it is larger") };
        assert_eq!((size, sha256), (200_000, digest(&vec![7; 200_000])));
        assert!(matches!(content(&origin, 200_000), Ok(Content::Whole(_))));
    }
}
