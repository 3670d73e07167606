//! What about a return asks for a second look.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::exact::Exact;
use crate::framework::{FrameworkId, is_of_itself};
use crate::outcome::nearness;
use crate::season::about::About;
use crate::season::members::Members;
use crate::season::record::percent;
use crate::season::rules::change_implausible;
use crate::season::{Season, SeasonReturn, usual};

/// How many standard deviations, as the distances from the middle one give them, a total that an organisation gives itself is unusual from.
const DEVIATIONS: usize = 3;

/// What about a return asks for a second look, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// Its total changed more than is plausible since last season.
    ImplausibleChange,
    /// Its total lies near the limit of an outcome.
    NearALimit,
    /// Beside what organisations give themselves, its assessor gives otherwise than the other assessors.
    Assessor,
    /// The total that the organisation gives itself is far from those of the others.
    UnusualSelfScore,
    /// The organisation sent none in any season on record.
    FirstReturn,
}

impl Risk {
    /// All of them, the gravest first.
    const ALL: [Self; 5] =
        [Self::ImplausibleChange, Self::NearALimit, Self::Assessor, Self::UnusualSelfScore, Self::FirstReturn];

    /// Returns those that a list names, by the words that results use or in words.
    pub(super) fn named(written: &str) -> Vec<Self> {
        let is_named = |risk: &Self| written.contains(risk.words()) || written.contains(risk.as_str());
        Self::ALL.into_iter().filter(is_named).collect()
    }

    /// Returns the word that results use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ImplausibleChange => "implausible-change",
            Self::NearALimit => "near-a-limit",
            Self::Assessor => "assessor",
            Self::UnusualSelfScore => "unusual-self-score",
            Self::FirstReturn => "first-return",
        }
    }

    /// Returns it in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ImplausibleChange => "implausible change",
            Self::NearALimit => "near the limit of an outcome",
            Self::Assessor => "assessor unlike the others",
            Self::UnusualSelfScore => "unusual self-score",
            Self::FirstReturn => "first return",
        }
    }
}

/// A return with what about it asks for a second look.
pub(super) struct AtRisk<'a> {
    pub(super) sent: &'a SeasonReturn,
    /// The gravest first.
    pub(super) risks: Vec<Risk>,
    /// By how many percentage points its total changed, where that isn't plausible and nothing explains it; else nought.
    pub(super) change: Exact,
}

/// Returns the returns of a framework that stand for their organisations, with what asks for a second look at each.
pub(super) fn of_framework<'a>(season: &'a Season, framework: &FrameworkId) -> Vec<AtRisk<'a>> {
    let mine = season.by_framework().remove(framework).unwrap_or_default();
    let (changed, unusual) = (change_implausible::sizes(season), unusual(season, &mine));
    let joined = Members::of(season, framework).unwrap_or_default().joined;
    let of = |sent: &'a SeasonReturn| {
        let organisation = sent.organisation.as_deref();
        let risks = [
            (Risk::ImplausibleChange, changed.contains_key(sent.review.file.as_str())),
            (Risk::NearALimit, is_near_a_limit(season, sent)),
            (Risk::Assessor, season.assessor_apart(&sent.review.file).is_some()),
            (Risk::UnusualSelfScore, organisation.is_some_and(|name| unusual.contains(&(name, sent.about())))),
            (Risk::FirstReturn, organisation.is_some_and(|name| joined.iter().any(|new| new == name))),
        ];
        let risks = risks.into_iter().filter(|(_, is_one)| *is_one).map(|(risk, _)| risk).collect();
        let change = changed.get(sent.review.file.as_str()).cloned().unwrap_or_else(Exact::zero);
        AtRisk { sent, risks, change }
    };
    mine.iter().copied().filter(|sent| sent.is_headline).map(of).collect()
}

/// Whether a total lies near the limit of an outcome, as the framework says how near that is.
fn is_near_a_limit(season: &Season, sent: &SeasonReturn) -> bool {
    let total = sent.review.outcome.as_ref().and_then(|outcome| outcome.total.as_ref());
    let framework = season.framework(&sent.review);
    framework.zip(total).is_some_and(|(framework, total)| nearness::nearest(&framework.outcome, total).is_some())
}

/// Returns the organisations, with what of them it is about, whose total in their self-assessment is far from those of the others.
fn unusual<'a>(season: &Season, mine: &[&'a SeasonReturn]) -> BTreeSet<(&'a str, About)> {
    let totals: Vec<((&str, About), Exact)> = mine
        .iter()
        .filter(|sent| is_of_itself(sent.review.kind.as_deref()))
        .filter_map(|sent| {
            Some(((sent.organisation.as_deref()?, sent.about()), percent(&sent.review, season.frameworks)?))
        })
        .collect();
    let all: Vec<Exact> = totals.iter().map(|(_, total)| total.clone()).collect();
    let Some((low, high)) = usual::range(&all, DEVIATIONS) else { return BTreeSet::new() };
    totals.into_iter().filter(|(_, total)| *total < low || *total > high).map(|(whose, _)| whose).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{SeasonRecord, Surroundings, sample};

    /// Returns the organisations of which this asks for a second look, in a season of 20 with a season before it, in which the last
    /// organisation is new, and five assessors of whom the first gives a step more.
    fn at_risk(risk: Risk) -> Vec<String> {
        let mut framework = sample::assessed();
        framework.outcome.near = Some(Exact::from(1));
        let frameworks = [framework];
        let reviews = |organisations, more| sample::assessments(&frameworks[0], organisations, more);
        let last = Season::new(&frameworks, Surroundings::default(), reviews(19, 0));
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, reviews(20, 1));
        let risks = of_framework(&season, &frameworks[0].id);
        let with_it = risks.into_iter().filter(|one| one.risks.contains(&risk));
        with_it.filter_map(|one| one.sent.organisation.clone()).collect()
    }

    #[test]
    fn each_reason_is_found_where_it_is_and_nowhere_else() {
        let named =
            |numbers: &[usize]| numbers.iter().map(|number| format!("Organisation {number:02}")).collect::<Vec<_>>();
        assert_eq!(at_risk(Risk::FirstReturn), named(&[19]));
        assert_eq!(at_risk(Risk::Assessor), named(&[0, 5, 10, 15]));
        // What the assessor explains is told with the assessor.
        assert_eq!(at_risk(Risk::ImplausibleChange), Vec::<String>::new());
        assert_eq!(at_risk(Risk::UnusualSelfScore), named(&[7]));
        assert_eq!(at_risk(Risk::NearALimit), Vec::<String>::new());
    }
}
