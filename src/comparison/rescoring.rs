//! A season's answers scored by two packs: whose outcome changes, what in the pack changes it, and who stands near a threshold.
//!
//! What changes an outcome is told by taking one change of the pack at a time. Where none of them alone makes the new outcome, those
//! are told without which it wouldn't come. A return whose recorded outcome doesn't follow from what results hold of it, because it
//! rests on rows of registers, and whose workbook isn't at hand, isn't rescored but told.

use std::cell::OnceCell;

use serde::Serialize;

use super::restored::Case;
use super::{Pair, VERSION};
use crate::exact::Exact;
use crate::framework::difference::{Definitions, Difference, Lever, Topic};
use crate::framework::pack::Pack;
use crate::framework::{BandId, Framework, FrameworkId};
use crate::outcome::Outcome;
use crate::review::Review;
use crate::season::about;

/// What two packs differ in, and what a season's returns come to by them.
#[derive(Clone, Debug, Serialize)]
pub struct PackComparison {
    /// The version of this format.
    pub schema: u32,
    /// The framework of both.
    pub framework: FrameworkId,
    /// Their versions.
    pub versions: Pair<String>,
    /// By what name each was asked for: a file, a folder, or the framework's own.
    pub names: Pair<String>,
    /// What differs in the definitions.
    pub differences: Vec<Difference>,
    /// Whether their forms are the same.
    pub is_same_form: bool,
    /// What a season's returns come to; `None` where none was named.
    pub rescoring: Option<Rescoring>,
}

/// What a season's returns come to by two packs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Rescoring {
    /// The returns that were rescored, in order of their files.
    pub returns: Vec<Rescored>,
    /// The files of those whose recorded outcome doesn't follow from what results hold of them.
    pub untold: Vec<String>,
    /// How many stand near each threshold.
    pub thresholds: Vec<Threshold>,
}

/// What a return comes to by two packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rescored {
    /// The file.
    pub file: String,
    /// Whose it is.
    pub organisation: Option<String>,
    /// What the form is sent once for each of, such as a service, as it says it; `None` where it doesn't, or the form is sent once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Which kind it is.
    pub kind: Option<String>,
    /// The band; open while answers are missing.
    pub band: Pair<BandId>,
    /// The total.
    pub total: Pair<Exact>,
    /// What makes the band another; `None` where it is the same.
    pub cause: Option<Cause>,
}

/// What makes a band another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "by", content = "changes")]
pub enum Cause {
    /// Each of these changes by itself.
    Alone(Vec<Lever>),
    /// These changes only together: without any of them it doesn't come.
    Together(Vec<Lever>),
    /// All changes together, none of which is needed for it.
    Several,
}

/// How many returns stand within a point of what a band asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Threshold {
    /// The band.
    pub band: BandId,
    /// What it asks of the total.
    pub limit: Pair<Exact>,
    /// How many lie less than a point below it.
    pub below: Pair<usize>,
    /// How many lie on it, or at most a point above.
    pub above: Pair<usize>,
}

/// The frameworks that a season is rescored by.
struct Packs<'a> {
    definitions: &'a Definitions,
    before: Framework,
    after: Framework,
    changes: Vec<Change>,
}

/// A change of the pack, alone, and all others without it; `None` where that makes no pack. Most are asked for by no return.
struct Change {
    lever: Lever,
    alone: OnceCell<Option<Framework>>,
    without: OnceCell<Option<Framework>>,
}

impl PackComparison {
    /// Sets two packs side by side, with what a season's returns come to by them.
    pub fn of(definitions: &Definitions, packs: [(&str, &Pack); 2], rescoring: Option<Rescoring>) -> Self {
        let [(first, before), (second, after)] = packs;
        Self {
            names: Pair::new(Some(first.to_owned()), Some(second.to_owned())),
            schema: VERSION,
            framework: after.id.framework.clone(),
            versions: Pair::new(Some(before.id.version.clone()), Some(after.id.version.clone())),
            differences: definitions.differences(),
            is_same_form: before.text.form == after.text.form,
            rescoring,
        }
    }
}

