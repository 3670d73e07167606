//! What the next season asks of a season that is over: who came to what. The results of a season hold it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::about::{self, About, Each, Said};
use super::name::{Names, UsedName};
use super::{SeasonReturn, headline, reassessment};
use crate::exact::Exact;
use crate::framework::{BandId, CriterionId, Framework, FrameworkId, RegisterId, SectionId, is_of_itself};
use crate::review::Review;
use crate::wording::Wording;

/// How many seasons a season is compared with at most.
const KEPT: usize = 9;

/// The seasons that a season is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeasonRecord {
    /// How the last season is called.
    pub season: String,
    /// The returns that counted in it.
    pub returns: Vec<RecordedReturn>,
    /// The frameworks of which some returns counted that aren't among these, since they don't say whose they are.
    pub unnamed: BTreeSet<FrameworkId>,
    /// The seasons before it, the earliest first.
    pub earlier: Vec<PastSeason>,
}

/// A season that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastSeason {
    /// How the season is called.
    pub season: String,
    /// The returns that counted.
    pub returns: Vec<RecordedReturn>,
}

/// One return of a season that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordedReturn {
    /// Whose it was.
    pub organisation: String,
    /// The part of it that the return was about; `None` where it was the whole.
    #[serde(default)]
    pub unit: Option<String>,
    /// What the form is sent once for each of, such as a service, by field as the return said it.
    #[serde(default)]
    pub each: Each,
    /// The same as the season says it that is compared with this one.
    #[serde(skip)]
    pub each_now: Each,
    /// Which kind it was.
    pub kind: Option<String>,
    /// The framework.
    pub framework: FrameworkId,
    /// The framework's version.
    pub framework_version: Option<String>,
    /// The band.
    pub band: Option<BandId>,
    /// The total in per cent of the most.
    pub percent: Option<Exact>,
    /// The total, as the return counts it. Of the last season alone: its results hold it.
    #[serde(skip)]
    pub total: Option<Exact>,
    /// The sections in per cent of the most.
    pub sections: BTreeMap<SectionId, Exact>,
    /// The answers that count, from 0 (worst) to 1 (best). Of the last season alone: its results hold the answers themselves.
    #[serde(skip)]
    pub criteria: BTreeMap<CriterionId, Exact>,
    /// How many rows of each register came to each result. Of the last season alone: its results hold the rows themselves.
    #[serde(skip)]
    pub rows: BTreeMap<RegisterId, BTreeMap<String, usize>>,
    /// Whether what is passed on compares no total, section or criterion with it, so that nothing is told of few who can't be compared.
    #[serde(skip)]
    pub is_left_out: bool,
}

