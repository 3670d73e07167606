//! `run`: a season from its folder to its outputs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use clap::ValueEnum;
use jiff::civil::Date;

use super::args::{Kind, RunArgs};
use super::console::{self, Progress, Screen};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::remote::Copies;
use super::reporting::{self, ReportStyle};
use super::settings::Origins;
use super::values::WantedPart;
use super::work::{self, Ended, Reviewing, Setup, Volume};
use super::{bundles, cache, consolidation, part, previous, reports, roster, settings, summary};
use crate::artifact::ArtifactKind;
use crate::batch::cache::Cache;
use crate::batch::manifest::SettingsUsed;
use crate::batch::out_folder::Delivered;
use crate::batch::season::{self, OutputSettings, SeasonRun, SeasonSettings, Writing};
use crate::batch::shard::Parts;
use crate::batch::since::Since;
use crate::batch::{Event, Job, Plan, RETURNS, Rows, apart, store};
use crate::finding::Severity;
use crate::framework::StepId;
use crate::render::workbook;
use crate::season::team_notes::TeamNotes;
use crate::season::{Settings, Surroundings};
use crate::wording::Wording;
use crate::words::{agree, list, list_of_at_most, number_of};
use crate::workbook::Source;

/// The most files of earlier runs that are named one by one.
const MOST_NAMED: usize = 5;

/// Runs a season, or reviews a part of it, wherever its folders lie.
pub(super) fn run(args: RunArgs, origins: &Origins) -> Result<ExitStatus, Failure> {
    let mut copies = Copies::default();
    let status = run_here(&copies.of_run(args)?, origins)?;
    copies.give_back(status)
}

/// Runs a season, or reviews a part of it.
fn run_here(args: &RunArgs, origins: &Origins) -> Result<ExitStatus, Failure> {
    let screen = console::screen(args.options.screen.no_color);
    let mut plan = planned(args)?;
    if args.show_files {
        console::show(&work::listed(&plan, screen))?;
        return Ok(if plan.files.is_empty() { ExitStatus::NothingMatched } else { ExitStatus::Clean });
    }
    let setup = setup(args, &mut plan)?;
    work::tell_other_settings(&plan, &setup, &args.options.review.season);
    if args.show_settings {
        console::show(&settings::listed(&setup, &args.options.review, origins, screen))?;
        return Ok(ExitStatus::Clean);
    }
    if plan.files.is_empty() {
        console::tell(&work::nothing_there(&plan));
        return Ok(ExitStatus::NothingMatched);
    }
    match args.shard {
        Some(wanted) => review_part(args, &setup, &plan, wanted),
        None => make(args, &setup, &plan, None),
    }
}

/// Reviews a part of a season.
fn review_part(args: &RunArgs, setup: &Setup, plan: &Plan, wanted: WantedPart) -> Result<ExitStatus, Failure> {
    let reviewing = Reviewing::new(setup, &args.options.review, Rows::LeftOut)?;
    let season = season_settings(args, setup, &reviewing)?.surroundings.settings;
    part::review(args, setup, reviewing.job(plan), wanted, (season, &settings_used(args, setup)?))
}

/// Puts the parts of a season together.
pub(super) fn merge(args: &RunArgs, parts: &Parts) -> Result<ExitStatus, Failure> {
    let mut plan = planned(args)?;
    let setup = setup(args, &mut plan)?;
    make(args, &setup, &plan, Some(parts))
}

/// Returns which files are reviewed; the roster is none of them.
fn planned(args: &RunArgs) -> Result<Plan, Failure> {
    let mut plan = Plan::of_folder(&args.folder)?;
    roster::leave_out(&mut plan, args, None);
    apart::check(&args.folder, &args.options.out)?;
    Ok(plan)
}

