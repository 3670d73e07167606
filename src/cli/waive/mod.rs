//! `waive`: writes the team's decision that a finding stands as it is into the season's settings.
//!
//! It takes the finding from the results of a run, so that a slip in a name is told at once and the waiver covers the value that
//! stands there. What is written already stays as it is: entries are added at the end, of the settings that the run went by (`season`).

mod season;

use std::path::Path;

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
use crate::day::long_date;
use crate::export::results::{self, StoredResults};
use crate::finding::Finding;
use crate::review::Review;
use crate::wording::{Wording, nearest};
use crate::words::{agree, number_of};

/// How many findings are listed where several fit.
const MOST_LISTED: usize = 12;

/// A name that is meant is at least so much like the one that is written.
const LIKE: f64 = 0.8;

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
    check_until(args, &results)?;
    if args.from_explanations {
        return waive_explained(args, &results);
    }
    let waiver = decided(args, &results)?;
    let (file, config) = season::settings(args)?;
    if let Some(same) = config.waivers.0.iter().find(|other| other.names_the_same(&waiver)) {
        let until = long_date(same.until);
        let file = file.display();
        return Err(Failure::Unknown(format!(
            "{file} has this waiver already, by {} until {until}; to decide anew, change it there",
            same.by
        )));
    }
    let is_covered = |found: &Found| found.0.waived.is_none() && waiver == self::waiver(args, *found, &waiver.reason);
    let covered = all(&results).filter(is_covered).count();
    written_to(&file, vec![waiver], covered)
}

/// Refuses a last day that is past for the run: the next one would tell that the waiver has ended.
fn check_until(args: &WaiveArgs, results: &StoredResults) -> Result<(), Failure> {
    let Some(date) = results.date().filter(|date| args.until < *date) else { return Ok(()) };
    Err(Failure::Unknown(format!(
        "a waiver until {} would have ended: the run in {} shows the state of {}; name that day or a later one with --until",
        long_date(args.until),
        args.out.display(),
        long_date(date)
    )))
}

/// Writes waivers of what senders explained where they are accepted, else shows them; what the season's settings have is none of them.
fn waive_explained(args: &WaiveArgs, results: &StoredResults) -> Result<ExitStatus, Failure> {
    let settings = season::settings(args);
    let known: &[Waiver] = settings.as_ref().map_or(&[][..], |(_, config)| &config.waivers.0[..]);
    let mut waivers = proposed(args, results);
    waivers.retain(|waiver| !known.iter().any(|other| other.names_the_same(waiver)));
    if waivers.is_empty() {
        console::tell("No finding has an explanation that isn\u{2019}t waived already.");
        return Ok(ExitStatus::Clean);
    }
    if args.accept {
        let many = waivers.len();
        return written_to(&settings?.0, waivers, many);
    }
    let many = number_of(waivers.len(), "waiver", "waivers");
    console::write(written(waivers)?.as_bytes())?;
    let how =
        "take out those that you don\u{2019}t accept and put the rest into season.toml, or say --accept to write all";
    console::tell(&format!("{many} proposed, none written: {how}."));
    Ok(ExitStatus::Clean)
}

