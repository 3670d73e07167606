//! The season as tables; the only place that knows the names of their columns.
//!
//! Each table has one row a return, score, measure, finding or grouping, for returns that are of a framework.
//! Exact numbers become floats here, and only here: tables are for statistics and for other programs, never for outcomes.

use polars::prelude::*;

use crate::exact::Exact;
use crate::framework::{Better, Framework};
use crate::network::{Network, SeasonReturn};
use crate::review::{AnswerRecord, Review};

/// The names of columns.
pub(super) mod column {
    /// The file, which names a return.
    pub(in crate::network::statistics) const FILE: &str = "file";
    /// The framework.
    pub(in crate::network::statistics) const FRAMEWORK: &str = "framework";
    /// The framework's version.
    pub(in crate::network::statistics) const VERSION: &str = "framework_version";
    /// The organisation, under its one name.
    pub(in crate::network::statistics) const ORGANISATION: &str = "organisation";
    /// The kind of return.
    pub(in crate::network::statistics) const KIND: &str = "kind";
    /// What became of the file.
    pub(in crate::network::statistics) const STATUS: &str = "status";
    /// Whether it takes part in statistics.
    pub(in crate::network::statistics) const COUNTS: &str = "counts";
    /// The outcome, `incomplete` where it is an interval.
    pub(in crate::network::statistics) const BAND: &str = "band";
    /// The total.
    pub(in crate::network::statistics) const TOTAL: &str = "total";
    /// `section` or `criterion`.
    pub(in crate::network::statistics) const LEVEL: &str = "level";
    /// The section, criterion or measure.
    pub(in crate::network::statistics) const ID: &str = "id";
    /// Who judges.
    pub(in crate::network::statistics) const RATER: &str = "rater";
    /// Whether this rater's answers make the outcome.
    pub(in crate::network::statistics) const RATER_COUNTS: &str = "rater_counts";
    /// The state of an answer.
    pub(in crate::network::statistics) const STATE: &str = "state";
    /// The answer.
    pub(in crate::network::statistics) const GRADE: &str = "grade";
    /// What it counts.
    pub(in crate::network::statistics) const POINTS: &str = "points";
    /// From 0 (worst) to 1 (best).
    pub(in crate::network::statistics) const UNIT: &str = "unit";
    /// In per cent, where a register gives it.
    pub(in crate::network::statistics) const VALUE: &str = "value";
    /// How many people.
    pub(in crate::network::statistics) const COHORT: &str = "cohort";
    /// The rule.
    pub(in crate::network::statistics) const RULE: &str = "rule";
    /// How much a finding weighs, from 0 for a note.
    pub(in crate::network::statistics) const SEVERITY: &str = "severity";
    /// What a finding is about.
    pub(in crate::network::statistics) const SUBJECT: &str = "subject";
    /// The sheet.
    pub(in crate::network::statistics) const SHEET: &str = "sheet";
    /// The cell.
    pub(in crate::network::statistics) const CELL: &str = "cell";
    /// By what returns are grouped.
    pub(in crate::network::statistics) const BY: &str = "by";
    /// The group.
    pub(in crate::network::statistics) const GROUP: &str = "group";
}

/// The word for an outcome that is an interval, or that couldn't be worked out.
pub(super) const INCOMPLETE: &str = "incomplete";

/// The season as tables.
#[derive(Clone, Debug)]
pub(super) struct Frames {
    /// A row a return.
    pub(super) returns: DataFrame,
    /// A row a section or criterion.
    pub(super) scores: DataFrame,
    /// A row a measure.
    pub(super) measures: DataFrame,
    /// A row a finding.
    pub(super) findings: DataFrame,
    /// A row a return and grouping.
    pub(super) groups: DataFrame,
}

impl Frames {
    /// Makes the tables of a season.
    pub(super) fn new(network: &Network) -> PolarsResult<Self> {
        let returns: Vec<&SeasonReturn> =
            network.returns.iter().filter(|found| found.review.framework.is_some()).collect();
        Ok(Self {
            returns: return_rows(&returns)?,
            scores: score_rows(network, &returns)?,
            measures: measure_rows(&returns)?,
            findings: finding_rows(&returns)?,
            groups: group_rows(&returns)?,
        })
    }
}

/// Returns a number for a table.
fn float(written: Option<&String>) -> Option<f64> {
    written.and_then(|written| written.parse::<Exact>().ok()).map(|number| number.to_float())
}

