//! `run`: a season from its folder to its outputs.

use std::fmt::Write;

use clap::ValueEnum;

use super::args::{Kind, RunArgs};
use super::console;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::summary;
use super::work::{self, Desk, Ended, Volume};
use crate::artifact::ArtifactKind;
use crate::batch::manifest::{Account, SettingsUsed, limits_used};
use crate::batch::{self, Annotating, Annotations, Plan, Rows, RunResult, store};
use crate::catalogue::rule::RULE_STATUS_UNUSED;
use crate::finding::Severity;
use crate::network::{Season, SeasonFinding};

/// Runs a season.
pub(super) fn run(args: &RunArgs) -> Result<ExitStatus, Failure> {
    let plan = Plan::of_folder(&args.folder)?;
    store::check_apart(&args.folder, &args.out)?;
    if args.show_files {
        console::write(work::listed(&plan).as_bytes())?;
        return Ok(if plan.files.is_empty() { ExitStatus::NothingMatched } else { ExitStatus::Clean });
    }
    let desk = work::desk(&args.review, &args.folder)?;
    let result = work::review(&desk, &args.review, &plan, Rows::LeftOut)?;
    let ended = Ended::from(&result);
    let unprocessed = result.unprocessed.clone();
    let season = season(&desk, result);
    let settings = settings_used(args, &desk);
    let account = Account {
        season: &season,
        ignored: &plan.ignored,
        unprocessed: &unprocessed,
        frameworks: &desk.known.used,
        settings: &settings,
    };
    let annotations = annotations(args, &desk, &plan, &season)?;
    let outputs = batch::outputs(account, &kinds(args), &annotations.handed)?;
    let handed = annotations.handed.iter().map(|handed| handed.name.as_str());
    let names: Vec<&str> = outputs.iter().map(|output| output.name.as_str()).chain(handed).collect();
    if !args.dry_run {
        store::write(&args.out, &outputs)?;
    }
    console::write(shown(args, account, &names).as_bytes())?;
    if ended == Ended::Early {
        console::tell(&how_to_go_on(args, unprocessed.len()));
    }
    for (file, why) in &annotations.failed {
        console::tell(&format!("No annotated copy of {file}: {why}"));
    }
    let across: Option<Severity> = season.findings.iter().map(|finding| finding.severity).max();
    let status = work::status(&desk, &args.review, &season.reviews, ended, across);
    Ok(if annotations.failed.is_empty() { status } else { ExitStatus::Incomplete })
}

/// Writes the annotated copies, where they are wanted.
fn annotations(args: &RunArgs, desk: &Desk, plan: &Plan, season: &Season) -> Result<Annotations, Failure> {
    if args.dry_run || !kinds(args).contains(&ArtifactKind::Annotated) {
        return Ok(Annotations::default());
    }
    Ok(batch::annotate_all(Annotating {
        plan,
        reviews: &season.reviews,
        frameworks: &desk.known.frameworks,
        limits: &desk.limits,
        out: &args.out,
        prefix: "returns/",
    })?)
}

/// Returns the kinds of outputs that are wanted: those that are named, else all.
fn kinds(args: &RunArgs) -> Vec<ArtifactKind> {
    let named = if args.only.is_empty() { Kind::value_variants() } else { &args.only };
    named.iter().map(|kind| ArtifactKind::from(*kind)).collect()
}

/// Reduces reviews to a season: grades its findings, and says what needs no one return.
fn season(desk: &Desk, result: RunResult) -> Season {
    let mut reviews: Vec<_> = result.examined.into_iter().map(|examined| examined.review).collect();
    let unused = desk.config.grading.apply(reviews.iter_mut());
    let findings = unused.into_iter().map(|rule| {
        let message = format!("`{rule}` is graded otherwise in season.toml, but found nothing");
        SeasonFinding::new(
            &RULE_STATUS_UNUSED,
            message,
            "Take the entry out, or check that it names the rule you mean.",
        )
    });
    Season { findings: findings.collect(), reviews }
}

/// Returns what the run was asked for, as its manifest tells it.
fn settings_used(args: &RunArgs, desk: &Desk) -> SettingsUsed {
    SettingsUsed {
        title: desk.config.title.clone(),
        data_date: desk.config.data_date.map(|date| date.to_string()),
        framework: args.review.framework.clone(),
        fail_on: args.review.fail_on.map(Severity::from).or(desk.config.fail_on),
        rule_status: desk.config.grading.clone(),
        limits: limits_used(&desk.limits),
    }
}

/// Returns what a person sees at the end.
fn shown(args: &RunArgs, account: Account, outputs: &[&str]) -> String {
    let (season, volume) = (account.season, Volume::from(&args.screen));
    let paint = console::paint(args.screen.no_color);
    let mut text = String::new();
    if volume != Volume::Verdict {
        text.push_str(&summary::files(season, volume, paint));
        text.push_str(&summary::across(season, paint));
        if args.screen.statistics {
            text.push_str(&summary::statistics(&season.reviews));
        }
        if volume == Volume::Full {
            for file in account.ignored {
                let _infallible = writeln!(text, "{}  (left out: {})", file.file, file.reason.words());
            }
        }
        text.push('\n');
        text.push_str(&summary::counts(season, account.ignored.len(), account.unprocessed.len()));
        text.push_str(&written(args, outputs));
    }
    text.push_str(&summary::verdict(&season.reviews, paint));
    text
}

/// Returns what was written, or would be.
fn written(args: &RunArgs, outputs: &[&str]) -> String {
    let verb = if args.dry_run { "Would write" } else { "Wrote" };
    let mut names =
        outputs.iter().map(|name| name.rsplit_once('.').map_or(*name, |(stem, _)| stem)).collect::<Vec<_>>();
    names.sort_unstable();
    names.dedup();
    format!("{verb} {} to {}: {}\n", summary::counted(outputs.len(), "file"), args.out.display(), names.join(", "))
}

/// Says how a run that was ended early goes on.
fn how_to_go_on(args: &RunArgs, unprocessed: usize) -> String {
    format!(
        "Ended early: {} not reviewed; run.json names them. To do the whole season: scrutineer run \"{}\" --out \"{}\"",
        summary::counted(unprocessed, "workbook"),
        args.folder.display(),
        args.out.display()
    )
}
