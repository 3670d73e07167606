//! What about a return asks for a second look.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::exact::Exact;
use crate::finding::Finding;
use crate::framework::{FieldRole, FrameworkId, is_of_itself};
use crate::outcome::nearness;
use crate::season::members::Members;
use crate::season::record::{criteria, percent};
use crate::season::rules::change_implausible;
use crate::season::{Season, SeasonReturn, usual};
use crate::wording::Wording;

/// How many standard deviations, as the distances from the middle one give them, a total that an organisation gives itself is unusual from.
const DEVIATIONS: usize = 3;

/// An assessor who lies so many percentage points of the scale from the middle one judges unlike the others.
const UNLIKE: usize = 10;

/// With fewer assessments an assessor can't be told from others, nor with fewer such assessors.
const LEAST: usize = 3;

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

/// Returns the returns of a framework that stand for their organisations, with what asks for a second look at each.
pub(super) fn of_framework<'a>(season: &'a Season, framework: &FrameworkId) -> Vec<(&'a SeasonReturn, Vec<Risk>)> {
    let mine = season.by_framework().remove(framework).unwrap_or_default();
    let (changed, unusual, unlike) = (changed(season), unusual(season, &mine), unlike(season, &mine));
    let joined = Members::of(season, framework).unwrap_or_default().joined;
    let of = |sent: &'a SeasonReturn| {
        let organisation = sent.organisation.as_deref();
        let risks = [
            (Risk::ImplausibleChange, changed.contains(sent.review.file.as_str())),
            (Risk::NearALimit, is_near_a_limit(season, sent)),
            (Risk::Assessor, unlike.contains(sent.review.file.as_str())),
            (Risk::UnusualSelfScore, organisation.is_some_and(|name| unusual.contains(name))),
            (Risk::FirstReturn, organisation.is_some_and(|name| joined.iter().any(|new| new == name))),
        ];
        let risks = risks.into_iter().filter(|(_, is_one)| *is_one).map(|(risk, _)| risk).collect();
        (sent, risks)
    };
    mine.iter().copied().filter(|sent| sent.is_headline).map(of).collect()
}

/// Returns the files whose total changed more than is plausible.
fn changed<'a>(season: &'a Season) -> BTreeSet<&'a str> {
    let told = season.findings.iter().filter(|finding| finding.is_of(&change_implausible::RULE));
    told.flat_map(Finding::files).map(String::as_str).collect()
}

/// Whether a total lies near the limit of an outcome, as the framework says how near that is.
fn is_near_a_limit(season: &Season, sent: &SeasonReturn) -> bool {
    let total = sent.review.outcome.as_ref().and_then(|outcome| outcome.total.as_ref());
    let framework = season.framework(&sent.review);
    framework.zip(total).is_some_and(|(framework, total)| nearness::nearest(&framework.outcome, total).is_some())
}

/// Returns the organisations whose total in their self-assessment is far from those of the others.
fn unusual<'a>(season: &Season, mine: &[&'a SeasonReturn]) -> BTreeSet<&'a str> {
    let totals: Vec<(&str, Exact)> = mine
        .iter()
        .filter(|sent| is_of_itself(sent.review.kind.as_deref()))
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

/// Returns the files whose assessor gives otherwise than the others, beside what the organisations give themselves.
fn unlike<'a>(season: &Season, mine: &[&'a SeasonReturn]) -> BTreeSet<&'a str> {
    let is_own = |sent: &SeasonReturn| is_of_itself(sent.review.kind.as_deref());
    let mut caseloads: BTreeMap<Wording, Vec<(&str, Exact)>> = BTreeMap::new();
    for sent in mine.iter().filter(|sent| !is_own(sent)) {
        let own = mine.iter().find(|own| is_own(own) && own.organisation == sent.organisation && own.unit == sent.unit);
        let named = season.framework(&sent.review).and_then(|of| sent.review.role(of, FieldRole::Assessor));
        if let Some((name, above)) = named.zip(own.and_then(|own| above(season, sent, own))) {
            caseloads.entry(Wording::of(&name.to_string())).or_default().push((sent.review.file.as_str(), above));
        }
    }
    let means: Vec<(Exact, Vec<&str>)> = caseloads.into_values().filter_map(mean_of_several).collect();
    let Some(middle) = usual::median(means.iter().map(|(mean, _)| mean.clone()).collect()) else {
        return BTreeSet::new();
    };
    let far = means.iter().filter(|(mean, _)| means.len() >= LEAST && (mean - &middle).abs() > Exact::from(UNLIKE));
    far.flat_map(|(_, files)| files.iter().copied()).collect()
}

