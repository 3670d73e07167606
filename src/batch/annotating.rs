//! The senders' own workbooks with our findings in them, written one by one so that memory stays flat.
//!
//! A workbook that can't be annotated (another format, or a package that can't be changed without loss) gets a workbook of
//! findings beside it that says why. The originals are only read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

use super::plan::{Plan, PlannedFile};
use super::store::{self, Content, StoreError};
use crate::annotated::{AnnotateError, Heading, Signatures, annotate, companion, is_as_handed_out};
use crate::artifact::{Artifact, annotated_name, companion_name};
use crate::ooxml::Limits;
use crate::review::{Review, Status};
use crate::season::Season;
use crate::workbook::{self, Source};

/// A file that was handed out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandedFile {
    /// Its name within the folder of outputs.
    pub name: String,
    /// The digest of what it holds.
    pub sha256: String,
}

/// What came of annotating.
#[derive(Debug, Default)]
pub struct Annotations {
    /// The files that were written, in order of their names.
    pub handed: Vec<HandedFile>,
    /// The name of the copy or workbook of findings, by the return's file.
    pub by_return: BTreeMap<String, String>,
    /// The workbooks for which none could be made, each with the reason.
    pub failed: Vec<(String, String)>,
}

/// What is to be annotated, and where to.
#[derive(Clone, Copy, Debug)]
pub struct Annotating<'a> {
    /// The files.
    pub plan: &'a Plan,
    /// Their reviews, graded.
    pub season: &'a Season<'a>,
    /// Beyond what a file isn't read.
    pub limits: &'a Limits,
    /// The folder to write to.
    pub out: &'a Path,
    /// What stands before the names: `returns/`.
    pub prefix: &'a str,
    /// What becomes of a file that is there already.
    pub earlier: Earlier,
}

/// What becomes of a file that already has the name of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// It is of an earlier run, and is replaced.
    Replaced,
    /// It is replaced only if it is a copy of ours in which nobody has worked.
    KeptIfWorkedIn,
}

/// Annotates the returns that could be read; others have nothing to hand back.
pub fn annotate_all(job: Annotating) -> Result<Annotations, StoreError> {
    let taken = Mutex::new(BTreeSet::new());
    let readable = |review: &&Review| !matches!(review.status, Status::Unreadable | Status::Unrecognised);
    let reviews: Vec<&Review> = job.season.reviews().filter(readable).collect();
    let planned: BTreeMap<&str, &PlannedFile> = job.plan.files.iter().map(|file| (file.name.as_str(), file)).collect();
    let made = reviews.par_iter().filter_map(|review| {
        let planned = planned.get(review.file.as_str())?;
        Some((review.file.clone(), hand_back(job, planned, review, &taken)))
    });
    let made: Vec<(String, Result<HandedFile, Refusal>)> = made.collect();
    let mut annotations = Annotations::default();
    for (file, made) in made {
        match made {
            Ok(handed) => {
                annotations.by_return.insert(file, handed.name.clone());
                annotations.handed.push(handed);
            }
            Err(Refusal::Failed(file, why)) => annotations.failed.push((file, why)),
            Err(Refusal::Store(error)) => return Err(error),
        }
    }
    annotations.handed.sort();
    Ok(annotations)
}

/// Why nothing was handed back.
enum Refusal {
    /// Neither an annotated copy nor a workbook of findings could be made.
    Failed(String, String),
    /// The file couldn't be written.
    Store(StoreError),
}

/// Annotates one workbook and writes it.
fn hand_back(
    job: Annotating,
    planned: &PlannedFile,
    review: &Review,
    taken: &Mutex<BTreeSet<String>>,
) -> Result<HandedFile, Refusal> {
    let failed = |why: String| Refusal::Failed(review.file.clone(), why);
    let Content::Whole(bytes) =
        store::content(&planned.origin, job.limits.file).map_err(|error| failed(error.to_string()))?
    else {
        return Err(failed("the file has grown beyond the limit".to_owned()));
    };
    let source = Source::new(planned.name.clone(), bytes);
    let mut artifact = artifact(job, &source, review).map_err(failed)?;
    let mut taken = taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !taken.insert(artifact.name.clone()) {
        artifact.name = companion_name(&format!("{}{}.xlsx", job.prefix, planned.name));
        taken.insert(artifact.name.clone());
    }
    drop(taken);
    if job.earlier == Earlier::KeptIfWorkedIn && is_worked_in(&job.out.join(&artifact.name)) {
        return Err(failed(format!("`{}` is there already and has been worked in; move it away first", artifact.name)));
    }
    let handed = HandedFile { name: artifact.name.clone(), sha256: store::digest(&artifact.bytes) };
    store::write(job.out, &[artifact]).map_err(Refusal::Store)?;
    Ok(handed)
}

/// Whether a file is there that isn't just as we hand copies out.
fn is_worked_in(file: &Path) -> bool {
    file.exists() && !store::bytes(file).is_ok_and(|bytes| is_as_handed_out(&bytes))
}

/// Makes the annotated copy, or the workbook of findings where there can be none.
fn artifact(job: Annotating, source: &Source, review: &Review) -> Result<Artifact, String> {
    let heading = Heading::of(review, job.season.frameworks);
    let name = format!("{}{}", job.prefix, source.name);
    let opened = source.package(&Limits::default()).map_err(AnnotateError::from);
    match opened.and_then(|package| annotate(&package, &review.findings, &heading, Signatures::Keep)) {
        Ok(annotated) => Ok(Artifact { name: annotated_name(&name), bytes: annotated.bytes }),
        Err(refused) => {
            let workbook = workbook::read(source, job.limits).ok();
            let bytes = companion(workbook.as_ref(), &review.findings, &heading, &refused.to_string())
                .map_err(|error| error.to_string())?;
            Ok(Artifact { name: companion_name(&name), bytes })
        }
    }
}
