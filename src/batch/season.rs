//! A season as one call: its files are reviewed and put together, and its outputs made and written.
//!
//! [`review_season`] gives the [`Season`]; [`run`] goes on to its statistics and its outputs. Whoever asks hands over all that was
//! derived from the command line and the season's file, and is told what happens meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::event::while_telling;
use super::grading::Grading;
use super::lasting::{self, Lasting};
use super::manifest::{FrameworkUsed, RunRecord, SettingsUsed, manifest};
use super::out_folder::{Delivered, MANIFEST, Others, OutFolder};
use super::plan::{Ignored, Plan};
use super::shard::{Part, Parts, PartsError};
use super::since::Since;
use super::store::{self, StoreError};
use super::typst::{Typst, TypstOptions};
use super::waiver::Waivers;
use super::{
    Annotating, Annotations, Event, HandOut, Job, PUBLISHED, RETURNS, Reporting, Reports, RunError, RunResult,
    annotate_all, data, report_all,
};
use super::{read_me, republished};
use crate::artifact::{Artifact, ArtifactKind, HandedFile, NO_DAY, OutputNames};
use crate::catalogue;
use crate::catalogue::rule::RULE_STATUS_UNUSED;
use crate::document::branding::Branding;
use crate::document::letters::Letters;
use crate::export::table::TableError;
use crate::export::{benchmark, icalendar};
use crate::finding::{Finding, Place};
use crate::framework::Framework;
use crate::render::typst::{Renderer, ReportError};
use crate::render::workbook::{self, ReturnFiles, SeasonView};
use crate::report::{self, Audience, Setting};
use crate::review::Review;
use crate::season::decision::Silenced;
use crate::season::team_notes::TeamNotes;
use crate::season::{Season, Surroundings};
use crate::statistics::trace::Figures;
use crate::statistics::verdict::Verdicts;
use crate::statistics::{Statistics, StatisticsError};
use crate::workbook::Source;

/// All that a season is made of.
#[derive(Debug)]
pub struct SeasonSettings<'a> {
    /// The frameworks that returns may be of.
    pub frameworks: &'a [Framework],
    /// What the season makes of rules.
    pub grading: &'a Grading,
    /// The team's decisions that findings stand as they are.
    pub waivers: &'a Waivers,
    /// The roster, the season before, and what the season's file says.
    pub surroundings: Surroundings,
    /// How it is called; `None` where nobody gave it a title.
    pub title: Option<String>,
    /// The day as of which deadlines are judged; `None` where each return says it.
    pub data_date: Option<Date>,
}

/// Whether outputs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// They are.
    Files,
    /// It is only told which there would be.
    Nothing,
}

/// Which outputs are made of a season, how they look, and where they go.
#[derive(Debug)]
pub struct OutputSettings<'a> {
    /// The folder that they go to.
    pub out: &'a Path,
    /// The kinds that are wanted.
    pub kinds: &'a [ArtifactKind],
    /// Whether they are written.
    pub writing: Writing,
    /// Whose reports these are.
    pub branding: &'a Branding,
    /// The templates of reports.
    pub renderer: &'a Renderer,
    /// How Typst is run; the time that documents carry is the season's day.
    pub typst: TypstOptions,
    /// The frameworks that returns could be of, as the manifest tells them.
    pub frameworks: &'a [FrameworkUsed],
    /// What was asked for, as the manifest tells it.
    pub settings: &'a SettingsUsed,
}

/// A season whose files were reviewed.
#[derive(Debug)]
pub struct ReviewedSeason<'a> {
    /// The season.
    pub season: Season<'a>,
    /// The names of the files that weren't reviewed, because the run was ended early.
    pub unprocessed: Vec<String>,
    /// The files that are left out, in order of their names.
    pub ignored: Vec<Ignored>,
}

