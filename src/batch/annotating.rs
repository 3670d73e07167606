//! The senders' own workbooks with our findings in them, written one by one so that memory stays flat.
//!
//! A workbook that can't be annotated (another format, or a package that can't be changed without loss) gets a workbook of
//! findings beside it that says why. The originals are only read.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::Stop;
use super::cache::{Cache, Key};
use super::plan::{Plan, PlannedFile};
use super::store::{self, Content};
use crate::annotated::{AnnotateError, Heading, Signatures, annotate, companion, is_as_handed_out};
use crate::artifact::{Artifact, HandedFile, OutputNames};
use crate::ooxml::Limits;
use crate::review::{self, Review, Status};
use crate::season::Season;
use crate::workbook::{self, Source};

/// Hands out one file, or says why it can't.
pub type HandOut<'a> = &'a (dyn Fn(Artifact) -> Result<HandedFile, String> + Sync);

/// What is said of a file that an ended run didn't come to.
pub(super) const ENDED: &str = "the run was ended before it";

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
#[derive(Clone, Copy)]
pub struct Annotating<'a> {
    /// The files.
    pub plan: &'a Plan,
    /// Their reviews, graded.
    pub season: &'a Season<'a>,
    /// Beyond what a file isn't read.
    pub limits: &'a Limits,
    /// Where they go.
    pub hand_out: HandOut<'a>,
    /// What the copies are called.
    pub names: &'a OutputNames,
    /// What was made before and needn't be made again; `None` makes all.
    pub cache: Option<&'a Cache>,
    /// Whether to end early.
    pub stop: &'a Stop,
}

/// Annotates the returns that could be read; others have nothing to hand back.
/// One that can't be made or written costs that one only.
pub fn annotate_all(job: Annotating) -> Annotations {
    let readable = |review: &&Review| !matches!(review.status, Status::Unreadable | Status::Unrecognised);
    let reviews: Vec<&Review> = job.season.reviews().filter(readable).collect();
    let planned: BTreeMap<&str, &PlannedFile> = job.plan.files.iter().map(|file| (file.name.as_str(), file)).collect();
    let made = reviews.par_iter().filter_map(|review| {
        let planned = planned.get(review.file.as_str())?;
        Some((review.file.clone(), hand_back(job, planned, review)))
    });
    let made: Vec<(String, Result<HandedFile, String>)> = made.collect();
    let mut annotations = Annotations::default();
    for (file, made) in made {
        match made {
            Ok(handed) => {
                annotations.by_return.insert(file, handed.name.clone());
                annotations.handed.push(handed);
            }
            Err(why) => annotations.failed.push((file, why)),
        }
    }
    annotations.handed.sort();
    annotations
}

/// Annotates one workbook and writes it, or says why it couldn't.
fn hand_back(job: Annotating, planned: &PlannedFile, review: &Review) -> Result<HandedFile, String> {
    if job.stop.is_wished() {
        return Err(ENDED.to_owned());
    }
    let review = review.for_sender();
    let heading = Heading::of(&review, job.season.frameworks);
    let make = || {
        let source = source(job, planned, &review)?;
        HandedBack::of(job, &source, &review, &heading).map(HandedBack::into_bytes)
    };
    let bytes = match job.cache {
        Some(cache) => {
            let key = Key::of(&("copy of its kind", &review.sha256, &review.findings, &heading, job.limits));
            cache.kept_or_made(&key, make)?
        }
        None => make()?,
    };
    (job.hand_out)(HandedBack::from(bytes).named(job.names, &planned.name))
}

/// Reads a file again, which must be as it was reviewed.
fn source(job: Annotating, planned: &PlannedFile, review: &Review) -> Result<Source, String> {
    let Content::Whole(bytes) = store::content(&planned.origin, job.limits.file).map_err(|error| error.to_string())?
    else {
        return Err("the file has grown beyond the limit".to_owned());
    };
    let source = Source::new(planned.name.clone(), bytes);
    if source.sha256() != review.sha256 {
        return Err("the file was changed after it had been reviewed; run again".to_owned());
    }
    Ok(source)
}

