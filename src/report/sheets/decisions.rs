//! What the team decided of findings: those that stand as they are, with what came of each decision, those that the season leaves out, and
//! the rules that it grades otherwise.

use super::{SeasonView, list};
use crate::document::{Cell, Column, Document, Table, Use};
use crate::season::decision::{Decision, DecisionState, Regraded, Silenced};
use crate::words::{count, duty, number_of, sentence};

/// One decision, of any sort.
enum Row<'a> {
    Waiver(&'a Decision),
    Graded(&'a Regraded),
    Silenced(&'a Silenced),
}

/// Returns the sheet; `None` where nothing was decided.
pub(super) fn decisions(view: &SeasonView) -> Option<Document> {
    let decisions = &view.season.decisions;
    let waivers = decisions.waivers.iter().map(Row::Waiver);
    let graded = decisions.graded.iter().map(Row::Graded);
    let rows: Vec<Row> = waivers.chain(graded).chain(decisions.silenced.iter().map(Row::Silenced)).collect();
    let about = "What was decided of findings in season.toml: those that stand as they are ([[waivers]]), with what came of each decision, \
                 rules whose findings weigh otherwise, and those that are left out ([rule_status]) and stand nowhere else.";
    list(view, "Decisions", about, Table::of(&rows, columns()).used(Use::List(1)))
}

fn columns<'a>() -> Vec<Column<'a, Row<'a>>> {
    fn text(of: Option<&String>) -> Cell {
        Cell::text_or_empty(of.map(String::as_str))
    }
    vec![
        Column::new("Decision").chars(14.0).cell(|row: &Row| match row {
            Row::Waiver(_) => "stands as it is".into(),
            Row::Graded(_) => "weighs otherwise".into(),
            Row::Silenced(_) => "left out".into(),
        }),
        Column::new("Rule").chars(24.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => (&waiver.rule).into(),
            Row::Graded(graded) => (&graded.rule).into(),
            Row::Silenced(silenced) => silenced.finding.rule.as_str().into(),
        }),
        Column::new("Organisation").chars(26.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => text(waiver.organisation.as_ref()),
            Row::Graded(_) => Cell::Empty,
            Row::Silenced(silenced) => text(silenced.organisation.as_ref()),
        }),
        Column::new("File").chars(34.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => text(waiver.file.as_ref()),
            Row::Graded(_) => Cell::Empty,
            Row::Silenced(silenced) => text(silenced.file.as_ref()),
        }),
        Column::new("At").chars(20.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => text(waiver.at.as_ref()),
            Row::Graded(_) => Cell::Empty,
            Row::Silenced(silenced) => text(at(silenced).as_ref()),
        }),
        Column::new("Covers")
            .meaning("The value that a decision covers, any where it names none, or what was found and is left out.")
            .chars(46.0)
            .cell(|row: &Row| match row {
                Row::Waiver(waiver) => covers(waiver.covers.as_deref()).into(),
                Row::Graded(_) => "any".into(),
                Row::Silenced(silenced) => sentence(&silenced.finding.message).into(),
            }),
        Column::new("Why").chars(40.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => (&waiver.reason).into(),
            Row::Graded(_) | Row::Silenced(_) => Cell::Empty,
        }),
        Column::new("Who").chars(18.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => (&waiver.by).into(),
            Row::Graded(_) | Row::Silenced(_) => Cell::Empty,
        }),
        Column::new("Until").chars(12.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => waiver.until.to_string().into(),
            Row::Graded(_) | Row::Silenced(_) => Cell::Empty,
        }),
        Column::new("What came of it").chars(30.0).cell(|row: &Row| match row {
            Row::Waiver(waiver) => came_of(waiver.state).into(),
            Row::Graded(graded) => weighs(graded).into(),
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

/// Returns the value that a decision covers, in words where there is none.
fn covers(value: Option<&str>) -> &str {
    match value {
        None => "any",
        Some("") => "no value: what is found names none",
        Some(value) => value,
    }
}

/// Says how much the findings of a rule weigh.
fn weighs(graded: &Regraded) -> String {
    let findings = number_of(graded.findings, "finding", "findings");
    format!("{findings}: {}", duty(graded.severity).to_lowercase())
}

/// Says what came of a decision.
fn came_of(state: DecisionState) -> String {
    match state {
        DecisionState::Holds(many) => count(many, "finding stands as it is", "findings stand as they are"),
        DecisionState::Ended => "it ended; decide again".to_owned(),
        DecisionState::Repeated => "a decision before it says the same".to_owned(),
        DecisionState::Exceeded => "something else stands there now".to_owned(),
        DecisionState::Unused => "it names nothing that was found".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::document::branding::Branding;
    use crate::document::rows;
    use crate::finding::Severity;
    use crate::report::Audience;
    use crate::season::decision::Decisions;
    use crate::season::team_notes::TeamNotes;
    use crate::season::{Season, sample};
    use crate::statistics::Statistics;

    /// Returns the rows of the sheet: the decision, what it covers, and what came of it.
    fn told(decisions: Decisions) -> Vec<[String; 3]> {
        let frameworks = [sample::usual()];
        let season = Season { decisions, ..sample::season(&frameworks, 1) };
        let statistics = Statistics::of_season(&season).unwrap();
        let (branding, made) = (Branding::default(), BTreeMap::new());
        let view = SeasonView {
            title: "Season",
            branding: &branding,
            season: &season,
            statistics: &statistics,
            notes: &TeamNotes::default(),
            made: &made,
            date: None,
            audience: Audience::Team,
            title_of: |_| None,
        };
        let rows = rows(&super::decisions(&view).unwrap().parts[0]);
        rows.into_iter().map(|row| [row[0].clone(), row[5].clone(), row[9].clone()]).collect()
    }

    #[test]
    fn each_decision_says_what_it_covers_and_what_came_of_it() {
        let waiver = |covers: Option<&str>, state| Decision {
            rule: "near-boundary".to_owned(),
            file: None,
            organisation: Some("Acme".to_owned()),
            at: None,
            covers: covers.map(str::to_owned),
            reason: "Agreed".to_owned(),
            by: "J. Smith".to_owned(),
            until: jiff::civil::date(2099, 12, 31),
            state,
        };
        let graded = |severity, findings| Regraded { rule: "near-boundary".to_owned(), severity, findings };
        let decisions = Decisions {
            waivers: vec![
                waiver(None, DecisionState::Holds(2)),
                waiver(Some(""), DecisionState::Repeated),
                waiver(Some("7"), DecisionState::Unused),
            ],
            graded: vec![graded(Severity::Error, 1), graded(Severity::Note, 0)],
            silenced: Vec::new(),
        };
        let expected = [
            ["stands as it is", "any", "2 findings stand as they are"],
            ["stands as it is", "no value: what is found names none", "a decision before it says the same"],
            ["stands as it is", "7", "it names nothing that was found"],
            ["weighs otherwise", "any", "1 finding: must be put right"],
            ["weighs otherwise", "any", "0 findings: for information"],
        ];
        assert_eq!(told(decisions), expected.map(|row| row.map(str::to_owned)));
    }
}
