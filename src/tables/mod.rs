//! A season as tables, each made once; the only place that knows the names of their columns.
//!
//! [`Frames`] holds what is published ([`Frames::published`]) and what statistics rest on beside it: whether a return counts, its
//! organisation's one name, answers on one scale. Exact numbers stand as text, and beside some the nearest float for programs that
//! sort and plot; only statistics reckon with those. Rows are in the order of the files and of what is in them.

mod bundle;
pub(crate) mod column;
mod consolidation;
mod dates;
mod findings;
mod grades;
mod moderation;
mod returns;
mod scores;

use std::collections::BTreeMap;
use std::fmt::Display;

use polars::prelude::{Column, DataFrame, NamedFrom, PolarsResult, Series};

use crate::exact::Exact;
use crate::framework::Framework;
use crate::review::{AnswerRecord, Review};
use crate::season::{Season, SeasonReturn};

pub use findings::figures;
pub(crate) use returns::band;

/// The columns that serve statistics only.
const OF_STATISTICS: [&str; 6] =
    [column::COUNTED, column::HEADLINE, column::OUTCOME_OR_OPEN, column::OF_CRITERION, column::UNIT, column::WEIGHT];

/// The columns of exact numbers, which stand as texts.
const EXACT: [&str; 10] = [
    "total",
    "lowest",
    "highest",
    "share_lowest",
    "share_highest",
    "points",
    "measured",
    "earned",
    "from_register",
    "cohort",
];

/// The tables of a season.
#[derive(Clone, Debug)]
pub struct Frames {
    /// A row a return.
    pub returns: DataFrame,
    /// A row a criterion or measure and rater.
    pub scores: DataFrame,
    /// A row a section of a return.
    pub sections: DataFrame,
    /// A row a section, group or tag of a return, and grade that it has.
    pub grades: DataFrame,
    /// A row a named value of a return.
    pub values: DataFrame,
    /// A row a measure of a return.
    pub measures: DataFrame,
    /// A row a dated step of a return.
    pub calendar: DataFrame,
    /// A row a finding.
    pub findings: DataFrame,
    /// A row a row of a register that has an outcome.
    pub rows: DataFrame,
    /// A row a criterion of an organisation whose units are put together.
    pub consolidation: DataFrame,
    /// A row an organisation and bundle of instruments.
    pub bundles: DataFrame,
    /// A row a return that was drawn for moderation.
    pub moderation: DataFrame,
    /// A row a return and grouping.
    pub groups: DataFrame,
    /// A row a return that counted, of this season and those before.
    pub seasons: DataFrame,
}

/// A return as tables hold it.
#[derive(Clone, Copy)]
struct Entry<'a> {
    review: &'a Review,
    /// What it can be grouped by.
    groups: &'a BTreeMap<String, String>,
    /// Its framework; `None` where none was recognised.
    framework: Option<&'a Framework>,
    /// Whether it stands for its organisation.
    is_headline: bool,
}

impl<'a> Entry<'a> {
    fn of(season: &Season<'a>, sent: &'a SeasonReturn) -> Self {
        Self {
            review: &sent.review,
            groups: &sent.groups,
            framework: season.framework(&sent.review),
            is_headline: sent.is_headline,
        }
    }

    /// Whether the return takes part in statistics.
    fn counts(&self) -> bool {
        self.review.status.counts()
    }

    /// Whether an answer is of the rater whose answers make the outcome.
    fn is_judge(&self, answer: &AnswerRecord) -> bool {
        self.review.counts.as_ref() == Some(&answer.rater)
    }
}

impl Frames {
    /// Returns the tables of a season.
    pub fn of(season: &Season) -> PolarsResult<Self> {
        let entries: Vec<Entry> = season.returns.iter().map(|sent| Entry::of(season, sent)).collect();
        Ok(Self {
            returns: returns::returns(&entries)?,
            scores: scores::scores(&entries)?,
            sections: scores::sections(&entries)?,
            grades: grades::grades(&entries)?,
            values: grades::values(&entries)?,
            measures: scores::measures(&entries)?,
            calendar: dates::calendar(&entries)?,
            findings: findings::findings(season)?,
            rows: findings::rows(&entries)?,
            consolidation: consolidation::consolidation(&season.consolidations)?,
            bundles: bundle::bundles(&season.bundles)?,
            moderation: moderation::moderation(season)?,
            groups: returns::groups(&entries)?,
            seasons: returns::seasons(season)?,
        })
    }

