//! The parts of a season, proved to make the whole, and their reviews.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;
use serde::Serialize;

use super::fault::PartsError;
use super::part::Part;
use super::told::{Asked, PartTold, is_review, review_name};
use crate::batch::manifest::{FrameworkUsed, SettingsUsed};
use crate::batch::plan::{Plan, PlannedFile};
use crate::batch::review_file::{ReviewedFile, WholeFile};
use crate::batch::store::{self, Content};
use crate::batch::{RunResult, answers};
use crate::words::list_of_at_most;

/// The most files that one fault names.
const MOST_NAMED: usize = 5;

/// The parts of a season.
#[derive(Debug)]
pub struct Parts(Vec<PartTold>);

impl Parts {
    /// Reads the parts that lie in folders.
    ///
    /// # Errors
    /// Where a folder holds no part that was ended, or the parts don't make a whole.
    pub fn read(folders: &[PathBuf]) -> Result<Self, PartsError> {
        let mut parts = folders.iter().map(|folder| PartTold::read(folder)).collect::<Result<Vec<_>, _>>()?;
        parts.sort_by_key(|told| told.shard.part);
        let parts = Self(parts);
        proved(parts.of_one_whole())?;
        Ok(parts)
    }

    /// Returns where the season lies, and what it was asked with, as the first part was told.
    pub fn asked(&self) -> Option<&Asked> {
        self.0.first().map(|told| &told.shard.asked)
    }

    /// Proves that every file of a season was reviewed once, as it is, under these settings.
    ///
    /// # Errors
    /// Where that isn't so: all that is wrong.
    pub fn prove(
        &self,
        plan: &Plan,
        frameworks: &[FrameworkUsed],
        settings: &SettingsUsed,
        most: u64,
    ) -> Result<(), PartsError> {
        let mut faults: Vec<String> = Vec::new();
        for told in &self.0 {
            faults.extend(otherwise_asked(told, frameworks, settings));
            faults.extend(other_files(told, plan));
            faults.extend(otherwise_read(told, plan, most));
            faults.extend(otherwise_written(told));
        }
        proved(faults)
    }

    /// Returns the reviews of all files of a plan, in its order.
    ///
    /// # Errors
    /// Where one isn't as its part wrote it.
    pub fn gathered(&self, plan: &Plan) -> Result<RunResult, PartsError> {
        let reviewed = plan.files.par_iter().map(|file| self.review(file)).collect::<Result<Vec<_>, _>>()?;
        let mut result = RunResult { reviewed, unprocessed: Vec::new(), taken_in: Vec::new() };
        result.taken_in = answers::take_in(&mut result.reviewed);
        Ok(result)
    }

    /// Returns the review of a file.
    fn review(&self, file: &PlannedFile) -> Result<ReviewedFile, PartsError> {
        let told = self.0.iter().find(|told| told.shard.part.takes(&file.name));
        let review = told.and_then(|told| {
            let name = review_name(&file.name);
            let bytes = store::bytes(&told.folder.join(&name)).ok()?;
            let is_whole = told.outputs.get(&name).is_some_and(|digest| *digest == store::digest(&bytes));
            is_whole.then(|| serde_json::from_slice::<WholeFile>(&bytes).ok()).flatten()
        });
        review.map(Into::into).ok_or_else(|| PartsError::Review(file.name.clone()))
    }

    /// Returns why the parts, in their order, don't make one whole.
    fn of_one_whole(&self) -> Vec<String> {
        let parts: Vec<Part> = self.0.iter().map(|told| told.shard.part).collect();
        let Some(last) = parts.last() else { return vec!["there are no parts".to_owned()] };
        let (of, mut faults) = (last.of(), Vec::new());
        for pair in self.0.windows(2) {
            let [one, other] = pair else { continue };
            let (here, there) = (one.folder.display(), other.folder.display());
            if one.shard.part == other.shard.part {
                faults.push(format!("part {} is there twice, in `{here}` and `{there}`", one.shard.part));
            } else if one.shard.part.of() != other.shard.part.of() {
                faults.push(format!("`{here}` is part {}, `{there}` part {}", one.shard.part, other.shard.part));
            }
        }
        let all = (1..=of).filter_map(|number| Part::new(number, of).ok());
        let missing: Vec<String> = all.filter(|part| !parts.contains(part)).map(|part| part.to_string()).collect();
        if !missing.is_empty() {
            faults.push(format!("missing: part {}", list_of_at_most(&missing, MOST_NAMED)));
        }
        faults
    }
}

