//! The frameworks of a run: those that the program brings along, and those of the season's folder of packs.

use crate::batch::manifest::FrameworkUsed;
use super::config::Config;
use super::failure::Failure;
use crate::framework::Framework;

/// The frameworks that returns may be of.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The frameworks, in the order in which they are tried.
    pub(super) frameworks: Vec<Framework>,
    /// The same, as a run accounts for them.
    pub(super) used: Vec<FrameworkUsed>,
}

/// Returns the frameworks that are known, or the one that is insisted on.
pub(super) fn known(_config: &Config, _insisted: Option<&str>) -> Result<Known, Failure> {
    Ok(Known::default())
}