/// Makes ready what a season is reviewed with; the lists that its settings name are no returns.
fn setup(args: &RunArgs, plan: &mut Plan) -> Result<Setup, Failure> {
    let setup = work::setup(&args.options.review, &args.folder)?;
    roster::leave_out(plan, args, setup.config.roster.as_deref());
    roster::leave_out_moderated(plan, &args.folder, setup.config.moderated.as_deref())?;
    Ok(setup)
}

/// Makes a season, of its files or of its parts, and tells what came of it.
fn make(args: &RunArgs, setup: &Setup, plan: &Plan, parts: Option<&Parts>) -> Result<ExitStatus, Failure> {
    setup.previous.iter().try_for_each(|last| previous::check_apart(last, &args.options.out))?;
    reports::check(&args.options.reports)?;
    let cache = cache::cache(&args.options.cache);
    let reviewing = Reviewing::new(setup, &args.options.review, Rows::LeftOut)?.keeping(setup, cache.clone());
    let settings = season_settings(args, setup, &reviewing)?;
    let style = ReportStyle::new(&setup.config)?;
    let job = reviewing.job(plan);
    let made = made(args, setup, &style, (job, parts), settings)?;
    cache.iter().for_each(Cache::trim);
    if !args.options.dry_run {
        let threshold = work::threshold(setup, &args.options.review);
        reports::write(&args.options.reports, &made.season, &made.verdicts, threshold)?;
    }
    console::show(&shown(args, &made, &style.used()))?;
    tell_what_is_wanting(args, setup, &made);
    let ended = if job.stop.is_wished() { Ended::Early } else { Ended::of(&made.unprocessed) };
    let status = work::status(setup, &args.options.review, &made.season, ended);
    Ok(if made.is_whole() || status == ExitStatus::Interrupted { status } else { ExitStatus::Incomplete })
}

/// Makes the season and its outputs.
fn made<'a>(
    args: &RunArgs,
    setup: &Setup,
    style: &ReportStyle,
    (job, parts): (Job, Option<&Parts>),
    settings: SeasonSettings<'a>,
) -> Result<SeasonRun<'a>, Failure> {
    let frameworks = setup.packs.used();
    let wanted = OutputSettings {
        out: &args.options.out,
        kinds: &kinds(args),
        writing: if args.options.dry_run { Writing::Nothing } else { Writing::Files },
        branding: &style.branding,
        renderer: &style.renderer,
        typst: reporting::typst_options(args),
        frameworks: &frameworks,
        settings: &settings_used(args, setup)?,
    };
    let progress = Progress::new();
    let tell = |event: Event| progress.show(event);
    Ok(match parts {
        Some(parts) => season::merge(parts, job, settings, &wanted, &tell)?,
        None => season::run(job, settings, &wanted, &tell)?,
    })
}

/// Returns what a season is made of.
fn season_settings<'a>(args: &RunArgs, setup: &'a Setup, reviewing: &Reviewing) -> Result<SeasonSettings<'a>, Failure> {
    let (config, frameworks) = (&setup.config, &setup.packs.frameworks);
    let roster = roster::read(args, config.roster.as_deref(), frameworks)?;
    config.check_groups(frameworks, roster.as_ref())?;
    let group_by = config.group_by.as_ref();
    let settings = Settings {
        disclosure: config.disclosure,
        group_by: group_by.map(|names| names.iter().map(|(_, name)| name.clone()).collect()),
        shared_strengths: config.shared_strengths.clone(),
        consolidation: config.consolidation.clone(),
        tolerance: config.tolerance,
        moderation: config.moderation.clone(),
        asks_everybody: config.asks_everybody,
        data_date: config.dates.data_date,
        letter_date: config.dates.letter_date,
    };
    let previous = setup.previous.as_ref().map(|last| last.record.clone());
    Ok(SeasonSettings {
        frameworks,
        grading: &config.grading,
        waivers: &config.waivers,
        surroundings: Surroundings {
            roster,
            settings,
            previous,
            moderated: roster::moderated(config.moderated.as_deref(), reviewing, frameworks)?,
        },
        title: config.title.clone(),
        data_date: config.dates.data_date,
    })
}

