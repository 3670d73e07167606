//! What was read, by which digest, and what was written: `run.json`.
//!
//! It holds no times, no paths of this computer and nothing of how the work was shared out, so that the same input gives the
//! same bytes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::grading::Grading;
use super::out_folder::MANIFEST;
use super::plan::Ignored;
use super::waiver::Waivers;
use crate::artifact::{Artifact, HandedFile};
use crate::export::results;
use crate::figure::Disclosure;
use crate::finding::Severity;
use crate::framework::{FrameworkId, StepId};
use crate::review::{CellCounts, Review, Status};
use crate::season::Season;
use crate::season::decision::Silenced;
use crate::season::moderation::Draw;

/// The version of the format; a change that breaks readers raises it.
const VERSION: u32 = 1;

/// What was read and what was written.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    schema: u32,
    /// Whether the run was ended: while its outputs are put in their places, each is as it was or as it will be.
    complete: bool,
    tool: Tool,
    frameworks: &'a [FrameworkUsed],
    settings: &'a SettingsUsed,
    counts: Counts,
    cells: CellCounts,
    inputs: Vec<Input<'a>>,
    ignored: &'a [Ignored],
    unprocessed: &'a [String],
    /// What the season's grading of rules leaves out, in order of the files.
    silenced: &'a [Silenced],
    outputs: Vec<Output<'a>>,
    /// What an earlier run wrote and this one didn't make.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<Output<'a>>,
}

/// The program.
#[derive(Debug, Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Default for Tool {
    fn default() -> Self {
        Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// A framework that returns could be of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FrameworkUsed {
    /// Its name.
    pub id: FrameworkId,
    /// Its version.
    pub version: String,
    /// The digest of its pack.
    pub sha256: String,
}

/// What the run was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingsUsed {
    /// The season's title; `None` where nobody gave it one.
    pub title: Option<String>,
    /// The day as of which deadlines are judged; `None` where each return says it.
    pub data_date: Option<String>,
    /// The day of letters; `None` where nobody says it.
    pub letter_date: Option<String>,
    /// The days on which nobody works, beside the bank holidays.
    pub holidays: Vec<String>,
    /// When organisations' steps were done, by organisation as it is compared and step.
    pub done: BTreeMap<String, BTreeMap<StepId, String>>,
    /// The season that it was compared with; `None` where it was with none.
    pub previous: Option<PreviousUsed>,
    /// By what returns are grouped; `None` is by region and all columns of the roster.
    pub group_by: Option<Vec<String>>,
    /// The organisations that agreed to be named with their strengths in what is passed on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared_strengths: Vec<String>,
    /// What small groups may show.
    pub disclosure: Disclosure,
    /// How parts of an organisation make the whole where no return names a rule; `None` leaves it to the framework.
    pub consolidation: Option<String>,
    /// How moderators' returns were drawn.
    pub moderation: Draw,
    /// The digest of what moderators say; `None` where nothing came back.
    pub moderated: Option<String>,
    /// Within how many percentage points of an average assessor one is within tolerance; `None` is the usual.
    pub tolerance: Option<u32>,
    /// Whether senders were also asked about what nearly every return has.
    pub ask_everybody: bool,
    /// The framework that was insisted on; `None` where each return was recognised.
    pub framework: Option<String>,
    /// The least severity that makes the run fail.
    pub fail_on: Option<Severity>,
    /// What the season makes of rules.
    pub rule_status: Grading,
    /// Which findings stand as they are, by the team's decision.
    pub waivers: Waivers,
    /// Beyond what a file isn't read.
    pub limits: BTreeMap<&'static str, u64>,
}

/// An earlier season that a run compares with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PreviousUsed {
    /// How it is called.
    pub season: String,
    /// The digest of its results.
    pub sha256: String,
}

/// How many files there are of each kind; all but the first add up to the first.
#[derive(Debug, Serialize)]
struct Counts {
    files: usize,
    #[serde(flatten)]
    reviewed: BTreeMap<Status, usize>,
    ignored: usize,
    unprocessed: usize,
}

/// A file that was reviewed.
#[derive(Debug, Serialize)]
struct Input<'a> {
    file: &'a str,
    sha256: &'a str,
    status: Status,
    cells: CellCounts,
}

/// A file that was written.
#[derive(Debug, Serialize)]
pub(super) struct Output<'a> {
    pub(super) file: &'a str,
    pub(super) sha256: &'a str,
}

impl<'a> From<&'a HandedFile> for Output<'a> {
    fn from(file: &'a HandedFile) -> Self {
        Self { file: &file.name, sha256: &file.sha256 }
    }
}

/// What a run accounts for.
#[derive(Clone, Copy, Debug)]
pub struct RunRecord<'a> {
    /// The reviews.
    pub season: &'a Season<'a>,
    /// The files that were left out by name.
    pub ignored: &'a [Ignored],
    /// The files that an interrupted run didn't come to.
    pub unprocessed: &'a [String],
    /// The frameworks that returns could be of.
    pub frameworks: &'a [FrameworkUsed],
    /// What the run was asked for.
    pub settings: &'a SettingsUsed,
}

/// Returns the manifest of a run with the given outputs, beside which files of earlier runs stay, as `run.json`.
pub fn manifest(record: RunRecord, outputs: &[HandedFile], earlier: &[HandedFile]) -> Artifact {
    let reviews = || record.season.reviews();
    let manifest = Manifest {
        schema: VERSION,
        complete: true,
        tool: Tool::default(),
        frameworks: record.frameworks,
        settings: record.settings,
        counts: counts(record),
        cells: reviews().map(|review| review.cells).fold(CellCounts::default(), add),
        inputs: reviews().map(input).collect(),
        ignored: record.ignored,
        unprocessed: record.unprocessed,
        silenced: &record.season.decisions.silenced,
        outputs: outputs.iter().map(Output::from).collect(),
        earlier: earlier.iter().map(Output::from).collect(),
    };
    Artifact { name: MANIFEST.to_owned(), bytes: results::pretty(&manifest) }
}

fn counts(record: RunRecord) -> Counts {
    use Status::{Duplicate, Provisional, Scored, Superseded, Unreadable, Unrecognised};
    let all = [Scored, Provisional, Unreadable, Unrecognised, Duplicate, Superseded];
    let mut reviewed: BTreeMap<Status, usize> = all.into_iter().map(|status| (status, 0)).collect();
    for review in record.season.reviews() {
        *reviewed.entry(review.status).or_default() += 1;
    }
    let (ignored, unprocessed) = (record.ignored.len(), record.unprocessed.len());
    Counts { files: record.season.returns.len() + ignored + unprocessed, reviewed, ignored, unprocessed }
}

fn add(a: CellCounts, b: CellCounts) -> CellCounts {
    CellCounts {
        total: a.total + b.total,
        form: a.form + b.form,
        answers: a.answers + b.answers,
        formulas: a.formulas + b.formulas,
        unexpected: a.unexpected + b.unexpected,
    }
}

fn input(review: &Review) -> Input<'_> {
    Input { file: &review.file, sha256: &review.sha256, status: review.status, cells: review.cells }
}
