//! Each return beside what is to be expected of one, given how much the network's returns differ.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "these are statistics, not scores")]

use polars::prelude::PolarsResult;

use super::dispersion::{LEAST_RETURNS, Level, Yardstick};
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

/// A return's share of best answers beside what is to be expected of a return of the network.
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
    /// How much the shares of returns differ beyond chance, as a standard deviation; nought where they don't.
    pub between: Figure,
    /// The lower end of the 95 % range, as a share.
    pub low_95: Figure,
    /// The upper end of the 95 % range, as a share.
    pub high_95: Figure,
    /// The lower end of the 99.8 % range, as a share.
    pub low_998: Figure,
    /// The upper end of the 99.8 % range, as a share.
    pub high_998: Figure,
    /// Where it lies; `None` where too few returns show what is to be expected.
    pub standing: Option<Standing>,
}

figures!(RangeRow: network, between, low_95, high_95, low_998, high_998);

/// Returns each return's share of best answers beside the network's, over all criteria.
pub(super) fn ranges(subject: &Subject) -> PolarsResult<Vec<RangeRow>> {
    let keys = [column::FILE];
    let answers = query::all_answers(subject);
    let (usable, best) =
        (Table::counts(query::usable(answers.clone()), &keys)?, Table::counts(query::best(answers), &keys)?);
    let counts = |sent: &SeasonReturn| {
        let key = [(column::FILE, Some(sent.review.file.as_str()))];
        (best.count_of(&key), usable.count_of(&key))
    };
    let network: Vec<(usize, usize)> = subject.headline().map(counts).filter(|(_, of)| *of > 0).collect();
    let network = (network.len(), Yardstick::of(&network));
    let rows = subject.counted().map(|sent| (sent, counts(sent))).filter(|(_, (_, of))| *of > 0);
    Ok(rows.map(|(sent, counts)| range(subject, sent, counts, network)).collect())
}

fn range(
    subject: &Subject,
    sent: &SeasonReturn,
    (best, of): (usize, usize),
    (returns, yardstick): (usize, Option<Yardstick>),
) -> RangeRow {
    let few = format!("{returns} returns are too few to say how much they differ; at least {LEAST_RETURNS} are needed");
    let about = subject.about(FigureOf::Range(sent.review.file.clone()));
    let figure = |measure, value: Option<f64>| about.figure(measure, value.ok_or(&few), returns);
    let (low_95, high_95) = yardstick.map(|yardstick| yardstick.range(of, Level::Usual)).unzip();
    let (low_998, high_998) = yardstick.map(|yardstick| yardstick.range(of, Level::Nearly)).unzip();
    let share = best as f64 / of as f64;
    let mut row = RangeRow {
        file: sent.review.file.clone(),
        organisation: sent.organisation.clone().unwrap_or_default(),
        criteria: of,
        best,
        share,
        network: figure(Measure::Network, yardstick.map(|yardstick| yardstick.share)),
        between: figure(Measure::Between, yardstick.map(|yardstick| yardstick.between)),
        low_95: figure(Measure::Low95, low_95),
        high_95: figure(Measure::High95, high_95),
        low_998: figure(Measure::Low998, low_998),
        high_998: figure(Measure::High998, high_998),
        standing: None,
    };
    row.standing = standing(&row);
    row
}

/// Says where a share lies; `None` where an end isn't shown.
fn standing(row: &RangeRow) -> Option<Standing> {
    let ends = [&row.low_998, &row.low_95, &row.high_95, &row.high_998].map(|end| end.value);
    let [Some(lowest), Some(low), Some(high), Some(highest)] = ends else { return None };
    Some(match row.share {
        share if share < lowest => Standing::FarBelow,
        share if share < low => Standing::Below,
        share if share > highest => Standing::FarAbove,
        share if share > high => Standing::Above,
        _within => Standing::Within,
    })
}
