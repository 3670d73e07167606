//! A return in types: every answer is given, blank, unusable or absent, and knows its place.
//!
//! [`extract`] reads it from a workbook by its layout: `grade` reads answers, `entry` everything else that senders fill in,
//! `register` the rows of tables (`rows` finds them, `line` and `sum` tell what is none, `doubt` what may be none, `row` keeps them), `day` reads days, `number` and `date` what was
//! typed as text (`unit` in which unit, `currency` in which money, `percent` which answers are percentages), `second` columns of answers beside the form's, `again` columns with one heading, `headed` columns that tell who people are, `stopgap` what stands in for words, `covered` what lies under merged cells, `unseen` what else isn't seen, `unformatted` days whose formats were dropped, `rival` where several
//! sheets fit alike, `private` what stays in the return, `asked` what isn't asked of it. Each says what is wrong where it meets it; what is missing is judged later, when all
//! that was said is known.

mod again;
mod asked;
mod cited;
mod covered;
mod currency;
mod date;
mod day;
mod displaced;
mod doubt;
mod empty;
mod entry;
mod extract;
mod field_scope;
mod grade;
mod headed;
mod identifier;
mod in_brackets;
mod line;
mod lost;
mod named;
mod number;
mod people;
mod percent;
mod pictured;
mod place;
mod private;
mod register;
mod rival;
mod row;
mod rows;
pub mod rule;
mod second;
mod stopgap;
mod sum;
mod twice;
mod unformatted;
mod unit;
mod unplanned;
mod unseen;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::cell::CellRange;
use crate::exact::Exact;
use crate::finding::Place;
use crate::framework::expression::Quantity;
use crate::framework::{
    ColumnId, CriterionId, EntryKind, FieldId, FieldRole, Framework, MeasureId, RaterId, RegisterId,
};

pub use asked::{Asked, NOT_APPLICABLE, settle, variants, wanting};
pub use cited::Cited;
pub use empty::is_empty;
pub use extract::extract;
pub use grade::takes;
pub use identifier::registered;
pub use in_brackets::in_brackets;
pub use named::named;
pub use private::Private;
pub use row::{Columns, Filled, Register, Row, RowEntry};
pub use stopgap::names_nothing;

/// What came of reading one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// It says this.
    Given(T),
    /// Nothing stands there, or only the form's own placeholder.
    Blank,
    /// Something stands there that can't be used.
    Unusable,
    /// The form has such a place, this workbook doesn't.
    Absent,
}

impl<T> Reading<T> {
    /// Returns what is given.
    pub fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Blank | Self::Unusable | Self::Absent => None,
        }
    }

    /// Returns what came of it, without what it says.
    pub fn state(&self) -> State {
        match self {
            Self::Given(_) => State::Given,
            Self::Blank => State::Blank,
            Self::Unusable => State::Unusable,
            Self::Absent => State::Absent,
        }
    }
}

/// What came of reading one place, without what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It says something.
    Given,
    /// Nothing stands there, or only the form's own placeholder.
    Blank,
    /// Something stands there that can't be used.
    Unusable,
    /// The form has such a place, the workbook doesn't.
    Absent,
}

impl State {
    /// Returns the word that results use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Blank => "blank",
            Self::Unusable => "unusable",
            Self::Absent => "absent",
        }
    }
}

/// An entry: what it says, where it stands and how it was written.
#[derive(Clone, Debug)]
pub struct Entry<T = EntryValue> {
    /// What it says.
    pub reading: Reading<T>,
    /// Where it stands, or would stand; `None` where it is absent.
    pub place: Option<Place>,
    /// As the person sees it; empty where nothing stands.
    pub written: String,
}

impl<T> Entry<T> {
    /// Returns what is known without a workbook.
    pub fn unplaced(reading: Reading<T>) -> Self {
        Self { reading, place: None, written: String::new() }
    }

    /// Returns the entry of a place that the workbook doesn't have.
    pub fn absent() -> Self {
        Self::unplaced(Reading::Absent)
    }

    /// Returns what is given.
    pub fn given(&self) -> Option<&T> {
        self.reading.given()
    }
}

impl Entry {
    /// Returns what expressions see of the entry of a field.
    pub fn quantity(&self, kind: &EntryKind) -> Quantity {
        self.reading.quantity(kind, &self.written)
    }
}

