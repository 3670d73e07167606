//! The network as one return is seen against it.
//!
//! Only what may be known to a sender: quantiles and ranges over all returns, never another return's figure.

use crate::exact::Exact;
use crate::figure::{self, Disclosure};
use crate::report::earlier::Earlier;
use crate::statistics::{CriterionRow, Figure, FrameworkStatistics, RangeRow, SectionRow, quantile};

/// What is known of the returns that one is compared with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peers {
    /// The totals; `None` where too few have one.
    pub total: Option<Spread>,
    /// The share of best answers beside what is usual in the network; `None` where that isn't known.
    pub best: Option<RangeRow>,
    /// The medians of sections, by name, in per cent of the most.
    pub sections: Vec<(String, f64)>,
    /// Criteria, by name, in points.
    pub criteria: Vec<(String, Spread)>,
    /// What the sender's own earlier returns came to that it is set beside.
    pub earlier: Vec<Earlier>,
}

/// How some figures are spread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// How many figures.
    pub count: usize,
    /// The lower quartile.
    pub lower: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile.
    pub upper: f64,
}

impl Peers {
    /// Takes from what may be passed on of a season's statistics what stands beside a return, and from what the team is told how it lies to
    /// what is usual in the network.
    pub fn of(
        published: &FrameworkStatistics,
        team: Option<&FrameworkStatistics>,
        file: &str,
        limits: Disclosure,
    ) -> Self {
        let own = team.filter(|team| tells_all(published, team)).and_then(|team| team.range(file));
        let best = own.filter(|row| row.low_95.is_shown() && row.high_95.is_shown());
        let median = |row: &SectionRow| Some((row.section.clone(), value(&row.percent.median)?));
        let criterion = |row: &CriterionRow| Some((row.criterion.clone(), spread(row, limits)?));
        Self {
            total: published.total().and_then(|row| of_totals(&row.spread)),
            best: best.cloned(),
            sections: published.sections.iter().filter_map(median).collect(),
            criteria: published.criteria.iter().filter_map(criterion).collect(),
            earlier: Vec::new(),
        }
    }

    /// Adds what the sender's own earlier returns came to.
    #[must_use]
    pub fn beside(self, earlier: Vec<Earlier>) -> Self {
        Self { earlier, ..self }
    }

    /// Returns the median of a section, in per cent of the most.
    pub(super) fn section(&self, id: &str) -> Option<f64> {
        self.sections.iter().find(|(section, _)| section == id).map(|(_, median)| *median)
    }

    /// Returns how the answers to a criterion are spread, in points.
    pub(super) fn criterion(&self, id: &str) -> Option<&Spread> {
        self.criteria.iter().find(|(criterion, _)| criterion == id).map(|(_, spread)| spread)
    }
}

/// Whether all answers that the team's figures are over may be passed on, criterion by criterion: what is usual over all of them would tell those
/// that may not.
fn tells_all(published: &FrameworkStatistics, team: &FrameworkStatistics) -> bool {
    let is_told = |(told, all): (&CriterionRow, &CriterionRow)| {
        told.criterion == all.criterion && told.answered == all.answered && told.mean.is_shown()
    };
    published.criteria.len() == team.criteria.len() && published.criteria.iter().zip(&team.criteria).all(is_told)
}

/// Returns a figure's value where it is shown.
fn value(figure: &Figure) -> Option<f64> {
    figure.value.filter(|_| figure.is_shown())
}

/// Returns how the totals are spread; `None` where a quartile isn't shown.
fn of_totals(totals: &figure::Spread) -> Option<Spread> {
    let [lower, median, upper] = [&totals.lower_quartile, &totals.median, &totals.upper_quartile].map(value);
    Some(Spread { count: totals.n, lower: lower?, median: median?, upper: upper? })
}

/// Returns how the answers to a criterion are spread; `None` where a grade's count is hidden, or so few answered, or so much alike,
/// that the quartiles are others' own answers to whoever knows a few of them.
pub(super) fn spread(row: &CriterionRow, limits: Disclosure) -> Option<Spread> {
    if row.answered < limits.quantiles || row.answered <= limits.k {
        return None;
    }
    let (mut answers, mut alike) = (Vec::new(), 0);
    for grade in &row.grades {
        let count = usize::try_from(Exact::from_float(value(&grade.count)?)?.to_whole()?).ok()?;
        answers.extend(std::iter::repeat_n(grade.points.as_ref()?.to_float(), count));
        alike = alike.max(count);
    }
    let quantile = |share| quantile(&answers, share);
    let spread =
        Spread { count: answers.len(), lower: quantile(0.25)?, median: quantile(0.5)?, upper: quantile(0.75)? };
    let points = || row.grades.iter().filter_map(|grade| grade.points.as_ref());
    let ends = [points().min()?.to_float(), points().max()?.to_float()];
    (can_differ(&spread, ends, answers.len() - alike) >= limits.k).then_some(spread)
}

/// Returns how many answers can differ from the commonest one, by the quartiles: whoever knows fewer of them can't tell the others.
/// Where the quartiles are all one answer, only those outside them can, a quarter at either end, and none beyond the end of the scale;
/// else as many as do.
fn can_differ(spread: &Spread, [least, most]: [f64; 2], differ: usize) -> usize {
    let beyond = spread.count.saturating_sub(1) / 4;
    let open_ends = [spread.lower > least, spread.upper < most].into_iter().filter(|is_open| *is_open).count();
    if spread.lower < spread.upper { differ } else { open_ends * beyond }
}