/// A season with what was made of it.
#[derive(Debug)]
pub struct SeasonRun<'a> {
    /// The season.
    pub season: Season<'a>,
    /// The names of the files that weren't reviewed, because the run was ended early.
    pub unprocessed: Vec<String>,
    /// The files that are left out, in order of their names.
    pub ignored: Vec<Ignored>,
    /// What its returns come to.
    pub statistics: Statistics,
    /// What is judged of them, by framework.
    pub verdicts: Vec<Verdicts>,
    /// The annotated copies.
    pub annotations: Annotations,
    /// The reports.
    pub reports: Reports,
    /// What came of putting them in their places, and of what earlier runs left there.
    pub delivered: Delivered,
    /// What became of the files since an earlier run into the same folder; nothing where there was none.
    pub since: Since,
    /// What to tell the team where what was published before and what is published now tell together of few; `None` where they don't.
    pub republished: Option<String>,
}

impl SeasonRun<'_> {
    /// Returns the names of all files that were written, or would be.
    pub fn names(&self) -> Vec<String> {
        let outputs = self.delivered.outputs.iter().map(|output| output.name.clone());
        let is_told = self.delivered.refused.iter().all(|(name, _)| name != MANIFEST);
        outputs.chain(is_told.then(|| MANIFEST.to_owned())).collect()
    }

    /// Whether all that was wanted was made and put in its place.
    pub fn is_whole(&self) -> bool {
        self.annotations.failed.is_empty() && self.reports.failed.is_empty() && self.delivered.refused.is_empty()
    }
}

/// Why a season couldn't be run.
#[derive(Debug, thiserror::Error)]
pub enum SeasonError {
    /// No reviews can be run.
    #[error("could not review the files: {0}")]
    Review(#[from] RunError),
    /// Parts don't make a season.
    #[error("could not put the parts together: {0}")]
    Parts(#[from] PartsError),
    /// The folder of a part holds something else.
    #[error(
        "could not write part {part} to `{folder}`: it holds {holds}, which the part would clear away; name a folder of its own for each part, such as `--out part-{}`, or remove this one",
        part.number()
    )]
    OfAnother {
        /// The folder.
        folder: PathBuf,
        /// What is there.
        holds: String,
        /// The part that was to be written.
        part: Part,
    },
    /// A file can't be read or written.
    #[error("could not read or write a file: {0}")]
    Store(#[from] StoreError),
    /// The statistics can't be worked out.
    #[error("could not work out the statistics: {0}")]
    Statistics(#[from] StatisticsError),
    /// The reports as a whole can't be made.
    #[error("could not make the reports: could not {0}")]
    Reports(#[from] ReportError),
    /// The season workbook can't be made.
    #[error("could not make the season workbook: {0}")]
    Workbook(#[from] workbook::SeasonError),
    /// The tables can't be made.
    #[error("could not make the tables: {0}")]
    Tables(#[from] TableError),
}

/// Reviews a season's files and puts them together: grades what was found, and decides which returns count.
pub fn review_season<'a>(
    job: Job,
    settings: SeasonSettings<'a>,
    tell: &(dyn Fn(Event) + Sync),
) -> Result<ReviewedSeason<'a>, RunError> {
    Ok(put_together(super::run(job, tell)?, job.plan, settings))
}

/// Puts a season together of its files: grades what was found, and decides which returns count.
fn put_together<'a>(result: RunResult, plan: &Plan, settings: SeasonSettings<'a>) -> ReviewedSeason<'a> {
    let SeasonSettings { frameworks, grading, waivers, surroundings, title, data_date } = settings;
    let mut reviews: Vec<Review> = result.reviewed.into_iter().map(|reviewed| reviewed.review).collect();
    let (mut unused, mut silenced) = graded(grading, &mut reviews);
    let mut season = Season::new(frameworks, surroundings, reviews);
    let is_found = |rule: &str| {
        season.findings.iter().flat_map(Finding::with_its_effects).any(|finding| finding.rule.as_str() == rule)
    };
    unused.retain(|rule| !is_found(rule));
    season.findings.extend(unused.into_iter().map(graded_in_vain));
    silenced.extend(graded_across(grading, &mut season.findings));
    let date = date(data_date, &season);
    let mut told = waivers.apply(&mut season, date);
    silenced.extend(graded_across(grading, &mut told));
    season.findings.extend(told);
    season.decisions.silenced = silenced;
    season.decisions.graded = grading.otherwise(&season);
    let mut ignored: Vec<Ignored> = plan.ignored.iter().cloned().chain(result.taken_in).collect();
    ignored.sort();
    ReviewedSeason { season: season.called(title, date), unprocessed: result.unprocessed, ignored }
}

/// Grades what was found in returns; returns the rules that are graded in vain, and what is left out.
pub fn graded<'a>(grading: &'a Grading, reviews: &mut [Review]) -> (Vec<&'a str>, Vec<Silenced>) {
    let graded = grading.apply(reviews.iter_mut().map(|review| &mut review.findings));
    let silenced = graded.silenced.into_iter().map(|(number, finding)| {
        let review = reviews.get(number);
        let organisation = review.and_then(|review| review.organisation.clone());
        Silenced { file: review.map(|review| review.file.clone()), organisation, finding }
    });
    (graded.in_vain, silenced.collect())
}

