//! A season as results hold it.

use super::{Consolidation, SeasonFinding};
use crate::review::Review;

/// The reviews of a folder, in order of their files, and what was found across them.
#[derive(Clone, Debug, Default)]
pub struct Season {
    /// One review a file.
    pub reviews: Vec<Review>,
    /// What needs more than one return, or none, to be said.
    pub findings: Vec<SeasonFinding>,
    /// What the units of organisations come to together.
    pub consolidations: Vec<Consolidation>,
}
