//! Checks, scores and reports a season of quality-assurance workbooks.
//!
//! A season goes one way, and each step has a module that is named for what it makes:
//!
//! 1. A file's bytes are read as a [`Workbook`](workbook::Workbook) by [`workbook::read`]: sparse cells, each as it is seen.
//! 2. The [`Recogniser`](layout::Recogniser) tells of which [`Framework`](framework::Framework) it is, and
//!    [`layout::locate`] finds its [`Layout`](layout::Layout): where all that is asked stands in it.
//! 3. [`returns::extract`] reads the answers there as a [`Return`](returns::Return); each is given, blank, unusable or absent.
//! 4. [`outcome::score_all`] works out what follows, an [`Outcome`](outcome::Outcome) for each rater: total, band, gates,
//!    with unknown as a third truth value, so that what is missing is never nought.
//! 5. Whatever is wrong is a [`Finding`](finding::Finding) at its [`Place`](finding::Place), made where the decision is made:
//!    while reading, by [`rules::run`] over the whole return, and by [`form`] against the form as issued.
//! 6. All of that is the [`Review`](review::Review) of one file, which [`review::review`] gives whatever the file holds.
//! 7. The reviews together are a [`Season`](season::Season): which returns count, whose they are, and what only several show.
//! 8. [`Statistics`](statistics::Statistics) say what the returns that count come to. Each of their figures knows what it is
//!    about, and small groups are hidden in them ([`disclosure`]). [`tables`] are what is published for programs.
//! 9. [`report`] writes [`Document`](document::Document)s of a return, of an organisation's parts together, of a season, and
//!    of each sheet of the season workbook; [`render`] prints them by Typst and on sheets.
//! 10. [`annotated`] puts findings into the sender's own workbook and takes them out again; [`export`] writes a season for
//!     other programs.
//!
//! [`comparison`] sets two returns, or two seasons that were run, side by side.
//!
//! [`batch`] does this for a folder of files, on many threads, with its inputs and outputs on the disk; [`cli`] is the command line.
//! Nothing above `batch` opens a file, reads a clock, starts a thread or a process, or prints: times, paths and jobs are arguments, so
//! that the same input gives the same bytes.
//!
//! The order of the modules below is the order of the flow, and each uses only those above it. `CONTRIBUTING.md` has the map, the
//! words of the house, and where to add what.

pub mod exact;
pub mod cell;
pub mod wording;
pub mod plain_text;
pub mod day;
pub mod personal;
pub mod holiday;
pub mod figure;
pub mod finding;
pub mod words;
pub mod ooxml;
pub mod workbook;
pub mod framework;
pub mod layout;
pub mod returns;
pub mod form;
pub mod outcome;
pub mod schedule;
pub mod rules;
pub mod review;
pub mod season;
pub mod comparison;
pub mod tables;
pub mod statistics;
pub mod disclosure;
pub mod artifact;
pub mod document;
pub mod report;
pub mod render;
pub mod annotated;
pub mod export;
pub mod catalogue;
pub mod batch;
pub mod cli;
