//! Weighted sections: what each adds to the total, in percentage points.
//!
//! A section in which nothing applies has no share; the shares of the others then grow in proportion, so that full
//! marks still make the whole.

use super::scope::CompletionScope;
use super::spread;
use crate::exact::Exact;
use crate::framework::Section;
use crate::framework::expression::Quantity;

/// Returns the total of the weighted sections in percent; `None` where it isn't known.
pub(super) fn weighted_percentage(scope: &CompletionScope<'_>) -> Option<Exact> {
    let basis = scope.subject.basis;
    if !basis.weights.open().is_empty() {
        return None;
    }
    let sections = basis.framework.sections.iter().filter(|section| basis.weight(section.id.as_str()).is_some());
    let stretch = stretch(scope)?;
    sections.map(|section| stretched(scope, section, &stretch)).sum::<Option<Exact>>()
}

/// Returns between which ends the total of the weighted sections lies while answers are missing.
pub(super) fn between(scope: &CompletionScope<'_>) -> Quantity {
    let (basis, framework) = (scope.subject.basis, scope.subject.basis.framework);
    if !basis.open_weights().is_empty() {
        return Quantity::Unknown;
    }
    let weighted = framework.sections.iter().filter_map(|section| {
        let group = scope.subject.basis.group(section.id.as_str())?;
        let (worst, best) = spread::share(scope, group)?;
        Some((basis.weight(section.id.as_str())?, worst, best, spread::surely_applies(scope, group)))
    });
    let weighted: Vec<_> = weighted.collect();
    let all: Exact = framework.sections.iter().filter_map(|section| basis.weight(section.id.as_str())).sum();
    let percent = |share: Exact| -> Quantity { (&(&share * &all) * &Exact::from(100)).into() };
    // Where a section may drop out, the others' shares grow; the total is still a mean of the sections' shares.
    if weighted.iter().any(|(.., surely)| !surely) {
        let worst = weighted.iter().map(|(_, worst, ..)| worst).min().cloned();
        let best = weighted.iter().map(|(_, _, best, _)| best).max().cloned();
        return worst
            .zip(best)
            .map_or(Quantity::Unknown, |(worst, best)| Quantity::between(percent(worst), percent(best)).perhaps());
    }
    let counted: Exact = weighted.iter().map(|(weight, ..)| *weight).sum();
    let mean = |sum: Exact| sum.divided_by(&counted).map_or(Quantity::Unknown, percent);
    let worst: Exact = weighted.iter().map(|(weight, worst, ..)| *weight * worst).sum();
    let best: Exact = weighted.iter().map(|(weight, _, best, _)| *weight * best).sum();
    Quantity::between(mean(worst), mean(best))
}

/// Returns what a section adds to the total in percentage points; `None` where it isn't known or isn't weighted.
pub(super) fn contribution(scope: &CompletionScope<'_>, section: &Section) -> Option<Exact> {
    stretched(scope, section, &stretch(scope)?)
}

/// Returns what a section adds, where the shares grow by a factor.
fn stretched(scope: &CompletionScope<'_>, section: &Section, stretch: &Exact) -> Option<Exact> {
    let group = scope.subject.basis.group(section.id.as_str())?;
    let maximum = scope.maximum(group);
    if maximum.is_zero() {
        return scope.subject.basis.weight(section.id.as_str()).map(|_| Exact::zero());
    }
    let share = &(scope.subject.basis.weight(section.id.as_str())? * stretch) * &Exact::from(100);
    (&share * &scope.sum(group)?).divided_by(&maximum)
}

/// Returns by how much the shares grow because of sections in which nothing applies.
fn stretch(scope: &CompletionScope<'_>) -> Option<Exact> {
    if !scope.is_anything_dropped() {
        return Some(Exact::one());
    }
    let weighted = || {
        let basis = scope.subject.basis;
        basis.framework.sections.iter().filter_map(|section| Some((section, basis.weight(section.id.as_str())?)))
    };
    let applies = |section: &Section| {
        scope.subject.basis.group(section.id.as_str()).is_some_and(|group| !scope.maximum(group).is_zero())
    };
    let all: Exact = weighted().map(|(_, weight)| weight).sum();
    let left: Exact = weighted().filter(|(section, _)| applies(section)).map(|(_, weight)| weight).sum();
    all.divided_by(&left)
}
