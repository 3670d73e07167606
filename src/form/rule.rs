//! What can be wrong with a return against the form as issued.

use crate::finding::declare_rules;

/// What to do where a formula of the form isn't there.
pub(super) const PUT_BACK: &str = "Put the form's formula back, so that the figure follows the answers.";

/// What to do where a formula of the form isn't there, and its rows stand in another order or among others.
pub(super) const ELSEWHERE: &str = "Let a formula work the figure out again, over the same rows as in the form: these stand in another order here, or others among them.";

declare_rules! {
    FORMULA_OVERWRITTEN = "formula-overwritten", Warning, Allowed, "a constant, or nothing, stands where the issued workbook has a formula";
    FORMULA_CHANGED = "formula-changed", Warning, Allowed, "another formula than the issued workbook's";
    CONTENT_UNEXPECTED = "content-unexpected", Note, Allowed, "a filled cell belongs to nothing that the framework knows";
}
