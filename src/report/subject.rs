//! A return as reports tell it: with its framework, and by what stands at each criterion and measure.

use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::framework::{Better, Criterion, Framework, Scale};
use crate::review::{AnswerRecord, MeasureRecord, Review};
use crate::words::{either, number, titled};

/// A return with its framework, and what it says of each criterion and measure, by name.
#[derive(Debug)]
pub(super) struct Subjects<'a> {
    pub(super) framework: &'a Framework,
    pub(super) review: &'a Review,
    answers: BTreeMap<&'a str, &'a AnswerRecord>,
    measures: BTreeMap<&'a str, &'a MeasureRecord>,
}

impl<'a> Subjects<'a> {
    /// Gathers the answers that count.
    pub(super) fn of(framework: &'a Framework, review: &'a Review) -> Self {
        let counts = |answer: &&AnswerRecord| review.counts.as_ref().is_none_or(|rater| *rater == answer.rater);
        Self {
            framework,
            review,
            answers: review.answers.iter().filter(counts).map(|answer| (answer.id.as_str(), answer)).collect(),
            measures: review.measures.iter().map(|measure| (measure.id.as_str(), measure)).collect(),
        }
    }

    /// Returns the answer that counts for a criterion.
    pub(super) fn answer(&self, id: &str) -> Option<&'a AnswerRecord> {
        self.answers.get(id).copied()
    }

    /// Returns what a measure comes to.
    pub(super) fn measure(&self, id: &str) -> Option<&'a MeasureRecord> {
        self.measures.get(id).copied()
    }

    /// Returns the points of a criterion's answer.
    pub(super) fn points(&self, id: &str) -> Option<Exact> {
        self.answer(id)?.points.clone()
    }

    /// Returns how far up its scale a criterion's answer is, from nought to one.
    pub(super) fn level(&self, criterion: &Criterion) -> Option<Exact> {
        self.framework.scale(criterion).share(&self.points(&criterion.id)?)
    }

    /// Returns the points of a criterion or measure as people read them: the names of all answers that count them where answers aren't
    /// numbers.
    pub(super) fn answered(&self, id: &str, points: &Exact) -> String {
        let scale = self.framework.criterion(id).map(|criterion| self.framework.scale(criterion));
        scale.and_then(|scale| answers(scale, points)).unwrap_or_else(|| number(points, 2))
    }

    /// Returns what stands at a criterion or measure that has these points, as people read it: the answer's name where answers aren't
    /// numbers.
    pub(super) fn given(&self, id: &str, points: &Exact) -> String {
        self.worded(id).map_or_else(|| self.answered(id, points), |answer| format!("\u{201c}{answer}\u{201d}"))
    }

    /// Returns the name of a criterion's answer; `None` where numbers are the answers, or there is none.
    pub(super) fn worded(&self, id: &str) -> Option<&'a str> {
        let scale = self.framework.scale(self.framework.criterion(id)?);
        let grade = scale.grade(self.answer(id)?.value.as_deref()?)?;
        let is_number = grade.id.parse::<Exact>().is_ok();
        (!is_number).then(|| grade.label.as_deref().unwrap_or(&grade.id))
    }

    /// Returns what is judged, for the head of a column: criteria, measures, or both.
    pub(super) fn judged(&self) -> &'static str {
        let (criteria, measures) = (self.framework.criteria().next(), self.framework.measures().next());
        match (criteria, measures) {
            (_, None) => "¤Criterion",
            (None, Some(_)) => "Measure",
            (Some(_), Some(_)) => "¤Criterion or measure",
        }
    }

    /// Whether a criterion has the best score of its scale.
    pub(super) fn is_best(&self, criterion: &Criterion) -> bool {
        self.level(criterion) == Some(Exact::one())
    }

    /// Returns how many criteria have the best score of their scales, and how many have any.
    pub(super) fn best(&self) -> (usize, usize) {
        let criteria = || self.framework.criteria();
        let scored = criteria().filter(|criterion| self.level(criterion).is_some()).count();
        (criteria().filter(|criterion| self.is_best(criterion)).count(), scored)
    }

    /// Returns a few words for a criterion or measure: "U1 Sector needs"; the name alone where the framework has neither.
    pub(super) fn title(&self, id: &str) -> String {
        match self.short(id) {
            Some(short) => titled(id, short),
            None => id.to_owned(),
        }
    }

    /// Returns what a finding is about, as the form calls it: a criterion or measure with a few words, a field, figure, register or
    /// dated step by its label; all else, such as a row's key, as it is.
    pub(super) fn named(&self, id: &str) -> String {
        if self.short(id).is_some() { self.title(id) } else { self.brief(id) }
    }

    /// Returns the same in as few words as there are: criteria and measures by their names alone.
    pub(super) fn brief(&self, id: &str) -> String {
        self.framework.called(id).unwrap_or_else(|| id.to_owned())
    }

    /// Returns a few words for a criterion or measure, without its name.
    pub(super) fn short(&self, id: &str) -> Option<&'a str> {
        let criterion = self.framework.criterion(id);
        criterion
            .map(|criterion| criterion.short.as_str())
            .or_else(|| self.framework.measure(id).map(|measure| measure.short.as_str()))
    }
}

/// Returns a text in full, or a few words where there is none.
pub(super) fn full<'a>(text: &'a str, short: &'a str) -> &'a str {
    if text.is_empty() { short } else { text }
}

/// Returns the names of all answers of a scale that count so many points, in quotes; `None` where numbers are the answers.
pub(super) fn answers(scale: &Scale, points: &Exact) -> Option<String> {
    let quoted: Vec<String> = scale.answers(points).iter().map(|answer| format!("\u{201c}{answer}\u{201d}")).collect();
    (!quoted.is_empty()).then(|| either(&quoted))
}

/// Returns what the form says of the grade with these points; `None` where it says nothing.
pub(super) fn said_of<'a>(criterion: &'a Criterion, scale: &Scale, points: &Exact) -> Option<&'a str> {
    // Levels are listed best first, one for each grade.
    let is_better = |other: &&Exact| if scale.better == Better::Higher { *other > points } else { *other < points };
    let above = scale.points().filter(is_better).count();
    criterion.levels.get(above).map(String::as_str)
}
