//! Grades of sections, groups and tags, and the values that schemes name.

use polars::prelude::{DataFrame, PolarsResult};

use super::{Entry, column, count, exact, identity, near, text};
use crate::review::{GradeRecord, ValueRecord};

/// Makes the table of grades: a row a part of a return and grade.
pub(super) fn grades(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<(Entry, &GradeRecord)> =
        entries.iter().flat_map(|entry| entry.review.grades.iter().map(|grade| (*entry, grade))).collect();
    let band = |name, get: fn(&GradeRecord) -> Option<&str>| text(name, &all, move |(_, grade)| get(grade));
    let mut columns = identity(&all, |(entry, _)| *entry);
    columns.extend([
        text("grade", &all, |(_, grade)| Some(&grade.grade)),
        text(column::ID, &all, |(_, grade)| Some(&grade.of)),
        band(column::BAND, |grade| grade.outcome.band.as_deref()),
        band("raw_band", |grade| grade.outcome.raw_band.as_deref()),
        exact("total", &all, |(_, grade)| grade.outcome.total.as_ref()),
        near(column::TOTAL_NEAR, &all, |(_, grade)| grade.outcome.total.as_ref()),
        band("display", |grade| grade.outcome.display.as_deref()),
        exact("lowest", &all, |(_, grade)| grade.outcome.lowest.as_ref()),
        exact("highest", &all, |(_, grade)| grade.outcome.highest.as_ref()),
        band("band_lowest", |grade| grade.outcome.band_lowest.as_deref()),
        band("band_highest", |grade| grade.outcome.band_highest.as_deref()),
        count("missing", &all, |(_, grade)| grade.outcome.missing.len()),
    ]);
    DataFrame::new_infer_height(columns)
}

/// Makes the table of named values: a row a value of a return.
pub(super) fn values(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<(Entry, &ValueRecord)> =
        entries.iter().flat_map(|entry| entry.review.values.iter().map(|value| (*entry, value))).collect();
    let mut columns = identity(&all, |(entry, _)| *entry);
    columns.extend([
        text(column::ID, &all, |(_, value)| Some(&value.name)),
        text("title", &all, |(_, value)| Some(&value.title)),
        text(column::VALUE, &all, |(_, value)| value.value.as_deref()),
        text("lowest", &all, |(_, value)| value.lowest.as_deref()),
        text("highest", &all, |(_, value)| value.highest.as_deref()),
    ]);
    DataFrame::new_infer_height(columns)
}
