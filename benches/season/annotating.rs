//! Annotated copies beside checking the same workbooks, and beside what `openpyxl` takes to write one comment.

use std::path::{Path, PathBuf};
use std::process::Command;

use scrutineer::annotated::{Heading, Signatures, annotate};
use scrutineer::finding::Finding;
use scrutineer::framework::builtin;
use scrutineer::ooxml::{Limits, Package};
use scrutineer::review::{Review, Settings, review};
use scrutineer::workbook::{self, Source};

use crate::measure::{Work, side_by_side};

/// How many rounds are measured.
const ROUNDS: usize = 11;
/// How many times the time of checking annotating may take.
const AIM: f64 = 1.5;

/// Loads each workbook that is named, adds one comment, saves it, and says in seconds how long that took.
const ONE_COMMENT: &str = r#"
import io, sys, time
from openpyxl import load_workbook
from openpyxl.comments import Comment
start = time.perf_counter()
for path in sys.argv[1:]:
    workbook = load_workbook(path)
    workbook.worksheets[0]["A1"].comment = Comment("Checked.", "scrutineer")
    workbook.save(io.BytesIO())
print(time.perf_counter() - start)
"#;

/// Measures annotating a season.
pub(crate) fn run() {
    let season = samples();
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let check = |source: &Source| review(&settings, source);
    let reviews: Vec<Review> = season.iter().map(check).collect();
    let found: Vec<(Heading, Vec<Finding>)> =
        reviews.iter().map(|review| (Heading::of(review, &frameworks), review.findings.clone())).collect();
    let notes: usize = found.iter().map(|(_, findings)| findings.len()).sum();
    println!("{} workbooks, {notes} findings", season.len());
    let hand_back = |(source, (heading, findings)): (&Source, &(Heading, Vec<Finding>))| {
        let package = Package::open(source.bytes.clone(), &Limits::default()).expect("a sound workbook");
        annotate(&package, findings, heading, Signatures::Keep).expect("a sound workbook").bytes.len()
    };
    side_by_side(
        ROUNDS,
        &[
            Work::new("checking", || season.iter().map(|source| check(source).findings.len()).sum::<usize>()),
            Work::at_most(AIM, "annotating", || season.iter().zip(&found).map(hand_back).sum::<usize>()),
        ],
    );
    match openpyxl(&season) {
        Some(seconds) => println!("{:<28} {:>8.2}ms  for one comment in each", "openpyxl", seconds * 1000.0),
        None => println!("openpyxl isn't there: nothing to compare with"),
    }
}

/// Returns the workbooks of the sample season that can be annotated: their senders made the mistakes that senders make.
fn samples() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/season");
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("a folder of this repository").into_path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "xlsx" || kind == "xlsm"))
        .collect();
    paths.sort();
    let limits = Limits::default();
    let source = |path: PathBuf| {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        Source::new(name, std::fs::read(path).expect("a file of this repository"))
    };
    paths.into_iter().map(source).filter(|source| workbook::read(source, &limits).is_ok()).collect()
}

/// Returns how many seconds openpyxl takes to write one comment into each workbook; `None` where it isn't there.
fn openpyxl(season: &[Source]) -> Option<f64> {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let write = |(number, source): (usize, &Source)| {
        let path = folder.path().join(format!("{number}-{}", source.name));
        std::fs::write(&path, &source.bytes).expect("a file in that folder");
        path
    };
    let paths: Vec<_> = season.iter().enumerate().map(write).collect();
    let mut times: Vec<f64> = (0..3).filter_map(|_| seconds(paths.iter().map(AsRef::as_ref))).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

/// Runs openpyxl once.
fn seconds<'a>(paths: impl Iterator<Item = &'a Path>) -> Option<f64> {
    let told = Command::new("python3").arg("-c").arg(ONE_COMMENT).args(paths).output().ok()?;
    String::from_utf8(told.stdout).ok()?.trim().parse().ok()
}
