//! How returns come out.

use super::{FrameworkSeason, figure, text, together, whole};
use crate::document::{Bars, Block, Cell, Chart, Column, Format, Lengths, Part, StackPart, Table};
use crate::framework::BandId;
use crate::statistics::{BandRow, Figure, FrameworkStatistics, OutlierRow, Share};
use crate::words::{INCOMPLETE, OPEN, agree, capital, count, file_title, list, list_of_at_most};

/// Of fewer totals no quartiles are told.
const FEW: usize = 5;

/// The heading of counts beside which outcomes are open.
const AT_LEAST: &str = "At least";

/// What is beside a share that is an estimate.
const ESTIMATED: &str = ", with the 95% interval of each share among all who were expected";

/// Returns the outcomes; `None` where the framework has none.
pub(in crate::report) fn part(season: &FrameworkSeason) -> Option<Part> {
    let rows = &season.statistics.outcomes;
    let estimated = if rows.iter().any(|row| row.share.low.is_shown()) { ESTIMATED } else { "" };
    let judged: Vec<&BandRow> = rows.iter().filter(|row| is_listed(row)).collect();
    let table = table(&judged).caption(format!("Outcomes of {}{estimated}", season.whom()));
    let charts = lists(rows).into_iter().filter_map(|rows| chart(season, rows)).map(Block::Chart);
    // A table of what is withheld tells nothing that the sentence above it doesn't.
    let is_told = judged.iter().any(|row| row.band != INCOMPLETE && row.share.count.is_shown());
    let table = is_told.then_some(Block::Table(table));
    let part =
        || Part::new("Outcomes").lead(sentences(season)).blocks(charts).blocks(table).part(together::part(season));
    sums_up(rows).then(part)
}

/// Whether a row tells something: where returns are judged by its bands, or outcomes are open.
fn is_listed(row: &BandRow) -> bool {
    if row.band == INCOMPLETE {
        whole(&row.share.count) != Some(0)
    } else {
        row.kinds.is_empty() || row.share.share.n > 0
    }
}

/// Returns the rows of bands, those by which other kinds of return are judged apart.
fn lists(rows: &[BandRow]) -> Vec<&[BandRow]> {
    let banded = &rows[..rows.iter().take_while(|row| row.band != INCOMPLETE).count()];
    banded.chunk_by(|one, other| one.kinds == other.kinds).collect()
}

/// Returns how many of those that are judged by these bands have an open outcome; `None` where a count is hidden.
fn open_of(rows: &[BandRow]) -> Option<usize> {
    let all = rows.first()?.share.share.n;
    let settled: usize =
        rows.iter().map(|row| whole(&row.share.count)).collect::<Option<Vec<usize>>>()?.into_iter().sum();
    Some(all.saturating_sub(settled))
}

/// Returns the table of outcomes.
fn table(rows: &[&BandRow]) -> Table {
    let is_open = rows.iter().any(|row| row.band == INCOMPLETE && whole(&row.share.count) != Some(0));
    let by_kind = rows.iter().any(|row| !row.kinds.is_empty());
    let most = Column::new("At most")
        .meaning("How many can have it once all answers are in: those that have it for certain, and those that can still come to it.")
        .cell(|row: &&BandRow| Cell::figure(&row.at_most, Format::Whole))
        .only_if(is_open && rows.iter().any(|row| row.band != INCOMPLETE && row.at_most.is_shown()));
    let kind =
        Column::new("Kind of ¤return").share(1.0).cell(|row: &&BandRow| list(&row.kinds).into()).only_if(by_kind);
    let heading = if is_open { AT_LEAST } else { "Number" };
    shares(rows, ["Outcome", heading], vec![most, kind], |row: &&BandRow| (&row.title, &row.share))
}

