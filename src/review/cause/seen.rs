//! An answer that a workbook's formulas see otherwise than it was meant, and a return as they see it.

use std::collections::BTreeSet;

use crate::cell::CellRange;
use crate::exact::Exact;
use crate::finding::Place;
use crate::returns::{Grading, Return};

use super::trial::{answer, leave_out, put, take_in};

/// How a formula sees an answer.
#[derive(Clone, Debug)]
pub(super) enum Seen {
    /// Not at all, as it is text: left out, or nought.
    Nothing,
    /// Not at all in any of these places, as the same text stands in each.
    Nowhere(Vec<Place>),
    /// As this number.
    Number(Exact),
    /// As this answer, in words.
    Graded(Grading),
    /// As one that stood at these places below it too, before they were merged.
    Merged(Vec<Place>, Grading),
    /// As an error, which all that uses it shows.
    Error,
    /// As rows of a register, which these lines aren't.
    Rows(CellRange),
    /// Beside another answer to the same, which counts so much, and both together so much.
    Twice {
        /// The other.
        other: Exact,
        /// Both together.
        both: Exact,
    },
    /// Not at all, as it is hidden: an answer.
    Passed,
    /// Not at all, as they are hidden: these rows of a register.
    PassedRows(BTreeSet<u32>),
}

/// An answer that is seen otherwise than it was meant.
#[derive(Clone, Debug)]
pub(super) struct Cause {
    /// Which finding tells of it.
    pub(super) index: usize,
    pub(super) place: Place,
    pub(super) seen: Seen,
}

impl Cause {
    /// Whether it is an error value.
    pub(super) fn is_error(&self) -> bool {
        matches!(self.seen, Seen::Error)
    }

    /// Whether formulas may pass over it, as some do with what a filter hides.
    pub(super) const fn is_hidden(&self) -> bool {
        matches!(self.seen, Seen::Passed | Seen::PassedRows(_))
    }
}

/// Puts answers into a return as the workbook sees them.
pub(super) fn changed(sent: &mut Return, causes: &[&Cause], nothing: Option<&Exact>) {
    for cause in causes {
        let number = match &cause.seen {
            Seen::Nothing | Seen::Passed => nothing,
            Seen::Number(number) | Seen::Twice { both: number, .. } => Some(number),
            Seen::Graded(grading) => {
                answer(sent, &cause.place, Some(grading));
                continue;
            }
            Seen::Merged(places, grading) => {
                for place in places {
                    put(sent, place, grading.points.as_ref());
                    answer(sent, place, Some(grading));
                }
                continue;
            }
            Seen::Nowhere(places) => {
                for place in places {
                    put(sent, place, nothing);
                }
                continue;
            }
            Seen::Error => Some(&Exact::one()),
            Seen::Rows(cells) => {
                take_in(sent, &cause.place, |row| (cells.first.row..=cells.last.row).contains(&row));
                continue;
            }
            Seen::PassedRows(rows) => {
                leave_out(sent, &cause.place, |row| rows.contains(&row));
                continue;
            }
        };
        put(sent, &cause.place, number);
    }
}
