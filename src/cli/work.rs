//! What `check` and `run` share: settings, frameworks, and the reviews of a plan's files.

use std::collections::BTreeSet;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use textwrap::core::display_width;

use super::args::{ReviewArgs, ScreenArgs, SeasonArgs};
use super::config::{self, Config};
use super::console::{self, Screen};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::limits::Allowed;
use super::own_rules;
use super::packs::{self, Packs};
use super::previous::{self, Previous};
use super::stopping;
use crate::batch::cache::{Cache, Key};
use crate::batch::plan::Ignored;
use crate::batch::{Child, Job, Keeping, Plan, Rows, Stop};
use crate::finding::Severity;
use crate::ooxml::Limits;
use crate::review::{Settings, Status};
use crate::season::Season;
use crate::wording::Wording;
use crate::words::number_of;

/// All that reviews are made with.
#[derive(Debug)]
pub(super) struct Setup {
    /// The season's settings.
    pub(super) config: Config,
    /// The frameworks.
    pub(super) packs: Packs,
    /// Beyond what a file isn't read.
    pub(super) allowed: Allowed,
    /// Last season, as this one is compared with it; `None` where nobody names its results.
    pub(super) previous: Option<Previous>,
}

/// Makes ready what reviews are made with; settings are sought from `start` upward.
pub(super) fn setup(args: &ReviewArgs, start: &Path) -> Result<Setup, Failure> {
    let setup = setup_alone(args, start)?;
    let previous = previous::previous(args, &setup.config, &setup.packs.frameworks)?;
    Ok(Setup { previous, ..setup })
}

/// Makes ready what reviews are made with that aren't compared with last season's.
pub(super) fn setup_alone(args: &ReviewArgs, start: &Path) -> Result<Setup, Failure> {
    let config = config::load(&args.season, start)?;
    packs::tell_astray(&config);
    let packs = packs::load(&config, args.framework.as_deref())?;
    let mut allowed = config.allowed.clone();
    for (name, most) in &args.limit {
        allowed.set(name, *most).map_err(Failure::Unknown)?;
    }
    config::check_steps(&config, &packs.frameworks).map_err(Failure::Unknown)?;
    own_rules::check(&config, &packs.frameworks).map_err(Failure::Unknown)?;
    Ok(Setup { config, packs, allowed, previous: None })
}

/// What files are reviewed with, made ready.
#[derive(Debug)]
pub(super) struct Reviewing<'a> {
    settings: Settings<'a>,
    limits: &'a Limits,
    threads: NonZeroUsize,
    child: Child,
    rows: Rows,
    kept: Option<Kept>,
    stop: Arc<Stop>,
}

/// What was made before, with the digest of what reviews are made with.
#[derive(Debug)]
struct Kept {
    cache: Cache,
    basis: Key,
}

impl<'a> Reviewing<'a> {
    /// Makes ready what files are reviewed with.
    pub(super) fn new(setup: &'a Setup, args: &ReviewArgs, rows: Rows) -> Result<Self, Failure> {
        let limits = &setup.allowed.limits;
        let settings = Settings::new(&setup.packs.frameworks, limits.clone())
            .insisting(setup.packs.insisted.clone())
            .in_season(setup.config.dates.clone());
        let threads = args.jobs.unwrap_or_else(|| std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
        Ok(Self {
            settings,
            limits,
            threads,
            child: child(setup, args, rows)?,
            rows,
            kept: None,
            stop: stopping::stop(),
        })
    }

    /// Takes what was made before, where it is kept.
    pub(super) fn keeping(self, setup: &Setup, cache: Option<Cache>) -> Self {
        let (packs, config, allowed) = (&setup.packs, &setup.config, setup.allowed.all());
        let basis = |_: &Cache| Key::of(&(packs.digests(), &packs.insisted, allowed, &config.dates, self.rows));
        let kept = cache.map(|cache| Kept { basis: basis(&cache), cache });
        Self { kept, ..self }
    }

    /// Returns the work on the files of a plan.
    pub(super) fn job<'b>(&'b self, plan: &'b Plan) -> Job<'b, 'a> {
        let Self { settings, limits, threads, child, rows, kept, stop } = self;
        let keeping = kept.as_ref().map(|Kept { cache, basis }| Keeping { cache, basis });
        Job { plan, settings, limits, threads: *threads, child: Some(child), rows: *rows, keeping, stop }
    }
}

impl Reviewing<'_> {
    /// Returns the wish to stop.
    pub(super) fn stop(&self) -> &Stop {
        &self.stop
    }
}

/// Tells of settings that lie among the files and don't hold, where the line says nothing of settings.
pub(super) fn tell_other_settings(plan: &Plan, setup: &Setup, args: &SeasonArgs) {
    if args.season.is_some() || args.isolated {
        return;
    }
    for name in plan.other_settings(setup.config.file.as_deref()) {
        console::tell(&format!(
            "{name} doesn\u{2019}t hold: a season\u{2019}s settings lie in the folder of the returns or above it. Put it there, or name it by \
             `--season`; if it isn\u{2019}t the season\u{2019}s, leave it or take it away."
        ));
    }
}

