//! The one test binary.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests aren't seen as tests")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod case_runner;
mod reading;
