//! How criteria are answered, and which are the strongest and weakest.
#![expect(clippy::float_arithmetic, reason = "these are statistics, not scores")]

use std::collections::BTreeSet;

use polars::prelude::PolarsResult;

use super::internal::Answers;
use super::interval::share;
use super::query;
use super::rank::{self, Places};
use super::subject::Subject;
use super::table::Table;
use crate::exact::Exact;
use crate::figure::{About, Facet, Figure, FigureOf, Measure, Share, figures};
use crate::framework::{Better, Criterion, Framework, Grade, Grades, Scale, Section};
use crate::season::{Season, SeasonReturn};
use crate::tables::column;

/// How many criteria are named as the strongest and the weakest.
const RANKED: usize = 5;

/// How a criterion is answered.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionRow {
    /// The criterion.
    pub criterion: String,
    /// A few words for it.
    pub short: String,
    /// Its section.
    pub section: String,
    /// Returns with a usable answer, of those that stand for their organisations.
    pub answered: usize,
    /// Those without one.
    pub missing: usize,
    /// How often each grade is given, best first; empty on a scale of very many numbers.
    pub grades: Vec<GradeRow>,
    /// The mean of the answers on a scale from 0 (worst) to 1 (best).
    pub mean: Figure,
    /// The median on the same scale.
    pub median: Figure,
    /// The share of answers that are the best.
    pub best: Share,
    /// Whether it tells strong returns from weak ones: correlation with the rest of the total. `Undefined` below 30 returns.
    pub discrimination: Figure,
    /// The lower end of its 95 % interval (Fisher's transformation).
    pub discrimination_low: Figure,
    /// The upper end of its 95 % interval.
    pub discrimination_high: Figure,
    /// How likely chance alone gives so small a correlation where it truly is 0.1, allowing for how many criteria are looked at
    /// (Benjamini and Hochberg).
    pub out_of_step: Figure,
    /// Its place among all criteria, counted from the highest mean.
    pub strongest: PlaceRange,
    /// Its place among all criteria, counted from the lowest mean.
    pub weakest: PlaceRange,
    /// Cronbach's alpha of all other criteria: more than theirs with this one where it goes badly with them. `Undefined` below 30
    /// returns.
    pub alpha_without: Figure,
}

figures!(CriterionRow: grades, mean, median, best, discrimination, discrimination_low, discrimination_high, out_of_step, strongest,
    weakest, alpha_without);

/// Between which places something lies when organisations are drawn again: in 95 of 100 draws. Undefined below 10 returns.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRange {
    /// The place nearest to the first.
    pub low: Figure,
    /// The place farthest from it.
    pub high: Figure,
}

figures!(PlaceRange: low, high);

impl PlaceRange {
    fn of(about: &About, places: Option<Places>, returns: usize) -> Self {
        let few = format!(
            "{returns} returns are too few to say how sure a place is; at least {} are needed",
            rank::LEAST_RETURNS
        );
        let figure = |measure, place: Option<usize>| {
            about.figure(measure, place.map(|place| Exact::from(place).to_float()).ok_or(&few), returns)
        };
        Self {
            low: figure(Measure::Low, places.map(|places| places.0)),
            high: figure(Measure::High, places.map(|places| places.1)),
        }
    }

    /// Whether nothing in the returns rules out that it has the first place.
    pub fn can_be_first(&self) -> bool {
        self.low.value == Some(1.0)
    }

    /// Whether it has the first place however organisations are drawn.
    pub fn is_first(&self) -> bool {
        self.can_be_first() && self.high.value == Some(1.0)
    }
}

/// How often a grade is given.
#[derive(Clone, Debug, PartialEq)]
pub struct GradeRow {
    /// The grade's name.
    pub grade: String,
    /// Its label, or its name where it has none.
    pub label: String,
    /// What it counts; `None` where it leaves the outcome open.
    pub points: Option<Exact>,
    /// How many answers.
    pub count: Figure,
}

figures!(GradeRow: count);

/// A criterion's place among all.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedRow {
    /// The rank, from one; criteria with equal means share it.
    pub rank: usize,
    /// The criterion.
    pub criterion: String,
    /// A few words for it.
    pub short: String,
    /// The mean, from 0 to 1.
    pub mean: Figure,
    /// Between which places it lies when organisations are drawn again, counted from this end.
    pub place: PlaceRange,
    /// The share of answers that are the best.
    pub best: Share,
    /// Organisations whose answer is the best there is, for strengths that can be shared; empty where hidden.
    pub organisations: Vec<String>,
}

