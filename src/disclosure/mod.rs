//! What may be told of small groups and of few people, to whom, and the log of what was hidden.
//!
//! There are two audiences. For the team that runs the season figures over fewer than k returns are hidden, and so are figures from
//! which those could be worked out: of the same table by subtraction ([`suppress`], shown not to leak by trying all tables), and of
//! another grouping with the same members; what tells of few people is hidden over registers, actions, findings and measures. Their
//! lists name returns and aren't screened. What is published for everybody ([`Statistics::published`](crate::statistics::Statistics::published))
//! names nobody and holds against those who have all of it, the list of organisations and what was published the season before.
//! How many returns of the whole network have an outcome isn't hidden: those are organisations' results, which the network knows.

#[cfg(test)]
mod attacks;
mod bounds;
mod cut;
mod groups;
pub mod hiding;
mod people;
mod protect;
mod published;
mod suppress;
mod two_seasons;

pub use bounds::Masked;
pub use suppress::{small_groups, suppress};
