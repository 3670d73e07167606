//! A return as results tell it, so that it can be scored by another pack: its cover, its answers and its measures. Results hold no
//! rows of registers, nor what stands beside answers.

use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::framework::{CriterionId, FieldId, FieldRole, Framework, Grades, MeasureId, NotApplicable, RaterId, Scale};
use crate::outcome::{Outcome, score_all};
use crate::returns::{Entry, EntryValue, Grading, Reading, Return, Standing, State};
use crate::review::{AnswerRecord, Review};
use crate::wording::Wording;

/// Returns what follows from a return's answers by a framework; `None` where it has no rater whose answers count.
pub(super) fn rescored(framework: &Framework, review: &Review) -> Option<Outcome> {
    let counts = review.counts.as_ref().filter(|counts| framework.rater(counts).is_some())?;
    let day = review.dates.iter().find_map(|date| date.as_of);
    score_all(framework, &restored(framework, review, counts), day).remove(counts)
}

fn restored(framework: &Framework, review: &Review, counts: &RaterId) -> Return {
    Return {
        fields: fields(framework, review),
        answers: answers(framework, review),
        points: points(framework, review),
        results: results(framework, review),
        ..Return::empty(counts.clone())
    }
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
        return Some(standing(value, Some(Exact::zero()), Standing::Dropped));
    }
    match &scale.grades {
        Grades::Listed(_) => scale.grade(value).map(Grading::of),
        Grades::Range { minimum, maximum, whole } => {
            let number: Exact = value.parse().ok()?;
            let fits = number >= *minimum && number <= *maximum && (!whole || number.is_whole());
            fits.then(|| standing(value, Some(number), Standing::Counts))
        }
    }
}
