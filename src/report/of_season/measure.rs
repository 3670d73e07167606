//! The measures over all returns: everybody as one group, and returns beside each other.

use super::{FrameworkSeason, text};
use crate::document::{Cell, Column, Format, Part, Table};
use crate::framework::Better;
use crate::statistics::MeasureRow;
use crate::words::{agree, capital, count, list};

/// From such a part of the smaller value on, the two ways to take a measure together are said to differ.
const APART: f64 = 0.1;

/// Returns the measures; `None` where no register gives one.
pub(in crate::report) fn part(season: &FrameworkSeason) -> Option<Part> {
    let rows = &season.statistics.measures;
    // A table of what is hidden tells nothing that the sentence above it doesn't.
    let told: &[MeasureRow] = if rows.iter().any(|row| row.pooled.is_shown()) { rows } else { &[] };
    let ways = "in two ways: everybody as one group, and each ¤return counting the same";
    let caption = format!("Measures that the registers of {} give, {ways}", season.whom());
    let table = Table::of(told, columns()).without_hidden().caption(caption);
    let sentences = alike(rows).into_iter().chain(rows.iter().filter_map(apart)).chain(not_shown(rows));
    (!rows.is_empty()).then(|| Part::new("Measures").lead(sentences).block(table))
}

/// Returns the columns.
fn columns<'a>() -> Vec<Column<'a, MeasureRow>> {
    vec![
        Column::new("Measure").share(1.5).cell(|row: &MeasureRow| format!("{} {}", row.measure, row.short).into()),
        Column::new("People")
            .meaning("To the nearest multiple that the disclosure rule sets.")
            .cell(|row: &MeasureRow| Cell::figure(&row.people, Format::Whole)),
        Column::new("All people")
            .meaning("All people of all registers taken as one group.")
            .cell(|row: &MeasureRow| Cell::figure(&row.pooled, unit(row))),
        Column::new("Mean of ¤returns")
            .meaning("The mean of the ¤returns' own values, each counting the same, however many people it has.")
            .cell(|row: &MeasureRow| Cell::figure(&row.mean_of_returns, unit(row))),
        Column::new("Median").cell(|row: &MeasureRow| Cell::figure(&row.spread.median, unit(row))),
        Column::new("Middle half")
            .cell(|row: &MeasureRow| Cell::between(&row.spread.lower_quartile, &row.spread.upper_quartile, unit(row))),
        Column::new("n").cell(|row: &MeasureRow| row.spread.n.into()),
    ]
}

/// Returns how a measure is written.
fn unit(row: &MeasureRow) -> Format {
    Format::Measured(1, row.unit.clone())
}

/// Says what the measures come to that are much the same either way; `None` where none is.
fn alike(rows: &[MeasureRow]) -> Option<String> {
    let of = |row: &MeasureRow| Some(format!("{} {}", row.short, text(both_ways(row)?.0, &unit(row))));
    let told: Vec<String> = rows.iter().filter(|row| both_ways(row).is_some_and(is_alike)).filter_map(of).collect();
    let means = agree(told.len(), "its mean of ¤returns is", "their means of ¤returns are");
    (!told.is_empty()).then(|| format!("Over all people: {}; {means} much the same.", list(&told)))
}

/// Says what a measure means whose two ways lie apart; `None` where they don't, or it is hidden.
fn apart(row: &MeasureRow) -> Option<String> {
    let (pooled, mean) = both_ways(row).filter(|ways| !is_alike(*ways))?;
    let (more, less) = if mean > pooled { ("few", "many") } else { ("many", "few") };
    let people = match row.better {
        Some(Better::Higher) => format!("those with {more} people do better than those with {less}"),
        Some(Better::Lower) => format!("those with {less} people do better than those with {more}"),
        None => format!("those with {more} people have more than those with {less}"),
    };
    let [pooled, mean] = [pooled, mean].map(|value| text(value, &unit(row)));
    let returns = count(row.spread.n, "¤return", "¤returns");
    Some(format!("{}: {pooled} over all people, but {mean} in the mean of {returns}: {people}.", row.short))
}

/// Returns a measure over all people and in the mean of returns; `None` where one is hidden.
fn both_ways(row: &MeasureRow) -> Option<(f64, f64)> {
    row.pooled.value.zip(row.mean_of_returns.value)
}

/// Says how many measures are hidden; `None` where none is.
fn not_shown(rows: &[MeasureRow]) -> Option<String> {
    let hidden = rows.iter().filter(|row| !row.pooled.is_shown()).count();
    (hidden > 0).then(|| {
        format!(
            "{} not shown, because too few people or ¤returns stand behind {}.",
            capital(&count(hidden, "measure is", "measures are")),
            agree(hidden, "it", "them")
        )
    })
}

/// Whether the two ways come to much the same.
#[expect(clippy::float_arithmetic, reason = "figures are compared for their words")]
fn is_alike((pooled, mean): (f64, f64)) -> bool {
    (pooled - mean).abs() < APART * pooled.min(mean).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::sample::shown;
    use crate::season::sample;
    use crate::statistics::Statistics;

    #[test]
    fn it_is_said_who_does_better_by_the_end_that_is_better() {
        let frameworks = [sample::usual()];
        let statistics = Statistics::of_season(&sample::season(&frameworks, 12)).unwrap();
        let row = &statistics.of("sample").unwrap().measures[0];
        let cases = [
            (Some(Better::Higher), 20.0, "those with few people do better than those with many."),
            (Some(Better::Higher), 12.0, "those with many people do better than those with few."),
            (Some(Better::Lower), 20.0, "those with many people do better than those with few."),
            (Some(Better::Lower), 12.0, "those with few people do better than those with many."),
            (None, 20.0, "those with few people have more than those with many."),
        ];
        for (better, mean, expected) in cases {
            let row = MeasureRow { better, pooled: shown(16.0, 9), mean_of_returns: shown(mean, 9), ..row.clone() };
            let said = apart(&row).unwrap();
            assert!(said.ends_with(expected), "{better:?} {mean}: {said}");
        }
    }

    #[test]
    fn measures_that_are_the_same_either_way_are_told_in_one_sentence() {
        let frameworks = [sample::usual()];
        let statistics = Statistics::of_season(&sample::season(&frameworks, 12)).unwrap();
        let row = &statistics.of("sample").unwrap().measures[0];
        let of = |short: &str, mean| MeasureRow {
            short: short.to_owned(),
            unit: "weeks".to_owned(),
            pooled: shown(16.0, 9),
            mean_of_returns: shown(mean, 9),
            ..row.clone()
        };
        let rows = [of("Wait", 16.1), of("Stay", 16.2), of("Apart", 30.0)];
        let expected =
            "Over all people: Wait 16.0 weeks and Stay 16.0 weeks; their means of ¤returns are much the same.";
        assert_eq!(alike(&rows).as_deref(), Some(expected));
        let one = "Over all people: Wait 16.0 weeks; its mean of ¤returns is much the same.";
        assert_eq!((alike(&rows[..1]).as_deref(), alike(&rows[2..])), (Some(one), None));
    }
}