/// Returns how each criterion is answered, in the form's order.
pub(super) fn criteria(subject: &Subject, answers: &Answers) -> PolarsResult<Vec<CriterionRow>> {
    let spreads = Table::spreads(query::answers(subject), &[column::ID], column::UNIT)?;
    let grades = Table::counts(query::graded(query::answers(subject)), &[column::ID, column::VALUE])?;
    let best = Table::counts(query::best(query::answers(subject)), &[column::ID])?;
    let all = subject.headline().count();
    let population = subject.population();
    let number = subject.framework.criteria().count();
    let (with_the_rest, ranked) = (answers.with_the_rest(number), answers.ranked(number));
    let sections = subject.framework.sections.iter();
    let criteria = sections.flat_map(|section| section.criteria.iter().map(move |criterion| (section, criterion)));
    let row = |(place, (section, criterion)): (usize, (&Section, &Criterion))| {
        let key = (column::ID, Some(criterion.id.as_str()));
        let about = subject.about(FigureOf::Criterion(criterion.id.to_string()));
        let units = spreads.spread(&[key], &about, 1.0);
        let answered = units.n;
        let [discrimination, discrimination_low, discrimination_high, out_of_step] =
            answers.discrimination(&with_the_rest[place], &about);
        let range = |facet, places| PlaceRange::of(&about.facet(facet), places, answers.returns());
        let count = |grade: &str| grades.count_of(&[key, (column::VALUE, Some(grade))]);
        CriterionRow {
            criterion: criterion.id.to_string(),
            short: criterion.few_words().to_owned(),
            section: section.id.to_string(),
            answered,
            missing: all - answered.min(all),
            grades: grade_rows(subject.framework.scale(criterion), &about, answered, &count),
            mean: units.mean,
            median: units.median,
            best: share(&about.facet(Facet::Best), best.count_of(&[key]), answered, population),
            discrimination,
            discrimination_low,
            discrimination_high,
            out_of_step,
            strongest: range(Facet::Strongest, ranked[place].map(|ranked| ranked.strongest)),
            weakest: range(Facet::Weakest, ranked[place].map(|ranked| ranked.weakest)),
            alpha_without: answers.alpha_without(place, &about),
        }
    };
    Ok(criteria.enumerate().map(row).collect())
}

/// More numbers of a range than this are no grades to count one by one.
const MOST_COUNTED: usize = 11;

/// Returns the grades of a scale: those listed, else the whole numbers of a range that has few.
fn grades(scale: &Scale) -> Vec<Grade> {
    let numbered = |points: Exact| Grade {
        id: points.to_string(),
        points: Some(points),
        label: None,
        written: Vec::new(),
        not_advised: false,
    };
    match &scale.grades {
        Grades::Listed(grades) => grades.clone(),
        Grades::Range { .. } => {
            let few = scale.steps().filter(|steps| steps.len() <= MOST_COUNTED);
            few.into_iter().flatten().map(numbered).collect()
        }
    }
}

/// Returns how often each grade is given, best first; a range of many numbers has no rows.
fn grade_rows(scale: &Scale, about: &About, answered: usize, count: &dyn Fn(&str) -> usize) -> Vec<GradeRow> {
    let mut grades = grades(scale);
    grades.sort_by(|a, b| match scale.better {
        Better::Higher => b.points.cmp(&a.points),
        Better::Lower => a.points.cmp(&b.points),
    });
    let row = |grade: Grade| GradeRow {
        count: about.facet(Facet::Grade(grade.id.clone())).count_among(count(&grade.id), answered),
        label: grade.label.unwrap_or_else(|| grade.id.clone()),
        points: grade.points,
        grade: grade.id,
    };
    grades.into_iter().map(row).collect()
}

/// Returns the best or worst criteria, of those whose mean is shown; those with the mean of the last one named are named too.
pub(super) fn ranked(spec: &Framework, season: &Season, (criteria, end): (&[CriterionRow], Better)) -> Vec<RankedRow> {
    let mut means: Vec<(f64, &CriterionRow)> = criteria.iter().filter_map(|row| Some((row.mean.value?, row))).collect();
    means.sort_by(|a, b| match end {
        Better::Higher => b.0.total_cmp(&a.0),
        Better::Lower => a.0.total_cmp(&b.0),
    });
    let is_same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let rank = |mean: f64| 1 + means.iter().take_while(|(other, _)| !is_same(*other, mean)).count();
    let ranked = means.iter().map(|(mean, row)| (rank(*mean), row)).take_while(|(rank, _)| *rank <= RANKED);
    let rows = ranked.map(|(rank, row)| RankedRow {
        rank,
        criterion: row.criterion.clone(),
        short: row.short.clone(),
        mean: row.mean.clone(),
        place: match end {
            Better::Higher => row.strongest.clone(),
            Better::Lower => row.weakest.clone(),
        },
        best: row.best.clone(),
        organisations: with_best(spec, season, &row.criterion),
    });
    rows.collect()
}

/// Returns the organisations whose answer to a criterion is the best there is.
fn with_best(spec: &Framework, season: &Season, id: &str) -> Vec<String> {
    let Some(criterion) = spec.criterion(id) else { return Vec::new() };
    let best = best_points(spec.scale(criterion));
    let has = |sent: &&SeasonReturn| {
        let review = &sent.review;
        review.answers.iter().any(|answer| {
            answer.id == id && Some(&answer.rater) == review.counts.as_ref() && answer.points.as_ref() == Some(&best)
        })
    };
    let organisations = season.headline_of(&spec.id).filter(has).filter_map(|sent| sent.organisation.clone());
    organisations.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns the points of the best answer.
fn best_points(scale: &Scale) -> Exact {
    match scale.better {
        Better::Higher => scale.maximum(),
        Better::Lower => scale.minimum(),
    }
}
