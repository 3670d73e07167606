//! The one test binary.
#![expect(clippy::unwrap_used, reason = "clippy doesn't see helpers of tests as tests")]

mod report;
mod support;
