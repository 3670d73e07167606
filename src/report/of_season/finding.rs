//! The commonest findings.

use super::{FrameworkSeason, text};
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::report::Room;
use crate::statistics::FindingRow;
use crate::words::{count, duty_of_some, list_of_at_most, thousands, words_of};

/// The most findings that are listed.
const fn most(room: Room) -> usize {
    match room {
        Room::Page => 12,
        Room::Sheet => 30,
    }
}
/// The most places of a finding that are named.
const MOST_PLACES: usize = 3;

/// Returns the commonest findings; `None` where there are none.
pub(in crate::report) fn part(season: &FrameworkSeason, room: Room) -> Option<Part> {
    let rows: Vec<&FindingRow> =
        season.statistics.findings.iter().filter(|row| row.subject.is_none() && row.place.is_none()).collect();
    let listed = &rows[..rows.len().min(most(room))];
    // At which places of the form several returns have it; nothing where it is at others in each.
    let about = |row: &&FindingRow| places(season, row);
    let share = |row: &&FindingRow| Cell::Bar { low: row.share, high: row.share, tick: None };
    let returns =
        |row: &&FindingRow| format!("{} ({})", thousands(row.returns), text(row.share, &Format::Share)).into();
    let columns = vec![
        Column::new("Finding").share(1.4).cell(|row: &&FindingRow| words_of(&row.rule).into()),
        Column::new("In several returns at")
            .share(1.1)
            .cell(move |row| about(row).into())
            .only_if(listed.iter().any(|row| !about(row).is_empty())),
        Column::new("Duty").cell(|row: &&FindingRow| duty_of_some(row.severity).into()),
        Column::new("Share of returns").share(1.0).cell(share),
        Column::new("Returns").side(Side::Right).cell(returns),
        Column::new("Times").cell(|row: &&FindingRow| row.times.into()),
    ];
    let table = Table::of(listed, columns).caption("The commonest findings").whole(most(room));
    Some(
        Part::new("Commonest findings")
            .lead([sentence(rows.first()?, rows.len().saturating_sub(most(room)))])
            .block(table),
    )
}

/// Says which finding is the commonest, and how many kinds are left out.
fn sentence(first: &FindingRow, rest: usize) -> String {
    let left_out = match rest {
        0 => String::new(),
        1 => " The table leaves out one kind of finding that is rarer.".to_owned(),
        more => format!(" The table leaves out {more} kinds of finding that are rarer."),
    };
    format!(
        "The commonest finding is \u{201c}{}\u{201d}, found {} in {}.{left_out}",
        words_of(&first.rule),
        if first.times == 1 { "once".to_owned() } else { count(first.times, "time", "times") },
        count(first.returns, "return", "returns")
    )
}

/// Returns at which places of the form several returns have a finding, the commonest first.
fn places(season: &FrameworkSeason, of: &FindingRow) -> String {
    let at = season.statistics.findings.iter().filter(|row| row.rule == of.rule && row.returns > 1);
    let named = at.filter_map(|row| Some(format!("{}\u{a0}({})", row.place.as_ref()?, row.returns)));
    list_of_at_most(&named.collect::<Vec<_>>(), MOST_PLACES)
}
