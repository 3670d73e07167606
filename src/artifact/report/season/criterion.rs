//! Criteria over all returns: the strongest, the weakest, and all with their grades.

use serde::Serialize;

use super::outcome::trace;
use super::{Season, figure, percent, value, whole};
use crate::artifact::report::sentence::{agree, capital, count, list_of_at_most, number};
use crate::exact::Exact;
use crate::network::statistics::{CriterionRow, RankedRow};

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

/// Returns the criteria; `None` where nothing is answered.
pub(super) fn view(season: &Season) -> Option<CriteriaView> {
    let statistics = season.statistics;
    let answered = statistics.criteria.iter().any(|row| row.answered > 0);
    let grades = statistics
        .criteria
        .first()
        .map_or_else(Vec::new, |row| row.grades.iter().rev().map(|grade| grade.label.clone()).collect());
    let shared: Vec<Shared> =
        statistics.strongest.iter().filter(|row| !row.organisations.is_empty()).map(share).collect();
    answered.then(|| CriteriaView {
        sentences: sentences(season),
        strongest: statistics.strongest.iter().map(ranked).collect(),
        weakest: statistics.weakest.iter().map(ranked).collect(),
        shared_sentence: format!(
            "{} {} organisations with the best grade, whose practice can be shown to others.",
            capital(&count(shared.len(), "strong criterion", "strong criteria")),
            agree(shared.len(), "has", "have")
        ),
        shared,
        grades,
        rows: statistics.criteria.iter().map(row).collect(),
        trace: trace(statistics, "criterion"),
    })
}

/// Returns which criteria are strongest and weakest.
fn sentences(season: &Season) -> Vec<String> {
    let first = |rows: &[RankedRow]| -> Vec<String> { rows.iter().filter(|row| row.rank == 1).map(title).collect() };
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
        interval: format!(
            "{}\u{2013}{}",
            figure(&row.best.low, percent).trim_end_matches('%'),
            figure(&row.best.high, percent)
        ),
        places: low.zip(share).zip(high).map(|((low, share), high)| (low, share, high)),
    }
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
        shares: counts.map(parts),
        counts: row.grades.iter().rev().map(|grade| figure(&grade.count, |count| count.to_fixed(0))).collect(),
        answered: row.answered,
        mean: figure(&row.mean, |mean| number(mean, 2)),
    }
}
