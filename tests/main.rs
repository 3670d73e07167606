//! The one test binary.
#![expect(clippy::unwrap_used, reason = "helpers of tests aren't seen as tests")]
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod reading;
