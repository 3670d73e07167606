//! The tables of one row a learner, client or partner: derived values, the outcome of a row, and sums over rows.
//!
//! `function` has the functions over rows, `gather` their sums and counts, `index` the rows by what stands in them, `mark` the rows
//! that have a column in another register, `opinion` the judgements of others than the raters, `sure` whether something surely holds.
//!
//! A row's expressions see its columns, the values derived before, the fields, `data_date` and `row.number`; they and
//! the expressions of the whole return share the functions over rows. A register sees those before it in the framework
//! with their derived values, and those after it as they were filled in.
//!
//! A row with an entry that can't be used is worked out for each way of completing it, where these are few (`completion`), and
//! comes to all that they give; what rests on it can't be told.

mod completion;
mod function;
mod gather;
mod index;
mod mark;
mod opinion;
mod sure;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use jiff::civil::Date;

use super::row::RowScope;
use super::{Outcome, RowScore, RowScores};
use crate::finding::Place;
use crate::framework::expression::{Expression, Mention, Quantity};
use crate::framework::{
    ColumnId, Field, FieldId, FieldRole, Framework, Holds, Presence, RegisterId, RegisterSpec, RowAction,
};
use crate::returns::{Entry, EntryValue, Reading, Return, Row, Untold};
use index::{ByName, Index};
use mark::Markable;
pub(super) use sure::{OPEN_KIND, Sure};

/// All registers of a return with what was derived, and the fields.
#[derive(Debug)]
pub(super) struct Registers<'a> {
    framework: &'a Framework,
    sent: &'a Return,
    fallback: Option<Date>,
    scores: Arc<RowScores>,
    /// The rows by what a name comes to in them, gathered when first asked for.
    indexes: RefCell<ByName<Rc<Index>>>,
    /// The rows by what a slip of the keyboard leaves of a name, gathered when first asked for.
    slips: RefCell<ByName<Rc<Index>>>,
    /// The columns that are named like a key, looked for when first asked for.
    columns: RefCell<ByName<Option<usize>>>,
    /// The rows that can be marked, gathered when first asked for; only while no more rows are worked out.
    markable: RefCell<Vec<Rc<Markable>>>,
}

impl<'a> Registers<'a> {
    /// Works out all rows, register after register.
    pub(super) fn score(framework: &'a Framework, sent: &'a Return, fallback: Option<Date>) -> Self {
        let mut registers = Self::holding(framework, sent, fallback, Arc::default());
        for spec in &framework.registers {
            if let Some(register) = sent.registers.get(&spec.id) {
                let rows = register.rows.iter().map(|row| registers.score_row(spec, row)).collect();
                Arc::make_mut(&mut registers.scores).insert(spec.id.clone(), rows);
                registers.markable.get_mut().clear();
            }
        }
        registers
    }

    /// Takes up what an outcome worked out.
    pub(super) fn of_outcome(framework: &'a Framework, sent: &'a Return, outcome: &Outcome) -> Self {
        Self::holding(framework, sent, outcome.data_date, Arc::clone(&outcome.registers))
    }

    /// Takes up what was worked out, to be looked at from the start.
    pub(super) fn again(&self) -> Self {
        Self::holding(self.framework, self.sent, self.fallback, Arc::clone(&self.scores))
    }

    fn holding(framework: &'a Framework, sent: &'a Return, fallback: Option<Date>, scores: Arc<RowScores>) -> Self {
        Self {
            framework,
            sent,
            fallback,
            scores,
            indexes: RefCell::default(),
            slips: RefCell::default(),
            columns: RefCell::default(),
            markable: RefCell::default(),
        }
    }

    /// Returns what was worked out.
    pub(super) fn scores(&self) -> &Arc<RowScores> {
        &self.scores
    }

    /// Works one row out, for each way of completing it.
    fn score_row(&self, spec: &RegisterSpec, row: &Row) -> RowScore {
        match completion::completions(spec, row) {
            Some(rows) => {
                let scores: Vec<RowScore> = rows.iter().map(|row| self.score_as_it_is(spec, row)).collect();
                completion::together(spec, &scores)
            }
            None => self.score_as_it_is(spec, row),
        }
    }

