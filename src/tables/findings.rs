//! Findings, the rows of registers, and the figures of the statistics.

use polars::prelude::{Column, DataFrame, NamedFrom, PolarsResult, Series};

use super::{Entry, column, count, flag, identity, number, text};
use crate::figure::Published;
use crate::finding::Finding;
use crate::review::{ActionRecord, RowRecord};
use crate::season::{Listed, Season};

/// Makes the table of findings: those of the returns, then those of the season, a row for each file that they name.
pub(crate) fn findings(season: &Season) -> PolarsResult<DataFrame> {
    let all: Vec<(Option<&str>, Listed)> = season.listed().flat_map(in_each_file).collect();
    let field = |name, get: fn(&Finding) -> Option<&str>| text(name, &all, move |(_, listed)| get(listed.finding));
    let cells: Vec<Option<String>> = all.iter().map(|(_, listed)| listed.finding.cell()).collect();
    DataFrame::new_infer_height(vec![
        text(column::FILE, &all, |(file, _)| *file),
        text(column::FRAMEWORK, &all, |(_, listed)| listed.review?.framework.as_deref()),
        text(column::ORGANISATION, &all, |(_, listed)| listed.organisation()),
        field(column::RULE, |finding| Some(finding.rule.as_str())),
        field("severity", |finding| Some(finding.severity.as_str())),
        field(column::SHEET, Finding::sheet),
        text(column::CELL, &cells, Option::as_deref),
        field(column::SUBJECT, |finding| finding.subject.as_deref()),
        field("found", |finding| finding.found.as_deref()),
        field("expected", |finding| finding.expected.as_deref()),
        field("message", |finding| Some(&finding.message)),
        field("help", |finding| Some(&finding.help)),
        field("explanation", |finding| finding.explanation.as_deref()),
        field(column::WAIVED, |finding| Some(finding.waived.as_ref()?.reason.as_str())),
        field("waived_by", |finding| Some(finding.waived.as_ref()?.by.as_str())),
        field("waived_until", |finding| Some(finding.waived.as_ref()?.until.as_str())),
        count(column::WEIGHT, &all, |(_, listed)| listed.finding.severity as usize),
        flag(column::COUNTED, &all, |(_, listed)| listed.review.is_some_and(|review| review.status.counts())),
    ])
}

/// Returns a finding once for each file that it is about, or once where it names none.
fn in_each_file(listed: Listed<'_>) -> Vec<(Option<&str>, Listed<'_>)> {
    match listed.files() {
        [] => vec![(None, listed)],
        files => files.iter().map(|file| (Some(file.as_str()), listed)).collect(),
    }
}

/// Makes the table of registers' rows.
pub(super) fn rows(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<(Entry, &RowRecord)> =
        entries.iter().flat_map(|entry| entry.review.rows.iter().map(|row| (*entry, row))).collect();
    let mut columns = identity(&all, |(entry, _)| *entry);
    columns.extend([
        text(column::REGISTER, &all, |(_, row)| Some(&row.register)),
        text("key", &all, |(_, row)| Some(&row.key)),
        text("outcome", &all, |(_, row)| row.outcome.as_deref()),
        joined("actions", &all, |action| &action.id),
        joined("needed", &all, |action| &action.text),
    ]);
    DataFrame::new_infer_height(columns)
}

/// Returns a column of what is wanting in rows, several in one text; nothing where nothing is.
fn joined(name: &str, rows: &[(Entry, &RowRecord)], get: impl Fn(&ActionRecord) -> &str) -> Column {
    let text = |row: &RowRecord| row.actions.iter().map(&get).collect::<Vec<_>>().join("; ");
    let texts = rows.iter().map(|(_, row)| Some(text(row)).filter(|text| !text.is_empty()));
    Series::new(name.into(), texts.collect::<Vec<Option<String>>>()).into()
}

/// Makes the table of published figures: a row a figure.
pub fn figures(figures: &[Published]) -> PolarsResult<DataFrame> {
    DataFrame::new_infer_height(vec![
        text(column::ID, figures, |figure| Some(&figure.id)),
        text(column::STATE, figures, |figure| Some(figure.state.as_str())),
        number(column::VALUE, figures, |figure| figure.value),
        count("n", figures, |figure| figure.n),
        text(column::WHY, figures, |figure| figure.why.as_deref()),
    ])
}
