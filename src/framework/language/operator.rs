//! The operators of expressions.

use super::Wanting;
use super::Wanting::{Counts, NotKnown, Open};

/// One way to write something, with an example.
#[derive(Clone, Copy, Debug)]
pub struct OperatorUse {
    /// As it is written, over `a` and `b`.
    pub written: &'static str,
    /// What it does, as a sentence.
    pub does: &'static str,
    /// The example.
    pub example: &'static str,
    /// What the example comes to.
    pub comes_to: &'static str,
    /// What becomes of it where `a` isn't known.
    pub blank: Wanting,
    /// What becomes of it where `a` can't be told.
    pub unusable: Wanting,
}

/// Begins to describe an operator.
const fn of(written: &'static str, does: &'static str, example: &'static str, comes_to: &'static str) -> OperatorUse {
    OperatorUse { written, does, example, comes_to, blank: NotKnown, unusable: Open }
}

/// The operators.
pub const OPERATORS: &[OperatorUse] = &[
    of("a + b, a - b, a * b", "Adds, subtracts and multiplies, exactly.", "0.1 + 0.2 * 2", "0.5"),
    of("a / b", "Divides, exactly; not known where `b` is nought.", "3 / 4", "0.75"),
    of("a ~ b", "Joins two texts, or what stands for them.", "'Plot ' ~ 7", "Plot 7"),
    of(
        "a == b, a != b",
        "Whether two values are the same, or not. Texts are the same letter for letter.",
        "3 == 3.0",
        "yes",
    ),
    of(
        "a < b, a <= b, a > b, a >= b",
        "Compares two numbers, two days or two texts. `1 < a <= 3` is a chain.",
        "3 >= 2",
        "yes",
    ),
    of(
        "a in [b, c], a not in [b, c]",
        "Whether a value is one of several, or none of them.",
        "'Y' in ['Y', 'N']",
        "yes",
    ),
    of("a and b", "Yes where both are; no as soon as one is no, whatever the other.", "3 > 2 and 2 > 3", "no"),
    of("a or b", "Yes as soon as one is, whatever the other; no where both are no.", "3 > 2 or 2 > 3", "yes"),
    of("not a", "Yes where it is no.", "not 2 > 3", "yes"),
    of("b if a else c", "`b` where the condition `a` holds, else `c`.", "'many' if 3 > 2 else 'few'", "many"),
    OperatorUse {
        blank: Counts,
        unusable: Open,
        ..of("a is given, a is blank", "Whether there is a value, or none.", "none is blank", "yes")
    },
];
