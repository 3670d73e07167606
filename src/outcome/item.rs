//! The criteria and measures as scoring sees them: what was answered, and what could be.

use std::collections::BTreeMap;
use std::iter::Sum;
use std::sync::Arc;

use crate::exact::Exact;
use crate::framework::{
    Better, Criterion, Framework, Grades, Measure, NotApplicable, RaterId, Scale, ScaleId, Section,
};
use crate::returns::{Entry, Grading, NOT_APPLICABLE, Return, Standing};

/// A criterion or a measure with its answer.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    /// The name of the criterion or measure.
    pub(super) id: &'a str,
    /// The number of its section.
    pub(super) section: usize,
    /// Marks that groups use.
    pub(super) tags: &'a [String],
    /// What it can count, worst first, each number of points once; shared by the items of one scale.
    pub(super) choices: Arc<[Choice]>,
    /// Whether it can count nothing else; not so where numbers between count too, or are too many.
    pub(super) is_listed: bool,
    /// How it is said that it doesn't apply; `None` where it has to.
    pub(super) not_applicable: Option<&'a str>,
    /// The most that it can count.
    pub(super) maximum: Points,
    /// Which end is better.
    pub(super) better: Better,
    /// What was answered.
    answer: Answer,
    /// The name of an answer that counts nothing yet ("Not assessed"); `None` for all others.
    pub(super) open: Option<String>,
}

/// What an answer counts, and its name on the scale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choice {
    /// The points.
    pub(super) points: Points,
    /// The name of the grade; `None` for measures and for scales that are a range.
    pub(super) grade: Option<String>,
}

/// A number of points, which is nearly always a small whole number: those are added up as such.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Points {
    /// The number.
    pub(super) exact: Exact,
    /// The same as a whole number, where it is a small one.
    whole: Option<i32>,
}

impl From<Exact> for Points {
    fn from(exact: Exact) -> Self {
        let whole = exact.to_whole().and_then(|whole| i32::try_from(whole).ok());
        Self { exact, whole }
    }
}

impl<'a> Sum<&'a Points> for Exact {
    fn sum<I: Iterator<Item = &'a Points>>(points: I) -> Self {
        let (mut whole, mut rest) = (0_i64, Self::zero());
        for one in points {
            match one.whole {
                Some(points) => whole += i64::from(points),
                None => rest = &rest + &one.exact,
            }
        }
        if rest.is_zero() { Self::from(whole) } else { Self::from(whole) + rest }
    }
}

/// An answer as it was given.
#[derive(Clone, Debug)]
enum Answer {
    /// It counts this.
    Counts(Choice),
    /// It doesn't apply; as it was named.
    Dropped(String),
    /// There is none that can be used.
    Missing,
}

/// What stands for an item in one way of completing a return.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot<'a> {
    /// It counts this.
    Counts(&'a Choice),
    /// It doesn't apply; as it was named.
    Dropped(&'a str),
    /// There is nothing.
    Missing,
}

impl Slot<'_> {
    /// Returns the points; `None` where it doesn't apply or is missing.
    pub(super) fn points(&self) -> Option<&Points> {
        match self {
            Self::Counts(choice) => Some(&choice.points),
            Self::Dropped(_) | Self::Missing => None,
        }
    }

    /// Returns the name of the answer.
    pub(super) fn grade(&self) -> Option<&str> {
        match self {
            Self::Counts(choice) => choice.grade.as_deref(),
            Self::Dropped(grade) => Some(grade),
            Self::Missing => None,
        }
    }

    /// Whether nothing stands there.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Whether it leaves its section's maximum.
    pub(super) fn is_dropped(&self) -> bool {
        matches!(self, Self::Dropped(_))
    }
}

impl Item<'_> {
    /// Returns what was answered.
    pub(super) fn given(&self) -> Slot<'_> {
        match &self.answer {
            Answer::Counts(choice) => Slot::Counts(choice),
            Answer::Dropped(grade) => Slot::Dropped(grade),
            Answer::Missing => Slot::Missing,
        }
    }

    /// Returns all that an answer can be, worst first; last that it doesn't apply, where that can be.
    pub(super) fn all(&self) -> Vec<Slot<'_>> {
        self.choices.iter().map(Slot::Counts).chain(self.not_applicable.map(Slot::Dropped)).collect()
    }

    /// Whether one number of points is better than another.
    pub(super) fn is_better(&self, points: &Points, than: &Points) -> bool {
        match self.better {
            Better::Higher => points.exact > than.exact,
            Better::Lower => points.exact < than.exact,
        }
    }
}

/// What an answer on each scale can count.
type Choices<'a> = BTreeMap<&'a ScaleId, Arc<[Choice]>>;

/// Returns all criteria and measures with one rater's answers, section by section in the form's order.
pub(super) fn items<'a>(framework: &'a Framework, sent: &Return, rater: &RaterId) -> Vec<Item<'a>> {
    let choices: Choices<'_> = framework.scales.iter().map(|(id, scale)| (id, choices_of_scale(scale))).collect();
    let choices = &choices;
    let of_section = |(section, of): (usize, &'a Section)| {
        let criteria = of.criteria.iter().map(move |criterion| {
            let answer = sent.answers.get(&(rater.clone(), criterion.id.clone()));
            let choices = choices.get(&criterion.scale).cloned().unwrap_or_default();
            let is_blank = answer.is_none_or(Entry::is_blank);
            asked(sent, is_blank, Item { choices, ..of_criterion(framework, section, criterion, answer) })
        });
        let measures = of.measures.iter().map(move |measure| {
            let points = sent.points.get(&(rater.clone(), measure.id.clone()));
            asked(sent, points.is_none_or(Entry::is_blank), of_measure(section, measure, points))
        });
        criteria.chain(measures)
    };
    framework.sections.iter().enumerate().flat_map(of_section).collect()
}

