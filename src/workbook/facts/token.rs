//! Formulas of Excel 97 to 2003, which are kept as tokens in the order of reckoning, written out as text.
//!
//! [`written`] gives the text, or `None` where a token isn't known: then it is still known that there is a formula, and
//! nothing wrong is said about it. References in shared formulas are relative to the cell that shares them.

use std::sync::LazyLock;

use super::binary_part::error_word;
use super::record::{characters, number16, number32};
use crate::cell::{CellRef, column_letters};

/// The functions by their number, each with its name and, where that is fixed, how many arguments it takes.
static FUNCTIONS: LazyLock<Vec<(&str, Option<usize>)>> = LazyLock::new(|| {
    let lines = include_str!("functions.tsv").lines();
    lines.filter_map(|line| line.split_once('\t')).map(|(name, count)| (name, count.parse().ok())).collect()
});
/// The number of the function that stands for one named by its first argument.
const NAMED_FUNCTION: u16 = 255;

/// What a workbook's formulas name by number.
#[derive(Debug, Default)]
pub(in crate::workbook) struct Named {
    /// The sheets, in order.
    pub(in crate::workbook) sheets: Vec<String>,
    /// First and last sheet of each reference to other sheets; `None` for another workbook's.
    pub(in crate::workbook) spans: Vec<Option<(u16, u16)>>,
    /// The defined names, in order.
    pub(in crate::workbook) names: Vec<String>,
}

/// Returns the text of a formula's tokens.
pub(in crate::workbook) fn written(tokens: &[u8], cell: CellRef, named: &Named) -> Option<String> {
    let mut writing = Writing { rest: tokens, cell, named, parts: Vec::new() };
    while !writing.rest.is_empty() {
        writing.token()?;
    }
    let [_] = writing.parts.as_slice() else { return None };
    writing.parts.pop()
}

/// A formula while it is written: the tokens to come, and the pieces that are to be joined.
struct Writing<'a> {
    rest: &'a [u8],
    cell: CellRef,
    named: &'a Named,
    parts: Vec<String>,
}

impl<'a> Writing<'a> {
    /// Takes the next bytes.
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// Writes one token.
    fn token(&mut self) -> Option<()> {
        let kind = self.take(1)?[0];
        // Tokens that stand for a value come in three classes, which differ in their two upper bits.
        let base = if kind >= 0x40 { kind & 0x1F | 0x20 } else { kind };
        let part = match base {
            0x03..=0x11 => return self.between(kind),
            0x12 => format!("+{}", self.parts.pop()?),
            0x13 => format!("-{}", self.parts.pop()?),
            0x14 => format!("{}%", self.parts.pop()?),
            0x15 => format!("({})", self.parts.pop()?),
            0x16 => String::new(),
            0x19 => return self.attribute(),
            0x17..=0x1F => self.constant(base)?,
            0x21 | 0x22 => self.function(base)?,
            0x23 => self.named.names.get((number32(self.take(4)?, 0)? as usize).checked_sub(1)?)?.clone(),
            _ => self.reference(base)?,
        };
        self.parts.push(part);
        Some(())
    }

    /// Joins the last two pieces.
    fn between(&mut self, kind: u8) -> Option<()> {
        const SIGNS: [&str; 15] = ["+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"];
        let second = self.parts.pop()?;
        let first = self.parts.last_mut()?;
        first.push_str(SIGNS.get(usize::from(kind - 3))?);
        first.push_str(&second);
        Some(())
    }

    /// Passes over what only speeds up reckoning or keeps blanks; a sum of one argument is one of these.
    fn attribute(&mut self) -> Option<()> {
        let kind = self.take(1)?[0];
        let count = number16(self.take(2)?, 0)?;
        if kind & 0x04 != 0 {
            self.take((usize::from(count) + 1) * 2)?;
        } else if kind & 0x10 != 0 {
            let argument = self.parts.pop()?;
            self.parts.push(format!("SUM({argument})"));
        }
        Some(())
    }

    /// Writes a constant.
    fn constant(&mut self, kind: u8) -> Option<String> {
        match kind {
            0x17 => {
                let length = usize::from(self.take(1)?[0]);
                let text = characters(self.rest, length)?;
                let width = if self.rest.first()? & 1 == 0 { 1 } else { 2 };
                self.take(1 + length * width)?;
                Some(format!("\"{}\"", text.replace('"', "\"\"")))
            }
            0x1C => Some(error_word(self.take(1)?[0]).to_owned()),
            0x1D => Some(if self.take(1)?[0] == 0 { "FALSE" } else { "TRUE" }.to_owned()),
            0x1E => Some(number16(self.take(2)?, 0)?.to_string()),
            0x1F => Some(f64::from_le_bytes(*self.take(8)?.first_chunk()?).to_string()),
            _ => None,
        }
    }

