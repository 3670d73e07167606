//! Runs Typst: text in, PDF out, a few processes at a time, each within a time.
//!
//! Nothing of the machine enters a document: the time is given, fonts are Typst's own unless a folder is named, the environment is
//! empty, and Typst may read only a folder made for this one document. So the same text gives the same bytes. A document that fails or hangs
//! costs that document only.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::annotating::ENDED;
use super::cache::{Cache, Key};
use super::child::process::{end, ended_by_clock, gather, on_its_own};
use super::{Stop, leaving};
use crate::render::typst::Markup;

/// The version that the templates are written for, as major and minor.
const VERSION: (u32, u32) = (0, 15);

/// How long a process is left between two looks whether it has ended.
const LOOK: Duration = Duration::from_millis(5);
/// How many bytes of memory a process may take.
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 4 << 30;
/// How long a program may take to say its version.
const ANSWER: Duration = Duration::from_secs(10);
/// How many bytes of what a process says are read.
const MOST_SAID: u64 = 1 << 16;
/// How long the last of what an ended process said may take to come.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// What of the environment a process gets: where programs are found, and the system itself on Windows.
const ENVIRONMENT: [&str; 2] = ["PATH", "SystemRoot"];

/// A Typst that can be used.
#[derive(Clone, Debug)]
pub struct Typst {
    program: PathBuf,
    /// Its version, as it tells it.
    pub version: String,
    /// How it is run.
    pub options: TypstOptions,
    /// What was made before and needn't be made again; `None` makes all.
    cache: Option<Cache>,
}

/// How Typst is run.
#[derive(Clone, Debug)]
pub struct TypstOptions {
    /// The program; `None` is the `typst` on the search path.
    pub program: Option<PathBuf>,
    /// A folder of fonts beside Typst's own.
    pub fonts: Option<PathBuf>,
    /// How many run at a time.
    pub processes: usize,
    /// How long one may take.
    pub limit: Duration,
    /// The time that documents carry, in seconds since the beginning of 1970.
    pub created: i64,
    /// The folder in which each document gets a folder of its own, removed afterwards.
    pub scratch: PathBuf,
}

/// A document to be made.
#[derive(Clone, Debug)]
pub struct Job {
    /// Whose it is, for messages: the return's file.
    pub name: String,
    /// The document.
    pub document: Markup,
}

/// Why there is no Typst to use.
#[derive(Debug, thiserror::Error)]
pub enum TypstError {
    /// There is none.
    #[error("find Typst ({program}), which makes the PDF reports; {GET}")]
    Absent {
        /// What was tried.
        program: String,
    },
    /// It is another version.
    #[error("use Typst {version}, because the reports need 0.15; {GET}")]
    Version {
        /// Its version.
        version: String,
    },
}

/// How Typst is got.
pub const GET: &str = "get it by `cargo install --locked typst-cli`, `winget install --id Typst.Typst`, `brew install typst`, \
     or your distribution's package `typst`";

/// Why one document couldn't be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Typst says that something in it is wrong.
    #[error("make the report on {name}: {message}")]
    Refused {
        /// Whose report.
        name: String,
        /// What Typst says.
        message: String,
    },
    /// It took too long.
    #[error("make the report on {name} within {seconds} seconds")]
    TooLong {
        /// Whose report.
        name: String,
        /// The limit.
        seconds: u64,
    },
    /// The run was ended before it was done.
    #[error("make the report on {name}, because the run was ended before it")]
    Ended {
        /// Whose report.
        name: String,
    },
    /// A file or the process itself failed.
    #[error("make the report on {name}")]
    System {
        /// Whose report.
        name: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}

impl DocumentError {
    /// Returns why, without saying whose report it is: what several have in common is told once.
    pub fn why(&self) -> String {
        match self {
            Self::Refused { message, .. } => message.clone(),
            Self::TooLong { seconds, .. } => format!("Typst wasn\u{2019}t done within {seconds} seconds"),
            Self::Ended { .. } => ENDED.to_owned(),
            Self::System { source, .. } => source.to_string(),
        }
    }
}

