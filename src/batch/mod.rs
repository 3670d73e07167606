//! Many files: all are reviewed in parallel, then reduced in order.
//!
//! Only this module touches files, threads and processes. [`pattern`] puts names with `*` in full; [`Plan`] says which files; [`run`] reviews them with its own
//! threads and gives back the reviews in the plan's order, so that the number of threads changes nothing; [`season`] puts them
//! together and makes the outputs, all in one call; [`object_storage`] copies folders from there and back; [`store`] reads and writes; [`watching`] says what was saved meanwhile; [`manifest`] accounts for all that was read and written. The bytes of a file are dropped as soon as it is
//! reviewed.

pub mod annotating;
mod answers;
pub mod apart;
mod beside;
pub mod cache;
pub mod cells;
pub mod child;
pub mod event;
pub mod grading;
pub mod keeping;
mod lasting;
pub mod leaving;
pub mod manifest;
mod manifest_told;
pub mod object_storage;
pub mod out_folder;
pub mod part_run;
pub mod pattern;
pub mod plan;
mod read_me;
mod republished;
pub mod reporting;
pub mod review_file;
pub mod season;
pub mod shard;
pub mod since;
mod stop;
pub mod store;
pub mod typst;
pub mod waiver;
pub mod watching;
mod unread;
mod within;

use std::num::NonZeroUsize;

use rayon::prelude::*;

pub use annotating::{Annotating, Annotations, HandOut, annotate_all, unless_worked_in};
pub use child::{Allowance, Child};
pub use event::Event;
pub use keeping::Keeping;
pub use plan::Plan;
pub use reporting::{Reporting, Reports, report_all};
pub use review_file::{ReviewedFile, Rows, SheetRow};
pub use stop::Stop;
pub use within::Within;

use crate::artifact::Artifact;
use crate::export::table::TableError;
use crate::export::{results, table};
use crate::ooxml::{Limit, Limits};
use crate::review::Settings;
use crate::season::Season;
use crate::statistics::Statistics;
use crate::statistics::trace::Figures;
use crate::statistics::verdict::Verdicts;
use crate::workbook::Source;
use cells::{Unread, WorkbookCells};
use event::while_telling;
use plan::{Ignored, PlannedFile};
use store::{Content, Origin, Refusal};

/// The folder within the outputs for what may be passed on.
pub const PUBLISHED: &str = "published/";
/// The folder within the outputs for what is handed back.
pub const RETURNS: &str = "returns/";

/// The stack of a reviewing thread in bytes.
const STACK: usize = 8 << 20;
/// What the names of reviewing threads begin with.
pub const THREAD: &str = "review-";

/// What is to be done.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a, 'f> {
    /// Which files.
    pub plan: &'a Plan,
    /// What they are reviewed with.
    pub settings: &'a Settings<'f>,
    /// Beyond what a file isn't read.
    pub limits: &'a Limits,
    /// How many at a time.
    pub threads: NonZeroUsize,
    /// How files are reviewed whose reader may abort; `None` reviews them in this process.
    pub child: Option<&'a Child>,
    /// Whether the rows around findings are gathered.
    pub rows: Rows,
    /// What was made before and needn't be made again; `None` makes all.
    pub keeping: Option<Keeping<'a>>,
    /// Whether to end early.
    pub stop: &'a Stop,
}

#[cfg(test)]
impl<'a, 'f> Job<'a, 'f> {
    /// Returns a job of one thread in this process, which keeps nothing.
    fn plain(plan: &'a Plan, settings: &'a Settings<'f>, limits: &'a Limits, stop: &'a Stop) -> Self {
        let (threads, rows) = (NonZeroUsize::MIN, Rows::LeftOut);
        Self { plan, settings, limits, threads, child: None, rows, keeping: None, stop }
    }
}

impl<'a> Job<'a, '_> {
    /// Returns how a file is read in a process of its own; `None` where it is read in this one.
    fn child_for(&self, source: &Source) -> Option<&'a Child> {
        self.child.filter(|_| child::is_needed(source, self.limits))
    }
}

/// What came of it.
#[derive(Debug)]
pub struct RunResult {
    /// The files that were reviewed, in the plan's order.
    pub reviewed: Vec<ReviewedFile>,
    /// The names of those that weren't, because the run was ended early.
    pub unprocessed: Vec<String>,
    /// The workbooks of findings that came back and whose answers stand beside the findings of the returns.
    pub taken_in: Vec<Ignored>,
}

/// Why a run as a whole couldn't be done.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The system gives no threads.
    #[error("no threads can be started")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Reviews all files of a plan, takes in the workbooks of findings that came back, and tells what happens from whichever thread it happens on.
pub fn run(job: Job, tell: &(dyn Fn(Event) + Sync)) -> Result<RunResult, RunError> {
    let mut result = review_all(job, tell)?;
    result.taken_in = answers::take_in(&mut result.reviewed);
    Ok(result)
}

