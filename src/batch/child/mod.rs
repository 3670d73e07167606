//! Workbooks whose reader may abort: they are reviewed in a child process of the same executable.
//!
//! The old binary formats and those of other programs are read by code that can run out of memory or never end on a file made wrong,
//! and an abort can't be caught. The child limits its own memory and computing time, reads the file's bytes from its input
//! and answers with one versioned message. Whatever goes wrong with it costs one finding of that file.

mod needed;
pub(in crate::batch) mod process;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cells::{self, TOO_LARGE, Unread, WorkbookCells};
use super::review_file::{self, ReviewedFile, Rows, WholeFile};
use super::unread;
use crate::ooxml::Limits;
use crate::review::{Review, Settings};
use crate::workbook::Source;
use process::{Bounds, ProcessError};

pub(super) use needed::is_needed;

/// The version of the message; parent and child must speak the same.
const VERSION: u32 = 3;
/// The most bytes of an answer that are taken.
const MOST_ANSWER: u64 = 1 << 28;

/// What a child may use; both have names by which messages tell them and settings set them, `memory` and `time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
pub struct Child {
    /// The executable.
    pub program: PathBuf,
    /// What makes it a child: the hidden command and its settings.
    pub arguments: Vec<OsString>,
    /// What it may use.
    pub allowance: Allowance,
}

/// What a child answers.
#[derive(Debug, Serialize, Deserialize)]
struct Answer<T> {
    version: u32,
    content: T,
}

/// Why a child gave no answer.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("the process that reads it failed: {0}")]
    Process(#[from] ProcessError),
    #[error("the process that reads it gave no sound answer: {0}")]
    Answer(String),
}

/// Reviews a file in a child process.
pub fn review_in(child: &Child, source: &Source) -> ReviewedFile {
    match ask::<WholeFile>(child, &[], source) {
        Ok(whole) => whole.into(),
        Err(fault) => unread_for(&fault, child.allowance, &source.name, source.sha256()).into(),
    }
}

/// Reads all cells of a file in a child process.
pub fn cells_in(child: &Child, source: &Source) -> Result<WorkbookCells, Unread> {
    let answer: Result<Result<WorkbookCells, Unread>, Fault> = ask(child, &["--cells".into()], source);
    answer.unwrap_or_else(|fault| {
        let too_much = fault.too_much(child.allowance);
        Err(too_much.map_or_else(|| Unread::new("failed", fault.to_string()), |why| Unread::new(TOO_LARGE, why)))
    })
}

/// Returns the review of a file for which a child gave no answer.
fn unread_for(fault: &Fault, allowance: Allowance, name: &str, sha256: String) -> Review {
    match fault.too_much(allowance) {
        Some(why) => unread::too_large(name, sha256, &why),
        None => unread::unreadable(name, sha256, &fault.to_string()),
    }
}

impl Fault {
    /// Says what a child used more of than it may; `None` where something else went wrong.
    fn too_much(&self, allowance: Allowance) -> Option<String> {
        let Allowance { memory, time } = allowance;
        match self {
            Self::Process(error) if error.is_out_of_time() => {
                Some(format!("reading it takes more than {time} seconds of computing (limit `time`)"))
            }
            // This is what the allocator says before it ends the process.
            Self::Process(ProcessError::Failed { complaint, .. }) if complaint.contains("memory allocation") => {
                Some(format!("reading it takes more than {} MiB of memory (limit `memory`)", memory >> 20))
            }
            Self::Process(_) | Self::Answer(_) => None,
        }
    }
}

/// Gives a child the file, and returns its answer; `more` is what it is asked beside its usual arguments.
fn ask<T: DeserializeOwned>(child: &Child, more: &[OsString], source: &Source) -> Result<T, Fault> {
    let mut arguments = child.arguments.clone();
    arguments.extend(more.iter().cloned());
    arguments.extend(["--name".into(), (&*source.name).into()]);
    let bounds = Bounds { time: child.allowance.patience(), answer: MOST_ANSWER };
    let answer = process::run(&child.program, &arguments, Arc::clone(&source.bytes), bounds)?;
    let answer: Answer<T> = serde_json::from_slice(&answer).map_err(|error| Fault::Answer(error.to_string()))?;
    if answer.version != VERSION {
        return Err(Fault::Answer(format!("its message is of version {}, not {VERSION}", answer.version)));
    }
    Ok(answer.content)
}

/// What a child is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The name of the file.
    pub name: &'a str,
    /// What is wanted of it.
    pub wanted: Wanted,
}

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Its review, with the rows around findings or without.
    Review(Rows),
    /// All its cells.
    Cells,
}

/// Limits what this process may use: the child's first step. Where the system can't, the parent's time limit holds.
pub fn limit_this_process(allowance: Allowance) {
    let _memory = process::limit_own_memory(allowance.memory);
    let _time = process::limit_own_time(allowance.time);
}

/// Reads the file that stands in `input` and writes the message to `output`: the child's side.
pub fn answer(
    settings: &Settings,
    limits: &Limits,
    request: Request,
    input: impl Read,
    mut output: impl Write,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.take(limits.file.saturating_add(1)).read_to_end(&mut bytes)?;
    let source = Source::new(request.name, bytes);
    match request.wanted {
        Wanted::Review(rows) => {
            say(&mut output, WholeFile::from(review_file::review_file(settings, &source, rows)))?;
        }
        Wanted::Cells => say(&mut output, cells::read_here(settings, limits, &source))?,
    }
    output.flush()
}

/// Writes a message.
fn say(output: impl Write, content: impl Serialize) -> io::Result<()> {
    Ok(serde_json::to_writer(output, &Answer { version: VERSION, content })?)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::review::Status;

    fn shell(script: &str, time: u64) -> ReviewedFile {
        let arguments = vec!["-c".into(), script.into(), "child".into()];
        let child =
            Child { program: "/bin/sh".into(), arguments, allowance: Allowance { time, ..Allowance::default() } };
        review_in(&child, &Source::new("a.xls", vec![7; 1 << 20]))
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
        let child = Child { program: "/nowhere".into(), arguments: Vec::new(), allowance: Allowance::default() };
        let reviewed = review_in(&child, &Source::new("a.xls", Vec::new()));
        assert_eq!(reviewed.review.findings[0].rule, "workbook-unreadable");
    }
}
