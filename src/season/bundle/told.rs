//! What a return tells a bundle of what it comes to.

use super::MemberReturn;
use crate::exact::Exact;
use crate::framework::expression::Quantity;
use crate::framework::{Framework, OutcomeSpec};
use crate::outcome::bundle::Known;
use crate::review::{OutcomeRecord, Review, ValueRecord};
use crate::season::{Season, SeasonReturn};

/// Returns what is known of a return.
pub(super) fn known(season: &Season, sent: &SeasonReturn) -> Known {
    let review = &sent.review;
    let (framework, outcome) = (season.framework(review), review.outcome.as_ref());
    let is_open = outcome.is_none_or(OutcomeRecord::is_open);
    let spec = framework.map(|framework| &framework.outcome);
    let of_outcome = |get: fn(&OutcomeSpec, &OutcomeRecord, bool) -> Quantity| {
        spec.zip(outcome).map_or_else(Quantity::open, |(spec, outcome)| get(spec, outcome, is_open))
    };
    let known = Known {
        band: of_outcome(band),
        total: of_outcome(total),
        values: review.values.iter().map(|value| (value.name.clone(), value_of(value, is_open))).collect(),
        grades: framework.map_or_else(Vec::new, |framework| grades(framework, review)).into_iter().collect(),
        ends: outcome.map(|outcome| outcome.ends).unwrap_or_default(),
        ..Known::sent(review.file.clone())
    };
    spec.map_or_else(|| known.clone(), |spec| known.clone().in_pieces(spec))
}

/// Returns the bands of the parts of a return, by grade and part.
fn grades(framework: &Framework, review: &Review) -> Vec<((crate::framework::GradeId, String), Quantity)> {
    let of = |record: &crate::review::GradeRecord| {
        let spec = &framework.grade(&record.grade)?.of(&record.of)?.spec;
        let is_open = record.outcome.is_open();
        Some(((record.grade.clone(), record.of.clone()), band(spec, &record.outcome, is_open)))
    };
    review.grades.iter().filter_map(of).collect()
}

/// Returns the band of an outcome, or those that it can still be.
fn band(spec: &OutcomeSpec, outcome: &OutcomeRecord, is_open: bool) -> Quantity {
    match &outcome.band {
        Some(band) => band.as_str().into(),
        None if is_open || outcome.band_lowest.is_some() => {
            Known::band_between(spec, [outcome.band_lowest.as_ref(), outcome.band_highest.as_ref()], &outcome.can_be)
        }
        None => Quantity::Unknown,
    }
}

/// Returns the total of an outcome, or between which ends it lies.
fn total(spec: &OutcomeSpec, outcome: &OutcomeRecord, is_open: bool) -> Quantity {
    let number = |number: &Option<Exact>| -> Quantity { number.clone().into() };
    match (&outcome.total, outcome.lowest.is_some() && outcome.highest.is_some()) {
        _ if !spec.has_total() => Quantity::Unknown,
        (Some(total), _) => total.clone().into(),
        (None, true) => Quantity::between(number(&outcome.lowest), number(&outcome.highest)),
        (None, false) if is_open => Quantity::open(),
        (None, false) => Quantity::Unknown,
    }
}

/// Returns a named value: a number where it is one.
fn value_of(value: &ValueRecord, is_open: bool) -> Quantity {
    let read = |told: &String| told.parse().map_or_else(|_| Quantity::from(told.as_str()), Quantity::Number);
    match (&value.value, value.lowest.as_ref().zip(value.highest.as_ref())) {
        (Some(told), _) => read(told),
        (None, Some((least, most))) => Quantity::between(read(least), read(most)),
        (None, None) if is_open => Quantity::open(),
        (None, None) => Quantity::Unknown,
    }
}

/// Returns what is recorded of a return.
pub(super) fn record(sent: &SeasonReturn) -> MemberReturn {
    let outcome = sent.review.outcome.as_ref();
    MemberReturn {
        file: sent.review.file.clone(),
        unit: sent.part(),
        band: outcome.and_then(|outcome| outcome.band.clone()),
        band_lowest: outcome.and_then(|outcome| outcome.band_lowest.clone()),
        band_highest: outcome.and_then(|outcome| outcome.band_highest.clone()),
        can_be: outcome.map(|outcome| outcome.can_be.clone()).unwrap_or_default(),
        display: outcome.and_then(|outcome| outcome.display.clone()),
    }
}
