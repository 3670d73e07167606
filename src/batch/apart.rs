//! Workbooks whose reader may abort: they are examined in a child process of the same executable.
//!
//! The old binary formats and those of other programs are read by code that can run out of memory or never end on a file made wrong,
//! and an abort can't be caught. The child limits its own memory and computing time, reads the file's bytes from its input
//! and answers with one versioned message. Whatever goes wrong with it costs one finding of that file.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::examine::{self, Examined, Rows, SheetRow};
use super::isolate::{self, ApartError, Bounds};
use super::unread;
use crate::ooxml::{Limits, Package, PartName};
use crate::review::{Review, Settings, WholeReview};
use crate::workbook::Source;

/// The version of the message; parent and child must speak the same.
const VERSION: u32 = 1;
/// The most bytes of an answer that are taken.
const MOST_ANSWER: u64 = 1 << 28;

/// What a child may use; both have names by which messages tell them and settings set them, `memory` and `time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The bytes of memory.
    pub memory: u64,
    /// The seconds of computing.
    pub time: u64,
}

impl Allowance {
    /// Returns how long a child is waited for: it may have to share the cores, and it ends itself where the system can.
    fn patience(self) -> Duration {
        Duration::from_secs(self.time.saturating_mul(2))
    }
}

impl Default for Allowance {
    fn default() -> Self {
        Self { memory: 1 << 30, time: 60 }
    }
}

/// How a child process is run.
#[derive(Clone, Debug)]
pub struct Apart {
    /// The executable.
    pub program: PathBuf,
    /// What makes it a child: the hidden command and its settings.
    pub arguments: Vec<OsString>,
    /// What it may use.
    pub allowance: Allowance,
}

/// What a child answers.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    version: u32,
    review: WholeReview,
    rows: Vec<SheetRow>,
}

/// Why a child gave no answer.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("the process that reads it failed: {0}")]
    Process(#[from] ApartError),
    #[error("the process that reads it gave no sound answer: {0}")]
    Answer(String),
}

/// Whether a file must be examined apart.
pub fn belongs_apart(source: &Source, limits: &Limits) -> bool {
    if source.bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return true;
    }
    // What can't be opened as a package isn't given to a cell reader at all.
    let Ok(package) = source.package(limits) else { return false };
    package.has(&PartName::new("mimetype")) || !is_plain_open_xml(&package)
}

/// Whether the main part of a package is XML.
fn is_plain_open_xml(package: &Package) -> bool {
    let Ok(links) = package.relationships(None) else { return false };
    let Some(main) = links.by_word("officeDocument").and_then(|link| package.target(link)) else { return true };
    let declared = package.content_types().ok().and_then(|types| types.of(main).map(str::to_ascii_lowercase));
    main.extension() != "bin" && !declared.is_some_and(|declared| declared.contains("binary"))
}

/// Examines a file in a child process.
pub fn examine_apart(apart: &Apart, source: &Source) -> Examined {
    let answer = ask(apart, &source.name, Arc::clone(&source.bytes));
    answer.unwrap_or_else(|fault| unread_for(&fault, apart.allowance, &source.name, source.sha256()).into())
}

/// Returns the review of a file for which a child gave no answer.
fn unread_for(fault: &Fault, allowance: Allowance, name: &str, sha256: String) -> Review {
    let Allowance { memory, time } = allowance;
    match fault {
        Fault::Process(error) if error.is_out_of_time() => {
            let why = format!("reading it takes more than {time} seconds of computing (limit `time`)");
            unread::too_large(name, sha256, &why)
        }
        // This is what the allocator says before it ends the process.
        Fault::Process(ApartError::Failed { complaint, .. }) if complaint.contains("memory allocation") => {
            let why = format!("reading it takes more than {} MiB of memory (limit `memory`)", memory >> 20);
            unread::too_large(name, sha256, &why)
        }
        Fault::Process(_) | Fault::Answer(_) => unread::unreadable(name, sha256, &fault.to_string()),
    }
}

/// Gives a child the file, and returns its answer.
fn ask(apart: &Apart, name: &str, bytes: Arc<[u8]>) -> Result<Examined, Fault> {
    let mut arguments = apart.arguments.clone();
    arguments.extend(["--name".into(), name.into()]);
    let bounds = Bounds { time: apart.allowance.patience(), answer: MOST_ANSWER };
    let answer = isolate::run_apart(&apart.program, &arguments, bytes, bounds)?;
    let answer: Answer = serde_json::from_slice(&answer).map_err(|error| Fault::Answer(error.to_string()))?;
    if answer.version != VERSION {
        return Err(Fault::Answer(format!("its message is of version {}, not {VERSION}", answer.version)));
    }
    Ok(Examined { review: answer.review.into(), rows: answer.rows })
}

/// What a child is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The name of the file.
    pub name: &'a str,
    /// Whether the rows around findings are gathered.
    pub rows: Rows,
}

/// Limits what this process may use: the child's first step. Where the system can't, the parent's time limit holds.
pub fn limit_this_process(allowance: Allowance) {
    let _memory = isolate::limit_own_memory(allowance.memory);
    let _time = isolate::limit_own_time(allowance.time);
}

/// Examines the file that stands in `input` and writes the message to `output`: the child's side.
pub fn answer(
    settings: &Settings,
    limits: &Limits,
    asked: Asked,
    input: impl Read,
    mut output: impl Write,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.take(limits.file.saturating_add(1)).read_to_end(&mut bytes)?;
    let examined = examine::examine(settings, &Source::new(asked.name, bytes), asked.rows);
    let answer = Answer { version: VERSION, review: examined.review.into(), rows: examined.rows };
    serde_json::to_writer(&mut output, &answer)?;
    output.flush()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::review::Status;

    fn shell(script: &str, time: u64) -> Examined {
        let arguments = vec!["-c".into(), script.into(), "child".into()];
        let apart =
            Apart { program: "/bin/sh".into(), arguments, allowance: Allowance { time, ..Allowance::default() } };
        examine_apart(&apart, &Source::new("a.xls", vec![7; 1 << 20]))
    }

    #[test]
    fn whatever_goes_wrong_with_a_child_is_a_finding_of_its_file() {
        let cases = [
            ("exit 3", 60, "workbook-unreadable", "failed"),
            ("kill -ABRT $$", 60, "workbook-unreadable", "failed"),
            ("echo '{}'", 60, "workbook-unreadable", "no sound answer"),
            (
                "echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$",
                60,
                "workbook-too-large",
                "(limit `memory`)",
            ),
            ("exec sleep 60", 1, "workbook-too-large", "more than 1 seconds"),
            ("kill -XCPU $$", 60, "workbook-too-large", "more than 60 seconds"),
        ];
        for (script, time, rule, message) in cases {
            let review = shell(script, time).review;
            assert_eq!(review.status, Status::Unreadable, "{script}");
            assert_eq!(review.findings[0].rule, rule, "{script}");
            assert!(review.findings[0].message.contains(message), "{script}: {}", review.findings[0].message);
        }
    }

    #[test]
    fn a_child_that_cannot_be_run_is_a_finding() {
        let apart = Apart { program: "/nowhere".into(), arguments: Vec::new(), allowance: Allowance::default() };
        let examined = examine_apart(&apart, &Source::new("a.xls", Vec::new()));
        assert_eq!(examined.review.findings[0].rule, "workbook-unreadable");
    }
}
