//! Which returns a moderator looks at: drawn by chance, and the same again from the same seed.
//!
//! [`draw`] puts the returns of a framework that count in an order that hangs on the seed and on whose they are alone, so that
//! neither the names of files nor a corrected return change it. The first of each outcome come first, so that as many outcomes
//! as fit are looked at; then the order goes on over all. Returns on which findings ask for moderation stand in the findings,
//! whether they are drawn or not.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::SeasonReturn;
use crate::framework::{BandId, FrameworkId};

/// How moderators' returns are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draw {
    /// What the draw hangs on.
    pub seed: String,
    /// How many returns of each framework; `None` is the square root of those that count, rounded up.
    pub returns: Option<usize>,
}

/// A return that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Drawn {
    /// The framework.
    pub framework: FrameworkId,
    /// Its place in the framework's draw, from one.
    pub place: usize,
    /// The file.
    pub file: String,
    /// Whose it is; `None` where it doesn't say.
    pub organisation: Option<String>,
    /// The part of it that the return is about; `None` where it is about the whole.
    pub unit: Option<String>,
    /// Which kind it is; `None` where it doesn't say.
    pub kind: Option<String>,
    /// The outcome; `None` while it is open.
    pub band: Option<BandId>,
    /// For what it was drawn.
    pub drawn: DrawnFor,
}

/// For what a return was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DrawnFor {
    /// As the first of its outcome.
    Outcome,
    /// From all that are left.
    Rest,
}

impl DrawnFor {
    /// Returns the word that results use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Rest => "rest",
        }
    }
}

/// Draws returns of each framework, in order of the frameworks, then of the draw.
pub fn draw(returns: &[SeasonReturn], how: &Draw) -> Vec<Drawn> {
    let counted = || returns.iter().filter(|sent| sent.counts());
    let frameworks: BTreeSet<&str> = counted().filter_map(|sent| sent.review.framework.as_deref()).collect();
    let drawn = frameworks.into_iter().flat_map(|framework| {
        let mine = counted().filter(|sent| sent.review.framework.as_deref() == Some(framework)).collect();
        of_framework(framework, mine, how)
    });
    drawn.collect()
}

/// Draws returns of one framework.
fn of_framework(framework: &str, mut mine: Vec<&SeasonReturn>, how: &Draw) -> Vec<Drawn> {
    let most = how.returns.unwrap_or_else(|| root(mine.len()));
    mine.sort_by_cached_key(|sent| (lot(&how.seed, framework, sent), sent.review.file.clone()));
    let mut outcomes = BTreeSet::new();
    let mut ordered: Vec<(DrawnFor, &SeasonReturn)> = mine
        .into_iter()
        .map(|sent| (if outcomes.insert(band(sent)) { DrawnFor::Outcome } else { DrawnFor::Rest }, sent))
        .collect();
    ordered.sort_by_key(|(drawn, _)| *drawn);
    let drawn = ordered.into_iter().take(most).zip(1..).map(|((drawn, sent), place)| Drawn {
        framework: framework.into(),
        place,
        file: sent.review.file.clone(),
        organisation: sent.organisation.clone(),
        unit: sent.unit.clone(),
        kind: sent.review.kind.clone(),
        band: band(sent).cloned(),
        drawn,
    });
    drawn.collect()
}

/// Returns the lot of a return.
fn lot(seed: &str, framework: &str, sent: &SeasonReturn) -> [u8; 32] {
    let whose = sent.organisation.as_deref().unwrap_or(&sent.review.file);
    let parts = [
        seed,
        framework,
        whose,
        sent.unit.as_deref().unwrap_or_default(),
        sent.review.kind.as_deref().unwrap_or_default(),
    ];
    Sha256::digest(parts.join("\n")).into()
}

/// Returns the outcome of a return; `None` while it is open.
fn band(sent: &SeasonReturn) -> Option<&BandId> {
    sent.review.outcome.as_ref()?.band.as_ref()
}

/// Returns the square root of a number, rounded up.
fn root(number: usize) -> usize {
    let root = number.isqrt();
    if root * root == number { root } else { root + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{Season, Surroundings, sample};

    fn season(frameworks: &[crate::framework::Framework]) -> Season<'_> {
        Season::new(frameworks, Surroundings::default(), sample::reviews(&frameworks[0], 30, 5))
    }

    fn files(drawn: &[Drawn]) -> Vec<&str> {
        drawn.iter().map(|drawn| drawn.file.as_str()).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_returns_and_another_draws_others() {
        let frameworks = [sample::usual()];
        let mut season = season(&frameworks);
        let with = |seed: &str| Draw { seed: seed.to_owned(), returns: None };
        let first = draw(&season.returns, &with("Spring 2026"));
        season.returns.reverse();
        assert_eq!(draw(&season.returns, &with("Spring 2026")), first);
        assert_ne!(files(&draw(&season.returns, &with("Spring 2027"))), files(&first));
    }

    #[test]
    fn a_corrected_file_does_not_change_the_draw() {
        let frameworks = [sample::usual()];
        let mut season = season(&frameworks);
        let organisations = |drawn: Vec<Drawn>| drawn.into_iter().map(|drawn| drawn.organisation).collect::<Vec<_>>();
        let first = organisations(draw(&season.returns, &Draw::default()));
        for sent in &mut season.returns {
            sent.review.file = format!("corrected/{}", sent.review.file);
            sent.review.sha256.clear();
        }
        assert_eq!(organisations(draw(&season.returns, &Draw::default())), first);
    }

    #[test]
    fn as_many_are_drawn_as_asked_for_and_each_outcome_is_among_them() {
        let frameworks = [sample::usual()];
        let season = season(&frameworks);
        let counted = season.counted().count();
        let outcomes: BTreeSet<Option<&BandId>> = season.counted().map(band).collect();
        assert!(outcomes.len() > 2, "{outcomes:?}");
        for (returns, expected) in [(None, root(counted)), (Some(3), 3), (Some(0), 0), (Some(1000), counted)] {
            let drawn = draw(&season.returns, &Draw { seed: String::new(), returns });
            assert_eq!(drawn.len(), expected, "{returns:?}");
            let among: BTreeSet<Option<&BandId>> = drawn.iter().map(|drawn| drawn.band.as_ref()).collect();
            assert_eq!(among.len(), outcomes.len().min(expected), "{returns:?}");
            assert!(drawn.iter().zip(1..).all(|(drawn, place)| drawn.place == place));
        }
    }

    #[test]
    fn a_root_is_rounded_up() {
        for (number, expected) in [(0, 0), (1, 1), (2, 2), (4, 2), (5, 3), (48, 7), (49, 7), (50, 8)] {
            assert_eq!(root(number), expected, "{number}");
        }
    }
}
