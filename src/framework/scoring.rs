//! What a framework asks and how answers count: who judges, scales, sections, criteria, measures.

use schemars::JsonSchema;
use serde::Deserialize;

use super::expression::Expression;
use super::schema::{Number, some_exact};
use super::{ColumnId, CriterionId, MeasureId, RaterId, RegisterId, ScaleId, SectionId, SheetId};
use crate::exact::Exact;

/// Who judges.
#[derive(Clone, Debug)]
pub struct Rater {
    /// The name.
    pub id: RaterId,
    /// As people call it.
    pub title: String,
    /// When this rater's answers make the outcome; the first rater whose condition holds counts, `None` is always.
    pub counts_when: Option<Expression>,
}

/// What an answer may be.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The answers.
    pub grades: Grades,
    /// Texts of an untouched form, which are no answer: "Select score 0-2".
    pub placeholders: Vec<String>,
    /// Codes that say there is no answer: 9 for "insufficient data".
    pub missing: Vec<String>,
    /// What "N/A" does.
    pub not_applicable: NotApplicable,
    /// Which end is better.
    pub better: Better,
    /// In what answers are given; `None` where the pack doesn't say.
    pub unit: Option<ScaleUnit>,
}

/// In what the answers of a scale are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "ScaleUnitEntry")]
pub enum ScaleUnit {
    /// In percent.
    #[serde(rename = "%")]
    Percent,
}

/// The answers of a scale.
#[derive(Clone, Debug)]
pub enum Grades {
    /// These and no others.
    Listed(Vec<Grade>),
    /// Any number in a range.
    Range {
        /// The least.
        minimum: Exact,
        /// The most.
        maximum: Exact,
        /// How far apart the numbers are that count, from the least; `None` where all do.
        step: Option<Exact>,
    },
}

impl Grades {
    /// Returns the listed answer that goes by a number; `None` where there is none.
    pub fn numbered(&self, number: &Exact) -> Option<&Grade> {
        let Self::Listed(grades) = self else { return None };
        let named = number.to_string();
        let is_it = |grade: &&Grade| grade.names().any(|name| name.parse().is_ok_and(|own: Exact| own == *number));
        grades.iter().find(|grade| grade.id == named).or_else(|| grades.iter().find(is_it))
    }

    /// Whether a number is one of the answers.
    pub fn has(&self, number: &Exact) -> bool {
        match self {
            Self::Listed(_) => self.numbered(number).is_some(),
            Self::Range { minimum, maximum, step } => {
                let is_step = |step: &Exact| (number - minimum).divided_by(step).is_some_and(|steps| steps.is_whole());
                number >= minimum && number <= maximum && step.as_ref().is_none_or(is_step)
            }
        }
    }
}

/// One answer of a scale.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GradeEntry")]
pub struct Grade {
    /// As results name it: `3`, `Accredited`, `not-met`.
    pub id: String,
    /// What it counts; without it the answer leaves the outcome open ("Not assessed").
    #[serde(default, deserialize_with = "some_exact")]
    #[schemars(with = "Option<Number>", !default)]
    pub points: Option<Exact>,
    /// The label: "Partially meeting".
    #[serde(default)]
    pub label: Option<String>,
    /// Ways to write it besides the id.
    #[serde(default)]
    pub written: Vec<String>,
    /// Whether something else gives it that nobody is advised to work towards, such as an accreditation: advice names the other answers that
    /// count as much.
    #[serde(default)]
    pub not_advised: bool,
}

/// What "N/A" does to a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// The scale has none: it is an unusable answer.
    Refused,
    /// It leaves the section's maximum.
    Dropped {
        /// Ways to write it.
        written: Vec<String>,
    },
}

/// Which end of a scale is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "BetterEntry")]
pub enum Better {
    /// More is better.
    #[default]
    Higher,
    /// Less is better.
    Lower,
}

/// A part of the scheme that has a score of its own.
#[derive(Clone, Debug)]
pub struct Section {
    /// The name.
    pub id: SectionId,
    /// The title.
    pub title: String,
    /// The share of the total, as a fraction of one; `None` where sections aren't weighted.
    pub weight: Option<Exact>,
    /// The share that the organisation gives it itself; `None` where the scheme's alone counts.
    pub weight_from: Option<Expression>,
    /// The column beside its criteria in which the organisation weights these itself; `None` where the scheme's weights alone count.
    pub weights_in: Option<ColumnId>,
    /// The sheet that holds it, where each section has its own.
    pub sheet: Option<SheetId>,
    /// The criteria, in the form's order.
    pub criteria: Vec<Criterion>,
    /// The measures, in the form's order.
    pub measures: Vec<Measure>,
}

