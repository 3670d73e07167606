//! Which files of a folder are reviewed, and which are left out by name.
//!
//! Every file is accounted for: it is reviewed, or it is listed with the reason why not. Files with a workbook's extension
//! are reviewed whatever they hold, and so are files of any other name that hold a workbook, or pack some. Links aren't followed, since
//! they lead out of the folder or round in circles: one to a workbook elsewhere is a return that isn't here. A file or folder that a
//! person names is taken even if it is a link.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::str::Utf8Chunk;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::store::{self, Content, Origin};
use crate::annotated::is_as_handed_out;
use crate::artifact::is_name_of_copy;
use crate::ooxml::Limits;
use crate::wording::{is_moving, visible};
use crate::workbook::{Source, has_workbook_extension, placeholder};

/// The extensions, in lower case, of what may well be a return in another shape.
const OTHER_SHAPES: [(Reason, &[&str]); 4] = [
    (Reason::Archive, &["zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "xz"]),
    (Reason::Mail, &["eml", "msg", "mbox"]),
    (Reason::Pdf, &["pdf"]),
    (Reason::Table, &["csv", "tsv"]),
];
/// Files that systems leave in folders, in lower case.
const LITTER: [&str; 3] = ["thumbs.db", "desktop.ini", "ehthumbs.db"];

/// The files of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files to review, in order of their names.
    pub files: Vec<PlannedFile>,
    /// The files that are left out, in order of their names.
    pub ignored: Vec<Ignored>,
    /// Where the files that are left out are, by their names.
    pub(super) places: BTreeMap<String, PathBuf>,
}

/// A file to review.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedFile {
    /// Its name: the path within the folder, with `/` between folders.
    pub name: String,
    /// Where its bytes come from.
    pub origin: Origin,
}

/// A file that is left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ignored {
    /// Its name: the path within the folder, with `/` between folders.
    pub file: String,
    /// Why.
    pub reason: Reason,
}

/// What settings of a season are called: their own name, and the one that they get where Windows hides the endings of names.
pub const SETTINGS: [&str; 2] = ["season.toml", "season.toml.txt"];

/// Why a file is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A program keeps it beside a workbook while that is open.
    LockFile,
    /// Its name begins with a stop; for a folder, all in it is left out.
    Hidden,
    /// The system leaves it in folders.
    SystemFile,
    /// A link, which isn't followed, to no workbook or to one that is reviewed where it is.
    Link,
    /// A link to a folder, which isn't followed.
    LinkedFolder,
    /// Neither a pipe nor a device holds a workbook.
    NoFile,
    /// It isn't a workbook, by its name and by what it holds.
    NotAWorkbook,
    /// An archive that isn't looked into, or in which no workbook is seen.
    Archive,
    /// A mail, whose attachments aren't read.
    Mail,
    /// A PDF document.
    Pdf,
    /// A table as text.
    Table,
    /// It is settings of a season, which hold where they lie in the folder that is named or above it.
    Settings,
    /// It is the list of who was expected.
    Roster,
    /// It is the list of what moderators say.
    Moderated,
    /// It is our own copy of a workbook beside it, or in the folder of copies, and nobody has worked in it.
    OwnCopy,
    /// It is our workbook of findings, which came back.
    Answer,
}

