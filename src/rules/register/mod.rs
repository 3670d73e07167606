//! Rules over tables of one row a learner, client, partner or action.

pub mod identifier_repeated;
mod numbers;
pub mod register_missing;
pub mod row_outcome_differs;
