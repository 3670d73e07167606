//! The measures over all returns: everybody as one group, and returns beside each other.

use super::{Season, value};
use crate::document::{Cell, Column, Format, Part, Table};
use crate::exact::Exact;
use crate::statistics::MeasureRow;
use crate::words::{agree, capital, count, fixed};

/// From such a part of the smaller value on, the two ways to take a measure together are said to differ.
const APART: f64 = 0.1;

/// Returns the measures; `None` where no register gives one.
pub(super) fn part(season: &Season) -> Option<Part> {
    let rows = &season.statistics.measures;
    // A table of what is hidden tells nothing that the sentence above it doesn't.
    let told: &[MeasureRow] = if rows.iter().any(|row| row.pooled.is_shown()) { rows } else { &[] };
    let table = Table::of(told, columns()).caption(
        "Measures that the registers give, in two ways: everybody as one group, and each return counting the same",
    );
    (!rows.is_empty()).then(|| Part::new("Measures").lead(sentences(rows)).block(table))
}

/// Returns the columns.
fn columns<'a>() -> Vec<Column<'a, MeasureRow>> {
    let unit = |row: &MeasureRow| Format::Unit(1, row.unit.clone());
    vec![
        Column::new("Measure").share(1.5).cell(|row: &MeasureRow| format!("{} {}", row.measure, row.short).into()),
        Column::new("People").cell(|row: &MeasureRow| Cell::figure(&row.people, Format::Whole)),
        Column::new("All people").cell(move |row: &MeasureRow| Cell::figure(&row.pooled, unit(row))),
        Column::new("Mean of returns").cell(move |row: &MeasureRow| Cell::figure(&row.mean_of_returns, unit(row))),
        Column::new("Median").cell(move |row: &MeasureRow| Cell::figure(&row.spread.median, unit(row))),
        Column::new("Middle half").cell(move |row: &MeasureRow| {
            Cell::between(&row.spread.lower_quartile, &row.spread.upper_quartile, unit(row))
        }),
        Column::new("n").cell(|row: &MeasureRow| row.spread.n.into()),
    ]
}

/// Returns a value with one decimal, whole or not, and its unit.
fn tenth(value: &Exact, unit: &str) -> String {
    format!("{}{}", bare(value), spaced(unit))
}

/// Returns a value with one decimal and without its unit.
fn bare(value: &Exact) -> String {
    fixed(value, 1)
}

/// Returns a unit as it stands behind a value.
fn spaced(unit: &str) -> String {
    if unit == "%" { unit.to_owned() } else { format!(" {unit}") }
}

/// Returns what the measures mean: the value of each, and what it means where the two ways lie apart.
fn sentences(rows: &[MeasureRow]) -> Vec<String> {
    let mut sentences: Vec<String> = rows.iter().filter_map(said).collect();
    let hidden = rows.iter().filter(|row| !row.pooled.is_shown()).count();
    if hidden > 0 {
        let which = count(hidden, "measure is", "measures are");
        sentences.push(format!(
            "{} not shown, because too few people or returns stand behind {}.",
            capital(&which),
            agree(hidden, "it", "them")
        ));
    }
    sentences
}

/// Returns a measure in words; `None` where it is hidden.
fn said(row: &MeasureRow) -> Option<String> {
    let (pooled, mean) = (value(&row.pooled)?, value(&row.mean_of_returns)?);
    let shown = |value: f64| Exact::from_float(value).map_or_else(String::new, |value| tenth(&value, &row.unit));
    let first = format!("{}: {} over all people", row.short, shown(pooled));
    Some(match (is_apart(pooled, mean), mean > pooled) {
        (false, _) => {
            format!("{first}, and much the same in the mean of {}.", count(row.spread.n, "return", "returns"))
        }
        (true, true) => format!(
            "{first}, but {} in the mean of {}: those with few people do better than those with many.",
            shown(mean),
            count(row.spread.n, "return", "returns")
        ),
        (true, false) => format!(
            "{first}, but {} in the mean of {}: those with many people do better than those with few.",
            shown(mean),
            count(row.spread.n, "return", "returns")
        ),
    })
}

/// Whether the two ways lie apart.
#[expect(clippy::float_arithmetic, reason = "figures are compared for their words")]
fn is_apart(pooled: f64, mean: f64) -> bool {
    (pooled - mean).abs() >= APART * pooled.min(mean).max(1.0)
}