impl Reason {
    /// Returns the reason in words, as in "left out: …".
    pub const fn words(self) -> &'static str {
        match self {
            Self::LockFile => "the lock file of an open workbook",
            Self::Hidden => "hidden",
            Self::SystemFile => "a file of the system",
            Self::Link => "a link, which is not followed",
            Self::LinkedFolder => "a link to a folder, which is not followed",
            Self::Archive => "an archive, which is not unpacked",
            Self::Mail => "a mail, whose attachments are not read",
            Self::Pdf => "a PDF document",
            Self::Table => "a table as text, as CSV is",
            Self::NoFile => "neither a file nor a folder",
            Self::NotAWorkbook => "not a workbook",
            Self::Settings => "settings of a season",
            Self::Roster => "the list of who was expected",
            Self::Moderated => "the list of what moderators say",
            Self::Answer => "our workbook of findings; what was written in it stands beside the findings",
            Self::OwnCopy => "our own copy of a workbook",
        }
    }

    /// Returns what one and several are called of which a return may be one, in another shape; `None` for all others.
    pub const fn other_shape(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Archive => Some(("archive", "archives")),
            Self::LinkedFolder => Some(("linked folder", "linked folders")),
            Self::Mail => Some(("mail", "mails")),
            Self::Pdf => Some(("PDF document", "PDF documents")),
            Self::Table => Some(("table as text", "tables as text")),
            Self::LockFile
            | Self::Hidden
            | Self::SystemFile
            | Self::Link
            | Self::NoFile
            | Self::NotAWorkbook
            | Self::Settings
            | Self::Roster
            | Self::Moderated
            | Self::OwnCopy
            | Self::Answer => None,
        }
    }
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A person named something that isn't there.
    #[error("`{path}` can't be found{instead}", path = .0.display(), instead = store::instead(.0))]
    NotFound(PathBuf),
    /// No file or folder has a name as a person wrote it with `*` or `?`.
    #[error("no file and no folder is called as `{path}` says{instead}", path = .0.display(), instead = store::instead_of_folder(.0))]
    NoMatch(PathBuf),
    /// A folder whose names are asked for can't be looked into; why.
    #[error("`{path}` can't be looked into: {1}", path = .0.display())]
    Unread(PathBuf, String),
    /// A season's folder isn't one.
    #[error("`{0}` is not a folder: name the folder with the returns, or look at one file with `scrutineer check`")]
    NotAFolder(PathBuf),
}

impl PlannedFile {
    /// Returns its bytes under its name; `None` where they can't be had, or are more than a workbook may be.
    pub fn source(&self) -> Option<Source> {
        match store::content(&self.origin, Limits::default().file).ok()? {
            Content::Whole(bytes) => Some(Source::new(self.name.clone(), bytes)),
            Content::TooLarge { .. } => None,
        }
    }
}

impl Plan {
    /// Returns the plan for a season's folder; names are paths within it.
    pub fn of_folder(folder: &Path) -> Result<Self, PlanError> {
        if !folder.exists() {
            return Err(PlanError::NotFound(folder.to_owned()));
        }
        if !folder.is_dir() {
            return Err(PlanError::NotAFolder(folder.to_owned()));
        }
        let mut plan = Self::default();
        plan.walk(folder, "");
        Ok(plan.in_order())
    }

    /// Returns the plan for files and folders that a person named; names begin as they were named.
    pub fn of_paths(paths: &[PathBuf]) -> Result<Self, PlanError> {
        let mut plan = Self::default();
        for path in paths {
            let name = slashed(path);
            if path.is_dir() {
                plan.walk(path, &format!("{}/", name.trim_end_matches('/')));
            } else if path.exists() {
                plan.add(name, path, Asked::ByName);
            } else {
                return Err(PlanError::NotFound(path.clone()));
            }
        }
        Ok(plan.in_order())
    }

    /// Adds bytes that were handed over under a name.
    pub fn add_bytes(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.push(PlannedFile { name: name.to_owned(), origin: Origin::Bytes(bytes) });
    }

    /// Leaves a file, or the files of a folder, out of those that are reviewed.
    pub fn leave_out(&mut self, path: &Path, reason: Reason) {
        let Ok(path) = path.canonicalize() else { return };
        let is_within = |file: &Path| file.canonicalize().is_ok_and(|file| file.starts_with(&path));
        let is_meant = |file: &PlannedFile| matches!(&file.origin, Origin::File(file) if is_within(file));
        let meant = self.files.extract_if(.., |file| is_meant(file));
        self.ignored.extend(meant.map(|file| Ignored { file: file.name, reason }));
        let places = &self.places;
        let is_left_out = |file: &str| places.get(file).is_some_and(|file| is_within(file));
        self.ignored.iter_mut().filter(|file| is_left_out(&file.file)).for_each(|file| file.reason = reason);
        self.ignored.sort();
    }

    /// Returns the settings of seasons that lie among the files and aren't these.
    pub fn other_settings(&self, used: Option<&Path>) -> Vec<&str> {
        let used = used.and_then(|used| used.canonicalize().ok());
        let is_used = |name: &str| self.places.get(name).is_some_and(|place| place.canonicalize().ok() == used);
        let settings = self.ignored.iter().filter(|file| file.reason == Reason::Settings);
        settings.map(|file| file.file.as_str()).filter(|name| !is_used(name)).collect()
    }

