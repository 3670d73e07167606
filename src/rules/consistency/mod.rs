//! Rules over what a workbook states of itself, against what follows from its answers.

pub mod measure_differs_from_register;
pub mod measure_points_differ;
pub mod measure_points_unreachable;
pub mod measure_small_cohort;
pub mod outcome_differs;
mod stated;
pub mod total_differs;
pub mod weight_differs;
mod worked_out;

pub use stated::{Comparison, comparisons, is_no_band, may_be_right, may_come, would_fit};
pub use worked_out::in_row;