/// Returns an error where there is any fault.
fn proved(faults: Vec<String>) -> Result<(), PartsError> {
    if faults.is_empty() { Ok(()) } else { Err(PartsError::NotOneWhole(faults)) }
}

/// Returns what a part was asked otherwise.
fn otherwise_asked(told: &PartTold, frameworks: &[FrameworkUsed], settings: &SettingsUsed) -> Vec<String> {
    let part = told.shard.part;
    let mut faults = Vec::new();
    if told.frameworks != value(&frameworks) {
        faults.push(format!("part {part} was run with other frameworks; run it again"));
    }
    let own: BTreeMap<String, serde_json::Value> = serde_json::from_value(value(settings)).unwrap_or_default();
    let names: BTreeSet<&String> = own.keys().chain(told.settings.keys()).collect();
    let other: Vec<&str> =
        names.into_iter().filter(|name| own.get(*name) != told.settings.get(*name)).map(String::as_str).collect();
    if !other.is_empty() {
        faults.push(format!("part {part} was run with another {}; run it again", list_of_at_most(&other, MOST_NAMED)));
    }
    faults
}

/// Returns something as a manifest tells it.
fn value(of: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// Returns what a part saw of the season that isn't there, and what it didn't see.
fn other_files(told: &PartTold, plan: &Plan) -> Vec<String> {
    let part = told.shard.part;
    let (seen, there): (BTreeSet<&str>, BTreeSet<&str>) = (
        told.shard.files.iter().map(String::as_str).collect(),
        plan.files.iter().map(|file| file.name.as_str()).collect(),
    );
    let named = |files: BTreeSet<&str>, what: &str| {
        let files: Vec<&str> = files.into_iter().collect();
        (!files.is_empty()).then(|| format!("{what} part {part} was run: {}", list_of_at_most(&files, MOST_NAMED)))
    };
    let gone = named(&seen - &there, "gone since");
    let new = named(&there - &seen, "new since");
    gone.into_iter().chain(new).collect()
}

/// Returns which of its files a part didn't review as they are.
fn otherwise_read(told: &PartTold, plan: &Plan, most: u64) -> Vec<String> {
    let part = told.shard.part;
    let own: Vec<&PlannedFile> = plan.files.iter().filter(|file| part.takes(&file.name)).collect();
    let (reviewed, left): (Vec<&PlannedFile>, Vec<&PlannedFile>) =
        own.into_iter().partition(|file| told.inputs.contains_key(&file.name));
    let is_other = |file: &&PlannedFile| digest(file, most).is_some_and(|digest| digest != told.inputs[&file.name]);
    let changed: Vec<&str> = reviewed.into_par_iter().filter(is_other).map(|file| file.name.as_str()).collect();
    let left: Vec<&str> = left.into_iter().map(|file| file.name.as_str()).collect();
    let named = |files: &[&str], what: &str| {
        (!files.is_empty()).then(|| format!("part {part} {what} {}; run it again", list_of_at_most(files, MOST_NAMED)))
    };
    named(&left, "has no review of").into_iter().chain(named(&changed, "reviewed another state of")).collect()
}

/// Returns which of its files a part doesn't have as it wrote them; its reviews are held against their digests when they are read.
fn otherwise_written(told: &PartTold) -> Option<String> {
    let outputs: Vec<(&String, &String)> = told.outputs.iter().filter(|(name, _)| !is_review(name)).collect();
    let is_other = |(name, digest): &(&String, &String)| {
        let there = store::bytes(&told.folder.join(name)).ok();
        there.is_none_or(|bytes| store::digest(&bytes) != **digest)
    };
    let other: Vec<&str> = outputs.into_par_iter().filter(is_other).map(|(name, _)| name.as_str()).collect();
    let files = list_of_at_most(&other, MOST_NAMED);
    let part = told.shard.part;
    (!other.is_empty()).then(|| format!("part {part} no longer has as it wrote them: {files}; run it again"))
}

/// Returns the digest of what a file holds now; `None` where it can't be read.
fn digest(file: &PlannedFile, most: u64) -> Option<String> {
    match store::content(&file.origin, most).ok()? {
        Content::Whole(bytes) => Some(store::digest(&bytes)),
        Content::TooLarge { sha256, .. } => Some(sha256),
    }
}
