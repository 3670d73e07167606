//! Rules over answers, fields and dates.

pub mod answer_blank;
pub mod date_in_future;
pub mod date_out_of_order;
pub mod date_out_of_period;
pub mod field_blank;