/// Grades findings of the season; returns what is left out.
pub fn graded_across(grading: &Grading, findings: &mut Vec<Finding>) -> Vec<Silenced> {
    let silenced = grading.apply([findings]).silenced.into_iter().map(|(_, finding)| {
        let organisation = finding.organisation().map(ToOwned::to_owned);
        Silenced { file: finding.files().first().cloned(), organisation, finding }
    });
    silenced.collect()
}

/// Says that a season grades a rule that found nothing.
fn graded_in_vain(rule: &str) -> Finding {
    let message = format!("`{rule}` is graded otherwise in season.toml, but found nothing");
    Finding::new(&RULE_STATUS_UNUSED, Place::of_season(None, []), message)
        .with_help("Take the entry out, or check that it names the rule you mean.")
}

/// Returns the day whose state outputs show, so that the same season gives the same bytes: the season's data date, else the
/// latest day that a return names for its data or its assessment.
pub fn date(data_date: Option<Date>, season: &Season) -> Option<Date> {
    let days = season.counted().filter_map(|sent| sent.review.date(season.framework(&sent.review)?));
    data_date.or_else(|| days.max())
}

/// Runs a season: reviews its files, puts them together, and makes and writes what is wanted of it.
pub fn run<'a>(
    job: Job,
    settings: SeasonSettings<'a>,
    wanted: &OutputSettings,
    tell: &(dyn Fn(Event) + Sync),
) -> Result<SeasonRun<'a>, SeasonError> {
    let folder = held(wanted)?;
    let reviewed = review_season(job, settings, tell)?;
    while_telling(tell, || made_of(reviewed, job, (wanted, folder), tell))
}

/// Puts the parts of a season together, which are proved to make the whole: what comes of it is what one run would have written.
pub fn merge<'a>(
    parts: &Parts,
    job: Job,
    settings: SeasonSettings<'a>,
    wanted: &OutputSettings,
    tell: &(dyn Fn(Event) + Sync),
) -> Result<SeasonRun<'a>, SeasonError> {
    let folder = held(wanted)?;
    parts.prove(job.plan, wanted.frameworks, wanted.settings, job.limits.file)?;
    let reviewed = put_together(parts.gathered(job.plan)?, job.plan, settings);
    while_telling(tell, || made_of(reviewed, job, (wanted, folder), tell))
}

/// Takes hold of the folder of outputs, where they are written.
fn held(wanted: &OutputSettings) -> Result<Option<OutFolder>, StoreError> {
    (wanted.writing == Writing::Files).then(|| OutFolder::hold(wanted.out)).transpose()
}

