//! A framework that can be relied on: what a scheme asks, how it scores, and where its workbook holds what.
//!
//! A framework comes from a TOML pack ([`schema`]), is checked as a whole ([`check`]) and is found by name or version
//! ([`pack`]). Nothing after this module checks a framework's sense. Conditions are minijinja expressions ([`expression`])
//! worked out exactly, with three answers: yes, no, and not known.

pub mod builtin;
pub mod check;
pub mod expression;
pub mod message;
pub mod pack;
pub mod registry;
pub mod report;
pub mod schema;
mod written;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::finding::Severity;
use crate::workbook::Workbook;
use expression::Expression;
use message::Message;

pub use check::load;
pub use report::{ReportKind, ReportSpec};

macro_rules! id {
    ($(#[$doc:meta] $name:ident),*) => { $(
        #[$doc]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// Returns the name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        // Maps by name can be asked with a text, without making a name of it.
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )* };
}
id!(
    /// Names a criterion: `1.1.1`, `U1`.
    CriterionId,
    /// Names a measure: `A`.
    MeasureId,
    /// Names a section: `1.1`, `U`.
    SectionId,
    /// Names a band, in kebab-case: `partially-meeting`.
    BandId,
    /// Names a gate, in kebab-case.
    GateId,
    /// Names a scale.
    ScaleId,
    /// Names who judges: `self`, `assessor`, or a column of judgements.
    RaterId,
    /// Names a field of the cover: `organisation`.
    FieldId,
    /// Names a sheet of the pack.
    SheetId,
    /// Names a table of one row a learner, client or partner.
    RegisterId,
    /// Names a column of a table.
    ColumnId
);

/// A scheme, checked as a whole.
#[derive(Clone, Debug)]
pub struct Framework {
    /// The name, in kebab-case.
    pub id: String,
    /// The version: `2024-25`.
    pub version: String,
    /// The title, as people call the scheme.
    pub title: String,
    /// Who owns the scheme.
    pub owner: String,
    /// What the results of one return are called: "assessment".
    pub return_noun: String,
    /// The first day on which this version holds; `None` where it isn't stated.
    pub valid_from: Option<Date>,
    /// The last day on which this version holds; `None` where it isn't stated.
    pub valid_until: Option<Date>,
    /// Where the facts come from.
    pub provenance: String,
    /// Whether wording or numbers were made up for demonstration.
    pub illustrative: bool,
    /// Who judges; at least one.
    pub raters: Vec<Rater>,
    /// The scales, by name.
    pub scales: BTreeMap<ScaleId, Scale>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Named sets of criteria and measures, beside `all` and the sections.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Named values, each may use those before it, the scores and the total.
    pub values: Vec<NamedValue>,
    /// How bands are given.
    pub outcome: OutcomeSpec,
    /// The sheets of the workbook.
    pub sheets: Vec<SheetSpec>,
    /// The fields of the cover.
    pub fields: Vec<Field>,
    /// The tables of criteria and measures.
    pub tables: Vec<Table>,
    /// The tables of one row a learner, client, partner or action.
    pub registers: Vec<RegisterSpec>,
    /// Totals, weights and outcomes that the workbook states.
    pub stated: Vec<Stated>,
    /// What a score wants beside it.
    pub requirements: Vec<Requirement>,
    /// How judgements on the units of an organisation make one on the whole; `None` where returns are about the whole only.
    pub consolidation: Option<ConsolidationSpec>,
    /// The framework's own rules.
    pub rules: Vec<OwnRule>,
    /// Severities of general rules that this framework grades otherwise.
    pub severities: BTreeMap<String, Severity>,
    /// How far two raters' scores of a criterion may lie apart; `None` where the scheme sets no limit.
    pub tolerance: Option<Exact>,
    /// Dated steps.
    pub calendar: Vec<CalendarStep>,
    /// The report on a return; `None` where it is the one on scores and criteria alone.
    pub report: Option<ReportSpec>,
    /// The form as issued, where the pack has it: its texts, formulas and lists tell tampering.
    pub form: Option<Workbook>,
}

/// Who judges.
#[derive(Clone, Debug)]
pub struct Rater {
    /// The name.
    pub id: RaterId,
    /// As people call it.
    pub title: String,
    /// When this rater's answers make the outcome; the first rater whose condition holds counts, `None` is always.
    pub counts_when: Option<Expression>,
}

/// What an answer may be.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The answers.
    pub grades: Grades,
    /// Texts of an untouched form, which are no answer: "Select score 0-2".
    pub placeholders: Vec<String>,
    /// Codes that say there is no answer: 9 for "insufficient data".
    pub missing: Vec<String>,
    /// What "N/A" does.
    pub not_applicable: NotApplicable,
    /// Which end is better.
    pub better: Better,
}

