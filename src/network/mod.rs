//! The reviews of a season together: which returns count, what only several of them show, and what the network looks like.
//!
//! [`Network::new`] names organisations in one way, decides which returns count, and runs the rules that
//! need more than one return . [`statistics`] says what the returns that count come to,

pub mod disclosure;
mod finding;
mod roster;
pub mod statistics;

use crate::exact::Exact;
use crate::framework::Framework;
use crate::review::{Review, Status};

pub use disclosure::Disclosure;
pub use finding::SeasonFinding;
pub use roster::{Expected, Roster, RosterError};

/// What the season's file says of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What small groups may show.
    pub disclosure: Disclosure,
    /// A change of the total against last season beyond this many percentage points is implausible.
    pub implausible_change: Exact,
    /// Fields of the cover by which returns are grouped, beside the roster's columns.
    pub group_fields: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { disclosure: Disclosure::default(), implausible_change: Exact::from(30), group_fields: Vec::new() }
    }
}

/// A return in its season.
#[derive(Clone, Debug)]
pub struct SeasonReturn {
    /// All that is known of the file, with its final status.
    pub review: Review,
    /// Whose return it is, under the one name that the season uses; `None` where it doesn't say.
    pub organisation: Option<String>,
    /// What the return can be grouped by, by column: the roster's, and the cover's region.
    pub groups: std::collections::BTreeMap<String, String>,
}

impl SeasonReturn {
    /// Whether it takes part in statistics.
    pub fn counts(&self) -> bool {
        matches!(self.review.status, Status::Scored | Status::Provisional)
    }
}

/// The reviews of a season.
#[derive(Clone, Debug)]
pub struct Network<'a> {
    /// The files, in order of their name.
    pub returns: Vec<SeasonReturn>,
    /// Who was expected; `None` without a roster.
    pub roster: Option<Roster>,
    /// The frameworks that returns may be of.
    pub frameworks: &'a [Framework],
    /// What the season's file says.
    pub settings: Settings,
    /// What only several returns show.
    pub findings: Vec<SeasonFinding>,
}
