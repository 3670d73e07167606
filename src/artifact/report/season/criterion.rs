//! Criteria over all returns: the strongest, the weakest, and all with their grades.

use serde::Serialize;

use super::outcome::trace;
use super::{Season, figure, percent, value, whole};
use crate::artifact::report::sentence::{agree, capital, count, list_of_at_most};
use crate::exact::Exact;
use crate::network::statistics::{CriterionRow, RankedRow, Share};

/// The criteria as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CriteriaView {
    sentences: Vec<String>,
    strongest: Vec<Ranked>,
    weakest: Vec<Ranked>,
    shared_sentence: String,
    shared: Vec<Shared>,
    grades: Vec<String>,
    rows: Vec<Row>,
    trace: String,
}

/// A criterion's place in a ranking.
#[derive(Clone, Debug, Serialize)]
struct Ranked {
    rank: usize,
    title: String,
    mean: String,
    best: String,
    interval: String,
    places: Option<(f64, f64, f64)>,
}

/// A strength that can be shared.
#[derive(Clone, Debug, Serialize)]
struct Shared {
    label: String,
    value: String,
}

/// How a criterion is answered.
#[derive(Clone, Debug, Serialize)]
struct Row {
    title: String,
    /// The mean's place on the scale, from nought to one.
    place: Option<f64>,
    best: String,
    interval: String,
    shares: Option<Vec<f64>>,
    counts: Vec<String>,
    answered: usize,
    mean: String,
}

impl CriteriaView {
    /// Returns what the report's summary says of criteria.
    pub(super) fn brief(&self) -> Vec<String> {
        self.sentences.clone()
    }
}

/// Returns the criteria; `None` where too few answers stand behind each to show any.
pub(super) fn view(season: &Season) -> Option<CriteriaView> {
    let statistics = season.statistics;
    // The order of figures that are hidden would tell them.
    let shown: Vec<&CriterionRow> = statistics.criteria.iter().filter(|row| row.mean.is_shown()).collect();
    let labels = |row: &CriterionRow| row.grades.iter().rev().map(|grade| grade.label.clone()).collect();
    // One table can only have the columns of one scale.
    let mut scales: Vec<Vec<String>> = statistics.criteria.iter().map(labels).collect();
    scales.dedup();
    let grades = if scales.len() == 1 { scales.remove(0) } else { Vec::new() };
    let shared: Vec<Shared> =
        statistics.strongest.iter().filter(|row| !row.organisations.is_empty()).map(share).collect();
    (!shown.is_empty()).then(|| CriteriaView {
        sentences: sentences(season),
        strongest: ranks(&statistics.strongest).map(ranked).collect(),
        weakest: ranks(&statistics.weakest).map(ranked).collect(),
        shared_sentence: format!(
            "{} {} organisations with the best grade, whose practice can be shown to others.",
            capital(&count(shared.len(), "strong criterion", "strong criteria")),
            agree(shared.len(), "has", "have")
        ),
        shared,
        grades,
        rows: shown.into_iter().map(row).collect(),
        trace: trace(statistics, "criterion"),
    })
}

/// Returns the places of a ranking that may be told.
fn ranks(rows: &[RankedRow]) -> impl Iterator<Item = &RankedRow> {
    rows.iter().filter(|row| row.mean.is_shown())
}

/// Returns which criteria are strongest and weakest.
fn sentences(season: &Season) -> Vec<String> {
    let first = |rows: &[RankedRow]| -> Vec<String> { ranks(rows).filter(|row| row.rank == 1).map(title).collect() };
    let (best, worst) = (first(&season.statistics.strongest), first(&season.statistics.weakest));
    let said = |names: &[String], word: &str| {
        let noun = if names.len() == 1 { "criterion is" } else { "criteria are" };
        (!names.is_empty()).then(|| format!("The {word} {noun} {}.", list_of_at_most(names, 4)))
    };
    [said(&best, "strongest"), said(&worst, "weakest")].into_iter().flatten().collect()
}

/// Returns a ranked criterion's name with a few words for it.
fn title(row: &RankedRow) -> String {
    format!("{} {}", row.criterion, row.short)
}

/// Returns a criterion's place in a ranking.
fn ranked(row: &RankedRow) -> Ranked {
    let (low, share, high) = (value(&row.best.low), value(&row.best.share), value(&row.best.high));
    Ranked {
        rank: row.rank,
        title: title(row),
        mean: figure(&row.mean, |mean| mean.to_fixed(2)),
        best: figure(&row.best.share, percent),
        interval: interval(&row.best),
        places: low.zip(share).zip(high).map(|((low, share), high)| (low, share, high)),
    }
}

/// Returns the interval of a share; that it is hidden, where it is.
fn interval(share: &Share) -> String {
    if !share.low.is_shown() {
        return figure(&share.low, percent);
    }
    format!("{}\u{2013}{}", figure(&share.low, percent).trim_end_matches('%'), figure(&share.high, percent))
}

/// Returns a strength with those who have it.
fn share(row: &RankedRow) -> Shared {
    Shared { label: title(row), value: list_of_at_most(&row.organisations, 8) }
}

/// Returns how a criterion is answered, grades from the worst to the best.
fn row(row: &CriterionRow) -> Row {
    let counts: Option<Vec<usize>> = row.grades.iter().rev().map(|grade| whole(&grade.count)).collect();
    let parts = |counts: Vec<usize>| {
        let all = counts.iter().sum::<usize>();
        let part = |count| Exact::ratio(count, all).map_or(0.0, |part| part.to_float());
        counts.into_iter().map(part).collect()
    };
    Row {
        title: format!("{} {}", row.criterion, row.short),
        place: value(&row.mean),
        best: figure(&row.best.share, percent),
        interval: interval(&row.best),
        shares: counts.map(parts),
        counts: row.grades.iter().rev().map(|grade| figure(&grade.count, |count| count.to_fixed(0))).collect(),
        answered: row.answered,
        mean: figure(&row.mean, |mean| mean.to_fixed(2)),
    }
}