/// The answers of a scale.
#[derive(Clone, Debug)]
pub enum Grades {
    /// These and no others.
    Listed(Vec<Grade>),
    /// Any number in a range.
    Range {
        /// The least.
        minimum: Exact,
        /// The most.
        maximum: Exact,
        /// Whether only whole numbers count.
        whole: bool,
    },
}

/// One answer of a scale.
#[derive(Clone, Debug)]
pub struct Grade {
    /// As results name it: `3`, `Accredited`, `not-met`.
    pub id: String,
    /// What it counts; `None` where it is an answer that leaves the outcome open ("Not assessed").
    pub points: Option<Exact>,
    /// The label: "Partially meeting".
    pub label: Option<String>,
    /// Ways to write it besides the id.
    pub written: Vec<String>,
}

/// What "N/A" does to a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// The scale has none: it is an unusable answer.
    Refused,
    /// It leaves the section's maximum.
    Dropped {
        /// Ways to write it.
        written: Vec<String>,
    },
}

/// Which end of a scale is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// A part of the scheme that has a score of its own.
#[derive(Clone, Debug)]
pub struct Section {
    /// The name.
    pub id: SectionId,
    /// The title.
    pub title: String,
    /// The share of the total, as a fraction of one; `None` where sections aren't weighted.
    pub weight: Option<Exact>,
    /// The sheet that holds it, where each section has its own.
    pub sheet: Option<SheetId>,
    /// The criteria, in the form's order.
    pub criteria: Vec<Criterion>,
    /// The measures, in the form's order.
    pub measures: Vec<Measure>,
}

/// One thing that is judged.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// The name, as the form writes it.
    pub id: CriterionId,
    /// The text, as the form words it.
    pub text: String,
    /// A few words for charts and tables.
    pub short: String,
    /// Its scale.
    pub scale: ScaleId,
    /// Marks that groups and rules use: `core`.
    pub tags: Vec<String>,
    /// What each grade means, best first; empty where the form doesn't say.
    pub levels: Vec<String>,
    /// What a reader of results should know about it; `None` where there is nothing.
    pub note: Option<String>,
}

/// One thing that is measured and turned into points.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The name, as the form writes it.
    pub id: MeasureId,
    /// The text, as the form words it.
    pub text: String,
    /// A few words for charts and tables.
    pub short: String,
    /// The unit of the measured value: `%`, `weeks`, `rating`.
    pub unit: String,
    /// The least measured value that makes sense.
    pub least: Option<Exact>,
    /// The greatest measured value that makes sense.
    pub greatest: Option<Exact>,
    /// Decimals with which a typed result is given.
    pub decimals: u32,
    /// The most points.
    pub maximum: Exact,
    /// From value to points; `None` where the value itself is the points.
    pub lookup: Option<Lookup>,
    /// The value as the registers give it, in the unit; `None` where no register does.
    pub from_register: Option<Expression>,
    /// How many people the value rests on; `None` where no register tells.
    pub cohort: Option<Expression>,
    /// Fewer people than this are too few to say much; `None` where the scheme gives no caution.
    pub small_cohort: Option<Exact>,
    /// The register that `from_register` uses, which must be there when points are claimed.
    pub register: Option<RegisterId>,
}

/// From a measured value to points: the first step that holds.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The steps, tried in order.
    pub steps: Vec<LookupStep>,
    /// The points where none holds.
    pub otherwise: Exact,
}

/// One step of a lookup.
#[derive(Clone, Debug)]
pub struct LookupStep {
    /// On which side of the limit the value must be.
    pub edge: Edge,
    /// The limit, in the measure's unit.
    pub limit: Exact,
    /// The points.
    pub points: Exact,
}

/// On which side of a limit a value is, and whether the limit itself belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The limit or more.
    AtLeast,
    /// More than the limit.
    Over,
    /// The limit or less.
    AtMost,
    /// Less than the limit.
    Under,
}

/// A value with a name.
#[derive(Clone, Debug)]
pub struct NamedValue {
    /// The name under which later expressions see it.
    pub name: String,
    /// As people call it: "A + B + E".
    pub title: String,
    /// How it is worked out.
    pub value: Expression,
}

