//! How near a total lies to the limit of a band.

use crate::exact::Exact;
use crate::framework::{Band, OutcomeSpec};

/// The limit of a band beside a total.
#[derive(Clone, Debug)]
pub struct Nearness<'a> {
    /// The band.
    pub band: &'a Band,
    /// Its limit.
    pub limit: &'a Exact,
    /// How far the total lies above the limit; below nought where it lies under it.
    pub above: Exact,
}

/// Returns the limits that lie within the framework's margin of a total, in order of the bands; none where there is no margin.
pub fn near<'a>(spec: &'a OutcomeSpec, total: &Exact) -> Vec<Nearness<'a>> {
    let limit = |band: &'a Band| band.at_least.as_ref().or(band.at_most.as_ref());
    let beside = spec.bands.iter().filter_map(|band| {
        let limit = limit(band)?;
        Some(Nearness { band, limit, above: total - limit })
    });
    beside.filter(|beside| spec.near.as_ref().is_some_and(|margin| beside.above.abs() <= *margin)).collect()
}

/// Returns the nearest limit within the framework's margin.
pub fn nearest<'a>(spec: &'a OutcomeSpec, total: &Exact) -> Option<Nearness<'a>> {
    near(spec, total).into_iter().min_by_key(|beside| beside.above.abs())
}

/// Returns how far a total is above what its band needs; `None` where the band needs nothing, or that is no margin.
pub fn spare(band: &Band, total: &Exact) -> Option<Exact> {
    let limit = band.at_least.as_ref().filter(|limit| !limit.is_zero())?;
    Some(total - limit).filter(|spare| *spare > Exact::zero())
}
