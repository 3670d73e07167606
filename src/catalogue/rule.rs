//! What can be wrong with a run itself, and with what a season says about rules.

use crate::finding::{Finding, declare_rules};

declare_rules! {
    REVIEW_FAILED = "review-failed", Error, Never, "the tool failed on this return";
    RULE_STATUS_UNUSED = "rule-status-unused", Warning, Allowed, "the season grades a rule otherwise that found nothing";
    WAIVER_UNUSED = "waiver-unused", Warning, Allowed, "a waiver names nothing that was found";
    WAIVER_EXPIRED = "waiver-expired", Error, Allowed, "a waiver has ended, and what it covers is still there";
    WAIVER_EXCEEDED = "waiver-exceeded", Error, Allowed, "another value stands where a waiver covers one";
}

/// Whether a finding says that a decision of the season no longer fits what was sent.
pub fn tells_of_waiver(finding: &Finding) -> bool {
    [&WAIVER_UNUSED, &WAIVER_EXPIRED, &WAIVER_EXCEEDED].into_iter().any(|rule| finding.is_of(rule))
}
