//! What can still become of a return with missing answers: its completions, and what they give. Where registers have entries that
//! can't be used, a completion's total lies between two ends itself.

use std::collections::BTreeSet;

use super::band::{Assume, has_limits, possible};
use super::basis::Basis;
use super::completed::{Completed, awarded, completed, over};
use super::completion;
use super::gate::Holding;
use super::item::Slot;
use super::scope::{CompletionScope, Gaps};
use super::search::{self, End};
use super::spread;
use super::subject::Subject;
use super::{Bounds, Ends};
use crate::exact::Exact;
use crate::framework::{Band, BandId, GateId, Limit, Mode, OutcomeSpec};

/// What a return can come to.
pub(super) struct Completions {
    /// What the ways of completing it come to that were looked at, never none.
    ways: Vec<Completed>,
    /// What holds all ways; `None` where those are enough.
    all: Option<Completed>,
    /// Whether no total lies beyond those of the ways.
    are_totals_found: bool,
    /// Whether no band lies beyond those of the ways.
    are_bands_found: bool,
    /// Whether there are ways without a total beside them, in which nothing applies of what it is worked out from.
    pub(super) may_be_none: bool,
}

/// Returns what the completions give; only one where nothing is missing. Where some give a total, those are left out in which nothing
/// applies of what it is worked out from.
pub(super) fn completions(subject: Subject<'_>) -> Completions {
    let looked_at = completion::completions(subject);
    let ways: Vec<Completed> = looked_at.slots.iter().map(|slots| completed(subject, slots)).collect();
    if looked_at.are_enough {
        return Completions::from(ways).that_apply().with_totals();
    }
    let all = over(&subject.scope(&subject.basis.given(), Gaps::Between));
    Completions { are_totals_found: false, are_bands_found: false, all: Some(all), ..Completions::from(ways) }
        .searched(subject)
        .that_apply()
        .with_totals()
}

impl From<Vec<Completed>> for Completions {
    /// These are all.
    fn from(ways: Vec<Completed>) -> Self {
        Self { ways, all: None, are_totals_found: true, are_bands_found: true, may_be_none: false }
    }
}

impl Completions {
    /// Takes in the extreme ways, as far as they are found.
    fn searched(mut self, subject: Subject<'_>) -> Self {
        if !completion::are_listed(subject, &subject.missing(&subject.basis.given())) {
            return self;
        }
        let has_totals = self.has_totals();
        let [least, most, worst, best] = End::ALL.map(|end| search::farthest(subject, end, &self.ways, has_totals));
        self.are_totals_found = least.is_some() && most.is_some();
        // In literal mode some ways may have no band, which is neither worst nor best.
        self.are_bands_found = worst.is_some() && best.is_some() && subject.spec.mode == Mode::Cascade;
        self.ways.extend([least, most, worst, best].into_iter().flatten());
        self
    }

    /// Leaves ways in which nothing of a part applies out where it does in others.
    fn that_apply(mut self) -> Self {
        if self.ways.iter().any(|completed| !completed.is_dropped) {
            let all = self.ways.len();
            self.ways.retain(|completed| !completed.is_dropped);
            self.may_be_none = self.ways.len() < all;
        }
        self
    }

    /// Leaves ways without a total out where others have one.
    fn with_totals(mut self) -> Self {
        if self.has_totals() {
            let all = self.ways.len();
            self.ways.retain(|completed| completed.total.is_some());
            self.may_be_none |= self.ways.len() < all;
        }
        self
    }

    /// Whether some way has a total.
    fn has_totals(&self) -> bool {
        self.ways.iter().any(|completed| completed.total.is_some())
    }

    /// Returns what the only way comes to; the first, where there are several.
    pub(super) fn first(&self) -> Option<&Completed> {
        self.ways.first()
    }

    /// Returns in what ways which gates hold.
    pub(super) fn gates(&self) -> impl Iterator<Item = &Holding> {
        self.ways.iter().chain(&self.all).map(|completed| &completed.gates)
    }

    /// Returns those that hold all totals.
    fn of_totals(&self) -> impl Iterator<Item = &Completed> {
        self.ways.iter().chain(self.all.as_ref().filter(|_| !self.are_totals_found))
    }

    /// Returns those that hold all bands.
    fn of_bands(&self) -> impl Iterator<Item = &Completed> {
        self.ways.iter().chain(self.all.as_ref().filter(|_| !self.are_bands_found))
    }
}

/// Returns whether the ends of the totals and of the bands really come out in some of the completions.
pub(super) fn ends(
    spec: &OutcomeSpec,
    completions: &Completions,
    totals: Option<&Bounds<Exact>>,
    bands: Option<&Bounds<BandId>>,
) -> Ends {
    let settled = |end: &Exact| {
        completions.ways.iter().filter_map(|completed| completed.total.as_ref()?.settled()).any(|total| total == *end)
    };
    let given = |end: &BandId| {
        let bands = completions.ways.iter().filter_map(|completed| awarded(spec, completed, Assume::Nothing).band());
        bands.filter_map(|number| spec.bands.get(number)).any(|band| band.id == *end)
    };
    let of_total = totals.is_none_or(|bounds| settled(&bounds.lowest) && settled(&bounds.highest));
    let of_bands = bands.is_none_or(|bounds| given(&bounds.lowest) && given(&bounds.highest));
    if of_total && of_bands { Ends::Reached } else { Ends::Outer }
}

/// Returns the least and the most of the totals; `None` where there is no total.
pub(super) fn totals(completions: &Completions) -> Option<Bounds<Exact>> {
    let totals: Option<Vec<&Bounds<Exact>>> =
        completions.of_totals().map(|completed| completed.total.as_ref()).collect();
    let totals = totals?;
    let lowest = totals.iter().map(|total| &total.lowest).min()?;
    let highest = totals.iter().map(|total| &total.highest).max()?;
    Some(Bounds { lowest: lowest.clone(), highest: highest.clone() })
}

