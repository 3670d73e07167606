//! The tables of one row a learner, client or partner: derived values, the outcome of a row, and sums over rows.
//!
//! A row's expressions see its columns, the values derived before, the fields, `data_date` and `row.number`; they and
//! the expressions of the whole return share the functions over rows. A register sees those before it in the framework
//! with their derived values, and those after it as they were filled in.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use jiff::civil::Date;

use super::consolidation::{Declared, Voice};
use super::row::{MarkScope, RowScope};
use super::{Outcome, RowScore, RowScores};
use crate::exact::Exact;
use crate::framework::expression::{Expression, Quantity};
use crate::framework::{ColumnId, FieldRole, Framework, RegisterId, RegisterSpec};
use crate::returns::{Entry, EntryValue, Return, Row, RowEntry};
use crate::wording::{Reference, Wording};

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

/// The rows of a register that have a column of their own in another, for one question about them.
#[derive(Debug)]
pub(super) struct Markable {
    /// The register that has the columns.
    by: RegisterId,
    /// The register whose rows are marked.
    register: RegisterId,
    /// The name that must be true of a row.
    only: Option<String>,
    /// The name by which rows are told apart.
    apart: Option<String>,
    /// For each row its column, in the order of their names, and what it is told apart by.
    pub(super) rows: Vec<(usize, String)>,
}

/// What is remembered of a register and one of its names or keys.
type ByName<T> = BTreeMap<RegisterId, BTreeMap<String, T>>;

/// Returns what is remembered of a register and a name.
fn remembered<T: Clone>(known: &RefCell<ByName<T>>, register: &str, name: &str) -> Option<T> {
    known.borrow().get(register)?.get(name).cloned()
}

/// Remembers something of a register and a name.
fn remember<T>(known: &RefCell<ByName<T>>, register: &str, name: &str, found: T) {
    known.borrow_mut().entry(register.into()).or_default().insert(name.to_owned(), found);
}

