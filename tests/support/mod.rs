//! What several tests use: made-up frameworks, and seasons of returns made from a seed.

pub(crate) mod framework;
pub(crate) mod season;
pub(crate) mod statistics;