/// Returns the worst and the best band; `None` where one of them isn't defined.
pub(super) fn bands(spec: &OutcomeSpec, completions: &Completions) -> Option<Bounds<BandId>> {
    let worst = numbers(spec, completions, Assume::Worst)?.into_iter().max()?;
    let best = numbers(spec, completions, Assume::Best)?.into_iter().min()?;
    let id = |number: usize| spec.bands.get(number).map(|band: &Band| band.id.clone());
    Some(Bounds { lowest: id(worst)?, highest: id(best)? })
}

/// Whether a return may come out without a band: where its total may lie between those of two bands, or what the last one asks may not hold.
pub(super) fn may_have_none(spec: &OutcomeSpec, completions: &Completions, totals: Option<&Bounds<Exact>>) -> bool {
    let holds = |gate: &GateId| {
        let mut states = completions.gates().map(|holding| holding.get(gate).copied().flatten());
        let first = states.next().flatten();
        first.filter(|_| states.all(|state| state == first))
    };
    let is_left = |total: Option<&Bounds<Exact>>| possible(spec, total, holds).1;
    match totals {
        _ if spec.bands.is_empty() => false,
        None => !has_limits(spec) && is_left(None),
        Some(totals) => beside_limits(spec, totals).any(|total| is_left(Some(&total))),
    }
}

/// Returns the totals at which another band may begin: the ends of all, and those at and right beside each limit.
fn beside_limits(spec: &OutcomeSpec, totals: &Bounds<Exact>) -> impl Iterator<Item = Bounds<Exact>> {
    let step = (0..spec.decimals).fold(Exact::one(), |step, _| step.divided_by(&Exact::from(10)).unwrap_or(step));
    let limits = spec.bands.iter().flat_map(|band| band.limit().map(Limit::number).into_iter().chain(&band.printed_to));
    let beside: Vec<Exact> = limits.flat_map(|limit| [limit - &step, limit.clone(), limit + &step]).collect();
    let Bounds { lowest, highest } = totals.clone();
    let ends = [lowest.clone(), highest.clone()];
    let within = beside.into_iter().filter(move |total| (&lowest..=&highest).contains(&total));
    ends.into_iter().chain(within).map(|total| Bounds { lowest: total.clone(), highest: total })
}

/// Returns the bands that can come out, the best first: those of each way where there may be one between the ends that none comes to, as
/// where a condition withholds several at once, and all between them where there are too many ways to look at.
pub(super) fn can_come_out(subject: Subject<'_>, ends: Option<&Bounds<BandId>>) -> Vec<BandId> {
    let place = |id: &BandId| subject.spec.bands.iter().position(|band| band.id == *id);
    let Some((best, worst)) = ends.and_then(|ends| place(&ends.highest).zip(place(&ends.lowest))) else {
        return Vec::new();
    };
    let each = if worst > best + 1 { of_each_way(subject) } else { None };
    let numbers = each.unwrap_or_else(|| (best..=worst).collect());
    numbers.into_iter().filter_map(|number| subject.spec.bands.get(number)).map(|band| band.id.clone()).collect()
}

/// Returns the numbers of the bands that the ways of completing a return come to; `None` where not every way is looked at.
fn of_each_way(subject: Subject<'_>) -> Option<BTreeSet<usize>> {
    let ways = completion::one_by_one(subject).filter(|ways| ways.are_enough)?;
    let of = |slots: &Vec<Slot<'_>>| {
        let completed = completed(subject, slots);
        if completed.is_dropped {
            return Vec::new();
        }
        let holds = |gate: &GateId| completed.gates.get(gate).copied().flatten();
        possible(subject.spec, completed.total.as_ref(), holds).0
    };
    Some(ways.slots.iter().flat_map(of).collect())
}

/// Returns the number of the band of each completion.
fn numbers(spec: &OutcomeSpec, completions: &Completions, assume: Assume) -> Option<Vec<usize>> {
    completions.of_bands().map(|completed| awarded(spec, completed, assume).band()).collect()
}

/// Returns the least and the most that a group's share of its maximum can become, where some that is missing of it may not apply; `None`
/// elsewhere.
pub(super) fn share(between: &CompletionScope<'_>, group: &[usize]) -> Option<Bounds<Exact>> {
    let items = &between.subject.basis.items;
    let may_drop = |item: &usize| between.slots[*item].is_missing() && items[*item].not_applicable.is_some();
    group
        .iter()
        .any(may_drop)
        .then(|| spread::share(between, group))
        .flatten()
        .map(|(lowest, highest)| Bounds { lowest, highest })
}

/// Returns the least and the most that a section can become, by the scheme's weights where the organisation's own can't be told.
pub(super) fn section(basis: &Basis<'_>, section: usize) -> Bounds<Exact> {
    let mut bounds = Bounds { lowest: Exact::zero(), highest: Exact::zero() };
    for (number, item) in basis.items.iter().enumerate().filter(|(_, item)| item.section == section) {
        let ends = match item.given() {
            Slot::Counts(choice) => Some((choice.points.exact.clone(), choice.points.exact.clone())),
            Slot::Dropped(_) => None,
            Slot::Missing => {
                let all = item.all();
                let points =
                    || all.iter().map(|slot| slot.points().map_or_else(Exact::zero, |points| points.exact.clone()));
                points().min().zip(points().max())
            }
        };
        if let Some((least, most)) = ends {
            let weigh = |points| basis.item_weights.weigh(number, points);
            bounds = Bounds { lowest: bounds.lowest + weigh(&least), highest: bounds.highest + weigh(&most) };
        }
    }
    bounds
}