    /// Leaves our own copies below the folder to which copies go out of those that are reviewed, but for those that are named, and in
    /// which nobody has worked; returns how many.
    pub fn leave_out_copies(&mut self, folder: &Path, named: &[PathBuf]) -> usize {
        let Ok(folder) = folder.canonicalize() else { return 0 };
        let is_copy = |file: &Path| {
            let name = readable(file.file_name().unwrap_or_default());
            (name.contains(".annotated.") || name.ends_with(".findings.xlsx"))
                && !named.iter().any(|named| named == file)
                && file.canonicalize().is_ok_and(|file| file.starts_with(&folder))
                && store::bytes(file).is_ok_and(|bytes| is_as_handed_out(&bytes))
        };
        let before = self.ignored.len();
        let copies = self.files.extract_if(.., |file| matches!(&file.origin, Origin::File(path) if is_copy(path)));
        self.ignored.extend(copies.map(|file| Ignored { file: file.name, reason: Reason::OwnCopy }));
        let count = self.ignored.len() - before;
        self.ignored.sort();
        count
    }

    /// Adds the files of a folder, each named by `prefix` and its path within the folder.
    fn walk(&mut self, folder: &Path, prefix: &str) {
        let mut walker = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = walker.next() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if is_hidden(&entry) {
                        self.ignore(format!("{}/", name_within(folder, entry.path(), prefix)), Reason::Hidden);
                        walker.skip_current_dir();
                    }
                }
                Ok(entry) => self.take(folder, &entry, name_within(folder, entry.path(), prefix)),
                Err(error) => self.miss(folder, prefix, &error),
            }
        }
    }

    /// Adds what a folder holds, unless it is no file.
    fn take(&mut self, folder: &Path, entry: &DirEntry, name: String) {
        let kind = entry.file_type();
        if kind.is_symlink() {
            self.take_link(folder, entry.path(), name);
        } else if kind.is_file() {
            self.add(name, entry.path(), Asked::ByFolder);
        } else {
            self.ignore(name, Reason::NoFile);
        }
    }

    /// Adds a link: a return that isn't here where it stands for a workbook elsewhere.
    fn take_link(&mut self, folder: &Path, link: &Path, name: String) {
        let target = link.canonicalize().ok();
        let leads = |what: fn(&Path) -> bool| target.as_deref().is_some_and(what);
        if leads(Path::is_dir) {
            self.ignore(name, Reason::LinkedFolder);
        } else if ignored_by_name(&name).is_some() || target.as_deref().is_some_and(|target| is_walked(folder, target))
        {
            self.ignore(name, Reason::Link);
        } else if has_workbook_extension(&own_name(link)) || leads(leads_to_workbook) {
            self.files.push(PlannedFile { name, origin: Origin::Link });
        } else {
            self.ignore(name, Reason::Link);
        }
    }

    /// Adds a place that can't be looked into, so that it is accounted for.
    fn miss(&mut self, folder: &Path, prefix: &str, error: &walkdir::Error) {
        let name = error.path().map_or_else(String::new, |path| name_within(folder, path, prefix));
        let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        self.files.push(PlannedFile { name, origin: Origin::Nowhere(why) });
    }

    /// Adds a file, to be reviewed or to be left out.
    fn add(&mut self, name: String, path: &Path, asked: Asked) {
        let reason = ignored_by_name(&name)
            .or_else(|| (asked == Asked::ByFolder).then(|| ignored_by_content(&own_name(path), path)).flatten());
        match reason {
            Some(reason) => {
                self.places.insert(name.clone(), path.to_owned());
                self.ignore(name, reason);
            }
            None => self.files.push(PlannedFile { name, origin: Origin::File(path.to_owned()) }),
        }
    }

    fn ignore(&mut self, file: String, reason: Reason) {
        self.ignored.push(Ignored { file, reason });
    }

    /// Sorts both lists by name, and takes out files that were named twice.
    fn in_order(mut self) -> Self {
        self.files.sort();
        self.ignored.sort();
        self.ignored.dedup();
        let mut seen = BTreeSet::new();
        self.files.retain(|file| match &file.origin {
            Origin::File(path) => seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())),
            Origin::Bytes(_) | Origin::Link | Origin::Nowhere(_) => true,
        });
        self
    }
}

/// How a file came to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// A person named it.
    ByName,
    /// It lies in a folder that was named.
    ByFolder,
}

/// Whether an entry's name begins with a stop.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Returns why a file of this name is never a return; `None` for all others.
fn ignored_by_name(name: &str) -> Option<Reason> {
    let name = name.rsplit('/').next().unwrap_or_default();
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        Some(Reason::LockFile)
    } else if name.starts_with('.') && placeholder(name, &[1]).is_none() {
        Some(Reason::Hidden)
    } else {
        LITTER.contains(&name.to_lowercase().as_str()).then_some(Reason::SystemFile)
    }
}