/// Writes waivers into the season's settings, which cover so many findings.
fn written_to(file: &Path, waivers: Vec<Waiver>, covered: usize) -> Result<ExitStatus, Failure> {
    let many = number_of(waivers.len(), "waiver", "waivers");
    let alike =
        if covered > waivers.len() { format!(" for {covered} findings that it names alike") } else { String::new() };
    let them = agree(waivers.len(), "it", "them");
    add(file, &written(waivers)?)?;
    console::tell(&format!("Wrote {many}{alike} to {}; the next run takes {them} in.", file.display()));
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

/// Returns the waiver of the one finding that is named, and nobody has decided on.
fn decided(args: &WaiveArgs, results: &StoredResults) -> Result<Waiver, Failure> {
    let rule = args.rule.as_deref().unwrap_or_default();
    check_rule(rule).map_err(Failure::Unknown)?;
    let is_meant = |found: &Found| found.0.rule.as_str() == rule && fits(args, results, *found);
    let fitting: Vec<Found> = all(results).filter(is_meant).collect();
    let (decided, open): (Vec<Found>, Vec<Found>) =
        fitting.into_iter().partition(|(finding, _)| finding.waived.is_some());
    let told = match (&distinct(args, open)[..], &decided[..]) {
        ([found], _) => return Ok(waiver(args, *found, args.reason.as_deref().unwrap_or_default())),
        ([], []) => none(args, rule, results),
        ([], [(finding, _), ..]) => format!("the finding stands as it is already. {}", finding.help),
        (several, _) => format!(
            "{} of `{rule}` fit; say which with --return, --cell or --subject (--return for each return of one over several):\n{}",
            number_of(several.len(), "finding", "findings"),
            listed(several)
        ),
    };
    Err(Failure::Unknown(told))
}

/// Returns one of each of several findings that one waiver names alike; where returns are named, of those over several returns the ones
/// that are about these and no other, where there are such.
fn distinct<'a>(args: &WaiveArgs, found: Vec<Found<'a>>) -> Vec<Found<'a>> {
    let mut waivers: Vec<Waiver> = Vec::new();
    let mut distinct = found;
    distinct.retain(|found| {
        let one = waiver(args, *found, "");
        let is_new = !waivers.contains(&one);
        waivers.push(one);
        is_new
    });
    let named = args.of_return.len();
    let exact = |(finding, of): &&Found<'a>| of.is_some() || finding.files().len() == named;
    let exactly: Vec<Found> = distinct.iter().filter(exact).copied().collect();
    if named > 0 && !exactly.is_empty() { exactly } else { distinct }
}

