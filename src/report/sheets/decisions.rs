//! What the team decided of findings: those that stand as they are, with what came of each decision, and those that the season leaves out.

use super::{SeasonView, list};
use crate::document::{Cell, Column, Document, Table, Use};
use crate::season::decision::{Decision, DecisionState, Silenced};
use crate::words::{count, sentence};

/// One decision, of either sort.
enum Row<'a> {
    Waiver(&'a Decision),
    Silenced(&'a Silenced),
}

/// Returns the sheet; `None` where nothing was decided.
pub(super) fn decisions(view: &SeasonView) -> Option<Document> {
    let decisions = &view.season.decisions;
    let waivers = decisions.waivers.iter().map(Row::Waiver);
    let rows: Vec<Row> = waivers.chain(decisions.silenced.iter().map(Row::Silenced)).collect();
    let about = "What was decided of findings in season.toml: those that stand as they are ([[waivers]]), with what came of each decision, and \
                 those that are left out ([rule_status]) and stand nowhere else.";
    list(view, "Decisions", about, Table::of(&rows, columns()).used(Use::List(1)))
}

fn columns<'a>() -> Vec<Column<'a, Row<'a>>> {
    fn text(of: Option<&String>) -> Cell {
        Cell::text_or_empty(of.map(String::as_str))
    }
    vec![
        Column::new("Decision").chars(14.0).cell(|row: &Row| match row {
            Row::Waiver(_) => "stands as it is".into(),
            Row::Silenced(_) => "left out".into(),
        }),
        Column::new("Rule").chars(24.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => (&waiver.rule).into(),
            Row::Silenced(silenced) => silenced.finding.rule.as_str().into(),
        }),
        Column::new("Organisation").chars(26.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => text(waiver.organisation.as_ref()),
            Row::Silenced(silenced) => text(silenced.organisation.as_ref()),
        }),
        Column::new("File").chars(34.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => text(waiver.file.as_ref()),
            Row::Silenced(silenced) => text(silenced.file.as_ref()),
        }),
        Column::new("At").chars(20.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => text(waiver.at.as_ref()),
            Row::Silenced(silenced) => text(at(silenced).as_ref()),
        }),
        Column::new("Covers")
            .meaning("The value that a decision covers, or what was found and is left out.")
            .chars(46.0)
            .cell(|row: &Row| match row {
                Row::Waiver(waiver) => waiver.covers.as_ref().map_or_else(|| "any".into(), Into::into),
                Row::Silenced(silenced) => sentence(&silenced.finding.message).into(),
            }),
        Column::new("Why").chars(40.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => (&waiver.reason).into(),
            Row::Silenced(_) => Cell::Empty,
        }),
        Column::new("Who").chars(18.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => (&waiver.by).into(),
            Row::Silenced(_) => Cell::Empty,
        }),
        Column::new("Until").chars(12.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => waiver.until.to_string().into(),
            Row::Silenced(_) => Cell::Empty,
        }),
        Column::new("What came of it").chars(30.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => came_of(waiver.state).into(),
            Row::Silenced(_) => "it stands in no list".into(),
        }),
    ]
}

/// Returns where a finding is; `None` where it is at no cell or sheet.
fn at(silenced: &Silenced) -> Option<String> {
    let finding = &silenced.finding;
    let sheet = finding.sheet()?;
    Some(finding.cell().map_or_else(|| sheet.to_owned(), |cell| format!("{sheet}!{cell}")))
}

/// Says what came of a decision.
fn came_of(state: DecisionState) -> String {
    match state {
        DecisionState::Holds(many) => format!("{} as it is", count(many, "finding stands", "findings stand")),
        DecisionState::Ended => "it ended; decide again".to_owned(),
        DecisionState::Exceeded => "something else stands there now".to_owned(),
        DecisionState::Unused => "it names nothing that was found".to_owned(),
    }
}
