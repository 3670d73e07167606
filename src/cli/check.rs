//! `check`: what is wrong with workbooks, on the terminal.

use std::path::{Path, PathBuf};

use super::args::{CheckArgs, SeasonArgs};
use super::console::{self, Progress};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::format::Format;
use super::settings::Origins;
use super::work::{self, Ended, Reviewing, Setup, Volume};
use super::{cells, config, human, narrate, reports, settings, summary};
use crate::artifact::{Artifact, OutputNames};
use crate::batch::plan::{Ignored, PlanError, Reason};
use crate::batch::{self, Annotating, Job, Plan, Rows, SheetRow, Within, pattern, store};
use crate::review::Review;
use crate::season::Season;
use crate::season::decision::WAIVER_UNUSED;
use crate::words::{list, number_of};

/// The name of what comes from standard input.
const STANDARD_INPUT: &str = "standard input";

/// Checks files and folders, those of each season by its settings.
pub(super) fn check(args: &CheckArgs, origins: &Origins) -> Result<ExitStatus, Failure> {
    let groups = by_season(paths(args)?, &args.review.season);
    let is_for_people =
        matches!(args.format, None | Some(Format::Human | Format::Plain)) && args.reports.report.is_empty();
    if groups.len() > 1 && !is_for_people {
        let named: Vec<String> = groups.iter().flat_map(|(of, _)| of).map(|of| of.display().to_string()).collect();
        let told = format!(
            "not all paths have the settings of one season ({}); check them apart, or name one by --season",
            list(&named)
        );
        return Err(Failure::Unknown(told));
    }
    let mut statuses = Vec::new();
    for (_, paths) in &groups {
        statuses.push(check_one(args, origins, paths)?);
    }
    Ok(statuses.into_iter().max_by_key(|status| weight(*status)).unwrap_or(ExitStatus::NothingMatched))
}

/// Returns how much it says of all paths that those of one season ended so: that there was nothing in some says least.
fn weight(status: ExitStatus) -> u8 {
    if status == ExitStatus::NothingMatched { 0 } else { status.code() + 1 }
}

/// Parts paths by the settings that hold for each, in the order in which they are named; where the line names settings or none, all
/// have the same.
fn by_season(paths: Vec<PathBuf>, season: &SeasonArgs) -> Vec<(Option<PathBuf>, Vec<PathBuf>)> {
    if season.season.is_some() || season.isolated {
        return vec![(None, paths)];
    }
    let mut groups: Vec<(Option<PathBuf>, Vec<PathBuf>)> = Vec::new();
    for path in paths {
        let folder = if is_dash(&path) { PathBuf::from(".") } else { folder_of(&path) };
        let settings = config::nearest_file(&folder);
        match groups.iter_mut().find(|(of, _)| *of == settings) {
            Some((_, paths)) => paths.push(path),
            None => groups.push((settings, vec![path])),
        }
    }
    groups
}

/// Checks files and folders of one season.
fn check_one(args: &CheckArgs, origins: &Origins, paths: &[PathBuf]) -> Result<ExitStatus, Failure> {
    let start = paths.iter().find(|path| !is_dash(path)).cloned().unwrap_or_default();
    let setup = work::setup(&args.review, &folder_of(&start))?;
    let screen = console::screen(args.screen.no_color);
    if args.show_settings {
        console::show(&settings::listed(&setup, &args.review, origins, screen))?;
        return Ok(ExitStatus::Clean);
    }
    let mut plan = plan(paths, setup.allowed.limits.file).map_err(|failure| meant_as_folder(args, failure))?;
    leave_out_copies(args, paths, &mut plan);
    work::tell_other_settings(&plan, &setup, &args.review.season);
    if args.show_files {
        console::show(&work::listed(&plan, screen))?;
        return Ok(if plan.files.is_empty() { ExitStatus::NothingMatched } else { ExitStatus::Clean });
    }
    let format = args.format.unwrap_or(if console::wants_plain() { Format::Plain } else { Format::Human });
    if plan.files.is_empty() {
        console::tell(&work::nothing_there(&plan));
        if args.show_cells {
            return Ok(ExitStatus::NothingMatched);
        }
        if let Format::Human | Format::Plain = format {
            return Ok(ExitStatus::NothingMatched);
        }
    }
    if args.show_cells {
        return cells::show(Reviewing::new(&setup, &args.review, Rows::LeftOut)?.job(&plan), args.format, screen);
    }
    reports::check(&args.reports)?;
    let rows = if let Format::Human = format { Rows::Gathered } else { Rows::LeftOut };
    let progress = Progress::new();
    let reviewing = Reviewing::new(&setup, &args.review, rows)?;
    let job = reviewing.job(&plan);
    let result = batch::run(job, &|event| progress.show(event))?;
    drop(progress);
    let ended = Ended::of(&result.unprocessed);
    let threshold = work::threshold(&setup, &args.review);
    let (reviews, rows): (Vec<Review>, Vec<Vec<SheetRow>>) =
        result.reviewed.into_iter().map(|reviewed| (reviewed.review, reviewed.rows)).unzip();
    let season = season(&setup, reviews);
    if let Format::Human | Format::Plain = format {
        console::show(&told(args, format, &season, (&rows, &plan)))?;
    } else {
        console::hand_over(&reports::bytes(format, &season, &[], threshold)?)?;
    }
    reports::write(&args.reports, &season, &[], threshold)?;
    let annotated = annotate(args, job, &season);
    let status = work::status(&setup, &args.review, &season, ended);
    Ok(if annotated == Ended::Whole || status == ExitStatus::Interrupted { status } else { ExitStatus::Incomplete })
}