/// Returns what the assessments of an assessor of several come to in the mean, with their files.
fn mean_of_several(cases: Vec<(&str, Exact)>) -> Option<(Exact, Vec<&str>)> {
    let many = cases.len();
    let (files, above): (Vec<&str>, Vec<Exact>) = cases.into_iter().unzip();
    let sum: Exact = above.iter().sum();
    Some((sum.divided_by(&Exact::from(many))?, files)).filter(|_| many >= LEAST)
}

/// Returns by how many percentage points of the scale the answers of one return lie above those of another in the mean.
fn above(season: &Season, sent: &SeasonReturn, own: &SeasonReturn) -> Option<Exact> {
    let [theirs, own] = [sent, own].map(|sent| criteria(&sent.review, season.frameworks));
    let differences: Vec<Exact> =
        theirs.iter().filter_map(|(id, share)| Some(&(share - own.get(id)?) * &Exact::from(100))).collect();
    let sum: Exact = differences.iter().sum();
    sum.divided_by(&Exact::from(differences.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{EntryKind, sample::field};
    use crate::season::{SeasonRecord, Surroundings, sample};

    /// Returns the organisations of which this asks for a second look, in a season of 20 with a season before it, in which the last
    /// organisation is new, and five assessors of whom the first gives a step more.
    fn at_risk(risk: Risk) -> Vec<String> {
        let mut framework = sample::usual();
        framework.fields.push(field("lead", "Lead assessor", EntryKind::Text, FieldRole::Assessor));
        framework.outcome.near = Some(Exact::from(1));
        let frameworks = [framework];
        let reviews = |organisations: usize, more: u32| {
            let of = |number: usize| {
                let name = format!("Organisation {number:02}");
                let points = |place: usize| u32::try_from((number + place) % 2).unwrap();
                let strange = u32::from(number == 7);
                let own: Vec<Option<u32>> = (0..12).map(|place| Some(points(place) + strange)).collect();
                let more = if number.is_multiple_of(5) { more } else { 0 };
                let external: Vec<Option<u32>> = own.iter().map(|own| own.map(|own| own + more)).collect();
                let mut review = sample::review(&frameworks[0], &name, "External assessment", &external);
                review.fields.insert("lead".into(), format!("Assessor {}", number % 5).as_str().into());
                [sample::review(&frameworks[0], &name, "Self-assessment", &own), review]
            };
            (0..organisations).flat_map(of).collect()
        };
        let last = Season::new(&frameworks, Surroundings::default(), reviews(19, 0));
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, reviews(20, 1));
        let risks = of_framework(&season, &frameworks[0].id);
        let with_it = risks.into_iter().filter(|(_, risks)| risks.contains(&risk));
        with_it.filter_map(|(sent, _)| sent.organisation.clone()).collect()
    }

    #[test]
    fn each_reason_is_found_where_it_is_and_nowhere_else() {
        let named =
            |numbers: &[usize]| numbers.iter().map(|number| format!("Organisation {number:02}")).collect::<Vec<_>>();
        assert_eq!(at_risk(Risk::FirstReturn), named(&[19]));
        assert_eq!(at_risk(Risk::Assessor), named(&[0, 5, 10, 15]));
        assert_eq!(at_risk(Risk::ImplausibleChange), named(&[0, 5, 10, 15]));
        assert_eq!(at_risk(Risk::UnusualSelfScore), named(&[7]));
        assert_eq!(at_risk(Risk::NearALimit), Vec::<String>::new());
    }
}
