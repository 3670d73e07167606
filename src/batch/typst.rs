//! Runs Typst: text in, PDF out, a few processes at a time, each within a time.
//!
//! Nothing of the machine enters a document: the time is given, fonts are Typst's own unless a folder is named, and Typst
//! may read only a folder made for this one document. So the same text gives the same bytes. A document that fails or hangs
//! costs that document only.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::render::typst::Markup;

/// The version that the templates are written for, as major and minor.
const VERSION: (u32, u32) = (0, 15);

/// How long a process is left between two looks whether it has ended.
const LOOK: Duration = Duration::from_millis(5);

/// A Typst that can be used.
#[derive(Clone, Debug)]
pub struct Typst {
    program: PathBuf,
    /// Its version, as it tells it.
    pub version: String,
    /// How it is run.
    pub options: TypstOptions,
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
        let told = Command::new(&program).arg("--version").stdin(Stdio::null()).output().map_err(|_| absent())?;
        let version = version(&String::from_utf8_lossy(&told.stdout)).ok_or_else(absent)?;
        if !is_supported(&version) {
            return Err(TypstError::Version { version });
        }
        Ok(Self { program, version, options })
    }

    /// Removes the scratch folder, where it is empty.
    pub fn clear(&self) {
        // A folder that stays, or that was never needed, does no harm.
        let _ = std::fs::remove_dir(&self.options.scratch);
    }

    /// Makes all documents, in the order of the jobs; each fails for itself.
    pub fn compile(&self, jobs: &[Job]) -> Vec<Result<Vec<u8>, DocumentError>> {
        let next = AtomicUsize::new(0);
        let made = Mutex::new(Vec::with_capacity(jobs.len()));
        let work = || {
            while let Some((at, job)) = take(&next, jobs) {
                let result = self.compile_one(at, job);
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

    /// Makes one document in a folder of its own.
    fn compile_one(&self, at: usize, job: &Job) -> Result<Vec<u8>, DocumentError> {
        let failed = |source| DocumentError::System { name: job.name.clone(), source };
        let folder = self.options.scratch.join(format!("document-{at}"));
        let pdf = folder.join("out.pdf");
        let made = write(&folder, &job.document).map_err(failed).and_then(|()| self.run(&folder, &pdf, job));
        let bytes = made.and_then(|()| read(&pdf).map_err(failed));
        // What stays of a folder is removed with the scratch folder around it.
        let _ = std::fs::remove_dir_all(&folder);
        bytes
    }

    /// Runs Typst over a folder.
    fn run(&self, folder: &Path, pdf: &Path, job: &Job) -> Result<(), DocumentError> {
        let failed = |source| DocumentError::System { name: job.name.clone(), source };
        let mut child = Command::new(&self.program)
            .args(self.arguments(folder, pdf))
            .current_dir(folder)
            .env_remove("TYPST_FONT_PATHS")
            .env_remove("TYPST_FEATURES")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let messages = child.stderr.take();
        let reader = thread::spawn(move || messages.map(all_of).unwrap_or_default());
        let status = wait(&mut child, self.options.limit).map_err(failed)?;
        let Some(status) = status else {
            return Err(DocumentError::TooLong { name: job.name.clone(), seconds: self.options.limit.as_secs() });
        };
        let message = reader.join().unwrap_or_default();
        if status.success() {
            Ok(())
        } else {
            Err(DocumentError::Refused {
                name: job.name.clone(),
                message: job.document.origin.placed(&first_error(&message)),
            })
        }
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

/// Waits for a process to end; `None` where it took too long and was ended.
fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<std::process::ExitStatus>> {
    let looks = limit.as_millis().div_ceil(LOOK.as_millis());
    for _ in 0..looks {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(LOOK);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// Reads all that a process writes.
fn all_of(mut messages: impl Read) -> String {
    let mut bytes = Vec::new();
    // What was read before an error is still worth telling.
    let _ = messages.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
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

    #[test]
    fn the_first_error_is_told() {
        let said = "main.typ:1:2: warning: odd\nmain.typ:3:4: error: unknown variable: x\n";
        assert_eq!(first_error(said), "main.typ:3:4: error: unknown variable: x");
    }
}
