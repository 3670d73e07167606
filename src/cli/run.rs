//! `run`: a season from its folder to its outputs.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::args::{Kind, RunArgs};
use super::console;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::reporting::{self, Press};
use super::settings::Origins;
use super::work::{self, Desk, Ended, Volume};
use super::{consolidation, previous, reports, settings, summary};
use crate::artifact;
use crate::artifact::{Artifact, ArtifactKind};
use crate::batch::manifest::{Account, SettingsUsed};
use crate::batch::{self, Annotating, Annotations, Earlier, Handed, Plan, Reports, Rows, RunResult, store};
use crate::catalogue::rule::RULE_STATUS_UNUSED;
use crate::export::icalendar;
use crate::finding::{Finding, Place, Severity};
use crate::render::workbook::{self, Made, SeasonView};
use crate::report;
use crate::review::Review;
use crate::season::{self, Roster, Season, Surroundings};
use crate::statistics::Statistics;
use crate::statistics::trace::Figures;
use crate::statistics::verdict::Verdicts;
use crate::wording::Wording;
use crate::words::number_of;
use clap::ValueEnum;
use jiff::civil::Date;

/// The name of the list of who was expected.
const ROSTER: &str = "roster.csv";

/// The folder within the outputs for what is handed back.
const RETURNS: &str = "returns/";

/// Runs a season.
pub(super) fn run(args: &RunArgs, origins: &Origins) -> Result<ExitStatus, Failure> {
    let plan = Plan::of_folder(&args.folder)?;
    store::check_apart(&args.folder, &args.out)?;
    if args.show_files {
        console::write(work::listed(&plan).as_bytes())?;
        return Ok(if plan.files.is_empty() { ExitStatus::NothingMatched } else { ExitStatus::Clean });
    }
    let desk = work::desk(&args.review, &args.folder)?;
    if args.show_settings {
        console::write(settings::listed(&desk, &args.review, origins).as_bytes())?;
        return Ok(ExitStatus::Clean);
    }
    desk.previous.iter().try_for_each(|last| previous::check_apart(last, &args.out))?;
    let roster = roster(args, &desk)?;
    desk.config.check_groups(&desk.known.frameworks, roster.as_ref())?;
    let press = Press::new(&desk.config)?;
    let result = work::review(&desk, &args.review, &plan, Rows::LeftOut)?;
    let ended = Ended::from(&result);
    let unprocessed = result.unprocessed.clone();
    let season = season(&desk, roster, result);
    let date = reporting::date(&desk.config, &season);
    let season = season.called(desk.config.title.clone(), date);
    let settings = settings_used(args, &desk);
    let account = Account {
        season: &season,
        ignored: &plan.ignored,
        unprocessed: &unprocessed,
        frameworks: &desk.known.used,
        settings: &settings,
    };
    let annotations = annotations(args, &desk, &plan, &season)?;
    let statistics = Statistics::of_season(&season)
        .map_err(|error| Failure::Unknown(format!("could not work out the statistics: {error}")))?;
    let reports = if args.dry_run || !kinds(args).contains(&ArtifactKind::Reports) {
        Reports::default()
    } else {
        press.reports(args, &season, &statistics, date)?
    };
    let workbook = workbook(args, &press, &season, &statistics, date, &[&annotations.of, &reports.of])?;
    let handed: Vec<Handed> = annotations.handed.iter().chain(&reports.handed).cloned().collect();
    let made = workbook.into_iter().chain(calendar(args, &desk, &season, date));
    let figures = Figures::of(&season, &statistics);
    let verdicts = Verdicts::of_season(&season, &statistics);
    let outputs = batch::outputs(account, &kinds(args), &statistics, (&verdicts, &figures), made.collect(), &handed)?;
    let handed = handed.iter().map(|handed| handed.name.as_str());
    let names: Vec<&str> = outputs.iter().map(|output| output.name.as_str()).chain(handed).collect();
    if !args.dry_run {
        store::write(&args.out, &outputs)?;
        reports::write(&args.reports, &season, &verdicts, work::threshold(&desk, &args.review))?;
    }
    let used = summary::compared(&season) + &press.used();
    console::write(shown(args, account, &used, &names).as_bytes())?;
    if ended == Ended::Early {
        console::tell(&how_to_go_on(args, unprocessed.len()));
    }
    for name in work::without_return(&desk, &season) {
        console::tell(&format!("season.toml says when “{name}” did steps, and no return is theirs"));
    }
    for (file, why) in &annotations.failed {
        console::tell(&format!("No annotated copy of {file}: {why}"));
    }
    for message in reporting::failures(&reports) {
        console::tell(&message);
    }
    let status = work::status(&desk, &args.review, &season, ended);
    let whole = annotations.failed.is_empty() && reports.failed.is_empty();
    Ok(if whole { status } else { ExitStatus::Incomplete })
}

