//! Sheets, fields, tables, registers and stated totals as a pack writes them.
//!
//! Places are told by names, labels and headings, never by cells, so that a return survives inserted rows, moved columns
//! and renamed sheets.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::outcome::ForEach;
use super::{Number, ValueEntry};
use crate::framework::{Personal, PlanColumns, Remarks, RowResult, RowsAre, StatedKind, Unusable};

/// A sheet of the form.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetEntry {
    /// The name in this pack.
    pub id: String,
    /// The name on the tab.
    pub title: String,
    /// Other names that it goes by.
    #[serde(default)]
    pub also: Vec<String>,
    /// Texts on the sheet that tell it when its name doesn't: titles, headings.
    #[serde(default)]
    pub signs: Vec<String>,
    /// `always` (so it is without this key), `never`, or the condition under which a return without it can't be accepted.
    #[serde(default)]
    pub required: Option<String>,
}

/// A labelled entry, the entry standing right of its label.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldEntry {
    /// The name: `organisation`.
    pub id: String,
    /// The sheet.
    pub sheet: String,
    /// The label, as the form words it.
    pub label: String,
    /// Other labels that it goes by.
    #[serde(default)]
    pub also: Vec<String>,
    /// The label at the beginning of its row, where several rows have the same label in them.
    #[serde(default)]
    pub row: Option<String>,
    /// What may stand there.
    pub kind: KindEntry,
    /// Other ways to write a choice, by choice.
    #[serde(default)]
    pub spellings: BTreeMap<String, Vec<String>>,
    /// `always`, `never` (so it is without this key), or the condition under which it must be filled in.
    #[serde(default)]
    pub required: Option<String>,
    /// What the program uses it for.
    #[serde(default)]
    pub role: Option<crate::framework::FieldRole>,
}

/// What an entry may be.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KindEntry {
    /// Any text.
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number, or another way to reach somebody.
    Contact,
    /// Any number.
    Number,
    /// Any whole number.
    Whole,
    /// Any day.
    Date,
    /// A day that may not be after the data date.
    PastDate,
    /// A reference of any shape.
    Reference,
    /// A number from the first to the second: `{ between = [0, 168] }`.
    Between([Number; 2]),
    /// A number from this one up: `{ at-least = 0 }`.
    AtLeast(Number),
    /// A whole number from the first to the second: `{ whole-between = [0, 196] }`.
    WholeBetween([Number; 2]),
    /// A whole number from this one up: `{ whole-at-least = 0 }`.
    WholeAtLeast(Number),
    /// One of these: `{ choice = ["Y", "N"] }`.
    Choice(Vec<String>),
    /// One of these, or a date, which stands for the first: `{ mark = ["Y", "N"] }`.
    Mark(Vec<String>),
    /// A reference of a shape, `A` standing for a letter and `9` for a digit: `{ shape = "AAA9999" }`.
    Shape(String),
    /// A number of a public register: `{ registration = { registers = { ULN = "uln" } } }`.
    Registration(RegistrationEntry),
}

impl KindEntry {
    /// Returns what it may be one of; `None` where it isn't one of several.
    pub fn choices(&self) -> Option<&[String]> {
        match self {
            Self::Choice(choices) | Self::Mark(choices) => Some(choices),
            Self::Text
            | Self::Email
            | Self::Contact
            | Self::Number
            | Self::Whole
            | Self::Date
            | Self::PastDate
            | Self::Reference
            | Self::Between(_)
            | Self::AtLeast(_)
            | Self::WholeBetween(_)
            | Self::WholeAtLeast(_)
            | Self::Shape(_)
            | Self::Registration(_) => None,
        }
    }
}

/// Which public registers a number may be of. They are `ccni`, `charity-commission`, `companies-house`, `oscr`, `ukprn`
/// and `uln`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationEntry {
    /// The column of the same row in which the sender names the register.
    #[serde(default)]
    pub stated_in: Option<String>,
    /// The registers, by the word of that column: `{ UKPRN = "ukprn" }`. Where there is one and no column, every number is
    /// of it; where a row names none, a number that several could have is told as ambiguous.
    #[serde(default)]
    pub registers: BTreeMap<String, String>,
    /// The registers, by what stands before a number: `{ CCEW = "charity-commission" }` reads "CCEW 1090095".
    #[serde(default)]
    pub marks: BTreeMap<String, String>,
}

/// A table of criteria or measures.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// The sections whose rows it holds, in order.
    pub sections: Vec<String>,
    /// The sheet; without it, each section has such a table on its own sheet.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The columns, in the form's order.
    pub columns: Vec<ColumnEntry>,
}

