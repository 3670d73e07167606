//! The findings that stand as they are, by decision of the team.

use super::FrameworkSeason;
use super::question::own;
use crate::day::long_date;
use crate::document::{Column, Part, Table};
use crate::finding::{Finding, Waived};
use crate::words::{agree, capital, count, file_title, sentence};

/// A finding that stands as it is.
struct Row<'a> {
    whose: String,
    finding: &'a Finding,
    decision: &'a Waived,
}

/// Returns the last day of a decision as it is read.
fn until(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), long_date)
}

/// Returns the part; `None` where nothing was decided.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let of_returns = season.own().flat_map(|sent| {
        let whose = sent.organisation.clone().unwrap_or_else(|| file_title(&sent.review.file));
        let findings = sent.review.findings.iter().flat_map(Finding::with_its_effects);
        findings.map(move |finding| (whose.clone(), finding))
    });
    let across = own(season).map(|finding| (finding.organisation().unwrap_or("several").to_owned(), finding));
    let decided = of_returns
        .chain(across)
        .filter_map(|(whose, finding)| finding.waived.as_ref().map(|decision| Row { whose, finding, decision }));
    let rows: Vec<Row> = decided.collect();
    let columns = vec![
        Column::new("Whose").share(1.0).cell(|row: &Row| (&row.whose).into()),
        Column::new("Finding").share(1.8).cell(|row: &Row| sentence(&row.finding.message).into()),
        Column::new("Why it stands").share(1.2).cell(|row: &Row| (&row.decision.reason).into()),
        Column::new("Who").share(0.7).cell(|row: &Row| (&row.decision.by).into()),
        Column::new("Until").cell(|row: &Row| until(&row.decision.until).into()),
    ];
    let said = format!(
        "{} as {} by decision.",
        capital(&count(rows.len(), "finding stands", "findings stand")),
        agree(rows.len(), "it is", "they are")
    );
    let table = Table::of(&rows, columns).caption("Findings that stand by decision");
    (!rows.is_empty()).then(|| Part::new("Decisions on findings").lead([said]).block(table))
}