/// Returns a table of shares with their intervals and some columns more after the numbers, and with bars of those where each is shown
/// and they tell something.
pub(super) fn shares<'a, R>(
    rows: &[R],
    headings: [&str; 2],
    more: Vec<Column<'a, R>>,
    of: impl Fn(&R) -> (&String, &Share) + Copy + 'a,
) -> Table {
    let share = |figure: fn(&Share) -> &Figure| move |row: &R| Cell::figure(figure(of(row).1), Format::Share);
    let interval = "The 95 % interval of the share among all who were expected, if those who didn't come are like those who did (Wilson's, for a finite population), whatever open outcomes become. There is none where all came, below 10, and where it isn't known who was expected.";
    let is_estimate = rows.iter().any(|row| of(row).1.low.is_shown());
    // Where numbers are told and no share is, a column of nothing says no more.
    let are_shares_told =
        rows.iter().any(|row| of(row).1.share.is_shown()) || !rows.iter().any(|row| of(row).1.count.is_shown());
    let first = [
        Column::new(headings[0]).share(1.0).cell(move |row| of(row).0.into()),
        Column::new(headings[1]).cell(move |row| Cell::figure(&of(row).1.count, Format::Whole)),
    ];
    let last = [
        Column::new("Share")
            .meaning(
                "Of all that are judged: one ¤return an ¤organisation, of no duplicates, and of none that is superseded.",
            )
            .cell(share(|share| &share.share))
            .only_if(are_shares_told),
        Column::new("From").meaning(interval).cell(share(|share| &share.low)).only_if(is_estimate),
        Column::new("To").meaning(interval).cell(share(|share| &share.high)).only_if(is_estimate),
    ];
    let columns = first.into_iter().chain(more).chain(last).collect();
    let counts: Option<Vec<usize>> = rows.iter().map(|row| whole(&of(row).1.count)).collect();
    let bars = counts.filter(|counts| counts.iter().sum::<usize>() > 1).map(|_| Bars {
        title: titled(headings),
        axis: headings[1].to_owned(),
        lengths: Lengths::Counts(1),
    });
    Table::of(rows, columns).bars(bars)
}

/// Returns the title of the chart beside a table of shares.
fn titled([of, counted]: [&str; 2]) -> String {
    let of = of.to_lowercase();
    if counted == AT_LEAST { format!("How many have each {of} for certain") } else { format!("{counted} by {of}") }
}

/// Whether the framework sums a return up in an outcome.
pub(in crate::report) fn sums_up(rows: &[BandRow]) -> bool {
    rows.iter().any(|row| row.band != INCOMPLETE)
}

/// Returns the bar of those judged by these bands; `None` where a count is hidden or there are none.
fn chart(season: &FrameworkSeason, rows: &[BandRow]) -> Option<Chart> {
    let part = |row: &BandRow| {
        let count = whole(&row.share.count)?;
        let label = format!("{count} ({})", figure(&row.share.share, Format::Share));
        Some(StackPart { title: row.title.clone(), count, label, open: false })
    };
    let open = open_of(rows)?;
    let open = StackPart { title: OPEN.to_owned(), count: open, label: open.to_string(), open: true };
    let parts: Vec<StackPart> = rows.iter().rev().map(part).chain([Some(open)]).collect::<Option<_>>()?;
    let all: usize = parts.iter().map(|part| part.count).sum();
    let returns = count(all, "¤return", "¤returns");
    let of = if rows[0].kinds.is_empty() { String::new() } else { format!(" of kind {}", list(&rows[0].kinds)) };
    let said: Vec<String> = parts.iter().map(|part| format!("{} {}", part.title, part.label)).collect();
    // A bar of one return tells nothing.
    (all > 1).then(|| Chart::Stack {
        caption: format!("Outcomes of {}, from the lowest band to the highest", season.one_each(all, &of)),
        alt: format!("A bar of {returns}{of} in parts: {}.", list(&said)),
        parts,
    })
}

