//! What became of files, in words: a line a file, and the counts; the most important line last.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::console::{Paint, Screen};
use super::work::Volume;
use crate::finding::{Finding, Severity};
use crate::review::{OutcomeRecord, Review, Status};
use crate::season::Season;
use crate::words::number_of;

/// Returns what was found, by severity, the worst first; "no findings" where nothing was.
pub(super) fn tally(review: &Review) -> String {
    tallied(&|severity| review.graded(severity))
}

/// Returns what was found, by severity, the worst first, of as many as `graded` says.
fn tallied(graded: &dyn Fn(Severity) -> usize) -> String {
    let counts = Severity::WORST_FIRST.map(|severity| (graded(severity), severity.as_str()));
    let some = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = some.map(|(count, noun)| number_of(*count, noun, &format!("{noun}s"))).collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// Returns the outcome of a return in words; the interval while answers are missing.
pub(super) fn outcome(review: &Review) -> String {
    let Some(outcome) = &review.outcome else { return review.status.as_str().to_owned() };
    match (&outcome.band, &outcome.display) {
        (Some(band), Some(display)) => format!("{band} ({display})"),
        (Some(band), None) => band.to_string(),
        (None, Some(display)) => display.clone(),
        (None, None) => interval(outcome).unwrap_or_else(|| review.status.as_str().to_owned()),
    }
}

/// Returns between what the outcome lies.
fn interval(outcome: &OutcomeRecord) -> Option<String> {
    match (&outcome.band_lowest, &outcome.band_highest) {
        (Some(lowest), Some(highest)) if lowest == highest => Some(format!("provisional: {lowest}")),
        (Some(lowest), Some(highest)) => Some(format!("provisional: {lowest} to {highest}")),
        (None, _) | (_, None) => None,
    }
}

/// Whether a return needs nobody's attention.
fn is_fine(review: &Review) -> bool {
    review.status == Status::Scored && review.asked().all(|finding| finding.severity == Severity::Note)
}

/// Returns a line for each file that isn't fine, or for all.
pub(super) fn files(season: &Season, volume: Volume, paint: Paint) -> String {
    let shown: Vec<&Review> = season
        .reviews()
        .filter(|review| match volume {
            Volume::Verdict => false,
            Volume::Usual => !is_fine(review),
            Volume::Full => true,
        })
        .collect();
    let widest = |words: &dyn Fn(&Review) -> String| shown.iter().map(|review| words(review).chars().count()).max();
    let (wide, wider) = (widest(&outcome).unwrap_or_default(), widest(&tally).unwrap_or_default());
    let mut text = String::new();
    for review in shown {
        let worst = review.asked().map(|finding| finding.severity).max();
        let counts = format!("{:wider$}", tally(review));
        let counts = worst.map_or_else(|| counts.clone(), |worst| paint.severity(worst, &counts));
        let _infallible = writeln!(text, "{counts}  {:wide$}  {}", outcome(review), review.file);
    }
    text
}

/// Returns what a finding says, after its severity and its rule.
pub(super) fn headline(finding: &Finding, paint: Paint) -> String {
    let name = format!("{}[{}]", finding.severity, finding.rule);
    format!("{}: {}", paint.severity(finding.severity, &name), finding.message)
}

/// Returns the findings of the season as a whole.
pub(super) fn across(season: &Season, screen: Screen) -> String {
    let mut text = String::new();
    for finding in &season.findings {
        let said = format!("{}\n  {}", headline(finding, screen.paint), finding.help);
        let _infallible = writeln!(text, "{}", screen.fitted(&said, "  "));
    }
    text
}

/// Returns how often each rule found something, the commonest first.
pub(super) fn statistics(season: &Season) -> String {
    let mut counts: BTreeMap<(&str, Severity), (usize, usize)> = BTreeMap::new();
    for review in season.reviews() {
        let mut here: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
        for finding in &review.findings {
            *here.entry((finding.rule.as_str(), finding.severity)).or_default() += 1;
        }
        for (key, count) in here {
            let entry = counts.entry(key).or_default();
            *entry = (entry.0 + count, entry.1 + 1);
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(key, (count, _))| (std::cmp::Reverse(*count), *key));
    let lines = sorted.iter().map(|((rule, severity), (count, returns))| {
        format!("{count:7}  {severity:7}  {rule}  in {}\n", number_of(*returns, "return", "returns"))
    });
    lines.collect()
}

/// Returns how many files there are of each kind.
pub(super) fn counts(season: &Season, ignored: usize, unprocessed: usize) -> String {
    let mut by_status: BTreeMap<Status, usize> = BTreeMap::new();
    for review in season.reviews() {
        *by_status.entry(review.status).or_default() += 1;
    }
    let all = season.returns.len() + ignored + unprocessed;
    let mut parts: Vec<String> =
        by_status.iter().map(|(status, count)| format!("{count} {}", status.as_str())).collect();
    let others = [(ignored, "left out by name"), (unprocessed, "not come to")];
    parts.extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")));
    format!("{}: {}\n", number_of(all, "file", "files"), parts.join(", "))
}

/// Returns how many returns can be compared with last season; nothing where its results aren't at hand.
pub(super) fn compared(season: &Season) -> String {
    let Some(last) = &season.previous else { return String::new() };
    let like = season.counted().filter(|of_return| last.like(of_return).is_some()).count();
    let all = number_of(season.counted().count(), "return", "returns");
    let verb = if season.counted().count() == 1 { "counts" } else { "count" };
    let without = if like == 0 { ": none is of an organisation, kind, framework and version as then" } else { "" };
    format!("Compared with {}: {like} of {all} that {verb}{without}\n", last.season)
}

/// Returns the last line: how bad it is.
pub(super) fn verdict(season: &Season, paint: Paint) -> String {
    let findings = &season.findings;
    let all = number_of(season.returns.len(), "workbook", "workbooks");
    let concerned = season.reviews().filter(|review| review.asked().next().is_some()).count();
    let within = |severity| season.reviews().map(|review| review.graded(severity)).sum();
    let within = match concerned {
        0 => format!("No findings in {all}"),
        concerned => format!("{} in {concerned} of {all}", tallied(&within)),
    };
    let graded = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let across = if findings.is_empty() { String::new() } else { format!("; {} across returns", tallied(&graded)) };
    let line = format!("{within}{across}.");
    format!("{}\n", season.worst().map_or_else(|| paint.strong(&line), |worst| paint.severity(worst, &line)))
}