/// The rows of a register, from nought, by what one name comes to in them.
type Index = BTreeMap<String, Vec<usize>>;

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

    /// Returns the column of a register, in the order of their names, that is named like a key of another.
    pub(super) fn column_of(&self, spec: &RegisterSpec, key: &str) -> Option<usize> {
        if let Some(known) = remembered(&self.columns, spec.id.as_str(), key) {
            return known;
        }
        let row = self.filled_in(spec.id.as_str()).unwrap_or_default().first()?;
        let declared = spec.columns.iter().filter(|column| column.each.is_none()).map(|column| &column.id);
        let column = named_like(declared.chain(row.columns()).collect(), key);
        let column = column.and_then(|column| row.position(column.as_str()));
        remember(&self.columns, spec.id.as_str(), key, column);
        column
    }

    /// Returns the rows, from nought, of a register that have a column of their own in another, each after that column.
    pub(super) fn columns_of(&self, register: &RegisterId, marked: &RegisterId) -> Vec<(usize, usize)> {
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
    pub(super) fn marks(
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
            Some((entry, MarkScope { row: self.row(register, number)?, marked: self.row(marked, *other)?, mark }))
        };
        columns.iter().filter_map(mark).collect()
    }

    /// Returns the rows of a register that have a column in another: `only` names what must be true of them, `apart` what
    /// they are told apart by instead of their key.
    pub(super) fn markable(
        &self,
        by: &RegisterSpec,
        register: &str,
        only: Option<&str>,
        apart: Option<&str>,
    ) -> Option<Rc<Markable>> {
        let is_same = |known: &&Rc<Markable>| {
            known.by == by.id
                && known.register.as_str() == register
                && known.only.as_deref() == only
                && known.apart.as_deref() == apart
        };
        if let Some(known) = self.markable.borrow().iter().find(is_same) {
            return Some(Rc::clone(known));
        }
        let spec = self.spec(register)?;
        let key = spec.key.as_ref()?.as_str();
        let row = |row: usize| {
            let named = Some(self.value(register, row, key)).filter(Quantity::is_known)?;
            let column = self.column_of(by, &named.to_string())?;
            Some((column, told_apart(&self.value(register, row, apart.unwrap_or(key)))))
        };
        let rows = self.rows_where(register, only)?.into_iter().filter_map(row).collect();
        let (only, apart) = (only.map(str::to_owned), apart.map(str::to_owned));
        let found = Rc::new(Markable { by: by.id.clone(), register: spec.id.clone(), only, apart, rows });
        self.markable.borrow_mut().push(Rc::clone(&found));
        Some(found)
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
        self.framework.fields.iter().find(|field| field.id.as_str() == id)?;
        let entry = self.sent.fields.get(id).and_then(Entry::given);
        Some(entry.map(Quantity::from).into())
    }

    /// Returns a function over rows; `None` where there is no such function.
    pub(super) fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        match (function, arguments) {
            ("rows_count", [Quantity::Text(register)]) => Some(how_many(self.rows(register))),
            ("rows_count", [Quantity::Text(register), Quantity::Text(name)]) => {
                Some(how_many(self.rows_where(register, Some(name))))
            }
            ("rows_with", [Quantity::Text(register), Quantity::Text(name), value]) => {
                Some(self.with(register, name, value))
            }
            ("rows_citing", [Quantity::Text(register), Quantity::Text(name), cited]) => {
                Some(self.citing(register, name, cited))
            }
            ("opinions_given", [who]) => Some(self.opinions_given(who)),
            ("rows_any" | "rows_all", [Quantity::Text(register), Quantity::Text(name)]) => {
                Some(self.asked(function, register, name))
            }
            (
                "rows_sum" | "rows_mean" | "rows_distinct" | "rows_earliest" | "rows_latest",
                [Quantity::Text(register), Quantity::Text(name), only @ ..],
            ) => {
                let only = match only {
                    [] => None,
                    [Quantity::Text(only)] => Some(&**only),
                    _ => return Some(Quantity::Unknown),
                };
                Some(match function {
                    "rows_earliest" | "rows_latest" => self.extreme_day(function, register, name, only),
                    _ => self.gathered(function, register, name, only).into(),
                })
            }
            ("noted", [Quantity::Text(item), Quantity::Text(column)]) => Some(self.noted(item, column)),
            ("looked_up", [Quantity::Text(register), key, Quantity::Text(name)]) => {
                Some(self.looked_up(register, key, name))
            }
            (known, _) if FUNCTIONS.contains(&known) => Some(Quantity::Unknown),
            _ => None,
        }
    }

    /// Returns what stands beside the score of a criterion or measure.
    pub(super) fn noted(&self, item: &str, column: &str) -> Quantity {
        let entry = self.sent.notes.get(&(item.to_owned(), column.into()));
        entry.and_then(Entry::given).map(Quantity::from).into()
    }

    /// Returns what the framework says of a register.
    pub(super) fn spec(&self, register: &str) -> Option<&'a RegisterSpec> {
        self.framework.registers.iter().find(|spec| spec.id.as_str() == register)
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

    /// Counts the rows in which a name comes to a value.
    fn with(&self, register: &str, name: &str, value: &Quantity) -> Quantity {
        let known = value.is_known() && self.filled_in(register).is_some();
        known.then(|| Exact::from(self.where_is(register, name, value, <[usize]>::len))).into()
    }

    /// Looks at the rows, from nought, in which a name comes to a value.
    fn where_is<T>(&self, register: &str, name: &str, value: &Quantity, look: impl FnOnce(&[usize]) -> T) -> T {
        let index = remembered(&self.indexes, register, name).unwrap_or_else(|| {
            let index = Rc::new(self.index(register, name));
            // What is derived isn't there while the register's own rows are worked out; what was filled in is.
            if self.scores.contains_key(register) || self.is_filled_in(register, name) {
                remember(&self.indexes, register, name, Rc::clone(&index));
            }
            index
        });
        look(index.get(&told_apart(value)).map_or(&[], Vec::as_slice))
    }

    /// Whether a name is a column's alone, and nothing that is derived.
    fn is_filled_in(&self, register: &str, name: &str) -> bool {
        self.spec(register).is_some_and(|spec| {
            let is_derived = TOLD.contains(&name) || spec.derived.iter().any(|value| value.name == name);
            !is_derived && spec.columns.iter().any(|column| column.id.as_str() == name)
        })
    }

    /// Gathers a register's rows by what a name comes to in them.
    fn index(&self, register: &str, name: &str) -> Index {
        let mut index = Index::new();
        for row in self.rows(register).unwrap_or_default() {
            let value = self.value(register, row, name);
            if value.is_known() {
                index.entry(told_apart(&value)).or_default().push(row);
            }
        }
        index
    }

    /// Whether a name comes to a value in a row above one that stands in a row of the sheet.
    pub(super) fn stands_above(&self, register: &str, name: &str, value: &Quantity, below: u32) -> Quantity {
        let Some(rows) = self.filled_in(register).filter(|_| value.is_known()) else { return Quantity::Unknown };
        let first = self.where_is(register, name, value, |found| rows.get(*found.first()?));
        Quantity::Truth(first.is_some_and(|row| row.number < below))
    }

    /// Whether a row above one that stands in a row of the sheet says nearly the same under a name, as a slip of the keyboard
    /// makes it.
    pub(super) fn resembles_above(&self, register: &str, name: &str, value: &Quantity, below: u32) -> Quantity {
        let Some(rows) = self.filled_in(register).filter(|_| value.is_known()) else { return Quantity::Unknown };
        let words = Wording::of(&value.to_string());
        let index = self.slips(register, name);
        let candidates = words.slip_keys().into_iter().filter_map(|key| index.get(&key).cloned()).flatten();
        let mut above = candidates.filter(|row| rows.get(*row).is_some_and(|row| row.number < below));
        let is_slip = |row: usize| Wording::of(&self.value(register, row, name).to_string()).is_slip_of(&words);
        Quantity::Truth(above.any(is_slip))
    }

    /// Returns the rows by what a slip of the keyboard leaves of a name in them, gathered once.
    fn slips(&self, register: &str, name: &str) -> Rc<Index> {
        if let Some(known) = remembered(&self.slips, register, name) {
            return known;
        }
        let mut index = Index::new();
        for row in self.rows(register).unwrap_or_default() {
            let value = self.value(register, row, name);
            for key in value.is_known().then(|| Wording::of(&value.to_string()).slip_keys()).into_iter().flatten() {
                index.entry(key).or_default().push(row);
            }
        }
        let index = Rc::new(index);
        if self.scores.contains_key(register) {
            remember(&self.slips, register, name, Rc::clone(&index));
        }
        index
    }

    /// Counts the rows in which a text names a reference in brackets: `Succession (4.3, 4.5)`.
    fn citing(&self, register: &str, name: &str, cited: &Quantity) -> Quantity {
        let rows = if cited.is_known() { self.rows(register) } else { None };
        let cited = cited.to_string();
        let names_it = |row: &usize| {
            self.value(register, *row, name).text().is_some_and(|text| references(text).any(|one| one == cited))
        };
        how_many(rows.map(|rows| rows.into_iter().filter(names_it).collect()))
    }

    /// Counts the criteria on which somebody beside the raters gave a judgement that counts.
    fn opinions_given(&self, who: &Quantity) -> Quantity {
        if !who.is_known() {
            return Quantity::Unknown;
        }
        let who = Wording::of(&who.to_string());
        let theirs = self.sent.opinions.iter().filter(|((heading, _), _)| Wording::of(heading) == who);
        let given = theirs.filter(|(_, entry)| entry.given().is_some_and(|grading| grading.points.is_some()));
        Quantity::Number(given.count().into())
    }

    /// Returns the share of those beside the raters whose judgement on a criterion is a grade, each weighed by a column of
    /// the register in which they stand; those who gave none that counts are left out.
    pub(super) fn opinion_share(&self, criterion: &str, grade: &str, weight: Option<(&str, &str)>) -> Quantity {
        let opinions = self.sent.opinions.iter().filter(|((_, id), _)| id.as_str() == criterion);
        let (mut all, mut those) = (Exact::zero(), Exact::zero());
        for ((heading, _), entry) in opinions {
            let Some(grading) = entry.given().filter(|grading| grading.points.is_some()) else { continue };
            let weight = match weight {
                Some((register, column)) => self.weight_of(heading, register, column),
                None => Some(Exact::one()),
            };
            let Some(weight) = weight else { return Quantity::Unknown };
            if grading.grade == grade {
                those = those + weight.clone();
            }
            all = all + weight;
        }
        those.divided_by(&all).into()
    }

    /// Returns the grade that the judgements of those beside the raters make for the whole, by the rule that the return
    /// names; those who gave none that counts are left out.
    pub(super) fn consolidated(&self, criterion: &str) -> Quantity {
        let Some(spec) = &self.framework.consolidation else { return Quantity::Unknown };
        let opinions = self.sent.opinions.iter().filter(|((_, id), _)| id.as_str() == criterion);
        let voices = opinions.filter_map(|((heading, _), entry)| {
            let grading = entry.given().filter(|grading| grading.points.is_some())?;
            let listed = spec.register.as_ref().zip(spec.register_weight.as_ref());
            let weight =
                listed.and_then(|(register, column)| self.weight_of(heading, register.as_str(), column.as_str()));
            Some(Voice { holds: Some(grading.grade == spec.grade), weight })
        });
        let voices: Vec<Voice> = voices.collect();
        let holds = Declared::by_return(self.framework, self.sent).and_then(|declared| declared.decide(&voices));
        holds.map(|holds| Quantity::from(if holds { spec.grade.as_str() } else { spec.otherwise.as_str() })).into()
    }

    /// Returns what a column says of the row whose key is a heading.
    fn weight_of(&self, heading: &str, register: &str, column: &str) -> Option<Exact> {
        let key = self.spec(register)?.key.as_ref()?;
        let heading = Wording::of(heading);
        let named = |row: &usize| {
            self.value(register, *row, key.as_str()).text().is_some_and(|name| Wording::of(name) == heading)
        };
        let row = self.rows(register)?.into_iter().find(named)?;
        self.value(register, row, column).number().cloned()
    }

    /// Whether a name is true of any row, or of all.
    fn asked(&self, function: &str, register: &str, name: &str) -> Quantity {
        let Some(rows) = self.rows(register) else {
            return Quantity::Unknown;
        };
        let settles = function == "rows_any";
        let truths: Vec<Option<bool>> = rows.into_iter().map(|row| self.value(register, row, name).truth()).collect();
        match (truths.contains(&Some(settles)), truths.contains(&None)) {
            (true, _) => Quantity::Truth(settles),
            (false, true) => Quantity::Unknown,
            (false, false) => Quantity::Truth(!settles),
        }
    }

    /// Adds up, averages or counts apart what a name comes to.
    fn gathered(&self, function: &str, register: &str, name: &str, only: Option<&str>) -> Option<Exact> {
        let values: Vec<Quantity> =
            self.rows_where(register, only)?.into_iter().map(|row| self.value(register, row, name)).collect();
        let numbers: Vec<&Exact> = values.iter().filter_map(Quantity::number).collect();
        match function {
            "rows_sum" => Some(numbers.into_iter().sum()),
            "rows_mean" => numbers.iter().copied().sum::<Exact>().divided_by(&numbers.len().into()),
            _ => {
                let known = values.iter().filter(|value| value.is_known());
                Some(known.map(told_apart).collect::<BTreeSet<String>>().len().into())
            }
        }
    }

    /// Returns the first or the last of the days that a name comes to.
    fn extreme_day(&self, function: &str, register: &str, name: &str, only: Option<&str>) -> Quantity {
        let rows = self.rows_where(register, only).unwrap_or_default();
        let days = rows.into_iter().filter_map(|row| self.value(register, row, name).date());
        let day = if function == "rows_earliest" { days.min() } else { days.max() };
        day.map(Quantity::Date).into()
    }

    /// Returns what a name comes to in the first row that has a key.
    fn looked_up(&self, register: &str, key: &Quantity, name: &str) -> Quantity {
        let column = self.spec(register).and_then(|spec| spec.key.as_ref());
        let Some(column) = column.filter(|_| key.is_known()) else {
            return Quantity::Unknown;
        };
        let found = self.where_is(register, column.as_str(), key, |found| found.first().copied());
        found.map(|row| self.value(register, row, name)).into()
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

/// Returns the references that stand in brackets in a text.
fn references(text: &str) -> impl Iterator<Item = &str> {
    let brackets = text.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    brackets.flat_map(|inside| inside.split([',', ';', ' ', '\n', '&', '/'])).filter(|reference| !reference.is_empty())
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
                .filter(|_| agreeing.iter().all(|(known, _)| *known != column))
                .map(|reference| (column, reference)),
        );
    }
    let same = agreeing.iter().find(|(_, reference)| *reference == key);
    let only = if let [only] = &agreeing[..] { Some(only) } else { None };
    same.or(only).map(|(column, _)| *column)
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
        Quantity::Unknown => '?',
        Quantity::Number(_) => 'n',
        Quantity::Text(_) => 't',
        Quantity::Truth(_) => 'y',
        Quantity::Date(_) => 'd',
        Quantity::List(_) => 'l',
    };
    format!("{kind}{value}")
}

/// Returns how many rows there are.
fn how_many(rows: Option<Vec<usize>>) -> Quantity {
    rows.map(|rows| Exact::from(rows.len())).into()
}

/// The functions over rows.
const FUNCTIONS: [&str; 13] = [
    "looked_up",
    "noted",
    "opinions_given",
    "rows_all",
    "rows_any",
    "rows_citing",
    "rows_count",
    "rows_distinct",
    "rows_earliest",
    "rows_latest",
    "rows_mean",
    "rows_sum",
    "rows_with",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_in_brackets_however_they_are_parted() {
        for text in ["Succession (4.3, 4.5)", "Succession [4.3; 4.5]", "(4.3/4.5) Succession", "Succession (4.3) (4.5)"]
        {
            assert_eq!(references(text).collect::<Vec<_>>(), ["4.3", "4.5"], "{text}");
        }
    }

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
