//! The dated steps of returns.

use polars::prelude::{DataFrame, PolarsResult};

use super::{Entry, column, identity, printed, text};
use crate::review::DateRecord;

/// Makes the table of dated steps.
pub(super) fn calendar(entries: &[Entry]) -> PolarsResult<DataFrame> {
    let all: Vec<(Entry, &DateRecord)> =
        entries.iter().flat_map(|entry| entry.review.dates.iter().map(|date| (*entry, date))).collect();
    let mut columns = identity(&all, |(entry, _)| *entry);
    columns.extend([
        text("step", &all, |(_, date)| Some(&date.step)),
        text("title", &all, |(_, date)| Some(&date.title)),
        text("is_end", &all, |(_, date)| Some(if date.is_end { "yes" } else { "no" })),
        text(column::REGISTER, &all, |(_, date)| date.register.as_deref()),
        text("row", &all, |(_, date)| date.row.as_deref()),
        printed("date", &all, |(_, date)| date.date.as_ref()),
        text("basis", &all, |(_, date)| Some(&date.basis)),
        printed("done", &all, |(_, date)| date.done.as_ref()),
        text(column::STATE, &all, |(_, date)| Some(date.state.as_str())),
        printed("as_of", &all, |(_, date)| date.as_of.as_ref()),
        text(column::WHY, &all, |(_, date)| date.why.as_deref()),
    ]);
    DataFrame::new_infer_height(columns)
}
