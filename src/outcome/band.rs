//! Which band a total and the gates give.
//!
//! In cascade mode the best band whose limit and gates all hold is given; the upper ends that a scheme prints only
//! describe. In literal mode a band is given only where the total lies in its printed range and its gates hold, so that
//! some totals have no defined outcome.

use super::Bounds;
use crate::exact::Exact;
use crate::framework::{Band, GateId, Mode, OutcomeSpec};

/// What the bands come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// The band of this number, from the best.
    Band(usize),
    /// No band is defined.
    Undefined,
    /// It isn't known.
    Open,
}

impl Decision {
    /// Returns the number of the band.
    pub(super) fn band(self) -> Option<usize> {
        match self {
            Self::Band(number) => Some(number),
            Self::Undefined | Self::Open => None,
        }
    }
}

/// What is taken of conditions that aren't known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assume {
    /// They don't hold.
    Worst,
    /// They hold.
    Best,
    /// Nothing.
    Nothing,
}

/// Returns the band that a total and the gates give; `holds` says which gates hold.
pub(super) fn decide(
    spec: &OutcomeSpec,
    total: Option<&Bounds<Exact>>,
    holds: impl Fn(&GateId) -> Option<bool>,
    assume: Assume,
) -> Decision {
    for number in 0..spec.bands.len() {
        let given = is_given(spec, number, total, &holds);
        let given = match assume {
            Assume::Worst => Some(given.unwrap_or(false)),
            Assume::Best => Some(given.unwrap_or(true)),
            Assume::Nothing => given,
        };
        match given {
            Some(true) => return Decision::Band(number),
            Some(false) => {}
            None => return Decision::Open,
        }
    }
    Decision::Undefined
}

/// Returns the numbers of the bands that it can be, from the best, and whether it may be none.
pub(super) fn possible(
    spec: &OutcomeSpec,
    total: Option<&Bounds<Exact>>,
    holds: impl Fn(&GateId) -> Option<bool>,
) -> (Vec<usize>, bool) {
    let mut numbers = Vec::new();
    for number in 0..spec.bands.len() {
        match is_given(spec, number, total, &holds) {
            Some(true) => {
                numbers.push(number);
                return (numbers, false);
            }
            None => numbers.push(number),
            Some(false) => {}
        }
    }
    (numbers, true)
}

/// Whether bands have limits; where none has, no band follows from the total alone.
pub(super) fn has_limits(spec: &OutcomeSpec) -> bool {
    spec.bands.iter().any(|band| band.limit().is_some())
}

/// Returns the band that the total alone gives.
pub(super) fn raw(spec: &OutcomeSpec, total: Option<&Bounds<Exact>>) -> Decision {
    decide(spec, total, |_| Some(true), Assume::Nothing)
}

/// Whether a band's limit and gates hold.
fn is_given(
    spec: &OutcomeSpec,
    number: usize,
    total: Option<&Bounds<Exact>>,
    holds: &impl Fn(&GateId) -> Option<bool>,
) -> Option<bool> {
    let band = spec.bands.get(number)?;
    let gates = band.gates.iter().map(holds);
    let conditions = [within(spec, number, band, total)].into_iter().chain(gates);
    let conditions: Vec<Option<bool>> = conditions.collect();
    match (conditions.contains(&Some(false)), conditions.contains(&None)) {
        (true, _) => Some(false),
        (false, true) => None,
        (false, false) => Some(true),
    }
}

/// Whether a total is good enough for a band and, in literal mode, within what is printed.
fn within(spec: &OutcomeSpec, number: usize, band: &Band, total: Option<&Bounds<Exact>>) -> Option<bool> {
    let better = number.checked_sub(1).and_then(|number| spec.bands.get(number));
    let literal = match spec.mode {
        Mode::Cascade => None,
        Mode::Literal => Some(better),
    };
    let limited = band.limit().is_some() || literal.is_some();
    match total {
        None if limited => None,
        None => Some(true),
        Some(total) => {
            let holds = |total: &Exact| {
                band.limit().is_none_or(|limit| limit.holds(total))
                    && literal.is_none_or(|better| below(band, better, total))
            };
            // What holds at both ends holds between them; what holds at neither may, in a band that is narrower.
            let ends = (holds(&total.lowest), holds(&total.highest));
            let is_narrow = total.lowest != total.highest && literal.is_some();
            match ends {
                (true, true) => Some(true),
                (false, false) if !is_narrow => Some(false),
                _ => None,
            }
        }
    }
}

/// Whether a total stays within the printed end of a band, or else short of the next better band.
fn below(band: &Band, better: Option<&Band>, total: &Exact) -> bool {
    let short = |better: &Band| better.limit().is_none_or(|limit| !limit.holds(total));
    match &band.printed_to {
        Some(end) => total <= end,
        None => better.is_none_or(short),
    }
}
