//! `framework`: lists, shows, checks and compares frameworks, tells what their language has, and writes JSON Schemas.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::args::{FrameworkCommand, SeasonArgs};
use super::console;
use super::difference;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::{framework_text, functions, packs};
use crate::batch::pattern;
use crate::export::results;
use crate::finding::{Finding, Findings, Severity};
use crate::framework::pack::Pack;
use crate::framework::{Known, fits_members, schema};
use crate::review::rehearsal::rehearse;
use crate::words::number_of;

/// Does what is asked with frameworks.
pub(super) fn framework(command: &FrameworkCommand) -> Result<ExitStatus, Failure> {
    match command {
        FrameworkCommand::List(season) => list(season),
        FrameworkCommand::Show { id, season } => show(id, season),
        FrameworkCommand::Check { packs } => check(packs),
        FrameworkCommand::Diff(args) => difference::diff(args),
        FrameworkCommand::Functions { name, format } => functions::functions(name.as_deref(), *format),
        FrameworkCommand::Schema { results: true } => written(&results::pretty(&results::schema())),
        FrameworkCommand::Schema { results: false } => written(&results::pretty(&schema::json_schema())),
    }
}

fn written(bytes: &[u8]) -> Result<ExitStatus, Failure> {
    console::write(bytes)?;
    Ok(ExitStatus::Clean)
}

fn shown(text: &str) -> Result<ExitStatus, Failure> {
    console::show(text)?;
    Ok(ExitStatus::Clean)
}

/// Lists the frameworks that a run here would know.
fn list(season: &SeasonArgs) -> Result<ExitStatus, Failure> {
    let packs = packs::of_season(season)?;
    shown(&framework_text::listed(&packs, console::screen(false)))
}

/// Shows one framework.
fn show(id: &str, season: &SeasonArgs) -> Result<ExitStatus, Failure> {
    let packs = packs::of_season(season)?;
    let pack = packs::find(&packs, id)?;
    shown(&framework_text::shown(pack, console::screen(false)))
}

/// Checks packs; 2 where one can't be relied on, 1 where one contradicts itself.
fn check(paths: &[PathBuf]) -> Result<ExitStatus, Failure> {
    let mut text = String::new();
    let mut worst = None;
    for pack in packs::texts(&pattern::in_full(paths.to_owned())?)? {
        let (file, mut findings) = (pack.file.clone(), Findings::default());
        let opened = pack.open(&mut findings);
        if let Some(opened) = &opened {
            rehearse(opened, &mut findings);
            if opened.framework.is_bundle() {
                let (frameworks, broken) = packs::around(Path::new(&file));
                let known = Known { frameworks: &frameworks, broken: &broken };
                fits_members(&opened.text, &opened.framework, known, &mut findings);
            }
        }
        let findings = findings.into_sorted();
        for finding in &findings {
            let _infallible = writeln!(text, "{}\n  {}", packs::told(finding), finding.help);
        }
        worst = worst.max(findings.iter().map(|finding| finding.severity).max());
        let _infallible = writeln!(text, "{file}: {}", verdict(opened.as_ref(), &findings));
    }
    console::show(&(console::screen(false).fitted_lines(&text) + "\n"))?;
    Ok(match worst {
        Some(Severity::Error) => ExitStatus::Failed,
        Some(Severity::Warning) => ExitStatus::Findings,
        Some(Severity::Note) | None => ExitStatus::Clean,
    })
}

/// Says in a line what a check came to.
fn verdict(opened: Option<&Pack>, findings: &[Finding]) -> String {
    let count = number_of(findings.len(), "finding", "findings");
    let is_wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
    match opened {
        Some(opened) if findings.is_empty() => format!("{} is sound", opened.id),
        Some(opened) if is_wrong => {
            let what = if opened.framework.is_bundle() { "members" } else { "form" };
            format!("{} doesn\u{2019}t fit its {what}; {count}", opened.id)
        }
        Some(opened) => format!("{} works; {count}", opened.id),
        None => format!("it can't be relied on; {count}"),
    }
}
