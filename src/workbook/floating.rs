//! What floats over the cells of a sheet or is noted on one: it may be an answer, and is none until somebody has looked at it.

use super::{Cell, Look, Value};
use crate::cell::CellRange;

/// What lies over a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Over {
    /// A picture.
    Picture,
    /// A text box, or another shape with words in it.
    TextBox,
    /// A line, a cross, a circle, a box or another shape without words: it is no answer, but may strike one out or hide it.
    Shape,
    /// A box to tick, a list or another control of a form.
    Control,
    /// A comment.
    Comment,
}

/// Something over some cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Floating {
    /// The cells it lies over.
    pub cells: CellRange,
    /// What it is.
    pub kind: Over,
    /// The words in it; empty where it has none.
    pub says: String,
    /// What stands in place of a cell that it lies over and that holds nothing.
    stand_in: Cell,
}

impl Over {
    /// Returns what it is called, with its article.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Picture => "a picture",
            Self::TextBox => "a text box",
            Self::Shape => "a line or another shape",
            Self::Control => "a form control",
            Self::Comment => "a comment",
        }
    }

    /// Returns what is said to stand in the cell below.
    pub const fn shown(self) -> &'static str {
        match self {
            Self::Picture => "[picture over the cell]",
            Self::TextBox => "[text box over the cell]",
            Self::Shape => "[shape over the cell]",
            Self::Control => "[form control over the cell]",
            Self::Comment => "[comment on the cell]",
        }
    }
}

impl Floating {
    /// Takes something for what it is, and where.
    pub fn new(cells: CellRange, kind: Over, says: &str) -> Self {
        let look = Look { over: Some(kind), ..Look::default() };
        // What is seen there can't be read, as a picture that is placed in a cell can't.
        let stand_in = Cell { look, ..Cell::new(cells.first, Value::Picture, None) };
        Self { cells, kind, says: says.to_owned(), stand_in }
    }

    /// Returns what stands in place of a blank cell below.
    pub fn stand_in(&self) -> &Cell {
        &self.stand_in
    }
}
