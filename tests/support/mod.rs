//! What several tests use: made-up frameworks, and seasons of returns made from a seed.

pub mod framework;
pub mod season;
pub mod statistics;
