//! Checks, scores and reports a season of quality-assurance workbooks.

pub mod artifact;
pub mod cell;
pub mod exact;
pub mod finding;
pub mod ooxml;
pub mod wording;
pub mod workbook;
