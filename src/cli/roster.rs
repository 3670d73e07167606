//! The lists beside the returns: who was expected, and what moderators say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::RunArgs;
use super::failure::Failure;
use super::work::Reviewing;
use crate::batch;
use crate::batch::plan::{Plan, PlannedFile, Reason};
use crate::batch::store;
use crate::framework::Framework;
use crate::season::Roster;
use crate::season::moderation::said::{self, Said};
use crate::workbook::Source;

/// What the list is called where nobody names it; those of which no list can be read come last, and are refused.
const NAMES: [&str; 18] = [
    "roster.csv",
    "roster.tsv",
    "roster.txt",
    "roster.csv.txt",
    "roster.xlsx",
    "roster.xlsm",
    "roster.xlsb",
    "roster.xls",
    "roster.ods",
    "roster.numbers",
    "roster.docx",
    "roster.doc",
    "roster.pages",
    "roster.pdf",
    "roster.html",
    "roster.htm",
    "roster.xml",
    "roster.rtf",
];

/// Reads the list that is named, on the line or by the season, else one that lies in the folder of the returns or beside it.
pub(super) fn read(args: &RunArgs, named: Option<&Path>, frameworks: &[Framework]) -> Result<Option<Roster>, Failure> {
    let named = args.options.roster.clone().or_else(|| named.map(Path::to_owned));
    let Some(file) = named.or_else(|| lying_about(&args.folder)) else { return Ok(None) };
    if !file.is_file() {
        return Err(Failure::Unknown(store::missing("roster", &file, &file)));
    }
    let source = Source::new(file.display().to_string(), store::bytes(&file)?);
    let roster = Roster::read(&source, frameworks);
    roster.map(Some).map_err(|error| Failure::Unknown(format!("could not use the roster {}: {error}", file.display())))
}

/// Reads what moderators say, where the season names a list of it, or a folder of the workbooks that they filled in.
pub(super) fn moderated(
    named: Option<&Path>,
    reviewing: &Reviewing,
    frameworks: &[Framework],
) -> Result<Vec<Said>, Failure> {
    let Some(place) = named else { return Ok(Vec::new()) };
    if place.is_dir() {
        let plan = Plan::of_folder(place)?;
        let lists = lists(place, &plan);
        let reviewed = batch::run(reviewing.job(&plan), &|_| ())?.reviewed;
        let own = reviewed.iter().map(|one| &one.review).filter(|review| !lists.contains_key(&review.file));
        let own: Vec<Said> = own.map(|review| Said::of_workbook(review, frameworks)).collect();
        return Ok(lists.into_values().flatten().chain(own).collect());
    }
    let source = Source::new(place.display().to_string(), store::bytes(place)?);
    let said = said::read(&source);
    said.map_err(|error| Failure::Unknown(format!("could not use what moderators say, {}: {error}", place.display())))
}

/// Returns the lists in a folder of what moderators say, by their names: what tells the draw, or what was said beside workbooks.
fn lists(folder: &Path, plan: &Plan) -> BTreeMap<String, Vec<Said>> {
    let workbooks = plan.files.iter().filter_map(PlannedFile::source);
    let tables = plan.ignored.iter().filter(|ignored| ignored.reason == Reason::Table);
    let tables =
        tables.filter_map(|table| Some(Source::new(table.file.clone(), store::bytes(&folder.join(&table.file)).ok()?)));
    let read = |source: Source| {
        let said = said::read(&source).ok()?;
        let name = source.name.clone();
        Some((name.clone(), said.into_iter().map(|one| one.within(&name)).collect()))
    };
    workbooks.chain(tables).filter_map(read).collect()
}

/// Leaves the list out of the returns, where it is a workbook among them.
pub(super) fn leave_out(plan: &mut Plan, args: &RunArgs, named: Option<&Path>) {
    let file = args.options.roster.clone().or_else(|| named.map(Path::to_owned)).or_else(|| lying_about(&args.folder));
    // A folder is none, and holds more than one.
    if let Some(file) = file.filter(|file| file.is_file()) {
        plan.leave_out(&file, Reason::Roster);
    }
}

/// Returns the digest of a list of what moderators say, or of the digests of the files of a folder, in order of their names.
pub(super) fn digest_of_moderated(place: &Path) -> Result<String, Failure> {
    if !place.is_dir() {
        return Ok(store::digest(&store::bytes(place)?));
    }
    let plan = Plan::of_folder(place)?;
    let tables = plan.ignored.iter().filter(|ignored| ignored.reason == Reason::Table);
    let tables = tables.filter_map(|table| Some(store::digest(&store::bytes(&place.join(&table.file)).ok()?)));
    let files = plan.files.iter().filter_map(PlannedFile::source).map(|source| source.sha256());
    let digests: String = files.chain(tables).collect();
    Ok(store::digest(digests.as_bytes()))
}

/// Leaves what moderators say out of the returns, where it is a workbook or a folder among them; refuses the folder of the returns itself.
pub(super) fn leave_out_moderated(plan: &mut Plan, returns: &Path, named: Option<&Path>) -> Result<(), Failure> {
    let Some(place) = named else { return Ok(()) };
    if place.is_dir() && within(returns, place) {
        let why = "that is where the returns are; name a folder that holds nothing but what moderators sent back";
        return Err(Failure::Unknown(format!("could not use what moderators say, {}: {why}", place.display())));
    }
    plan.leave_out(place, Reason::Moderated);
    Ok(())
}

/// Whether a folder is another, or lies in it.
fn within(folder: &Path, other: &Path) -> bool {
    folder.canonicalize().ok().zip(other.canonicalize().ok()).is_some_and(|(folder, other)| folder.starts_with(other))
}

/// Returns the list that lies in the folder of the returns, or beside it.
fn lying_about(folder: &Path) -> Option<PathBuf> {
    let places = [Some(folder), folder.parent()];
    NAMES.iter().find_map(|name| places.iter().flatten().find_map(|place| store::called(place, name)))
}
