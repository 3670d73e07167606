//! What a bundle comes to: an outcome of what the returns of several frameworks come to that one organisation sent.
//!
//! [`together`] takes what is [`Known`] of each return. A return that is open, or is awaited, can come to several things: its outcome is tried
//! with each, as far as there are [`MOST`] ways, with the total that goes with it where the total alone decides on it; else totals, and
//! values anyway, lie between ends. The interval holds all of that; it is
//! said to be reached only where returns that can really come out so give its ends.

mod cause;
mod known;
mod piece;
mod scope;
mod ways;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::band::{Assume, has_limits, possible, raw};
use super::bounds::{self, Completions};
use super::completed::{self, Completed};
use super::gate;
use super::{Award, GateState};
use crate::exact::Exact;
use crate::framework::expression::Quantity;
use crate::framework::message::render;
use crate::framework::{BandId, Framework, Gate, GateId, OutcomeSpec};

pub use known::{Known, Members, awaited};
pub use piece::Piece;
use scope::BundleScope;
use ways::Way;

/// At most so many ways are looked at one by one.
const MOST: usize = 1_000;

/// What a bundle comes to.
#[derive(Clone, Debug)]
pub struct Bundled {
    /// Its total, band and gates, with what they can still become.
    pub award: Award,
    /// Its named values.
    pub values: BTreeMap<String, Quantity>,
    /// Whether its total or band can't be told yet.
    pub is_open: bool,
}

/// Returns what a bundle comes to by what is known of the returns of its members.
pub fn together(bundle: &Framework, members: &Members) -> Bundled {
    let spec = &bundle.outcome;
    let ways = ways::all(bundle, members);
    let tried: Vec<Completed> = ways.iter().map(|way| completed(bundle, &way.members)).collect();
    let scope = BundleScope::new(bundle, members);
    let real = ways.iter().zip(&tried).filter(|(way, _)| way.is_real).map(|(_, completed)| completed.clone());
    let (all, real) = (Completions::from(tried.clone()), Completions::from(real.collect::<Vec<_>>()));
    let (bounds, band_bounds) = (bounds::totals(&all), bounds::bands(spec, &all));
    let only = tried.first().filter(|_| ways.len() == 1);
    let awarded = only.and_then(|completed| completed::awarded(spec, completed, Assume::Nothing).band());
    let raw =
        if has_limits(spec) { only.and_then(|completed| raw(spec, completed.total.as_ref()).band()) } else { awarded };
    let band = |number: Option<usize>| number.and_then(|number| Some(spec.bands.get(number)?.id.clone()));
    let award = Award {
        is_dropped: false,
        total: bounds.as_ref().and_then(super::Bounds::settled),
        total_given: only.and_then(|completed| completed.total.as_ref()?.settled()).unwrap_or_else(Exact::zero),
        raw_band: band(raw),
        band: band(awarded).or_else(|| settled(band_bounds.as_ref())),
        ends: bounds::ends(spec, &real, bounds.as_ref(), band_bounds.as_ref()),
        may_be_none: false,
        gates: gates(bundle, &tried, &scope, members),
        can_be: can_be(spec, &tried, band_bounds.as_ref()),
        bounds,
        band_bounds,
        next: None,
    };
    let is_open = (spec.has_total() && award.total.is_none()) || (!spec.bands.is_empty() && award.band.is_none());
    Bundled { values: values(bundle, &ways), award, is_open: is_open && members.are_open() }
}

/// Works one way out.
fn completed(bundle: &Framework, members: &Members) -> Completed {
    let scope = BundleScope::new(bundle, members);
    let gates = &bundle.outcome.gates;
    Completed {
        total: super::Bounds::of(&scope.total()),
        gates: gates.iter().map(|gate| (gate.id.clone(), gate.holds.evaluate(&scope).truth())).collect(),
        is_dropped: false,
    }
}

/// Returns the bands that some way comes to, the best first; none where an end isn't defined.
fn can_be(spec: &OutcomeSpec, tried: &[Completed], ends: Option<&super::Bounds<BandId>>) -> Vec<BandId> {
    let of = |completed: &Completed| {
        let holds = |gate: &GateId| completed.gates.get(gate).copied().flatten();
        possible(spec, completed.total.as_ref(), holds).0
    };
    let numbers: BTreeSet<usize> = tried.iter().filter(|_| ends.is_some()).flat_map(of).collect();
    numbers.into_iter().filter_map(|number| Some(spec.bands.get(number)?.id.clone())).collect()
}

/// Returns the only band that can come out; `None` where there are several.
fn settled(bounds: Option<&super::Bounds<BandId>>) -> Option<BandId> {
    bounds.filter(|bounds| bounds.lowest == bounds.highest).map(|bounds| bounds.lowest.clone())
}

/// Returns the state of each gate.
fn gates(bundle: &Framework, tried: &[Completed], scope: &BundleScope, members: &Members) -> Vec<GateState> {
    let state = |of: &Gate| {
        let holds = gate::settled(tried.iter().map(|completed| &completed.gates), &of.id);
        let why = match holds {
            Some(true) => String::new(),
            Some(false) => render(&of.why, scope).unwrap_or_else(|_| of.title.clone()),
            None => cause::why(bundle, &of.holds, members),
        };
        GateState { id: of.id.clone(), holds, why }
    };
    bundle.outcome.gates.iter().map(state).collect()
}

/// Returns what the named values come to: what all ways agree on, else between which ends they lie.
fn values(bundle: &Framework, ways: &[Way]) -> BTreeMap<String, Quantity> {
    let scopes: Vec<BundleScope> = ways.iter().map(|way| BundleScope::new(bundle, &way.members)).collect();
    let of = |name: &str| Quantity::one_of(scopes.iter().map(|scope| scope.value(name).unwrap_or_default()));
    bundle.values.iter().map(|value| (value.name.clone(), of(&value.name))).collect()
}