/// Writes the annotated copies, where they are wanted.
fn annotations(args: &RunArgs, desk: &Desk, plan: &Plan, season: &Season) -> Result<Annotations, Failure> {
    if args.dry_run || !kinds(args).contains(&ArtifactKind::Annotated) {
        return Ok(Annotations::default());
    }
    Ok(batch::annotate_all(Annotating {
        plan,
        season,
        limits: &desk.allowed.limits,
        out: &args.out,
        prefix: RETURNS,
        earlier: Earlier::Replaced,
    })?)
}

/// Returns the kinds of outputs that are wanted: those that are named, else all.
fn kinds(args: &RunArgs) -> Vec<ArtifactKind> {
    let named = if args.only.is_empty() { Kind::value_variants() } else { &args.only };
    named.iter().map(|kind| ArtifactKind::from(*kind)).collect()
}

/// Puts reviews together to a season: grades what was found, and decides which returns count.
fn season(desk: &Desk, roster: Option<Roster>, result: RunResult) -> Season<'_> {
    let mut reviews: Vec<_> = result.examined.into_iter().map(|examined| examined.review).collect();
    let mut unused = desk.config.grading.apply(reviews.iter_mut().map(|review| &mut review.findings));
    let group_by = desk.config.group_by.as_ref();
    let settings = season::Settings {
        disclosure: desk.config.disclosure,
        group_by: group_by.map(|names| names.iter().map(|(_, name)| name.clone()).collect()),
        consolidation: desk.config.consolidation.clone(),
        moderation: desk.config.moderation.clone(),
        ..season::Settings::default()
    };
    let previous = desk.previous.as_ref().map(|last| last.record.clone());
    let surroundings = Surroundings { roster, settings, previous };
    let mut season = Season::new(&desk.known.frameworks, surroundings, reviews);
    unused.retain(|rule| season.findings.iter().all(|finding| finding.rule != *rule));
    season.findings.extend(unused.into_iter().map(|rule| {
        let message = format!("`{rule}` is graded otherwise in season.toml, but found nothing");
        Finding::new(&RULE_STATUS_UNUSED, Place::of_season(None, []), message)
            .with_help("Take the entry out, or check that it names the rule you mean.")
    }));
    desk.config.grading.apply([&mut season.findings]);
    season
}

/// Returns who was expected: the list that is named, on the line or by the season, else one that lies in the folder or beside it.
fn roster(args: &RunArgs, desk: &Desk) -> Result<Option<Roster>, Failure> {
    let beside = [Some(args.folder.join(ROSTER)), args.folder.parent().map(|folder| folder.join(ROSTER))];
    let named = args.roster.clone().or_else(|| desk.config.roster.clone());
    let file = named.or_else(|| beside.into_iter().flatten().find(|file| file.is_file()));
    let Some(file) = file else { return Ok(None) };
    let roster = Roster::parse(&store::text(&file)?);
    roster.map(Some).map_err(|error| Failure::Unknown(format!("could not use the roster {}: {error}", file.display())))
}

/// Makes the season workbook, where it is wanted.
fn workbook(
    args: &RunArgs,
    press: &Press,
    season: &Season,
    statistics: &Statistics,
    date: Option<Date>,
    made: &[&BTreeMap<String, String>; 2],
) -> Result<Option<Artifact>, Failure> {
    if !kinds(args).contains(&ArtifactKind::Season) {
        return Ok(None);
    }
    let [copies, reports] = made;
    let files = season.returns.iter().map(|found| &found.review.file);
    let made = files
        .map(|file| (file.clone(), Made { annotated: copies.get(file).cloned(), report: reports.get(file).cloned() }));
    let branding = &press.branding;
    let title = match &branding.title[..] {
        "" => report::season_title(&season.frameworks_used(), date),
        title => title.to_owned(),
    };
    let view = SeasonView { title: &title, branding, season, statistics, made: &made.collect(), date };
    let written = workbook::season(&view);
    written.map(Some).map_err(|error| Failure::Unknown(format!("could not make the season workbook: {error}")))
}

