//! A return as results tell it, so that it can be scored by another pack: its cover, its answers and its measures. Results hold no
//! rows of registers, nor what stands beside answers; those are had from the workbook alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::finding::Findings;
use crate::framework::{CriterionId, FieldId, FieldRole, Framework, Grades, MeasureId, NotApplicable, RaterId, Scale};
use crate::outcome::{Outcome, score_all};
use crate::returns::{Entry, EntryValue, Grading, Reading, Return, Standing, State, settle};
use crate::review::{self, AnswerRecord, Review};
use crate::season::record;
use crate::wording::Wording;
use crate::workbook::Workbook;

/// A return that is scored again, whose answers count on a side that both packs have.
pub struct Case<'a> {
    /// What results tell of it.
    pub(super) review: &'a Review,
    /// What its workbook holds; `None` where only results are at hand.
    sent: Option<Return>,
}

impl<'a> Case<'a> {
    /// Returns one of which only what results tell is at hand.
    pub const fn recorded(review: &'a Review) -> Self {
        Self { review, sent: None }
    }

    /// Returns one whose workbook is at hand, read by a framework.
    pub fn read(framework: &Framework, review: &'a Review, workbook: &Workbook) -> Self {
        Self { review, sent: Some(review::sent(framework, workbook)) }
    }

    /// Returns what follows from its answers by a framework; `None` where that has no rater whose answers count.
    pub(super) fn scored(&self, framework: &Framework) -> Option<Outcome> {
        let counts = self.review.counts.as_ref().filter(|counts| framework.rater(counts).is_some())?;
        let day = self.review.dates.iter().find_map(|date| date.as_of);
        let restored = || Cow::Owned(restored(framework, self.review, counts));
        let sent = self.sent.as_ref().map_or_else(restored, Cow::Borrowed);
        score_all(framework, &sent, day).outcomes.remove(counts)
    }
}

/// Returns the total of a return as results tell it, in per cent of the most, were its counting answers to some criteria to count these
/// points, of which fractions are taken as they are; `None` where a return can't be scored by what results tell of it, as where its total
/// rests on registers, or where its answers are those of another rater.
pub(crate) fn total_with(
    framework: &Framework,
    review: &Review,
    points: &BTreeMap<CriterionId, Exact>,
) -> Option<Exact> {
    let counts = review.counts.as_ref().filter(|counts| framework.rater(counts).is_some())?;
    let mut sent = restored(framework, review, counts);
    let day = review.dates.iter().find_map(|date| date.as_of);
    let total = |sent: &Return| percent(framework, &score_all(framework, sent, day).outcomes.remove(counts)?);
    if total(&sent) != record::percent(review, std::slice::from_ref(framework)) {
        return None;
    }
    for (criterion, points) in points {
        let grading = Grading { grade: points.to_string(), points: Some(points.clone()), standing: Standing::Counts };
        sent.answers.insert((counts.clone(), criterion.clone()), given(Some(grading)));
    }
    total(&sent)
}

/// Returns a total in per cent of the most; `None` where there is none.
fn percent(framework: &Framework, outcome: &Outcome) -> Option<Exact> {
    let total = outcome.award.total.clone()?;
    if framework.outcome.unit == "%" {
        return Some(total);
    }
    let scores: Option<Vec<&Exact>> = outcome.sections.iter().map(|section| section.score.as_ref()).collect();
    let most: Exact = outcome.sections.iter().map(|section| &section.maximum).sum();
    (&scores?.into_iter().sum::<Exact>() * &Exact::from(100)).divided_by(&most)
}

fn restored(framework: &Framework, review: &Review, counts: &RaterId) -> Return {
    let mut sent = Return {
        fields: fields(framework, review),
        answers: answers(framework, review),
        points: points(framework, review),
        results: results(framework, review),
        ..Return::empty(counts.clone())
    };
    settle(framework, &mut sent, &mut Findings::default());
    sent
}

fn given<T>(value: Option<T>) -> Entry<T> {
    Entry::unplaced(value.map_or(Reading::Blank, Reading::Given))
}

fn fields(framework: &Framework, review: &Review) -> BTreeMap<FieldId, Entry> {
    let text = |text: &Option<String>| text.as_deref().map(|text| EntryValue::Text(text.into()));
    let each = framework.fields.iter().map(|field| {
        let value = match field.role {
            Some(FieldRole::Organisation) => text(&review.organisation),
            Some(FieldRole::Kind) => text(&review.kind),
            Some(_) | None => review.fields.get(field.id.as_str()).cloned(),
        };
        (field.id.clone(), given(value))
    });
    each.collect()
}

fn answers(framework: &Framework, review: &Review) -> BTreeMap<(RaterId, CriterionId), Entry<Grading>> {
    let of = |rater: &RaterId| {
        let each = framework.criteria().map(|criterion| {
            let answer = review.answer(criterion.id.as_str(), rater);
            let reading = reading(answer, |answer| graded(framework.scale(criterion), answer.value.as_deref()?));
            ((rater.clone(), criterion.id.clone()), Entry::unplaced(reading))
        });
        each.collect::<Vec<_>>()
    };
    framework.raters.iter().flat_map(|rater| of(&rater.id)).collect()
}

fn points(framework: &Framework, review: &Review) -> BTreeMap<(RaterId, MeasureId), Entry<Exact>> {
    let of = |rater: &RaterId| {
        let each = framework.measures().map(|measure| {
            let answer = review.answer(measure.id.as_str(), rater);
            let within = |points: &Exact| *points >= Exact::zero() && *points <= measure.maximum;
            (
                (rater.clone(), measure.id.clone()),
                Entry::unplaced(reading(answer, |answer| answer.points.clone().filter(within))),
            )
        });
        each.collect::<Vec<_>>()
    };
    framework.raters.iter().flat_map(|rater| of(&rater.id)).collect()
}

fn results(framework: &Framework, review: &Review) -> BTreeMap<MeasureId, Entry<Exact>> {
    let value = |id: &MeasureId| review.measure(id.as_str()).and_then(|measure| measure.value.clone());
    framework.measures().map(|measure| (measure.id.clone(), given(value(&measure.id)))).collect()
}

/// Returns what came of reading an answer; what was given and isn't on the scale can't be used.
fn reading<T>(answer: Option<&AnswerRecord>, value: impl Fn(&AnswerRecord) -> Option<T>) -> Reading<T> {
    let Some(answer) = answer else { return Reading::Absent };
    match answer.state {
        State::Given => value(answer).map_or(Reading::Unusable, Reading::Given),
        State::Blank => Reading::Blank,
        State::Unusable => Reading::Unusable,
        State::Absent => Reading::Absent,
    }
}

/// Returns what an answer is on a scale; `None` where the scale hasn't got it.
fn graded(scale: &Scale, value: &str) -> Option<Grading> {
    let standing = |grade: &str, points, standing| Grading { grade: grade.to_owned(), points, standing };
    if let NotApplicable::Dropped { written } = &scale.not_applicable
        && written.iter().any(|word| Wording::of_answer(word) == Wording::of_answer(value))
    {
        return Some(standing(value, None, Standing::Dropped));
    }
    match &scale.grades {
        Grades::Listed(_) => scale.grade(value).map(Grading::of),
        range @ Grades::Range { .. } => {
            let number: Exact = value.parse().ok()?;
            range.has(&number).then(|| standing(value, Some(number), Standing::Counts))
        }
    }
}