impl Section {
    /// Returns how often each of its criteria counts beside the others by the scheme: once, where it says nothing.
    pub fn weights(&self) -> Vec<Exact> {
        match &self.weights_in {
            Some(_) => self.shares().iter().map(|share| self.often(share)).collect(),
            None => self.criteria.iter().map(Criterion::often).collect(),
        }
    }

    /// Returns the share of the section that each of its criteria has by the scheme.
    pub fn shares(&self) -> Vec<Exact> {
        let all: Exact = self.criteria.iter().map(Criterion::often).sum();
        self.criteria.iter().filter_map(|criterion| criterion.often().divided_by(&all)).collect()
    }

    /// Returns how often a criterion counts that has a share of the section: once, where all have the same.
    pub fn often(&self, share: &Exact) -> Exact {
        share * &Exact::from(self.criteria.len())
    }

    /// Returns what its criteria come to together, each as often as it counts by the scheme.
    pub fn together(&self, of: impl Fn(&Criterion) -> Exact) -> Exact {
        self.criteria.iter().zip(self.weights()).map(|(criterion, weight)| &weight * &of(criterion)).sum()
    }

    /// Whether a criterion is one of it.
    pub fn holds(&self, criterion: &str) -> bool {
        self.criteria.iter().any(|own| own.id == *criterion)
    }
}

/// One thing that is judged.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// The name, as the form writes it.
    pub id: CriterionId,
    /// The text, as the form words it.
    pub text: String,
    /// A few words for charts and tables.
    pub short: String,
    /// Its scale.
    pub scale: ScaleId,
    /// How often it counts beside others; `None` where that is once.
    pub weight: Option<Exact>,
    /// Marks that groups and rules use: `core`.
    pub tags: Vec<String>,
    /// What each grade means, best first; empty where the form doesn't say.
    pub levels: Vec<String>,
    /// What a reader of results should know about it; `None` where there is nothing.
    pub note: Option<String>,
}

impl Criterion {
    /// Returns how often it counts beside others.
    fn often(&self) -> Exact {
        self.weight.clone().unwrap_or_else(Exact::one)
    }

    /// Returns a few words for it: its text where it has none.
    pub fn few_words(&self) -> &str {
        few_words(&self.short, &self.text)
    }
}

/// Returns the few words for an item, else its text.
fn few_words<'a>(short: &'a str, text: &'a str) -> &'a str {
    if short.is_empty() { text } else { short }
}

/// One thing that is measured and turned into points.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The name, as the form writes it.
    pub id: MeasureId,
    /// The text, as the form words it.
    pub text: String,
    /// A few words for charts and tables.
    pub short: String,
    /// The unit of the measured value: `%`, `weeks`, `rating`.
    pub unit: String,
    /// The least measured value that makes sense.
    pub least: Option<Exact>,
    /// The greatest measured value that makes sense.
    pub greatest: Option<Exact>,
    /// Decimals with which a typed result is given.
    pub decimals: u32,
    /// The most points.
    pub maximum: Exact,
    /// From value to points; `None` where the value itself is the points.
    pub lookup: Option<Lookup>,
    /// The value as the registers give it, in the unit; `None` where no register does.
    pub from_register: Option<Expression>,
    /// How many people the value rests on; `None` where no register tells.
    pub cohort: Option<Expression>,
    /// Fewer people than this are too few to say much; `None` where the scheme gives no caution.
    pub small_cohort: Option<Exact>,
    /// The register that `from_register` uses, which must be there when points are claimed.
    pub register: Option<RegisterId>,
}

impl Measure {
    /// Returns a few words for it: its text where it has none.
    pub fn few_words(&self) -> &str {
        few_words(&self.short, &self.text)
    }

    /// Returns a value, or the nearest that makes sense.
    pub fn bounded(&self, value: &Exact) -> Exact {
        let above = self.least.as_ref().map_or(value, |least| value.max(least));
        self.greatest.as_ref().map_or(above, |greatest| above.min(greatest)).clone()
    }
}

/// From a measured value to points: the first step that holds.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The steps, tried in order.
    pub steps: Vec<LookupStep>,
    /// The points where none holds.
    pub otherwise: Exact,
}

