//! What a total, its bands and its gates come to, with what they can still become and the way to a better band.

use super::band::{Assume, has_limits, raw};
use super::bounds;
use super::completed::{Completed, awarded};
use super::gate::{self, Holding};
use super::item::Slot;
use super::route::route;
use super::scope::Gaps;
use super::subject::Subject;
use super::{Bounds, Depth, Ends, GateState, Route};
use crate::exact::Exact;
use crate::framework::{BandId, ItemId, OutcomeSpec};

/// What a total, its bands and its gates come to.
#[derive(Clone, Debug)]
pub struct Award {
    /// The total; `None` while answers are missing.
    pub total: Option<Exact>,
    /// The total without what is missing, as a form's own sum gives it.
    pub total_given: Exact,
    /// The least and the most that the total can become; the same when nothing is missing, `None` where there is no total.
    pub bounds: Option<Bounds<Exact>>,
    /// The band by the total alone; `None` while answers are missing or where no band is defined.
    pub raw_band: Option<BandId>,
    /// The band; `None` while answers are missing or where no band is defined.
    pub band: Option<BandId>,
    /// The worst and the best band that can come out.
    pub band_bounds: Option<Bounds<BandId>>,
    /// The bands that can come out, the best first; none where an end isn't defined.
    pub can_be: Vec<BandId>,
    /// Whether the ends of total and band really can come out, or only hold all that can.
    pub ends: Ends,
    /// Whether, beside what can come out, there may be no total at all, as nothing may apply of what it is worked out from.
    pub may_be_none: bool,
    /// Whether it is of a part of which nothing applies, which comes to nothing.
    pub is_dropped: bool,
    /// Each gate, in the framework's order.
    pub gates: Vec<GateState>,
    /// The way to the next better band; `None` for the best band, and where a scheme has no bands or no answers to
    /// change.
    pub next: Option<Route>,
}

impl Award {
    /// Returns the bands that can come out, the best first, where not all between the worst and the best can; none otherwise.
    pub fn some_between(&self, spec: &OutcomeSpec) -> Vec<BandId> {
        let place = |band: &BandId| spec.bands.iter().position(|one| one.id == *band);
        let ends = self.can_be.first().and_then(place).zip(self.can_be.last().and_then(place));
        let are_all = ends.is_none_or(|(best, worst)| worst + 1 - best == self.can_be.len());
        if are_all { Vec::new() } else { self.can_be.clone() }
    }
}

/// Returns what a subject is awarded for answers, of which some that it rests on may be missing.
pub(super) fn award(subject: Subject<'_>, slots: &[Slot<'_>], missing: &[ItemId], depth: Depth) -> Award {
    let is_whole = depth == Depth::Whole;
    let given = subject.scope(slots, Gaps::PassedOver);
    let completions = bounds::completions(subject);
    let gates: Vec<Holding> = completions.gates().cloned().collect();
    let is_dropped = completions.first().is_some_and(|completed| completed.is_dropped);
    let complete = completions.first().filter(|_| missing.is_empty());
    let awarded = complete.and_then(|completed| awarded(subject.spec, completed, Assume::Nothing).band());
    let band = |number: usize| subject.spec.bands.get(number).map(|band| band.id.clone());
    let bounds = bounds::totals(&completions);
    let band_bounds = bounds::bands(subject.spec, &completions);
    let may_have_none = is_whole && bounds::may_have_none(subject.spec, &completions, bounds.as_ref());
    let total_given = given.total().unwrap_or_else(Exact::zero);
    Award {
        total: complete.and_then(|completed| completed.total.as_ref()?.settled()),
        raw_band: by_total(subject, complete, awarded).and_then(band),
        band: awarded.and_then(band),
        ends: if is_whole {
            bounds::ends(subject.spec, &completions, bounds.as_ref(), band_bounds.as_ref())
        } else {
            Ends::Outer
        },
        can_be: if is_whole { bounds::can_come_out(subject, band_bounds.as_ref()) } else { Vec::new() },
        bounds,
        band_bounds,
        gates: if is_dropped || !is_whole {
            Vec::new()
        } else {
            gate::states(subject.spec, &gates, &given, &subject.scope(slots, Gaps::Between))
        },
        next: awarded.filter(|_| is_whole).and_then(|current| route(subject, slots, current)),
        may_be_none: completions.may_be_none || may_have_none,
        is_dropped,
        total_given,
    }
}

/// Returns the number of the band by the total alone; where no band has a limit, that is the band that is awarded.
fn by_total(subject: Subject<'_>, complete: Option<&Completed>, awarded: Option<usize>) -> Option<usize> {
    if !has_limits(subject.spec) {
        return awarded;
    }
    raw(subject.spec, complete?.total.as_ref()).band()
}