/// Returns an item as a return is asked for it: a blank stands for what doesn't apply where one may be left, and what may not apply can
/// turn out not to.
fn asked<'a>(sent: &Return, is_blank: bool, item: Item<'a>) -> Item<'a> {
    if is_blank && sent.asked.lets_blank(item.id) {
        return Item { answer: Answer::Dropped(NOT_APPLICABLE.to_owned()), ..item };
    }
    let may_not = sent.asked.open.contains(item.id).then_some(NOT_APPLICABLE);
    Item { not_applicable: item.not_applicable.or(may_not), ..item }
}

/// Returns a criterion with its answer, its choices left to the scale.
fn of_criterion<'a>(
    framework: &'a Framework,
    section: usize,
    criterion: &'a Criterion,
    answer: Option<&Entry<Grading>>,
) -> Item<'a> {
    let scale = framework.scale(criterion);
    let given = answer.and_then(Entry::given);
    let is_open = |given: &&Grading| given.points.is_none() && given.standing == Standing::Counts;
    let open = given.filter(is_open).map(|given| given.grade.clone());
    let answer = match given {
        Some(Grading { standing: Standing::Dropped, grade, .. }) => Answer::Dropped(grade.clone()),
        Some(Grading { points: Some(points), grade, standing: Standing::Counts }) => {
            Answer::Counts(Choice { points: points.clone().into(), grade: Some(grade.clone()) })
        }
        Some(Grading { points: None, .. }) | None => Answer::Missing,
    };
    Item {
        id: criterion.id.as_str(),
        section,
        tags: &criterion.tags,
        choices: Arc::default(),
        is_listed: is_listed(scale),
        not_applicable: not_applicable(scale),
        maximum: scale.maximum().into(),
        better: scale.better,
        answer,
        open,
    }
}

/// Returns what an answer on a scale can count, worst first; a range offers its whole numbers and its ends.
fn choices_of_scale(scale: &Scale) -> Arc<[Choice]> {
    let mut choices: Vec<Choice> = match &scale.grades {
        Grades::Listed(grades) => grades
            .iter()
            .filter_map(|grade| Some(Choice { points: grade.points.clone()?.into(), grade: Some(grade.id.clone()) }))
            .collect(),
        Grades::Range { minimum, maximum, step } => {
            let numbers = range(minimum, maximum, step.as_ref().unwrap_or(&Exact::one()));
            numbers.into_iter().map(|points| Choice { points: points.into(), grade: None }).collect()
        }
    };
    // The sort keeps the order of grades that count the same, so that the one listed first stands for them.
    choices.sort_by(|one, other| one.points.exact.cmp(&other.points.exact));
    choices.dedup_by(|later, earlier| later.points == earlier.points);
    if scale.better == Better::Lower {
        choices.reverse();
    }
    choices.into()
}

/// Whether a scale's choices are all that an answer on it can count.
fn is_listed(scale: &Scale) -> bool {
    match &scale.grades {
        Grades::Listed(_) => true,
        Grades::Range { minimum, maximum, step } => step.as_ref().is_some_and(|step| is_short(minimum, maximum, step)),
    }
}

/// Returns how a scale says that something doesn't apply; `None` where it can't be said.
fn not_applicable(scale: &Scale) -> Option<&str> {
    match &scale.not_applicable {
        NotApplicable::Refused => None,
        NotApplicable::Dropped { written } => written.first().map(String::as_str),
    }
}

/// Returns a measure with the points that are claimed for it.
fn of_measure<'a>(section: usize, measure: &'a Measure, points: Option<&Entry<Exact>>) -> Item<'a> {
    let answer = match points.and_then(Entry::given) {
        Some(points) => Answer::Counts(Choice { points: points.clone().into(), grade: None }),
        None => Answer::Missing,
    };
    let reachable = match &measure.lookup {
        Some(lookup) => lookup.reachable(),
        None => range(&Exact::zero(), &measure.maximum, &Exact::one()),
    };
    let reachable = reachable.into_iter().filter(|points| *points <= measure.maximum);
    Item {
        id: measure.id.as_str(),
        section,
        tags: &[],
        choices: reachable.map(|points| Choice { points: points.into(), grade: None }).collect(),
        is_listed: measure.lookup.is_some(),
        not_applicable: None,
        maximum: measure.maximum.clone().into(),
        better: Better::Higher,
        answer,
        open: None,
    }
}

/// The most steps that a range is walked through; a longer one offers its ends only.
const LONGEST: usize = 100;

/// Whether a range is walked through.
fn is_short(minimum: &Exact, maximum: &Exact, step: &Exact) -> bool {
    maximum - minimum <= &Exact::from(LONGEST) * step
}

/// Returns the ends of a range and, where it isn't long, the steps from its least.
fn range(minimum: &Exact, maximum: &Exact, step: &Exact) -> Vec<Exact> {
    let mut steps: Vec<Exact> = vec![minimum.clone()];
    let mut next = minimum + step;
    while next < *maximum && steps.len() < LONGEST {
        steps.push(next.clone());
        next = &next + step;
    }
    if next < *maximum {
        steps.truncate(1);
    }
    if minimum < maximum {
        steps.push(maximum.clone());
    }
    steps
}
