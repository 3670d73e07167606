//! The one place for how the house speaks: singulars and plurals, lists, numbers as people write them, names as texts, duties.

mod duty;
mod list;
mod noun;
mod number;
mod text;

pub(crate) use duty::{duty, duty_of_some, standing, tally};
pub(crate) use list::{either, list, list_and_others, list_of_at_most, quoted};
pub use noun::Nouns;
pub(crate) use noun::plural;
pub(crate) use number::{
    agree, amount, count, counted, fixed, measured, number, number_of, percent, signed, thousands,
};
pub(crate) use text::{capital, file_title, is_for_programs, sentence, titled, with_article, words_of};

/// The word for an outcome that is an interval, or that couldn't be worked out, in place of a band.
pub(crate) const INCOMPLETE: &str = "incomplete";

/// What people call an outcome that missing answers still decide.
pub(crate) const OPEN: &str = "Open";
