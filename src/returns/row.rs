//! Tables of one row a learner, client, partner or action.
//!
//! A table may have a hundred thousand rows with most of their cells empty. A [`Row`] therefore holds only what stands in it;
//! the [`Columns`], which all rows of a table share, say what else could stand there, and where.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::{EntryValue, Reading};
use crate::cell::CellRef;
use crate::finding::Place;
use crate::framework::expression::{Expression, Quantity, Scope};
use crate::framework::{ColumnId, EntryKind, Personal, RegisterColumn, RegisterSpec, Unusable};
use crate::personal::masked;

/// A table of one row a learner, client, partner or action.
#[derive(Clone, Debug)]
pub struct Register {
    /// The sheet, as its tab is named.
    pub sheet: String,
    /// The rows that hold something of the sender's, in order.
    pub rows: Vec<Row>,
    /// Rows of the sheet that are filled in and were taken for none of its rows, from one.
    pub left_out: Vec<u32>,
    /// Rows of the sheet of which it can't be told whether they are its rows, from one; they are among those left out.
    pub perhaps: Vec<u32>,
    /// The lines that are none of its rows and that a formula over its columns takes in all the same, as if they were: those
    /// left out, and those that sum others up.
    pub beside: Vec<Row>,
}

impl Register {
    /// Returns a register that has nothing but these rows.
    pub fn of_rows(sheet: &str, rows: Vec<Row>) -> Self {
        Self { sheet: sheet.to_owned(), rows, left_out: Vec::new(), perhaps: Vec::new(), beside: Vec::new() }
    }

    /// Returns the lines of which it can't be told whether they are rows.
    pub fn doubtful(&self) -> impl Iterator<Item = &Row> {
        self.beside.iter().filter(|line| self.perhaps.contains(&line.number))
    }

    /// Whether there is no row, for certain.
    pub fn has_none(&self) -> bool {
        self.rows.is_empty() && self.doubtful().next().is_none()
    }

    /// Takes lines for rows that are none, by their numbers.
    pub fn take_in(&mut self, is_taken: impl Fn(u32) -> bool) {
        self.rows.extend(self.beside.iter().filter(|line| is_taken(line.number)).cloned());
        self.perhaps.retain(|line| !is_taken(*line));
        self.rows.sort_by_key(|row| row.number);
    }

    /// Whether its rows say what those of another do, wherever they stand.
    pub(super) fn says(&self, other: &Self) -> bool {
        let said =
            |row: &Row| -> Vec<_> { row.said().map(|(id, filled)| (id.clone(), filled.reading.clone())).collect() };
        self.rows.iter().map(said).eq(other.rows.iter().map(said))
    }

    /// Puts words in place of what stands in a cell.
    pub fn say(&mut self, at: CellRef, words: &str) {
        self.enter(at, &EntryValue::from(words));
    }

    /// Puts an entry in place of what stands in a cell.
    pub fn enter(&mut self, at: CellRef, entry: &EntryValue) {
        for row in self.rows.iter_mut().filter(|row| row.number == at.row) {
            let Some(column) = row.columns.at(at.column) else { continue };
            let reading = Reading::Given(entry.clone());
            if let Some(filled) = row.filled.iter_mut().find(|filled| filled.column == column) {
                filled.reading = reading;
                continue;
            }
            let filled = Filled { column, reading, written: entry.to_string().into(), day: None };
            let all = row.filled.iter().cloned().chain([filled]).collect();
            *row = Row::new(row.number, Arc::clone(&row.columns), all);
        }
    }

    /// Takes what stands in a cell for something that can't be used.
    pub fn doubt(&mut self, at: CellRef) {
        for row in self.rows.iter_mut().filter(|row| row.number == at.row) {
            let column = row.columns.at(at.column);
            for filled in row.filled.iter_mut().filter(|filled| Some(filled.column) == column) {
                filled.reading = Reading::Unusable;
            }
        }
    }

    /// Takes what stands in a cell out of its row.
    pub fn forget(&mut self, at: CellRef) {
        for row in self.rows.iter_mut().filter(|row| row.number == at.row) {
            let column = row.columns.at(at.column);
            let filled = std::mem::take(&mut row.filled).into_vec();
            row.filled = filled.into_iter().filter(|filled| Some(filled.column) != column).collect();
        }
    }
}

/// The columns of a register that a workbook has.
#[derive(Debug)]
pub struct Columns {
    sheet: String,
    /// Each with where it stands, from one, or may; in the order of their names. `None` where it isn't there though the form has it.
    places: Vec<(ColumnId, Option<u32>)>,
}

impl Columns {
    /// Takes the columns of a sheet, each with where it stands, from one; `None` for those of the form's that aren't there.
    pub fn new(sheet: &str, mut places: Vec<(ColumnId, Option<u32>)>) -> Self {
        places.sort();
        Self { sheet: sheet.to_owned(), places }
    }

    /// Returns which column stands here, in the order of their names.
    fn at(&self, column: u32) -> Option<usize> {
        self.places.iter().position(|(_, at)| *at == Some(column))
    }

