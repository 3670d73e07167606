//! What is handed out: names and bytes. Nothing is written here.
//!
//! [`report`] writes the reports as text for Typst.

pub mod report;
