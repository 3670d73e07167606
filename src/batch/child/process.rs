//! Work done in a child process, so that a reader that aborts or never ends costs one answer and not the run.
//!
//! [`run`] starts a program, hands it bytes and takes bytes back, within a time and a size. A limit on memory is set
//! by the child itself, first thing, with [`limit_own_memory`]: so nothing but safe calls is needed, and the limit is in
//! force before a byte of the input is looked at.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use crate::batch::leaving;

/// How long a child that has said all may take to end.
const FAREWELL: Duration = Duration::from_secs(5);
/// How often a child is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(2);
/// How much of what a child complains about is kept.
const MOST_COMPLAINT: u64 = 4096;

/// How far a child may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// How long it may take.
    pub(super) time: Duration,
    /// How many bytes its answer may have.
    pub(super) answer: u64,
}

/// Why a child gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProcessError {
    /// The program couldn't be started.
    #[error("the program couldn't be started again")]
    Start(#[source] std::io::Error),
    /// It took too long, and was ended.
    #[error("it took longer than {} seconds", .0.as_secs_f64())]
    TimedOut(Duration),
    /// Its answer was too long, and it was ended.
    #[error("its answer was longer than {0} bytes")]
    AnswerTooLong(u64),
    /// It ended without having succeeded.
    #[error("it ended with {status}{}", said(.complaint))]
    Failed {
        /// How it ended.
        status: ExitStatus,
        /// What it said last.
        complaint: String,
    },
    /// Its answer couldn't be taken.
    #[error("its answer couldn't be taken")]
    Answer(#[source] std::io::Error),
}

impl ProcessError {
    /// Whether the time was up: the child was ended by us, or by the system at the limit that it set itself.
    pub(super) fn is_out_of_time(&self) -> bool {
        match self {
            Self::TimedOut(_) => true,
            Self::Failed { status, .. } => ended_by_clock(*status),
            Self::Start(_) | Self::AnswerTooLong(_) | Self::Answer(_) => false,
        }
    }
}

/// Whether the system ended a process because it had computed as long as it might.
#[cfg(unix)]
pub(in crate::batch) fn ended_by_clock(status: ExitStatus) -> bool {
    /// The signal's number, alike on all the systems that Rust's standard library knows a Unix by, but for MIPS.
    const SIGXCPU: i32 = 24;
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(SIGXCPU)
}

/// Whether the system ended a process because it had computed as long as it might; only Unix does.
#[cfg(not(unix))]
pub(in crate::batch) fn ended_by_clock(_status: ExitStatus) -> bool {
    false
}

/// Returns what a child said last, as the end of a sentence.
fn said(complaint: &str) -> String {
    let last = complaint.lines().rfind(|line| !line.trim().is_empty());
    last.map_or_else(String::new, |line| format!(": {}", line.trim()))
}

/// Runs `program` with `arguments`, gives it `input`, and returns its answer.
///
/// What the program doesn't read of the input is no fault: it may know enough early.
pub(super) fn run(
    program: &Path,
    arguments: &[impl AsRef<OsStr>],
    input: impl AsRef<[u8]> + Send + 'static,
    bounds: Bounds,
) -> Result<Vec<u8>, ProcessError> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    on_its_own(&mut command);
    let (mut child, _running) = leaving::start(&mut command).map_err(ProcessError::Start)?;
    let mut stdin = child.stdin.take().ok_or_else(unasked)?;
    // A child that ends early closes its end, which is seen by how it ended. The thread isn't waited for: a grandchild
    // may keep the pipe open without reading it.
    thread::spawn(move || drop(stdin.write_all(input.as_ref())));
    let taken = take(&mut child, bounds);
    if taken.is_err() {
        end(&mut child);
    }
    let (answer, complaint) = taken?;
    let status = farewell(&mut child)?;
    if status.success() { Ok(answer) } else { Err(ProcessError::Failed { status, complaint }) }
}

/// Keeps a key press that ends a run from ending its children: a file in flight is finished.
pub(in crate::batch) fn on_its_own(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _same_elsewhere = command;
}

/// Takes the child's answer, and what it complains about.
fn take(child: &mut Child, bounds: Bounds) -> Result<(Vec<u8>, String), ProcessError> {
    let stdout = child.stdout.take().ok_or_else(unasked)?;
    let stderr = child.stderr.take().ok_or_else(unasked)?;
    let complaints = gather(stderr, MOST_COMPLAINT);
    let answer = match gather(stdout, bounds.answer.saturating_add(1)).recv_timeout(bounds.time) {
        Ok(answer) => answer.map_err(ProcessError::Answer)?,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            return Err(ProcessError::TimedOut(bounds.time));
        }
    };
    if answer.len() as u64 > bounds.answer {
        return Err(ProcessError::AnswerTooLong(bounds.answer));
    }
    // The child has closed its answer; should it leave the other end open, its complaint is done without.
    let complaint = complaints.recv_timeout(FAREWELL).ok().and_then(Result::ok).unwrap_or_default();
    Ok((answer, String::from_utf8_lossy(&complaint).into_owned()))
}