/// Returns what the outcomes mean.
fn sentences(season: &FrameworkSeason) -> Vec<String> {
    let came_out: Vec<String> =
        lists(&season.statistics.outcomes).into_iter().filter_map(|rows| came_out(season, rows)).collect();
    if came_out.is_empty() {
        let is_withheld = season.statistics.outcomes.iter().any(|row| !row.share.count.is_shown());
        let withheld = "How many have which outcome isn\u{2019}t told, since single ¤organisations could tell those of the others.";
        return vec![if is_withheld { withheld } else { "No ¤return has an outcome yet." }.to_owned()];
    }
    let beside = lists(&season.statistics.outcomes).into_iter().filter_map(|rows| beside(season, rows));
    came_out
        .into_iter()
        .chain(beside)
        .chain(together::of_parts_alone(season))
        .chain(middle_half(season.statistics))
        .chain(outliers(season.statistics))
        .collect()
}

/// Says how many of those judged by these bands have which outcome for certain, and how many can still have another; `None` where
/// none may be told.
fn came_out(season: &FrameworkSeason, rows: &[BandRow]) -> Option<String> {
    let told = rows.iter().filter_map(|row| Some((row, whole(&row.share.count).filter(|count| *count > 0)?)));
    let banded: Vec<String> = told.map(|(row, count)| format!("{count} as {}", row.title)).collect();
    let banded = (!banded.is_empty()).then(|| list(&banded).replacen(" as ", " came out as ", 1));
    let open = open_of(rows).filter(|open| *open > 0);
    let open = open
        .map(|open| format!("the {} of {open} {} open", agree(open, "outcome", "outcomes"), agree(open, "is", "are")));
    let said: Vec<String> = banded.into_iter().chain(open).collect();
    let said = (!said.is_empty()).then(|| said.join("; "))?;
    let kinds = &rows.first()?.kinds;
    if let (1, Some(only)) = (season.statistics.coverage.counted, said.strip_prefix("1 ")) {
        return Some(format!("The only ¤return {only}."));
    }
    let of = match kinds.as_slice() {
        [] => season.whom(),
        kinds => {
            format!("{} judged as {}", count(rows[0].share.share.n, "¤organisation", "¤organisations"), list(kinds))
        }
    };
    Some(format!("Of {of}, {said}.{}", bounds(rows)))
}

/// Says what came of returns of kinds that stand for no organisation, since each sent another one that comes before; `None` where there
/// are none, or returns may not be told of one by one.
fn beside(season: &FrameworkSeason, rows: &[BandRow]) -> Option<String> {
    let kinds = &rows.first().filter(|row| row.share.share.n == 0)?.kinds;
    let is_mine = |kind: Option<&str>| kind.is_some_and(|kind| kinds.iter().any(|of| of == kind));
    let mine: Vec<Option<&str>> = season
        .counted()
        .filter(|sent| is_mine(sent.review.kind.as_deref()))
        .map(|sent| sent.review.settled().map(BandId::as_str))
        .collect();
    let told = rows.iter().map(|row| (row, mine.iter().filter(|band| **band == Some(&row.band)).count()));
    let told =
        told.filter(|(_, number)| *number > 0).map(|(row, number)| format!("{number} came out as {}", row.title));
    let said: Vec<String> = told.collect();
    let returns = count(mine.len(), "¤return", "¤returns");
    (season.is_named() && !said.is_empty()).then(|| {
        format!(
            "Beside them, of {returns} of kind {} by ¤organisations that are counted above, {}.",
            list(kinds),
            list(&said)
        )
    })
}