/// Makes a column of texts.
fn texts<'a>(name: &str, entries: impl IntoIterator<Item = Option<&'a str>>) -> Column {
    Column::new(name.into(), entries.into_iter().collect::<Vec<_>>())
}

/// Makes the table of returns.
fn return_rows(returns: &[&SeasonReturn]) -> PolarsResult<DataFrame> {
    let reviews = || returns.iter().map(|found| &found.review);
    let statuses: Vec<String> = reviews().map(|review| format!("{:?}", review.status).to_lowercase()).collect();
    let outcome = |review: &Review| float(review.outcome.as_ref().and_then(|outcome| outcome.total.as_ref()));
    DataFrame::new(
        returns.len(),
        vec![
            texts(column::FILE, reviews().map(|review| Some(review.file.as_str()))),
            texts(column::FRAMEWORK, reviews().map(|review| review.framework.as_deref())),
            texts(column::VERSION, reviews().map(|review| review.framework_version.as_deref())),
            texts(column::ORGANISATION, returns.iter().map(|found| found.organisation.as_deref())),
            texts(column::KIND, reviews().map(|review| review.kind.as_deref())),
            texts(column::STATUS, statuses.iter().map(|status| Some(status.as_str()))),
            Column::new(column::COUNTS.into(), returns.iter().map(|found| found.counts()).collect::<Vec<_>>()),
            texts(column::BAND, reviews().map(|review| Some(band(review)))),
            Column::new(column::TOTAL.into(), reviews().map(outcome).collect::<Vec<_>>()),
        ],
    )
}

/// Returns a return's band.
pub(super) fn band(review: &Review) -> &str {
    review.outcome.as_ref().and_then(|outcome| outcome.band.as_deref()).unwrap_or(INCOMPLETE)
}

/// A row of the table of scores.
struct ScoreRow<'a> {
    found: &'a SeasonReturn,
    level: &'static str,
    id: &'a str,
    rater: Option<&'a str>,
    counts: bool,
    state: Option<&'a str>,
    grade: Option<&'a str>,
    points: Option<f64>,
    unit: Option<f64>,
}

/// Makes the table of section scores and answers.
fn score_rows(network: &Network, returns: &[&SeasonReturn]) -> PolarsResult<DataFrame> {
    let rows: Vec<ScoreRow> = returns.iter().flat_map(|found| scores_of(network, found)).collect();
    DataFrame::new(
        rows.len(),
        vec![
            texts(column::FILE, rows.iter().map(|row| Some(row.found.review.file.as_str()))),
            texts(column::FRAMEWORK, rows.iter().map(|row| row.found.review.framework.as_deref())),
            texts(column::ORGANISATION, rows.iter().map(|row| row.found.organisation.as_deref())),
            texts(column::KIND, rows.iter().map(|row| row.found.review.kind.as_deref())),
            Column::new(column::COUNTS.into(), rows.iter().map(|row| row.found.counts()).collect::<Vec<_>>()),
            texts(column::LEVEL, rows.iter().map(|row| Some(row.level))),
            texts(column::ID, rows.iter().map(|row| Some(row.id))),
            texts(column::RATER, rows.iter().map(|row| row.rater)),
            Column::new(column::RATER_COUNTS.into(), rows.iter().map(|row| row.counts).collect::<Vec<_>>()),
            texts(column::STATE, rows.iter().map(|row| row.state)),
            texts(column::GRADE, rows.iter().map(|row| row.grade)),
            Column::new(column::POINTS.into(), rows.iter().map(|row| row.points).collect::<Vec<_>>()),
            Column::new(column::UNIT.into(), rows.iter().map(|row| row.unit).collect::<Vec<_>>()),
        ],
    )
}

/// Returns the section scores and the criteria's answers of one return.
fn scores_of<'a>(network: &Network, found: &'a SeasonReturn) -> Vec<ScoreRow<'a>> {
    let review = &found.review;
    let framework = network.frameworks.iter().find(|framework| Some(&framework.id) == review.framework.as_ref());
    let sections = review.sections.iter().map(|section| ScoreRow {
        found,
        level: "section",
        id: &section.id,
        rater: review.counts.as_deref(),
        counts: true,
        state: None,
        grade: None,
        points: float(section.score.as_ref()),
        unit: hundredth(section.percent.as_ref()),
    });
    let answers = review.answers.iter().filter_map(|answer| {
        let unit = unit(framework?, answer)?;
        Some(ScoreRow {
            found,
            level: "criterion",
            id: &answer.id,
            rater: Some(&answer.rater),
            counts: review.counts.as_ref() == Some(&answer.rater),
            state: Some(&answer.state),
            grade: answer.value.as_deref(),
            points: float(answer.points.as_ref()),
            unit,
        })
    });
    sections.chain(answers).collect()
}

