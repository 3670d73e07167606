//! Whether something surely holds of a row, or can't be told of it.

use crate::framework::expression::Quantity;

/// How the names begin of kinds of rows that can't be told apart from others; no other kind begins so.
pub(in crate::outcome) const OPEN_KIND: char = 'o';

/// Whether something surely holds of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::outcome) enum Sure {
    /// It does.
    Surely,
    /// It can't be told.
    Perhaps,
}

impl Sure {
    /// Returns whether two things hold.
    pub(in crate::outcome) fn and(self, other: Self) -> Self {
        if self == Self::Surely { other } else { Self::Perhaps }
    }

    /// Returns whether a value is true, or given where it is neither true nor false; `None` where it surely isn't.
    pub(super) fn of(value: &Quantity) -> Option<Self> {
        match value.truth() {
            Some(true) => Some(Self::Surely),
            Some(false) => None,
            None if value.is_given() && !value.can_be_false() => Some(Self::Surely),
            None => value.is_open().then_some(Self::Perhaps),
        }
    }
}
