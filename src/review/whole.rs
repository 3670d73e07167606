//! A review with what results don't hold, as a child process answers with it.

use serde::{Deserialize, Serialize};

use super::{PaperRecord, PlanRecord, RemarkRecord, Review};

/// A review, and beside it what only reports use.
#[derive(Debug, Serialize, Deserialize)]
pub struct WholeReview {
    review: Review,
    remarks: Vec<RemarkRecord>,
    plan: Vec<PlanRecord>,
    paper: Option<PaperRecord>,
}

impl From<Review> for WholeReview {
    fn from(mut review: Review) -> Self {
        let (remarks, plan) = (std::mem::take(&mut review.remarks), std::mem::take(&mut review.plan));
        Self { remarks, plan, paper: review.paper.take(), review }
    }
}

impl From<WholeReview> for Review {
    fn from(whole: WholeReview) -> Self {
        let WholeReview { review, remarks, plan, paper } = whole;
        Self { remarks, plan, paper, ..review }
    }
}
