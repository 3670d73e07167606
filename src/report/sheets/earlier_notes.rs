//! What the team wrote beside findings and draws that this run doesn't have: kept until it is taken out, or its finding comes back.

use super::{SeasonView, list};
use crate::document::{Column, Document, Table, Use};
use crate::season::team_notes::{DRAWN, KNOWN_BY, NOTED, SAID};

/// Returns the sheets; none where every note has its place.
pub(super) fn earlier_notes(view: &SeasonView) -> Vec<Document> {
    let (of_findings, of_drawn) = view.notes.without_place(view.season);
    let findings = list(
        view,
        "Earlier notes",
        "What the team wrote beside findings that are no more. It stands beside them again where they come back; delete a line that isn't needed.",
        table(&of_findings, &[&KNOWN_BY[..], &NOTED[..]].concat()),
    );
    let drawn = list(
        view,
        "Earlier moderation",
        "What moderators wrote beside ¤returns that aren't drawn now. It stands beside them again where they are; delete a line that isn't needed.",
        table(&of_drawn, &[&[DRAWN][..], &SAID[..]].concat()),
    );
    findings.into_iter().chain(drawn).collect()
}

/// Returns a table of notes, each under its heading.
fn table(rows: &[Vec<String>], headings: &[&str]) -> Table {
    let column = |(at, heading): (usize, &&str)| {
        Column::new(*heading).chars(22.0).cell(move |row: &Vec<String>| row[at].as_str().into())
    };
    Table::of(rows, headings.iter().enumerate().map(column).collect()).used(Use::List(2))
}
