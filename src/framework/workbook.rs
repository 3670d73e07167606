//! Where the form holds what: sheets, fields of the cover, tables of criteria, and what it states itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::expression::{Expression, Quantity, Scope};
use super::registry;
use super::{ColumnId, FieldId, RaterId, SectionId, SheetId};
use crate::exact::Exact;

/// A sheet of the form.
#[derive(Clone, Debug)]
pub struct SheetSpec {
    /// The name in the pack.
    pub id: SheetId,
    /// The name on the tab.
    pub title: String,
    /// Other names that it goes by.
    pub also: Vec<String>,
    /// Texts that tell it when its name doesn't: titles, headings.
    pub signs: Vec<String>,
    /// Whether a return without it can't be accepted.
    pub required: Presence,
}

/// Whether something must be there.
#[derive(Clone, Debug)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be absent.
    Optional,
    /// It must where the condition holds.
    When(Expression),
}

impl Presence {
    /// Whether it surely must be there, by what a scope knows.
    pub fn holds(&self, scope: &dyn Scope) -> bool {
        match self {
            Self::Required => true,
            Self::Optional => false,
            Self::When(condition) => condition.evaluate(scope) == Quantity::Truth(true),
        }
    }
}

/// A field of the cover: a label with its entry beside it.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name.
    pub id: FieldId,
    /// The sheet.
    pub sheet: SheetId,
    /// The label, as the form words it.
    pub label: String,
    /// Other labels that it goes by.
    pub also: Vec<String>,
    /// The label at the beginning of its row; `None` where its own label tells it.
    pub row: Option<String>,
    /// What may stand there.
    pub kind: EntryKind,
    /// Whether it must be filled in.
    pub required: Presence,
    /// What the program uses it for.
    pub role: Option<FieldRole>,
}

/// What the program uses a field for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FieldRole {
    /// Whose return it is.
    Organisation,
    /// The part of the organisation that the return is about, such as a directorate: each part has returns of its own.
    Unit,
    /// Which kind of return it is.
    Kind,
    /// The day from which "in the future" and ages count.
    DataDate,
    /// The day of the assessment; the later of two returns counts.
    AssessmentDate,
    /// Who assessed the organisation.
    Assessor,
    /// The region or nation.
    Region,
    /// The version of the framework.
    Version,
}

/// What an entry of a field or a register's column may be.
#[derive(Clone, Debug)]
pub enum EntryKind {
    /// Any text.
    Text,
    /// An e-mail address, a telephone number, or another way to reach somebody.
    Contact,
    /// A number in a range; `None` is without limit.
    Number {
        /// The least.
        minimum: Option<Exact>,
        /// The greatest.
        maximum: Option<Exact>,
        /// Whether only whole numbers count.
        whole: bool,
    },
    /// A date; `Past` ones may not be after the data date.
    Date(Tense),
    /// One of these, the first way to write each being its name.
    Choice(Vec<Vec<String>>),
    /// One of these, or a date, which stands for the first.
    Mark(Vec<Vec<String>>),
    /// A reference of a given shape, as a pattern over letters (`A`), digits (`9`) and others as they are; `None` is any shape.
    Reference(Option<String>),
    /// A number of a public register.
    Registration(Registration),
}

impl EntryKind {
    /// Whether words are asked for.
    pub fn is_words(&self) -> bool {
        matches!(self, Self::Text | Self::Contact)
    }

    /// Returns what can be chosen, each with its other spellings; `None` where anything can be written.
    pub fn choices(&self) -> Option<&[Vec<String>]> {
        match self {
            Self::Choice(choices) | Self::Mark(choices) => Some(choices),
            Self::Text
            | Self::Contact
            | Self::Number { .. }
            | Self::Date(_)
            | Self::Reference(_)
            | Self::Registration(_) => None,
        }
    }

    /// Whether a reference or a number of a register is asked for.
    pub fn is_reference(&self) -> bool {
        matches!(self, Self::Reference(_) | Self::Registration(_))
    }
}

