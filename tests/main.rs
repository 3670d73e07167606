//! The one test binary.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "the functions around tests aren't seen as tests: they stop where a test does, and read its files"
)]

mod annotated;
mod apart;
mod architecture;
mod case_runner;
mod catalogue;
mod causes;
mod circles;
mod copied_sheets;
mod first_causes;
mod floating;
mod framework;
mod house;
mod links;
mod lost_words;
mod neighbours;
mod program;
mod reading;
mod report;
mod support;
mod symbol_fonts;
mod told;
mod typed_over;
mod unseen_marks;