/// Tells what wasn't come to, and what couldn't be made.
fn tell_what_is_wanting(args: &RunArgs, setup: &Setup, made: &SeasonRun) {
    if !made.unprocessed.is_empty() {
        console::tell(&how_to_go_on(args, made.unprocessed.len()));
    }
    for doubt in made.season.roster.iter().flat_map(|roster| &roster.doubts) {
        console::tell(&format!("The roster: {doubt}"));
    }
    for doubt in &made.season.moderation.doubts {
        console::tell(&format!("What moderators say: {}", doubt.why));
    }
    if let Some(told) = undrawn(&made.season.moderation.undrawn()) {
        console::tell(&told);
    }
    for name in work::without_return(setup, &made.season) {
        console::tell(&format!("season.toml says when “{name}” did steps, and no return is theirs"));
    }
    for name in work::sharing_nothing(setup, &made.season) {
        console::tell(&format!("season.toml has “{name}” share its strengths, and no return is theirs"));
    }
    if let Some(warning) = &made.republished {
        console::tell(warning);
    }
    for (file, why) in &made.annotations.failed {
        console::tell(&format!("No annotated copy of {file}: {why}"));
    }
    for message in reporting::failures(&made.reports) {
        console::tell(&message);
    }
    for (file, why) in &made.delivered.refused {
        console::tell(&format!("{file} was not written: {why}"));
    }
}

/// Says which returns moderators looked at that aren't drawn; `None` where there are none.
fn undrawn(files: &[&str]) -> Option<String> {
    let verb = agree(
        files.len(),
        "isn\u{2019}t drawn in this run, so it says",
        "aren\u{2019}t drawn in this run, so they say",
    );
    let files = list_of_at_most(files, MOST_NAMED);
    let how = "a list that comes back with all columns of the sheet \u{201c}Moderation\u{201d} keeps the draw in which moderators were asked";
    (!files.is_empty()).then(|| format!("What moderators say: {files} {verb} nothing of the others; {how}"))
}

/// Returns the kinds of outputs that are wanted: those that are named, else all.
fn kinds(args: &RunArgs) -> Vec<ArtifactKind> {
    let kinds = if args.options.only.is_empty() { Kind::value_variants() } else { &args.options.only };
    kinds.iter().map(|kind| ArtifactKind::from(*kind)).collect()
}

/// Returns what the run was asked for, as its manifest tells it.
fn settings_used(args: &RunArgs, setup: &Setup) -> Result<SettingsUsed, Failure> {
    let moderated = setup.config.moderated.as_deref().map(roster::digest_of_moderated).transpose()?;
    Ok(SettingsUsed {
        title: setup.config.title.clone(),
        data_date: setup.config.dates.data_date.map(|date| date.to_string()),
        letter_date: setup.config.dates.letter_date.map(|date| date.to_string()),
        holidays: setup.config.dates.holidays.own().map(|day| day.to_string()).collect(),
        done: setup.config.dates.done.iter().map(done_by).collect(),
        previous: setup.previous.as_ref().map(|last| last.used.clone()),
        group_by: setup.config.group_by.as_ref().map(|names| names.iter().map(|(_, name)| name.clone()).collect()),
        shared_strengths: setup.config.shared_strengths.clone(),
        disclosure: setup.config.disclosure,
        tolerance: setup.config.tolerance,
        consolidation: setup.config.consolidation.as_ref().map(consolidation::written),
        moderation: setup.config.moderation.clone(),
        moderated,
        ask_everybody: setup.config.asks_everybody,
        framework: args.options.review.framework.clone(),
        fail_on: args.options.review.fail_on.map(Severity::from).or(setup.config.fail_on),
        rule_status: setup.config.grading.clone(),
        waivers: setup.config.waivers.clone(),
        limits: setup.allowed.all(),
    })
}

