//! A row of a register, as its expressions see it, and rows that mark rows of another register.

use std::collections::BTreeSet;

use super::RowScore;
use super::register::{OPEN_KIND, Registers, Sure, comes_to};
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
    /// Whether a column holds a mark in a row; `None` where it surely doesn't.
    fn stand_in(&self, row: &Row, column: usize) -> Option<Sure> {
        let entry = row.entry_at(column);
        if entry.is_unusable() {
            return Some(Sure::Perhaps);
        }
        let value = entry.given()?;
        let meant = match self.written {
            Quantity::Unknown => return Some(Sure::Surely),
            Quantity::Open(_) => return Some(Sure::Perhaps),
            Quantity::List(marks) => marks.iter().any(|mark| value.is(mark)),
            mark @ (Quantity::Number(_) | Quantity::Text(_) | Quantity::Truth(_) | Quantity::Date(_)) => value.is(mark),
        };
        let holds = match self.sense {
            Sense::These => meant,
            Sense::Others => !meant,
        };
        holds.then_some(Sure::Surely)
    }
}

impl RowScope<'_> {
    /// Counts the rows of another register that this row marks: each column of this row that is named like a key of the
    /// other register and holds a mark. `only` names what must be true of the other row; rows that `apart` makes the
    /// same count once.
    fn marked(&self, register: &str, marks: &Marks<'_>, only: Option<&str>, apart: Option<&str>) -> Option<Quantity> {
        let markable = self.registers.markable(self.spec, register, only, apart)?;
        let marked = markable
            .rows
            .iter()
            .filter_map(|(column, kind, sure)| Some((kind.as_str(), marks.stand_in(self.row, *column)?.and(*sure))));
        let (mut surely, mut at_all) = (BTreeSet::new(), BTreeSet::new());
        for (kind, sure) in marked {
            at_all.insert(kind);
            if sure == Sure::Surely && !kind.starts_with(OPEN_KIND) {
                surely.insert(kind);
            }
        }
        Some(Quantity::counted(surely.len(), at_all.len() + markable.open))
    }

    /// Counts the rows of another register that mark this one: those in which the column named like this row's key
    /// holds a mark.
    fn marked_by(&self, register: &str, marks: &Marks<'_>) -> Option<Quantity> {
        let rows = self.registers.filled_in(register)?;
        let key = Some(self.row.quantity(self.spec, self.spec.key.as_ref()?.as_str()));
        let key = key.filter(|key| *key != Quantity::Unknown)?;
        if key.is_open() {
            return Some(Quantity::counted(0, rows.len()));
        }
        let column = self.registers.column_of(self.registers.spec(register)?, &key.to_string());
        let of = |column| rows.iter().filter_map(|row| marks.stand_in(row, column)).collect();
        let marked: Vec<Sure> = column.map_or_else(Vec::new, of);
        let surely = marked.iter().filter(|sure| **sure == Sure::Surely).count();
        Some(Quantity::counted(surely, marked.len()))
    }
}

impl Scope for RowScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        if name == "data_date" {
            return Some(self.registers.day());
        }
        let derived = self.score.derived(self.spec, name).cloned();
        let entry = || self.row.position(name).map(|_| self.row.quantity(self.spec, name));
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
            ("marked" | "marked_except" | "marked_by" | "marked_by_except", [Quantity::Text(register), ..])
                if self.registers.is_untold(register) =>
            {
                Some(Quantity::open())
            }
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

/// One mark of a row, as the rules about marks see it: `mark`, `mark_day` where it is a date, the row's own names, and `marked.…` for the row that it
/// marks.
pub struct MarkScope<'a> {
    pub(super) row: RowScope<'a>,
    pub(super) marked: RowScope<'a>,
    pub(super) mark: Quantity,
    /// The day that is written as the mark.
    pub(super) day: Quantity,
}

impl Scope for MarkScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        match name {
            "mark" => Some(self.mark.clone()),
            "mark_day" => Some(self.day.clone()),
            _ => self.row.name(name),
        }
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        if name == "marked" { self.marked.name(part) } else { self.row.attribute(name, part) }
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        self.row.call(function, arguments)
    }
}
