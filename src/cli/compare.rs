//! `compare`: what differs between two returns, or between two outputs of `run`.

use std::path::{Path, PathBuf};

use super::args::{CompareArgs, ReviewArgs};
use super::check;
use super::console::{self, Progress};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::handed_out;
use super::work::{self, Reviewing, Setup};
use crate::batch::{self, Plan, Rows, store};
use crate::comparison::of_returns::ReturnComparison;
use crate::comparison::of_runs::{Run, RunComparison};
use crate::export::results::{self, RESULTS, ResultsError};
use crate::finding::Severity;
use crate::framework::Framework;
use crate::report::{on_returns, on_runs};
use crate::review::{Review, Status};

/// What a path that is compared is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Side {
    /// A workbook.
    Return(PathBuf),
    /// The results of a run.
    Run(PathBuf),
}

/// Compares two returns or two seasons.
pub(super) fn compare(args: &CompareArgs) -> Result<ExitStatus, Failure> {
    handed_out::check(&args.output, [&args.before, &args.after])?;
    let review = review_args(args);
    match (side(&args.before)?, side(&args.after)?) {
        (Side::Return(before), Side::Return(after)) => returns(args, &review, [&before, &after]),
        (Side::Run(before), Side::Run(after)) => runs(args, &review, [&before, &after]),
        (Side::Return(file), Side::Run(run)) | (Side::Run(run), Side::Return(file)) => Err(Failure::Unknown(format!(
            "`{}` is one return and `{}` the results of a season; name two workbooks, or two folders that `scrutineer run` wrote to",
            file.display(),
            run.display()
        ))),
    }
}

/// Returns how returns are reviewed for this.
fn review_args(args: &CompareArgs) -> ReviewArgs {
    ReviewArgs {
        framework: args.framework.clone(),
        season: args.season.clone(),
        previous: None,
        jobs: None,
        limit: Vec::new(),
        fail_on: args.fail_on,
        exit_zero: args.exit_zero,
    }
}

/// Returns what a path is.
fn side(path: &Path) -> Result<Side, Failure> {
    let named = path.display();
    if store::is_folder(path) {
        return results_in(path).map(Side::Run);
    }
    if !path.exists() {
        let told = format!("`{named}` isn\u{2019}t there; name a workbook, or a folder that `scrutineer run` wrote to");
        return Err(Failure::Unknown(told));
    }
    let is_results = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    Ok(if is_results { Side::Run(path.to_owned()) } else { Side::Return(path.to_owned()) })
}

/// Returns the results that a folder holds.
pub(super) fn results_in(folder: &Path) -> Result<PathBuf, Failure> {
    let file = folder.join(RESULTS);
    let named = folder.display();
    let told = || format!("`{named}` holds no `{RESULTS}`; name a folder that `scrutineer run` wrote to");
    if file.is_file() { Ok(file) } else { Err(Failure::Unknown(told())) }
}

/// Compares two returns.
fn returns(args: &CompareArgs, review: &ReviewArgs, files: [&Path; 2]) -> Result<ExitStatus, Failure> {
    let setup = work::setup_alone(review, &check::folder_of(files[1]))?;
    let reviewing = Reviewing::new(&setup, review, Rows::LeftOut)?;
    let mut reviews = Vec::new();
    for file in files {
        match reviewed(&reviewing, file)? {
            Some(review) => reviews.push(review),
            None => return Ok(ExitStatus::Interrupted),
        }
    }
    let unread: Vec<String> = reviews.iter().filter_map(unread).collect();
    if !unread.is_empty() {
        console::tell(&format!("error: {}", unread.join("\n")));
        return Ok(ExitStatus::Incomplete);
    }
    let reviews: Vec<Review> = check::season(&setup, reviews).reviews().cloned().collect();
    let framework = one_framework(&reviews, &setup.packs.frameworks)?;
    let compared = ReturnComparison::of(&reviews[0], &reviews[1], framework);
    handed_out::hand_out(&args.output, &compared, |extent| on_returns(&compared, framework, extent))?;
    Ok(status(&setup, review, compared.findings.worst_new()))
}

