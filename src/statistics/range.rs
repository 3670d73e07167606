//! Each return beside what chance alone would give.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "these are statistics, not scores")]

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::interval::binomial_range;
use super::query;
use super::subject::Subject;
use super::table::Table;
use crate::figure::{Figure, FigureOf, Measure, figures};
use crate::season::SeasonReturn;
use crate::tables::column;

/// Where a result lies beside the network's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Below the 99.8 % range.
    FarBelow,
    /// Below the 95 % range, within the 99.8 % one.
    Below,
    /// Within the 95 % range.
    Within,
    /// Above the 95 % range, within the 99.8 % one.
    Above,
    /// Above the 99.8 % range.
    FarAbove,
}

/// A return's share of best answers beside what chance alone would give at the network's share.
#[derive(Clone, Debug, PartialEq)]
pub struct RangeRow {
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: String,
    /// How many criteria are answered.
    pub criteria: usize,
    /// How many of the answers are the best.
    pub best: usize,
    /// The share of them.
    pub share: f64,
    /// The network's share; hidden where too few returns count.
    pub network: Figure,
    /// The lower end of the 95 % range, as a share.
    pub low_95: Figure,
    /// The upper end of the 95 % range, as a share.
    pub high_95: Figure,
    /// The lower end of the 99.8 % range, as a share.
    pub low_998: Figure,
    /// The upper end of the 99.8 % range, as a share.
    pub high_998: Figure,
    /// Where it lies; `None` where the network's share is hidden.
    pub standing: Option<Standing>,
}

figures!(RangeRow: network, low_95, high_95, low_998, high_998);

/// Returns each return's share of best answers beside the network's, over all criteria.
pub(super) fn ranges(subject: &Subject) -> PolarsResult<Vec<RangeRow>> {
    let keys = [column::FILE];
    let answers = query::all_answers(subject);
    let (usable, best) =
        (Table::counts(query::usable(answers.clone()), &keys)?, Table::counts(query::best(answers), &keys)?);
    let of_network = |table: &Table| -> usize {
        subject.headline().map(|sent| table.count_of(&[(column::FILE, Some(&sent.review.file))])).sum()
    };
    let (all, all_best) = (of_network(&usable), of_network(&best));
    let chance = all_best as f64 / all as f64;
    let mut ends: BTreeMap<usize, [(usize, usize); 2]> = BTreeMap::new();
    let rows = subject.counted().filter_map(|sent| {
        let key = [(column::FILE, Some(sent.review.file.as_str()))];
        let counts = (best.count_of(&key), usable.count_of(&key));
        let n = counts.1;
        let mut ends = || *ends.entry(n).or_insert_with(|| [0.025, 0.001].map(|tail| binomial_range(n, chance, tail)));
        (n > 0).then(|| range(subject, sent, counts, (chance, all), ends()))
    });
    Ok(rows.collect())
}

fn range(
    subject: &Subject,
    sent: &SeasonReturn,
    (best, n): (usize, usize),
    (chance, all): (f64, usize),
    [(low, high), (lowest, highest)]: [(usize, usize); 2],
) -> RangeRow {
    let counted = subject.headline().count();
    let about = subject.about(FigureOf::Range(sent.review.file.clone())).resting_on(counted);
    let end = |measure, count: usize| about.figure(measure, Ok(count as f64 / n as f64), all);
    let network = about.figure(Measure::Network, Ok(chance), counted);
    RangeRow {
        file: sent.review.file.clone(),
        organisation: sent.organisation.clone().unwrap_or_default(),
        criteria: n,
        best,
        share: best as f64 / n as f64,
        low_95: end(Measure::Low95, low),
        high_95: end(Measure::High95, high),
        low_998: end(Measure::Low998, lowest),
        high_998: end(Measure::High998, highest),
        standing: network.is_shown().then(|| standing(best, (lowest, low), (high, highest))),
        network,
    }
}

/// Says where a count lies.
fn standing(count: usize, low: (usize, usize), high: (usize, usize)) -> Standing {
    if count < low.0 {
        Standing::FarBelow
    } else if count < low.1 {
        Standing::Below
    } else if count <= high.0 {
        Standing::Within
    } else if count <= high.1 {
        Standing::Above
    } else {
        Standing::FarAbove
    }
}