/// How bands are given.
#[derive(Clone, Debug)]
pub struct OutcomeSpec {
    /// The total that bands are about.
    pub total: Expression,
    /// The unit of the total: `%` or `points`.
    pub unit: String,
    /// Decimals with which a total is usually shown.
    pub decimals: u32,
    /// Whether the best band whose minimums hold is given, or only the one in whose printed range the total lies.
    pub mode: Mode,
    /// The bands, best first; empty for schemes without one.
    pub bands: Vec<Band>,
    /// The gates, by the order in which they are told.
    pub gates: Vec<Gate>,
    /// A total this near to another band is worth a note; `None` where the scheme gives no margin.
    pub near: Option<Exact>,
    /// A word for an incomplete outcome, as the form states it: "Incomplete".
    pub incomplete: Option<String>,
}

/// How a band is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The best band whose limit and gates all hold.
    Cascade,
    /// The band in whose printed range the total lies, if its gates hold; else no outcome is defined.
    Literal,
}

/// One outcome.
#[derive(Clone, Debug)]
pub struct Band {
    /// The name.
    pub id: BandId,
    /// The title, as the form words it.
    pub title: String,
    /// Other words that people write for it.
    pub written: Vec<String>,
    /// The least total.
    pub at_least: Option<Exact>,
    /// The greatest total, for schemes where less is better.
    pub at_most: Option<Exact>,
    /// The upper end as printed, descriptive only except in literal mode.
    pub printed_to: Option<Exact>,
    /// The gates that must hold.
    pub gates: Vec<GateId>,
}

/// A condition that withholds a band.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The name.
    pub id: GateId,
    /// As people call it.
    pub title: String,
    /// The condition.
    pub holds: Expression,
    /// A minijinja template that says why it doesn't hold, over the same names: "A + B + E is {{ abe }}, needs 20".
    pub why: String,
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
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
    /// An e-mail address.
    Email,
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

/// The words with which a remark begins, by what it is.
#[derive(Clone, Debug)]
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

/// A table of one row a client, learner, partner or action.
#[derive(Clone, Debug)]
pub struct RegisterSpec {
    /// The name.
    pub id: RegisterId,
    /// As people call it.
    pub title: String,
    /// What a row is about: "client".
    pub row_noun: String,
    /// The sheet.
    pub sheet: SheetId,
    /// The columns, in the form's order.
    pub columns: Vec<RegisterColumn>,
    /// The column whose entries must be unique.
    pub key: Option<ColumnId>,
    /// The columns of which one must be filled in for a row to be begun; empty where any begins one.
    pub begun_by: Vec<ColumnId>,
    /// Texts of the form below the rows; the rows end above the first of them.
    pub ends_at: Vec<String>,
    /// Values worked out for each row; each sees the columns, the fields and those before it.
    pub derived: Vec<NamedValue>,
    /// Columns whose dates must not go backwards, in this order.
    pub date_order: Vec<ColumnId>,
    /// What each row comes to, and the column that states it; `None` where rows have no outcome.
    pub outcome: Option<RowOutcome>,
    /// Whether a row that is begun must have all of `complete` filled in.
    pub complete: Vec<ColumnId>,
    /// Which columns say what is to be improved and how; `None` where the register is no improvement plan.
    pub plan: Option<PlanColumns>,
}

/// The columns of an improvement plan.
#[derive(Clone, Debug)]
pub struct PlanColumns {
    /// The weakness.
    pub what: ColumnId,
    /// What is done about it.
    pub how: ColumnId,
    /// What that is good for; `None` where the form doesn't ask.
    pub why: Option<ColumnId>,
    /// By when.
    pub when: ColumnId,
    /// By whom.
    pub who: ColumnId,
    /// The derived value that is the last day of a row; `None` where none is worked out.
    pub deadline: Option<String>,
}

impl RegisterSpec {
    /// Returns what the pack says of a column that was found: the column itself, or the one that it is one of.
    pub fn column(&self, id: &ColumnId) -> Option<&RegisterColumn> {
        self.columns.iter().find(|column| column.id == *id && column.each.is_none()).or_else(|| self.repeated())
    }

    /// Returns the column that there is for each row of another register; `None` where there is none.
    pub fn repeated(&self) -> Option<&RegisterColumn> {
        self.columns.iter().find(|column| column.each.is_some())
    }
}

/// What a register's row comes to.
#[derive(Clone, Debug)]
pub struct RowOutcome {
    /// The outcome of a row: an expression that gives its name.
    pub value: Expression,
    /// The column in which the sender states it; `None` where the form has none.
    pub stated: Option<ColumnId>,
    /// What that column should say; `None` where it is the outcome's name.
    pub stated_as: Option<Expression>,
    /// What that column can say, best first; empty where the pack doesn't weigh them.
    pub stated_order: Vec<String>,
    /// What a row can come to, best first, as name and title; empty where the pack doesn't list it.
    pub results: Vec<(String, String)>,
    /// What can be wanting in a row.
    pub actions: Vec<RowAction>,
}