/// One step of a lookup.
#[derive(Clone, Debug)]
pub struct LookupStep {
    /// On which side of the limit the value must be.
    pub edge: Edge,
    /// The limit, in the measure's unit.
    pub limit: Exact,
    /// The points.
    pub points: Exact,
}

/// On which side of a limit a value is, and whether the limit itself belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The limit or more.
    AtLeast,
    /// More than the limit.
    Over,
    /// The limit or less.
    AtMost,
    /// Less than the limit.
    Under,
}

impl Grade {
    /// Returns the names that it goes by.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.id).chain(&self.label).chain(&self.written)
    }
}

impl Scale {
    /// Returns the grades; none of a range of numbers.
    pub fn listed(&self) -> &[Grade] {
        match &self.grades {
            Grades::Listed(grades) => grades,
            Grades::Range { .. } => &[],
        }
    }

    /// Returns the grade of this name; `None` where none is listed.
    pub fn grade(&self, id: &str) -> Option<&Grade> {
        self.listed().iter().find(|grade| grade.id == id)
    }

    /// Returns the names of the answers to work towards that count so many points: their labels, or their own names; none where numbers are
    /// the answers, or one of them is.
    pub fn answers(&self, points: &Exact) -> Vec<&str> {
        let is_advised = |grade: &&Grade| grade.points.as_ref() == Some(points) && !grade.not_advised;
        let worded = self.listed().iter().filter(is_advised).filter(|grade| grade.id.parse::<Exact>().is_err());
        worded.map(|grade| grade.label.as_deref().unwrap_or(&grade.id)).collect()
    }

    /// Returns the label of a grade; `None` where it has none.
    pub fn label(&self, grade: &str) -> Option<&str> {
        self.grade(grade)?.label.as_deref()
    }

    /// Returns the least that an answer can count.
    pub fn minimum(&self) -> Exact {
        match &self.grades {
            Grades::Listed(_) => self.points().min().cloned().unwrap_or_else(Exact::zero),
            Grades::Range { minimum, .. } => minimum.clone(),
        }
    }

    /// Returns the most that an answer can count.
    pub fn maximum(&self) -> Exact {
        match &self.grades {
            Grades::Listed(_) => self.points().max().cloned().unwrap_or_else(Exact::zero),
            Grades::Range { maximum, .. } => maximum.clone(),
        }
    }

    /// Returns what its answers count, each once, the worst first; `None` where they aren't steps: fractions count, or numbers are very
    /// many.
    pub fn steps(&self) -> Option<Vec<Exact>> {
        let mut steps = match &self.grades {
            Grades::Listed(_) => self.points().cloned().collect(),
            Grades::Range { minimum, maximum, step: Some(step) } => steps(minimum, maximum, step)?,
            Grades::Range { step: None, .. } => return None,
        };
        steps.sort();
        steps.dedup();
        if self.better == Better::Lower {
            steps.reverse();
        }
        Some(steps)
    }

    /// Returns what its grades count.
    pub fn points(&self) -> impl Iterator<Item = &Exact> {
        self.listed().iter().filter_map(|grade| grade.points.as_ref())
    }
}

/// More numbers than this are no steps of a scale.
const MOST_STEPS: i64 = 1000;

/// Returns the steps of a range, from the least; `None` where they are very many, or the last isn't the most.
fn steps(minimum: &Exact, maximum: &Exact, step: &Exact) -> Option<Vec<Exact>> {
    let last = (maximum - minimum).divided_by(step)?.to_whole()?;
    (last <= MOST_STEPS).then(|| (0..=last).map(|number| minimum + &(step * &Exact::from(number))).collect())
}

impl Scale {
    /// Whether 60 % counts 60, where answers are in percent; else it counts 0.6.
    pub fn counts_percents(&self) -> bool {
        self.maximum() > Exact::one()
    }

    /// Returns where points lie from the worst (0) to the best (1); `None` on a scale of one number.
    pub fn share(&self, points: &Exact) -> Option<Exact> {
        let (least, most) = (self.minimum(), self.maximum());
        let gained = match self.better {
            Better::Higher => points - &least,
            Better::Lower => &most - points,
        };
        gained.divided_by(&(&most - &least))
    }

    /// Returns the points that lie so far from the worst (0) to the best (1).
    pub fn at(&self, share: &Exact) -> Exact {
        let (least, most) = (self.minimum(), self.maximum());
        let gained = &(&most - &least) * share;
        match self.better {
            Better::Higher => &least + &gained,
            Better::Lower => &most - &gained,
        }
    }
}