impl Reading<EntryValue> {
    /// Whether words stand there that name nothing: “N/A”, “None”.
    pub(crate) fn names_nothing(&self) -> bool {
        match self {
            Self::Given(EntryValue::Text(text)) => names_nothing(text),
            Self::Given(EntryValue::Number(_) | EntryValue::Date(_)) | Self::Blank | Self::Unusable | Self::Absent => {
                false
            }
        }
    }

    /// Returns what expressions see of it: what can't be used is something all the same, and open. Words that were never written
    /// are nothing.
    pub(crate) fn quantity(&self, kind: &EntryKind, written: &str) -> Quantity {
        match self {
            Self::Given(value) => value.into(),
            Self::Blank | Self::Absent => Quantity::Unknown,
            Self::Unusable => unusable(kind, stopgap::may_be_nothing(written)),
        }
    }
}

/// Returns all that an entry of a kind can be where it can't be used.
fn unusable(kind: &EntryKind, is_stopgap: bool) -> Quantity {
    let open = match kind {
        EntryKind::Text | EntryKind::Contact if is_stopgap => return Quantity::Unknown,
        EntryKind::Choice(choices) | EntryKind::Mark(choices) => {
            Quantity::one_of(choices.iter().filter_map(|names| names.first()).map(|name| name.as_str().into()))
        }
        EntryKind::Number { minimum, maximum, .. } => Quantity::between(minimum.clone().into(), maximum.clone().into()),
        EntryKind::Date(_)
        | EntryKind::Text
        | EntryKind::Contact
        | EntryKind::Reference(_)
        | EntryKind::Registration(_) => Quantity::between(Quantity::Unknown, Quantity::Unknown),
    };
    if is_stopgap { open.perhaps() } else { open }
}

/// What an entry of a field, a register or a column beside a score says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryValue {
    /// Words, a reference or a choice (by the choice's name).
    Text(Arc<str>),
    /// A number.
    Number(Exact),
    /// A day.
    Date(Date),
}

/// An answer on a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grading {
    /// As results name it: `3`, `Accredited`.
    pub grade: String,
    /// What it counts; `None` where it leaves the outcome open.
    pub points: Option<Exact>,
    /// Whether it leaves the section's maximum ("N/A" where the scale drops it).
    pub standing: Standing,
}

/// Whether an answer takes part in its section's maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Counts,
    /// It doesn't apply, and leaves the maximum.
    Dropped,
}

/// What a return says.
#[derive(Clone, Debug)]
pub struct Return {
    /// The rater whose answers make the outcome.
    pub counts: RaterId,
    /// The fields of the cover; each of the framework's is there.
    pub fields: BTreeMap<FieldId, Entry>,
    /// The answers, by rater and criterion; each of the framework's pairs that the form has a column for is there.
    pub answers: BTreeMap<(RaterId, CriterionId), Entry<Grading>>,
    /// The points claimed for measures, by rater and measure.
    pub points: BTreeMap<(RaterId, MeasureId), Entry<Exact>>,
    /// The measured values, by measure.
    pub results: BTreeMap<MeasureId, Entry<Exact>>,
    /// What stands beside the scores, by criterion or measure, and column.
    pub notes: BTreeMap<(String, ColumnId), Entry>,
    /// The judgements of others than the raters, by the heading over them and the criterion.
    pub opinions: BTreeMap<(String, CriterionId), Entry<Grading>>,
    /// The registers, by name; absent ones have no entry.
    pub registers: BTreeMap<RegisterId, Register>,
    /// The stated totals, weights and outcomes, by their name in the framework; absent ones have no entry.
    pub stated: BTreeMap<String, StatedEntry>,
    /// Whether its workbook has formulas, so that what stands where the form has one was typed over it: some programs keep only what
    /// formulas gave.
    pub keeps_formulas: bool,
    /// What isn't asked of it, or may not be.
    pub asked: Asked,
    /// What can't be told of it.
    pub untold: Untold,
    /// What stays in the return.
    pub private: Private,
}

/// What can't be told of a return: what isn't the same on several sheets of which nothing tells which counts, and what stands below
/// headings that nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Untold {
    /// The criteria and measures whose answers, points or results may be others: they can't be used.
    pub items: BTreeSet<String>,
    /// The registers whose rows may be others, each with the sheet on which it stands: none of them counts. So do those that may go on on
    /// another sheet, each with that; their own rows are there.
    pub registers: BTreeMap<RegisterId, String>,
    /// Those of them over whose blank rows a picture lies, each with the cells below it.
    pub pictured: BTreeMap<RegisterId, CellRange>,
}

