//! A season as tables; the only place that knows the names of their columns.
//!
//! Exact numbers stand as text, and beside the totals as the nearest float for programs that sort and plot. Rows are in the
//! order of the files and of what is in them.

mod consolidation;

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, NamedFrom, PolarsResult, Series};

use super::{Season, SeasonFinding};
use crate::exact::Exact;
use crate::review::{AnswerRecord, FindingRecord, MeasureRecord, OutcomeRecord, Review, RowRecord, Status};

/// The tables of a season.
#[derive(Debug)]
pub struct Frames {
    /// A row a return.
    pub returns: DataFrame,
    /// A row a criterion or measure and rater.
    pub scores: DataFrame,
    /// A row a finding.
    pub findings: DataFrame,
    /// A row a row of a register that has an outcome.
    pub rows: DataFrame,
    /// A row a criterion of an organisation whose units are put together.
    pub consolidation: DataFrame,
}

impl Frames {
    /// Returns the tables of a season.
    pub fn of(season: &Season) -> PolarsResult<Self> {
        Ok(Self {
            returns: returns(&season.reviews)?,
            scores: scores(&season.reviews)?,
            findings: findings(season)?,
            rows: rows(&season.reviews)?,
            consolidation: consolidation::consolidation(&season.consolidations)?,
        })
    }

    /// Returns the tables with the names of their files.
    pub fn named(&self) -> [(&'static str, &DataFrame); 5] {
        [
            ("returns", &self.returns),
            ("scores", &self.scores),
            ("findings", &self.findings),
            ("rows", &self.rows),
            ("consolidation", &self.consolidation),
        ]
    }
}

/// Returns a column of texts.
fn text<'a, T>(name: &str, items: &'a [T], get: impl Fn(&'a T) -> Option<&'a str>) -> Column {
    Series::new(name.into(), items.iter().map(get).collect::<Vec<_>>()).into()
}

/// Returns a column of counts.
fn count<T>(name: &str, items: &[T], get: impl Fn(&T) -> usize) -> Column {
    let counts: Vec<u64> = items.iter().map(|item| u64::try_from(get(item)).expect("counts fit 64 bits")).collect();
    Series::new(name.into(), counts).into()
}

/// Returns a column of floats near exact numbers.
fn near<'a, T>(name: &str, items: &'a [T], get: impl Fn(&'a T) -> Option<&'a str>) -> Column {
    let float = |item| get(item).and_then(|text| text.parse::<Exact>().ok()).map(|exact| exact.to_float());
    Series::new(name.into(), items.iter().map(float).collect::<Vec<_>>()).into()
}

/// Returns the columns that say which return a row belongs to.
fn identity<T>(items: &[T], review: impl Fn(&T) -> &Review) -> Vec<Column> {
    type Get = fn(&Review) -> Option<&str>;
    let columns: [(&str, Get); 5] = [
        ("file", |review| Some(&review.file)),
        ("framework", |review| review.framework.as_deref()),
        ("framework_version", |review| review.framework_version.as_deref()),
        ("organisation", |review| review.organisation.as_deref()),
        ("kind", |review| review.kind.as_deref()),
    ];
    columns.into_iter().map(|(name, get)| text(name, items, |item| get(review(item)))).collect()
}

/// Returns the table of returns.
fn returns(reviews: &[Review]) -> PolarsResult<DataFrame> {
    fn of<'a>(review: &'a Review, get: fn(&'a OutcomeRecord) -> Option<&'a String>) -> Option<&'a str> {
        review.outcome.as_ref().and_then(get).map(String::as_str)
    }
    let mut columns = identity(reviews, |review| review);
    columns.extend([
        text("sha256", reviews, |review| Some(&review.sha256)),
        text("counts", reviews, |review| review.counts.as_deref()),
        text("status", reviews, |review| Some(review.status.as_str())),
        text("band", reviews, |review| of(review, |outcome| outcome.band.as_ref())),
        text("raw_band", reviews, |review| of(review, |outcome| outcome.raw_band.as_ref())),
        text("total", reviews, |review| of(review, |outcome| outcome.total.as_ref())),
        near("total_near", reviews, |review| of(review, |outcome| outcome.total.as_ref())),
        text("display", reviews, |review| of(review, |outcome| outcome.display.as_ref())),
        text("lowest", reviews, |review| of(review, |outcome| outcome.lowest.as_ref())),
        text("highest", reviews, |review| of(review, |outcome| outcome.highest.as_ref())),
        text("band_lowest", reviews, |review| of(review, |outcome| outcome.band_lowest.as_ref())),
        text("band_highest", reviews, |review| of(review, |outcome| outcome.band_highest.as_ref())),
        count("missing", reviews, |review| review.outcome.as_ref().map_or(0, |outcome| outcome.missing.len())),
        count("errors", reviews, |review| review.graded(crate::finding::Severity::Error)),
        count("warnings", reviews, |review| review.graded(crate::finding::Severity::Warning)),
        count("notes", reviews, |review| review.graded(crate::finding::Severity::Note)),
        count("cells", reviews, |review| review.cells.total),
        count("cells_form", reviews, |review| review.cells.form),
        count("cells_answers", reviews, |review| review.cells.answers),
        count("cells_formulas", reviews, |review| review.cells.formulas),
        count("cells_unexpected", reviews, |review| review.cells.unexpected),
    ]);
    DataFrame::new_infer_height(columns)
}

/// An answer with its return, and the measure that it is about.
type Score<'a> = (&'a Review, &'a AnswerRecord, Option<&'a MeasureRecord>);