    /// Works one row out as it is.
    fn score_as_it_is(&self, spec: &RegisterSpec, row: &Row) -> RowScore {
        let mut row_score = RowScore::default();
        for value in &spec.derived {
            let scope = RowScope { registers: self, spec, row, score: &row_score };
            let worth = value.value.evaluate(&scope);
            row_score.derived.push(worth);
        }
        let Some(outcome) = &spec.outcome else { return row_score };
        let scope = RowScope { registers: self, spec, row, score: &row_score };
        let comes_to = outcome.value.evaluate(&scope);
        let stated = outcome.stated_as.as_ref().map_or_else(|| comes_to.clone(), |stated| stated.evaluate(&scope));
        let when = |action: &RowAction| action.when.evaluate(&scope);
        let needed = outcome.actions.iter().filter(|action| when(action) == Quantity::Truth(true));
        let actions = needed.map(|action| (action.id.clone(), action.text.render(&scope))).collect();
        let may_need_more = outcome.actions.iter().any(|action| when(action).is_open());
        RowScore { comes_to, stated, actions, may_need_more, ..row_score }
    }

    /// Returns a row as its expressions see it; `None` where there is no such row.
    pub(super) fn row(&'a self, register: &RegisterId, number: usize) -> Option<RowScope<'a>> {
        let spec = self.spec(register.as_str())?;
        let row = self.sent.registers.get(register)?.rows.get(number)?;
        let score = self.scores.get(register)?.get(number)?;
        Some(RowScope { registers: self, spec, row, score })
    }

    /// Returns the day from which ages count.
    pub(super) fn data_date(&self) -> Option<Date> {
        match self.sent.role(self.framework, FieldRole::DataDate) {
            Some(EntryValue::Date(date)) => Some(*date),
            Some(EntryValue::Text(_) | EntryValue::Number(_)) | None => self.fallback,
        }
    }

    /// Returns the day from which ages count, as expressions see it: one that is stated and can't be read can't be told.
    pub(super) fn day(&self) -> Quantity {
        let stated = self.framework.field_for(FieldRole::DataDate).and_then(|field| self.field(field.id.as_str()));
        let known = || self.data_date().map(Quantity::Date).into();
        stated.filter(Quantity::is_open).unwrap_or_else(known)
    }

    /// Returns what a field says; `None` where the framework has no such field.
    pub(super) fn field(&self, id: &str) -> Option<Quantity> {
        let kind = &self.framework.field(id)?.kind;
        Some(self.sent.fields.get(id).map_or(Quantity::Unknown, |entry| entry.quantity(kind)))
    }

    /// Returns what a field may come to say: one that must be filled in and isn't can be all that it may say, or stay as it is.
    pub(super) fn filled_in_field(&self, id: &str) -> Option<Quantity> {
        let field = self.framework.field(id)?;
        let any = || Reading::Unusable.quantity(&field.kind, "").perhaps();
        if self.is_wanting(field) { Some(any()) } else { self.field(id) }
    }

    /// Whether a field must be filled in and isn't.
    fn is_wanting(&self, field: &Field) -> bool {
        let is_given = |entry: &Entry| !entry.is_blank();
        matches!(field.required, Presence::Required) && !self.sent.fields.get(&field.id).is_some_and(is_given)
    }

    /// Returns what stands beside the score of a criterion or measure.
    pub(super) fn noted(&self, item: &str, column: &str) -> Quantity {
        let entry = self.sent.notes.get(&(item.to_owned(), column.into()));
        let Some(Holds::Entry(kind)) = self.framework.column(&column.into()).map(|column| &column.holds) else {
            return Quantity::Unknown;
        };
        match entry {
            Some(Entry { reading: Reading::Absent, .. }) => Reading::Unusable.quantity(kind, "").perhaps(),
            Some(entry) => entry.quantity(kind),
            None => Quantity::Unknown,
        }
    }

    /// Returns where it stands.
    pub(super) fn noted_at(&self, item: &str, column: &ColumnId) -> Option<Place> {
        self.sent.notes.get(&(item.to_owned(), column.clone()))?.place.clone()
    }

    /// Returns where the entries stand that an expression takes from the cover and from beside criteria.
    pub(super) fn places_of(&self, expression: &Expression) -> Vec<Place> {
        let text = |argument: &Option<Quantity>| argument.as_ref().and_then(Quantity::text).map(str::to_owned);
        let place = |mention: &Mention| match mention {
            Mention::Attribute(of, field) if of == "field" => self.sent.fields.get(field.as_str())?.place.clone(),
            Mention::Call(function, arguments) if function == "noted" => {
                let (item, column) = (text(arguments.first()?)?, text(arguments.get(1)?)?);
                self.noted_at(&item, &column.as_str().into())
            }
            Mention::Attribute(..) | Mention::Call(..) | Mention::Name(_) => None,
        };
        expression.names().iter().filter_map(place).collect()
    }

    /// Returns what isn't the same on several sheets of which nothing tells which counts.
    pub(super) fn untold(&self) -> &'a Untold {
        &self.sent.untold
    }

    /// Returns where entries of the cover and of registers stand that are wanting or can't be used and leave open what rests on them.
    pub(super) fn unusable(&self) -> Vec<Place> {
        self.unusable_of(|_| true, |_| true)
    }

