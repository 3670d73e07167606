//! A row of a register, as its expressions see it, and rows that mark rows of another register.

use std::collections::BTreeSet;

use super::RowScore;
use super::register::{Registers, comes_to};
use crate::framework::RegisterSpec;
use crate::framework::expression::{Quantity, Scope};
use crate::returns::Row;

/// A row of a register, as its expressions see it.
pub struct RowScope<'a> {
    pub(super) registers: &'a Registers<'a>,
    pub(super) spec: &'a RegisterSpec,
    pub(super) row: &'a Row,
    pub(super) score: &'a RowScore,
}

/// Which entries of a column are marks.
struct Marks<'a> {
    /// The entries that are meant; not known is any.
    written: &'a Quantity,
    /// Whether these are marks, or all others.
    sense: Sense,
}

/// Whether the entries that are named are marks, or all others.
#[derive(Clone, Copy)]
enum Sense {
    These,
    Others,
}

impl Marks<'_> {
    /// Whether a column holds a mark in a row.
    fn stand_in(&self, row: &Row, column: usize) -> bool {
        let Some(value) = row.entry_at(column).given() else { return false };
        let meant = match self.written {
            Quantity::Unknown => return true,
            Quantity::List(marks) => marks.iter().any(|mark| value.is(mark)),
            mark @ (Quantity::Number(_) | Quantity::Text(_) | Quantity::Truth(_) | Quantity::Date(_)) => value.is(mark),
        };
        match self.sense {
            Sense::These => meant,
            Sense::Others => !meant,
        }
    }
}

impl RowScope<'_> {
    /// Counts the rows of another register that this row marks: each column of this row that is named like a key of the
    /// other register and holds a mark. `only` names what must be true of the other row; rows that `apart` makes the
    /// same count once.
    fn marked(&self, register: &str, marks: &Marks<'_>, only: Option<&str>, apart: Option<&str>) -> Option<Quantity> {
        let markable = self.registers.markable(self.spec, register, only, apart)?;
        let marked = markable.rows.iter().filter(|(column, _)| marks.stand_in(self.row, *column));
        let kinds: BTreeSet<&str> = marked.map(|(_, kind)| kind.as_str()).collect();
        Some(Quantity::Number(kinds.len().into()))
    }

    /// Counts the rows of another register that mark this one: those in which the column named like this row's key
    /// holds a mark.
    fn marked_by(&self, register: &str, marks: &Marks<'_>) -> Option<Quantity> {
        let key = self.row.given(self.spec.key.as_ref()?.as_str())?.to_string();
        let rows = self.registers.filled_in(register)?;
        let column = self.registers.column_of(self.registers.spec(register)?, &key);
        let marked = |column| rows.iter().filter(|row| marks.stand_in(row, column)).count();
        let count = column.map_or(0, marked);
        Some(Quantity::Number(count.into()))
    }
}

impl Scope for RowScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        if name == "data_date" {
            return Some(self.registers.data_date().map(Quantity::Date).into());
        }
        let derived = self.score.derived(self.spec, name).cloned();
        let entry = || Some(self.row.entry(name)?.given().map(Quantity::from).into());
        derived.or_else(entry).or_else(|| comes_to(self.spec, self.score, name))
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        match (name, part) {
            ("field", id) => self.registers.field(id),
            ("row", "number") => Some(Quantity::Number(self.row.number.into())),
            _ => None,
        }
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        let sense = if function.ends_with("_except") { Sense::Others } else { Sense::These };
        let as_text = |argument: Option<&Quantity>| argument.and_then(Quantity::text).map(str::to_owned);
        match (function, arguments) {
            ("marked" | "marked_except", [Quantity::Text(register), written, rest @ ..]) => {
                let (only, apart) = (as_text(rest.first()), as_text(rest.get(1)));
                let counted = self.marked(register, &Marks { written, sense }, only.as_deref(), apart.as_deref());
                Some(counted.unwrap_or(Quantity::Unknown))
            }
            ("marked_by" | "marked_by_except", [Quantity::Text(register), written]) => {
                Some(self.marked_by(register, &Marks { written, sense }).unwrap_or(Quantity::Unknown))
            }
            ("stands_above", [Quantity::Text(name), value]) => {
                let register = self.spec.id.as_str();
                Some(self.registers.stands_above(register, name, value, self.row.number))
            }
            ("resembles_above", [Quantity::Text(name), value]) => {
                let register = self.spec.id.as_str();
                Some(self.registers.resembles_above(register, name, value, self.row.number))
            }
            (function, arguments) => self.registers.call(function, arguments),
        }
    }
}

/// One mark of a row, as the rules about marks see it: `mark`, the row's own names, and `marked.…` for the row that it
/// marks.
pub struct MarkScope<'a> {
    pub(super) row: RowScope<'a>,
    pub(super) marked: RowScope<'a>,
    pub(super) mark: Quantity,
}

impl Scope for MarkScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        if name == "mark" { Some(self.mark.clone()) } else { self.row.name(name) }
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        if name == "marked" { self.marked.name(part) } else { self.row.attribute(name, part) }
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        self.row.call(function, arguments)
    }
}
