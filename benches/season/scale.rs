//! A season of thousands of returns, made of the samples': how long each run takes a return, and the most memory that it holds.
//!
//! Each copy is of an organisation of its own, and says something of its own wherever a sender wrote more than a few words. A tenth of
//! the season is run first, so that the time a return tells whether it grows with their number; then all of it, again with what the first
//! run kept, and in four parts that are put together, whose outputs have to be those of one run, byte for byte. Reports aren't made: each
//! costs what it costs, however many there are. `SCALE=10000` says how many returns there are, else there are 1,000.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use regex::{Captures, Regex};
use scrutineer::framework::{Framework, builtin};
use scrutineer::ooxml::Limits;
use scrutineer::review::{Settings, review};
use scrutineer::workbook::{Source, Value};
use walkdir::WalkDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// How many returns there are, unless `SCALE` says otherwise.
const RETURNS: usize = 1_000;
/// In how many parts a season is run that is put together after.
const PARTS: usize = 4;
/// How many regions there are, each a folder.
const REGIONS: usize = 12;
/// Texts of more letters than this that aren't the form's are the sender's own.
const FEW_LETTERS: usize = 40;
/// How often a process is asked how much memory it holds.
const OFTEN: Duration = Duration::from_millis(20);

/// Measures the season.
pub(crate) fn run() {
    let all = std::env::var("SCALE").ok().and_then(|all| all.parse().ok()).unwrap_or(RETURNS);
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let bases = bases();
    println!("{:<28} {:>8} {:>10} {:>12} {:>10}", "", "returns", "seconds", "ms a return", "MiB");
    for (name, returns) in [("a tenth", all / 10), ("all", all)] {
        let season = folder.path().join(format!("{returns} returns"));
        write_season(&season, &bases, returns);
        let out = folder.path().join(format!("{returns} out"));
        told(name, returns, &once(folder.path(), &["run"], &season, &out));
    }
    let (season, out) = (folder.path().join(format!("{all} returns")), folder.path().join(format!("{all} out")));
    told("again, nothing changed", all, &once(folder.path(), &["run"], &season, &out));
    let parts = parts(folder.path(), &season, all);
    let merged = folder.path().join("merged");
    let mut merge = command(folder.path());
    merge.arg("merge").args(parts).arg("--out").arg(&merged).args(["--only", "data,season,annotated"]);
    told("parts put together", all, &measured(merge));
    println!("the same bytes: {}", bytes(&merged) == bytes(&out));
}

/// Runs the parts of a season one after the other, and returns their folders.
fn parts(folder: &Path, season: &Path, all: usize) -> Vec<PathBuf> {
    let part = |number: usize| {
        let out = folder.join(format!("part-{number}"));
        let shard = format!("{number}/{PARTS}");
        told(
            &format!("part {shard}"),
            all / PARTS,
            &once(folder, &["run", "--no-cache", "--shard", &shard], season, &out),
        );
        out
    };
    (1..=PARTS).map(part).collect()
}

/// What a process took.
struct Taken {
    time: Duration,
    /// The most memory that it held, in KiB; `None` where the system doesn't tell.
    memory: Option<u64>,
}

/// Prints what a work took.
fn told(name: &str, returns: usize, taken: &Taken) {
    let seconds = taken.time.as_secs_f64();
    let each = seconds * 1000.0 / returns.max(1) as f64;
    let memory = taken.memory.map_or("-".to_owned(), |memory| (memory / 1024).to_string());
    println!("{name:<28} {returns:>8} {seconds:>10.1} {each:>12.2} {memory:>10}");
}

/// Returns the program, which keeps what it made in a folder of its own.
fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scrutineer"));
    command.env("SCRUTINEER_CACHE", folder.join("cache"));
    command
}

/// Runs the program over a season.
fn once(folder: &Path, words: &[&str], season: &Path, out: &Path) -> Taken {
    let mut command = command(folder);
    command.args(words).arg(season).arg("--out").arg(out);
    if !words.contains(&"--shard") {
        command.args(["--only", "data,season,annotated"]);
    }
    measured(command)
}

/// Runs a program to its end.
fn measured(mut command: Command) -> Taken {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut memory = None;
    while child.try_wait().expect("it can be asked").is_none() {
        memory = held(&child).max(memory);
        std::thread::sleep(OFTEN);
    }
    Taken { time: start.elapsed(), memory }
}