impl SeasonRecord {
    /// Keeps of a season's reviews what the next one compares with.
    pub fn new<'a>(
        season: String,
        reviews: impl IntoIterator<Item = &'a Review>,
        earlier: Vec<PastSeason>,
        frameworks: &[Framework],
    ) -> Self {
        let counted: Vec<&Review> = reviews.into_iter().filter(|review| review.status.counts()).collect();
        let recorded = counted.iter().filter_map(|review| {
            let whose = (review.organisation.as_deref(), super::unit(frameworks, review));
            RecordedReturn::of(review, whose, about::each(frameworks, review), frameworks)
        });
        let unnamed = counted.iter().filter(|review| review.organisation.is_none());
        let unnamed = unnamed.filter_map(|review| review.framework.clone()).collect();
        Self { season, returns: recorded.collect(), unnamed, earlier }
    }

    /// Returns the last season and those before it, the earliest first, as far back as is kept.
    pub fn seasons(&self) -> Vec<PastSeason> {
        let last = PastSeason { season: self.season.clone(), returns: self.returns.clone() };
        let skipped = (self.earlier.len() + 1).saturating_sub(KEPT);
        self.earlier.iter().cloned().chain([last]).skip(skipped).collect()
    }

    /// Calls organisations as these names do, of which theirs are spellings.
    #[must_use]
    pub(super) fn in_names_of(mut self, standing: &[&str]) -> Self {
        let seasons = || self.earlier.iter().map(|past| &past.returns).chain([&self.returns]);
        let names = Names::new(standing, seasons().flatten().map(|recorded| UsedName::alone(&recorded.organisation)));
        let seasons = self.earlier.iter_mut().map(|past| &mut past.returns).chain([&mut self.returns]);
        for recorded in seasons.flatten() {
            if let Some(one) = names.one(&recorded.organisation) {
                recorded.organisation = one.to_owned();
            }
        }
        self
    }

    /// Calls what returns are about as these do, where they are about the same.
    #[must_use]
    pub(super) fn in_words_of(mut self, standing: &[SeasonReturn]) -> Self {
        let now: Vec<Said> = standing.iter().map(Said::of).collect();
        let seasons = self.earlier.iter_mut().map(|past| &mut past.returns).chain([&mut self.returns]);
        for returns in seasons {
            let settled = about::settled(&returns.iter().map(RecordedReturn::said).collect::<Vec<_>>());
            for (recorded, each) in returns.iter_mut().zip(settled) {
                recorded.each = each;
            }
            let aligned = about::aligned(&returns.iter().map(RecordedReturn::said).collect::<Vec<_>>(), &now);
            for (recorded, each) in returns.iter_mut().zip(aligned) {
                recorded.each_now = each;
            }
        }
        self
    }

    /// Returns the returns that stood for their organisations then; `None` where that isn't known of all.
    pub fn standing(&self, framework: &Framework) -> Option<Vec<&RecordedReturn>> {
        let mut first: BTreeMap<(&str, &Each), Vec<&RecordedReturn>> = BTreeMap::new();
        for recorded in self.returns.iter().filter(|recorded| recorded.framework == framework.id) {
            first.entry((&recorded.organisation, &recorded.each_now)).or_default().push(recorded);
        }
        let order = |recorded: &RecordedReturn| {
            headline::order(Some(framework), recorded.kind.as_deref(), recorded.unit.is_some())
        };
        let mut all = Vec::new();
        for own in first.into_values() {
            let least = own.iter().map(|recorded| order(recorded)).min();
            let standing: Vec<_> = own.into_iter().filter(|recorded| Some(order(recorded)) == least).collect();
            let about: BTreeSet<About> = standing.iter().map(|recorded| recorded.about()).collect();
            // Of two about the same the later stood, and which that was isn't known.
            (about.len() == standing.len()).then(|| all.extend(standing))?;
        }
        (!self.unnamed.contains(&framework.id)).then_some(all)
    }

    /// Returns the like return of this record: same organisation and part of it, kind, framework and version.
    pub fn like(&self, sent: &SeasonReturn) -> Option<&RecordedReturn> {
        self.returns.iter().find(|recorded| recorded.is_of(sent) && sent.review.kind == recorded.kind)
    }

    /// Returns what stood for an organisation, or for the part of it, where a return may stand for it now: the like return, or one of another
    /// kind where the framework has assessments that take each other's place.
    pub fn stood(&self, framework: &Framework, sent: &SeasonReturn) -> Option<&RecordedReturn> {
        if !reassessment::is_known(framework) || is_of_itself(sent.review.kind.as_deref()) {
            return self.like(sent);
        }
        let stood = self.returns.iter().filter(|recorded| is_succeeded(framework, recorded, sent));
        stood.min_by_key(|recorded| framework.order_of_kind(recorded.kind.as_deref()))
    }
}

/// Whether a return now, which is none of what an organisation says of itself, can be compared with one then as an assessment that takes the
/// place of another does: both of the same organisation, part and version, and judged by the same bands.
fn is_succeeded(framework: &Framework, then: &RecordedReturn, now: &SeasonReturn) -> bool {
    then.is_of(now)
        && !is_of_itself(then.kind.as_deref())
        && framework.are_judged_alike([then.kind.as_deref(), now.review.kind.as_deref()])
}

impl RecordedReturn {
    /// Whether it was of the same organisation and part of it, framework and version as a return.
    pub(super) fn is_of(&self, sent: &SeasonReturn) -> bool {
        sent.organisation.as_ref() == Some(&self.organisation)
            && sent.review.framework.as_ref() == Some(&self.framework)
            && sent.review.framework_version == self.framework_version
            && sent.about() == self.about()
    }

    /// Returns what of its organisation it was about, as that is compared with the returns of a later season.
    pub fn about(&self) -> About {
        About::of(self.unit.as_deref(), &self.each_now)
    }

    fn said(&self) -> Said<'_> {
        let whose = (self.organisation.as_str(), Some(&self.framework), self.unit.as_deref().map(Wording::of));
        Said { whose, each: &self.each, kind: self.kind.as_deref() }
    }

    /// Keeps a return of a season.
    pub(crate) fn of_sent(sent: &SeasonReturn, frameworks: &[Framework]) -> Option<Self> {
        Self::of(&sent.review, (sent.organisation.as_deref(), sent.unit.clone()), sent.each.clone(), frameworks)
    }

    /// Keeps a return; `None` where it isn't known whose it is, or of which framework.
    fn of(
        review: &Review,
        (organisation, unit): (Option<&str>, Option<String>),
        each: Each,
        frameworks: &[Framework],
    ) -> Option<Self> {
        let sections =
            review.sections.iter().filter_map(|section| Some((section.id.clone(), section.percent.clone()?)));
        Some(Self {
            organisation: organisation?.to_owned(),
            unit,
            each_now: each.clone(),
            each,
            kind: review.kind.clone(),
            framework: review.framework.clone()?,
            framework_version: review.framework_version.clone(),
            band: review.settled().cloned(),
            percent: percent(review, frameworks),
            total: review.outcome.as_ref().and_then(|outcome| outcome.total.clone()),
            sections: sections.collect(),
            criteria: criteria(review, frameworks),
            rows: rows(review),
            is_left_out: false,
        })
    }
}

