//! Rules over the outcome.

pub mod assessors_differ;
pub mod certificate_expired;
pub mod deadline_missed;
pub mod near_boundary;
pub mod outcome_capped;
pub mod outcome_provisional;
pub mod reassessment_required;