/// A column of a table of criteria or measures.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnEntry {
    /// The name, which requirements use.
    pub id: String,
    /// The heading, as the form words it; empty where the form has none.
    pub heading: String,
    /// Other headings that it goes by.
    #[serde(default)]
    pub also: Vec<String>,
    /// What stands in it.
    pub holds: HoldsEntry,
    /// Other ways to write a choice, by choice.
    #[serde(default)]
    pub spellings: BTreeMap<String, Vec<String>>,
    /// Whether it holds evidence: words that are compared within a return and between returns.
    #[serde(default)]
    pub evidence: bool,
    /// The words that tell strengths and development areas apart, where it holds such remarks; a remark that begins with
    /// none of them is a strength beside the best grade and else a development area.
    #[serde(default)]
    pub remarks: Option<Remarks>,
    /// `always` (so it is without this key for scores and the form's code and text), `never` (so it is for others), or
    /// the condition under which the table can't be read without it.
    #[serde(default)]
    pub required: Option<String>,
}

/// What stands in a column of a table of criteria or measures.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HoldsEntry {
    /// The name of the row.
    Code,
    /// The text of the row.
    Text,
    /// The name, then the text.
    CodeAndText,
    /// More of the form's own text.
    Form,
    /// The measured value.
    Result,
    /// Judgements of others than the raters, one column each under headings of the sender's own, between the columns that
    /// stand beside this one.
    Opinions,
    /// The score, or the points, that a rater gives: `{ score = "assessor" }`.
    Score(String),
    /// What the sender enters beside the score: `{ entry = "text" }`.
    Entry(KindEntry),
}

impl HoldsEntry {
    /// Returns what the sender enters beside the score; `None` where the column is for something else.
    pub fn entry(&self) -> Option<&KindEntry> {
        match self {
            Self::Entry(kind) => Some(kind),
            Self::Code
            | Self::Text
            | Self::CodeAndText
            | Self::Form
            | Self::Result
            | Self::Opinions
            | Self::Score(_) => None,
        }
    }
}

/// A table of one row a learner, client, partner or action.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterEntry {
    /// The name, under which expressions see it: `clients`.
    pub id: String,
    /// As people call it.
    pub title: String,
    /// What a row is about: "client".
    pub row_noun: String,
    /// What rows are: of what isn't people the team is told all; what is passed on tells of it as of people.
    #[serde(default)]
    pub rows_are: RowsAre,
    /// The sheet.
    pub sheet: String,
    /// The columns, in the form's order.
    pub columns: Vec<RegisterColumnEntry>,
    /// The column whose entries must be unique.
    #[serde(default)]
    pub key: Option<String>,
    /// Columns of which one must be filled in for a row to be begun, where the form has printed others; without it, any.
    #[serde(default)]
    pub begun_by: Vec<String>,
    /// Texts of the form below the rows; the rows end above the first of them.
    #[serde(default)]
    pub ends_at: Vec<String>,
    /// Values worked out for each row; each sees the columns, the fields and the values above it.
    #[serde(default)]
    pub derived: Vec<ValueEntry>,
    /// Columns whose dates must not go backwards, in this order.
    #[serde(default)]
    pub date_order: Vec<String>,
    /// Columns that must all be filled in once a row is begun.
    #[serde(default)]
    pub complete: Vec<String>,
    /// What each row comes to.
    #[serde(default)]
    pub outcome: Option<RowOutcomeEntry>,
    /// `always`, `never` (so it is without this key), or the condition over the fields under which there must be rows. What rests on a register
    /// that must have some and is empty can't be told. Where a pack says nothing, or `never`, one mustn't be empty
    /// whose rows those of other registers name or mark.
    #[serde(default)]
    pub required: Option<String>,
    /// Which columns say what is to be improved and how, where the register is the return's improvement plan.
    #[serde(default)]
    pub plan: Option<PlanColumns>,
}

impl RegisterEntry {
    /// Returns the column of this name.
    pub fn column(&self, id: &str) -> Option<&RegisterColumnEntry> {
        self.columns.iter().find(|column| column.id == id)
    }
}

/// What a register's row comes to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowOutcomeEntry {
    /// An expression over the row that gives the outcome's name.
    pub value: String,
    /// The column in which the sender states it.
    #[serde(default)]
    pub stated: Option<String>,
    /// What that column should say, as an expression over the row; without it, the outcome's name.
    #[serde(default)]
    pub stated_as: Option<String>,
    /// What that column can say, best first: a row that states less than it comes to is then a warning and no error, as
    /// it claims nothing. Without it, every difference is an error.
    #[serde(default)]
    pub stated_order: Vec<String>,
    /// The names that `value` can give, best first, and what people call them.
    #[serde(default)]
    pub results: Vec<RowResult>,
    /// What can be wanting in a row, and what is then to be done.
    #[serde(default)]
    pub actions: Vec<RowActionEntry>,
}

/// Something that can be wanting in a row.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowActionEntry {
    /// The name, in kebab-case.
    pub id: String,
    /// What is to be done, for rows together: "Offer a second live session".
    pub title: String,
    /// The rows in which it is wanting, as an expression over the row.
    pub when: String,
    /// What is wanting in the row and what is to be done, as a minijinja template over the row.
    pub text: String,
}

