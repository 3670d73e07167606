//! Packs as people keep them: those shipped, those in `samples`, and what each must tell or come to.

mod bundle;
mod columns;
mod consolidation;
mod dates;
mod first_words;
mod formulas;
mod good;
mod language;
mod lines;
mod long;
mod nouns;
mod open;
mod own_ways;
mod pack;
mod paper;
mod places;
mod promise;
mod reference;
mod rehearsal;
mod review;
mod rival;
mod scheme;
mod shipped;
mod short;
mod typed;
mod values;

use std::fs;
use std::path::{Path, PathBuf};

use scrutineer::finding::{Finding, Findings, Place};
use scrutineer::framework::Framework;
use scrutineer::framework::PackText;

/// Returns the folder of sample packs.
fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/packs")
}

/// Returns the definitions in a folder, each by itself or in a folder of its own, in order of their names.
fn definitions(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(samples().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.map(|path| if path.is_dir() { path.join("framework.toml") } else { path });
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    files
}

/// Reads a pack with the files beside it that it names.
fn pack(path: &Path) -> PackText {
    let text = fs::read_to_string(path).unwrap();
    let beside = |name: Option<String>| name.and_then(|name| fs::read(path.with_file_name(name)).ok());
    let (form, criteria) = (beside(PackText::form_beside(&text)), beside(PackText::criteria_beside(&text)));
    PackText { file: path.file_name().unwrap().to_string_lossy().into_owned(), text, criteria, form }
}

/// Checks a pack and returns what came of it with everything that was said.
fn check(pack: &PackText) -> (Option<Framework>, Vec<Finding>) {
    let mut findings = Findings::default();
    let framework = scrutineer::framework::load(pack, &mut findings);
    (framework, findings.into_sorted())
}

/// Returns the line that a finding names.
fn line(finding: &Finding) -> usize {
    match &finding.place {
        Place::Definition { line, .. } => *line,
        Place::Workbook | Place::Sheet(_) | Place::Cells(..) | Place::Season { .. } => 0,
    }
}