/// Returns why a file is no return by what it holds; `None` for all others.
fn ignored_by_content(name: &str, path: &Path) -> Option<Reason> {
    if SETTINGS.contains(&name.to_lowercase().as_str()) {
        return Some(Reason::Settings);
    }
    if !is_workbook(name, path) {
        return Some(other_shape(name));
    }
    let is_own = is_named_as_copy(path) && store::bytes(path).is_ok_and(|bytes| is_as_handed_out(&bytes));
    is_own.then_some(Reason::OwnCopy)
}

/// Returns a file's name as the system has it, whatever characters it has.
fn own_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Returns what a file is, by its extension, that is no workbook.
fn other_shape(name: &str) -> Reason {
    let extension =
        name.rsplit_once('.').map(|(_, extension)| visible(extension).trim().to_lowercase()).unwrap_or_default();
    let shape = OTHER_SHAPES.iter().find(|(_, extensions)| extensions.contains(&extension.as_str()));
    shape.map_or(Reason::NotAWorkbook, |(reason, _)| *reason)
}

/// Whether a file is reached by walking a folder: it lies below it, and nothing on the way is hidden.
fn is_walked(folder: &Path, file: &Path) -> bool {
    let within = folder.canonicalize().ok().and_then(|folder| Some(file.strip_prefix(folder).ok()?.to_owned()));
    let is_hidden = |part: &OsStr| part.to_string_lossy().starts_with('.');
    within.is_some_and(|within| !within.iter().any(is_hidden))
}

/// Whether a link's target is a workbook, or packs some.
fn leads_to_workbook(target: &Path) -> bool {
    is_workbook(&slashed(target), target)
}

/// Whether a file has the name that our copy of a workbook beside it has.
fn is_named_as_copy(path: &Path) -> bool {
    let name = readable(path.file_name().unwrap_or_default());
    if !name.contains(".annotated.") && !name.ends_with(".findings.xlsx") {
        return false;
    }
    let beside = path.parent().and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let mut beside = beside.map(|entry| readable(&entry.file_name()));
    beside.any(|other| other != name && has_workbook_extension(&other) && is_name_of_copy(&name, &other))
}

/// Whether a file is a workbook by its extension, or by what it holds.
fn is_workbook(name: &str, path: &Path) -> bool {
    has_workbook_extension(name)
        || store::holds_workbook(path)
        || store::packs_workbooks(path)
        || stands_for_workbook(name, path)
}

/// Whether a file only says where a workbook is, or that it isn't here yet.
fn stands_for_workbook(name: &str, path: &Path) -> bool {
    const MOST: u64 = 1 << 16;
    match store::small(path, MOST) {
        // Of what holds nothing the name alone tells that a workbook was to come.
        Ok(Some(bytes)) if bytes.iter().all(|byte| *byte == 0) => {
            let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
            placeholder(name, &[1]).is_some() || has_workbook_extension(stem)
        }
        Ok(Some(bytes)) => placeholder(name, &bytes).is_some(),
        // What is that large holds more than a link, and by its name alone may be what has come of a workbook so far.
        Ok(None) => placeholder(name, &[1]).is_some(),
        Err(_) => false,
    }
}

/// Returns a path within a folder as a name.
fn name_within(folder: &Path, path: &Path, prefix: &str) -> String {
    format!("{prefix}{}", slashed(path.strip_prefix(folder).unwrap_or(path)))
}

/// Returns a name as text; a byte that is no letter of it, and a character that would move what is seen after it, is told by its number,
/// so that no two names become one.
fn readable(name: &OsStr) -> String {
    let told = |chunk: Utf8Chunk| {
        let odd: Vec<String> = chunk.invalid().iter().map(|byte| format!("\u{fffd}{byte:02X}")).collect();
        format!("{}{}", unmoved(chunk.valid()), odd.concat())
    };
    name.as_encoded_bytes().utf8_chunks().map(told).collect()
}

/// Returns a text in which characters that would move what is seen after them are told by their numbers.
fn unmoved(text: &str) -> String {
    let told = |c: char| if is_moving(c) { format!("\u{fffd}{:04X}", u32::from(c)) } else { c.to_string() };
    text.chars().map(told).collect()
}