/// Returns a percentage as a share.
fn hundredth(percent: Option<&String>) -> Option<f64> {
    let percent: Exact = percent?.parse().ok()?;
    percent.divided_by(&Exact::from(100)).map(|share| share.to_float())
}

/// Returns an answer on a scale from 0 (worst) to 1 (best), `None` inside where it isn't usable; `None` for measures.
#[expect(clippy::option_option, reason = "no criterion, or a criterion without a usable answer")]
fn unit(framework: &Framework, answer: &AnswerRecord) -> Option<Option<f64>> {
    let criterion = framework.criteria().find(|criterion| criterion.id.as_str() == answer.id)?;
    let scale = framework.scale(criterion);
    let (least, most) = (scale.minimum(), scale.maximum());
    let points = answer.points.as_ref().and_then(|points| points.parse::<Exact>().ok());
    let share = points.and_then(|points| {
        let gained = match scale.better {
            Better::Higher => &points - &least,
            Better::Lower => &most - &points,
        };
        gained.divided_by(&(&most - &least))
    });
    Some(share.map(|share| share.to_float()))
}

/// Makes the table of measures.
fn measure_rows(returns: &[&SeasonReturn]) -> PolarsResult<DataFrame> {
    let rows = || returns.iter().flat_map(|found| found.review.measures.iter().map(move |measure| (found, measure)));
    DataFrame::new(
        rows().count(),
        vec![
            texts(column::FILE, rows().map(|(found, _)| Some(found.review.file.as_str()))),
            texts(column::FRAMEWORK, rows().map(|(found, _)| found.review.framework.as_deref())),
            Column::new(column::COUNTS.into(), rows().map(|(found, _)| found.counts()).collect::<Vec<_>>()),
            texts(column::ID, rows().map(|(_, measure)| Some(measure.id.as_str()))),
            Column::new(
                column::VALUE.into(),
                rows().map(|(_, measure)| float(measure.from_register.as_ref())).collect::<Vec<_>>(),
            ),
            Column::new(
                column::COHORT.into(),
                rows().map(|(_, measure)| float(measure.cohort.as_ref())).collect::<Vec<_>>(),
            ),
        ],
    )
}

/// Makes the table of findings.
fn finding_rows(returns: &[&SeasonReturn]) -> PolarsResult<DataFrame> {
    let rows = || returns.iter().flat_map(|found| found.review.findings.iter().map(move |finding| (found, finding)));
    DataFrame::new(
        rows().count(),
        vec![
            texts(column::FILE, rows().map(|(found, _)| Some(found.review.file.as_str()))),
            texts(column::FRAMEWORK, rows().map(|(found, _)| found.review.framework.as_deref())),
            texts(column::ORGANISATION, rows().map(|(found, _)| found.organisation.as_deref())),
            Column::new(column::COUNTS.into(), rows().map(|(found, _)| found.counts()).collect::<Vec<_>>()),
            texts(column::RULE, rows().map(|(_, finding)| Some(finding.rule.as_str()))),
            Column::new(
                column::SEVERITY.into(),
                rows().map(|(_, finding)| finding.severity as u32).collect::<Vec<_>>(),
            ),
            texts(column::SHEET, rows().map(|(_, finding)| finding.sheet.as_deref())),
            texts(column::CELL, rows().map(|(_, finding)| finding.cell.as_deref())),
            texts(column::SUBJECT, rows().map(|(_, finding)| finding.subject.as_deref())),
        ],
    )
}

/// Makes the table of what returns are grouped by.
fn group_rows(returns: &[&SeasonReturn]) -> PolarsResult<DataFrame> {
    let mut columns: Vec<&str> =
        returns.iter().flat_map(|found| found.groups.keys()).map(String::as_str).collect::<Vec<_>>();
    columns.sort_unstable();
    columns.dedup();
    let rows = || columns.iter().flat_map(|by| returns.iter().map(move |found| (found, *by)));
    DataFrame::new(
        rows().count(),
        vec![
            texts(column::FILE, rows().map(|(found, _)| Some(found.review.file.as_str()))),
            texts(column::FRAMEWORK, rows().map(|(found, _)| found.review.framework.as_deref())),
            texts(column::BY, rows().map(|(_, by)| Some(by))),
            texts(column::GROUP, rows().map(|(found, by)| found.groups.get(by).map(String::as_str))),
        ],
    )
}
