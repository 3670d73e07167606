//! The one test binary.

mod annotated;