/// Returns a path with `/` between folders on every system.
fn slashed(path: &Path) -> String {
    let text = readable(path.as_os_str());
    if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests lay out files of their own")]
mod tests {
    use super::*;

    #[test]
    fn names_alone_leave_files_out() {
        let cases = [
            ("North/~$Acme.xlsx", Some(Reason::LockFile)),
            (".~lock.Acme.ods#", Some(Reason::LockFile)),
            ("North/.DS_Store", Some(Reason::Hidden)),
            ("Thumbs.db", Some(Reason::SystemFile)),
            ("North/Acme ~$ copy.xlsx", None),
            ("North/.../Acme.xlsx", None),
            ("North/.Acme.xlsx.icloud", None),
            ("North/.Photo.jpg.icloud", Some(Reason::Hidden)),
        ];
        for (name, expected) in cases {
            assert_eq!(ignored_by_name(name), expected, "{name}");
        }
    }

    #[test]
    fn every_file_of_a_folder_is_in_the_plan() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("b/Acme.XLSX", &b"rubbish"[..]),
            ("a.xls", b""),
            ("c.xlsx\u{200e}", b"rubbish"),
            ("notes.txt", b"hello"),
            ("b/report.dat", b"PK\x03\x04....xl/workbook.xml"),
            (".Acme.xls.icloud", b"bplist00"),
            ("Acme.gsheet", b"{}"),
            ("Acme.xlsx.partial", b""),
            ("Acme.xlsx.odrive", b"\0\0"),
            ("Bolt.gsheet", b""),
            ("Photo.jpg.partial", b""),
            ("Acme.url", b"URL=https://a.sharepoint.com/:x:/g"),
            ("Guidance.url", b"URL=https://example.org"),
            ("letter.docx", b"PK\x03\x04....word/document.xml"),
            ("b/~$Acme.xlsx", b"lock"),
            (".git/config.xlsx", b"hidden"),
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        let plan = Plan::of_folder(folder.path()).unwrap();
        let files: Vec<&str> = plan.files.iter().map(|file| file.name.as_str()).collect();
        let taken = [
            ".Acme.xls.icloud",
            "Acme.gsheet",
            "Acme.url",
            "Acme.xlsx.odrive",
            "Acme.xlsx.partial",
            "Bolt.gsheet",
            "a.xls",
            "b/Acme.XLSX",
            "b/report.dat",
            "c.xlsx\u{200e}",
        ];
        assert_eq!(files, taken);
        let ignored: Vec<(&str, Reason)> = plan.ignored.iter().map(|file| (file.file.as_str(), file.reason)).collect();
        assert_eq!(
            ignored,
            [
                (".git/", Reason::Hidden),
                ("Guidance.url", Reason::NotAWorkbook),
                ("Photo.jpg.partial", Reason::NotAWorkbook),
                ("b/~$Acme.xlsx", Reason::LockFile),
                ("letter.docx", Reason::NotAWorkbook),
                ("notes.txt", Reason::NotAWorkbook),
            ]
        );
    }

    #[test]
    fn what_may_be_a_return_in_another_shape_is_named_so() {
        let cases = [
            ("returns.zip", Reason::Archive),
            ("South/returns.7Z", Reason::Archive),
            ("mail.msg", Reason::Mail),
            ("Acme.PDF", Reason::Pdf),
            ("Acme.csv", Reason::Table),
            ("Acme.csv\u{200e}", Reason::Table),
            ("letter.docx", Reason::NotAWorkbook),
            ("README", Reason::NotAWorkbook),
        ];
        let folder = tempfile::tempdir().unwrap();
        for (name, expected) in cases {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "words").unwrap();
            let plan = Plan::of_folder(folder.path()).unwrap();
            let found = plan.ignored.iter().find(|file| file.file == name).map(|file| file.reason);
            assert_eq!(found, Some(expected), "{name}");
        }
        let mut plan = Plan::of_folder(folder.path()).unwrap();
        plan.leave_out(&folder.path().join("Acme.csv"), Reason::Roster);
        let roster = plan.ignored.iter().find(|file| file.file == "Acme.csv").map(|file| file.reason);
        assert_eq!(roster, Some(Reason::Roster));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_workbook_elsewhere_is_a_return_that_is_not_here() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let real = |name: &str, content: &[u8]| {
            std::fs::write(elsewhere.path().join(name), content).unwrap();
            elsewhere.path().join(name)
        };
        std::fs::create_dir(folder.path().join(".kept")).unwrap();
        let (here, kept) = (folder.path().join("Acme.xlsx"), folder.path().join(".kept/object"));
        std::fs::write(&here, "").unwrap();
        std::fs::write(&kept, b"PK\x03\x04....xl/workbook.xml").unwrap();
        let link = |target: &Path, name: &str| {
            std::os::unix::fs::symlink(target, folder.path().join(name)).unwrap();
        };
        link(&real("a.xlsx", b""), "Wigan.xlsx");
        link(&real("b.bin", b"PK\x03\x04....xl/workbook.xml"), "Hull");
        link(&real("c.txt", b"words"), "notes");
        link(Path::new("nowhere.xlsx"), "Gone.xlsx");
        link(&here, "Acme again.xlsx");
        link(&kept, "Kept.dat");
        link(elsewhere.path(), "South");
        let plan = Plan::of_folder(folder.path()).unwrap();
        let away: Vec<&str> =
            plan.files.iter().filter(|file| file.origin == Origin::Link).map(|file| &*file.name).collect();
        assert_eq!(away, ["Gone.xlsx", "Hull", "Kept.dat", "Wigan.xlsx"]);
        let left_out: Vec<(&str, Reason)> = plan.ignored.iter().map(|file| (&*file.file, file.reason)).collect();
        let expected = [
            (".kept/", Reason::Hidden),
            ("Acme again.xlsx", Reason::Link),
            ("South", Reason::LinkedFolder),
            ("notes", Reason::Link),
        ];
        assert_eq!(left_out, expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn files_that_differ_in_an_odd_byte_have_names_of_their_own() {
        use std::os::unix::ffi::OsStrExt;
        let odd: Vec<Vec<u8>> = (0x80..=0xff).map(|byte| [b"Ynys M", &[byte][..], b"n.xlsx"].concat()).collect();
        let mut names: Vec<String> = odd.iter().map(|bytes| readable(OsStr::from_bytes(bytes))).collect();
        assert_eq!(names[0x69], "Ynys M\u{fffd}E9n.xlsx");
        names.sort();
        names.dedup();
        assert_eq!(names.len(), odd.len());
    }

    #[test]
    fn our_copies_are_known_by_their_names() {
        let cases = [
            ("Return.annotated.xlsx", "Return.xlsx", true),
            ("Return.xlsx.annotated.xlsx", "Return.xlsx", true),
            ("Return.findings.xlsx", "Return.ods", true),
            ("Return (2).annotated.xlsx", "Return.annotated.xlsx", true),
            // Workbooks under another ending than their own are copied under theirs.
            ("Return.annotated.xlsx", "Return.ods", true),
            ("Return.annotated.xlsx", "Other.xlsx", false),
            ("Return.annotated.xlsx", "Return.txt", false),
        ];
        for (copy, original, expected) in cases {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(original), "").unwrap();
            assert_eq!(is_named_as_copy(&folder.path().join(copy)), expected, "{copy} / {original}");
        }
    }

    #[test]
    fn names_move_nothing_that_is_seen_after_them() {
        let moving: Vec<char> = ('\0'..='\u{ffff}').filter(|c| is_moving(*c)).collect();
        assert!(moving.len() == 32 + 33 + 2 + 5 + 4, "{moving:?}");
        let mut names: Vec<String> = moving.iter().map(|c| readable(OsStr::new(&format!("a{c}b.xlsx")))).collect();
        assert!(!names.iter().any(|name| name.contains(is_moving)), "{names:?}");
        names.dedup();
        assert_eq!(names.len(), moving.len());
    }

    #[cfg(unix)]
    #[test]
    fn a_workbook_is_known_by_its_own_name_whatever_characters_that_has() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a\n.xlsx", "b.xlsx\r", "c\u{202e}.xls", "d\x1b[2J.ods"] {
            std::fs::write(folder.path().join(name), "rubbish").unwrap();
        }
        let plan = Plan::of_folder(folder.path()).unwrap();
        let files: Vec<&str> = plan.files.iter().map(|file| file.name.as_str()).collect();
        let told = ["a\u{fffd}000A.xlsx", "b.xlsx\u{fffd}000D", "c\u{fffd}202E.xls", "d\u{fffd}001B[2J.ods"];
        assert_eq!(files, told);
    }

    #[test]
    fn a_file_named_twice_is_reviewed_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.xlsx");
        std::fs::write(&file, "").unwrap();
        let plan = Plan::of_paths(&[file.clone(), folder.path().to_owned(), file]).unwrap();
        assert_eq!(plan.files.len(), 1);
    }
}
