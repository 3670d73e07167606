//! Workbooks whose reader may abort: they are examined in a child process of the same executable.
//!
//! The old binary formats and OpenDocument are read by code that can run out of memory or never end on a file made wrong,
//! and an abort can't be caught. The child limits its own memory and computing time, reads the file's bytes from its input
//! and answers with one versioned message. Whatever goes wrong with it costs one finding of that file.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::examine::{self, Examined, Rows};
use super::unread;
use crate::ooxml::{Limits, Package, PartName};
use crate::review::Settings;
use crate::workbook::Source;

/// The version of the message; parent and child must speak the same.
const VERSION: u32 = 1;
/// The most bytes of an answer that are taken.
const MOST_ANSWER: u64 = 1 << 28;
/// The most bytes of a child's complaints that are taken.
const MOST_COMPLAINT: u64 = 1 << 16;

/// How a child process is run.
#[derive(Clone, Debug)]
pub struct Apart {
    /// The executable.
    pub program: PathBuf,
    /// What makes it a child: the hidden command and its settings.
    pub arguments: Vec<OsString>,
    /// How long it may take.
    pub time: Duration,
}

/// What a child may use.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Bytes of memory.
    pub memory: u64,
    /// Seconds of computing.
    pub seconds: u64,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { memory: 1 << 30, seconds: 60 }
    }
}

/// What a child answers.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    version: u32,
    examined: Examined,
}

/// Why a child gave no answer.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("the process that reads it can't be run: {0}")]
    Process(#[from] io::Error),
    #[error("reading it takes longer than {} seconds", .0.as_secs())]
    TooLong(Duration),
    #[error("reading it takes more memory than it may")]
    TooMuchMemory,
    #[error("the process that reads it ended early ({0})")]
    Ended(ExitStatus),
    #[error("the process that reads it gave no sound answer: {0}")]
    Answer(String),
}

/// Whether a file must be examined apart.
pub fn belongs_apart(bytes: &[u8], limits: &Limits) -> bool {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return true;
    }
    // What can't be opened as a package isn't given to a cell reader at all.
    let Ok(package) = Package::open(bytes, limits) else { return false };
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
    match ask(apart, source) {
        Ok(examined) => examined,
        Err(fault @ (Fault::TooLong(_) | Fault::TooMuchMemory)) => unread::too_large(source, &fault.to_string()).into(),
        Err(fault @ (Fault::Process(_) | Fault::Ended(_) | Fault::Answer(_))) => {
            unread::unreadable(source, &fault.to_string()).into()
        }
    }
}

/// Gives a child the file, and returns its answer.
fn ask(apart: &Apart, source: &Source) -> Result<Examined, Fault> {
    let mut command = Command::new(&apart.program);
    command.args(&apart.arguments).arg("--name").arg(&source.name);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    on_its_own(&mut command);
    let mut child = command.spawn()?;
    let said = converse(&mut child, &source.bytes, apart.time)?;
    if !said.status.success() {
        let memory = String::from_utf8_lossy(&said.complaint).contains("memory allocation");
        return Err(if memory { Fault::TooMuchMemory } else { Fault::Ended(said.status) });
    }
    let answer: Answer = serde_json::from_slice(&said.answer).map_err(|error| Fault::Answer(error.to_string()))?;
    if answer.version != VERSION {
        return Err(Fault::Answer(format!("its message is of version {}, not {VERSION}", answer.version)));
    }
    Ok(answer.examined)
}

/// Keeps a key press that ends the run from ending the child, whose file is in flight and is finished.
fn on_its_own(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _same_on_other_systems = command;
}

/// What a child said.
struct Said {
    answer: Vec<u8>,
    complaint: Vec<u8>,
    status: ExitStatus,
}

/// Writes the file to the child and reads what it says, for so long as it may take.
fn converse(child: &mut Child, bytes: &[u8], time: Duration) -> Result<Said, Fault> {
    let mut input = child.stdin.take().expect("the child's input is a pipe");
    let output = child.stdout.take().expect("the child's output is a pipe");
    let errors = child.stderr.take().expect("the child's errors are a pipe");
    thread::scope(|scope| {
        // A child that ends early closes its input; how it ended says why.
        scope.spawn(move || input.write_all(bytes).ok());
        let complaint = scope.spawn(move || all_of(errors, MOST_COMPLAINT));
        let (tell, told) = mpsc::channel();
        scope.spawn(move || tell.send(all_of(output, MOST_ANSWER)).ok());
        let Ok(answer) = told.recv_timeout(time) else {
            child.kill()?;
            child.wait()?;
            return Err(Fault::TooLong(time));
        };
        let status = child.wait()?;
        Ok(Said { answer, complaint: complaint.join().unwrap_or_default(), status })
    })
}

/// Reads to the end, but no more than `most` bytes; what comes before a fault counts.
fn all_of(stream: impl Read, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _read = stream.take(most).read_to_end(&mut bytes);
    bytes
}

/// What a child is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The name of the file.
    pub name: &'a str,
    /// Whether the rows around findings are gathered.
    pub rows: Rows,
}

/// Examines the file that stands in `input` and writes the message to `output`: the child's side.
pub fn answer(
    settings: &Settings,
    limits: &Limits,
    asked: Asked,
    input: impl Read,
    mut output: impl Write,
) -> io::Result<()> {
    let mut source = Source { name: asked.name.to_owned(), bytes: Vec::new() };
    input.take(limits.file.saturating_add(1)).read_to_end(&mut source.bytes)?;
    let examined = examine::examine(settings, limits, &source, asked.rows);
    serde_json::to_writer(&mut output, &Answer { version: VERSION, examined })?;
    output.flush()
}

/// Limits what this process may use; where the system can't, only the parent's time limit holds.
pub fn limit_this_process(allowance: Allowance) {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, setrlimit};
        // A limit that can't be set leaves the parent's time limit.
        let _memory = setrlimit(Resource::RLIMIT_AS, allowance.memory, allowance.memory);
        let _seconds = setrlimit(Resource::RLIMIT_CPU, allowance.seconds, allowance.seconds);
        let _core = setrlimit(Resource::RLIMIT_CORE, 0, 0);
    }
    #[cfg(not(unix))]
    let _unlimited = allowance;
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::review::Status;

    fn shell(script: &str, time: Duration) -> Examined {
        let apart =
            Apart { program: "/bin/sh".into(), arguments: vec!["-c".into(), script.into(), "child".into()], time };
        examine_apart(&apart, &Source { name: "a.xls".to_owned(), bytes: vec![7; 1 << 20] })
    }

    #[test]
    fn whatever_goes_wrong_with_a_child_is_a_finding_of_its_file() {
        let minute = Duration::from_secs(60);
        let cases = [
            ("exit 3", minute, "workbook-unreadable", "ended early"),
            ("kill -ABRT $$", minute, "workbook-unreadable", "ended early"),
            ("echo '{}'", minute, "workbook-unreadable", "no sound answer"),
            ("echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$", minute, "workbook-too-large", "memory"),
            ("exec sleep 60", Duration::from_millis(50), "workbook-too-large", "longer than"),
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
        let apart = Apart { program: "/nowhere".into(), arguments: Vec::new(), time: Duration::from_secs(9) };
        let examined = examine_apart(&apart, &Source { name: "a.xls".to_owned(), bytes: Vec::new() });
        assert_eq!(examined.review.findings[0].rule, "workbook-unreadable");
    }
}
