//! `merge`: the parts of a season put together.

use std::path::PathBuf;

use super::args::{MergeArgs, RunArgs, RunOptions};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::remote::Copies;
use super::run;
use crate::batch::object_storage::address;
use crate::batch::season::SeasonError;
use crate::batch::shard::{Asked, Parts};
use crate::batch::{apart, pattern};

/// Puts the parts of a season together, wherever they lie.
pub(super) fn merge(args: MergeArgs) -> Result<ExitStatus, Failure> {
    let mut copies = Copies::default();
    let (remote, here): (Vec<PathBuf>, Vec<PathBuf>) = args.parts.into_iter().partition(|part| address(part).is_some());
    let mut folders = pattern::in_full(here)?;
    for part in remote {
        folders.push(copies.read(part)?);
    }
    for part in &folders {
        apart::check(part, &args.options.out)?;
    }
    let parts = Parts::read(&folders).map_err(SeasonError::from)?;
    let asked = parts.asked().cloned().unwrap_or_default();
    let folder = args.returns.unwrap_or_else(|| asked.folder.clone());
    let options = as_asked(args.options, asked);
    let args = RunArgs { folder, shard: None, show_files: false, show_settings: false, options };
    let status = run::merge(&copies.of_run(args)?, &parts)?;
    copies.give_back(status)
}

/// Returns options with what the parts were asked, where the line doesn't say otherwise.
fn as_asked(mut options: RunOptions, asked: Asked) -> RunOptions {
    options.roster = options.roster.or(asked.roster);
    let review = &mut options.review;
    if review.season.season.is_none() && !review.season.isolated {
        review.season.season = asked.season;
        review.season.isolated = asked.isolated;
    }
    review.previous = review.previous.take().or(asked.previous);
    review.framework = review.framework.take().or(asked.framework);
    if review.limit.is_empty() {
        review.limit = asked.limits;
    }
    options
}