/// Returns a program so that it is found from every folder: a name alone is sought on the search path, a path from here.
fn findable(program: &Path) -> std::io::Result<PathBuf> {
    let is_name = program.components().count() == 1 && program.is_relative();
    if is_name { Ok(program.to_owned()) } else { std::path::absolute(program) }
}

impl Typst {
    /// Finds Typst and checks its version.
    pub fn find(options: TypstOptions) -> Result<Self, TypstError> {
        let named = options.program.clone().unwrap_or_else(|| PathBuf::from("typst"));
        let absent = || TypstError::Absent { program: named.display().to_string() };
        let program = findable(&named).map_err(|_| absent())?;
        let version = asked(&program).as_deref().and_then(version).ok_or_else(absent)?;
        if !is_supported(&version) {
            return Err(TypstError::Version { version });
        }
        Ok(Self { program, version, options, cache: None })
    }

    /// Takes what was made before, and keeps what it makes. With fonts of others nothing is kept, since nobody knows when they change.
    #[must_use]
    pub fn keeping(self, cache: Option<Cache>) -> Self {
        Self { cache: cache.filter(|_| self.options.fonts.is_none()), ..self }
    }

    /// Makes all documents, in the order of the jobs; each fails for itself. After a wish to stop none is begun.
    pub fn compile(&self, jobs: &[Job], stop: &Stop) -> Vec<Result<Vec<u8>, DocumentError>> {
        let next = AtomicUsize::new(0);
        let made = Mutex::new(Vec::with_capacity(jobs.len()));
        let work = || {
            while let Some((at, job)) = take(&next, jobs) {
                let result = if stop.is_wished() { Err(job.ended()) } else { self.kept_or_compiled(at, job, stop) };
                made.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
            }
        };
        thread::scope(|scope| {
            for _ in 0..self.options.processes.clamp(1, jobs.len().max(1)) {
                scope.spawn(work);
            }
        });
        let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        made.sort_by_key(|(at, _)| *at);
        made.into_iter().map(|(_, result)| result).collect()
    }

    /// Returns one document as it was made before, else makes it.
    fn kept_or_compiled(&self, at: usize, job: &Job, stop: &Stop) -> Result<Vec<u8>, DocumentError> {
        let make = || self.compile_one(at, job, stop);
        let Some(cache) = &self.cache else { return make() };
        let Markup { text, files, .. } = &job.document;
        cache.kept_or_made(&Key::of(&("document", &self.version, self.options.created, text, files)), make)
    }

    /// Makes one document in a folder of its own.
    fn compile_one(&self, at: usize, job: &Job, stop: &Stop) -> Result<Vec<u8>, DocumentError> {
        let failed = |source| DocumentError::System { name: job.name.clone(), source };
        let folder = self.options.scratch.join(format!("document-{at}"));
        let pdf = folder.join("out.pdf");
        let made = write(&folder, &job.document).map_err(failed).and_then(|()| self.run(&folder, &pdf, (job, stop)));
        let bytes = made.and_then(|()| read(&pdf).map_err(failed));
        // What stays of a folder is removed with the scratch folder around it.
        let _ = std::fs::remove_dir_all(&folder);
        bytes
    }

