//! Checks, scores and reports a season of quality-assurance workbooks.

pub mod exact;
pub mod cell;
pub mod wording;
pub mod day;
pub mod holiday;
pub mod finding;
pub mod ooxml;
pub mod workbook;
pub mod framework;
pub mod layout;
pub mod returns;
pub mod form;
pub mod outcome;
pub mod schedule;
pub mod rules;
pub mod review;
pub mod network;
pub mod artifact;
pub mod catalogue;
pub mod batch;
pub mod cli;