/// Makes the calendar, where data are wanted and there is a day to put into it.
fn calendar(args: &RunArgs, desk: &Desk, season: &Season, day: Option<Date>) -> Option<Artifact> {
    let counted: Vec<&Review> = season.counted().map(|found| &found.review).collect();
    let title = desk.config.title.as_deref().unwrap_or("Season");
    let is_wanted = kinds(args).contains(&ArtifactKind::Data);
    is_wanted
        .then(|| icalendar::calendar(title, &counted, season.frameworks, day.unwrap_or(artifact::NO_DAY)))
        .flatten()
}

/// Returns what the run was asked for, as its manifest tells it.
fn settings_used(args: &RunArgs, desk: &Desk) -> SettingsUsed {
    SettingsUsed {
        title: desk.config.title.clone(),
        data_date: desk.config.dates.data_date.map(|date| date.to_string()),
        holidays: desk.config.dates.holidays.own().map(|day| day.to_string()).collect(),
        done: desk.config.dates.done.iter().map(done_by).collect(),
        previous: desk.previous.as_ref().map(|last| last.used.clone()),
        group_by: desk.config.group_by.as_ref().map(|names| names.iter().map(|(_, name)| name.clone()).collect()),
        disclosure: desk.config.disclosure,
        consolidation: desk.config.consolidation.as_ref().map(consolidation::written),
        moderation: desk.config.moderation.clone(),
        framework: args.review.framework.clone(),
        fail_on: args.review.fail_on.map(Severity::from).or(desk.config.fail_on),
        rule_status: desk.config.grading.clone(),
        limits: desk.allowed.all(),
    }
}

/// Returns when an organisation's steps were done, as text.
fn done_by((organisation, steps): (&Wording, &BTreeMap<String, Date>)) -> (String, BTreeMap<String, String>) {
    let steps = steps.iter().map(|(step, day)| (step.clone(), day.to_string()));
    (organisation.as_str().to_owned(), steps.collect())
}

/// Returns what a person sees at the end.
fn shown(args: &RunArgs, account: Account, used: &str, outputs: &[&str]) -> String {
    let (season, volume) = (account.season, Volume::from(&args.screen));
    let paint = console::paint(args.screen.no_color);
    let mut text = String::new();
    if volume != Volume::Verdict {
        text.push_str(&summary::files(season, volume, paint));
        text.push_str(&summary::across(season, paint));
        if args.screen.statistics {
            text.push_str(&summary::statistics(season));
        }
        if volume == Volume::Full {
            for file in account.ignored {
                let _infallible = writeln!(text, "{}  (left out: {})", file.file, file.reason.words());
            }
        }
        text.push('\n');
        text.push_str(&summary::counts(season, account.ignored.len(), account.unprocessed.len()));
        text.push_str(used);
        text.push_str(&written(args, outputs));
    }
    text.push_str(&summary::verdict(season, paint));
    text
}

/// Returns what was written, or would be.
fn written(args: &RunArgs, outputs: &[&str]) -> String {
    let verb = if args.dry_run { "Would write" } else { "Wrote" };
    let (copies, others): (Vec<&str>, Vec<&str>) = outputs.iter().partition(|name| name.starts_with(RETURNS));
    let mut names: Vec<&str> =
        others.iter().map(|name| name.rsplit_once('.').map_or(*name, |(stem, _)| stem)).collect();
    names.sort_unstable();
    names.dedup();
    let handed_back = match copies.len() {
        0 => String::new(),
        copies => format!(", and {} with findings under {RETURNS}", number_of(copies, "workbook", "workbooks")),
    };
    let all = number_of(outputs.len(), "file", "files");
    format!("{verb} {all} to {}: {}{handed_back}\n", args.out.display(), names.join(", "))
}

/// Says how a run that was ended early goes on.
fn how_to_go_on(args: &RunArgs, unprocessed: usize) -> String {
    format!(
        "Ended early: {} not reviewed; run.json names them. To do the whole season: scrutineer run \"{}\" --out \"{}\"",
        number_of(unprocessed, "workbook", "workbooks"),
        args.folder.display(),
        args.out.display()
    )
}