    /// Runs Typst over a folder.
    fn run(&self, folder: &Path, pdf: &Path, (job, stop): (&Job, &Stop)) -> Result<(), DocumentError> {
        let failed = |source| DocumentError::System { name: job.name.clone(), source };
        let (mut child, _running) = leaving::start(&mut self.command(folder, pdf)).map_err(failed)?;
        bound(&child, self.options.limit);
        let messages = child.stderr.take().map(|pipe| gather(pipe, MOST_SAID));
        let too_long = || DocumentError::TooLong { name: job.name.clone(), seconds: self.options.limit.as_secs() };
        match wait(&mut child, self.options.limit, stop).map_err(failed)? {
            None if stop.is_wished() => Err(job.ended()),
            None => Err(too_long()),
            Some(status) if status.success() => Ok(()),
            Some(status) if ended_by_clock(status) => Err(too_long()),
            Some(_) => {
                let said = messages.and_then(|said| said.recv_timeout(LAST_WORDS).ok()).and_then(Result::ok);
                let message = first_error(&String::from_utf8_lossy(&said.unwrap_or_default()));
                Err(DocumentError::Refused { name: job.name.clone(), message: job.document.origin.placed(&message) })
            }
        }
    }

    /// Returns the process that makes a document of what lies in a folder.
    fn command(&self, folder: &Path, pdf: &Path) -> Command {
        let mut command = apart(&self.program);
        command.args(self.arguments(folder, pdf)).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Returns Typst's arguments.
    fn arguments(&self, folder: &Path, pdf: &Path) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = [
            "compile",
            "--ignore-system-fonts",
            "--pdf-standard",
            "ua-1",
            "--diagnostic-format",
            "short",
            "--jobs",
            "1",
        ]
        .map(OsString::from)
        .to_vec();
        arguments.extend(["--creation-timestamp".into(), self.options.created.to_string().into()]);
        arguments.extend(["--root".into(), folder.into()]);
        if let Some(fonts) = &self.options.fonts {
            arguments.extend(["--font-path".into(), fonts.into()]);
        }
        arguments.extend([folder.join("main.typ").into(), pdf.into()]);
        arguments
    }
}

/// Returns a program that gets next to nothing of this one's surroundings.
fn apart(program: &Path) -> Command {
    let environment = ENVIRONMENT.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
    let mut command = Command::new(program);
    command.env_clear().envs(environment).stdin(Stdio::null());
    on_its_own(&mut command);
    command
}

/// Asks a program for its version; `None` where it gives no answer in time.
fn asked(program: &Path) -> Option<String> {
    let mut command = apart(program);
    command.arg("--version").stdout(Stdio::piped()).stderr(Stdio::null());
    let (mut child, _running) = leaving::start(&mut command).ok()?;
    let told = child.stdout.take().map(|pipe| gather(pipe, MOST_SAID))?;
    wait(&mut child, ANSWER, &Stop::default()).ok().flatten()?;
    let told = told.recv_timeout(LAST_WORDS).ok()?.ok()?;
    Some(String::from_utf8_lossy(&told).into_owned())
}

impl Job {
    /// Returns the error where the run is ended before the document is there.
    fn ended(&self) -> DocumentError {
        DocumentError::Ended { name: self.name.clone() }
    }
}

/// Takes the next job.
fn take<'a>(next: &AtomicUsize, jobs: &'a [Job]) -> Option<(usize, &'a Job)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(at).map(|job| (at, job))
}

/// Returns the version in what Typst tells: "typst 0.15.1 (unknown commit)".
fn version(told: &str) -> Option<String> {
    let mut words = told.split_whitespace();
    (words.next()? == "typst").then(|| words.next().map(ToOwned::to_owned))?
}

/// Whether the templates are written for this version.
fn is_supported(version: &str) -> bool {
    let mut parts = version.split(['.', '-']).map(str::parse::<u32>);
    matches!((parts.next(), parts.next()), (Some(Ok(major)), Some(Ok(minor))) if (major, minor) == VERSION)
}

/// Limits what a process may compute and take, where the system can: so it ends too where nobody waits for it any longer. What it is made to
/// do by a document takes a hundredth of this.
#[cfg(target_os = "linux")]
fn bound(child: &Child, limit: Duration) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let seconds = limit.as_secs().max(1);
    // Between the two the system ends a process by a signal that says why.
    let limits = [(Resource::Cpu, seconds, seconds + 1), (Resource::As, MOST_MEMORY, MOST_MEMORY)];
    for (resource, current, maximum) in limits {
        // A process that has ended already needs no limit.
        let _gone =
            prlimit(Some(Pid::from_child(child)), resource, Rlimit { current: Some(current), maximum: Some(maximum) });
    }
}

