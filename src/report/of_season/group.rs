//! How returns come out by region, kind and the other groups of a season.

use super::FrameworkSeason;
use crate::document::{Cell, Column, Format, Part, Table};
use crate::figure::{Figure, FigureState};
use crate::statistics::verdict::Chance;
use crate::statistics::{Compared, GroupRow, GroupingRow};
use crate::words::{INCOMPLETE, capital, count, list};

/// Groups of one kind: those that may be shown, and those that may not.
pub(in crate::report) struct Grouping<'a> {
    /// What they are groups by.
    pub(in crate::report) by: String,
    /// Those of which something may be shown.
    pub(in crate::report) shown: Vec<&'a GroupRow>,
    hidden: Vec<&'a GroupRow>,
    /// How they compare, where enough of them are large enough.
    compared: Option<&'a GroupingRow>,
}

/// Returns the outcomes by each kind of group; `None` where there is none.
pub(super) fn by_group(season: &FrameworkSeason) -> Option<Part> {
    part(season, |of| outcomes(season, of))
}

/// Returns a table of each kind of group; `None` where there is none.
pub(in crate::report) fn part(season: &FrameworkSeason, table: impl Fn(&Grouping) -> Table) -> Option<Part> {
    let groupings = groupings(season);
    let any = groupings.iter().any(|of| !of.shown.is_empty());
    let part = Part::new("By group").lead([sentence(&groupings)]);
    // Where there is no table at all, one sentence says so.
    let told = groupings.iter().filter(|_| any);
    let part = told.fold(part, |part, of| part.lead(compared(of).into_iter().chain(not_shown(of))).block(table(of)));
    (!groupings.is_empty()).then_some(part)
}

/// Returns the kinds of group with their groups.
fn groupings<'a>(season: &FrameworkSeason<'a>) -> Vec<Grouping<'a>> {
    let statistics = season.statistics;
    let kinds = statistics.groups.chunk_by(|one, other| one.by == other.by);
    // Where there is but one group beside those of which it isn't stated, nothing is compared.
    let kinds = kinds.filter(|kind| kind.iter().filter(|row| row.group.is_some()).count() > 1);
    kinds.filter_map(|kind| grouping(kind, &statistics.groupings)).collect()
}

/// Returns the groups of one kind.
fn grouping<'a>(kind: &'a [GroupRow], compared: &'a [GroupingRow]) -> Option<Grouping<'a>> {
    let column = &kind.first()?.by;
    let by = column.replace(['_', '-'], " ");
    let compared = compared.iter().find(|row| row.by == *column);
    if !kind.iter().any(|row| says_something(row) || hides_something(row)) {
        return None;
    }
    let (shown, hidden): (Vec<&GroupRow>, Vec<&GroupRow>) = kind.iter().partition(|row| says_something(row));
    // One group alone is compared with none.
    let is_told = shown.iter().filter(|row| row.group.is_some()).count() > 1;
    let (shown, hidden) = if is_told { (shown, hidden) } else { (Vec::new(), kind.iter().collect()) };
    Some(Grouping { by, shown, hidden, compared })
}

/// Whether more of a group may be shown than how many returns it has, and how many of them are open.
fn says_something(row: &GroupRow) -> bool {
    let outcomes = row.outcomes.iter().filter(|outcome| outcome.band != INCOMPLETE);
    let mut figures = outcomes.map(|outcome| &outcome.count).chain([&row.totals.median, &row.totals.mean]);
    row.returns.is_shown() && figures.any(Figure::is_shown)
}

/// Whether something of a group is hidden: one without outcomes and totals has nothing to hide.
fn hides_something(row: &GroupRow) -> bool {
    let outcomes = row.outcomes.iter().map(|outcome| &outcome.count);
    outcomes.chain([&row.totals.median, &row.totals.mean]).any(|figure| figure.state() == FigureState::Hidden)
}

/// Says what is left out of the tables by group, and how to read the others.
fn sentence(groupings: &[Grouping]) -> &'static str {
    let shown = groupings.iter().any(|of| !of.shown.is_empty());
    let hidden = groupings.iter().any(|of| !of.hidden.is_empty());
    match (shown, hidden) {
        (false, _) => {
            "No groups can be set beside each other: too few ¤returns stand behind each, or another could be worked out from it."
        }
        (true, false) => "A difference between groups is a reason to ask, not an answer.",
        (true, true) => {
            "A difference between groups is a reason to ask, not an answer. Groups behind which too few ¤returns stand are \
             left out, and so is what they could be worked out from."
        }
    }
}

