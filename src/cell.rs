//! Addresses as people write them: `C5`, `C5:D9`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The last row of a worksheet, counted from one.
pub const LAST_ROW: u32 = 1_048_576;
/// The last column of a worksheet (XFD), counted from one.
pub const LAST_COLUMN: u32 = 16_384;

/// The address of one cell; row and column count from one, as a person counts them.
///
/// Cells are in order of rows, then columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// The row, from one.
    pub row: u32,
    /// The column, from one: `A` is 1.
    pub column: u32,
}

/// A rectangle of cells; both corners belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRange {
    /// The upper left corner.
    pub first: CellRef,
    /// The lower right corner.
    pub last: CellRef,
}

/// Why a text is no cell address.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a cell address such as C5 or C5:D9")]
pub struct NotAnAddress(String);

impl CellRef {
    /// Returns the cell at `row` and `column`, both from one.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// Whether the cell is within a worksheet's grid.
    pub const fn is_on_grid(self) -> bool {
        self.row >= 1 && self.row <= LAST_ROW && self.column >= 1 && self.column <= LAST_COLUMN
    }
}

impl CellRange {
    /// Returns the rectangle with these two corners, in whatever order they are given.
    pub fn new(a: CellRef, b: CellRef) -> Self {
        let first = CellRef::new(a.row.min(b.row), a.column.min(b.column));
        let last = CellRef::new(a.row.max(b.row), a.column.max(b.column));
        Self { first, last }
    }

    /// Whether `cell` lies in the rectangle.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }

    /// Whether the two rectangles share a cell.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first.row <= other.last.row
            && other.first.row <= self.last.row
            && self.first.column <= other.last.column
            && other.first.column <= self.last.column
    }
}

impl From<CellRef> for CellRange {
    fn from(cell: CellRef) -> Self {
        Self { first: cell, last: cell }
    }
}

/// Prints a column's letters: 1 is `A`, 28 is `AB`.
///
/// # Panics
/// Never: a remainder of 26 always fits a letter.
pub fn column_letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("a remainder of 26 fits");
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Reads a column's letters, of either case; `None` where they aren't letters or lie beyond the grid.
pub fn column_number(letters: &str) -> Option<u32> {
    let sound = (1..=3).contains(&letters.len()) && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
    let number = |letters: &str| {
        letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    };
    sound.then(|| number(letters)).filter(|column| *column <= LAST_COLUMN)
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row)
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}:{}", self.first, self.last) }
    }
}

impl FromStr for CellRef {
    type Err = NotAnAddress;

    /// Reads `C5` or `$C$5`.
    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let plain = text.replace('$', "");
        let digits = plain.find(|c: char| c.is_ascii_digit()).unwrap_or(plain.len());
        let (letters, row) = plain.split_at(digits);
        let cell = column_number(letters).zip(row.parse().ok()).map(|(column, row)| Self::new(row, column));
        cell.filter(|cell| cell.is_on_grid()).ok_or_else(|| NotAnAddress(text.to_owned()))
    }
}

impl FromStr for CellRange {
    type Err = NotAnAddress;

    /// Reads `C5` or `C5:D9`.
    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        match text.split_once(':') {
            Some((a, b)) => Ok(Self::new(a.parse()?, b.parse()?)),
            None => Ok(text.parse::<CellRef>()?.into()),
        }
    }
}

macro_rules! as_text {
    ($($kind:ty),*) => { $(
        impl Serialize for $kind {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )* };
}
as_text!(CellRef, CellRange);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_print_as_they_are_read() {
        for (written, row, column) in
            [("A1", 1, 1), ("Z9", 9, 26), ("AA10", 10, 27), ("$C$5", 5, 3), ("XFD1048576", LAST_ROW, LAST_COLUMN)]
        {
            let cell: CellRef = written.parse().unwrap();
            assert_eq!((cell.row, cell.column), (row, column), "{written}");
            assert_eq!(cell.to_string(), written.replace('$', ""));
        }
    }

    #[test]
    fn what_is_off_the_grid_is_refused() {
        for written in ["", "5", "C", "XFE1", "A1048577", "A0", "ABCD1", "A-1", "Ä1"] {
            assert!(written.parse::<CellRef>().is_err(), "{written}");
        }
    }

    #[test]
    fn a_range_puts_its_corners_in_order() {
        let range: CellRange = "D9:C5".parse().unwrap();
        assert_eq!(range.to_string(), "C5:D9");
        assert!(range.contains(CellRef::new(7, 4)) && !range.contains(CellRef::new(7, 5)));
        assert!(range.overlaps(&"A1:C5".parse().unwrap()) && !range.overlaps(&"A1:B99".parse().unwrap()));
    }
}
