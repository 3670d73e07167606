//! The pieces into which an open total falls by the limits of bands, where the total alone decides on the band.
//!
//! A band and a total that go together are tried together then: a return that comes to the best band doesn't come to the least total.

use crate::exact::Exact;
use crate::framework::expression::Quantity;
use crate::framework::{Band, Limit, Mode, OutcomeSpec};
use crate::outcome::Bounds;
use crate::outcome::band::raw;

/// A band with the total that goes with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The band by name.
    pub band: Quantity,
    /// The total, or between which ends it lies then.
    pub total: Quantity,
    /// Whether it is an end of the total, which really comes out where the ends do.
    pub is_end: bool,
}

/// Returns the pieces of an open total, its two ends first; nothing where more than the total decides on the band.
pub(super) fn pieces(spec: &OutcomeSpec, total: &Quantity) -> Vec<Piece> {
    let decides = spec.mode == Mode::Cascade && spec.bands.iter().all(|band| band.gates.is_empty());
    let (Some(least), Some(most)) = (total.least().number(), total.most().number()) else { return Vec::new() };
    if !decides || !total.is_open() {
        return Vec::new();
    }
    let mut limits: Vec<&Exact> = spec.bands.iter().filter_map(Band::limit).map(Limit::number).collect();
    limits.retain(|limit| *limit > least && *limit < most);
    limits.extend([least, most]);
    limits.sort();
    limits.dedup();
    let end = |at: &Exact| Piece { band: band(spec, at), total: at.clone().into(), is_end: true };
    let within = limits.windows(2).flat_map(|ends| between(spec, ends[0], ends[1]));
    [end(least), end(most)].into_iter().chain(within).collect()
}

/// Returns the band of each total from one limit to the next: at both, and in between.
fn between(spec: &OutcomeSpec, from: &Exact, to: &Exact) -> Vec<Piece> {
    let middle = (from + to).divided_by(&2.into());
    let mut bands: Vec<Quantity> =
        [Some(from.clone()), middle, Some(to.clone())].iter().flatten().map(|at| band(spec, at)).collect();
    bands.dedup();
    let total = || Quantity::between(from.clone().into(), to.clone().into());
    bands.into_iter().map(|band| Piece { band, total: total(), is_end: false }).collect()
}

/// Returns the band of a total.
fn band(spec: &OutcomeSpec, total: &Exact) -> Quantity {
    let bounds = Bounds { lowest: total.clone(), highest: total.clone() };
    let number = raw(spec, Some(&bounds)).band();
    number.and_then(|number| spec.bands.get(number)).map(|band| band.id.as_str()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample::{band as a_band, exact, framework};

    /// Returns the pieces of a total in words.
    fn told(spec: &OutcomeSpec, least: &str, most: &str) -> Vec<String> {
        let total = Quantity::between(exact(least).into(), exact(most).into());
        pieces(spec, &total).iter().map(|piece| format!("{} {}", piece.band, piece.total)).collect()
    }

    #[test]
    fn a_total_falls_into_pieces_at_the_limits_of_bands() {
        let mut spec = framework("none").outcome;
        spec.bands = vec![a_band("good", "8", &[]), a_band("fair", "5", &[]), a_band("poor", "0", &[])];
        let expected = ["poor 3", "good 9", "poor 3 to 5", "fair 3 to 5", "fair 5 to 8", "good 5 to 8", "good 8 to 9"];
        assert_eq!(told(&spec, "3", "9"), expected);
        assert_eq!(told(&spec, "6", "7"), ["fair 6", "fair 7", "fair 6 to 7"]);
        spec.bands[0].gates = vec!["gate".into()];
        assert_eq!(told(&spec, "3", "9"), [""; 0]);
    }
}