/// Returns when an organisation's steps were done, as text.
fn done_by((organisation, steps): (&Wording, &BTreeMap<StepId, Date>)) -> (String, BTreeMap<StepId, String>) {
    let steps = steps.iter().map(|(step, day)| (step.clone(), day.to_string()));
    (organisation.as_str().to_owned(), steps.collect())
}

/// Returns what a person sees at the end.
fn shown(args: &RunArgs, made: &SeasonRun, settings: &str) -> String {
    let (season, volume) = (&made.season, Volume::from(&args.options.screen));
    let screen = console::screen(args.options.screen.no_color);
    let mut text = String::new();
    if volume != Volume::Verdict {
        text.push_str(&summary::files(season, volume, screen));
        text.push_str(&summary::across(season, screen));
        text.push_str(&bundles::told(season, volume, screen));
        if args.options.screen.statistics {
            text.push_str(&summary::statistics(season, screen));
        }
        if volume == Volume::Full {
            made.ignored.iter().for_each(|file| text.push_str(&work::left_out(file, screen)));
        }
        text.push('\n');
        text.push_str(&summary::counts(season, &made.ignored, made.unprocessed.len(), screen));
        if volume != Volume::Full {
            text.push_str(&summary::other_shapes(&made.ignored, screen));
        }
        text.push_str(&summary::compared(season, screen));
        text.push_str(&summary::silenced(season, screen));
        settings.lines().for_each(|line| text.push_str(&(screen.fitted(line, "  ") + "\n")));
        let _infallible = writeln!(text, "{}", screen.fitted(&written(args, &made.names()), "  "));
        text.push_str(&of_earlier(args, made, screen));
        text.push_str(&since(&made.since).map_or_else(String::new, |said| screen.fitted(&said, "  ") + "\n"));
    }
    text.push_str(&summary::verdict(season, screen));
    if volume != Volume::Verdict && !args.options.dry_run {
        text.push_str(&season.nouns().spelled(&opened_first(args, &made.names(), screen)));
    }
    text
}

/// Returns what was written, or would be.
fn written(args: &RunArgs, outputs: &[String]) -> String {
    let verb = if args.options.dry_run { "Would write" } else { "Wrote" };
    let (copies, others): (Vec<&str>, Vec<&str>) =
        outputs.iter().map(String::as_str).partition(|name| name.starts_with(RETURNS));
    let mut names: Vec<&str> =
        others.iter().map(|name| name.rsplit_once('.').map_or(*name, |(stem, _)| stem)).collect();
    names.sort_unstable();
    names.dedup();
    let handed_back = handed_back(&copies).map_or_else(String::new, |all| format!(", and {all} under {RETURNS}"));
    let all = number_of(outputs.len(), "file", "files");
    if outputs.is_empty() {
        return format!("Wrote nothing to {}", out_named(args).display());
    }
    format!("{verb} {all} to {}: {}{handed_back}", out_named(args).display(), names.join(", "))
}

/// Returns the folder that is written to, as people name it.
fn out_named(args: &RunArgs) -> &Path {
    args.options.addresses.named(&args.options.out)
}

/// Whether what was kept aside is a season workbook that can't be read.
fn are_notes_unread(args: &RunArgs, file: &str, kept: &str) -> bool {
    let read = || store::bytes(&args.options.out.join(kept)).map(|bytes| TeamNotes::read(&Source::new(kept, bytes)));
    file == workbook::NAME && !matches!(read(), Ok(Ok(_)))
}