/// How the outputs of a season are made, and where they go.
#[derive(Clone, Copy)]
struct Making<'a, 'f, 'w> {
    job: Job<'a, 'f>,
    wanted: &'a OutputSettings<'w>,
    names: &'a OutputNames,
    /// Where outputs wait; `None` where nothing is written.
    folder: Option<&'a OutFolder>,
    hand_out: HandOut<'a>,
}

/// Makes and writes what is wanted of a season.
fn made_of<'a>(
    reviewed: ReviewedSeason<'a>,
    job: Job,
    (wanted, folder): (&OutputSettings, Option<OutFolder>),
    tell: &(dyn Fn(Event) + Sync),
) -> Result<SeasonRun<'a>, SeasonError> {
    let ReviewedSeason { season, unprocessed, ignored } = reviewed;
    let names = OutputNames::within(RETURNS, season.reviews().map(|review| review.file.as_str()));
    let hand_out = |artifact: Artifact| handed(folder.as_ref(), &artifact);
    let making = Making { job, wanted, names: &names, folder: folder.as_ref(), hand_out: &hand_out };
    tell(Event::Making { kind: ArtifactKind::Annotated });
    let annotations = annotations(making, &season);
    let statistics = Statistics::of_season(&season)?;
    tell(Event::Making { kind: ArtifactKind::Reports });
    let published = Statistics::published(&season)?;
    let reports = reports(making, &season, (&statistics, &published))?;
    tell(Event::Making { kind: ArtifactKind::Season });
    let files = made(&season, &annotations, &reports, &names);
    let verdicts = Verdicts::of_season(&season, &statistics);
    let artifacts = artifacts(making, &season, (&statistics, &published), (&verdicts, &files))?;
    tell(Event::Writing { files: artifacts.len() });
    let taken = artifacts.into_iter().map(|artifact| (artifact.name.clone(), hand_out(artifact)));
    let (taken, refused) = parted(taken);
    let record = RunRecord {
        season: &season,
        ignored: &ignored,
        unprocessed: &unprocessed,
        frameworks: wanted.frameworks,
        settings: wanted.settings,
    };
    let failed = failed(&annotations, &reports, &refused);
    let is_whole = unprocessed.is_empty() && failed.is_empty() && refused.is_empty() && wanted.wants_all();
    let lasting = if unprocessed.is_empty() {
        let files = season.reviews().map(|review| review.file.as_str());
        Lasting::of((&names, files), wanted.kinds, &failed)
    } else {
        Lasting::default()
    };
    let stays = |name: &str| lasting.holds(name);
    let republished = republished::warning(wanted.out, PUBLISHED, &season);
    let since = folder.as_ref().map_or_else(Since::default, |folder| since(folder, &season));
    let delivered = match folder {
        Some(folder) => {
            job.stop.close();
            let others = if is_whole { Others::Cleared } else { Others::StayWhere(&stays) };
            folder.close(others, |delivered| manifest(record, &delivered.outputs, &delivered.earlier))
        }
        None => Delivered { outputs: taken, ..Delivered::default() },
    };
    let delivered = Delivered { refused: [refused, delivered.refused].concat(), ..delivered };
    Ok(SeasonRun {
        season,
        unprocessed,
        ignored,
        statistics,
        verdicts,
        annotations,
        reports,
        delivered,
        since,
        republished,
    })
}

/// Returns what became of the files since the last run into a folder; nothing where there was none.
fn since(folder: &OutFolder, season: &Season) -> Since {
    let now = season.reviews().map(|review| (review.file.as_str(), review.sha256.as_str())).collect();
    folder.inputs().map_or_else(Since::default, |before| Since::of(before, &now))
}

/// Takes an output where outputs are written; else only its name counts.
fn handed(folder: Option<&OutFolder>, artifact: &Artifact) -> Result<HandedFile, String> {
    match folder {
        Some(folder) => folder.put(artifact).map_err(|error| error.to_string()),
        None => Ok(store::handed(artifact)),
    }
}

