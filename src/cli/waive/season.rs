//! The season's settings that waivers are written to: those that the run went by whose findings are waived.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::batch::out_folder::MANIFEST;
use crate::batch::store;
use crate::batch::waiver::Waiver;
use crate::cli::args::WaiveArgs;
use crate::cli::config::{self, Config};
use crate::cli::failure::Failure;

/// What a run's manifest tells.
#[derive(Deserialize)]
struct Told {
    settings: SettingsTold,
}

/// What settings can be told apart by: what was decided since may have been added.
#[derive(Deserialize)]
struct SettingsTold {
    title: Option<String>,
    rule_status: serde_json::Value,
    waivers: Vec<Waiver>,
}

/// Returns the season's settings with their file: the one that is named, which needn't be there; else the nearest in or above the folder
/// that the run wrote to, or this one, where the run went by it.
pub(super) fn settings(args: &WaiveArgs) -> Result<(PathBuf, Config), Failure> {
    if let Some(file) = &args.season {
        let config = if file.exists() { config::load_file(file)? } else { Config::default() };
        return Ok((file.clone(), config));
    }
    let folder = folder(&args.out);
    let nearest = [folder.as_path(), Path::new(".")].into_iter().find_map(config::nearest_file);
    let none = "there is no season.toml in or above the folder of the run or this one; name the season\u{2019}s settings with \
                --season, which are made where they aren\u{2019}t there";
    let file = nearest.ok_or_else(|| Failure::Unknown(none.to_owned()))?;
    let config = config::load_file(&file)?;
    if read(&folder).is_some_and(|told| !told.went_by(&config)) {
        return Err(Failure::Unknown(format!(
            "the run in {} went by other settings than {} has; run the season again, or name its settings with --season",
            args.out.display(),
            file.display()
        )));
    }
    Ok((file, config))
}

/// Returns the folder that a run wrote to, of which it or its results are named.
fn folder(out: &Path) -> PathBuf {
    let above = || out.parent().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    if out.is_dir() { out.to_owned() } else { above().unwrap_or(Path::new(".")).to_owned() }
}

/// Reads by which settings a run went; `None` where its manifest isn't there or tells nothing of them.
fn read(folder: &Path) -> Option<SettingsTold> {
    let told: Told = serde_json::from_slice(&store::bytes(&folder.join(MANIFEST)).ok()?).ok()?;
    Some(told.settings)
}

impl SettingsTold {
    /// Whether these are the settings that a run went by, but for waivers that were added since.
    fn went_by(&self, config: &Config) -> bool {
        self.title == config.title
            && serde_json::to_value(&config.grading).is_ok_and(|graded| graded == self.rule_status)
            && self.waivers.iter().all(|waiver| config.waivers.0.contains(waiver))
    }
}