/// Leaves out the copies that an earlier call wrote into the folder to which they go, and says so: they are no returns.
fn leave_out_copies(args: &CheckArgs, paths: &[PathBuf], plan: &mut Plan) {
    let Some(folder) = args.annotate.as_deref().filter(|folder| !folder.as_os_str().is_empty()) else { return };
    let count = plan.leave_out_copies(folder, paths);
    if count > 0 {
        let copies = number_of(count, "copy", "copies");
        console::tell(&format!("{copies} of ours in {} left out; no return lies there", folder.display()));
    }
}

/// Writes annotated copies, where they are wanted: into a folder, or beside each workbook.
fn annotate(args: &CheckArgs, job: Job, season: &Season) -> Ended {
    let Some(folder) = &args.annotate else { return Ended::Whole };
    let within =
        (!folder.as_os_str().is_empty()).then(|| Within::of(season.reviews().map(|review| review.file.as_str())));
    let placed = |artifact: Artifact| match &within {
        Some(within) => Artifact { name: within.name(&artifact.name), ..artifact },
        None => artifact,
    };
    let made = batch::annotate_all(Annotating {
        plan: job.plan,
        season,
        limits: job.limits,
        hand_out: &|artifact| batch::unless_worked_in(folder, placed(artifact)),
        names: &OutputNames::beside(season.reviews().map(|review| review.file.as_str())),
        cache: None,
        stop: job.stop,
    });
    for handed in &made.handed {
        console::tell(&format!("Wrote {}", folder.join(&handed.name).display()));
    }
    for (file, why) in &made.failed {
        console::tell(&format!("No annotated copy of {file}: {why}"));
    }
    if made.failed.is_empty() { Ended::Whole } else { Ended::Early }
}

/// Grades what was found, takes what the season waives as settled, and what differs from last season beyond what is plausible.
pub(super) fn season(setup: &Setup, mut reviews: Vec<Review>) -> Season<'_> {
    let grading = &setup.config.grading;
    let (_, mut silenced) = batch::season::graded(grading, &mut reviews);
    let previous = setup.previous.as_ref().map(|last| last.record.clone());
    let mut season = Season::of_files(&setup.packs.frameworks, previous, reviews);
    silenced.extend(batch::season::graded_across(grading, &mut season.findings));
    let date = batch::season::date(setup.config.dates.data_date, &season);
    let mut told = setup.config.waivers.apply(&mut season, date);
    // Of a season of which some workbooks are checked, those of the others are no matter.
    told.retain(|finding| !finding.is_of(&WAIVER_UNUSED));
    silenced.extend(batch::season::graded_across(grading, &mut told));
    season.findings.extend(told);
    season.decisions.silenced = silenced;
    season
}

/// Returns what is shown to people.
fn told(args: &CheckArgs, format: Format, season: &Season, (rows, plan): (&[Vec<SheetRow>], &Plan)) -> String {
    let volume = Volume::from(&args.screen);
    let screen = console::screen(args.screen.no_color);
    let mut text = String::new();
    if volume != Volume::Verdict {
        for (review, rows) in season.reviews().zip(rows) {
            let most = args.screen.max_per_rule;
            text.push_str(&if let Format::Plain = format {
                narrate::file(season, review, volume, most, Some(screen))
            } else {
                human::file(season, (review, rows), volume, most, screen)
            });
        }
        text.push_str(&summary::across(season, screen));
        if args.screen.statistics {
            text.push_str(&summary::statistics(season, screen));
        }
    }
    if volume != Volume::Verdict {
        // Of tables most are the team's own lists, which only `run` knows.
        let others: Vec<Ignored> = plan.ignored.iter().filter(|file| file.reason != Reason::Table).cloned().collect();
        text.push_str(&summary::other_shapes(&others, screen));
        text.push_str(&summary::silenced(season, screen));
    }
    text.push_str(&summary::verdict(season, screen));
    text
}

/// Returns all paths that were named, those in a list too.
fn paths(args: &CheckArgs) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        let text = if is_dash(list) {
            String::from_utf8_lossy(&work::standard_input(1 << 26)?).into_owned()
        } else {
            store::text(list)?
        };
        paths.extend(text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(PathBuf::from));
    }
    Ok(pattern::in_full(paths)?)
}

/// Returns the plan for paths, of which `-` is standard input.
fn plan(paths: &[PathBuf], most: u64) -> Result<Plan, Failure> {
    let (dashes, named): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| is_dash(path));
    let mut plan = Plan::of_paths(&named)?;
    if !dashes.is_empty() {
        plan.add_bytes(STANDARD_INPUT, work::standard_input(most)?);
    }
    Ok(plan)
}

/// Says of a word behind `--annotate` that isn't there how a folder for the copies is named.
fn meant_as_folder(args: &CheckArgs, failure: Failure) -> Failure {
    let is_bare = args.annotate.as_deref() == Some(Path::new(""));
    if let Failure::Plan(PlanError::NotFound(path)) = &failure
        && is_bare
        && path.extension().is_none()
    {
        let word = path.display();
        return Failure::Unknown(format!("{failure}; for copies in a folder of that name write `--annotate={word}`"));
    }
    failure
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns the folder from which settings are sought.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    let folder = if path.is_dir() { Some(path) } else { path.parent() };
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
}
