//! Running many reviews; the only place that touches threads and processes.
//!
//! `isolate` runs this program again for a file whose reader may bring its process down; [`typst`] makes PDF reports.

pub mod isolate;
pub mod typst;