/// Says how many can come to each outcome; nothing where none is open.
fn bounds(rows: &[BandRow]) -> String {
    let ends = rows.iter().filter_map(|row| Some((row, whole(&row.share.count)?, whole(&row.at_most)?)));
    let ends: Vec<(&BandRow, usize, usize)> = ends.filter(|(_, _, most)| *most > 0).collect();
    if ends.iter().all(|(_, least, most)| least == most) {
        return String::new();
    }
    let number = |least: usize, most: usize| if least < most { format!("{least} to {most}") } else { most.to_string() };
    let said = ends.into_iter().map(|(row, least, most)| format!("{} as {}", number(least, most), row.title));
    let said: Vec<String> = said.collect();
    format!(" Once all answers are in, {}.", list(&said).replacen(" as ", " will come out as ", 1))
}

/// Says what half of the totals reach; `None` where too few returns have one.
pub(super) fn middle(statistics: &FrameworkStatistics) -> Option<String> {
    let spread = &statistics.total()?.spread;
    let median = figure(&spread.median, Format::of_totals(statistics.decimals, &statistics.unit));
    let returns = count(spread.n, "¤return", "¤returns");
    (spread.n >= FEW && spread.median.is_shown()).then(|| format!("The median ¤total is {median} ({returns})."))
}

/// Says where the middle half of totals lies; `None` where too few returns have one.
pub(in crate::report) fn middle_half(statistics: &FrameworkStatistics) -> Option<String> {
    let spread = &statistics.total()?.spread;
    let shown = |of| figure(of, Format::of_totals(statistics.decimals, &statistics.unit));
    let is_told = spread.n >= FEW && spread.median.is_shown() && spread.lower_quartile.is_shown();
    is_told.then(|| {
        format!(
            "Of the {} with a settled ¤total, half have {} or more; the middle half lies between {} and {}.",
            count(spread.n, "¤return", "¤returns"),
            shown(&spread.median),
            shown(&spread.lower_quartile),
            shown(&spread.upper_quartile)
        )
    })
}

/// Returns whose total stands out from all others; `None` where nobody's does.
pub(in crate::report) fn outliers(statistics: &FrameworkStatistics) -> Option<String> {
    let rows = &statistics.outliers;
    let unit = Format::of_totals(statistics.decimals, &statistics.unit);
    let name = |row: &OutlierRow| {
        if row.organisation.is_empty() { file_title(&row.file) } else { row.organisation.clone() }
    };
    let names: Vec<String> = rows.iter().map(|row| format!("{} ({})", name(row), text(row.total, &unit))).collect();
    Some(format!(
        "{} far from the median of {}: {}. Look at {} before reading much into the figures.",
        capital(&count(rows.len(), "¤total lies", "¤totals lie")),
        text(rows.first()?.median, &unit),
        list_of_at_most(&names, 6),
        agree(rows.len(), "that ¤return", "those ¤returns")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Figured, sample::shown};
    use crate::report::Audience;
    use crate::season::sample;
    use crate::statistics::Statistics;

    #[test]
    fn no_table_is_made_of_outcomes_that_are_withheld() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 30);
        let mut statistics = Statistics::of_season(&season).unwrap();
        let rows = &mut statistics.frameworks[0].outcomes;
        let is_open = |row: &BandRow| row.band == INCOMPLETE;
        let (open, mut banded): (Vec<BandRow>, Vec<BandRow>) = rows.drain(..).partition(is_open);
        for row in &mut banded {
            row.kinds = vec!["Submission".to_owned()];
        }
        // Of another kind, by which others are judged, nothing came.
        let mut none = banded.clone();
        for row in &mut none {
            row.kinds = vec!["Approval".to_owned()];
            row.each_mut(&mut |figure| *figure = shown(0.0, 0));
        }
        for (hidden, tables) in [(false, 1), (true, 0)] {
            let mut told = banded.clone();
            told.iter_mut().filter(|_| hidden).for_each(Figured::hide_all);
            statistics.frameworks[0].outcomes = told.into_iter().chain(none.clone()).chain(open.clone()).collect();
            let part = part(&FrameworkSeason::sampled(&season, &statistics, Audience::Team)).unwrap();
            let made = part.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
            assert_eq!(made, tables, "{part:?}");
        }
    }
}