/// Returns waivers of all that senders explained and nobody has decided on.
fn proposed(args: &WaiveArgs, results: &StoredResults) -> Vec<Waiver> {
    let explained = all(results).filter(|found| found.0.waived.is_none() && fits(args, results, *found));
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

/// Whether a finding is of the returns, at the cell and about the subject that are named.
fn fits(args: &WaiveArgs, results: &StoredResults, (finding, of): Found) -> bool {
    let cell = |cell: &String| match cell.rsplit_once('!') {
        Some((sheet, cell)) => finding.sheet() == Some(sheet) && finding.cell().as_deref() == Some(cell),
        None => finding.sheet() == Some(cell) || finding.cell().as_ref() == Some(cell),
    };
    args.of_return.iter().all(|name| is_of(name, results, (finding, of)))
        && args.cell.as_ref().is_none_or(cell)
        && args.subject.as_deref().is_none_or(|subject| finding.is_about(subject))
}

/// Whether a finding is of the file, or the organisation, of this name; one over several returns is of each of them.
fn is_of(name: &str, results: &StoredResults, (finding, of): Found) -> bool {
    let files = of.map_or_else(|| finding.files(), |review| std::slice::from_ref(&review.file));
    let mut whose = files.iter().flat_map(|file| results.whose(file)).chain(finding.organisation());
    files.iter().any(|file| is_file(file, name)) || whose.any(|own| is_name(own, name))
}

/// Whether a file is called so, with or without its folders.
fn is_file(file: &str, name: &str) -> bool {
    file == name || Path::new(file).file_name().is_some_and(|last| last == name)
}

/// Whether a name is written so, in any spelling.
fn is_name(own: &str, name: &str) -> bool {
    Wording::of(own) == Wording::of(name)
}

/// Says that nothing fits, and what there is of the rule.
fn none(args: &WaiveArgs, rule: &str, results: &StoredResults) -> String {
    let of_rule: Vec<Found> = all(results).filter(|found| found.0.rule.as_str() == rule).collect();
    let out = args.out.display();
    if let Some(unknown) = args.of_return.iter().find_map(|name| unknown(name, results)) {
        return format!("the run in {out} has {unknown}");
    }
    if of_rule.is_empty() {
        return format!("the run in {out} found nothing of `{rule}`");
    }
    format!("no finding of `{rule}` is there; the run in {out} found:\n{}", listed(&of_rule))
}

/// Says that no return of a run is called so, nor its organisation, with the nearest name; `None` where one is.
fn unknown(name: &str, results: &StoredResults) -> Option<String> {
    let files: Vec<&str> = results.returns.iter().map(|review| review.file.as_str()).collect();
    let of_files = files.iter().flat_map(|file| results.whose(file));
    let names: Vec<&str> = of_files.chain(results.findings().iter().filter_map(Finding::organisation)).collect();
    if files.iter().any(|file| is_file(file, name)) || names.iter().any(|own| is_name(own, name)) {
        return None;
    }
    let last = files.iter().filter_map(|file| Path::new(file).file_name()?.to_str());
    let near = nearest(name, names.iter().copied().chain(files.iter().copied()).chain(last), LIKE);
    let hint = near.map_or_else(String::new, |near| format!("; did you mean \u{201c}{near}\u{201d}?"));
    Some(format!("no return and no organisation \u{201c}{name}\u{201d}{hint}"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::finding::{Place, Waived};
    use crate::season::{Season, Surroundings, sample};

    /// Returns the results of a season of twelve, in which evidence is shared by these organisations.
    fn shared_by(pairs: &[&[u32]]) -> StoredResults {
        let frameworks = [sample::usual()];
        let mut season = Season::new(&frameworks, Surroundings::default(), sample::reviews(&frameworks[0], 12, 5));
        let rule = catalogue::find("evidence-shared").unwrap();
        let file = |number: &u32| format!("Organisation {number:02} Self-assessment.xlsx");
        let shared = pairs.iter().map(|pair| {
            let files: Vec<String> = pair.iter().map(file).collect();
            let place = Place::of_season(None, files.iter().map(String::as_str));
            Finding::new(rule, place, format!("{pair:?} give the same evidence"))
        });
        season.findings = shared.collect();
        results::read(&results::results(&season, &[]).bytes).unwrap()
    }

    /// Returns what is asked of a rule, of returns of these names.
    fn asked(rule: &str, returns: &[&str]) -> WaiveArgs {
        WaiveArgs {
            out: "out".into(),
            rule: Some(rule.to_owned()),
            of_return: returns.iter().map(|name| (*name).to_owned()).collect(),
            cell: None,
            subject: None,
            reason: Some("Agreed".to_owned()),
            by: "J. Smith".to_owned(),
            until: jiff::civil::date(2099, 12, 31),
            from_explanations: false,
            accept: false,
            season: None,
        }
    }

    #[test]
    fn a_finding_over_several_returns_is_named_by_all_of_them() {
        let results = shared_by(&[&[1, 2], &[1, 2], &[1, 3], &[1, 2, 3], &[4, 5]]);
        let waive = |returns: &[&str]| decided(&asked("evidence-shared", returns), &results);
        for (returns, expected) in [
            (&["Organisation 04"][..], &[4, 5][..]),
            (&["ORGANISATION 05"], &[4, 5]),
            (&["Organisation 01", "Organisation 02"], &[1, 2]),
            (&["Organisation 02 Self-assessment.xlsx", "Organisation 03", "Organisation 01"], &[1, 2, 3]),
        ] {
            let files: Vec<String> =
                expected.iter().map(|number| format!("Organisation {number:02} Self-assessment.xlsx")).collect();
            assert_eq!(waive(returns).unwrap().found, Some(files.join(", ")), "{returns:?}");
        }
        let told = waive(&["Organisation 01"]).unwrap_err().to_string();
        assert!(told.starts_with("3 findings of `evidence-shared` fit; say which with --return, --cell"), "{told}");
    }

    #[test]
    fn a_name_that_the_run_doesnt_have_is_told_with_the_nearest() {
        let results = shared_by(&[&[1, 2]]);
        let told = |name| decided(&asked("evidence-shared", &[name]), &results).unwrap_err().to_string();
        assert_eq!(
            told("Organsation 04"),
            "the run in out has no return and no organisation \u{201c}Organsation 04\u{201d}; did you mean \u{201c}Organisation 04\u{201d}?"
        );
        assert!(told("Organisation 07").starts_with("no finding of `evidence-shared` is there; the run in out found:"));
    }

    #[test]
    fn what_stands_by_decision_already_isnt_waived_again() {
        let mut results = shared_by(&[]);
        let waived = Waived { by: "A. Jones".to_owned(), ..Waived::default() };
        let finding = Finding::new(catalogue::find("near-boundary").unwrap(), Place::Workbook, "near");
        results.returns[0].findings = vec![finding.waived(&waived)];
        let told = decided(&asked("near-boundary", &[]), &results).unwrap_err().to_string();
        assert!(
            told.starts_with("the finding stands as it is already. Nothing to do: A. Jones accepted this"),
            "{told}"
        );
    }
}