/// A file that couldn't be made or put in its place, and why.
type Refused = (String, String);

/// Parts the outputs that were taken from those that weren't.
fn parted(outputs: impl Iterator<Item = (String, Result<HandedFile, String>)>) -> (Vec<HandedFile>, Vec<Refused>) {
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for (name, output) in outputs {
        match output {
            Ok(output) => taken.push(output),
            Err(why) => refused.push((name, why)),
        }
    }
    (taken, refused)
}

/// Returns the kinds of which something couldn't be made.
fn failed(annotations: &Annotations, reports: &Reports, refused: &[Refused]) -> BTreeSet<ArtifactKind> {
    let mut kinds: BTreeSet<ArtifactKind> = refused.iter().filter_map(|(name, _)| lasting::kind(name)).collect();
    if !annotations.failed.is_empty() {
        kinds.insert(ArtifactKind::Annotated);
    }
    if !reports.failed.is_empty() {
        kinds.extend([ArtifactKind::Reports, ArtifactKind::Benchmarks]);
    }
    kinds
}

impl OutputSettings<'_> {
    /// Whether outputs of a kind are made that only exist as files.
    fn writes(&self, kind: ArtifactKind) -> bool {
        self.writing == Writing::Files && self.kinds.contains(&kind)
    }

    /// Whether all kinds of outputs are wanted.
    fn wants_all(&self) -> bool {
        ArtifactKind::ALL.iter().all(|kind| self.kinds.contains(kind))
    }
}

/// Makes the outputs that there is one of: the season workbooks, the calendar, the figures of the benchmark packs, the data, and what
/// says for whom each is.
fn artifacts(
    making: Making,
    season: &Season,
    (statistics, published): (&Statistics, &Statistics),
    (verdicts, files): (&[Verdicts], &BTreeMap<String, ReturnFiles>),
) -> Result<Vec<Artifact>, SeasonError> {
    let wanted = making.wanted;
    let of_team = workbook(making, season, (statistics, Audience::Team), files)?;
    let of_everybody = workbook(making, season, (published, Audience::Everybody), &BTreeMap::new())?;
    let packs = packs(wanted, season, published, making.names)?;
    let made = of_team.into_iter().chain(of_everybody).chain(calendar(wanted, season)).chain(packs);
    let mut made: Vec<Artifact> = made.chain([read_me::artifact(&season.nouns())]).collect();
    if wanted.kinds.contains(&ArtifactKind::Data) {
        let figures = Figures::of(season, statistics);
        made.extend(data(season, (statistics, published), (verdicts, &figures))?);
    }
    Ok(made)
}

/// Makes the annotated copies, where they are wanted.
fn annotations(making: Making, season: &Season) -> Annotations {
    let Making { job, wanted, names, hand_out, .. } = making;
    if !wanted.writes(ArtifactKind::Annotated) {
        return Annotations::default();
    }
    let cache = job.keeping.map(|keeping| keeping.cache);
    annotate_all(Annotating { plan: job.plan, season, limits: job.limits, hand_out, names, cache, stop: job.stop })
}

/// Makes the reports, where they are wanted and Typst is there.
fn reports(
    making: Making,
    season: &Season,
    (statistics, published): (&Statistics, &Statistics),
) -> Result<Reports, ReportError> {
    let Making { job, wanted, names, folder, hand_out } = making;
    let is_wanted = wanted.writes(ArtifactKind::Reports) || wanted.writes(ArtifactKind::Benchmarks);
    let Some(folder) = folder.filter(|_| is_wanted) else { return Ok(Reports::default()) };
    let day = season.date.unwrap_or(NO_DAY).to_zoned(jiff::tz::TimeZone::UTC);
    let created = day.map_or(0, |day| day.timestamp().as_second());
    let options = TypstOptions { created, scratch: folder.scratch(), ..wanted.typst.clone() };
    let cache = job.keeping.map(|keeping| keeping.cache.clone());
    let typst = match Typst::find(options) {
        Ok(typst) => typst.keeping(cache),
        Err(error) => {
            let failed = vec![("the reports".to_owned(), format!("could not {error}"))];
            return Ok(Reports { failed, ..Reports::default() });
        }
    };
    let setting = Setting {
        branding: wanted.branding.clone(),
        date: season.date,
        data_date: season.settings.data_date,
        letter_date: season.settings.letter_date,
        letters: Letters::default(),
    };
    report_all(Reporting {
        kinds: wanted.kinds,
        season,
        statistics,
        published,
        setting: &setting,
        settings: &super::reporting::settings(season, &setting),
        renderer: wanted.renderer,
        typst: &typst,
        hand_out,
        names,
        stop: job.stop,
    })
}

