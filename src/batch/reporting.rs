//! The reports: text for Typst, PDFs from Typst, written a few at a time so that memory stays flat.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::annotating::HandOut;
use super::typst::{Job, Typst};
use super::{PUBLISHED, Stop};
use crate::artifact::{Artifact, ArtifactKind, HandedFile, OutputNames};
use crate::catalogue;
use crate::disclosure::several;
use crate::framework::{self, Framework, FrameworkId, ReportKind};
use crate::render;
use crate::render::typst::{Markup, Renderer, ReportError};
use crate::report::benchmark::Pack;
use crate::report::{self, Audience, Earlier, Peers, Setting};
use crate::season::bundle::BundleRecord;
use crate::season::{Consolidation, Season, SeasonReturn};
use crate::statistics::Statistics;

/// The folder for reports on organisations.
const ORGANISATIONS: &str = "organisations/";

/// How many reports are made before they are written.
const AT_A_TIME: usize = 64;

/// What reports are made from, and where they go.
#[derive(Clone, Copy)]
pub struct Reporting<'a> {
    /// The kinds of outputs that are wanted.
    pub kinds: &'a [ArtifactKind],
    /// The returns.
    pub season: &'a Season<'a>,
    /// What they come to.
    pub statistics: &'a Statistics,
    /// What of that may be passed on.
    pub published: &'a Statistics,
    /// How reports look.
    pub setting: &'a Setting,
    /// How those look that are about a framework, each as of the latest day of its own returns.
    pub settings: &'a BTreeMap<FrameworkId, Setting>,
    /// The templates.
    pub renderer: &'a Renderer,
    /// What makes PDFs of them.
    pub typst: &'a Typst,
    /// Where they go.
    pub hand_out: HandOut<'a>,
    /// What the reports on returns are called.
    pub names: &'a OutputNames,
    /// Whether to end early.
    pub stop: &'a Stop,
}

impl<'a> Reporting<'a> {
    /// Returns how what is about a framework looks.
    fn setting_of(&self, framework: &FrameworkId) -> &'a Setting {
        self.settings.get(framework).unwrap_or(self.setting)
    }
}