impl Rescoring {
    /// Scores returns by both packs; `None` where one is no framework that can be relied on.
    pub fn of(definitions: &Definitions, cases: &[Case]) -> Option<Self> {
        let packs = Packs::of(definitions)?;
        let mut rescoring = Self::default();
        for case in cases {
            match packs.rescored(case) {
                Some(rescored) => rescoring.returns.push(rescored),
                None => rescoring.untold.push(case.review.file.clone()),
            }
        }
        rescoring.thresholds = packs.thresholds(&rescoring.returns);
        Some(rescoring)
    }
}

impl<'a> Packs<'a> {
    fn of(definitions: &'a Definitions) -> Option<Self> {
        let differences = definitions.differences();
        let weighing = differences.iter().filter(|difference| difference.topic() != Topic::Text);
        let mut levers: Vec<Lever> = weighing.map(Difference::lever).collect();
        levers.sort();
        levers.dedup();
        let change = |lever: Lever| Change { lever, alone: OnceCell::new(), without: OnceCell::new() };
        let (before, after) = (definitions.with(|_| false)?, definitions.with(|_| true)?);
        Some(Self { definitions, before, after, changes: levers.into_iter().map(change).collect() })
    }

    /// Returns what a return comes to; `None` where what it came to then can't be worked out again.
    fn rescored(&self, case: &Case) -> Option<Rescored> {
        let review = case.review;
        let (before, after) = (case.scored(&self.before)?, case.scored(&self.after)?);
        if !is_recorded(review, &before) && !is_recorded(review, &after) {
            return None;
        }
        let band = Pair::new(band(&before), band(&after));
        Some(Rescored {
            file: review.file.clone(),
            organisation: review.organisation.clone(),
            about: about::named(None, &about::each(std::slice::from_ref(&self.after), review)),
            kind: review.kind.clone(),
            cause: band.differs().then(|| self.cause(case, band.after.as_ref())),
            band,
            total: Pair::new(before.award.total, after.award.total),
        })
    }

    /// Returns what makes the band of a return that of the second pack.
    fn cause(&self, case: &Case, wanted: Option<&BandId>) -> Cause {
        let is_made = |pack: &Framework| case.scored(pack).is_some_and(|outcome| band(&outcome).as_ref() == wanted);
        let is_enough = |of: &&Change| self.alone(of).is_some_and(is_made);
        let alone: Vec<Lever> = self.changes.iter().filter(is_enough).map(|of| of.lever.clone()).collect();
        if !alone.is_empty() {
            return Cause::Alone(alone);
        }
        let is_needed = |of: &&Change| !self.without(of).is_some_and(is_made);
        let needed: Vec<Lever> = self.changes.iter().filter(is_needed).map(|of| of.lever.clone()).collect();
        if needed.is_empty() { Cause::Several } else { Cause::Together(needed) }
    }

    /// Returns the first pack with one change.
    fn alone<'b>(&self, of: &'b Change) -> Option<&'b Framework> {
        of.alone.get_or_init(|| self.definitions.with(|difference| difference.lever() == of.lever)).as_ref()
    }

    /// Returns the second pack without one change.
    fn without<'b>(&self, of: &'b Change) -> Option<&'b Framework> {
        of.without.get_or_init(|| self.definitions.with(|difference| difference.lever() != of.lever)).as_ref()
    }

    /// Counts who stands near what each band asks, the bands in the second pack's order and those of the first alone after them.
    fn thresholds(&self, returns: &[Rescored]) -> Vec<Threshold> {
        let bands = |pack: &Framework| pack.outcome.bands.iter().map(|band| band.id.clone()).collect::<Vec<_>>();
        let own = bands(&self.after);
        let gone = bands(&self.before).into_iter().filter(|id| !own.contains(id));
        let all: Vec<BandId> = own.iter().cloned().chain(gone).collect();
        let totals = |of: fn(&Pair<Exact>) -> &Option<Exact>| -> Vec<&Exact> {
            returns.iter().filter_map(|row| of(&row.total).as_ref()).collect()
        };
        let (before, after) = (totals(|total| &total.before), totals(|total| &total.after));
        let of = |id: &BandId| {
            let limits = Pair::new(limit(&self.before, id), limit(&self.after, id));
            let count = |is: fn(&Exact) -> bool| {
                let near = |limit: &Option<Exact>, totals: &[&Exact]| {
                    let limit = limit.as_ref()?;
                    Some(totals.iter().filter(|total| is(&(**total - limit))).count())
                };
                Pair::new(near(&limits.before, &before), near(&limits.after, &after))
            };
            let below = count(|above| *above < Exact::zero() && *above >= -Exact::one());
            let above = count(|above| *above >= Exact::zero() && *above <= Exact::one());
            Threshold { band: id.clone(), below, above, limit: limits }
        };
        let thresholds = all.iter().map(of);
        thresholds.filter(|of| of.limit.before.is_some() || of.limit.after.is_some()).collect()
    }
}

