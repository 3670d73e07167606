//! What functions over a group come to while answers are missing: between which ends, whatever the answers will say.
//!
//! The ends hold every way of completing the return; they need not be reached, as what is missing may decide several things at once.

use super::item::{Item, Slot};
use super::item_weight::ItemWeights;
use super::scope::CompletionScope;
use crate::exact::Exact;
use crate::framework::expression::Quantity;

/// What one item can still count.
struct Span {
    /// Its weight.
    weight: Exact,
    least: Exact,
    most: Exact,
    maximum: Exact,
    /// Whether it may not apply.
    may_drop: bool,
}

impl Span {
    /// Returns the most that it can count by its weight.
    fn weighted_maximum(&self) -> Exact {
        &self.weight * &self.maximum
    }
}

/// Returns what a group's items that may apply can still count.
fn spans(scope: &CompletionScope<'_>, group: &[usize], weights: &ItemWeights) -> Vec<Span> {
    let items = group
        .iter()
        .filter_map(|number| Some((*number, scope.subject.basis.items.get(*number)?, scope.slots.get(*number)?)));
    let span = |(number, item, slot): (usize, &Item<'_>, &Slot<'_>)| {
        let weight = weights.weigh(number, &Exact::one());
        let maximum = item.maximum.exact.clone();
        let (least, most, may_drop) = match slot {
            Slot::Counts(choice) => (choice.points.exact.clone(), choice.points.exact.clone(), false),
            Slot::Dropped(_) => return None,
            Slot::Missing => {
                let points = || item.choices.iter().map(|choice| &choice.points.exact);
                (points().min()?.clone(), points().max()?.clone(), item.not_applicable.is_some())
            }
        };
        Some(Span { weight, least, most, maximum, may_drop })
    };
    items.filter_map(span).collect()
}

/// Returns between which ends a function over a group's points lies; `None` where there is no such function.
pub(super) fn over_group(
    scope: &CompletionScope<'_>,
    function: &str,
    group: &[usize],
    weights: &ItemWeights,
) -> Option<Quantity> {
    let spans = spans(scope, group, weights);
    let sure = spans.iter().filter(|span| !span.may_drop);
    Some(match function {
        "sum" | "score" | "points" | "given" => sum(&spans),
        "count" | "answered" => Quantity::counted(sure.count(), spans.len()),
        "maximum" => {
            let all = spans.iter().map(Span::weighted_maximum);
            between(sure.map(Span::weighted_maximum).sum::<Exact>(), all.sum::<Exact>())
        }
        "mean" => extreme(&spans, |spans| {
            Some((spans.iter().map(|span| &span.least).min()?, spans.iter().map(|span| &span.most).max()?))
        }),
        "lowest" => extreme(&spans, |spans| {
            let sure = spans.iter().filter(|span| !span.may_drop).map(|span| &span.most).min();
            let most = sure.or_else(|| spans.iter().map(|span| &span.most).max());
            Some((spans.iter().map(|span| &span.least).min()?, most?))
        }),
        "highest" => extreme(&spans, |spans| {
            let sure = spans.iter().filter(|span| !span.may_drop).map(|span| &span.least).max();
            let least = sure.or_else(|| spans.iter().map(|span| &span.least).min());
            Some((least?, spans.iter().map(|span| &span.most).max()?))
        }),
        _ => return None,
    })
}

/// Returns what lies between two numbers.
fn between(least: Exact, most: Exact) -> Quantity {
    Quantity::between(least.into(), most.into())
}

/// Returns between which ends a sum lies; what doesn't apply adds nothing.
fn sum(spans: &[Span]) -> Quantity {
    let nought = Exact::zero();
    let least = |span: &Span| {
        &span.weight * &if span.may_drop { span.least.clone().min(nought.clone()) } else { span.least.clone() }
    };
    let most = |span: &Span| {
        &span.weight * &if span.may_drop { span.most.clone().max(nought.clone()) } else { span.most.clone() }
    };
    between(spans.iter().map(least).sum::<Exact>(), spans.iter().map(most).sum::<Exact>())
}

