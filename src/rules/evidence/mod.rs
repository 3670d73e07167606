//! Rules over what a score wants beside it.

pub mod action_incomplete;
pub mod action_missing;
pub mod evidence_missing;
pub mod evidence_repeated;
pub(super) mod requirement;

pub(crate) use requirement::{Answered, is_wanted};
