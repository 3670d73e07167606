//! A line of the sheet below a register's heading: a row, or what else stands between and below the rows.
//!
//! The heading printed once more or over more rows, units and numbers of columns below it, titles of parts and notes
//! are no rows, however near to rows they stand.

use std::collections::BTreeSet;

use crate::cell::CellRef;
use crate::framework::{ColumnId, RegisterColumn};
use crate::layout::RegisterPlace;
use crate::wording::Wording;
use crate::workbook::{Cell, Sheet, Value};

use super::Columns;
use super::unit::Unit;

/// A column that was found.
pub(super) struct Column<'a> {
    /// Its name: a key of another register, where there is a column for each of that register's rows.
    pub(super) id: &'a ColumnId,
    /// What the pack says of it.
    pub(super) spec: &'a RegisterColumn,
    /// Where it stands.
    pub(super) at: u32,
    /// Which it is, in the order of their names.
    pub(super) position: usize,
    /// The words that may stand over it.
    pub(super) headings: Vec<Wording>,
}

impl<'a> Column<'a> {
    /// Returns the column of this name among several.
    pub(super) fn among<'b>(columns: &'b [Self], id: &str) -> Option<&'b Self> {
        columns.iter().find(|column| *column.id == *id)
    }

    /// Returns a column that stands here.
    pub(super) fn new(id: &'a ColumnId, spec: &'a RegisterColumn, at: u32, columns: &Columns) -> Option<Self> {
        let printed = std::iter::once(&spec.heading).chain(&spec.also).filter(|_| spec.each.is_none());
        let headings = printed.map(|heading| Wording::of(heading)).collect();
        Some(Self { id, spec, at, position: columns.position(id.as_str())?, headings })
    }

    /// Returns what stands over it: its heading, or the key that it is for.
    pub(super) fn name(&self) -> &'a str {
        if self.spec.each.is_some() { self.id.as_str() } else { &self.spec.heading }
    }

    /// Returns the unit of its numbers; of those that the form works out nothing says it.
    pub(super) fn unit(&self) -> Unit<'a> {
        let spec = self.spec;
        if spec.computed.is_some() { Unit::Unsaid } else { Unit::named(&spec.heading, &spec.also, &spec.kind) }
    }
}

/// A line of the sheet below a register's heading.
pub(super) struct Line<'a> {
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// Where the register stands.
    pub(super) place: &'a RegisterPlace,
    /// The register's columns.
    pub(super) columns: &'a [Column<'a>],
    /// Where the key stands.
    pub(super) key: Option<u32>,
    /// Whether the form itself prints the keys, so that one stands there whatever the line is.
    pub(super) has_printed_keys: bool,
    /// All that stands in it, up to the register's last column.
    pub(super) cells: &'a [Cell],
    /// What is filled in, in the register's columns.
    pub(super) filled: &'a [&'a Cell],
    /// The most entries that a row above has.
    pub(super) most: usize,
    /// The rows above.
    pub(super) above: &'a [u32],
    /// How many rows stand above the last line that sums up.
    pub(super) since: usize,
    /// The words by which the register calls itself, its rows and its columns.
    pub(super) words: &'a BTreeSet<String>,
}

impl Line<'_> {
    /// Whether it is no row of the register.
    pub(super) fn is_aside(&self) -> bool {
        self.says_heading() || (self.most == 0 && (self.has_units() || self.numbers_columns()))
    }

    /// Whether it is a title over several columns or a note, which are no rows either.
    pub(super) fn is_remark(&self) -> bool {
        self.is_title() || self.is_note()
    }

    /// Whether it says what the heading says, as where a register is printed in parts or its heading has a second row.
    pub(super) fn says_heading(&self) -> bool {
        self.filled.len() > 1 && self.filled.iter().all(|cell| self.is_heading(cell))
    }

    /// Whether a cell says what stands over its column, or words for that.
    fn is_heading(&self, cell: &Cell) -> bool {
        let Some(text) = cell.text() else { return false };
        let rows = [Some(self.place.heading), self.place.heading.checked_sub(1)];
        let mut above = rows.into_iter().flatten().map(|row| CellRef::new(row, cell.at.column));
        let column = self.columns.iter().find(|column| column.at == cell.at.column);
        let says = Wording::of(text);
        above.any(|at| self.sheet.cell(at).and_then(Cell::text) == Some(text))
            || column.is_some_and(|column| column.headings.contains(&says))
    }

    /// Whether its one text is merged over several columns of the register.
    fn is_title(&self) -> bool {
        let Some(cell) = self.alone() else { return false };
        let over = self.sheet.merge_over(cell.at);
        let covers = |column: &&Column| over.is_some_and(|over| over.contains(CellRef::new(cell.at.row, column.at)));
        self.columns.iter().filter(covers).count() > 1
    }

    /// Whether its one text begins as notes do.
    fn is_note(&self) -> bool {
        self.alone().is_some()
            && first_word(self.filled).is_some_and(|word| matches!(word.as_str(), "note" | "notes" | "nb"))
    }

    /// Returns its only entry, where that is a text.
    fn alone(&self) -> Option<&Cell> {
        let [cell] = self.filled else { return None };
        cell.text().is_some().then_some(*cell)
    }

    /// Whether nothing but remarks in brackets stands in it.
    fn has_units(&self) -> bool {
        let is_remark =
            |cell: &&Cell| cell.text().is_some_and(|text| text.trim().starts_with('(') && text.trim().ends_with(')'));
        self.filled.len() > 1 && self.filled.iter().all(is_remark)
    }

    /// Whether it counts the columns: 1, 2, 3.
    fn numbers_columns(&self) -> bool {
        let number = |cell: &&Cell| match &cell.value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
            Value::Empty
            | Value::Date(_)
            | Value::Elapsed(_)
            | Value::Picture
            | Value::Logical(_)
            | Value::Error(_) => None,
        };
        let numbers: Option<Vec<f64>> = self.filled.iter().map(number).collect();
        numbers.is_some_and(|numbers| {
            numbers.len() > 2 && numbers[0] <= 2.0 && numbers.windows(2).all(|pair| pair[0] < pair[1])
        })
    }
}

/// Returns the first word of the first entry, as it is compared.
fn first_word(filled: &[&Cell]) -> Option<String> {
    let words = filled.first().and_then(|cell| cell.text()).map(Wording::of)?;
    words.as_str().split(|c: char| !c.is_alphanumeric()).next().map(str::to_owned)
}
