//! The one door through which figures are made: what rests on too few is hidden as it is made.

use super::hiding::Disclosure;
use super::id::{Facet, FigureId, FigureOf};
use super::measure::Measure;
use super::{Figure, Why};

/// What figures are about, and how many stand behind them.
#[derive(Clone, Debug)]
pub struct About {
    framework: String,
    of: FigureOf,
    facet: Facet,
    contributors: Option<usize>,
    limits: Disclosure,
}

impl About {
    /// Begins the figures about something.
    pub fn new(framework: &str, of: FigureOf, limits: Disclosure) -> Self {
        Self { framework: framework.to_owned(), of, facet: Facet::Whole, contributors: None, limits }
    }

    /// Returns a side of the same.
    #[must_use]
    pub fn facet(&self, facet: Facet) -> Self {
        Self { facet, ..self.clone() }
    }

    /// Says that so many stand behind the figures, where that isn't what they are worked out over.
    #[must_use]
    pub fn resting_on(&self, contributors: usize) -> Self {
        Self { contributors: Some(contributors), ..self.clone() }
    }

    /// Says that the figures are no secret, however few they rest on.
    #[must_use]
    pub fn open(&self) -> Self {
        self.resting_on(usize::MAX)
    }

    /// Says that the figures tell of so many, where it is no secret that something has nobody.
    #[must_use]
    pub fn counting(&self, count: usize) -> Self {
        self.resting_on(if count == 0 { usize::MAX } else { count })
    }

    /// Returns a figure over `n`; a value that isn't there is told by why it isn't defined.
    pub fn figure(&self, measure: Measure, value: Result<f64, &str>, n: usize) -> Figure {
        self.made(Some(measure), value, n)
    }

    /// Returns a count of which the facet says what is counted.
    #[expect(clippy::cast_precision_loss, reason = "a count is shown as a number")]
    pub fn count(&self, count: usize) -> Figure {
        self.made(None, Ok(count as f64), count)
    }

    /// Returns a count, of which the facet says what is counted, among `n`.
    #[expect(clippy::cast_precision_loss, reason = "a count is shown as a number")]
    pub fn count_among(&self, count: usize, n: usize) -> Figure {
        self.made(None, Ok(count as f64), n)
    }

    fn made(&self, measure: Option<Measure>, value: Result<f64, &str>, n: usize) -> Figure {
        let of = (self.of.clone(), self.facet.clone());
        let id = FigureId { framework: self.framework.clone(), of: of.0, facet: of.1, measure };
        let why = value.err().map(|why| Why::Undefined(why.to_owned()));
        let mut figure = Figure { id, value: value.ok(), n, why };
        if self.hides(measure, n) {
            figure.hide();
        }
        figure
    }

    /// Whether too few stand behind a value to show it.
    fn hides(&self, measure: Option<Measure>, n: usize) -> bool {
        let Disclosure { k, quantiles, .. } = self.limits;
        let contributors = self.contributors.unwrap_or(n);
        // Answers to a criterion are steps of a scale, so that their median is nobody's own.
        let is_own = !matches!(self.of, FigureOf::Criterion(_)) && measure.is_some_and(Measure::is_quantile);
        contributors < k || (is_own && contributors < quantiles)
    }
}
