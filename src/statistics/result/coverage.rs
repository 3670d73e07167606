//! Who was expected, who came, and what counts.

use serde::{Deserialize, Serialize};

/// Who was expected and who came. Counts of organisations and returns aren't hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Coverage {
    /// Returns that the roster expects; `None` without a roster, or where it can't be told for this framework.
    pub expected: Option<usize>,
    /// Files that came.
    pub received: usize,
    /// Returns that count.
    pub counted: usize,
    /// Of those, returns with all answers.
    pub complete: usize,
    /// Of those, returns whose outcome is an interval.
    pub provisional: usize,
    /// Files with the content of another, or no way to tell which counts.
    pub duplicate: usize,
    /// Files of which a later one counts.
    pub superseded: usize,
    /// Organisations on the roster that sent nothing.
    pub organisations_missing: Vec<String>,
    /// Organisations with a return that counts.
    pub organisations: usize,
}
