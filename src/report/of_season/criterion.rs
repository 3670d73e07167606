//! Criteria over all returns: the strongest, the weakest, and all with their grades.

use serde::Serialize;

use super::{Season, figure, percent, value, whole};
use crate::exact::Exact;
use crate::statistics::{CriterionRow, RankedRow, Share};
use crate::words::{agree, amount, capital, count, list, list_of_at_most};

/// The most places of a ranking that are listed; many criteria can share one.
const MOST_RANKED: usize = 10;

/// More criteria than this share a place without being named one by one.
const MOST_NAMED: usize = 4;

/// The criteria as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CriteriaView {
    sentences: Vec<String>,
    strongest: Ranking,
    weakest: Ranking,
    shared_sentence: String,
    shared: Vec<Shared>,
    grades: Vec<String>,
    rows: Vec<Row>,
}

/// One end of the ranking.
#[derive(Clone, Debug, Serialize)]
struct Ranking {
    /// That only some of it is listed; `None` where all is.
    sentence: Option<String>,
    rows: Vec<Ranked>,
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
    let strong: Vec<&RankedRow> = statistics.strongest.iter().filter(|row| !row.organisations.is_empty()).collect();
    (!shown.is_empty()).then(|| CriteriaView {
        sentences: sentences(season),
        strongest: ranking(&statistics.strongest),
        weakest: ranking(&statistics.weakest),
        shared_sentence: format!(
            "{} {} organisations with the best grade, whose practice can be shown to others.",
            capital(&count(strong.len(), "strong criterion", "strong criteria")),
            agree(strong.len(), "has", "have")
        ),
        shared: shared(&strong),
        grades,
        rows: shown.into_iter().map(row).collect(),
    })
}

/// Returns the places of a ranking that may be told.
fn ranks(rows: &[RankedRow]) -> impl Iterator<Item = &RankedRow> {
    rows.iter().filter(|row| row.mean.is_shown())
}

/// Returns one end of the ranking, as far as it is listed.
fn ranking(rows: &[RankedRow]) -> Ranking {
    let all = ranks(rows).count();
    let sentence = (all > MOST_RANKED).then(|| {
        format!("{all} criteria have a place here, because so many share one; {MOST_RANKED} are listed, and the annex has all.")
    });
    Ranking { sentence, rows: ranks(rows).take(MOST_RANKED).map(ranked).collect() }
}

/// Returns which criteria are strongest and weakest.
fn sentences(season: &Season) -> Vec<String> {
    let first = |rows: &[RankedRow]| -> Vec<String> { ranks(rows).filter(|row| row.rank == 1).map(title).collect() };
    let (best, worst) = (first(&season.statistics.strongest), first(&season.statistics.weakest));
    [said(&best, "strongest", "highest"), said(&worst, "weakest", "lowest")].into_iter().flatten().collect()
}

/// Says which criteria have the first place of a ranking; `None` where it can't be told.
fn said(names: &[String], word: &str, mean: &str) -> Option<String> {
    match names {
        [] => None,
        [only] => Some(format!("The {word} criterion is {only}.")),
        few if few.len() <= MOST_NAMED => Some(format!("The {word} criteria are {}.", list(few))),
        many => Some(format!("{} criteria share the {mean} mean, among them {}.", many.len(), list(&many[..2]))),
    }
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
        mean: figure(&row.mean, percent),
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

/// Returns strengths with those who have them; those of the same organisations stand together.
fn shared(rows: &[&RankedRow]) -> Vec<Shared> {
    let mut together: Vec<(Vec<String>, &[String])> = Vec::new();
    for row in rows {
        match together.iter_mut().find(|(_, organisations)| *organisations == row.organisations.as_slice()) {
            Some((titles, _)) => titles.push(title(row)),
            None => together.push((vec![title(row)], &row.organisations)),
        }
    }
    let shared = together.into_iter().map(|(titles, organisations)| Shared {
        label: list_of_at_most(&titles, 6),
        value: list_of_at_most(organisations, 8),
    });
    shared.collect()
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
        counts: row.grades.iter().rev().map(|grade| figure(&grade.count, amount)).collect(),
        answered: row.answered,
        mean: figure(&row.mean, percent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Figure;

    fn row(criterion: &str, organisations: &[&str]) -> RankedRow {
        let figure = || Figure::shown("f", 1.0, 9);
        RankedRow {
            rank: 1,
            criterion: criterion.to_owned(),
            short: "Aims".to_owned(),
            mean: figure(),
            best: Share { share: figure(), count: figure(), low: figure(), high: figure() },
            organisations: organisations.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn many_criteria_on_one_place_are_counted() {
        for (names, expected) in [
            (1, "The strongest criterion is C1."),
            (3, "The strongest criteria are C1, C2 and C3."),
            (32, "32 criteria share the highest mean, among them C1 and C2."),
        ] {
            let names: Vec<String> = (1..=names).map(|number| format!("C{number}")).collect();
            assert_eq!(said(&names, "strongest", "highest").as_deref(), Some(expected));
        }
        let rows: Vec<RankedRow> = (0..32).map(|number| row(&format!("C{number}"), &[])).collect();
        let ranking = ranking(&rows);
        assert!(ranking.rows.len() == 10 && ranking.sentence.is_some_and(|said| said.starts_with("32 criteria")));
    }

    #[test]
    fn strengths_of_the_same_organisations_share_a_row() {
        let rows = [row("A", &["Acme", "Bolt"]), row("B", &["Acme"]), row("C", &["Acme", "Bolt"])];
        let shared = shared(&rows.iter().collect::<Vec<_>>());
        let said: Vec<(&str, &str)> = shared.iter().map(|row| (row.label.as_str(), row.value.as_str())).collect();
        assert_eq!(said, [("A Aims and C Aims", "Acme and Bolt"), ("B Aims", "Acme")]);
    }
}
