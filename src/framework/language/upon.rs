//! What becomes of a function where an answer that it looks at is wanting.

/// What becomes of a function where an answer is wanting, in each of the ways in which it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upon {
    /// The answer is that it doesn't apply.
    pub not_applicable: Wanting,
    /// Nothing stands there.
    pub blank: Wanting,
    /// What stands there can't be used.
    pub unusable: Wanting,
}

/// What becomes of a function where one answer is wanting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanting {
    /// The others are taken, as if there were no such question.
    PassedOver,
    /// It counts like any other.
    Counts,
    /// What the function comes to isn't known.
    NotKnown,
    /// What it comes to can't be told, or only between which ends it lies.
    Open,
    /// The function gives the words that stand there.
    Words,
    /// The function gives no.
    No,
    /// Answers of this sort have no part in it.
    NoPart,
}

impl Upon {
    /// No answer has a part in it.
    pub(super) const NO_PART: Self =
        Self { not_applicable: Wanting::NoPart, blank: Wanting::NoPart, unusable: Wanting::NoPart };
    /// Values that it is given decide, and nothing else.
    pub(super) const OF_VALUES: Self =
        Self { not_applicable: Wanting::NoPart, blank: Wanting::NotKnown, unusable: Wanting::Open };
}

impl Wanting {
    /// Returns what becomes of the function, in words.
    pub fn told(self) -> &'static str {
        match self {
            Self::PassedOver => "is passed over: the others are taken",
            Self::Counts => "counts like any other",
            Self::NotKnown => "makes the result not known",
            Self::Open => "leaves the result open: between two ends, or not to be told",
            Self::Words => "gives its words, as they are written",
            Self::No => "gives no",
            Self::NoPart => "has no part in it",
        }
    }
}