/// Returns the table of the groups that may be shown.
fn outcomes(season: &FrameworkSeason, of: &Grouping) -> Table {
    let unit = Format::Measured(season.statistics.decimals.max(1), season.statistics.unit.clone());
    let mean = move |row: &&GroupRow| Cell::figure(&row.totals.mean, unit.clone());
    let judges = !season.totals_are_sizes();
    let told = outcomes_told(of);
    // Where few are incomplete it isn't passed on which groups they are in.
    let is_told_of_how_many = season.is_named() || of.shown.iter().all(|row| row.totals.n > 0);
    let mut columns = vec![
        Column::new(capital(&of.by)).share(1.3).cell(|row: &&GroupRow| name(row).into()),
        Column::new("¤Returns").cell(|row: &&GroupRow| Cell::figure(&row.returns, Format::Whole)),
        Column::new("Complete").cell(|row: &&GroupRow| row.totals.n.into()).only_if(judges && is_told_of_how_many),
        Column::new("Mean ¤total").cell(mean).only_if(judges),
        Column::new("95% interval")
            .cell(|row: &&GroupRow| Cell::between(&row.low, &row.high, Format::Fixed(1)))
            .only_if(judges && of.shown.iter().any(|row| row.low.is_shown())),
    ];
    columns.extend(told.iter().map(|(at, band)| {
        let count = |row: &&GroupRow| row.outcomes.get(*at).map(|of| Cell::figure(&of.count, Format::Whole));
        Column::new(titles(season, band)).share(1.0).cell(move |row| count(row).unwrap_or(Cell::Empty))
    }));
    let is_any = |row: &&GroupRow| row.outcomes.iter().any(|of| of.count.value.is_some_and(|count| count > 0.0));
    let has_outcomes = !told.is_empty() && of.shown.iter().any(is_any);
    let what = if has_outcomes { "Outcomes" } else { "¤Totals" };
    let over = if judges && !is_told_of_how_many { "; means are over complete ¤returns alone" } else { "" };
    Table::of(&of.shown, columns).without_hidden().caption(format!("{what} by {}, of {}{over}", of.by, season.whom()))
}

/// Returns the outcomes that some of a grouping has, each with its place in the rows; none where all that anybody has are counted together,
/// which tells no more than how many returns there are.
fn outcomes_told<'a>(of: &Grouping<'a>) -> Vec<(usize, &'a str)> {
    let outcomes = of.shown.first().map_or(&[][..], |row| &row.outcomes).iter().enumerate();
    let is_had =
        |at: usize| of.shown.iter().any(|row| row.outcomes.get(at).is_some_and(|of| of.count.value != Some(0.0)));
    let had: Vec<(usize, &str)> =
        outcomes.filter(|(at, _)| is_had(*at)).map(|(at, outcome)| (at, outcome.band.as_str())).collect();
    match had.as_slice() {
        [(_, all)] if all.contains('+') => Vec::new(),
        _ => had,
    }
}

/// Returns a group's name.
pub(in crate::report) fn name(row: &GroupRow) -> &str {
    row.group.as_deref().unwrap_or("not stated")
}

/// Says whether totals or outcomes differ between groups by more than chance gives; `None` where too few can be compared.
fn compared(of: &Grouping) -> Option<String> {
    // Of groups that stand nowhere nobody can see how they differ.
    let row = of.compared.filter(|row| row.chance_adjusted.is_shown() && of.shown.len() > 1)?;
    let groups = count(row.groups, "group", "groups");
    let (chance, by) = (Chance::beside(&row.chance_adjusted), &of.by);
    let (what, of_enough) = match row.compared {
        Compared::Totals => (["¤Totals", "¤totals", "means"], "five complete ¤returns or more"),
        Compared::Outcomes => (["Outcomes", "outcomes", "outcomes"], "five settled outcomes or more"),
    };
    let ([at_start, within, apart], groups) = (what, format!("{groups} with {of_enough}"));
    Some(match Chance::of(&row.chance_adjusted)? {
        Chance::Unlikely => format!("{at_start} differ by {by} ({groups}){chance}."),
        Chance::Possible => {
            format!(
                "It can\u{2019}t be told whether {within} differ by {by}: the {apart} of {groups} lie apart{chance}."
            )
        }
    })
}

/// Says which groups aren't shown; `None` where all are.
fn not_shown(of: &Grouping) -> Option<String> {
    let names: Vec<&str> = of.hidden.iter().map(|row| name(row)).collect();
    match (of.shown.len(), names.len()) {
        (_, 0) => None,
        (0, _) => Some(format!("By {} no group can be shown.", of.by)),
        (_, _) => Some(format!("Not shown by {}: {}.", of.by, list(&names))),
    }
}

/// Returns the title over a group's outcomes, of which rare ones are counted together.
fn titles(season: &FrameworkSeason, bands: &str) -> String {
    let title = |band| season.statistics.outcome(band).map_or(band, |row| &row.title);
    list(&bands.split('+').map(title).collect::<Vec<&str>>()).replace(" and ", " or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;
    use crate::figure::{Figured, sample::undefined};
    use crate::report::Audience;
    use crate::season::sample;
    use crate::statistics::Statistics;

    /// Returns what is said of groups that were changed, and of how many groupings there is a table.
    fn told(change: impl Fn(usize, &mut GroupRow)) -> Option<(String, usize)> {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 30);
        let mut statistics = Statistics::of_season(&season).unwrap();
        statistics.frameworks[0].groups.iter_mut().enumerate().for_each(|(at, row)| change(at, row));
        let season = FrameworkSeason::sampled(&season, &statistics, Audience::Team);
        let part = by_group(&season)?;
        let tables = part.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
        Some((part.leading()[0].clone(), tables))
    }

    #[test]
    fn groups_are_compared_where_two_are_told_and_are_no_matter_where_they_have_nothing() {
        let (said, tables) = told(|_, _| {}).unwrap();
        assert!(said.starts_with("A difference between groups") && tables > 0, "{said}");
        let (said, tables) = told(|at, row| {
            if at > 0 {
                row.hide_all();
            }
        })
        .unwrap();
        assert_eq!((said.starts_with("No groups can be set beside each other"), tables), (true, 0), "{said}");
        // A scheme without outcomes and totals hides none.
        let nothing = |_, row: &mut GroupRow| {
            row.outcomes = Vec::new();
            row.totals.each_mut(&mut |figure| *figure = undefined());
        };
        assert_eq!(told(nothing), None);
    }
}
