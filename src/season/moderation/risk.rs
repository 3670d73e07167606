//! What about a return asks for a second look.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::exact::Exact;
use crate::framework::FrameworkId;
use crate::outcome::nearness;
use crate::season::members::Members;
use crate::season::record::percent;
use crate::season::rules::change_implausible;
use crate::season::{Season, SeasonReturn, usual};

/// How many standard deviations, as the median deviation gives them, a total that an organisation gives itself is unusual from.
const DEVIATIONS: usize = 3;

/// What about a return asks for a second look, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// Its total changed more than is plausible since last season.
    ImplausibleChange,
    /// Its total lies near the limit of an outcome.
    NearALimit,
    /// The total that the organisation gives itself is far from those of the others.
    UnusualSelfScore,
    /// The organisation sent none in any season on record.
    FirstReturn,
}

impl Risk {
    /// Returns the word that results use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ImplausibleChange => "implausible-change",
            Self::NearALimit => "near-a-limit",
            Self::UnusualSelfScore => "unusual-self-score",
            Self::FirstReturn => "first-return",
        }
    }

    /// Returns it in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ImplausibleChange => "implausible change",
            Self::NearALimit => "near the limit of an outcome",
            Self::UnusualSelfScore => "unusual self-score",
            Self::FirstReturn => "first return",
        }
    }
}

/// Returns what asks for a second look at the returns of a framework that stand for their organisations, by file.
pub(super) fn of_framework<'a>(season: &'a Season, framework: &FrameworkId) -> BTreeMap<&'a str, Vec<Risk>> {
    let (changed, unusual) = (changed(season), unusual(season, framework));
    let joined = Members::of(season, framework).unwrap_or_default().joined;
    let of = |sent: &'a SeasonReturn| {
        let organisation = sent.organisation.as_deref();
        let risks = [
            (Risk::ImplausibleChange, changed.contains(sent.review.file.as_str())),
            (Risk::NearALimit, is_near_a_limit(season, sent)),
            (Risk::UnusualSelfScore, organisation.is_some_and(|name| unusual.contains(name))),
            (Risk::FirstReturn, organisation.is_some_and(|name| joined.iter().any(|new| new == name))),
        ];
        let risks = risks.into_iter().filter(|(_, is_one)| *is_one).map(|(risk, _)| risk).collect();
        (sent.review.file.as_str(), risks)
    };
    season.headline_of(framework).map(of).collect()
}

/// Returns the files whose total changed more than is plausible.
fn changed<'a>(season: &'a Season) -> BTreeSet<&'a str> {
    let told = season.findings.iter().filter(|finding| finding.is_of(&change_implausible::RULE));
    told.flat_map(|finding| finding.files()).map(String::as_str).collect()
}

/// Whether a total lies near the limit of an outcome, as the framework says how near that is.
fn is_near_a_limit(season: &Season, sent: &SeasonReturn) -> bool {
    let total = sent.review.outcome.as_ref().and_then(|outcome| outcome.total.as_ref());
    let framework = season.framework(&sent.review);
    framework.zip(total).is_some_and(|(framework, total)| nearness::nearest(&framework.outcome, total).is_some())
}

/// Returns the organisations whose total in their self-assessment is far from those of the others.
fn unusual<'a>(season: &'a Season, framework: &FrameworkId) -> BTreeSet<&'a str> {
    let mine = season.counted().filter(|sent| sent.review.framework.as_ref() == Some(framework));
    let own = mine.filter(|sent| sent.review.kind.as_deref().is_some_and(|kind| kind.to_lowercase().contains("self")));
    let totals: Vec<(&str, Exact)> = own
        .filter_map(|sent| Some((sent.organisation.as_deref()?, percent(&sent.review, season.frameworks)?)))
        .collect();
    let all: Vec<Exact> = totals.iter().map(|(_, total)| total.clone()).collect();
    let Some((low, high)) = usual::range(&all, DEVIATIONS) else { return BTreeSet::new() };
    totals
        .into_iter()
        .filter(|(_, total)| *total < low || *total > high)
        .map(|(organisation, _)| organisation)
        .collect()
}