/// What is handed back to a sender.
enum HandedBack {
    /// The workbook with our notes, and the extension that such a file usually has.
    Copy(Vec<u8>, &'static str),
    /// A workbook of findings, where the sender's own can't be annotated.
    Companion(Vec<u8>),
}

impl HandedBack {
    /// Makes the annotated copy, or the workbook of findings where there can be none.
    fn of(job: Annotating, source: &Source, review: &Review, heading: &Heading) -> Result<Self, String> {
        let findings = &review.findings;
        let opened = source.package(&Limits::default()).map_err(AnnotateError::from);
        match opened.and_then(|package| annotate(&package, findings, heading, Signatures::Keep)) {
            Ok(annotated) => Ok(Self::Copy(annotated.bytes, annotated.extension)),
            Err(refused) => {
                let workbook = workbook::read(source, job.limits).ok();
                let framework = review.framework_among(job.season.frameworks);
                let seen = workbook.map(|workbook| {
                    let private = framework.map(|framework| review::private_of(framework, &workbook));
                    (workbook, private.unwrap_or_default())
                });
                let seen = seen.as_ref().map(|(workbook, private)| (workbook, private));
                let made = companion(seen, findings, heading, &refused.to_string());
                made.map(Self::Companion).map_err(|error| error.to_string())
            }
        }
    }

    /// Returns the file, under the name that goes with the one that was sent.
    fn named(self, names: &OutputNames, sent: &str) -> Artifact {
        match self {
            Self::Copy(bytes, usual) => Artifact { name: names.annotated(sent, usual), bytes },
            Self::Companion(bytes) => Artifact { name: names.companion(sent), bytes },
        }
    }

    /// Returns it as it is kept: what it is stands at the end.
    fn into_bytes(self) -> Vec<u8> {
        let (mut bytes, mark) = match self {
            Self::Copy(bytes, "xlsm") => (bytes, COPY_WITH_MACROS),
            Self::Copy(bytes, _) => (bytes, COPY),
            Self::Companion(bytes) => (bytes, COMPANION),
        };
        bytes.push(mark);
        bytes
    }
}

impl From<Vec<u8>> for HandedBack {
    fn from(mut bytes: Vec<u8>) -> Self {
        match bytes.pop() {
            Some(COMPANION) => Self::Companion(bytes),
            Some(COPY_WITH_MACROS) => Self::Copy(bytes, "xlsm"),
            Some(_) | None => Self::Copy(bytes, "xlsx"),
        }
    }
}

/// What stands at the end of a kept copy.
const COPY: u8 = 0;
/// What stands at the end of a kept copy that is declared as one with macros.
const COPY_WITH_MACROS: u8 = 2;
/// What stands at the end of a kept workbook of findings.
const COMPANION: u8 = 1;

/// Writes a copy into a folder, unless one is there that isn't just as we hand copies out.
///
/// # Errors
/// Where that is so, a link within the folder leads out of it, or it can't be written: the reason.
pub fn unless_worked_in(folder: &Path, artifact: Artifact) -> Result<HandedFile, String> {
    let is_named = !folder.as_os_str().is_empty();
    if let Some(link) = store::link_below(folder, Path::new(&artifact.name)).filter(|_| is_named) {
        return Err(format!(
            "`{}` is a link, which is not followed; name another folder, or take it away",
            link.display()
        ));
    }
    let file = folder.join(&artifact.name);
    if file.exists() && !store::bytes(&file).is_ok_and(|bytes| is_as_handed_out(&bytes)) {
        return Err(format!("`{}` is there already and has been worked in; move it away first", artifact.name));
    }
    let handed = store::handed(&artifact);
    store::write(folder, &[artifact]).map_err(|error| error.to_string())?;
    Ok(handed)
}
