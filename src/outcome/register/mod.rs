//! The tables of one row a learner, client or partner: derived values, the outcome of a row, and sums over rows.
//!
//! `function` has the functions over rows, `index` the rows by what stands in them, `mark` the rows that have a column in another
//! register, `opinion` the judgements of others than the raters.
//!
//! A row's expressions see its columns, the values derived before, the fields, `data_date` and `row.number`; they and
//! the expressions of the whole return share the functions over rows. A register sees those before it in the framework
//! with their derived values, and those after it as they were filled in.

mod function;
mod index;
mod mark;
mod opinion;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use jiff::civil::Date;

use super::row::RowScope;
use super::{Outcome, RowScore, RowScores};
use crate::framework::expression::{Expression, Quantity};
use crate::framework::{FieldRole, Framework, RegisterId, RegisterSpec};
use crate::returns::{Entry, EntryValue, Return, Row};
use index::{ByName, Index};
use mark::Markable;

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
    pub(super) fn known(framework: &'a Framework, sent: &'a Return, outcome: &Outcome) -> Self {
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

    /// Works one row out.
    fn score_row(&self, spec: &RegisterSpec, row: &Row) -> RowScore {
        let mut known = RowScore::default();
        for value in &spec.derived {
            let scope = RowScope { registers: self, spec, row, score: &known };
            let worth = value.value.evaluate(&scope);
            known.derived.push(worth);
        }
        let Some(outcome) = &spec.outcome else { return known };
        let scope = RowScope { registers: self, spec, row, score: &known };
        let text = |expression: &Expression| expression.evaluate(&scope).text().map(str::to_owned);
        let comes_to = text(&outcome.value);
        let stated = outcome.stated_as.as_ref().map_or_else(|| comes_to.clone(), text);
        let needed = outcome.actions.iter().filter(|action| action.when.evaluate(&scope) == Quantity::Truth(true));
        let actions = needed.map(|action| (action.id.clone(), action.text.render(&scope))).collect();
        RowScore { outcome: comes_to, stated, actions, ..known }
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

    /// Returns what a field says; `None` where the framework has no such field.
    pub(super) fn field(&self, id: &str) -> Option<Quantity> {
        self.framework.field(id)?;
        let entry = self.sent.fields.get(id).and_then(Entry::given);
        Some(entry.map(Quantity::from).into())
    }

    /// Returns what stands beside the score of a criterion or measure.
    pub(super) fn noted(&self, item: &str, column: &str) -> Quantity {
        let entry = self.sent.notes.get(&(item.to_owned(), column.into()));
        entry.and_then(Entry::given).map(Quantity::from).into()
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

    /// Returns the numbers of the rows of which a name is true, or given where it is neither true nor false.
    pub(super) fn rows_where(&self, register: &str, name: Option<&str>) -> Option<Vec<usize>> {
        let rows = self.rows(register)?;
        let Some(name) = name else {
            return Some(rows);
        };
        let holds = |value: &Quantity| value.truth().unwrap_or(value.is_known());
        Some(rows.into_iter().filter(|row| holds(&self.value(register, *row, name))).collect())
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
        row.and_then(|row| row.given(name)).map(Quantity::from).into()
    }
}

/// The names that a row's outcome gives.
const TOLD: [&str; 3] = ["outcome", "outcome_title", "actions_needed"];

/// Returns what a name of a row's outcome comes to; `None` where it is none, or the row has no outcome.
pub(super) fn comes_to(spec: &RegisterSpec, score: &RowScore, name: &str) -> Option<Quantity> {
    let outcome = score.outcome.as_deref()?;
    match name {
        "outcome" => Some(Quantity::from(outcome)),
        "outcome_title" => Some(Quantity::from(spec.outcome.as_ref()?.titled(outcome))),
        "actions_needed" => Some(score.needed().into()),
        _ => None,
    }
}
