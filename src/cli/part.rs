//! `run --shard`: a part of a season.

use std::path::{Path, PathBuf};

use super::args::RunArgs;
use super::console::{self, Progress};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::values::WantedPart;
use super::work::Setup;
use crate::batch::Job;
use crate::batch::manifest::SettingsUsed;
use crate::batch::part_run::{self, PartRun, PartSettings};
use crate::batch::shard::{Asked, Part};
use crate::season::Settings;
use crate::words::number_of;

/// Reviews a part of a season, and tells what came of it.
pub(super) fn review(
    args: &RunArgs,
    setup: &Setup,
    job: Job,
    wanted: WantedPart,
    (season, settings): (Settings, &SettingsUsed),
) -> Result<ExitStatus, Failure> {
    let part = part(wanted)?;
    let with = PartSettings {
        part,
        asked: asked(args)?,
        out: &args.options.out,
        frameworks: &setup.packs.frameworks,
        season,
        used: &setup.packs.used(),
        settings,
    };
    let progress = Progress::new();
    let ran = part_run::run_part(job, with, &|event| progress.show(event))?;
    drop(progress);
    console::show(&shown(part, args.options.addresses.named(&args.options.out), &ran))?;
    Ok(status(&ran))
}

/// Returns which part is wanted.
#[expect(clippy::disallowed_methods, reason = "a cluster tells its tasks by the environment which part is theirs")]
fn part(wanted: WantedPart) -> Result<Part, Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    let part = match wanted {
        WantedPart::Named(part) => Ok(part),
        WantedPart::OfArray(of) => Part::of_array(of, &variable),
    };
    part.map_err(|error| Failure::Unknown(error.to_string()))
}

/// Returns where the season lies and what it is asked with.
fn asked(args: &RunArgs) -> Result<Asked, Failure> {
    let (review, addresses) = (&args.options.review, &args.options.addresses);
    let absolute = |path: &Option<PathBuf>| path.as_deref().map(|path| addresses.absolute(path)).transpose();
    Ok(Asked {
        folder: addresses.absolute(&args.folder)?,
        season: absolute(&review.season.season)?,
        isolated: review.season.isolated,
        roster: absolute(&args.options.roster)?,
        previous: absolute(&review.previous)?,
        framework: review.framework.clone(),
        limits: review.limit.clone(),
    })
}

/// Returns how a part ended.
fn status(ran: &PartRun) -> ExitStatus {
    if !ran.unprocessed.is_empty() {
        ExitStatus::Interrupted
    } else if ran.delivered.refused.is_empty() {
        ExitStatus::Clean
    } else {
        ExitStatus::Incomplete
    }
}

/// Returns what a person sees at the end of a part.
fn shown(part: Part, out: &Path, ran: &PartRun) -> String {
    let reviewed = number_of(ran.reviewed, "workbook", "workbooks");
    let done = format!("Part {part}: {reviewed} reviewed, to {}", out.display());
    let left = ran.unprocessed.len();
    let ended = (left > 0).then(|| format!("Ended early: {left} not reviewed; run the part again"));
    let refused = ran.delivered.refused.iter().map(|(file, why)| format!("{file} was not written: {why}"));
    let screen = console::screen(false);
    [done].into_iter().chain(ended).chain(refused).map(|line| screen.fitted(&line, "  ") + "\n").collect()
}
