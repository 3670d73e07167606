//! Runs the program as a person does, once a test.

mod cache;
mod check;
mod compare;
#[cfg(unix)]
mod fitting;
mod killed;
mod named;
mod opened;
mod other;
mod outputs;
mod pack_diff;
mod previous;
mod privacy;
mod returned;
mod roster;
mod run;
mod scheme;
mod shard;
mod stopped;
#[cfg(unix)]
mod terminal;
mod waive;
mod watch;
mod written_elsewhere;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::house::{at, files_below};

/// The program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_scrutineer");

/// What a run of the program came to.
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    /// What it wrote to standard output.
    pub(crate) out: String,
    /// What it wrote to standard error.
    pub(crate) err: String,
    /// The files under its folder afterwards.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Run {
    /// Returns what it printed as JSON.
    #[track_caller]
    pub(crate) fn printed(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// Returns what it printed, without its lines' ends.
    pub(crate) fn in_one_line(&self) -> String {
        self.out.split_whitespace().collect::<Vec<&str>>().join(" ")
    }
}

/// The data tables of the samples' season.
static DATA: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let season = at("samples/season").display().to_string();
    let run = Scene::new().run(&["run", &season, "--out", "out", "--only", "data"]);
    assert!(run.files.contains_key("out/data/results.json"), "{}", run.err);
    run.files
});

/// A folder for one run.
pub(crate) struct Scene(tempfile::TempDir);

impl Scene {
    /// Returns an empty folder.
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Puts a file into the folder.
    pub(crate) fn with(self, name: &str, bytes: &[u8]) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Puts a file of the samples into the folder: the first whose path ends so.
    #[track_caller]
    pub(crate) fn with_sample(self, ending: &str, name: &str) -> Self {
        let bytes = fs::read(sample(ending)).unwrap();
        self.with(name, &bytes)
    }

    /// Puts what a run over the samples' season wrote into a folder below.
    pub(crate) fn with_data(self, to: &str) -> Self {
        let name = |name: &str| name.replacen("out", to, 1);
        DATA.iter().fold(self, |scene, (file, bytes)| scene.with(&name(file), bytes))
    }

    /// Returns a path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with_input(arguments, b"")
    }

    /// Runs the program in the folder and gives it standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        ended(&mut self.command(arguments), input, self.0.path())
    }

    /// Runs the program in the folder, with lines of a width.
    pub(crate) fn run_at(&self, width: usize, arguments: &[&str]) -> Run {
        ended(self.command(arguments).env("COLUMNS", width.to_string()), b"", self.0.path())
    }

    /// Returns the program in the folder: it keeps nothing, unless a line says where, and has lines so wide that a sentence stands in one.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(self.0.path()).env_remove("NO_COLOR").env("TERM", "xterm");
        command.env("SCRUTINEER_CACHE", "").env("COLUMNS", "1000");
        command
    }
}

/// Runs a program in a folder until it ends.
fn ended(command: &mut Command, input: &[u8], folder: &Path) -> Run {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        files: contents(folder),
    }
}

/// Returns the sample whose path ends so.
#[track_caller]
fn sample(ending: &str) -> PathBuf {
    let found = files_below(&at("samples/season")).into_iter().find(|file| file.to_str().unwrap().ends_with(ending));
    found.unwrap_or_else(|| panic!("no sample ends in {ending}"))
}

/// Returns the files of a folder by their names.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |file: &Path| file.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files_below(folder).iter().map(|file| (name(file), fs::read(file).unwrap())).collect()
}

/// Returns a JSON file of a run.
#[track_caller]
pub(crate) fn json(run: &Run, name: &str) -> serde_json::Value {
    serde_json::from_slice(run.files.get(name).unwrap_or_else(|| panic!("there is no {name}"))).unwrap()
}