/// Returns the review of a file; `None` where that was ended early.
fn reviewed(reviewing: &Reviewing, file: &Path) -> Result<Option<Review>, Failure> {
    let plan = Plan::of_paths(&[file.to_owned()])?;
    if plan.files.is_empty() {
        let why = plan.ignored.first().map_or("", |left_out| left_out.reason.words());
        let told =
            format!("`{}` isn\u{2019}t read as a workbook: {why}; name the workbook that was sent", file.display());
        return Err(Failure::Unknown(told));
    }
    let progress = Progress::new();
    let result = batch::run(reviewing.job(&plan), &|event| progress.show(event))?;
    Ok(result.reviewed.into_iter().next().map(|reviewed| reviewed.review))
}

/// Says why a file can't be compared, and what to do; `None` where it can.
fn unread(review: &Review) -> Option<String> {
    match review.status {
        Status::Scored | Status::Provisional | Status::Duplicate | Status::Superseded => None,
        Status::Unreadable | Status::Unrecognised => {
            let finding = review.findings.first()?;
            let why = finding.message.trim_end_matches('.');
            Some(format!("`{}` can\u{2019}t be compared: {why}. {}", review.file, finding.help))
        }
    }
}

/// Returns the framework of both returns.
fn one_framework<'a>(reviews: &[Review], frameworks: &'a [Framework]) -> Result<&'a Framework, Failure> {
    let of: Vec<&Framework> = reviews.iter().filter_map(|review| review.framework_among(frameworks)).collect();
    match of[..] {
        [first, second] if first.id == second.id => Ok(second),
        [first, second] => Err(Failure::Unknown(format!(
            "`{}` is of {} and `{}` of {}, which ask different things; name two returns of one framework",
            reviews[0].file, first.title, reviews[1].file, second.title
        ))),
        _ => Err(Failure::Unknown(
            "the framework of one of the two isn\u{2019}t known here; name its packs in season.toml".to_owned(),
        )),
    }
}

/// Compares two outputs of `run`.
fn runs(args: &CompareArgs, review: &ReviewArgs, files: [&Path; 2]) -> Result<ExitStatus, Failure> {
    let setup = work::setup_alone(review, &check::folder_of(files[1]))?;
    let frameworks = &setup.packs.frameworks;
    let compared = RunComparison::of(season(files[0])?, season(files[1])?, frameworks);
    if !compared.is_of_one_framework() {
        let told = "the two seasons have no returns of one framework that count; name two seasons of one framework";
        return Err(Failure::Unknown(told.to_owned()));
    }
    handed_out::hand_out(&args.output, &compared, |extent| on_runs(&compared, frameworks, extent))?;
    Ok(status(&setup, review, compared.worst_new()))
}

/// Reads the results of a season; it is called by its title with the file, since two may have one title.
pub(super) fn season(file: &Path) -> Result<Run, Failure> {
    let stored = results::read(&store::bytes(file)?).map_err(|error| {
        let advice = match &error {
            ResultsError::Version(_) => "run that season again with this program",
            ResultsError::NotResults(_) => {
                "name the folder that `scrutineer run` wrote to, or run that season again with this program if an older one wrote it"
            }
        };
        Failure::Unknown(format!("`{}` can\u{2019}t be compared: {error}; {advice}", file.display()))
    })?;
    let name = format!("{} ({})", stored.name(), file.display());
    Ok(stored.run(name))
}

/// Returns how a comparison ends: whether what is new counts as a failure.
fn status(setup: &Setup, review: &ReviewArgs, worst_new: Option<Severity>) -> ExitStatus {
    let is_worse = worst_new >= Some(work::threshold(setup, review));
    if is_worse && !review.exit_zero { ExitStatus::Findings } else { ExitStatus::Clean }
}