/// A column of a register.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterColumnEntry {
    /// The name under which expressions see the entry.
    pub id: String,
    /// The heading, as the form words it.
    pub heading: String,
    /// Other headings that it goes by.
    #[serde(default)]
    pub also: Vec<String>,
    /// What may stand in it.
    pub kind: KindEntry,
    /// Other ways to write a choice, by choice.
    #[serde(default)]
    pub spellings: BTreeMap<String, Vec<String>>,
    /// Whether people's names, birth dates and the like belong here.
    #[serde(default)]
    pub personal: Personal,
    /// `always`, `never` (so it is without this key), or the condition, over the row, under which it must be filled in. What rests on a choice
    /// that must be made and isn't can't be told; conditions on derived values or fields leave nothing open.
    #[serde(default)]
    pub required: Option<String>,
    /// The condition, over the row, under which there is something to enter; without it, there may be in every row. Where it surely doesn't
    /// hold, “N/A”, “none” or a dash is as good as a blank; where it may hold, these words are told.
    #[serde(default)]
    pub applies: Option<String>,
    /// The register for each of whose rows there is such a column, headed by that row's key; `heading` and `also` are then
    /// the keys that the form prints. Its entries are marks on that register's rows and have no name by themselves.
    #[serde(default)]
    pub each: Option<String>,
    /// The register whose keys its references are: one that is written otherwise than the key (`Activity 1` for `A1`) is
    /// read as the key.
    #[serde(default)]
    pub refers_to: Option<String>,
    /// A value that the form works out, as an expression over the row; the sender doesn't fill it in.
    #[serde(default)]
    pub computed: Option<String>,
    /// What the sender should state here, as an expression over the row: a row that states something else is told. Not known
    /// where nothing is to be compared.
    #[serde(default)]
    pub states: Option<String>,
    /// What an entry is that can't be used: `open` (so it is without this key), so that what rests on it can't be told, or
    /// `blank`.
    #[serde(default)]
    pub unusable: Unusable,
    /// The first and the last day that the date may be, as expressions over the row.
    #[serde(default)]
    pub period: Option<[String; 2]>,
}

/// A total, weight or outcome that the workbook states.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedEntry {
    /// The name, in messages. Stated once a section, its name is followed by the section's: `subtotal-1.1`.
    pub id: String,
    /// Stated once for each of these: `sheet`, `row` and `value` may then say `{section.id}`, `{section.title}`,
    /// `{section.maximum}` and `{section.sheet}` (`given('core-{section.id}')`), and the value may use `section`.
    #[serde(default)]
    pub each: Option<EachEntry>,
    /// The sheet.
    pub sheet: String,
    /// The label of its row.
    pub row: String,
    /// The heading above it; without it, it stands right of the label.
    #[serde(default)]
    pub under: Option<String>,
    /// A heading to the left of `under`, where the same words head several columns.
    #[serde(default)]
    pub after: Option<String>,
    /// What it should be.
    pub value: String,
    /// What it is.
    #[serde(default)]
    pub kind: StatedKind,
    /// Other ways to write an outcome that the value gives as it is written there, by that outcome.
    #[serde(default)]
    pub spellings: BTreeMap<String, Vec<String>>,
    /// Whose scores it is about; without it, those of the rater who counts.
    #[serde(default)]
    pub rater: Option<String>,
    /// There is such a value for each of these: `"section"`, `"tag"`, or a list of sections, tags, groups and criteria by name. Its texts may
    /// then say `{each.id}`, `{each.title}`, and where other signs can't stand `{each.name}` (`_` in their place) and
    /// `{each.slug}` (`-`, in small letters).
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}

/// A row of stated values, each under its heading: what a summary says of a section, or of all.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedRowEntry {
    /// There is such a row for each of these: `sheet`, `row` and the values may then say `{section.id}` and the like, as a
    /// stated value by itself may.
    #[serde(default)]
    pub each: Option<EachEntry>,
    /// The sheet.
    pub sheet: String,
    /// The label of the row.
    pub row: String,
    /// The values, in the form's order.
    pub cells: Vec<StatedCellEntry>,
    /// There is such a row for each of these: `"section"`, `"tag"`, or a list of sections, tags, groups and criteria by name. Its texts may
    /// then say `{each.id}`, `{each.title}`, and where other signs can't stand `{each.name}` (`_` in their place) and
    /// `{each.slug}` (`-`, in small letters).
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}

/// A value of a stated row.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedCellEntry {
    /// The name, in messages. Where there is a row for each section, its name is followed by the section's: `core-1`.
    pub id: String,
    /// The heading above it; without it, it stands right of the label.
    #[serde(default)]
    pub under: Option<String>,
    /// A heading to the left of `under`, where the same words head several columns.
    #[serde(default)]
    pub after: Option<String>,
    /// What it should be.
    pub value: String,
    /// What it is.
    #[serde(default)]
    pub kind: StatedKind,
    /// Other ways to write its outcomes; only what is stated by itself has them.
    #[serde(skip)]
    pub spellings: BTreeMap<String, Vec<String>>,
    /// Whose scores it is about; without it, those of the rater who counts.
    #[serde(default)]
    pub rater: Option<String>,
}

/// What a stated value is repeated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EachEntry {
    /// Every section.
    Section,
    /// Every section that holds criteria.
    SectionOfCriteria,
    /// Every section that holds measures.
    SectionOfMeasures,
}