impl Measure {
    /// Returns which end of the measured value is better, as its points say; `None` where they say neither.
    pub fn better(&self) -> Option<Better> {
        let Some(lookup) = &self.lookup else {
            // The value itself is the points.
            return (self.maximum > Exact::zero()).then_some(Better::Higher);
        };
        let is_above = |step: &LookupStep| matches!(step.edge, Edge::AtLeast | Edge::Over);
        match (lookup.steps.iter().any(is_above), lookup.steps.iter().all(is_above)) {
            (false, true) | (true, false) => None,
            (true, true) => Some(Better::Higher),
            (false, false) => Some(Better::Lower),
        }
    }
}

impl Lookup {
    /// Returns the points of a measured value.
    pub fn points(&self, value: &Exact) -> Exact {
        let step = self.steps.iter().find(|step| step.edge.holds(value, &step.limit));
        step.map_or_else(|| self.otherwise.clone(), |step| step.points.clone())
    }

    /// Returns all points that a value can earn, from the least, each once.
    pub fn reachable(&self) -> Vec<Exact> {
        let mut points: Vec<Exact> = self.steps.iter().map(|step| step.points.clone()).collect();
        points.push(self.otherwise.clone());
        points.sort();
        points.dedup();
        points
    }
}

impl Edge {
    /// Whether a value is on this side of a limit.
    pub fn holds(self, value: &Exact, limit: &Exact) -> bool {
        match self {
            Self::AtLeast => value >= limit,
            Self::Over => value > limit,
            Self::AtMost => value <= limit,
            Self::Under => value < limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample::{exact, measure, points_scale};

    #[test]
    fn the_points_of_a_measure_say_which_end_is_better() {
        let step = |edge| LookupStep { edge, limit: Exact::one(), points: Exact::one() };
        let better = |edges: &[Edge]| {
            let steps = edges.iter().copied().map(step).collect();
            measure("A", "10", Some(Lookup { steps, otherwise: Exact::zero() })).better()
        };
        assert_eq!(better(&[Edge::AtLeast, Edge::Over]), Some(Better::Higher));
        assert_eq!(better(&[Edge::AtMost, Edge::Under]), Some(Better::Lower));
        assert_eq!((better(&[Edge::AtLeast, Edge::Under]), better(&[])), (None, None));
        assert_eq!((measure("A", "10", None).better(), measure("A", "0", None).better()), (Some(Better::Higher), None));
    }

    /// Returns the steps of a range of numbers as texts.
    fn of_range(minimum: &str, maximum: &str, step: &str, better: Better) -> Option<Vec<String>> {
        let grades = Grades::Range { minimum: exact(minimum), maximum: exact(maximum), step: step.parse().ok() };
        let steps = Scale { grades, ..points_scale(&[], better) }.steps()?;
        Some(steps.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_range_of_whole_numbers_has_the_steps_of_the_same_numbers_listed() {
        for better in [Better::Higher, Better::Lower] {
            for (minimum, maximum) in [(0, 2), (1, 4), (-2, 2), (0, 10), (5, 5)] {
                let numbers: Vec<String> = (minimum..=maximum).rev().map(|number: i32| number.to_string()).collect();
                let listed: Vec<&str> = numbers.iter().map(String::as_str).collect();
                let listed = points_scale(&listed, better).steps().unwrap();
                let listed: Vec<String> = listed.iter().map(ToString::to_string).collect();
                assert_eq!(of_range(&minimum.to_string(), &maximum.to_string(), "1", better), Some(listed));
            }
        }
    }

    #[test]
    fn fractions_and_very_many_numbers_are_no_steps() {
        let cases = [("0", "2", ""), ("1/2", "2", "1"), ("0", "1000000", "1"), ("0", "100000000000000000000", "1")];
        for (minimum, maximum, step) in cases {
            assert_eq!(of_range(minimum, maximum, step, Better::Higher), None, "{minimum} to {maximum}");
        }
    }

    #[test]
    fn a_range_in_steps_has_these_and_no_numbers_between() {
        let steps = of_range("0", "10", "2.5", Better::Higher).unwrap();
        assert_eq!(steps, ["0", "2.5", "5", "7.5", "10"]);
        let grades = Grades::Range { minimum: exact("1"), maximum: exact("4"), step: Some(exact("0.5")) };
        for (number, is_there) in
            [("1", true), ("1.5", true), ("4", true), ("1.25", false), ("0.5", false), ("4.5", false), ("1/3", false)]
        {
            assert_eq!(grades.has(&exact(number)), is_there, "{number}");
        }
    }
}