    /// Returns which column has a name, in the order of their names.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.places.binary_search_by(|(id, _)| id.as_str().cmp(column)).ok()
    }
}

/// A row of a register.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row on the sheet, from one.
    pub number: u32,
    columns: Arc<Columns>,
    /// What stands in it, each with its column, in the order of the columns' names.
    filled: Box<[Filled]>,
}

/// What stands in one cell of a row.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Which column it is, in the order of their names.
    pub column: usize,
    /// What it says.
    pub reading: Reading<EntryValue>,
    /// As the person sees it.
    pub written: Box<str>,
    /// The day that is written as a mark; `None` for all else.
    pub day: Option<Date>,
}

impl Filled {
    /// Whether it can't be used, or its column isn't there.
    fn is_unusable(&self) -> bool {
        matches!(self.reading, Reading::Unusable | Reading::Absent)
    }
}

/// An entry of a row: what it says, where it stands and how it was written.
#[derive(Clone, Copy, Debug)]
pub struct RowEntry<'a> {
    row: &'a Row,
    at: Option<CellRef>,
    filled: Option<&'a Filled>,
}

impl Row {
    /// Takes what stands in a row.
    pub fn new(number: u32, columns: Arc<Columns>, mut filled: Vec<Filled>) -> Self {
        filled.sort_by_key(|filled| filled.column);
        Self { number, columns, filled: filled.into() }
    }

    /// Returns the sheet, as its tab is named.
    pub fn sheet(&self) -> &str {
        &self.columns.sheet
    }

    /// Returns the names of the columns that the sheet has.
    pub fn columns(&self) -> impl Iterator<Item = &ColumnId> {
        self.columns.places.iter().map(|(id, _)| id)
    }

    /// Returns which column has a name, in the order of their names; the same for all rows of a table.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.position(column)
    }

    /// Whether a condition over the row surely doesn't hold, by what is filled in.
    pub(super) fn speaks_against(&self, spec: &RegisterSpec, condition: &Expression) -> bool {
        condition.evaluate(&FilledIn { row: self, spec }) == Quantity::Truth(false)
    }

    /// Returns the entry of a column; `None` where the sheet has no such column.
    pub fn entry(&self, column: &str) -> Option<RowEntry<'_>> {
        self.columns.position(column).map(|position| self.entry_at(position))
    }

    /// Returns the entry of a column of the sheet.
    ///
    /// # Panics
    /// Where the sheet has fewer columns.
    pub fn entry_at(&self, position: usize) -> RowEntry<'_> {
        let at = self.columns.places[position].1.map(|column| CellRef::new(self.number, column));
        let filled = self.filled.iter().find(|filled| filled.column == position);
        RowEntry { row: self, at, filled }
    }

    /// Returns the entries of all columns of the sheet.
    pub fn entries(&self) -> impl Iterator<Item = RowEntry<'_>> {
        (0..self.columns.places.len()).map(|position| self.entry_at(position))
    }

    /// Returns what stands in it, by its column.
    fn said(&self) -> impl Iterator<Item = (&ColumnId, &Filled)> {
        self.filled.iter().filter_map(|filled| Some((self.column(filled.column)?, filled)))
    }

    /// Returns the columns in which something is given or can't be used.
    pub(super) fn columns_given(&self) -> impl Iterator<Item = &ColumnId> {
        self.said()
            .filter(|(_, filled)| matches!(filled.reading, Reading::Given(_) | Reading::Unusable))
            .map(|(id, _)| id)
    }

    /// Returns what is given in a column.
    pub fn given(&self, column: &str) -> Option<&EntryValue> {
        self.entry(column)?.given()
    }

    /// Reads what stands in a column otherwise.
    pub(super) fn read_as(&mut self, column: &str, reading: Reading<EntryValue>) {
        let position = self.columns.position(column);
        if let Some(filled) = self.filled.iter_mut().find(|filled| Some(filled.column) == position) {
            filled.reading = reading;
        }
    }

    /// Returns the entries that can't be used, and the choices that must be made and aren't, each by its column, in the order of the columns'
    /// names.
    pub fn unusable(&self, spec: &RegisterSpec) -> impl Iterator<Item = usize> {
        let unusable = self.filled.iter().filter(|filled| filled.is_unusable()).map(|filled| filled.column);
        let wanting = spec.columns.iter().filter_map(|column| self.position(column.id.as_str()));
        let wanting = wanting.filter(|position| self.wanting(spec, *position).is_some());
        unusable.chain(wanting).collect::<BTreeSet<usize>>().into_iter()
    }

    /// Returns the row as it is when an entry is completed.
    #[must_use]
    pub fn completed(&self, column: usize, reading: &Reading<EntryValue>) -> Self {
        let own = self.filled.iter().find(|filled| filled.column == column).cloned();
        let own = own.unwrap_or_else(|| Filled { column, reading: Reading::Blank, written: "".into(), day: None });
        let others = self.filled.iter().filter(|filled| filled.column != column).cloned();
        let filled = others.chain([Filled { reading: reading.clone(), ..own }]).collect();
        Self::new(self.number, Arc::clone(&self.columns), filled)
    }

    /// Returns the name of a column of the sheet.
    pub fn column(&self, position: usize) -> Option<&ColumnId> {
        self.columns.places.get(position).map(|(id, _)| id)
    }

    /// Returns what expressions see of the entry of a column; not known where the register has no such column. A choice that must be made and
    /// isn't can be any.
    pub fn quantity(&self, spec: &RegisterSpec, column: &str) -> Quantity {
        let wanting = self.position(column).and_then(|position| self.wanting(spec, position));
        wanting.map_or_else(|| self.filled_in(spec, column), |column| Reading::Unusable.quantity(&column.kind, ""))
    }

    /// Returns the column of a choice that must be made in this row, and isn't.
    fn wanting<'a>(&self, spec: &'a RegisterSpec, position: usize) -> Option<&'a RegisterColumn> {
        let is_blank = self.entry_at(position).is_blank();
        let column = spec.column(self.column(position).filter(|_| is_blank)?)?;
        let is_required = column.required.holds(&FilledIn { row: self, spec });
        let is_asked = matches!(column.kind, EntryKind::Choice(_)) && column.unusable == Unusable::Open;
        (is_asked && is_required).then_some(column)
    }

    /// Returns the same of an entry as it was filled in.
    fn filled_in(&self, spec: &RegisterSpec, column: &str) -> Quantity {
        let Some(filled) = self.entry(column).and_then(|entry| entry.filled) else { return Quantity::Unknown };
        match &filled.reading {
            Reading::Given(value) => value.into(),
            Reading::Blank => Quantity::Unknown,
            Reading::Absent => Self::absent(spec, column),
            Reading::Unusable => match spec.column(&column.into()) {
                // Whatever stands there, the row is about something.
                Some(column) if Some(&column.id) == spec.key.as_ref() => {
                    Quantity::between(Quantity::Unknown, Quantity::Unknown)
                }
                Some(column) if column.unusable == Unusable::Open => {
                    let open = filled.reading.quantity(&column.kind, &filled.written);
                    // Where nobody knows where an entry stands, there may be none.
                    if filled.written.is_empty() { open.perhaps() } else { open }
                }
                Some(_) | None => Quantity::Unknown,
            },
        }
    }

    /// Returns what expressions see of an entry whose column isn't there or can't be told: a key that is something, and of all else
    /// anything that may stand there, or nothing.
    fn absent(spec: &RegisterSpec, column: &str) -> Quantity {
        let Some(column) = spec.column(&column.into()) else { return Quantity::Unknown };
        let any = Reading::Unusable.quantity(&column.kind, "");
        if Some(&column.id) == spec.key.as_ref() { any } else { any.perhaps() }
    }

    /// Returns the name by which a row can be told outside the return: its key, without what is personal data.
    pub fn name(&self, spec: &RegisterSpec) -> String {
        let is_safe = |key: &&ColumnId| spec.column(key).is_some_and(|column| column.personal != Personal::Belongs);
        let key = spec.key.as_ref().filter(is_safe).and_then(|key| self.given(key.as_str()));
        key.map_or_else(|| format!("row {}", self.number), |key| masked(&key.to_string()).into_owned())
    }
}