/// Limits what a process may compute and take; only Linux lets its parent.
#[cfg(not(target_os = "linux"))]
fn bound(_child: &Child, _limit: Duration) {}

/// Waits for a process to end; `None` where it took too long, or the end is wished for, and it was ended: a document is made again in no time.
fn wait(child: &mut Child, limit: Duration, stop: &Stop) -> std::io::Result<Option<ExitStatus>> {
    let looks = limit.as_millis().div_ceil(LOOK.as_millis());
    for _ in 0..looks {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if stop.is_wished() {
            break;
        }
        thread::sleep(LOOK);
    }
    end(child);
    Ok(None)
}

/// Returns Typst's first error, which the others follow from.
fn first_error(message: &str) -> String {
    let errors = message.lines().filter(|line| line.contains("error"));
    errors.map(str::trim).next().unwrap_or("Typst ended without saying why").to_owned()
}

/// Writes a document and its parts into a new folder.
#[expect(clippy::disallowed_methods, reason = "Typst reads files; nobody else sees this folder")]
fn write(folder: &Path, document: &Markup) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for part in &document.files {
        std::fs::write(folder.join(&part.name), &part.bytes)?;
    }
    std::fs::write(folder.join("main.typ"), &document.text)
}

/// Reads what Typst made.
#[expect(clippy::disallowed_methods, reason = "Typst writes files; nobody else sees this folder")]
fn read(pdf: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::read(pdf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_version_of_the_templates_is_used() {
        let cases = [
            ("typst 0.15.1 (unknown commit)", Some("0.15.1"), true),
            ("typst 0.15.0-rc.1 (abc)", Some("0.15.0-rc.1"), true),
            ("typst 0.14.2", Some("0.14.2"), false),
            ("typst 1.15.0", Some("1.15.0"), false),
            ("something else", None, false),
            ("", None, false),
        ];
        for (told, expected, supported) in cases {
            let version = version(told);
            assert_eq!(version.as_deref(), expected, "{told}");
            assert_eq!(version.is_some_and(|version| is_supported(&version)), supported, "{told}");
        }
    }

    /// Returns what a program says in the place of Typst, a line of a shell that is asked for a document.
    #[cfg(target_os = "linux")]
    #[expect(clippy::disallowed_methods, reason = "a test writes the program that it runs")]
    fn said(script: &str, limit: Duration) -> String {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("typst");
        let text = format!("#!/bin/sh\n[ \"$1\" = --version ] && echo typst 0.15.1 && exit\n{script}\n");
        std::fs::write(&program, text).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let options = TypstOptions {
            program: Some(program),
            fonts: None,
            processes: 1,
            limit,
            created: 0,
            scratch: folder.path().join("scratch"),
        };
        let document =
            Markup { text: String::new(), origin: crate::render::typst::Origin::default(), files: Vec::new() };
        let jobs = [Job { name: "report".to_owned(), document }];
        let made = Typst::find(options).unwrap().compile(&jobs, &Stop::default());
        made.into_iter().next().unwrap().unwrap_err().to_string()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_typst_may_compute_and_take_is_limited_whoever_waits_for_it() {
        let said = said("sleep 0.3; echo \"error: $(ulimit -t) $(ulimit -v)\" >&2; exit 1", Duration::from_secs(7));
        assert!(said.contains(&format!("error: 7 {}", MOST_MEMORY / 1024)), "{said}");
    }

    #[test]
    fn the_first_error_is_told() {
        let said = "main.typ:1:2: warning: odd\nmain.typ:3:4: error: unknown variable: x\n";
        assert_eq!(first_error(said), "main.typ:3:4: error: unknown variable: x");
    }
}
