//! `waive`: writes the team's decision that a finding stands as it is into the season's settings.
//!
//! It takes the finding from the results of a run, so that a slip in a name is told at once and the waiver covers the value that
//! stands there. What is written already stays as it is: entries are added at the end.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::WaiveArgs;
use super::config;
use super::console;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::waiver::check_rule;
use crate::artifact::Artifact;
use crate::batch::store;
use crate::batch::waiver::Waiver;
use crate::export::results::{self, StoredResults};
use crate::finding::Finding;
use crate::review::Review;
use crate::wording::Wording;
use crate::words::number_of;

/// How many findings are listed where several fit.
const MOST_LISTED: usize = 12;

/// Entries as a season's settings hold them.
#[derive(Serialize)]
struct Entries {
    waivers: Vec<Waiver>,
}

/// A finding of a run, with the return that it stands in; `None` for those of the season.
type Found<'a> = (&'a Finding, Option<&'a Review>);

/// Writes waivers, or shows those that senders' explanations would make.
pub(super) fn waive(args: &WaiveArgs) -> Result<ExitStatus, Failure> {
    let results = read(&args.out)?;
    let waivers = if args.from_explanations { proposed(args, &results) } else { vec![decided(args, &results)?] };
    let many = number_of(waivers.len(), "waiver", "waivers");
    if waivers.is_empty() {
        console::tell("No finding has an explanation that isn\u{2019}t waived already.");
        return Ok(ExitStatus::Clean);
    }
    let text = written(waivers)?;
    if args.from_explanations && !args.accept {
        console::write(text.as_bytes())?;
        let how = "take out those that you don\u{2019}t accept and put the rest into season.toml, or say --accept to write all";
        console::tell(&format!("{many} proposed, none written: {how}."));
        return Ok(ExitStatus::Clean);
    }
    let file = season_file(args)?;
    add(&file, &text)?;
    console::tell(&format!("Wrote {many} to {}; the next run takes them in.", file.display()));
    Ok(ExitStatus::Clean)
}

/// Reads the results of a run.
fn read(out: &Path) -> Result<StoredResults, Failure> {
    let file = if out.is_dir() { out.join(results::RESULTS) } else { out.to_owned() };
    let advice = "name the folder that `scrutineer run` wrote to";
    let unusable =
        |why: &dyn std::fmt::Display| Failure::Unknown(format!("could not use {}: {why}; {advice}", file.display()));
    let bytes = store::bytes(&file).map_err(|error| unusable(&error))?;
    results::read(&bytes).map_err(|error| unusable(&error))
}

/// Returns the waiver of the one finding that is named.
fn decided(args: &WaiveArgs, results: &StoredResults) -> Result<Waiver, Failure> {
    let rule = args.rule.as_deref().unwrap_or_default();
    check_rule(rule).map_err(Failure::Unknown)?;
    let fitting: Vec<Found> =
        all(results).filter(|found| found.0.rule.as_str() == rule && fits(args, *found)).collect();
    match &fitting[..] {
        [found] => Ok(waiver(args, *found, args.reason.as_deref().unwrap_or_default())),
        [] => Err(Failure::Unknown(none(args, rule, results))),
        several => Err(Failure::Unknown(format!(
            "{} of `{rule}` fit; say which with --return, --cell or --subject:\n{}",
            number_of(several.len(), "finding", "findings"),
            listed(several)
        ))),
    }
}

/// Returns waivers of all that senders explained and nobody has decided on.
fn proposed(args: &WaiveArgs, results: &StoredResults) -> Vec<Waiver> {
    let explained = all(results).filter(|found| found.0.waived.is_none() && fits(args, *found));
    let explained = explained.filter(|found| check_rule(found.0.rule.as_str()).is_ok());
    let explained = explained.filter(|found| args.rule.as_deref().is_none_or(|rule| found.0.rule.as_str() == rule));
    explained
        .filter_map(|found| {
            let said = found.0.explanation.as_deref()?;
            Some(waiver(args, found, &format!("The sender explains: {said}")))
        })
        .collect()
}