/// Returns how what is about each framework looks: as of the latest day of its own returns, where the season names none for all.
pub fn settings(season: &Season, setting: &Setting) -> BTreeMap<FrameworkId, Setting> {
    let of = |(framework, date): (&FrameworkId, _)| (framework.clone(), Setting { date, ..setting.clone() });
    season.days().into_iter().map(of).collect()
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

/// A report to make: its file, whose it is, its text.
struct PlannedReport {
    name: String,
    file: Option<String>,
    document: Markup,
}

/// How a document on a return is planned; `None` where there is none.
type PlanOne = fn(Reporting, &SeasonReturn) -> Option<Result<PlannedReport, ReportError>>;

/// Makes what is wanted: the report on each return that was read, on each organisation whose units or instruments are put
/// together, and the overarching report of each framework; and the benchmark packs.
pub fn report_all(job: Reporting) -> Result<Reports, ReportError> {
    let mut reports = Reports::default();
    if job.kinds.contains(&ArtifactKind::Reports) {
        reports_alone(job, &mut reports)?;
    }
    if job.kinds.contains(&ArtifactKind::Benchmarks) {
        of_each_return(job, pack_of, &mut reports)?;
    }
    reports.handed.sort();
    Ok(reports)
}

/// Makes what there is on each return.
fn of_each_return(job: Reporting, plan: PlanOne, reports: &mut Reports) -> Result<(), ReportError> {
    for returns in job.season.returns.chunks(AT_A_TIME) {
        let planned = returns.par_iter().filter_map(|of_return| plan(job, of_return)).collect::<Result<Vec<_>, _>>()?;
        make(job, planned, reports);
    }
    Ok(())
}

/// Makes the reports, without the packs.
fn reports_alone(job: Reporting, reports: &mut Reports) -> Result<(), ReportError> {
    of_each_return(job, on_return, reports)?;
    of_organisations(job, reports)?;
    let used = job.season.frameworks_used();
    for audience in [Audience::Team, Audience::Everybody] {
        let planned = used.iter().filter_map(|framework| on_season(job, framework, audience));
        make(job, planned.collect::<Result<Vec<_>, _>>()?, reports);
    }
    Ok(())
}

/// Makes the reports on organisations: on what units are put together, and on instruments that belong together.
fn of_organisations(job: Reporting, reports: &mut Reports) -> Result<(), ReportError> {
    let wholes = job.season.consolidations.iter().map(Together::Units);
    let all: Vec<Together> = wholes.chain(job.season.bundles.iter().map(Together::Instruments)).collect();
    let files: Vec<String> = all.iter().map(|of| of.file(&all)).collect();
    let names = OutputNames::within(ORGANISATIONS, files.iter().map(String::as_str));
    for some in all.chunks(AT_A_TIME) {
        let planned = some.iter().filter_map(|of| of.plan(job, names.report(&of.file(&all))));
        let planned = planned.collect::<Result<Vec<_>, _>>()?;
        make(job, planned, reports);
    }
    Ok(())
}

/// What of an organisation is put together.
#[derive(Clone, Copy)]
enum Together<'a> {
    /// Its units.
    Units(&'a Consolidation),
    /// Its instruments.
    Instruments(&'a BundleRecord),
}

impl Together<'_> {
    /// Returns the organisation, and the framework that puts together.
    fn whose(&self) -> (&str, &FrameworkId) {
        match self {
            Self::Units(whole) => (&whole.organisation, &whole.framework),
            Self::Instruments(of) => (&of.organisation, &of.framework),
        }
    }

    /// Returns what stands for it where its report is named, with the framework where several put something of the organisation together.
    fn file(&self, all: &[Together]) -> String {
        let (organisation, framework) = self.whose();
        let alike = all.iter().filter(|other| other.whose().0 == organisation).count();
        let framework = if alike > 1 { format!(" ({framework})") } else { String::new() };
        format!("{}{framework}.pdf", organisation.replace('/', "_"))
    }

    /// Plans its report, under this name.
    fn plan(&self, job: Reporting, name: String) -> Option<Result<PlannedReport, ReportError>> {
        let frameworks = job.season.frameworks;
        let framework = framework::find(frameworks, self.whose().1, None)?;
        let setting = job.setting_of(&framework.id);
        let document = match self {
            Self::Units(whole) => {
                render::consolidated_report(job.renderer, setting, framework, whole, &job.season.returns)?
            }
            Self::Instruments(of) => render::bundle_report(job.renderer, setting, framework, of, frameworks),
        };
        Some(document.map(|document| PlannedReport { name, file: None, document }))
    }
}

/// Plans the report on a return; `None` where it is of no framework.
fn on_return(job: Reporting, of_return: &SeasonReturn) -> Option<Result<PlannedReport, ReportError>> {
    let framework = job.season.framework(&of_return.review)?;
    let (team, file) = (job.statistics.of(&framework.id), &of_return.review.file);
    let peers = job.published.of(&framework.id).map(|published| {
        let limits = several::in_returns(&published.coverage, job.season.settings.disclosure);
        Peers::of(published, team, file, limits)
    });
    let earlier: Vec<Earlier> =
        [Earlier::assessment(job.season, of_return), Earlier::last_season(job.season, of_return)]
            .into_iter()
            .flatten()
            .collect();
    let peers = peers.or_else(|| (!earlier.is_empty()).then(Peers::default)).map(|peers| peers.beside(earlier));
    let review = of_return.review.for_sender();
    let is_letter = framework.report_kind() == ReportKind::Letter;
    let review = if is_letter { Cow::Owned(review.into_owned().for_letter()) } else { review };
    let document =
        render::return_report(job.renderer, job.setting_of(&framework.id), framework, &review, peers.as_ref());
    let name = job.names.report(&of_return.review.file);
    Some(document.map(|document| PlannedReport { name, file: Some(of_return.review.file.clone()), document }))
}

/// Plans the benchmark pack of whoever sent a return; `None` where it doesn't stand for its organisation, or too few others sent one.
fn pack_of(job: Reporting, of_return: &SeasonReturn) -> Option<Result<PlannedReport, ReportError>> {
    let statistics = job.published.of(of_return.review.framework.as_deref()?);
    let pack = Pack::of(job.season, of_return, statistics)?;
    let document = render::benchmark_pack(job.renderer, job.setting_of(&pack.framework.id), &pack);
    let name = job.names.benchmark(&of_return.review.file);
    Some(document.map(|document| PlannedReport { name, file: None, document }))
}

/// Plans the overarching report of a framework, whose name is the same whatever else the season holds.
fn on_season(job: Reporting, framework: &Framework, audience: Audience) -> Option<Result<PlannedReport, ReportError>> {
    let (statistics, folder) = match audience {
        Audience::Team => (job.statistics, ""),
        Audience::Everybody => (job.published, PUBLISHED),
    };
    let season = report::FrameworkSeason {
        framework,
        statistics: statistics.of(&framework.id)?,
        hidings: &statistics.hidings,
        returns: &job.season.returns,
        findings: &job.season.findings,
        silenced: &job.season.decisions.silenced,
        graded: &job.season.decisions.graded,
        consolidations: &job.season.consolidations,
        frameworks: job.season.frameworks,
        previous: job.season.previous.as_ref(),
        bundles: &job.season.bundles,
        limits: job.season.settings.disclosure,
        audience,
        title_of: catalogue::title_of,
    };
    let document = render::overarching_report(job.renderer, job.setting_of(&framework.id), &season);
    let name = format!("{folder}overarching-report-{}.pdf", framework.id);
    Some(document.map(|document| PlannedReport { name, file: None, document }))
}

/// Makes PDFs and writes them; one that fails costs that one only.
fn make(job: Reporting, planned: Vec<PlannedReport>, reports: &mut Reports) {
    let jobs: Vec<Job> = planned
        .iter()
        .map(|planned| Job {
            name: planned.file.clone().unwrap_or_else(|| planned.name.clone()),
            document: planned.document.clone(),
        })
        .collect();
    for (planned, made) in planned.into_iter().zip(job.typst.compile(&jobs, job.stop)) {
        let artifact = made.map(|bytes| Artifact { name: planned.name.clone(), bytes });
        match artifact.map_err(|error| error.why()).and_then(job.hand_out) {
            Ok(handed) => {
                reports.handed.push(handed);
                reports.by_return.extend(planned.file.map(|file| (file, planned.name)));
            }
            Err(why) => reports.failed.push((planned.name, why)),
        }
    }
}