/// Returns the error for a pipe that was asked for and isn't there, which doesn't happen.
fn unasked() -> ProcessError {
    ProcessError::Start(std::io::Error::other("a pipe is missing"))
}

/// Reads at most `most` bytes in a thread of its own.
///
/// The thread isn't waited for: a grandchild may keep the pipe open after the child was ended.
pub(in crate::batch) fn gather(
    pipe: impl Read + Send + 'static,
    most: u64,
) -> std::sync::mpsc::Receiver<Result<Vec<u8>, std::io::Error>> {
    let (sender, receiver) = sync_channel(1);
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = pipe.take(most).read_to_end(&mut bytes);
        // Nobody listens any more once the time is up.
        drop(sender.send(read.map(|_| bytes)));
    });
    receiver
}

/// Waits for a child that has given its answer; ends it where it stays.
fn farewell(child: &mut Child) -> Result<ExitStatus, ProcessError> {
    let glances = FAREWELL.as_millis() / GLANCE.as_millis();
    for _ in 0..glances {
        if let Some(status) = child.try_wait().map_err(ProcessError::Answer)? {
            return Ok(status);
        }
        thread::sleep(GLANCE);
    }
    end(child);
    Err(ProcessError::TimedOut(FAREWELL))
}

/// Ends a child that is on its own, and its own children, where the system knows of them.
pub(in crate::batch) fn end(child: &mut Child) {
    leaving::end_group(child.id());
    // It may have ended by itself meanwhile.
    drop(child.kill());
    drop(child.wait());
}

/// Limits the seconds that this process may compute from now on, where the system can: a child whose parent is gone ends.
#[cfg(unix)]
pub(super) fn limit_own_time(seconds: u64) -> std::io::Result<()> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (_, most) = getrlimit(Resource::RLIMIT_CPU)?;
    setrlimit(Resource::RLIMIT_CPU, seconds.min(most), most)?;
    Ok(())
}

/// Limits the seconds that this process may compute from now on, where the system can: a child whose parent is gone ends.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it is one function on every system")]
pub(super) fn limit_own_time(_seconds: u64) -> std::io::Result<()> {
    Ok(())
}

/// Limits the memory that this process may take from now on, where the system can; elsewhere only time is limited.
#[cfg(unix)]
pub(super) fn limit_own_memory(bytes: u64) -> std::io::Result<()> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let (_, most) = getrlimit(Resource::RLIMIT_AS)?;
    setrlimit(Resource::RLIMIT_AS, bytes.min(most), most)?;
    Ok(())
}

/// Limits the memory that this process may take from now on, where the system can; elsewhere only time is limited.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it is one function on every system")]
pub(super) fn limit_own_memory(_bytes: u64) -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { time: Duration::from_secs(20), answer: 1 << 20 };

    fn shell(script: &str, input: &[u8], bounds: Bounds) -> Result<Vec<u8>, ProcessError> {
        run(Path::new("/bin/sh"), &["-c", script], input.to_vec(), bounds)
    }

    #[test]
    fn what_goes_in_comes_back() {
        let input = vec![b'x'; 700_000];
        assert_eq!(shell("cat", &input, BOUNDS).unwrap(), input);
        assert_eq!(shell("printf done", &input, BOUNDS).unwrap(), b"done");
    }

    #[test]
    fn a_child_that_fails_costs_an_error() {
        let error = shell("echo 'out of memory' >&2; exit 3", b"", BOUNDS).unwrap_err();
        assert_eq!(error.to_string(), "it ended with exit status: 3: out of memory");
        let error = shell("kill -ABRT $$", b"", BOUNDS).unwrap_err();
        assert!(error.to_string().contains("signal: 6"), "{error}");
        let error = run(Path::new("/nowhere/at/all"), &[""; 0], Vec::new(), BOUNDS).unwrap_err();
        assert!(matches!(error, ProcessError::Start(_)), "{error}");
    }

    #[test]
    fn a_child_that_never_ends_is_ended() {
        let bounds = Bounds { time: Duration::from_millis(200), ..BOUNDS };
        let input = vec![b'x'; 700_000];
        for script in ["sleep 60", "exec sleep 60", "while :; do :; done"] {
            let error = shell(script, &input, bounds).unwrap_err();
            assert!(matches!(error, ProcessError::TimedOut(_)), "{script}: {error}");
        }
    }

    #[test]
    fn an_answer_without_end_is_cut_off() {
        let error = shell("yes", b"", Bounds { answer: 10_000, ..BOUNDS }).unwrap_err();
        assert!(matches!(error, ProcessError::AnswerTooLong(10_000)), "{error}");
    }
}
