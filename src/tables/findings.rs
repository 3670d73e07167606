//! Findings, the rows of registers, and the figures of the statistics.

use polars::prelude::{Column, DataFrame, NamedFrom, PolarsResult, Series};

use super::{Entry, column, count, flag, identity, number, text};
use crate::figure::Figure;
use crate::review::{ActionRecord, FindingRecord, RowRecord};
use crate::season::SeasonFinding;

/// A finding of a return, or of the season as a whole.
enum Told<'a> {
    InReturn(Entry<'a>, &'a FindingRecord),
    InSeason(Option<&'a str>, &'a SeasonFinding),
}

impl<'a> Told<'a> {
    fn in_return(&self) -> Option<(Entry<'a>, &'a FindingRecord)> {
        match self {
            Self::InReturn(entry, finding) => Some((*entry, finding)),
            Self::InSeason(..) => None,
        }
    }

    /// Returns what both kinds say: rule, severity, message and help.
    fn words(&self) -> [&'a str; 4] {
        match self {
            Self::InReturn(_, finding) => [&finding.rule, finding.severity.as_str(), &finding.message, &finding.help],
            Self::InSeason(_, finding) => [&finding.rule, finding.severity.as_str(), &finding.message, &finding.help],
        }
    }

    fn file(&self) -> Option<&'a str> {
        match self {
            Self::InReturn(entry, _) => Some(&entry.review.file),
            Self::InSeason(file, _) => *file,
        }
    }

    fn organisation(&self) -> Option<&'a str> {
        match self {
            Self::InReturn(entry, _) => entry.review.organisation.as_deref(),
            Self::InSeason(_, finding) => finding.organisation.as_deref(),
        }
    }

    fn weight(&self) -> usize {
        match self {
            Self::InReturn(_, finding) => finding.severity as usize,
            Self::InSeason(_, finding) => finding.severity as usize,
        }
    }
}

/// Makes the table of findings: those of the returns, then those of the season, a row for each file that they name.
pub(super) fn findings(entries: &[Entry], season: &[SeasonFinding]) -> PolarsResult<DataFrame> {
    let of_returns = entries
        .iter()
        .flat_map(|entry| entry.review.findings.iter().map(move |finding| Told::InReturn(*entry, finding)));
    let all: Vec<Told> = of_returns.chain(season.iter().flat_map(told_of_season)).collect();
    let field = |name, get: fn(&FindingRecord) -> Option<&str>| {
        text(name, &all, move |told| told.in_return().and_then(|(_, finding)| get(finding)))
    };
    DataFrame::new_infer_height(vec![
        text(column::FILE, &all, Told::file),
        text(column::FRAMEWORK, &all, |told| told.in_return().and_then(|(entry, _)| entry.review.framework.as_deref())),
        text(column::ORGANISATION, &all, Told::organisation),
        text(column::RULE, &all, |told| Some(told.words()[0])),
        text(column::SEVERITY, &all, |told| Some(told.words()[1])),
        field(column::SHEET, |finding| finding.sheet.as_deref()),
        field(column::CELL, |finding| finding.cell.as_deref()),
        field(column::SUBJECT, |finding| finding.subject.as_deref()),
        field(column::FOUND, |finding| finding.found.as_deref()),
        field(column::EXPECTED, |finding| finding.expected.as_deref()),
        text(column::MESSAGE, &all, |told| Some(told.words()[2])),
        text(column::HELP, &all, |told| Some(told.words()[3])),
        count(column::WEIGHT, &all, Told::weight),
        flag(column::COUNTED, &all, |told| told.in_return().is_some_and(|(entry, _)| entry.counts())),
    ])
}

/// Returns a finding of the season once for each file that it names, or once where it names none.
fn told_of_season(finding: &SeasonFinding) -> Vec<Told<'_>> {
    if finding.files.is_empty() {
        return vec![Told::InSeason(None, finding)];
    }
    finding.files.iter().map(|file| Told::InSeason(Some(file), finding)).collect()
}

/// Makes the table of registers' rows.
pub(super) fn rows(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<(Entry, &RowRecord)> =
        entries.iter().flat_map(|entry| entry.review.rows.iter().map(|row| (*entry, row))).collect();
    let mut columns = identity(&all, |(entry, _)| *entry);
    columns.extend([
        text(column::REGISTER, &all, |(_, row)| Some(&row.register)),
        text(column::KEY, &all, |(_, row)| Some(&row.key)),
        text(column::OUTCOME, &all, |(_, row)| Some(&row.outcome)),
        joined(column::ACTIONS, &all, |action| &action.id),
        joined(column::NEEDED, &all, |action| &action.text),
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
pub fn figures(figures: &[Figure]) -> PolarsResult<DataFrame> {
    DataFrame::new_infer_height(vec![
        text(column::ID, figures, |figure| Some(&figure.id)),
        text(column::STATE, figures, |figure| Some(figure.state.as_str())),
        number(column::VALUE, figures, |figure| figure.value),
        count(column::N, figures, |figure| figure.n),
        text(column::WHY, figures, |figure| figure.why.as_deref()),
    ])
}
