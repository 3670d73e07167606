//! `framework`: lists, shows and checks frameworks, and writes JSON Schemas.

use std::fmt::Write;
use std::path::PathBuf;

use super::args::FrameworkCommand;
use super::config::Config;
use super::console;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::packs;
use crate::export::results;
use crate::finding::{Findings, Severity};
use crate::framework::{Band, Framework, schema};
use crate::words::number_of;

/// Does what is asked with frameworks.
pub(super) fn framework(command: &FrameworkCommand) -> Result<ExitStatus, Failure> {
    match command {
        FrameworkCommand::List => list(),
        FrameworkCommand::Show { id } => show(id),
        FrameworkCommand::Check { packs } => check(packs),
        FrameworkCommand::Schema { results: true } => written(&results::pretty(&results::schema())),
        FrameworkCommand::Schema { results: false } => written(&results::pretty(&schema::json_schema())),
    }
}

fn written(bytes: &[u8]) -> Result<ExitStatus, Failure> {
    console::write(bytes)?;
    Ok(ExitStatus::Clean)
}

/// Lists the frameworks, a line each.
fn list() -> Result<ExitStatus, Failure> {
    let packs = packs::all(&Config::default())?;
    let line = |framework: &Framework| {
        let made_up = if framework.illustrative { "  (wording of our own)" } else { "" };
        format!("{:24}  {:12}  {}{made_up}\n", framework.id, framework.version, framework.title)
    };
    written(packs.iter().map(|pack| line(&pack.framework)).collect::<String>().as_bytes())
}

/// Shows one framework.
fn show(id: &str) -> Result<ExitStatus, Failure> {
    let packs = packs::all(&Config::default())?;
    let pack = packs::find(&packs, id)?;
    let framework = &pack.framework;
    let mut text = format!("{} {}: {}\n", framework.id, framework.version, framework.title);
    let _infallible = writeln!(text, "Owner: {}\nSource: {}", framework.owner, framework.provenance);
    let _infallible = writeln!(text, "Digest: {}\n", pack.text.digest());
    text.push_str(&criteria(framework));
    text.push_str(&bands(framework));
    written(text.as_bytes())
}

/// Returns the sections with their criteria and measures.
fn criteria(framework: &Framework) -> String {
    let mut text = String::new();
    for section in &framework.sections {
        let weight = section.weight.as_ref().map(|weight| format!("  ({weight} of the total)")).unwrap_or_default();
        let _infallible = writeln!(text, "{} {}{weight}", section.id, section.title);
        let criteria = section.criteria.iter().map(|criterion| (criterion.id.as_str(), &criterion.text));
        let measures = section.measures.iter().map(|measure| (measure.id.as_str(), &measure.text));
        for (id, words) in criteria.chain(measures) {
            let _infallible = writeln!(text, "  {id:8} {words}");
        }
    }
    text
}

/// Returns the bands with their limits and gates.
fn bands(framework: &Framework) -> String {
    let gates = |band: &Band| {
        let titles = band.gates.iter().filter_map(|id| framework.gate(id));
        titles.fold(String::new(), |text, gate| text + ", " + &gate.title)
    };
    let limit = |band: &Band| match (&band.at_least, &band.at_most) {
        (Some(least), _) => format!("at least {least} {}", framework.outcome.unit),
        (None, Some(most)) => format!("at most {most} {}", framework.outcome.unit),
        (None, None) => "otherwise".to_owned(),
    };
    let line = |band: &Band| format!("  {:20} {}{}\n", band.id, limit(band), gates(band));
    let lines: String = framework.outcome.bands.iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("\nBands, best first\n{lines}") }
}

/// Checks packs; 2 where one can't be relied on, 1 where one contradicts itself.
fn check(paths: &[PathBuf]) -> Result<ExitStatus, Failure> {
    let mut text = String::new();
    let mut worst = None;
    for path in paths {
        let mut findings = Findings::default();
        let pack = packs::text(path)?;
        let file = pack.file.clone();
        let opened = pack.open(&mut findings);
        let findings = findings.into_sorted();
        for finding in &findings {
            let _infallible = writeln!(text, "{}\n  {}", packs::told(finding), finding.help);
        }
        worst = worst.max(findings.iter().map(|finding| finding.severity).max());
        let verdict = match (&opened, findings.len()) {
            (Some(opened), 0) => format!("{} is sound", opened.id),
            (Some(opened), count) => format!("{} works; {}", opened.id, number_of(count, "finding", "findings")),
            (None, count) => format!("it can't be relied on; {}", number_of(count, "finding", "findings")),
        };
        let _infallible = writeln!(text, "{file}: {verdict}");
    }
    console::write(text.as_bytes())?;
    Ok(match worst {
        Some(Severity::Error) => ExitStatus::Failed,
        Some(Severity::Warning) => ExitStatus::Findings,
        Some(Severity::Note) | None => ExitStatus::Clean,
    })
}
