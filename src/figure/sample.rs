//! Figures for the tests of those who show them.

use super::{About, Disclosure, Figure, FigureOf, Measure};

fn figure(value: f64, n: usize, k: usize) -> Figure {
    let limits = Disclosure { k, quantiles: 0, rounding: 1 };
    About::new("sample", FigureOf::Trend, limits).figure(Measure::Mean, Ok(value), n)
}

/// Returns a figure that is shown.
pub(crate) fn shown(value: f64, n: usize) -> Figure {
    figure(value, n, 0)
}

/// Returns a figure that isn't defined.
pub(crate) fn undefined() -> Figure {
    About::new("sample", FigureOf::Trend, Disclosure::OPEN).figure(Measure::Mean, Err("there are no values"), 0)
}

/// Returns a figure that is hidden.
pub(crate) fn hidden() -> Figure {
    figure(1.0, 0, 5)
}
