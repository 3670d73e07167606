//! A part of a season as one call: its files are reviewed, and what they come to is written, whole, for whoever puts the parts together.

use std::cell::RefCell;
use std::path::Path;

use super::manifest::{FrameworkUsed, RunRecord, SettingsUsed, manifest};
use super::out_folder::{Delivered, Others, OutFolder};
use super::plan::Plan;
use super::review_file::{ReviewedFile, WholeFile};
use super::season::SeasonError;
use super::shard::{Asked, Part, ShardTold, is_of_part, review_name, table_name};
use super::{Event, Job, review_all};
use crate::artifact::Artifact;
use crate::export::{results, table};
use crate::framework::Framework;
use crate::season::{Season, Settings, Surroundings};

/// What the names of tables end with.
const PARQUET: &str = ".parquet";

/// What came of a part.
#[derive(Debug)]
pub struct PartRun {
    /// How many files were reviewed.
    pub reviewed: usize,
    /// The names of those that weren't, because the run was ended early.
    pub unprocessed: Vec<String>,
    /// What came of putting its outputs in their places.
    pub delivered: Delivered,
}

/// What a part is run with.
#[derive(Debug)]
pub struct PartSettings<'a> {
    /// The part.
    pub part: Part,
    /// Where the season lies, and what it is asked with.
    pub asked: Asked,
    /// The folder that it is written to.
    pub out: &'a Path,
    /// The frameworks that returns may be of.
    pub frameworks: &'a [Framework],
    /// What the season goes by.
    pub season: Settings,
    /// The frameworks, as the manifest tells them.
    pub used: &'a [FrameworkUsed],
    /// What was asked for, as the manifest tells it.
    pub settings: &'a SettingsUsed,
}

/// Reviews the files of a season that fall to a part, and writes what they come to.
///
/// # Errors
/// Where reviews can't be run, or what has to be written can't be.
pub fn run_part(job: Job, with: PartSettings, tell: &(dyn Fn(Event) + Sync)) -> Result<PartRun, SeasonError> {
    let PartSettings { part, asked, out, frameworks, season, used, settings } = with;
    let folder = OutFolder::hold(out)?;
    check_own(&folder, out, part)?;
    let files = job.plan.files.iter().map(|file| file.name.clone()).collect();
    let plan = own(job.plan, part);
    let result = review_all(Job { plan: &plan, ..job }, tell)?;
    let reviewed = result.reviewed.len();
    let refused = RefCell::new(Vec::new());
    let put = |artifact: &Artifact| {
        if let Err(error) = folder.put(artifact) {
            refused.borrow_mut().push((artifact.name.clone(), error.to_string()));
        }
    };
    put(&ShardTold { part, files, asked }.artifact());
    let mut reviews = Vec::with_capacity(reviewed);
    for file in result.reviewed {
        let name = review_name(&file.review.file);
        let whole = WholeFile::from(file);
        put(&Artifact { name, bytes: results::in_a_line(&whole) });
        reviews.push(ReviewedFile::from(whole).review);
    }
    let season = Season::new(frameworks, Surroundings { settings: season, ..Surroundings::default() }, reviews);
    tables(&season, part)?.iter().for_each(put);
    let record = RunRecord {
        season: &season,
        ignored: &plan.ignored,
        unprocessed: &result.unprocessed,
        frameworks: used,
        settings,
    };
    job.stop.close();
    let delivered = folder.close(Others::Cleared, |delivered| manifest(record, &delivered.outputs, &delivered.earlier));
    let delivered = Delivered { refused: [refused.into_inner(), delivered.refused].concat(), ..delivered };
    Ok(PartRun { reviewed, unprocessed: result.unprocessed, delivered })
}

/// Refuses a folder that holds something else than this part: another one, or a whole season.
fn check_own(folder: &OutFolder, out: &Path, part: Part) -> Result<(), SeasonError> {
    let holds = match ShardTold::of(out) {
        _ if folder.is_new() => None,
        Some(told) => (told.part != part).then(|| format!("part {} of a season", told.part)),
        None => (!folder.has_made(is_of_part)).then(|| "the outputs of a whole season".to_owned()),
    };
    holds.map_or(Ok(()), |holds| Err(SeasonError::OfAnother { folder: out.to_owned(), holds, part }))
}

/// Returns the files of a plan that fall to a part.
fn own(plan: &Plan, part: Part) -> Plan {
    let files = plan.files.iter().filter(|file| part.takes(&file.name)).cloned().collect();
    Plan { files, ..plan.clone() }
}

/// Returns the tables of a part as Parquet, so that those of all parts together can be read as one: `data/returns/shard=2/part.parquet`.
fn tables(season: &Season, part: Part) -> Result<Vec<Artifact>, SeasonError> {
    let tables = table::tables(season)?.into_iter().filter_map(|table| {
        let name = table_name(table.name.strip_suffix(PARQUET)?, part);
        Some(Artifact { name, ..table })
    });
    Ok(tables.collect())
}
