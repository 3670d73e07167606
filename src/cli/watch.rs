//! `watch`: a folder is checked again whenever a workbook in it is saved.

use std::collections::BTreeMap;

use super::args::WatchArgs;
use super::check::{folder_of, season};
use super::console::{self, Screen};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::work::{self, Reviewing, Setup};
use super::{human, summary};
use crate::batch::watching::{Saved, Watch};
use crate::batch::{self, Rows};
use crate::comparison::findings::FindingChanges;
use crate::finding::{Finding, Severity};
use crate::framework::{BandId, Framework};
use crate::outcome::Route;
use crate::review::{OutcomeRecord, Review};
use crate::season::Season;
use crate::words::{list_of_at_most, number, number_of};

/// So many findings of a save are told one by one.
const MOST_TOLD: usize = 8;
/// So many answers that are missing are named.
const MOST_NAMED: usize = 8;

/// Reviews as they were made, by file.
type Reviews = BTreeMap<String, Review>;

/// Watches until Ctrl-C: tells how each workbook stands, then what each save put right and what it made.
pub(super) fn watch(args: &WatchArgs) -> Result<ExitStatus, Failure> {
    let start = args.paths.first().cloned().unwrap_or_default();
    let setup = work::setup(&args.review, &folder_of(&start))?;
    let screen = console::screen(args.no_color);
    let reviewing = Reviewing::new(&setup, &args.review, Rows::LeftOut)?;
    let mut watch = Watch::over(&args.paths)?;
    let mut known = Reviews::new();
    let mut next = Some(watch.look());
    console::tell("Watching: each save is checked. Ctrl-C ends it.");
    while let Some(saved) = next {
        told(&setup, &reviewing, (&mut known, &saved), screen)?;
        next = watch.next(reviewing.stop());
    }
    Ok(ExitStatus::Clean)
}

/// Reviews what was saved and tells what that changed.
fn told(
    setup: &Setup,
    reviewing: &Reviewing,
    (known, saved): (&mut Reviews, &Saved),
    screen: Screen,
) -> Result<(), Failure> {
    let result = batch::run(reviewing.job(&saved.plan), &|_| {})?;
    let before = season(setup, known.values().cloned().collect());
    known.retain(|file, _| !saved.gone.contains(file));
    known.extend(result.reviewed.into_iter().map(|reviewed| (reviewed.review.file.clone(), reviewed.review)));
    let now = season(setup, known.values().cloned().collect());
    let gone = saved.gone.iter().map(|file| screen.fitted(&format!("{file} is gone"), "  ") + "\n\n");
    let changed = saved.plan.files.iter().filter_map(|file| {
        let of = |season: &'_ Season| season.reviews().find(|review| review.file == file.name).cloned();
        Some(after_save(&now, of(&before).as_ref(), &of(&now)?, screen))
    });
    console::show(&gone.chain(changed).collect::<String>())?;
    Ok(())
}

/// Returns what is told of a workbook that was saved; of one that is new, how it stands.
fn after_save(season: &Season, before: Option<&Review>, now: &Review, screen: Screen) -> String {
    let changes = before.map(|before| FindingChanges::of(&before.findings, &now.findings)).unwrap_or_default();
    let mut lines = vec![human::heading(season, now, screen.paint)];
    lines.extend(findings("put right", &changes.gone, screen));
    lines.extend(findings("new", &changes.new, screen));
    lines.push(format!("  open: {}", summary::tally(now)));
    let known = now.outcome.as_ref().zip(season.framework(now));
    lines.extend(known.and_then(|(outcome, framework)| settles(outcome, framework)));
    let lines: String = lines.iter().map(|line| screen.fitted(line, "    ") + "\n").collect();
    lines + "\n"
}

/// Returns a line for each of some findings, the first of many; notes aren't told.
fn findings(what: &str, findings: &[Finding], screen: Screen) -> Vec<String> {
    let told: Vec<&Finding> = findings.iter().filter(|finding| finding.severity > Severity::Note).collect();
    let line = |finding: &&Finding| {
        let place = finding.cell().map(|cell| format!("{cell}: ")).unwrap_or_default();
        format!("  {what}: {place}{}", summary::headline(finding, screen.paint))
    };
    let rest = told.len().saturating_sub(MOST_TOLD);
    let more = (rest > 0).then(|| format!("  {what}: {rest} more"));
    told.iter().take(MOST_TOLD).map(line).chain(more).collect()
}

/// Returns what would settle an open outcome, or what leads to a better one; `None` where neither is known.
fn settles(outcome: &OutcomeRecord, framework: &Framework) -> Option<String> {
    if outcome.is_open() && !outcome.missing.is_empty() {
        let missing: Vec<String> = outcome.missing.iter().map(ToString::to_string).collect();
        let answers = number_of(missing.len(), "answer", "answers");
        return Some(format!("  to settle the outcome: {answers} ({})", list_of_at_most(&missing, MOST_NAMED)));
    }
    let route = outcome.next.as_ref().filter(|route| !route.steps.is_empty())?;
    Some(format!("  to come to {}: {}", title(framework, &route.band), steps(route)))
}

fn title(framework: &Framework, band: &BandId) -> String {
    framework.band_title(band).to_owned()
}

/// Returns the steps of a way to a better outcome.
fn steps(route: &Route) -> String {
    let step =
        |of: &crate::outcome::RouteStep| format!("{} from {} to {}", of.id, number(&of.from, 2), number(&of.to, 2));
    list_of_at_most(&route.steps.iter().map(step).collect::<Vec<_>>(), MOST_NAMED)
}