/// What a workbook states of itself at one place.
#[derive(Clone, Debug)]
pub struct StatedEntry {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub value: StatedValue,
    /// As the person sees it.
    pub written: String,
    /// As the person sees it, with the number that it stands for where that is another.
    pub told: String,
    /// Whether it is worked out by a formula.
    pub origin: Origin,
}

/// What a stated value says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatedValue {
    /// Nothing.
    Blank,
    /// A formula that has no stored result.
    NotCalculated,
    /// A number, exact as its shortest decimal.
    Number(Exact),
    /// A text.
    Text(String),
    /// An error value, a date or a truth: nothing that can be compared.
    Other,
}

/// How a value came into its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was typed.
    Typed,
    /// A formula worked it out.
    Formula,
}

impl Return {
    /// Returns the cells of answers, of points and of results of measures.
    pub fn places_of_answers(&self) -> impl Iterator<Item = &Place> {
        let answers = self.answers.values().map(|entry| &entry.place);
        let numbers = self.points.values().chain(self.results.values()).map(|entry| &entry.place);
        answers.chain(numbers).flatten()
    }

    /// Returns the cells of the cover's entries, and of what is noted beside answers.
    pub fn places_of_entries(&self) -> impl Iterator<Item = &Place> {
        self.notes.values().chain(self.fields.values()).filter_map(|entry| entry.place.as_ref())
    }

    /// Returns a return that says nothing, with the rater whose answers make the outcome.
    pub fn empty(counts: RaterId) -> Self {
        Self {
            counts,
            fields: BTreeMap::new(),
            answers: BTreeMap::new(),
            points: BTreeMap::new(),
            results: BTreeMap::new(),
            notes: BTreeMap::new(),
            opinions: BTreeMap::new(),
            registers: BTreeMap::new(),
            stated: BTreeMap::new(),
            keeps_formulas: false,
            asked: Asked::default(),
            untold: Untold::default(),
            private: Private::default(),
        }
    }

    /// Returns what stands in the field that plays a role.
    pub fn role(&self, framework: &Framework, role: FieldRole) -> Option<&EntryValue> {
        self.fields.get(&framework.field_for(role)?.id)?.given()
    }

    /// Returns whose return it is, where it says so.
    pub fn organisation(&self, framework: &Framework) -> Option<String> {
        self.role(framework, FieldRole::Organisation).map(ToString::to_string)
    }
}

impl EntryValue {
    /// Returns the number that it is.
    pub fn number(&self) -> Option<&Exact> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(_) | Self::Date(_) => None,
        }
    }

    /// Returns the day that it is.
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Text(_) | Self::Number(_) => None,
        }
    }

    /// Whether it is what an expression came to.
    pub fn is(&self, quantity: &Quantity) -> bool {
        match (self, quantity) {
            (Self::Text(text), Quantity::Text(other)) => text == other,
            (Self::Number(number), Quantity::Number(other)) => number == other,
            (Self::Date(date), Quantity::Date(other)) => date == other,
            _ => false,
        }
    }
}

impl From<&str> for EntryValue {
    /// Takes what is written as an exact number or a day as such, and all else as words.
    fn from(text: &str) -> Self {
        let number = text.parse::<Exact>().ok().filter(|number| number.to_string() == text);
        let day = || text.parse::<Date>().ok().filter(|day| day.to_string() == text);
        let words = || Self::Text(text.into());
        number.map(Self::Number).or_else(|| day().map(Self::Date)).unwrap_or_else(words)
    }
}

impl Serialize for EntryValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(String::deserialize(deserializer)?.as_str().into())
    }
}

impl JsonSchema for EntryValue {
    fn schema_name() -> Cow<'static, str> {
        "EntryValue".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl From<&EntryValue> for Quantity {
    fn from(value: &EntryValue) -> Self {
        match value {
            EntryValue::Text(text) => Self::Text(Arc::clone(text)),
            EntryValue::Number(number) => Self::Number(number.clone()),
            EntryValue::Date(date) => Self::Date(*date),
        }
    }
}

impl std::fmt::Display for EntryValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Date(date) => date.fmt(f),
        }
    }
}
