//! One file, from bytes to all that can be said about it: always gives a [`Review`].

mod record;

pub use record::{
    AnswerRecord, CellCounts, FindingRecord, GateRecord, MeasureRecord, NextRecord, OutcomeRecord, Review, RowRecord,
    SectionRecord, Status, StepRecord,
};

use crate::framework::Framework;
use crate::ooxml::Limits;
use crate::workbook::Source;

/// What a review is made with.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The frameworks that returns may be of, in the order in which they are tried.
    pub frameworks: &'a [Framework],
    /// Beyond what a file isn't read.
    pub limits: &'a Limits,
}

/// Reviews one file: reads it, recognises its framework, reads the return, scores it and runs all rules.
pub fn review(_settings: &Settings, source: &Source) -> Review {
    Review::unread(&source.name, String::new(), Status::Unrecognised, Vec::new())
}