/// Something that can be wanting in a row.
#[derive(Clone, Debug)]
pub struct RowAction {
    /// The name, in kebab-case.
    pub id: String,
    /// What is to be done, for rows together.
    pub title: String,
    /// The rows in which it is wanting.
    pub when: Expression,
    /// What is wanting in the row and what is to be done.
    pub text: Message,
}

impl RowOutcome {
    /// Returns what people call something that a row comes to; its name in words where the pack doesn't say.
    pub fn titled(&self, id: &str) -> String {
        let listed = self.results.iter().find(|(known, _)| known == id);
        listed.map_or_else(|| id.replace(['_', '-'], " "), |(_, title)| title.clone())
    }
}

/// A column of a register.
#[derive(Clone, Debug)]
pub struct RegisterColumn {
    /// The name under which expressions see the entry.
    pub id: ColumnId,
    /// The heading, as the form words it.
    pub heading: String,
    /// Other headings that it goes by.
    pub also: Vec<String>,
    /// What may stand in it.
    pub kind: EntryKind,
    /// The register for each of whose rows there is such a column, headed by that row's key; `None` where it is one column.
    pub each: Option<RegisterId>,
    /// The register whose keys its references are; `None` where they are no other's.
    pub refers_to: Option<RegisterId>,
    /// Whether people's names, birth dates and the like belong here: then nothing of it leaves the return.
    pub personal: Personal,
    /// Whether a row needs it.
    pub required: Presence,
    /// A value that the form works out, as an expression over the row; the sender doesn't fill it in.
    pub computed: Option<Expression>,
    /// The first and the last day that the date may be; `None` where any may.
    pub period: Option<[Expression; 2]>,
}

/// Whether personal data belongs in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// It does, and stays in the return.
    Belongs,
    /// It doesn't: only references and facts.
    Refused,
    /// It does, and is nothing that needs protecting (an owner of an action).
    Allowed,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedKind {
    /// A total, subtotal, mean or count: `total-differs`.
    Total,
    /// A weighting: `weight-differs`.
    Weight,
    /// An award or band: `outcome-differs`.
    Outcome,
}

/// What a score wants beside it.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Whose scores; `None` is the rater that counts.
    pub rater: Option<RaterId>,
    /// When it is wanted, over `score` (the points) and `grade` (the name).
    pub when: Expression,
    /// Columns of which at least one must be filled in; empty where the score itself is told.
    pub any_of: Vec<ColumnId>,
    /// The rule that says so when none is: `evidence-missing`, `action-missing`, `action-incomplete`.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What to do, as a sentence.
    pub help: String,
}

/// How judgements on the units of an organisation make one on the whole.
#[derive(Clone, Debug)]
pub struct ConsolidationSpec {
    /// The kind of return about one unit.
    pub unit_kind: String,
    /// The kind of return about the whole.
    pub whole_kind: String,
    /// What a unit is called: "directorate".
    pub noun: String,
    /// What several are called: "directorates".
    pub plural: String,
    /// The grade whose share among the units decides.
    pub grade: String,
    /// The grade of the whole where the share isn't reached.
    pub otherwise: String,
    /// The rule where the form names none.
    pub rule: ShareRule,
    /// The share that the rule asks for, where the form names none; `None` where the pack sets none.
    pub share: Option<Exact>,
    /// The field of a return about the whole that names the rule; `None` where the form has none.
    pub chosen_in: Option<FieldId>,
    /// The rules, by the words of that field.
    pub choices: BTreeMap<String, ShareRule>,
    /// The field of a return about the whole with the share that is needed; `None` where the form has none.
    pub share_in: Option<FieldId>,
    /// The field of a return about a unit with its weight; `None` where units aren't weighed.
    pub weight: Option<FieldId>,
    /// The register of a return about the whole that lists the units by its key; `None` where the form has none.
    pub register: Option<RegisterId>,
    /// That register's column with the weights; `None` where it has none.
    pub register_weight: Option<ColumnId>,
}

/// Which share of the units decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShareRule {
    /// All units.
    All,
    /// One unit at least.
    Any,
    /// More than half of the units.
    Majority,
    /// A share of the units at least.
    Share,
    /// Units with a share of the weight (of the staff, say) at least.
    WeightedShare,
}

