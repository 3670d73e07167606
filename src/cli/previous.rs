//! Last season's results, which this season's returns are compared with.
//!
//! They are what `run` wrote then: the folder, or its `data/results.json` alone. A file that isn't there or isn't one is refused,
//! since a comparison that quietly didn't take place looks like one that found nothing.

use std::path::{Path, PathBuf};

use super::args::ReviewArgs;
use super::config::Config;
use super::failure::Failure;
use crate::batch::manifest::PreviousUsed;
use crate::batch::store::{self, StoreError};
use crate::export::results::{self, ResultsError};
use crate::framework::Framework;
use crate::season::SeasonRecord;

/// The last season, as this one is compared with it.
#[derive(Clone, Debug)]
pub(super) struct Previous {
    /// What it came to.
    pub(super) record: SeasonRecord,
    /// The file that says so.
    pub(super) file: PathBuf,
    /// How a run accounts for it.
    pub(super) used: PreviousUsed,
}

/// Why last season's results can't be used.
#[derive(Debug, thiserror::Error)]
enum PreviousError {
    /// There is nothing of this name.
    #[error("`{named}` isn\u{2019}t there{instead}", named = .0.display(), instead = absent(.0))]
    Absent(PathBuf),
    /// The folder isn't one that a run wrote to.
    #[error("`{folder}` holds no `{file}`; name the folder that `scrutineer run` wrote to last season, or that file", folder = .0.display(), file = results::RESULTS)]
    OtherFolder(PathBuf),
    /// The file can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is another file.
    #[error("`{named}`: {1}; name the `{file}` that `scrutineer run` wrote last season", named = .0.display(), file = results::RESULTS)]
    OtherFile(PathBuf, #[source] ResultsError),
}

/// Says what to do where nothing is: what is meant, else what to name.
fn absent(path: &Path) -> String {
    format!("{}; name the folder that `scrutineer run` wrote to last season", store::instead(path))
}

/// Reads last season's results, where the line or the season's settings name them.
pub(super) fn previous(
    args: &ReviewArgs,
    config: &Config,
    frameworks: &[Framework],
) -> Result<Option<Previous>, Failure> {
    let told = |error: &PreviousError| format!("last season\u{2019}s results can\u{2019}t be used: {error}");
    match (&args.previous, &config.previous) {
        (Some(path), _) => {
            let read = read(path, frameworks);
            read.map(Some).map_err(|error| Failure::Unknown(format!("--previous: {}", told(&error))))
        }
        (None, Some((place, path))) => {
            let read = read(&place.beside(path), frameworks);
            read.map(Some).map_err(|error| Failure::Config(place.wrong(told(&error))))
        }
        (None, None) => Ok(None),
    }
}

/// Refuses to write this season's results over those of the last, which the next run would need again.
pub(super) fn check_apart(previous: &Previous, out: &Path) -> Result<(), Failure> {
    let is_same = |own: PathBuf| previous.file.canonicalize().is_ok_and(|last| last == own);
    if !out.join(results::RESULTS).canonicalize().is_ok_and(is_same) {
        return Ok(());
    }
    Err(Failure::Unknown(format!(
        "last season\u{2019}s results `{}` would be written over by this season\u{2019}s; name another folder with --out",
        previous.file.display()
    )))
}

/// Reads results, of a folder or of the file itself.
fn read(path: &Path, frameworks: &[Framework]) -> Result<Previous, PreviousError> {
    let file = if path.is_dir() { path.join(results::RESULTS) } else { path.to_owned() };
    if !file.exists() {
        let path = path.to_owned();
        return Err(if path.is_dir() { PreviousError::OtherFolder(path) } else { PreviousError::Absent(path) });
    }
    let bytes = store::bytes(&file)?;
    let kept = results::read(&bytes).map_err(|error| PreviousError::OtherFile(file.clone(), error))?;
    let record = kept.record(frameworks);
    let used = PreviousUsed { season: record.season.clone(), sha256: store::digest(&bytes) };
    Ok(Previous { record, file, used })
}