/// A row as it was filled in, as the conditions see it by which its entries must be.
struct FilledIn<'a> {
    row: &'a Row,
    spec: &'a RegisterSpec,
}

impl Scope for FilledIn<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        self.spec.declared(name).map(|_| self.row.filled_in(self.spec, name))
    }

    fn attribute(&self, _: &str, _: &str) -> Option<Quantity> {
        None
    }

    fn call(&self, _: &str, _: &[Quantity]) -> Option<Quantity> {
        None
    }
}

impl<'a> RowEntry<'a> {
    /// Returns what is given.
    pub fn given(&self) -> Option<&'a EntryValue> {
        self.filled?.reading.given()
    }

    /// Whether something stands there that can't be used, or the sheet doesn't have the column.
    pub fn is_unusable(&self) -> bool {
        self.filled.is_some_and(Filled::is_unusable)
    }

    /// Whether nothing stands there.
    pub fn is_blank(&self) -> bool {
        self.filled.is_none_or(|filled| filled.reading == Reading::Blank)
    }

    /// Returns the day that is written as a mark.
    pub fn day(&self) -> Option<Date> {
        self.filled?.day
    }

    /// Returns the cell in which it stands, or would stand; `None` where the sheet doesn't have the column.
    pub fn at(&self) -> Option<CellRef> {
        self.at
    }

    /// Returns where it stands, or would stand; the sheet where that doesn't have the column.
    pub fn place(&self) -> Place {
        let sheet = self.row.sheet();
        self.at.map_or_else(|| Place::Sheet(sheet.to_owned()), |at| Place::cell(sheet, at))
    }

    /// Returns it as the person sees it; empty where nothing stands.
    pub fn written(&self) -> &'a str {
        self.filled.map_or("", |filled| &filled.written)
    }
}
