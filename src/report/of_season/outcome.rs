//! How returns come out.

use super::{FrameworkSeason, figure, text, whole};
use crate::document::{Bars, Block, Cell, Chart, Column, Format, Lengths, Part, StackPart, Table};
use crate::statistics::{BandRow, Figure, FrameworkStatistics, OutlierRow, Share};
use crate::words::{INCOMPLETE, agree, capital, count, file_title, list, list_of_at_most};

/// Of fewer totals no quartiles are told.
const FEW: usize = 5;

/// Returns the outcomes; `None` where the framework has none.
pub(in crate::report) fn part(season: &FrameworkSeason) -> Option<Part> {
    let rows = &season.statistics.outcomes;
    let table = shares(rows, ["Outcome", "Returns"], |row: &BandRow| (&row.title, &row.share))
        .caption("Outcomes, with the range in which each share would lie if the season were repeated");
    let part = || Part::new("Outcomes").lead(sentences(season)).blocks(chart(rows).map(Block::Chart)).block(table);
    sums_up(rows).then(part)
}

/// Returns a table of shares with their intervals, and with bars of their counts where each is shown and they tell something.
pub(super) fn shares<'a, R>(
    rows: &[R],
    headings: [&str; 2],
    of: impl Fn(&R) -> (&String, &Share) + Copy + 'a,
) -> Table {
    let share = |figure: fn(&Share) -> &Figure| move |row: &R| Cell::figure(figure(of(row).1), Format::Share);
    let interval = "The 95 % Wilson interval of the share: what would be found if the season were repeated with like organisations.";
    let columns = vec![
        Column::new(headings[0]).share(1.0).cell(move |row| of(row).0.into()),
        Column::new(headings[1]).cell(move |row| Cell::figure(&of(row).1.count, Format::Whole)),
        Column::new("Share")
            .meaning("Of all that count: of no duplicates, and of none that is superseded.")
            .cell(share(|share| &share.share)),
        Column::new("From").meaning(interval).cell(share(|share| &share.low)),
        Column::new("To").meaning(interval).cell(share(|share| &share.high)),
    ];
    let counts: Option<Vec<usize>> = rows.iter().map(|row| whole(&of(row).1.count)).collect();
    let bars = counts.filter(|counts| counts.iter().sum::<usize>() > 1).map(|_| Bars {
        title: format!("{} by {}", headings[1], headings[0].to_lowercase()),
        axis: headings[1].to_owned(),
        lengths: Lengths::Counts(1),
    });
    Table::of(rows, columns).bars(bars)
}

/// Whether the framework sums a return up in an outcome.
pub(in crate::report) fn sums_up(rows: &[BandRow]) -> bool {
    rows.iter().any(|row| row.band != INCOMPLETE)
}

/// Returns the bar; `None` where a count is hidden or there are none.
fn chart(rows: &[BandRow]) -> Option<Chart> {
    let (open, banded): (Vec<&BandRow>, Vec<&BandRow>) = rows.iter().partition(|row| row.band == INCOMPLETE);
    let part = |row: &BandRow| {
        let count = whole(&row.share.count)?;
        let label = format!("{count} ({})", figure(&row.share.share, Format::Share));
        Some(StackPart { title: row.title.clone(), count, label, open: row.band == INCOMPLETE })
    };
    let parts: Vec<StackPart> = banded.into_iter().rev().chain(open).map(part).collect::<Option<_>>()?;
    let all: usize = parts.iter().map(|part| part.count).sum();
    let returns = count(all, "return", "returns");
    let said: Vec<String> = parts.iter().map(|part| format!("{} {}", part.title, part.label)).collect();
    // A bar of one return tells nothing.
    (all > 1).then(|| Chart::Stack {
        caption: format!("Outcomes of {returns}, from the lowest band to the highest"),
        alt: format!("A bar of {returns} in parts: {}.", list(&said)),
        parts,
    })
}

/// Returns what the outcomes mean.
fn sentences(season: &FrameworkSeason) -> Vec<String> {
    let Some(came_out) = came_out(season) else { return vec!["No return has an outcome yet.".to_owned()] };
    [Some(came_out), middle_half(season.statistics), outliers(season.statistics)].into_iter().flatten().collect()
}

/// Says how many returns have which outcome; `None` where none has one that may be told.
fn came_out(season: &FrameworkSeason) -> Option<String> {
    let rows = season.statistics.outcomes.iter();
    let told = rows.filter_map(|row| Some((row, whole(&row.share.count).filter(|count| *count > 0)?)));
    let (open, banded): (Vec<_>, Vec<_>) = told.partition(|(row, _)| row.band == INCOMPLETE);
    let banded: Vec<String> = banded.iter().map(|(row, count)| format!("{count} as {}", row.title)).collect();
    let banded = (!banded.is_empty()).then(|| list(&banded).replacen(" as ", " came out as ", 1));
    let open = open.first().map(|(_, count)| format!("{count} {} incomplete", agree(*count, "is", "are")));
    let said: Vec<String> = banded.into_iter().chain(open).collect();
    let said = (!said.is_empty()).then(|| said.join("; "))?;
    let counted = season.statistics.coverage.counted;
    Some(match said.strip_prefix("1 ") {
        Some(said) if counted == 1 => format!("The only return {said}."),
        Some(_) | None => format!("Of {}, {said}.", count(counted, "return", "returns")),
    })
}

/// Says where the middle half of totals lies; `None` where too few returns have one.
pub(in crate::report) fn middle_half(statistics: &FrameworkStatistics) -> Option<String> {
    let spread = &statistics.total()?.spread;
    let shown = |of| figure(of, Format::Unit(1, statistics.unit.clone()));
    let is_told = spread.n >= FEW && spread.median.is_shown() && spread.lower_quartile.is_shown();
    is_told.then(|| {
        format!(
            "Half of the complete returns have a total of {} or more; the middle half lies between {} and {} ({}).",
            shown(&spread.median),
            shown(&spread.lower_quartile),
            shown(&spread.upper_quartile),
            count(spread.n, "return", "returns")
        )
    })
}

/// Returns whose total stands out from all others; `None` where nobody's does.
pub(in crate::report) fn outliers(statistics: &FrameworkStatistics) -> Option<String> {
    let rows = &statistics.outliers;
    let unit = Format::Unit(1, statistics.unit.clone());
    let name = |row: &OutlierRow| {
        if row.organisation.is_empty() { file_title(&row.file) } else { row.organisation.clone() }
    };
    let names: Vec<String> = rows.iter().map(|row| format!("{} ({})", name(row), text(row.total, &unit))).collect();
    Some(format!(
        "{} far from the median of {}: {}. Look at {} before reading much into the figures.",
        capital(&count(rows.len(), "total lies", "totals lie")),
        text(rows.first()?.median, &unit),
        list_of_at_most(&names, 6),
        agree(rows.len(), "that return", "those returns")
    ))
}
