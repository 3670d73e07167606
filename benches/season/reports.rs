//! Reports on returns beside bare Typst over the same documents, both on all cores.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use scrutineer::batch::Stop;
use scrutineer::batch::typst::{Job, Typst, TypstOptions};
use scrutineer::document::branding::Branding;
use scrutineer::document::letters::Letters;
use scrutineer::framework::{Framework, builtin};
use scrutineer::ooxml::Limits;
use scrutineer::render::return_report;
use scrutineer::render::typst::{Markup, Renderer, Templates};
use scrutineer::report::Setting;
use scrutineer::review::{Review, Settings, review};

use crate::measure::{Work, side_by_side};
use crate::reading;

/// How many rounds are measured.
const ROUNDS: usize = 3;
/// How many times bare Typst's time our reports may take.
const AIM: f64 = 1.1;
/// When the documents say that they were made, in seconds since the beginning of 1970.
const CREATED: &str = "1767225600";

/// Measures the reports on a season's returns.
pub(crate) fn run() {
    let scratch = tempfile::tempdir().expect("a folder for a moment");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let options = TypstOptions {
        program: None,
        fonts: None,
        processes: cores,
        limit: Duration::from_mins(2),
        created: CREATED.parse().expect("a number"),
        scratch: scratch.path().join("ours"),
    };
    let typst = match Typst::find(options) {
        Ok(typst) => typst,
        Err(error) => return println!("could not {error}: nothing to compare with"),
    };
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let reviews: Vec<Review> = reading::season().iter().map(|source| review(&settings, source)).collect();
    let renderer = Renderer::new(&Templates::default(), Letters::default());
    let folders = write_all(scratch.path(), &documents(&renderer, &frameworks, &reviews));
    println!("{} reports, {cores} at a time", folders.len());
    side_by_side(
        ROUNDS,
        &[
            Work::new("bare typst compile", || compile_all(&folders, cores)),
            Work::at_most(AIM, "our reports", || {
                let job = |(number, document)| Job { name: format!("{number}"), document };
                let jobs: Vec<Job> =
                    documents(&renderer, &frameworks, &reviews).into_iter().enumerate().map(job).collect();
                typst
                    .compile(&jobs, &Stop::default())
                    .into_iter()
                    .map(|made| made.expect("a sound document").len())
                    .sum::<usize>()
            }),
        ],
    );
}

/// Returns the reports as Typst is given them.
fn documents(renderer: &Renderer, frameworks: &[Framework], reviews: &[Review]) -> Vec<Markup> {
    let setting = Setting {
        branding: Branding::default(),
        date: Some(jiff::civil::date(2026, 1, 1)),
        data_date: None,
        letter_date: None,
        letters: Letters::default(),
    };
    let of = |review: &Review| frameworks.iter().find(|framework| Some(&framework.id) == review.framework.as_ref());
    let report = |review: &Review| {
        let framework = of(review).expect("the fixtures are returns of a framework");
        return_report(renderer, &setting, framework, review, None).expect("our own templates fit")
    };
    reviews.iter().map(report).collect()
}

/// Writes each document into a folder of its own.
fn write_all(scratch: &Path, documents: &[Markup]) -> Vec<PathBuf> {
    let write = |(number, document): (usize, &Markup)| {
        let folder = scratch.join(format!("bare-{number}"));
        std::fs::create_dir_all(&folder).expect("a folder for a moment");
        for part in &document.files {
            std::fs::write(folder.join(&part.name), &part.bytes).expect("a file in that folder");
        }
        std::fs::write(folder.join("main.typ"), &document.text).expect("a file in that folder");
        folder
    };
    documents.iter().enumerate().map(write).collect()
}

/// Runs bare Typst over all folders.
fn compile_all(folders: &[PathBuf], processes: usize) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..processes {
            scope.spawn(|| {
                while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                    compile(folder);
                }
            });
        }
    });
}

/// Runs bare Typst over one folder.
fn compile(folder: &Path) {
    let status = Command::new("typst")
        .args(["compile", "--ignore-system-fonts", "--pdf-standard", "ua-1", "--jobs", "1"])
        .args(["--creation-timestamp", CREATED, "main.typ", "out.pdf"])
        .current_dir(folder)
        .status();
    assert!(status.is_ok_and(|status| status.success()), "bare Typst makes {}", folder.display());
}