/// Returns the answers to criteria that count, from 0 (worst) to 1 (best).
pub fn criteria(review: &Review, frameworks: &[Framework]) -> BTreeMap<CriterionId, Exact> {
    let Some(framework) = review.framework_among(frameworks) else { return BTreeMap::new() };
    let counting = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
    let shares = counting.filter_map(|answer| {
        let criterion = framework.criterion(&answer.id)?;
        Some((criterion.id.clone(), framework.scale(criterion).share(answer.points.as_ref()?)?))
    });
    shares.collect()
}

/// Returns how many rows of each register come to each result.
fn rows(review: &Review) -> BTreeMap<RegisterId, BTreeMap<String, usize>> {
    let mut rows: BTreeMap<RegisterId, BTreeMap<String, usize>> = BTreeMap::new();
    for row in &review.rows {
        let own = rows.entry(row.register.clone()).or_default();
        if let Some(result) = &row.outcome {
            *own.entry(result.clone()).or_default() += 1;
        }
    }
    rows
}

/// Returns how a later season calls one: by its title, else by the month of its data.
pub fn name(title: Option<String>, date: Option<Date>) -> String {
    let to = |date: Date| format!("the season to {}\u{a0}{}", date.strftime("%B"), date.year());
    title.or_else(|| date.map(to)).unwrap_or_else(|| "an earlier season".to_owned())
}

/// Returns a return's total in per cent of the most; `None` while answers are missing, or where totals have no most.
pub fn percent(review: &Review, frameworks: &[Framework]) -> Option<Exact> {
    let framework = review.framework_among(frameworks)?;
    let total = review.outcome.as_ref()?.total.clone()?;
    if framework.outcome.unit == "%" {
        return Some(total);
    }
    let scores = review.sections.iter().map(|section| section.score.as_ref());
    let score: Exact = scores.collect::<Option<Vec<&Exact>>>()?.into_iter().sum();
    let most: Exact = review.sections.iter().map(|section| &section.max).sum();
    (&score * &Exact::from(100)).divided_by(&most)
}

/// Whether the totals of returns have no most, so that they say how large an organisation is rather than how good; not where none has one.
pub fn totals_are_sizes<'a>(returns: impl Iterator<Item = &'a SeasonReturn>, frameworks: &[Framework]) -> bool {
    let has_total = |sent: &&SeasonReturn| sent.review.outcome.as_ref().is_some_and(|outcome| outcome.total.is_some());
    let mut totals = returns.filter(has_total).peekable();
    totals.peek().is_some() && totals.all(|sent| percent(&sent.review, frameworks).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{Season, Surroundings, sample};

    /// Returns the record of a season of two organisations after another.
    fn record(frameworks: &[Framework], previous: Option<SeasonRecord>, title: &str) -> SeasonRecord {
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        let season = Season::new(frameworks, surroundings, sample::reviews(&frameworks[0], 2, 7));
        SeasonRecord::of(&season.called(Some(title.to_owned()), None))
    }

    #[test]
    fn a_record_keeps_the_seasons_before_it() {
        let frameworks = [sample::usual()];
        let mut previous: Option<SeasonRecord> = None;
        for number in 0..KEPT + 2 {
            previous = Some(record(&frameworks, previous.take(), &format!("Season {number}")));
        }
        let names: Vec<String> = previous.unwrap().seasons().into_iter().map(|past| past.season).collect();
        assert_eq!((names.len(), names[0].as_str(), names[KEPT - 1].as_str()), (KEPT, "Season 2", "Season 10"));
    }

    #[test]
    fn a_season_is_called_by_its_title_or_else_by_its_month() {
        let date = Some(jiff::civil::date(2025, 3, 31));
        let cases = [
            (Some("Spring"), date, "Spring"),
            (None, date, "the season to March\u{a0}2025"),
            (None, None, "an earlier season"),
        ];
        for (title, date, expected) in cases {
            assert_eq!(name(title.map(ToOwned::to_owned), date), expected);
        }
    }

    #[test]
    fn a_name_spelled_otherwise_last_season_is_the_same_organisation() {
        let frameworks = [sample::usual()];
        let of =
            |organisation: &str| vec![sample::review(&frameworks[0], organisation, "Self-assessment", &[Some(1); 12])];
        for (before, expected) in [("The Acme Trust Limited", true), ("Acme Trust Ltd", true), ("Acme Works", false)] {
            let last = Season::new(&frameworks, Surroundings::default(), of(before));
            let previous = Some(SeasonRecord::of(&last));
            let surroundings = Surroundings { previous, ..Surroundings::default() };
            let season = Season::new(&frameworks, surroundings, of("Acme Trust Ltd"));
            let before_it = season.previous.as_ref().unwrap().like(&season.returns[0]);
            assert_eq!(before_it.is_some(), expected, "{before}");
        }
    }
}