/// Returns the most memory that a process has held so far.
fn held(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// Returns the files of a folder with what is in them, but for the run's own account of itself.
fn bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|file| file.file_type().is_file() && file.file_name() != "run.json");
    let read = |file: walkdir::DirEntry| {
        let name = file.path().strip_prefix(folder).expect("it lies there").to_owned();
        (name, std::fs::read(file.path()).expect("a file that was written"))
    };
    files.map(read).collect()
}

/// A return of the samples.
struct Base {
    /// Whose it is, as its parts have it.
    organisation: String,
    /// Its parts by their names.
    parts: Vec<(String, Vec<u8>)>,
    /// The form's own texts.
    printed: BTreeSet<String>,
}

/// Returns the returns of the samples that are of the usual format and count.
fn bases() -> Vec<Base> {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let files = WalkDir::new(format!("{}/samples/season", env!("CARGO_MANIFEST_DIR"))).sort_by_file_name();
    let files =
        files.into_iter().filter_map(Result::ok).filter(|file| file.path().extension().is_some_and(|of| of == "xlsx"));
    let base = |file: walkdir::DirEntry| {
        let bytes = std::fs::read(file.path()).expect("a sample");
        let review = review(&settings, &Source::new("sample.xlsx", bytes.clone()));
        let framework = frameworks.iter().find(|framework| Some(&framework.id) == review.framework.as_ref())?;
        let organisation = escaped(review.organisation.as_ref()?);
        Some(Base { organisation, parts: parts_of(bytes), printed: printed(framework) })
    };
    files.filter_map(base).collect()
}

/// Returns the texts of a form.
fn printed(framework: &Framework) -> BTreeSet<String> {
    let sheets = framework.form().into_iter().flat_map(|form| &form.sheets);
    let text = |value: &Value| if let Value::Text(text) = value { Some(escaped(text)) } else { None };
    sheets.flat_map(|sheet| &sheet.cells).filter_map(|cell| text(&cell.value)).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Returns the parts of a workbook.
fn parts_of(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a sound sample");
    let all = 0..archive.len();
    let part = |number: usize| {
        let mut file = archive.by_index(number).expect("a sound part");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("a sound part");
        (file.name().expect("a sound name").into_owned(), content)
    };
    all.map(part).collect()
}

/// Writes a season of so many returns.
fn write_season(folder: &Path, bases: &[Base], returns: usize) {
    let texts = Regex::new(r"(<t(?: [^>]*)?>)([^<]*)(</t>)").expect("a sound pattern");
    for number in 0..returns {
        let place = folder.join(format!("Region {}", number % REGIONS));
        std::fs::create_dir_all(&place).expect("a folder for a moment");
        let workbook = copy(&bases[number % bases.len()], number, &texts);
        std::fs::write(place.join(format!("Organisation {number:05}.xlsx")), workbook).expect("a file in that folder");
    }
}

/// Returns a copy of a return that is of an organisation of its own and says something of its own.
fn copy(base: &Base, number: usize, texts: &Regex) -> Vec<u8> {
    let mut words = Words { base, number };
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in &base.parts {
        writer.start_file(name, SimpleFileOptions::default()).expect("a part in memory");
        match std::str::from_utf8(content)
            .ok()
            .filter(|_| name.starts_with("xl/") && Path::new(name).extension().is_some_and(|of| of == "xml"))
        {
            Some(text) => writer.write_all(texts.replace_all(text, |found: &Captures| words.own(found)).as_bytes()),
            None => writer.write_all(content),
        }
        .expect("a part in memory");
    }
    writer.finish().expect("a workbook in memory").into_inner()
}

/// What a sender writes.
struct Words<'a> {
    base: &'a Base,
    number: usize,
}

impl Words<'_> {
    /// Returns what stands in a text's place: the same, the organisation's own name, or the same words in another order.
    fn own(&mut self, found: &Captures) -> String {
        let text = &found[2];
        let own = if text == self.base.organisation {
            format!("Organisation {:05}", self.number)
        } else if text.len() > FEW_LETTERS && !self.base.printed.contains(text) {
            self.dealt(text)
        } else {
            text.to_owned()
        };
        format!("{}{own}{}", &found[1], &found[3])
    }

    /// Returns the words of a text, turned round by as many as nobody else's, and with a word of the copy's own behind each few of them.
    fn dealt(&self, text: &str) -> String {
        let mut words: Vec<String> = text.split(' ').map(ToOwned::to_owned).collect();
        let turned = self.number % words.len();
        words.rotate_left(turned);
        let own =
            |(at, word): (usize, String)| if at % 3 == 0 { format!("{word} w{}x{at}", self.number) } else { word };
        words.into_iter().enumerate().map(own).collect::<Vec<_>>().join(" ")
    }
}