/// Returns the organisations of which the season says when steps were done, and of which no return is.
pub(super) fn without_return<'a>(setup: &'a Setup, season: &Season) -> Vec<&'a str> {
    let sent: BTreeSet<Wording> =
        season.reviews().filter_map(|review| review.organisation.as_deref()).map(Wording::of).collect();
    setup.config.told.iter().map(String::as_str).filter(|name| !sent.contains(&Wording::of(name))).collect()
}

/// Returns the organisations that the season has share their strengths, and of which no return is.
pub(super) fn sharing_nothing<'a>(setup: &'a Setup, season: &Season) -> Vec<&'a str> {
    let sent: BTreeSet<Wording> =
        season.returns.iter().filter_map(|sent| sent.organisation.as_deref()).map(Wording::of).collect();
    let named = setup.config.shared_strengths.iter().map(String::as_str);
    named.filter(|name| !sent.contains(&Wording::of(name))).collect()
}

/// Returns how this program is run again for a file whose reader may fail.
fn child(setup: &Setup, args: &ReviewArgs, rows: Rows) -> Result<Child, Failure> {
    let mut arguments = vec!["review-child".into()];
    if let Some(framework) = &args.framework {
        arguments.extend(["--framework".into(), framework.into()]);
    }
    if let Some(file) = &setup.config.file {
        arguments.extend(["--season".into(), file.into()]);
    }
    for (name, most) in setup.allowed.unusual() {
        arguments.extend(["--limit".into(), format!("{name}={most}").into()]);
    }
    if rows == Rows::Gathered {
        arguments.push("--rows".into());
    }
    Ok(Child { program: std::env::current_exe()?, arguments, allowance: setup.allowed.allowance })
}

/// Returns the least severity that counts as a failure.
pub(super) fn threshold(setup: &Setup, args: &ReviewArgs) -> Severity {
    args.fail_on.map(Severity::from).or(setup.config.fail_on).unwrap_or(Severity::Error)
}

/// Returns how a command ends that reviewed this season.
pub(super) fn status(setup: &Setup, args: &ReviewArgs, season: &Season, result: Ended) -> ExitStatus {
    if result == Ended::Early {
        ExitStatus::Interrupted
    } else if season.returns.is_empty() {
        ExitStatus::NothingMatched
    } else if season.reviews().any(|review| review.status == Status::Unreadable) {
        ExitStatus::Incomplete
    } else if season.worst() >= Some(threshold(setup, args)) && !args.exit_zero {
        ExitStatus::Findings
    } else {
        ExitStatus::Clean
    }
}

/// Whether all files were come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// They were.
    Whole,
    /// The run was ended early.
    Early,
}

impl Ended {
    /// Returns how a run ended that didn't come to these files.
    pub(super) fn of(unprocessed: &[String]) -> Self {
        if unprocessed.is_empty() { Self::Whole } else { Self::Early }
    }
}

/// Returns all of standard input, within a limit.
pub(super) fn standard_input(most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Says that there is no workbook, and what is there instead.
pub(super) fn nothing_there(plan: &Plan) -> String {
    let left_out = plan.ignored.len();
    if left_out == 0 {
        return "There is no workbook there: nothing is in it. Nothing was written.".to_owned();
    }
    let files = number_of(left_out, "file is", "files are");
    format!("There is no workbook there: {files} left out, and `--show-files` says why. Nothing was written.")
}

/// Returns the list of files that are reviewed and left out: a name stands whole in its line, however long it is.
pub(super) fn listed(plan: &Plan, screen: Screen) -> String {
    let files = plan.files.iter().map(|file| file.name.clone() + "\n");
    let lines: String = files.chain(plan.ignored.iter().map(|file| left_out(file, screen))).collect();
    let counts = format!("{} to review, {} left out", plan.files.len(), plan.ignored.len());
    format!("{lines}{}\n", screen.fitted(&counts, "  "))
}

/// Returns the line of a file that is left out, with the reason beside its name, or below it where there is no room.
pub(super) fn left_out(file: &Ignored, screen: Screen) -> String {
    let reason = format!("  (left out: {})", file.reason.words());
    let line = format!("{}{reason}", file.file);
    if display_width(&line) <= screen.width {
        return line + "\n";
    }
    format!("{}\n{}\n", file.file, screen.fitted(&reason, "  "))
}

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Volume {
    /// Only the verdict.
    Verdict,
    /// What needs looking at, and the summary.
    Usual,
    /// Everything.
    Full,
}

impl From<&ScreenArgs> for Volume {
    fn from(args: &ScreenArgs) -> Self {
        if args.quiet {
            Self::Verdict
        } else if args.verbose {
            Self::Full
        } else {
            Self::Usual
        }
    }
}