/// Returns which files were made for each return.
fn made(
    season: &Season,
    annotations: &Annotations,
    reports: &Reports,
    names: &OutputNames,
) -> BTreeMap<String, ReturnFiles> {
    let handed: BTreeSet<&str> = reports.handed.iter().map(|handed| handed.name.as_str()).collect();
    let made = season.reviews().map(|review| {
        let (annotated, report) = (annotations.by_return.get(&review.file), reports.by_return.get(&review.file));
        let benchmark = Some(names.benchmark(&review.file)).filter(|pack| handed.contains(pack.as_str()));
        (review.file.clone(), ReturnFiles { annotated: annotated.cloned(), report: report.cloned(), benchmark })
    });
    made.collect()
}

/// Makes the season workbook for some, where it is wanted.
fn workbook(
    making: Making,
    season: &Season,
    (statistics, audience): (&Statistics, Audience),
    made: &BTreeMap<String, ReturnFiles>,
) -> Result<Option<Artifact>, workbook::SeasonError> {
    let wanted = making.wanted;
    if !wanted.kinds.contains(&ArtifactKind::Season) {
        return Ok(None);
    }
    let notes = if audience == Audience::Team { notes(making) } else { TeamNotes::default() };
    let (branding, date) = (wanted.branding, season.date);
    let title = report::season_title(&branding.title, &season.frameworks_used(), date);
    let notes = &notes;
    let made = workbook::season(&SeasonView {
        title: &title,
        branding,
        season,
        statistics,
        notes,
        made,
        date,
        audience,
        title_of: catalogue::title_of,
    })?;
    Ok(Some(match audience {
        Audience::Team => made,
        Audience::Everybody => Artifact { name: format!("{PUBLISHED}{}", made.name), ..made },
    }))
}

/// Returns what the team wrote into the season workbook of an earlier run; nothing where there is none, or it can't be read: it is kept
/// aside as it is.
fn notes(making: Making) -> TeamNotes {
    let earlier = making.folder.and_then(|folder| folder.earlier(workbook::NAME));
    earlier.and_then(|bytes| TeamNotes::read(&Source::new(workbook::NAME, bytes)).ok()).unwrap_or_default()
}

/// Returns the figures of the benchmark packs, where they are wanted.
fn packs(
    wanted: &OutputSettings,
    season: &Season,
    published: &Statistics,
    names: &OutputNames,
) -> Result<Vec<Artifact>, TableError> {
    if !wanted.kinds.contains(&ArtifactKind::Benchmarks) {
        return Ok(Vec::new());
    }
    Ok(benchmark::figures(season, published, names)?)
}