/// Returns all findings of a run, with what follows from them.
fn all(results: &StoredResults) -> impl Iterator<Item = Found<'_>> {
    let of_returns = results.returns.iter().flat_map(|review| {
        let findings = review.findings.iter().flat_map(Finding::with_its_effects);
        findings.map(move |finding| (finding, Some(review)))
    });
    of_returns.chain(results.findings().iter().map(|finding| (finding, None)))
}

/// Whether a finding is of the return, at the cell and about the subject that are named.
fn fits(args: &WaiveArgs, (finding, of): Found) -> bool {
    let is_return = args.of_return.as_deref().is_none_or(|name| is_of(name, finding, of));
    let cell = |cell: &String| match cell.rsplit_once('!') {
        Some((sheet, cell)) => finding.sheet() == Some(sheet) && finding.cell().as_deref() == Some(cell),
        None => finding.sheet() == Some(cell) || finding.cell().as_ref() == Some(cell),
    };
    is_return
        && args.cell.as_ref().is_none_or(cell)
        && args.subject.as_deref().is_none_or(|subject| finding.is_about(subject))
}

/// Whether a finding is of the file, or the organisation, of this name.
fn is_of(name: &str, finding: &Finding, of: Option<&Review>) -> bool {
    let is_file = |file: &String| file == name || Path::new(file).file_name().is_some_and(|last| last == name);
    let organisation = of.map_or(finding.organisation(), |review| review.organisation.as_deref());
    of.map_or_else(|| finding.files().iter().any(is_file), |review| is_file(&review.file))
        || organisation.is_some_and(|sent| Wording::of(sent) == Wording::of(name))
}

/// Says that nothing fits, and what there is of the rule.
fn none(args: &WaiveArgs, rule: &str, results: &StoredResults) -> String {
    let of_rule: Vec<Found> = all(results).filter(|found| found.0.rule.as_str() == rule).collect();
    let out = args.out.display();
    if of_rule.is_empty() {
        return format!("the run in {out} found nothing of `{rule}`");
    }
    format!("no finding of `{rule}` is there; the run in {out} found:\n{}", listed(&of_rule))
}

/// Lists findings, a line each.
fn listed(all: &[Found]) -> String {
    let line = |(finding, of): &Found| {
        let file = of.map_or_else(|| finding.files().join(", "), |review| review.file.clone());
        let cell = finding.sheet().map(|sheet| format!("  {sheet}!{}", finding.cell().unwrap_or_default()));
        format!("  {file}{}  {}", cell.unwrap_or_default(), finding.message)
    };
    let mut lines: Vec<String> = all.iter().take(MOST_LISTED).map(line).collect();
    if all.len() > MOST_LISTED {
        lines.push(format!("  and {} more", all.len() - MOST_LISTED));
    }
    lines.join("\n")
}

/// Returns the waiver of a finding for a reason.
fn waiver(args: &WaiveArgs, (finding, of): Found, reason: &str) -> Waiver {
    Waiver::of(finding, of, reason, &args.by, args.until)
}

/// Returns entries as settings write them.
fn written(waivers: Vec<Waiver>) -> Result<String, Failure> {
    toml::to_string(&Entries { waivers })
        .map_err(|error| Failure::Unknown(format!("could not write the waiver: {error}")))
}

/// Returns the season's settings: the file that is named, else the nearest in or above this folder.
fn season_file(args: &WaiveArgs) -> Result<PathBuf, Failure> {
    let nearest = || config::nearest_file(Path::new("."));
    let none = "there is no season.toml in or above this folder; name the season\u{2019}s settings with --season, which are \
                made where they aren\u{2019}t there";
    args.season.clone().or_else(nearest).ok_or_else(|| Failure::Unknown(none.to_owned()))
}

/// Adds entries at the end of settings, which are made where they aren't there and stay as they were where the result can't be used.
fn add(file: &Path, entries: &str) -> Result<(), Failure> {
    let before = if file.exists() { store::text(file)? } else { String::new() };
    let gap = if before.is_empty() {
        ""
    } else if before.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    let text = format!("{before}{gap}{entries}");
    let text = if before.contains("\r\n") { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
    config::checked(file, &text)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(store::write(folder, &[Artifact { name, bytes: text.into_bytes() }])?)
}