/// Says what became of the files of earlier runs; nothing where there were none.
fn of_earlier(args: &RunArgs, made: &SeasonRun, screen: Screen) -> String {
    let Delivered { earlier, cleared, kept, .. } = &made.delivered;
    let names = |names: &[String]| list_of_at_most(names, MOST_NAMED);
    let mut said: Vec<String> = kept
        .iter()
        .map(|(file, name)| {
            let unread = if are_notes_unread(args, file, name) {
                "; it can\u{2019}t be read, so nothing that was written into it is carried over"
            } else {
                ""
            };
            format!("{file} had been changed since it was written; as it was, it is kept as {name}{unread}")
        })
        .collect();
    if !cleared.is_empty() {
        said.push(format!("Cleared away, as this run makes no such file: {}", names(cleared)));
    }
    if !earlier.is_empty() {
        let earlier: Vec<String> = earlier.iter().map(|file| file.name.clone()).collect();
        said.push(format!("Still of an earlier run, as this one didn\u{2019}t make them: {}", names(&earlier)));
    }
    said.iter().map(|said| screen.fitted(said, "  ") + "\n").collect()
}

/// Says what became of the files since the last run; `None` where all are as they were.
fn since(since: &Since) -> Option<String> {
    let Since { new, changed, renamed, gone } = since;
    let renamed: Vec<String> = renamed.iter().map(|(from, to)| format!("{from} to {to}")).collect();
    let kinds = [(new, "new"), (changed, "changed"), (&renamed, "renamed"), (gone, "gone")];
    let some = kinds.into_iter().filter(|(files, _)| !files.is_empty());
    let said: Vec<String> =
        some.map(|(files, what)| format!("{} {what} ({})", files.len(), list_of_at_most(files, MOST_NAMED))).collect();
    (!said.is_empty()).then(|| format!("Since the last run, of the files: {}", said.join(", ")))
}

/// Returns how much there is to hand back to senders; nothing where there is nothing.
fn handed_back<T: AsRef<str>>(copies: &[T]) -> Option<String> {
    let ending = |end: &str| copies.iter().filter(|name| name.as_ref().ends_with(end)).count();
    let counted = [
        (ending(".xlsx") + ending(".xlsm"), "workbook with findings", "workbooks with findings"),
        (ending(".report.pdf"), "report", "reports"),
        (ending(".benchmark.pdf"), "benchmark pack", "benchmark packs"),
    ];
    let some = counted.into_iter().filter(|(many, ..)| *many > 0);
    let all: Vec<String> = some.map(|(many, one, several)| number_of(many, one, several)).collect();
    (!all.is_empty()).then(|| list(&all))
}

/// Says which of the outputs to open first, and which are for whom.
fn opened_first(args: &RunArgs, outputs: &[String], screen: Screen) -> String {
    let at = |name: &str| out_named(args).join(name).display().to_string();
    let made = |name: &str| outputs.iter().any(|output| output == name).then(|| at(name));
    let season = made("season.xlsx").map(|name| format!("Open {name} first: all ¤returns, and what there is to do."));
    let tables = || {
        let name = made("data/findings.csv")?;
        Some(format!("Open {name} first: a line for each finding. READ ME FIRST.txt says how Excel opens tables."))
    };
    let reports = outputs.iter().filter(|name| name.starts_with("overarching-report")).map(|name| at(name));
    let reports: Vec<String> = reports.collect();
    let managers = (!reports.is_empty()).then(|| format!("For managers: {}", list(&reports)));
    let copies: Vec<&String> = outputs.iter().filter(|name| name.starts_with(RETURNS)).collect();
    let senders = handed_back(&copies).map(|all| format!("For senders, each their own: {all} in {}", at("returns")));
    let mut lines: Vec<String> = season.or_else(tables).into_iter().chain(managers).chain(senders).collect();
    if lines.is_empty() {
        lines.push("There is nothing to open: no copy and no report could be made.".to_owned());
    }
    lines.iter().map(|line| screen.fitted(line, "  ") + "\n").collect()
}

/// Says how a run that was ended early goes on.
fn how_to_go_on(args: &RunArgs, unprocessed: usize) -> String {
    format!(
        "Ended early: {} not reviewed; run.json names them. To do the whole season: scrutineer run \"{}\" --out \"{}\"",
        number_of(unprocessed, "workbook", "workbooks"),
        args.options.addresses.named(&args.folder).display(),
        out_named(args).display()
    )
}
