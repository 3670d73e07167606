//! What may be told of small groups and of few people, to whom, and the log of what was hidden.
//!
//! There are two audiences. The team that runs the season sees all of organisations, which its lists name anyway, and of people what isn't of
//! few: registers, actions, findings at their rows and measures are screened for everybody. What is passed on
//! ([`Statistics::published`](crate::statistics::Statistics::published)) names nobody and holds against those who have all of it, the
//! list of organisations, one of their returns, and what was published the season before: figures over fewer than k returns are hidden,
//! and so are figures from which those could be worked out, of the same table by subtraction ([`by_outcome`] and [`registers`], shown not to
//! leak by trying all tables), of sums over other returns, and of other groupings. How many returns of the whole network have an outcome, or give an
//! answer, isn't hidden, where they are enough and not all alike ([`outcomes`], [`criteria`]).

mod agreement;
#[cfg(test)]
mod attacks;
mod by_outcome;
mod criteria;
mod cut;
mod groupings;
mod groups;
pub mod hiding;
mod incomplete;
mod lots;
mod outcomes;
mod people;
mod protect;
mod published;
mod registers;
pub(crate) mod several;
mod sizes;
mod strengths;
mod two_seasons;
