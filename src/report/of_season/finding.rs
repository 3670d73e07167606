//! The commonest findings.

use super::{FrameworkSeason, text};
use crate::document::{Block, Cell, Column, Format, Part, Side, Table};
use crate::finding::Severity;
use crate::framework::{Framework, RegisterSpec};
use crate::report::Room;
use crate::statistics::FindingRow;
use crate::words::{count, duty_of_some, list_of_at_most, thousands};

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
    let mut rows: Vec<&FindingRow> =
        season.statistics.findings.iter().filter(|row| row.subject.is_none() && row.place.is_none()).collect();
    // What asks nothing of anybody stands last, however often it was found.
    rows.sort_by_key(|row| row.severity == Severity::Note);
    let listed = &rows[..rows.len().min(most(room))];
    // At which places of the form several returns have it; nothing where it is at others in each.
    let about = |row: &&FindingRow| places(season, row);
    let share = |row: &&FindingRow| Cell::Bar { low: row.share, high: row.share, tick: None };
    let returns =
        |row: &&FindingRow| format!("{} ({})", thousands(row.returns), text(row.share, &Format::Share)).into();
    let columns = vec![
        Column::new("Finding").share(2.0).cell(|row: &&FindingRow| season.finding(&row.rule).into()),
        Column::new("In several ¤returns at")
            .share(0.9)
            .cell(move |row| about(row).into())
            .only_if(listed.iter().any(|row| !about(row).is_empty())),
        Column::new("Duty").cell(|row: &&FindingRow| duty_of_some(row.severity).into()),
        Column::new("Share of ¤returns").share(0.7).cell(share),
        Column::new("¤Returns").side(Side::Right).cell(returns),
        Column::new("Times").cell(|row: &&FindingRow| row.times.into()),
    ];
    // Of one kind the sentence says all but where it is.
    let is_told = listed.len() > 1 || room == Room::Sheet;
    let table = Table::of(listed, columns).caption(caption(listed)).whole(most(room));
    let table = is_told.then_some(Block::Table(table));
    let untold = season.statistics.are_findings_untold;
    let named = |rule: &str| season.finding(rule);
    let lead = sentence(&rows, rows.len().saturating_sub(most(room)), untold, named);
    let untold =
        untold.then(|| if season.is_named() { UNTOLD_AT_ROWS.to_owned() } else { untold_of(season.framework) });
    (!rows.is_empty() || (untold.is_some() && !season.is_named()))
        .then(|| Part::new("Commonest findings").lead(lead).lead(untold).blocks(table))
}

/// Says that more was found than is told, and of what few stand behind it.
fn untold_of(framework: &Framework) -> String {
    let few = match &framework.registers[..] {
        [] => "",
        some if some.iter().any(RegisterSpec::is_of_people) => "few people or ",
        _ => "few rows of registers or ",
    };
    format!("How common some findings are isn\u{2019}t told, since {few}few ¤returns stand behind them.")
}

/// That more was found than those who run the season are told of.
const UNTOLD_AT_ROWS: &str =
    "How common findings at rows of registers are isn\u{2019}t told where few people stand behind them.";

/// Says in which order findings are listed.
fn caption(listed: &[&FindingRow]) -> &'static str {
    match listed {
        [first, .., last] if first.severity > Severity::Note && last.severity == Severity::Note => {
            "The commonest findings, by how many ¤returns have them; what asks nothing of anybody stands last"
        }
        _ => "The commonest findings, by how many ¤returns have them",
    }
}

/// Says which finding most returns have, and how many kinds are left out; nothing where all that was found may not be told.
fn sentence(
    rows: &[&FindingRow],
    rest: usize,
    are_some_untold: bool,
    named: impl Fn(&str) -> String,
) -> Option<String> {
    let left_out = match rest {
        0 => String::new(),
        1 => " The table leaves out one other kind of finding.".to_owned(),
        more => format!(" The table leaves out {more} other kinds of finding."),
    };
    let Some(first) = rows.iter().find(|row| row.severity > Severity::Note) else {
        let nothing = format!("Nothing was found that must be put right, checked or explained.{left_out}");
        return (!are_some_untold).then_some(nothing);
    };
    let told = if are_some_untold { ", as far as it is told" } else { "" };
    let about = if first.are_people { "about " } else { "" };
    Some(format!(
        "Of what must be put right, checked or explained{told}, nothing is in more ¤returns than \u{201c}{}\u{201d}: it was found {about}{} in {}.{left_out}",
        named(&first.rule),
        if first.times == 1 { "once".to_owned() } else { count(first.times, "time", "times") },
        count(first.returns, "¤return", "¤returns")
    ))
}

/// Returns at which places of the form several returns have a finding, the commonest first.
fn places(season: &FrameworkSeason, of: &FindingRow) -> String {
    let at = season.statistics.findings.iter().filter(|row| row.rule == of.rule && row.returns > 1);
    let named = at.filter_map(|row| Some(format!("{}\u{a0}({})", row.place.as_ref()?, row.returns)));
    list_of_at_most(&named.collect::<Vec<_>>(), MOST_PLACES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Prevalence;
    use crate::words::words_of;

    #[test]
    fn what_asks_nothing_of_anybody_is_never_the_commonest_finding() {
        let row = |rule: &str, severity, times, are_people| FindingRow {
            rule: rule.to_owned(),
            severity,
            subject: None,
            place: None,
            has_places: false,
            times,
            are_people,
            returns: times,
            share: 0.5,
            spread: Prevalence::Scattered,
        };
        let rows = [
            row("near-boundary", Severity::Note, 9, false),
            row("evidence-shared", Severity::Warning, 3, false),
            row("answer-blank", Severity::Error, 1, false),
            row("row-outcome-differs", Severity::Error, 10, true),
        ];
        let nothing = "Nothing was found that must be put right, checked or explained.";
        let most = |told: &str, rule: &str, found: &str| {
            let of = "Of what must be put right, checked or explained";
            Some(format!("{of}{told}, nothing is in more ¤returns than \u{201c}{rule}\u{201d}: it was found {found}."))
        };
        let as_told = ", as far as it is told";
        let cases = [
            (vec![0, 1, 2], false, most("", "Evidence shared", "3 times in 3 ¤returns")),
            (vec![0, 2], false, most("", "Answer blank", "once in 1 ¤return")),
            (vec![3], false, most("", "Row outcome differs", "about 10 times in 10 ¤returns")),
            (vec![0], false, Some(nothing.to_owned())),
            (vec![0, 2], true, most(as_told, "Answer blank", "once in 1 ¤return")),
            (vec![0], true, None),
            (vec![], true, None),
        ];
        for (which, are_some_untold, expected) in cases {
            let rows: Vec<&FindingRow> = which.iter().map(|at| &rows[*at]).collect();
            assert_eq!(sentence(&rows, 0, are_some_untold, words_of), expected);
        }
        // The table says so where a note stands below others that fewer have.
        for (which, is_said) in [(vec![1, 0], true), (vec![1, 2], false), (vec![0], false), (vec![], false)] {
            let rows: Vec<&FindingRow> = which.iter().map(|at: &usize| &rows[*at]).collect();
            assert_eq!(caption(&rows).contains("stands last"), is_said, "{which:?}");
        }
    }
}
