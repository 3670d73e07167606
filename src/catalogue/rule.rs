//! What can be wrong with a run itself, and with what a season says about rules.

use crate::finding::declare_rules;

declare_rules! {
    REVIEW_FAILED = "review-failed", Error, Never, "the tool failed on this return";
    RULE_STATUS_UNUSED = "rule-status-unused", Warning, Allowed, "the season grades a rule otherwise that found nothing";
}
