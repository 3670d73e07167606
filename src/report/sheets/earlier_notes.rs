//! What the team wrote beside findings that this run doesn't have: kept until it is taken out, or its finding comes back.

use super::{SeasonView, list};
use crate::document::{Column, Document, Table, Use};
use crate::season::team_notes::{KNOWN_BY, NOTED};

/// Returns the sheet; `None` where every note has its place.
pub(super) fn earlier_notes(view: &SeasonView) -> Option<Document> {
    list(
        view,
        "Earlier notes",
        "What the team wrote beside findings that are no more. It stands beside them again where they come back; delete a line that isn't needed.",
        table(&view.notes.without_place(view.season), &[&KNOWN_BY[..], &NOTED[..]].concat()),
    )
}

/// Returns a table of notes, each under its heading.
fn table(rows: &[Vec<String>], headings: &[&str]) -> Table {
    let column = |(at, heading): (usize, &&str)| {
        Column::new(*heading).chars(22.0).cell(move |row: &Vec<String>| row[at].as_str().into())
    };
    Table::of(rows, headings.iter().enumerate().map(column).collect()).used(Use::List(2))
}
