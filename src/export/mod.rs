//! A season for other programs.
//!
//! [`results`] gives all of it as JSON, [`table`] its tables as Parquet and comma-separated text, [`sarif`], [`junit`] and
//! [`github`] its findings in other programs' formats, [`icalendar`] its dates for calendar programs.

pub mod github;
pub mod icalendar;
pub mod junit;
pub mod results;
pub mod sarif;
pub mod table;
