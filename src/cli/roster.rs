//! The list of who was expected: where it lies, and what of it is told.

use std::path::{Path, PathBuf};

use super::args::RunArgs;
use super::failure::Failure;
use crate::batch::plan::{Plan, Reason};
use crate::batch::store;
use crate::framework::Framework;
use crate::season::Roster;
use crate::wording::near_hint;
use crate::workbook::Source;

/// What the list is called where nobody names it.
const NAMES: [&str; 5] = ["roster.csv", "roster.txt", "roster.xlsx", "roster.xls", "roster.ods"];

/// Reads the list that is named, on the line or by the season, else one that lies in the folder of the returns or beside it.
pub(super) fn read(args: &RunArgs, named: Option<&Path>, frameworks: &[Framework]) -> Result<Option<Roster>, Failure> {
    let named = args.roster.clone().or_else(|| named.map(Path::to_owned));
    let Some(file) = named.or_else(|| lying_about(&args.folder)) else { return Ok(None) };
    if !file.is_file() {
        return Err(Failure::Unknown(missing(&file)));
    }
    let source = Source::new(file.display().to_string(), store::bytes(&file)?);
    let roster = Roster::read(&source, frameworks);
    roster.map(Some).map_err(|error| Failure::Unknown(format!("could not use the roster {}: {error}", file.display())))
}

/// Leaves the list out of the returns, where it is a workbook among them.
pub(super) fn leave_out(plan: &mut Plan, args: &RunArgs, named: Option<&Path>) {
    let file = args.roster.clone().or_else(|| named.map(Path::to_owned)).or_else(|| lying_about(&args.folder));
    if let Some(file) = file {
        plan.leave_out(&file, Reason::Roster);
    }
}

/// Returns the list that lies in the folder of the returns, or beside it.
fn lying_about(folder: &Path) -> Option<PathBuf> {
    let places = [Some(folder), folder.parent()];
    let files = NAMES.iter().flat_map(|name| places.iter().flatten().map(move |place| place.join(name)));
    files.into_iter().find(|file| file.is_file())
}

/// Says that there is no such list, and which is meant.
fn missing(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let there = store::names(folder);
    let there: Vec<&str> = there.iter().map(String::as_str).collect();
    let hint = match (folder.is_dir(), near_hint(&name, &there)) {
        (true, near) if !near.is_empty() => near,
        (true, _) => "; check the path".to_owned(),
        (false, _) => "; there is no such folder: check the path".to_owned(),
    };
    format!("can\u{2019}t find the roster `{}`{hint}", file.display())
}
