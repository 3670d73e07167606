//! The columns of the sheet of findings, by which it is known again.

use serde::{Deserialize, Serialize};

/// The headings of the columns, and their widths in characters.
pub(super) const COLUMNS: [(&str, u32); 10] = [
    ("Duty", 14),
    ("Sheet", 16),
    ("Cell", 8),
    ("Item", 13),
    ("Found", 16),
    ("Expected", 18),
    ("What we saw", 34),
    ("What to do", 30),
    ("Your explanation", 30),
    ("Rule", 13),
];
/// What stands behind the name of a sheet whose tab isn't seen.
pub(super) const HIDDEN: &str = " (hidden sheet)";

/// A column of the sheet of findings, in the order of the headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Column {
    /// What is to be done with the finding.
    Duty,
    /// The sheet that it is on.
    Sheet,
    /// The cells that it is on.
    Cell,
    /// What it belongs to.
    Item,
    /// What was found there.
    Found,
    /// What was expected.
    Expected,
    /// What it says.
    Message,
    /// What to do.
    Help,
    /// What the sender says of it.
    Explanation,
    /// Its rule.
    Rule,
}

impl Column {
    /// All columns.
    pub(super) const ALL: [Self; 10] = [
        Self::Duty,
        Self::Sheet,
        Self::Cell,
        Self::Item,
        Self::Found,
        Self::Expected,
        Self::Message,
        Self::Help,
        Self::Explanation,
        Self::Rule,
    ];

    /// Returns its heading.
    pub(super) fn heading(self) -> &'static str {
        COLUMNS[Self::ALL.iter().position(|column| *column == self).expect("all are listed")].0
    }

    /// Returns the column with this heading.
    pub(super) fn of(heading: &str) -> Option<Self> {
        Self::ALL.into_iter().zip(COLUMNS).find_map(|(column, (own, _))| (own == heading).then_some(column))
    }
}
