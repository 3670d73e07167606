//! What differs between two returns of a framework, or between two seasons that were run, as programs read it.
//!
//! [`of_returns`] sets answers, scores, the outcome and findings of two returns side by side, [`of_runs`] what organisations
//! came to in two seasons, and [`rescoring`] what a season's answers come to by two packs. Nothing is taken to be alike that isn't called alike: a criterion by its name, an organisation by
//! the spellings that a season takes for one, a finding by its rule with what it is about.

pub mod findings;
pub mod of_returns;
pub mod of_runs;
pub mod rescoring;
pub(crate) mod restored;

use std::collections::BTreeMap;

use serde::Serialize;

pub use restored::Case;

/// The version of the format; a change that breaks readers raises it.
pub const VERSION: u32 = 1;

/// What was before and what is after, and whether that is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair<T> {
    /// What was before; `None` where nothing was, or that is open.
    pub before: Option<T>,
    /// What is after; `None` where nothing is, or that is open.
    pub after: Option<T>,
}

impl<T: PartialEq> Pair<T> {
    /// Returns two that belong together.
    pub const fn new(before: Option<T>, after: Option<T>) -> Self {
        Self { before, after }
    }

    /// Whether the two differ.
    pub fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// In which of two something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// In both.
    Both,
    /// Only in the second.
    Joined,
    /// Only in the first.
    Left,
}

/// Something with what it is known by, as one of the two has it and as the other has it; at least one does.
struct Matched<K, T> {
    key: K,
    before: Option<T>,
    after: Option<T>,
}

impl<K, T> Matched<K, T> {
    const fn presence(&self) -> Presence {
        match (&self.before, &self.after) {
            (Some(_), Some(_)) => Presence::Both,
            (None, _) => Presence::Joined,
            (Some(_), None) => Presence::Left,
        }
    }
}

/// Sets what is known by the same side by side, in the order of that; where several are, the first with the first.
fn matched<K: Ord + Clone, T>(
    before: impl Iterator<Item = (K, T)>,
    after: impl Iterator<Item = (K, T)>,
) -> Vec<Matched<K, T>> {
    let mut by_key: BTreeMap<K, [Vec<T>; 2]> = BTreeMap::new();
    before.for_each(|(key, one)| by_key.entry(key).or_default()[0].push(one));
    after.for_each(|(key, one)| by_key.entry(key).or_default()[1].push(one));
    let each = by_key.into_iter().flat_map(|(key, [before, after])| {
        let count = before.len().max(after.len());
        let (mut before, mut after) = (before.into_iter(), after.into_iter());
        let next = move |_| Matched { key: key.clone(), before: before.next(), after: after.next() };
        (0..count).map(next).collect::<Vec<_>>()
    });
    each.collect()
}
