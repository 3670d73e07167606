//! The one test binary.
#![expect(clippy::unwrap_used, reason = "functions that tests share aren't seen as tests")]

mod framework;
