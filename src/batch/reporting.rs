//! The reports: text for Typst, PDFs from Typst, written a few at a time so that memory stays flat.

use std::collections::BTreeMap;
use std::path::Path;

use super::annotating::HandedFile;
use super::store::{self, StoreError};
use super::typst::{Job, Typst};
use crate::artifact::{Artifact, report_name};
use crate::framework::{self, Framework};
use crate::render;
use crate::render::typst::{Markup, Renderer, ReportError};
use crate::report::{self, Peers, Setting};
use crate::season::{Consolidation, Season, SeasonReturn};
use crate::statistics::Statistics;

/// The folder for reports on organisations.
const ORGANISATIONS: &str = "organisations/";

/// The most letters that a file's name takes of an organisation's.
const LONGEST_NAME: usize = 100;

/// How many reports are made before they are written.
const AT_A_TIME: usize = 64;

/// What reports are made from, and where they go.
#[derive(Clone, Copy, Debug)]
pub struct Reporting<'a> {
    /// The returns.
    pub season: &'a Season<'a>,
    /// What they come to.
    pub statistics: &'a Statistics,
    /// How reports look.
    pub setting: &'a Setting,
    /// The templates.
    pub renderer: &'a Renderer,
    /// What makes PDFs of them.
    pub typst: &'a Typst,
    /// The folder to write to.
    pub out: &'a Path,
    /// What stands before the names of reports on returns: `returns/`.
    pub prefix: &'a str,
}

/// What came of making reports.
#[derive(Debug, Default)]
pub struct Reports {
    /// The files that were written, in order of their names.
    pub handed: Vec<HandedFile>,
    /// The name of the report by the return's file.
    pub by_return: BTreeMap<String, String>,
    /// The reports that couldn't be made: on what, and why.
    pub failed: Vec<(String, String)>,
}

/// Why reports as a whole can't be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportingError {
    /// A template doesn't fit what it is given.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A file can't be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A report to make: its file, whose it is, its text.
struct PlannedReport {
    name: String,
    file: Option<String>,
    document: Markup,
}

/// Makes the report on each return that was read, on each organisation whose units are put together, and the overarching report
/// of each framework.
pub fn report_all(job: Reporting) -> Result<Reports, ReportingError> {
    let mut reports = Reports::default();
    for returns in job.season.returns.chunks(AT_A_TIME) {
        let planned =
            returns.iter().filter_map(|of_return| on_return(job, of_return)).collect::<Result<Vec<_>, _>>()?;
        make(job, planned, &mut reports)?;
    }
    let organisations = &job.season.consolidations;
    for (at, some) in organisations.chunks(AT_A_TIME).enumerate() {
        let numbered = (at * AT_A_TIME..).zip(some);
        let planned =
            numbered.filter_map(|(at, whole)| on_organisation(job, at, whole)).collect::<Result<Vec<_>, _>>()?;
        make(job, planned, &mut reports)?;
    }
    let used = job.season.frameworks_used();
    let overarching =
        used.iter().filter_map(|framework| on_season(job, framework, used.len())).collect::<Result<Vec<_>, _>>()?;
    make(job, overarching, &mut reports)?;
    reports.handed.sort();
    Ok(reports)
}

/// Plans the report on a return; `None` where it is of no framework.
fn on_return(job: Reporting, of_return: &SeasonReturn) -> Option<Result<PlannedReport, ReportError>> {
    let framework = job.season.framework(&of_return.review)?;
    let statistics = job.statistics.of(&framework.id);
    let peers = statistics.map(|statistics| Peers::of(statistics, &of_return.review.file));
    let document = render::return_report(job.renderer, job.setting, framework, &of_return.review, peers.as_ref());
    let name = format!("{}{}", job.prefix, report_name(&of_return.review.file));
    Some(document.map(|document| PlannedReport { name, file: Some(of_return.review.file.clone()), document }))
}

/// Plans the report on an organisation, by its place among those whose units are put together.
fn on_organisation(job: Reporting, at: usize, whole: &Consolidation) -> Option<Result<PlannedReport, ReportError>> {
    let framework = framework::find(job.season.frameworks, &whole.framework, None)?;
    let document = render::consolidated_report(job.renderer, job.setting, framework, whole, &job.season.returns)?;
    let stem = file_name(&whole.organisation);
    let alike = job.season.consolidations[..at].iter().filter(|other| file_name(&other.organisation) == stem).count();
    let number = if alike == 0 { String::new() } else { format!(" ({})", alike + 1) };
    let name = format!("{ORGANISATIONS}{stem}{number}.report.pdf");
    Some(document.map(|document| PlannedReport { name, file: None, document }))
}

/// Returns a name without what no file's name may have.
fn file_name(name: &str) -> String {
    let fits = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '(' | ')' | '\'' | ',') { c } else { '_' };
    let plain: String = name.chars().map(fits).take(LONGEST_NAME).collect();
    plain.trim().to_owned()
}

/// Plans the overarching report of a framework, under its own name where the season has several.
fn on_season(job: Reporting, framework: &Framework, frameworks: usize) -> Option<Result<PlannedReport, ReportError>> {
    let season = report::FrameworkSeason {
        framework,
        statistics: job.statistics.of(&framework.id)?,
        hidings: &job.statistics.hidings,
        returns: &job.season.returns,
        findings: &job.season.findings,
    };
    let document = render::overarching_report(job.renderer, job.setting, &season);
    let name = if frameworks == 1 {
        "overarching-report.pdf".to_owned()
    } else {
        format!("overarching-report-{}.pdf", framework.id)
    };
    Some(document.map(|document| PlannedReport { name, file: None, document }))
}

/// Makes PDFs and writes them; one that fails costs that one only.
fn make(job: Reporting, planned: Vec<PlannedReport>, reports: &mut Reports) -> Result<(), StoreError> {
    let jobs: Vec<Job> = planned
        .iter()
        .map(|planned| Job {
            name: planned.file.clone().unwrap_or_else(|| planned.name.clone()),
            document: planned.document.clone(),
        })
        .collect();
    for (planned, made) in planned.into_iter().zip(job.typst.compile(&jobs)) {
        match made {
            Ok(bytes) => {
                reports.handed.push(HandedFile { name: planned.name.clone(), sha256: store::digest(&bytes) });
                reports.by_return.extend(planned.file.map(|file| (file, planned.name.clone())));
                store::write(job.out, &[Artifact { name: planned.name, bytes }])?;
            }
            Err(error) => reports.failed.push((planned.name, error.why())),
        }
    }
    Ok(())
}
