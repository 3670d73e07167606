//! What people read, printed: by Typst as pages.
//!
//! [`typst`] fills in templates, [`branding`] says how a house's documents look, and [`colour`] keeps its colours readable.

pub mod branding;
pub mod colour;
pub mod typst;
