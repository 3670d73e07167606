//! Rows by what a name comes to in them, gathered when first asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Registers, TOLD};
use crate::framework::RegisterId;
use crate::framework::expression::Quantity;
use crate::wording::{Reference, Wording};

/// What is remembered of a register and one of its names or keys.
pub(super) type ByName<T> = BTreeMap<RegisterId, BTreeMap<String, T>>;

/// Returns what is remembered of a register and a name.
pub(super) fn remembered<T: Clone>(by_name: &RefCell<ByName<T>>, register: &str, name: &str) -> Option<T> {
    by_name.borrow().get(register)?.get(name).cloned()
}

/// Remembers something of a register and a name.
pub(super) fn remember<T>(by_name: &RefCell<ByName<T>>, register: &str, name: &str, value: T) {
    by_name.borrow_mut().entry(register.into()).or_default().insert(name.to_owned(), value);
}

/// The key of rows in which it can't be told what a name comes to.
const OPEN: &str = "?";

/// The rows of a register, from nought, by what one name comes to in them.
pub(super) type Index = BTreeMap<String, Vec<usize>>;

impl Registers<'_> {
    /// Looks at the rows, from nought, in which a name comes to a value.
    pub(super) fn where_is<T>(
        &self,
        register: &str,
        name: &str,
        value: &Quantity,
        look: impl FnOnce(&[usize]) -> T,
    ) -> T {
        let index = self.indexed(&self.indexes, register, name, |value| vec![told_apart(value)]);
        look(index.get(&told_apart(value)).map_or(&[], Vec::as_slice))
    }

    /// Looks at the rows, from nought, in which it can't be told what a name comes to.
    pub(super) fn where_open<T>(&self, register: &str, name: &str, look: impl FnOnce(&[usize]) -> T) -> T {
        let index = self.indexed(&self.indexes, register, name, |value| vec![told_apart(value)]);
        look(index.get(OPEN).map_or(&[], Vec::as_slice))
    }

    /// Whether a name is a column's alone, and nothing that is derived.
    fn is_filled_in(&self, register: &str, name: &str) -> bool {
        self.spec(register).is_some_and(|spec| {
            let is_derived = TOLD.contains(&name) || spec.derived.iter().any(|value| value.name == name);
            !is_derived && spec.columns.iter().any(|column| column.id.as_str() == name)
        })
    }

    /// Gathers a register's rows by the keys of what a name comes to in them, once where that stays.
    fn indexed(
        &self,
        by_name: &RefCell<ByName<Rc<Index>>>,
        register: &str,
        name: &str,
        keys: impl Fn(&Quantity) -> Vec<String>,
    ) -> Rc<Index> {
        if let Some(index) = remembered(by_name, register, name) {
            return index;
        }
        let mut index = Index::new();
        for row in self.rows(register).unwrap_or_default() {
            let value = self.value(register, row, name);
            let keys = match (value.is_open(), value.is_known()) {
                (true, _) => vec![OPEN.to_owned()],
                (false, true) => keys(&value),
                (false, false) => Vec::new(),
            };
            for key in keys {
                index.entry(key).or_default().push(row);
            }
        }
        let index = Rc::new(index);
        // What is derived isn't there while the register's own rows are worked out; what was filled in is.
        if self.scores.contains_key(register) || self.is_filled_in(register, name) {
            remember(by_name, register, name, Rc::clone(&index));
        }
        index
    }

    /// Whether a name comes to a value in a row above one that stands in a row of the sheet.
    pub(in crate::outcome) fn stands_above(
        &self,
        register: &str,
        name: &str,
        value: &Quantity,
        below: u32,
    ) -> Quantity {
        let Some(rows) = self.filled_in(register).filter(|_| *value != Quantity::Unknown) else {
            return Quantity::Unknown;
        };
        let first = self.where_is(register, name, value, |numbers| rows.get(*numbers.first()?));
        self.is_above(register, name, value, below, first.is_some_and(|row| row.number < below))
    }

    /// Whether a row above one that stands in a row of the sheet says nearly the same under a name, as a slip of the keyboard
    /// makes it.
    pub(in crate::outcome) fn resembles_above(
        &self,
        register: &str,
        name: &str,
        value: &Quantity,
        below: u32,
    ) -> Quantity {
        let Some(rows) = self.filled_in(register).filter(|_| *value != Quantity::Unknown) else {
            return Quantity::Unknown;
        };
        let words = Wording::of(&value.to_string());
        let slip_keys = |value: &Quantity| Wording::of(&value.to_string()).slip_keys();
        let index = self.indexed(&self.slips, register, name, slip_keys);
        let candidates = words.slip_keys().into_iter().filter_map(|key| index.get(&key).cloned()).flatten();
        let mut above = candidates.filter(|row| rows.get(*row).is_some_and(|row| row.number < below));
        let is_slip = |row: usize| Wording::of(&self.value(register, row, name).to_string()).is_slip_of(&words);
        let is_above = value.is_known() && above.any(is_slip);
        self.is_above(register, name, value, below, is_above)
    }

    /// Returns whether a value stands above a row, which can't be told where it is open itself or an open one above may be it.
    fn is_above(&self, register: &str, name: &str, value: &Quantity, below: u32, is_above: bool) -> Quantity {
        let rows = self.filled_in(register).unwrap_or_default();
        let is_open = |row: &usize| rows.get(*row).is_some_and(|row| row.number < below);
        let may_be = || self.where_open(register, name, |open| open.iter().any(is_open));
        if !is_above && (value.is_open() || may_be()) { Quantity::open() } else { Quantity::Truth(is_above) }
    }
}

/// Returns a text by which values of different kinds stay apart, and which differences of writing leave the same.
pub(super) fn told_apart(value: &Quantity) -> String {
    if let Quantity::Text(text) = value {
        let words = Wording::of(text);
        let reference = Reference::of(&words).filter(|reference| !reference.letters.is_empty());
        return match reference {
            Some(reference) => format!("r{} {}", reference.letters, reference.number),
            None => format!("t{}", words.as_str()),
        };
    }
    let kind = match value {
        Quantity::Unknown | Quantity::Open(_) => '?',
        Quantity::Number(_) => 'n',
        Quantity::Text(_) => 't',
        Quantity::Truth(_) => 'y',
        Quantity::Date(_) => 'd',
        Quantity::List(_) => 'l',
    };
    format!("{kind}{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_are_no_difference() {
        let same = [("A1", "Activity A01"), ("a 1", "A1."), ("Ferrous Labs", "ferrous  labs ")];
        for (a, b) in same {
            assert_eq!(told_apart(&Quantity::from(a)), told_apart(&Quantity::from(b)), "{a} and {b}");
        }
        for (a, b) in [("A1", "A11"), ("A1", "B1"), ("06506091", "6506091"), ("Studio 54", "Club 54")] {
            assert_ne!(told_apart(&Quantity::from(a)), told_apart(&Quantity::from(b)), "{a} and {b}");
        }
    }
}
