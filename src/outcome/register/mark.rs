//! Rows of a register that mark rows of another, which have a column each in it.

use std::rc::Rc;

use super::index::{remember, remembered, told_apart};
use super::{OPEN_KIND, Registers, Sure};
use crate::framework::expression::Quantity;
use crate::framework::{ColumnId, RegisterId, RegisterSpec};
use crate::outcome::row::MarkScope;
use crate::returns::{Row, RowEntry};
use crate::wording::{Reference, Wording};

/// The rows of a register that have a column of their own in another, for one question about them.
#[derive(Debug)]
pub(in crate::outcome) struct Markable {
    /// The register that has the columns.
    by: RegisterId,
    /// The register whose rows are marked.
    register: RegisterId,
    /// The name that must be true of a row.
    only: Option<String>,
    /// The name by which rows are told apart.
    apart: Option<String>,
    /// For each row its column, in the order of their names, what it is told apart by, and whether it is surely meant.
    pub(in crate::outcome) rows: Vec<(usize, String, Sure)>,
    /// How many rows besides may have any column, because their key can't be used.
    pub(in crate::outcome) open: usize,
}

impl<'a> Registers<'a> {
    /// Returns the column of a register, in the order of their names, that is named like a key of another.
    pub(in crate::outcome) fn column_of(&self, spec: &RegisterSpec, key: &str) -> Option<usize> {
        if let Some(column) = remembered(&self.columns, spec.id.as_str(), key) {
            return column;
        }
        let row = self.filled_in(spec.id.as_str()).unwrap_or_default().first()?;
        let declared = spec.columns.iter().filter(|column| column.each.is_none()).map(|column| &column.id);
        let column = named_like(declared.chain(row.columns()).collect(), key);
        let column = column.and_then(|column| row.position(column.as_str()));
        remember(&self.columns, spec.id.as_str(), key, column);
        column
    }

    /// Returns the rows, from nought, of a register that have a column of their own in another, each after that column.
    pub(in crate::outcome) fn columns_of(&self, register: &RegisterId, marked: &RegisterId) -> Vec<(usize, usize)> {
        let specs = self.spec(register.as_str()).zip(self.spec(marked.as_str()));
        let Some((spec, key)) = specs.and_then(|(spec, marked)| Some((spec, marked.key.as_ref()?))) else {
            return Vec::new();
        };
        let column = |row: &Row| self.column_of(spec, &row.given(key.as_str())?.to_string());
        let rows = (0..).zip(self.filled_in(marked.as_str()).unwrap_or_default());
        rows.filter_map(|(number, row)| Some((column(row)?, number))).collect()
    }

    /// Returns the marks of a row on the rows of another register, which have these columns in it: each mark, and what its
    /// rules see.
    pub(in crate::outcome) fn marks(
        &'a self,
        register: &RegisterId,
        number: usize,
        marked: &RegisterId,
        columns: &[(usize, usize)],
    ) -> Vec<(RowEntry<'a>, MarkScope<'a>)> {
        let filled_in = self.sent.registers.get(register).and_then(|register| register.rows.get(number));
        let mark = |(column, other): &(usize, usize)| {
            let entry = filled_in?.entry_at(*column);
            let mark = Quantity::from(entry.given()?);
            let (row, marked) = (self.row(register, number)?, self.row(marked, *other)?);
            Some((entry, MarkScope { row, marked, mark, day: entry.day().map(Quantity::Date).into() }))
        };
        columns.iter().filter_map(mark).collect()
    }

    /// Returns the rows of a register that have a column in another: `only` names what must be true of them, `apart` what
    /// they are told apart by instead of their key.
    pub(in crate::outcome) fn markable(
        &self,
        by: &RegisterSpec,
        register: &str,
        only: Option<&str>,
        apart: Option<&str>,
    ) -> Option<Rc<Markable>> {
        let is_same = |markable: &&Rc<Markable>| {
            markable.by == by.id
                && markable.register.as_str() == register
                && markable.only.as_deref() == only
                && markable.apart.as_deref() == apart
        };
        if let Some(markable) = self.markable.borrow().iter().find(is_same) {
            return Some(Rc::clone(markable));
        }
        let spec = self.spec(register)?;
        let key = spec.key.as_ref()?.as_str();
        let row = |(row, sure): (usize, Sure)| {
            let named = Some(self.value(register, row, key)).filter(Quantity::is_known)?;
            let column = self.column_of(by, &named.to_string())?;
            let apart = Some(self.value(register, row, apart.unwrap_or(key))).filter(|apart| !apart.is_open());
            Some((column, apart.map_or_else(|| format!("{OPEN_KIND}{row}"), |apart| told_apart(&apart)), sure))
        };
        let meant = self.rows_where(register, only)?;
        let open = meant.iter().filter(|(row, _)| self.value(register, *row, key).is_open()).count();
        let rows = meant.into_iter().filter_map(row).collect();
        let (only, apart) = (only.map(str::to_owned), apart.map(str::to_owned));
        let markable = Rc::new(Markable { by: by.id.clone(), register: spec.id.clone(), only, apart, rows, open });
        self.markable.borrow_mut().push(Rc::clone(&markable));
        Some(markable)
    }
}

/// Returns the column that is named like a key: word for word, else by the same reference (`Activity A01` for `A1`), else the
/// only one with its number.
fn named_like<'a>(columns: Vec<&'a ColumnId>, key: &str) -> Option<&'a ColumnId> {
    let words = Wording::of(key);
    if let Some(column) = columns.iter().find(|column| Wording::of(column.as_str()) == words) {
        return Some(column);
    }
    let key = Reference::of(&words)?;
    let mut agreeing: Vec<(&ColumnId, Reference)> = Vec::new();
    for column in columns {
        let reference = Reference::of(&Wording::of(column.as_str())).filter(|reference| reference.agrees(&key));
        agreeing.extend(
            reference
                .filter(|_| agreeing.iter().all(|(other, _)| *other != column))
                .map(|reference| (column, reference)),
        );
    }
    let same = agreeing.iter().find(|(_, reference)| *reference == key);
    let only = if let [only] = &agreeing[..] { Some(only) } else { None };
    same.or(only).map(|(column, _)| *column)
}