/// Reviews all files of a plan, each by itself.
fn review_all(job: Job, tell: &(dyn Fn(Event) + Sync)) -> Result<RunResult, RunError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(job.threads.get())
        .stack_size(STACK)
        .thread_name(|number| format!("{THREAD}{number}"))
        .build()?;
    tell(Event::Planned { files: job.plan.files.len() });
    let review = |file: &PlannedFile| (!job.stop.is_wished()).then(|| review_and_tell(job, file, tell));
    let done: Vec<Option<ReviewedFile>> =
        while_telling(tell, || pool.install(|| job.plan.files.par_iter().with_max_len(1).map(review).collect()));
    let mut result = RunResult { reviewed: Vec::new(), unprocessed: Vec::new(), taken_in: Vec::new() };
    for (file, reviewed) in job.plan.files.iter().zip(done) {
        match reviewed {
            Some(reviewed) => result.reviewed.push(reviewed),
            None => result.unprocessed.push(file.name.clone()),
        }
    }
    Ok(result)
}

fn review_and_tell(job: Job, file: &PlannedFile, tell: &(dyn Fn(Event) + Sync)) -> ReviewedFile {
    let reviewed = review_one(job, file);
    let review = &reviewed.review;
    let worst = review.findings.iter().map(|finding| finding.severity).max();
    tell(Event::Reviewed { file: review.file.clone(), status: review.status, worst });
    reviewed
}

/// Reads and reviews one file.
fn review_one(job: Job, file: &PlannedFile) -> ReviewedFile {
    let most = job.limits.file;
    if file.origin == Origin::Link {
        return unread::linked(&file.name).into();
    }
    let bytes = match store::content(&file.origin, most) {
        Err(error) => return unread::inaccessible(&file.name, &Refusal::Reading.told(&error)).into(),
        Ok(Content::TooLarge { size, sha256 }) => {
            return unread::beyond_limit(&file.name, sha256, size, most).into();
        }
        Ok(Content::Whole(bytes)) => bytes,
    };
    let source = Source::new(file.name.clone(), bytes);
    let review = || match job.child_for(&source) {
        Some(child) => child::review_in(child, &source),
        None => review_file::review_file(job.settings, &source, job.rows),
    };
    match job.keeping {
        Some(keeping) => keeping.review(&source, review),
        None => review(),
    }
}

/// Reads all cells of a file, within the limits and as apart as for its review.
pub fn read_cells(job: Job, file: &PlannedFile) -> Result<WorkbookCells, Unread> {
    let most = job.limits.file;
    let bytes = match store::content(&file.origin, most) {
        Err(error) => return Err(Unread::new("inaccessible", unread::not_opened(&Refusal::Reading.told(&error)))),
        Ok(Content::TooLarge { size, .. }) => {
            return Err(Unread::new(cells::TOO_LARGE, Limit::File.beyond("the file", size, most)));
        }
        Ok(Content::Whole(bytes)) => bytes,
    };
    let source = Source::new(file.name.clone(), bytes);
    match job.child_for(&source) {
        Some(child) => child::cells_in(child, &source),
        None => cells::read_here(job.settings, job.limits, &source),
    }
}

/// Returns the data of a season.
///
/// `verdicts` and `figures` are those of the statistics for the team, beside which those for everybody stand.
pub fn data(
    season: &Season,
    (statistics, published): (&Statistics, &Statistics),
    (verdicts, figures): (&[Verdicts], &Figures),
) -> Result<Vec<Artifact>, TableError> {
    let mut artifacts = table::tables(season)?;
    artifacts.extend(table::statistics(statistics, "")?);
    artifacts.extend(table::statistics(published, PUBLISHED)?);
    artifacts.push(results::results(season, verdicts));
    artifacts.push(results::figures(figures));
    Ok(artifacts)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Runs a plan of files that are no workbooks; `on_event` may wish for the end.
    fn run_with(stop: &Stop, on_event: &(dyn Fn(&Event) + Sync)) -> (RunResult, Vec<Event>) {
        let mut plan = Plan::default();
        for name in ["a.xlsx", "b.xlsx", "c.xlsx"] {
            plan.add_bytes(name, b"no workbook".to_vec());
        }
        let limits = Limits::default();
        let settings = Settings::new(&[], limits.clone());
        let events = Mutex::new(Vec::new());
        let job = Job::plain(&plan, &settings, &limits, stop);
        let result = run(job, &|event| {
            on_event(&event);
            if event != Event::GoesOn {
                events.lock().unwrap().push(event);
            }
        });
        (result.unwrap(), events.into_inner().unwrap())
    }

    fn names(result: &RunResult) -> Vec<&str> {
        result.reviewed.iter().map(|reviewed| reviewed.review.file.as_str()).collect()
    }

    #[test]
    fn all_files_are_reviewed_and_told() {
        let (result, events) = run_with(&Stop::default(), &|_| {});
        assert_eq!(names(&result), ["a.xlsx", "b.xlsx", "c.xlsx"]);
        assert_eq!(events[0], Event::Planned { files: 3 });
        assert_eq!(events.len(), 4);
    }

    #[test]
    fn after_a_wish_to_stop_what_is_in_flight_is_finished_and_nothing_begun() {
        let stop = Stop::default();
        let (result, _) = run_with(&stop, &|event| {
            if matches!(event, Event::Reviewed { .. }) {
                stop.wish();
            }
        });
        assert_eq!((result.reviewed.len(), result.unprocessed.len()), (1, 2));
        assert!(stop.wish(), "a second wish is told apart");
    }
}
