//! How near a total lies to the limit of a band, and which band it would give by itself.

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
    let beside = spec.bands.iter().filter_map(|band| {
        let limit = band.limit()?.number();
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
    let limit = band.limit().filter(|limit| limit.is_least() && !limit.number().is_zero())?.number();
    Some(total - limit).filter(|spare| *spare > Exact::zero())
}

/// Returns the best band whose limits hold for all totals between two, whatever its conditions; `None` where none does, and where no band
/// has a limit, so that a total says nothing.
pub fn by_total<'a>(spec: &'a OutcomeSpec, lowest: &Exact, highest: &Exact) -> Option<&'a Band> {
    spec.bands.iter().find_map(Band::limit)?;
    let is_within =
        |band: &&Band| band.limit().is_none_or(|limit| limit.holds(if limit.is_least() { lowest } else { highest }));
    spec.bands.iter().find(is_within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample::{band, exact, framework};

    #[test]
    fn a_total_gives_the_best_band_that_all_of_its_range_reaches() {
        let mut spec = framework("1").outcome;
        spec.bands = vec![band("a", "90", &["gate"]), band("b", "75", &[]), band("c", "", &[])];
        for (lowest, highest, expected) in
            [("90", "95", "a"), ("89.9", "95", "b"), ("75", "75", "b"), ("10", "95", "c"), ("0", "1", "c")]
        {
            let by_total = by_total(&spec, &exact(lowest), &exact(highest)).unwrap();
            assert_eq!(by_total.id.as_str(), expected, "{lowest} to {highest}");
        }
    }

    #[test]
    fn a_total_gives_none_of_bands_that_have_conditions_alone() {
        let mut spec = framework("1").outcome;
        spec.bands = vec![band("a", "", &["gate"]), band("b", "", &[])];
        assert!(by_total(&spec, &exact("1"), &exact("2")).is_none());
    }
}