/// Makes the calendar, where data are wanted and there is a day to put into it.
fn calendar(wanted: &OutputSettings, season: &Season) -> Option<Artifact> {
    let counted: Vec<&Review> = season.counted().map(|of_return| &of_return.review).collect();
    let title = report::season_title(&wanted.branding.title, &season.frameworks_used(), season.date);
    let is_wanted = wanted.kinds.contains(&ArtifactKind::Data);
    let made = || icalendar::calendar(&title, &counted, season.frameworks, season.date.unwrap_or(NO_DAY));
    is_wanted.then(made).flatten()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::batch::grading::RuleStatus;
    use crate::batch::{Plan, Stop};
    use crate::figure::Disclosure;
    use crate::finding::Severity;
    use crate::ooxml::Limits;
    use crate::render::typst::Templates;
    use crate::review;
    use crate::season::moderation::Draw;

    const TITLE: &str = "Spring 2026";

    /// Grades two rules that find nothing.
    fn graded_in_vain() -> Grading {
        Grading(["near-boundary", "rule-status-unused"].map(|rule| (rule.to_owned(), RuleStatus::Note)).into())
    }

    /// Runs a season of one file that is no workbook into a folder.
    /// A season that waives nothing.
    static NO_WAIVERS: Waivers = Waivers(Vec::new());

    fn run_into<'a>(out: &Path, writing: Writing, grading: &'a Grading) -> SeasonRun<'a> {
        let mut plan = Plan::default();
        plan.add_bytes("a.xlsx", b"no workbook".to_vec());
        let (limits, stop) = (Limits::default(), Stop::default());
        let settings = review::Settings::new(&[], limits.clone());
        let job = Job::plain(&plan, &settings, &limits, &stop);
        let season = SeasonSettings {
            frameworks: &[],
            grading,
            waivers: &NO_WAIVERS,
            surroundings: Surroundings::default(),
            title: Some(TITLE.to_owned()),
            data_date: None,
        };
        let wanted = OutputSettings {
            out,
            kinds: &[ArtifactKind::Data, ArtifactKind::Season],
            writing,
            branding: &Branding::default(),
            renderer: &Renderer::new(&Templates::default(), Letters::default()),
            typst: TypstOptions {
                program: None,
                fonts: None,
                processes: 1,
                limit: Duration::ZERO,
                created: 0,
                scratch: out.to_owned(),
            },
            frameworks: &[],
            settings: &used(grading),
        };
        run(job, season, &wanted, &|_| {}).unwrap()
    }

    fn used(grading: &Grading) -> SettingsUsed {
        SettingsUsed {
            title: Some(TITLE.to_owned()),
            data_date: None,
            letter_date: None,
            holidays: Vec::new(),
            done: BTreeMap::new(),
            previous: None,
            group_by: None,
            shared_strengths: Vec::new(),
            disclosure: Disclosure::default(),
            consolidation: None,
            moderation: Draw::default(),
            moderated: None,
            tolerance: None,
            ask_everybody: false,
            framework: None,
            fail_on: None,
            rule_status: grading.clone(),
            waivers: Waivers::default(),
            limits: BTreeMap::new(),
        }
    }

    #[test]
    fn what_is_named_is_written_and_a_run_without_writing_writes_nothing() {
        let grading = graded_in_vain();
        for writing in [Writing::Nothing, Writing::Files] {
            let folder = tempfile::tempdir().unwrap();
            let run = run_into(folder.path(), writing, &grading);
            for name in ["season.xlsx", "data/results.json", "run.json"] {
                assert!(run.names().iter().any(|written| written == name), "{name}: {:?}", run.names());
            }
            let there = run.names().iter().filter(|name| folder.path().join(name).exists()).count();
            assert_eq!(there, if writing == Writing::Files { run.names().len() } else { 0 }, "{writing:?}");
        }
    }

    #[test]
    fn rules_that_are_graded_in_vain_are_told_graded_as_the_season_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let grading = graded_in_vain();
        let season = run_into(folder.path(), Writing::Nothing, &grading).season;
        let told: Vec<_> = season.findings.iter().map(|finding| (finding.severity, finding.message.as_str())).collect();
        let expected = ["near-boundary", "rule-status-unused"]
            .map(|rule| format!("`{rule}` is graded otherwise in season.toml, but found nothing"));
        let expected: Vec<_> = expected.iter().map(|message| (Severity::Note, message.as_str())).collect();
        assert_eq!((told, season.title.as_deref()), (expected, Some(TITLE)));
    }
}