    /// Writes a function with its arguments.
    fn function(&mut self, kind: u8) -> Option<String> {
        let counted = kind & 0x1F == 0x02;
        let stated = if counted { Some(usize::from(self.take(1)?[0] & 0x7F)) } else { None };
        let number = number16(self.take(2)?, 0)? & 0x7FFF;
        let (name, fixed) = *FUNCTIONS.get(usize::from(number))?;
        let start = self.parts.len().checked_sub(stated.or(fixed)?)?;
        let mut arguments = self.parts.split_off(start);
        let name =
            if number == NAMED_FUNCTION && !arguments.is_empty() { arguments.remove(0) } else { name.to_owned() };
        (!name.is_empty()).then(|| format!("{name}({})", arguments.join(",")))
    }

    /// Writes a reference to cells.
    fn reference(&mut self, kind: u8) -> Option<String> {
        match kind {
            0x24 => self.corner(Relative::ToNothing),
            0x2C => self.corner(Relative::ToTheCell),
            0x25 => self.area(Relative::ToNothing),
            0x2D => self.area(Relative::ToTheCell),
            0x2A => self.take(4).map(|_| "#REF!".to_owned()),
            0x2B => self.take(8).map(|_| "#REF!".to_owned()),
            0x3A => Some(self.sheet()? + &self.corner(Relative::ToNothing)?),
            0x3B => Some(self.sheet()? + &self.area(Relative::ToNothing)?),
            _ => None,
        }
    }

    /// Writes the sheet of a reference, with its mark.
    fn sheet(&mut self) -> Option<String> {
        let span = number16(self.take(2)?, 0)?;
        let (first, last) = (*self.named.spans.get(usize::from(span))?)?;
        let first = self.named.sheets.get(usize::from(first))?;
        let last = self.named.sheets.get(usize::from(last))?;
        let both = if first == last { first.clone() } else { format!("{first}:{last}") };
        let is_plain = both.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
            && !both.starts_with(|c: char| c.is_ascii_digit());
        Some(if is_plain { format!("{both}!") } else { format!("'{}'!", both.replace('\'', "''")) })
    }

    fn corner(&mut self, relative: Relative) -> Option<String> {
        let four = self.take(4)?;
        Some(self.address(number16(four, 0)?, number16(four, 2)?, relative))
    }

    fn area(&mut self, relative: Relative) -> Option<String> {
        let eight = self.take(8)?;
        let first = self.address(number16(eight, 0)?, number16(eight, 4)?, relative);
        let last = self.address(number16(eight, 2)?, number16(eight, 6)?, relative);
        Some(format!("{first}:{last}"))
    }

    /// Writes an address; the two upper bits of the column say whether column and row move with the cell.
    fn address(&self, row: u16, column: u16, relative: Relative) -> String {
        let (moves_row, moves_column) = (column & 0x8000 != 0, column & 0x4000 != 0);
        let (mut row, mut column) = (u32::from(row), u32::from(column & 0xFF));
        if relative == Relative::ToTheCell {
            row = if moves_row { (row + self.cell.row - 1) % 0x1_0000 } else { row };
            column = if moves_column { (column + self.cell.column - 1) % 0x100 } else { column };
        }
        let mark = |moves: bool| if moves { "" } else { "$" };
        format!("{}{}{}{}", mark(moves_column), column_letters(column + 1), mark(moves_row), row + 1)
    }
}

/// What the numbers in a reference count from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relative {
    ToNothing,
    ToTheCell,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_written_out() {
        let named = Named {
            sheets: vec!["1.1 Form".to_owned(), "Lists".to_owned()],
            spans: vec![Some((0, 0)), Some((1, 1)), None],
            names: vec!["Total".to_owned()],
        };
        let cases: [(&[u8], Option<&str>); 8] = [
            (b"\x25\x04\x00\x07\x00\x02\xC0\x02\xC0\x19\x10\x00\x00", Some("SUM(C5:C8)")),
            (b"\x44\x09\x00\x02\xC0\x1E\x03\x00\x0D", Some("C10>3")),
            (b"\x5A\x01\x00\x01\x00\x00\x00\x17\x01\x00!\x08", Some("Lists!$A$2&\"!\"")),
            (b"\x5A\x00\x00\x01\x00\x02\xC0\x15", Some("('1.1 Form'!C2)")),
            (b"\x4C\xF4\xFF\xFE\xC0\x1E\x02\x00\x05", Some("C5*2")),
            (b"\x43\x01\x00\x00\x00\x13", Some("-Total")),
            (b"\x5A\x02\x00\x01\x00\x00\x00", None),
            (b"\x1E\x03", None),
        ];
        for (tokens, expected) in cases {
            let text = written(tokens, CellRef::new(17, 5), &named);
            assert_eq!(text.as_deref(), expected, "{tokens:02X?}");
        }
    }
}