/// Which public registers a number may be of, and how a row says which.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The column of the same row that names the register; `None` where none does.
    pub stated_in: Option<ColumnId>,
    /// The registers by the words of that column; with one and no column, every number is of it.
    pub registers: Vec<(String, &'static registry::PublicRegister)>,
    /// The registers by what stands before a number: `CCEW 1090095`.
    pub marks: Vec<(String, &'static registry::PublicRegister)>,
}

/// Whether a date may lie ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It must not be after the data date.
    Past,
    /// Any day.
    Any,
}

/// A table of criteria or measures.
#[derive(Clone, Debug)]
pub struct Table {
    /// The sections whose rows it holds, in order.
    pub sections: Vec<SectionId>,
    /// The sheet.
    pub sheet: SheetId,
    /// The columns, in the form's order.
    pub columns: Vec<TableColumn>,
}

/// A column of a table of criteria or measures.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// The name, which requirements and stated totals use.
    pub id: ColumnId,
    /// The heading, as the form words it; empty where the form has none.
    pub heading: String,
    /// Other headings that it goes by.
    pub also: Vec<String>,
    /// What stands in it.
    pub holds: Holds,
    /// Whether it holds evidence, which is compared within a return and between returns.
    pub evidence: bool,
    /// The words that tell strengths and development areas apart in it; `None` where it holds no such remarks.
    pub remarks: Option<Remarks>,
    /// Whether a return without it can't be read.
    pub required: Presence,
}

/// The words with which remarks begin: `{ strength = ["Strength"], development = ["Development"] }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RemarksEntry")]
pub struct Remarks {
    /// What a strength begins with.
    pub strength: Vec<String>,
    /// What a development area begins with.
    pub development: Vec<String>,
}

/// What stands in a column of a criteria table.
#[derive(Clone, Debug)]
pub enum Holds {
    /// The code of the row.
    Code,
    /// The text of the row.
    Text,
    /// The code, then the text.
    CodeAndText,
    /// More of the form's own text.
    Form,
    /// The score (or points) that a rater gives.
    Score(RaterId),
    /// Judgements of others than the raters, one column each under a heading of the sender's own.
    Opinions,
    /// The measured value.
    Result,
    /// Words, or another entry, of the sender.
    Entry(EntryKind),
}

impl Holds {
    /// Whether it is the form's own, and nothing that senders fill in.
    pub const fn is_printed(&self) -> bool {
        match self {
            Self::Code | Self::Text | Self::CodeAndText | Self::Form => true,
            Self::Score(_) | Self::Opinions | Self::Result | Self::Entry(_) => false,
        }
    }
}

/// A total, weight or outcome that the workbook states.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The name, for messages and traces.
    pub id: String,
    /// The sheet.
    pub sheet: SheetId,
    /// The label of its row.
    pub row: String,
    /// Where in the row it stands.
    pub column: StatedColumn,
    /// What it should be.
    pub value: Expression,
    /// What it is.
    pub kind: StatedKind,
    /// Where it is an outcome, each that can be stated there, with the other ways to write it.
    pub outcomes: Vec<Vec<String>>,
    /// Whose scores it is about; `None` is the rater that counts.
    pub rater: Option<RaterId>,
    /// The section that the expression is about, for those stated once a section.
    pub section: Option<SectionId>,
}

/// Where in its row a stated value stands.
#[derive(Clone, Debug)]
pub enum StatedColumn {
    /// Under this heading, the nearest one above; the second is a heading that must stand left of it, where the same words
    /// head several columns.
    Under {
        /// The heading.
        heading: String,
        /// A heading to the left of it.
        after: Option<String>,
    },
    /// In the first cell right of the label.
    BesideLabel,
}

/// What a stated value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "StatedKindEntry")]
pub enum StatedKind {
    /// A total, subtotal, mean or count.
    #[default]
    Total,
    /// A weighting.
    Weight,
    /// An award or band.
    Outcome,
}