/// A rule of the framework's own.
#[derive(Clone, Debug)]
pub struct OwnRule {
    /// The name after the framework's: `core-not-met-but-claimed`.
    pub slug: String,
    /// The general rule by whose name it speaks; `None` where the finding is the framework's own.
    pub says: Option<String>,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about: the return, or each row of a register.
    pub over: Option<RegisterId>,
    /// Whether it is about each criterion by itself.
    pub each: Option<RuleEach>,
    /// The register whose rows are marked, where it is about each mark; `None` where it isn't.
    pub marks: Option<RegisterId>,
    /// The fault is there where this holds.
    pub when: Expression,
    /// A minijinja template for the message.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The field, criterion, column or register that it points to; `None` is the workbook.
    pub at: Option<String>,
}

/// What a framework's own rule is repeated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleEach {
    /// Every criterion.
    Criterion,
}

/// A dated step of the scheme.
#[derive(Clone, Debug)]
pub struct CalendarStep {
    /// The name.
    pub id: String,
    /// As people call it.
    pub title: String,
    /// Whether it is something to do or the end of something.
    pub kind: StepKind,
    /// The register each of whose rows has this step; `None` where the return has it once.
    pub over: Option<RegisterId>,
    /// When there is such a step; `None` where there always is.
    pub when: Option<Expression>,
    /// When it is due.
    pub due: Expression,
    /// When it was done; `None` where the return doesn't say so.
    pub done: Option<Expression>,
    /// From what the day is counted, in words; `None` where the pack doesn't say.
    pub basis: Option<String>,
}

/// What a dated step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Something that someone does, at the latest on its day.
    Task,
    /// The last day on which something holds.
    End,
}

impl Framework {
    /// Returns all criteria, in the form's order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.sections.iter().flat_map(|section| &section.criteria)
    }

    /// Returns all measures, in the form's order.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.sections.iter().flat_map(|section| &section.measures)
    }

    /// Returns the columns that hold evidence.
    pub fn evidence_columns(&self) -> BTreeSet<&ColumnId> {
        let columns = self.tables.iter().flat_map(|table| &table.columns);
        columns.filter(|column| column.evidence).map(|column| &column.id).collect()
    }

    /// Returns the section of this name.
    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// Returns the field that plays a role.
    pub fn field_for(&self, role: FieldRole) -> Option<&Field> {
        self.fields.iter().find(|field| field.role == Some(role))
    }

    /// Returns the scale of a criterion.
    ///
    /// # Panics
    /// Where the criterion is of another framework.
    pub fn scale(&self, criterion: &Criterion) -> &Scale {
        self.scales.get(&criterion.scale).expect("a checked framework has all its scales")
    }
}

impl ConsolidationSpec {
    /// Returns what the form calls the units' weight: "Headcount"; `None` where units aren't weighed.
    pub fn weight_label<'a>(&self, framework: &'a Framework) -> Option<&'a str> {
        let field = framework.fields.iter().find(|field| Some(&field.id) == self.weight.as_ref())?;
        Some(field.label.trim_end_matches([':', ' ']))
    }
}

impl Scale {
    /// Returns the least that an answer can count.
    pub fn minimum(&self) -> Exact {
        match &self.grades {
            Grades::Listed(grades) => {
                grades.iter().filter_map(|grade| grade.points.clone()).min().unwrap_or_else(Exact::zero)
            }
            Grades::Range { minimum, .. } => minimum.clone(),
        }
    }

    /// Returns the most that an answer can count.
    pub fn maximum(&self) -> Exact {
        match &self.grades {
            Grades::Listed(grades) => {
                grades.iter().filter_map(|grade| grade.points.clone()).max().unwrap_or_else(Exact::zero)
            }
            Grades::Range { maximum, .. } => maximum.clone(),
        }
    }
}

impl Lookup {
    /// Returns the points of a measured value.
    pub fn points(&self, value: &Exact) -> Exact {
        let step = self.steps.iter().find(|step| step.edge.holds(value, &step.limit));
        step.map_or_else(|| self.otherwise.clone(), |step| step.points.clone())
    }

    /// Returns all points that a value can earn, from the least, each once.
    pub fn reachable(&self) -> Vec<Exact> {
        let mut points: Vec<Exact> = self.steps.iter().map(|step| step.points.clone()).collect();
        points.push(self.otherwise.clone());
        points.sort();
        points.dedup();
        points
    }
}

impl Edge {
    /// Whether a value is on this side of a limit.
    pub fn holds(self, value: &Exact, limit: &Exact) -> bool {
        match self {
            Self::AtLeast => value >= limit,
            Self::Over => value > limit,
            Self::AtMost => value <= limit,
            Self::Under => value < limit,
        }
    }
}
