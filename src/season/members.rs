//! Which organisations joined since last season, which came back, and of which there is no return any more.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::Season;
use super::record::RecordedReturn;
use crate::framework::FrameworkId;

/// Who came and who didn't, beside the seasons before, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Members {
    /// Organisations with a return that counts, and with none in any season on record.
    pub joined: Vec<String>,
    /// Organisations with a return that counts and one in an earlier season, and with none in the last.
    pub came_back: Vec<String>,
    /// Organisations with a return last season, and with none that says it is theirs now.
    pub left: Vec<Left>,
}

/// An organisation that sent a return last season and none now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Left {
    /// Its name.
    pub organisation: String,
    /// Whether it is on the roster all the same.
    pub is_expected: bool,
}

impl Members {
    /// Returns who came and who didn't of one framework; `None` where there is no record of a season before.
    pub fn of(season: &Season, framework: &FrameworkId) -> Option<Self> {
        let previous = season.previous.as_ref()?;
        let last = organisations(framework, &previous.returns);
        let earlier: BTreeSet<&str> =
            previous.earlier.iter().flat_map(|past| organisations(framework, &past.returns)).collect();
        let mine = || season.returns.iter().filter(|sent| sent.review.framework.as_ref() == Some(framework));
        let came: BTreeSet<&str> = mine().filter_map(|sent| sent.organisation.as_deref()).collect();
        let counted = mine().filter(|sent| sent.counts()).filter_map(|sent| sent.organisation.as_deref());
        let new: BTreeSet<&str> = counted.filter(|name| !last.contains(name)).collect();
        let (came_back, joined): (BTreeSet<&str>, BTreeSet<&str>) =
            new.into_iter().partition(|name| earlier.contains(name));
        Some(Self {
            joined: joined.into_iter().map(ToOwned::to_owned).collect(),
            came_back: came_back.into_iter().map(ToOwned::to_owned).collect(),
            left: last.difference(&came).map(|name| Left::of(season, name)).collect(),
        })
    }

    /// Whether all are as they were.
    pub fn is_empty(&self) -> bool {
        self.joined.is_empty() && self.came_back.is_empty() && self.left.is_empty()
    }
}

impl Left {
    fn of(season: &Season, name: &str) -> Self {
        let is_expected = season.roster.as_ref().is_some_and(|roster| roster.find(name).is_some());
        Self { organisation: name.to_owned(), is_expected }
    }
}

/// Returns whose these returns are, of those of the framework.
fn organisations<'r>(framework: &FrameworkId, returns: &'r [RecordedReturn]) -> BTreeSet<&'r str> {
    let mine = returns.iter().filter(|recorded| recorded.framework == *framework);
    mine.map(|recorded| recorded.organisation.as_str()).collect()
}