    /// Returns the tables that are published, with the names of their files.
    pub fn published(&self) -> [(&'static str, DataFrame); 10] {
        let tables = [
            ("returns", &self.returns),
            ("scores", &self.scores),
            ("grades", &self.grades),
            ("values", &self.values),
            ("calendar", &self.calendar),
            ("findings", &self.findings),
            ("rows", &self.rows),
            ("consolidation", &self.consolidation),
            ("bundles", &self.bundles),
            ("moderation", &self.moderation),
        ];
        tables.map(|(name, table)| (name, table.drop_many(OF_STATISTICS)))
    }

    /// Returns the table of findings as it is published.
    pub fn published_findings(&self) -> DataFrame {
        self.findings.drop_many(OF_STATISTICS)
    }
}

/// Returns a column of texts.
fn text<'a, T>(name: &str, items: &'a [T], get: impl Fn(&'a T) -> Option<&'a str>) -> Column {
    Series::new(name.into(), items.iter().map(get).collect::<Vec<_>>()).into()
}

/// Whether a column of this name holds numbers that are written as texts.
pub fn is_exact(name: &str) -> bool {
    EXACT.contains(&name)
}

/// Returns a column of exact numbers.
fn exact<'a, T>(name: &'static str, items: &'a [T], get: impl Fn(&'a T) -> Option<&'a Exact>) -> Column {
    debug_assert!(is_exact(name), "`{name}` is listed among the columns of exact numbers");
    printed(name, items, get)
}

/// Returns a column of what is written as a text: exact numbers, days.
fn printed<'a, T, P: Display + 'a>(name: &str, items: &'a [T], get: impl Fn(&'a T) -> Option<&'a P>) -> Column {
    let texts = items.iter().map(|item| get(item).map(ToString::to_string));
    Series::new(name.into(), texts.collect::<Vec<Option<String>>>()).into()
}

/// Returns a column of counts.
fn count<T>(name: &str, items: &[T], get: impl Fn(&T) -> usize) -> Column {
    let counts: Vec<u64> = items.iter().map(|item| u64::try_from(get(item)).expect("counts fit 64 bits")).collect();
    Series::new(name.into(), counts).into()
}

/// Returns a column of floats.
fn number<'a, T>(name: &str, items: &'a [T], get: impl Fn(&'a T) -> Option<f64>) -> Column {
    Series::new(name.into(), items.iter().map(get).collect::<Vec<_>>()).into()
}

/// Returns a column of floats near exact numbers.
fn near<'a, T>(name: &str, items: &'a [T], get: impl Fn(&'a T) -> Option<&'a Exact>) -> Column {
    number(name, items, |item| get(item).map(Exact::to_float))
}

/// Returns a column of yes and no.
fn flag<'a, T>(name: &str, items: &'a [T], get: impl Fn(&'a T) -> bool) -> Column {
    Series::new(name.into(), items.iter().map(get).collect::<Vec<_>>()).into()
}

/// Returns the columns that say which return a row belongs to, and whether it counts.
fn identity<'a, T>(items: &'a [T], entry: impl Fn(&'a T) -> Entry<'a>) -> Vec<Column> {
    vec![
        text(column::FILE, items, |item| Some(&entry(item).review.file)),
        text(column::FRAMEWORK, items, |item| entry(item).review.framework.as_deref()),
        text(column::VERSION, items, |item| entry(item).review.framework_version.as_deref()),
        text(column::ORGANISATION, items, |item| entry(item).review.organisation.as_deref()),
        text(column::KIND, items, |item| entry(item).review.kind.as_deref()),
        flag(column::COUNTED, items, |item| entry(item).counts()),
        flag(column::HEADLINE, items, |item| entry(item).is_headline),
    ]
}
