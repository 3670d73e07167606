//! The one test binary.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "functions that tests share aren't seen as tests, and tests read their own files"
)]

mod framework;