/// Returns the table of scores.
fn scores(reviews: &[Review]) -> PolarsResult<DataFrame> {
    let all: Vec<Score> = reviews.iter().flat_map(scores_of).collect();
    let mut columns = identity(&all, |(review, ..)| review);
    columns.extend([
        text("id", &all, |(_, answer, _)| Some(&answer.id)),
        text("rater", &all, |(_, answer, _)| Some(&answer.rater)),
        text("counts", &all, |(review, answer, _)| {
            Some(if review.counts.as_ref() == Some(&answer.rater) { "yes" } else { "no" })
        }),
        text("state", &all, |(_, answer, _)| Some(&answer.state)),
        text("value", &all, |(_, answer, _)| answer.value.as_deref()),
        text("points", &all, |(_, answer, _)| answer.points.as_deref()),
        near("points_near", &all, |(_, answer, _)| answer.points.as_deref()),
        text("measured", &all, |(.., measure)| measure.and_then(|measure| measure.value.as_deref())),
        text("earned", &all, |(.., measure)| measure.and_then(|measure| measure.points.as_deref())),
        text("from_register", &all, |(.., measure)| measure.and_then(|measure| measure.from_register.as_deref())),
        text("cohort", &all, |(.., measure)| measure.and_then(|measure| measure.cohort.as_deref())),
        text("sheet", &all, |(_, answer, _)| answer.sheet.as_deref()),
        text("cell", &all, |(_, answer, _)| answer.cell.as_deref()),
    ]);
    DataFrame::new_infer_height(columns)
}

/// Returns the answers of a return; what was measured stands with the rater that counts.
fn scores_of(review: &Review) -> impl Iterator<Item = Score<'_>> {
    let measures: BTreeMap<&str, &MeasureRecord> =
        review.measures.iter().map(|measure| (measure.id.as_str(), measure)).collect();
    review.answers.iter().map(move |answer| {
        let counts = review.counts.as_ref() == Some(&answer.rater);
        (review, answer, measures.get(answer.id.as_str()).copied().filter(|_| counts))
    })
}

/// A finding of a return, or of the season as a whole.
enum Told<'a> {
    InReturn(&'a Review, &'a FindingRecord),
    InSeason(Option<&'a str>, &'a SeasonFinding),
}

impl<'a> Told<'a> {
    fn in_return(&self) -> Option<(&'a Review, &'a FindingRecord)> {
        match self {
            Self::InReturn(review, finding) => Some((review, finding)),
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
            Self::InReturn(review, _) => Some(&review.file),
            Self::InSeason(file, _) => *file,
        }
    }

    fn organisation(&self) -> Option<&'a str> {
        match self {
            Self::InReturn(review, _) => review.organisation.as_deref(),
            Self::InSeason(_, finding) => finding.organisation.as_deref(),
        }
    }
}

/// Returns the table of findings: those of the returns, then those of the season, a row for each file that they name.
fn findings(season: &Season) -> PolarsResult<DataFrame> {
    let of_returns = season
        .reviews
        .iter()
        .flat_map(|review| review.findings.iter().map(move |finding| Told::InReturn(review, finding)));
    let all: Vec<Told> = of_returns.chain(season.findings.iter().flat_map(told_of_season)).collect();
    let field = |name, get: fn(&FindingRecord) -> Option<&str>| {
        text(name, &all, move |told| told.in_return().and_then(|(_, finding)| get(finding)))
    };
    DataFrame::new_infer_height(vec![
        text("file", &all, Told::file),
        text("framework", &all, |told| told.in_return().and_then(|(review, _)| review.framework.as_deref())),
        text("organisation", &all, Told::organisation),
        text("rule", &all, |told| Some(told.words()[0])),
        text("severity", &all, |told| Some(told.words()[1])),
        field("sheet", |finding| finding.sheet.as_deref()),
        field("cell", |finding| finding.cell.as_deref()),
        field("subject", |finding| finding.subject.as_deref()),
        field("found", |finding| finding.found.as_deref()),
        field("expected", |finding| finding.expected.as_deref()),
        text("message", &all, |told| Some(told.words()[2])),
        text("help", &all, |told| Some(told.words()[3])),
    ])
}

/// Returns a finding of the season once for each file that it names, or once where it names none.
fn told_of_season(finding: &SeasonFinding) -> Vec<Told<'_>> {
    if finding.files.is_empty() {
        return vec![Told::InSeason(None, finding)];
    }
    finding.files.iter().map(|file| Told::InSeason(Some(file), finding)).collect()
}

/// Returns the table of registers' rows.
fn rows(reviews: &[Review]) -> PolarsResult<DataFrame> {
    let all: Vec<(&Review, &RowRecord)> =
        reviews.iter().flat_map(|review| review.rows.iter().map(move |row| (review, row))).collect();
    let mut columns = identity(&all, |(review, _)| review);
    columns.extend([
        text("register", &all, |(_, row)| Some(&row.register)),
        text("key", &all, |(_, row)| Some(&row.key)),
        text("outcome", &all, |(_, row)| Some(&row.outcome)),
    ]);
    DataFrame::new_infer_height(columns)
}

impl Status {
    /// Returns the word that results use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scored => "scored",
            Self::Provisional => "provisional",
            Self::Unreadable => "unreadable",
            Self::Unrecognised => "unrecognised",
            Self::Duplicate => "duplicate",
            Self::Superseded => "superseded",
        }
    }
}

impl Review {
    /// Returns how many findings have a severity.
    pub fn graded(&self, severity: crate::finding::Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}
