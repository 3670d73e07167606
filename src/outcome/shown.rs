//! How a total is shown: never so that it seems to be in another band than it is.

use crate::exact::Exact;
use crate::framework::{Band, Mode, OutcomeSpec};

/// The most decimals that a total is shown with; one that needs more is shown as a fraction.
const MOST: u32 = 12;

/// Returns a total with the scheme's usual decimals, or with more where rounding would cross the edge of a band.
pub fn shown(total: &Exact, spec: &OutcomeSpec) -> String {
    let mut places = spec.decimals..=MOST.max(spec.decimals);
    let fitting = places.find(|places| sides(total, spec) == sides(&total.rounded(*places), spec));
    fitting.map_or_else(|| total.to_string(), |places| total.to_fixed(places))
}

/// Returns a shown total with the scheme's unit.
pub fn with_unit(shown: &str, spec: &OutcomeSpec) -> String {
    let unit = &spec.unit;
    if unit == "%" { format!("{shown}%") } else { format!("{shown} {unit}").trim_end().to_owned() }
}

/// Returns on which side of each band's edges a total lies.
fn sides(total: &Exact, spec: &OutcomeSpec) -> Vec<bool> {
    let of_band = |band: &Band| {
        let printed = match spec.mode {
            Mode::Cascade => None,
            Mode::Literal => band.printed_to.as_ref().map(|end| total <= end),
        };
        let limit = band.limit().map(|limit| limit.holds(total));
        [limit, printed].into_iter().flatten().collect::<Vec<bool>>()
    };
    spec.bands.iter().flat_map(of_band).collect()
}