/// Returns what lies between ends that there may not be, as everything may not apply.
fn extreme(spans: &[Span], ends: impl Fn(&[Span]) -> Option<(&Exact, &Exact)>) -> Quantity {
    let Some((least, most)) = ends(spans) else { return Quantity::Unknown };
    let between = between(least.clone(), most.clone());
    if spans.iter().all(|span| span.may_drop) { between.perhaps() } else { between }
}

/// Returns how many answers compare with a limit: `surely` says it of an answer by its ends, `perhaps` that it may.
pub(super) fn counted(
    scope: &CompletionScope<'_>,
    group: &[usize],
    surely: impl Fn(&Exact, &Exact) -> bool,
    perhaps: impl Fn(&Exact, &Exact) -> bool,
) -> Quantity {
    let spans = spans(scope, group, &scope.subject.basis.item_weights);
    let sure = spans.iter().filter(|span| !span.may_drop && surely(&span.least, &span.most)).count();
    Quantity::counted(sure, spans.iter().filter(|span| perhaps(&span.least, &span.most)).count())
}

/// Returns the least and the most that the share of a group's points in what it can count can be; `None` where nothing of it may
/// apply.
pub(super) fn share(scope: &CompletionScope<'_>, group: &[usize]) -> Option<(Exact, Exact)> {
    extreme_shares(&spans(scope, group, &scope.subject.basis.item_weights))
}

/// Returns between which ends the percentage of a group's points in what it can count lies; `None` where these aren't known.
pub(super) fn percentage(scope: &CompletionScope<'_>, group: &[usize], weights: &ItemWeights) -> Option<Quantity> {
    let spans = spans(scope, group, weights);
    let (worst, best) = extreme_shares(&spans).filter(|_| spans.iter().all(|span| !span.maximum.is_negative()))?;
    let hundred = Exact::from(100);
    let between = between(worst * hundred.clone(), best * hundred);
    let surely_applies = spans.iter().any(|span| !span.may_drop && !span.maximum.is_zero());
    Some(if surely_applies { between } else { between.perhaps() })
}

/// Returns the least and the most share.
fn extreme_shares(spans: &[Span]) -> Option<(Exact, Exact)> {
    let worst = extreme_share(spans, |span| &span.least, Exact::is_negative)?;
    let best = extreme_share(spans, |span| &span.most, |gain| *gain > Exact::zero())?;
    Some((worst, best))
}

/// Whether something of a group surely applies.
pub(super) fn surely_applies(scope: &CompletionScope<'_>, group: &[usize]) -> bool {
    let weights = &scope.subject.basis.item_weights;
    spans(scope, group, weights).iter().any(|span| !span.may_drop && !span.maximum.is_zero())
}

/// Returns the extreme share: what may not apply is counted where that makes the share more extreme than it was before, until nothing
/// changes, which it does after finitely many turns as each share is more extreme than the one before.
fn extreme_share(spans: &[Span], points: impl Fn(&Span) -> &Exact, is_more: impl Fn(&Exact) -> bool) -> Option<Exact> {
    let of = |counted: &[&Span]| {
        let all: Exact = counted.iter().map(|span| span.weighted_maximum()).sum();
        counted.iter().map(|span| &span.weight * points(span)).sum::<Exact>().divided_by(&all)
    };
    let mut share = of(&spans.iter().collect::<Vec<&Span>>())?;
    loop {
        let gain = |span: &Span| points(span) - &(&share * &span.maximum);
        let counted: Vec<&Span> = spans.iter().filter(|span| !span.may_drop || is_more(&gain(span))).collect();
        match of(&counted) {
            Some(next) if is_more(&(&next - &share)) => share = next,
            Some(_) | None => return Some(share),
        }
    }
}