    /// Returns these of some fields and registers.
    pub(super) fn unusable_of(
        &self,
        is_field: impl Fn(&FieldId) -> bool,
        is_register: impl Fn(&RegisterId) -> bool,
    ) -> Vec<Place> {
        let of_cover = self.framework.fields.iter().filter(|field| is_field(&field.id)).filter_map(|field| {
            let entry = self.sent.fields.get(&field.id)?;
            let is_open = entry.quantity(&field.kind).is_open() || self.is_wanting(field);
            entry.place.clone().filter(|_| is_open)
        });
        let of_row = |spec: &'a RegisterSpec, row: &'a Row| {
            let is_open = |position: &usize| {
                row.column(*position).is_some_and(|column| row.quantity(spec, column.as_str()).is_open())
            };
            row.unusable(spec).filter(is_open).map(|position| row.entry_at(position).place()).collect::<Vec<_>>()
        };
        let registers = self.framework.registers.iter().filter(|spec| is_register(&spec.id));
        let registers = registers.filter_map(|spec| Some((spec, self.sent.registers.get(&spec.id)?)));
        let of_registers = registers.flat_map(|(spec, register)| {
            let doubtful = register.doubtful().filter_map(|line| line.entries().find(|entry| !entry.is_blank()));
            let entries = register.rows.iter().flat_map(move |row| of_row(spec, row));
            entries.chain(doubtful.map(|entry| entry.place()))
        });
        let untold = self.sent.untold.registers.values().map(|sheet| Place::Sheet(sheet.clone()));
        // Of a sheet that lacks a column each row is open for one reason.
        let mut sheets = BTreeSet::new();
        let is_new = |place: &Place| place.cells().is_some() || sheets.insert(place.clone());
        of_cover.chain(of_registers).chain(untold).filter(is_new).collect()
    }

    /// Returns what the framework says of a register.
    pub(super) fn spec(&self, register: &str) -> Option<&'a RegisterSpec> {
        self.framework.register(register)
    }

    /// Returns a register's rows as they were filled in; `None` where the return doesn't have it.
    pub(super) fn filled_in(&self, register: &str) -> Option<&'a [Row]> {
        Some(&self.sent.registers.get(register)?.rows)
    }

    /// Returns the numbers of a register's rows; `None` where the return doesn't have it.
    fn rows(&self, register: &str) -> Option<Vec<usize>> {
        Some((0..self.sent.registers.get(register)?.rows.len()).collect())
    }

    /// Returns the numbers of the rows of which a name is true, or given where it is neither true nor false, and of those of
    /// which that can't be told.
    pub(super) fn rows_where(&self, register: &str, name: Option<&str>) -> Option<Vec<(usize, Sure)>> {
        let sure = |row: usize| {
            let value = name.map_or(Quantity::Truth(true), |name| self.value(register, row, name));
            Some((row, Sure::of(&value)?))
        };
        Some(self.rows(register)?.into_iter().filter_map(sure).collect())
    }

    /// Returns what a name comes to in a row.
    pub(super) fn value(&self, register: &str, row: usize, name: &str) -> Quantity {
        let score = self.scores.get(register).and_then(|rows| rows.get(row));
        if let Some((spec, score)) = self.spec(register).zip(score) {
            let derived = score.derived(spec, name).cloned();
            if let Some(told) = derived.or_else(|| comes_to(spec, score, name)) {
                return told;
            }
        }
        let row = self.sent.registers.get(register).and_then(|register| register.rows.get(row));
        row.zip(self.spec(register)).map_or(Quantity::Unknown, |(row, spec)| row.quantity(spec, name))
    }
}

/// The names that a row's outcome gives.
const TOLD: [&str; 3] = ["outcome", "outcome_title", "actions_needed"];

/// Returns what a name of a row's outcome comes to; `None` where it is none, or the row has no outcome.
pub(super) fn comes_to(spec: &RegisterSpec, score: &RowScore, name: &str) -> Option<Quantity> {
    let titled = |id: &str| Some(Quantity::from(spec.outcome.as_ref()?.titled(id)));
    match (name, &score.comes_to) {
        (_, Quantity::Unknown) => None,
        ("outcome", comes_to) => Some(comes_to.clone()),
        ("outcome_title", Quantity::Text(id)) => titled(id),
        ("outcome_title", comes_to) => {
            Some(Quantity::one_of(comes_to.all().filter_map(Quantity::text).filter_map(titled)))
        }
        ("actions_needed", _) if score.actions.is_empty() && score.may_need_more => Some(Quantity::open()),
        ("actions_needed", _) => Some(score.needed().into()),
        _ => None,
    }
}