/// Returns what a band asks of the total; `None` where it asks nothing, or for nought.
fn limit(pack: &Framework, id: &BandId) -> Option<Exact> {
    let band = pack.band(id)?;
    band.limit().map(|limit| limit.number().clone()).filter(|limit| !limit.is_zero())
}

/// Returns the band that is certain.
fn band(outcome: &Outcome) -> Option<BandId> {
    let only = || outcome.award.band_bounds.as_ref().filter(|bounds| bounds.lowest == bounds.highest);
    outcome.award.band.clone().or_else(|| only().map(|bounds| bounds.lowest.clone()))
}

/// Whether an outcome is the one that results hold, where they hold any: with what it can become while answers are missing.
fn is_recorded(review: &Review, outcome: &Outcome) -> bool {
    let Some(recorded) = &review.outcome else { return false };
    let is_any = recorded.total.is_some() || recorded.settled().is_some() || recorded.is_open();
    let is_same = |recorded: &Option<Exact>, bound: Option<&Exact>| {
        recorded.as_ref().zip(bound).is_none_or(|(recorded, bound)| recorded == bound)
    };
    let bounds = outcome.award.bounds.as_ref();
    is_any
        && recorded.total == outcome.award.total
        && recorded.settled() == band(outcome).as_ref()
        && is_same(&recorded.lowest, bounds.map(|bounds| &bounds.lowest))
        && is_same(&recorded.highest, bounds.map(|bounds| &bounds.highest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{Measure, PackText, builtin};
    use crate::returns::State;
    use crate::review::{AnswerRecord, OutcomeRecord};
    use crate::season::sample;

    /// Returns a review of a return with so many ones among twos, and these points for each measure at most, as its pack scores it.
    fn review(pack: &Framework, ones: usize, measures: &str) -> Review {
        let mut review = sample::review(&sample::usual(), "Acme", "Self-assessment", &[Some(1); 12]);
        review.framework = Some(pack.id.clone());
        review.answers.clear();
        let answer = |id: &str, value: &str| AnswerRecord {
            id: id.into(),
            rater: "self".into(),
            state: State::Given,
            value: Some(value.to_owned()),
            points: Some(value.parse().unwrap()),
            sheet: None,
            cell: None,
        };
        let most: Exact = measures.parse().unwrap();
        let points = |of: &Measure| most.clone().min(of.maximum.clone()).to_string();
        let criteria = pack.criteria().enumerate();
        review.answers.extend(criteria.map(|(at, of)| answer(of.id.as_str(), if at < ones { "1" } else { "2" })));
        review.answers.extend(pack.measures().map(|of| answer(of.id.as_str(), &points(of))));
        let outcome = Case::recorded(&review).scored(pack).unwrap();
        let recorded = review.outcome.as_mut().unwrap();
        (recorded.total, recorded.band) = (outcome.award.total, outcome.award.band);
        review
    }

    fn seqf() -> PackText {
        builtin::packs().into_iter().find(|pack| pack.id.framework == *"seqf").unwrap().text
    }

    /// Returns what a return comes to when texts of the pack are replaced.
    fn after(changes: &[(&str, &str)], ones: usize, measures: &str) -> Rescored {
        let before = seqf();
        let mut text = before.text.clone();
        for (old, new) in changes {
            assert!(text.contains(old), "{old}");
            text = text.replacen(old, new, 1);
        }
        let definitions = Definitions::of(&before, &PackText { text, ..before.clone() }).unwrap();
        let pack = definitions.with(|_| false).unwrap();
        let review = review(&pack, ones, measures);
        Rescoring::of(&definitions, &[Case::recorded(&review)]).unwrap().returns.remove(0)
    }

    const EXCELLENT: (&str, &str) = ("at_least = 90", "at_least = 99");
    const GATE: (&str, &str) = ("abe >= 20", "abe >= 29");
    const WORDING: (&str, &str) = ("title = \"Excellent\"", "title = \"Splendid\"");

    /// What is changed of the pack, an organisation's answers and measures, and what changes its outcome.
    type Told<'a> = (&'a [(&'a str, &'a str)], usize, &'a str, Option<Cause>);

    #[test]
    fn what_changes_an_outcome_is_told_alone_or_together() {
        let lever = |topic, name: &str| Lever { topic, name: name.to_owned() };
        let threshold = || lever(Topic::Threshold, "excellent");
        let gate = || lever(Topic::Gate, "kpi-excellent");
        let good = ("at_least = 75", "at_least = 56");
        let cases: [Told; 6] = [
            (&[], 4, "8", None),
            (&[WORDING], 4, "8", None),
            (&[EXCELLENT, WORDING], 4, "8", Some(Cause::Alone(vec![threshold()]))),
            (&[GATE], 4, "8", Some(Cause::Alone(vec![gate()]))),
            (&[EXCELLENT, GATE], 4, "8", Some(Cause::Alone(vec![threshold(), gate()]))),
            (
                &[good, ("abe >= 15", "abe >= 5")],
                50,
                "4",
                Some(Cause::Together(vec![lever(Topic::Threshold, "good"), lever(Topic::Gate, "kpi-good")])),
            ),
        ];
        for (changes, ones, measures, expected) in cases {
            let rescored = after(changes, ones, measures);
            assert_eq!(rescored.cause, expected, "{changes:?}: {rescored:?}");
            assert_eq!(rescored.band.differs(), expected.is_some(), "{changes:?}");
        }
    }

    #[test]
    fn what_does_not_come_to_what_is_recorded_is_left_out() {
        let (before, pack) = (seqf(), builtin::packs());
        let definitions = Definitions::of(&before, &before).unwrap();
        let framework = &pack.iter().find(|pack| pack.id.framework == *"seqf").unwrap().framework;
        let right = review(framework, 4, "8");
        let mut wrong = Review { file: "wrong.xlsx".to_owned(), ..right.clone() };
        wrong.outcome.as_mut().unwrap().total = Some(7.into());
        let nothing =
            Review { outcome: Some(OutcomeRecord::default()), file: "nothing.xlsx".to_owned(), ..right.clone() };
        let rescoring = Rescoring::of(&definitions, &[&right, &wrong, &nothing].map(Case::recorded)).unwrap();
        assert_eq!((rescoring.returns.len(), rescoring.untold), (1, vec!["wrong.xlsx".into(), "nothing.xlsx".into()]));
    }

    #[test]
    fn returns_within_one_point_of_a_threshold_are_counted_on_each_side() {
        let before = seqf();
        let pack = Definitions::of(&before, &before).unwrap().with(|_| false).unwrap();
        let review = review(&pack, 4, "8");
        let total = review.outcome.as_ref().unwrap().total.clone().unwrap();
        let half = Exact::ratio(1, 2).unwrap();
        let cases = [
            (&total + &half, (1, 0)),
            (&total - &half, (0, 1)),
            (total.clone(), (0, 1)),
            (&total - &Exact::one(), (0, 1)),
            (&total + &Exact::one(), (1, 0)),
            (&total + &Exact::from(2), (0, 0)),
            (&total - &Exact::from(2), (0, 0)),
        ];
        for (limit, expected) in cases {
            let text = before.text.replacen("at_least = 90", &format!("at_least = \"{limit}\""), 1);
            let definitions = Definitions::of(&before, &PackText { text, ..before.clone() }).unwrap();
            let thresholds = Rescoring::of(&definitions, &[Case::recorded(&review)]).unwrap().thresholds;
            let first = thresholds.iter().find(|of| of.band == *"excellent").unwrap();
            assert_eq!((first.below.after, first.above.after), (Some(expected.0), Some(expected.1)), "{limit}");
            assert_eq!(first.limit, Pair::new(Some(90.into()), Some(limit)));
            assert_eq!(thresholds.len(), 3);
        }
    }
}
