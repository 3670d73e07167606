//! Documents printed: by Typst as pages, and on the sheets of a workbook.

mod report;
pub mod typst;
pub mod workbook;

pub use report::{benchmark_pack, bundle_report, consolidated_report, overarching_report, return_report};
