//! The language of a pack, as it is written in TOML; the comments here are its reference.
//!
//! [`PackFile`] is a pack as written and may be wrong; [`crate::framework::Framework`] is what comes of it and may not.
//! [`json_schema`] describes the language for editors. Keys that the language doesn't have are refused. A condition or
//! value is written as a text and read as a minijinja expression ([`crate::framework::expression`]).

mod bundle;
mod header;
mod number;
mod outcome;
mod report;
mod scoring;
pub(in crate::framework) mod shape;
mod workbook;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use self::scoring::MembersOrGroup;
use crate::finding::Severity;
use crate::framework::{ConsolidationSpec, ReturnKind};

pub use bundle::{BundleEntry, MemberEntry};
pub(in crate::framework) use header::{Header, header};
pub(in crate::framework) use number::some_exact;
pub use number::{Day, Number};
pub use outcome::{
    CalendarEntry, GateEntry, GradesEach, GradesEntry, LevelEntry, OutcomeEntry, OwnRuleEntry, PrintedCounts,
    PrintedSum, RequirementEntry, ValueEntry,
};
pub use report::{BlockEntry, CardsEntry, FigureEntry, ReportEntry, RowTableEntry, TableColumnEntry};
pub use scoring::{AppliesEntry, CriterionEntry, GroupEntry, MeasureEntry, ScaleEntry, SectionEntry, StepEntry};
pub use workbook::{
    ColumnEntry, EachEntry, FieldEntry, HoldsEntry, KindEntry, RegisterColumnEntry, RegisterEntry, RegistrationEntry,
    RowActionEntry, RowOutcomeEntry, SheetEntry, StatedCellEntry, StatedEntry, StatedRowEntry, TableEntry,
};

/// The language's JSON Schema, made once.
pub(in crate::framework) static SCHEMA: LazyLock<Value> = LazyLock::new(|| json_schema().to_value());

/// Returns the keys of one of the language's tables, each with what may stand under it.
pub(in crate::framework) fn properties<'s>(
    schema: &'s Value,
    table: &str,
) -> impl Iterator<Item = (&'s str, &'s Value)> + Clone + use<'s> {
    let keys = schema.get("$defs").and_then(|tables| tables.get(table)?.get("properties")?.as_object());
    keys.into_iter().flatten().map(|(key, of)| (key.as_str(), of))
}

/// The version of the language that this program reads.
pub const LANGUAGE: u32 = 1;

/// A pack: what a scheme asks, how it scores, and where its workbook holds what.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// What the scheme is, and which version of it this is.
    pub framework: Head,
    /// What the scheme calls what reports speak of; without it, the usual words.
    #[serde(default)]
    pub words: Option<WordsEntry>,
    /// What belongs together, where this pack puts several instruments together that others ask.
    #[serde(default)]
    pub bundle: Option<BundleEntry>,
    /// Who judges. The first whose condition holds makes the outcome, so the one without a condition comes last.
    #[serde(default)]
    pub raters: Vec<RaterEntry>,
    /// What an answer may be, by name.
    #[serde(default)]
    pub scales: BTreeMap<String, ScaleEntry>,
    /// The parts of the scheme that have a score of their own, in the form's order; none where only rows are judged.
    #[serde(default)]
    pub sections: Vec<SectionEntry>,
    /// Named sets of criteria and measures, beside `all`, the sections and the tags, which are sets already: a list of what is in
    /// each, or what tells that.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, MembersOrGroup>")]
    pub groups: BTreeMap<String, Vec<String>>,
    /// What applies to some returns only, by what their covers say: variants of a form, and items that may stay blank.
    #[serde(default)]
    pub applies: Vec<AppliesEntry>,
    /// Values with names; each may use those above it.
    #[serde(default)]
    pub values: Vec<ValueEntry>,
    /// Grades that sections, groups or tags have each.
    #[serde(default)]
    pub grades: Vec<GradesEntry>,
    /// How a return's outcome is found.
    pub outcome: OutcomeEntry,
    /// Counts that the scheme prints, which are compared with those of this pack.
    #[serde(default)]
    pub printed: Option<PrintedCounts>,
    /// Sums that the scheme prints, which are compared with their parts.
    #[serde(default)]
    pub sums: Vec<PrintedSum>,
    /// The sheets of the workbook, in the order of their tabs.
    #[serde(default)]
    pub sheets: Vec<SheetEntry>,
    /// The labelled entries of the cover and other sheets.
    #[serde(default)]
    pub fields: Vec<FieldEntry>,
    /// The tables that hold criteria and measures.
    #[serde(default)]
    pub tables: Vec<TableEntry>,
    /// The tables of one row a learner, client, partner or action.
    #[serde(default)]
    pub registers: Vec<RegisterEntry>,
    /// Totals, weights and outcomes that the workbook states and that are compared with ours.
    #[serde(default)]
    pub stated: Vec<StatedEntry>,
    /// Rows of several such values, each under its heading.
    #[serde(default)]
    pub stated_rows: Vec<StatedRowEntry>,
    /// Who fills in what senders don't, so that those aren't asked for it.
    #[serde(default)]
    pub fillers: Vec<crate::framework::Filler>,
    /// What a score wants beside it.
    #[serde(default)]
    pub requirements: Vec<RequirementEntry>,
    /// The kinds of return, the one first that stands for its organisation in the network's figures where it sent several: an
    /// external assessment before a self-assessment.
    #[serde(default)]
    pub kinds: Vec<ReturnKind>,
    /// How judgements on the units of an organisation make one on the whole.
    #[serde(default)]
    pub consolidation: Option<ConsolidationSpec>,
    /// Rules of the scheme's own.
    #[serde(default)]
    pub rules: Vec<OwnRuleEntry>,
    /// How much a general rule's findings weigh in this scheme, by the rule's name.
    #[serde(default)]
    pub severities: BTreeMap<String, Severity>,
    /// Dated steps of the scheme.
    #[serde(default)]
    pub calendar: Vec<CalendarEntry>,
    /// The report on a return, where it isn't the one on scores and criteria alone.
    #[serde(default)]
    pub report: Option<ReportEntry>,
}

impl PackFile {
    /// Returns the section of this name.
    pub fn section(&self, id: &str) -> Option<&SectionEntry> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// Returns the field of this name.
    pub fn field(&self, id: &str) -> Option<&FieldEntry> {
        self.fields.iter().find(|field| field.id == id)
    }
}

/// What the scheme is, and which version of it this is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The version of the language in which the pack is written: 1.
    pub language: u32,
    /// The name, in kebab-case: `seqf`.
    pub id: String,
    /// The version of the scheme: `2024-25`.
    pub version: String,
    /// The title, as people call the scheme.
    pub title: String,
    /// Who owns the scheme.
    pub owner: String,
    /// What the results of one return are called: "assessment".
    pub noun: String,
    /// The first day on which this version holds.
    #[serde(default)]
    pub valid_from: Option<Day>,
    /// The last day on which this version holds.
    #[serde(default)]
    pub valid_until: Option<Day>,
    /// Whether wording or numbers were made up for demonstration; reports say so.
    pub illustrative: bool,
    /// Where the facts come from, and what was made up.
    pub provenance: String,
    /// The workbook as issued, a file beside the pack: its texts, formulas and lists tell tampering.
    #[serde(default)]
    pub form: Option<String>,
    /// The criteria in a CSV beside the pack, as spreadsheets save it: a row for each, under the headings `section` (the name of
    /// its section), `id`, `text` and whatever other keys criteria have. Several tags stand with commas between them; levels in
    /// columns or on lines of their own; a scale by its name or as a table, `{ whole = [0, 3] }`. They come after those that
    /// the pack has itself.
    #[serde(default)]
    pub criteria: Option<String>,
    /// The fields, registers and stated values that the form beside the pack doesn't have, because they stand on another version of
    /// it: on the cover of returns about the whole, say.
    #[serde(default)]
    pub elsewhere: Vec<String>,
    /// The fields for each of whose entries an organisation sends a return of its own: `["qualification", "academic_year"]`. Of two returns that
    /// say something else there both count. Without it, a later return of one organisation and kind takes the place of an earlier one.
    #[serde(default)]
    pub one_for_each: Vec<String>,
    /// Scores of two raters for one criterion that differ by more than this are worth talking about.
    #[serde(default)]
    pub tolerance: Option<Number>,
}

/// The scheme's own nouns, each for one and for several, small but for names: `criterion = ["issue", "issues"]`. They stand on the
/// screen, in reports and in the season workbook wherever the program speaks of such a thing; what the form words stays as it is.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsEntry {
    /// One thing that is judged.
    #[serde(default)]
    pub criterion: Option<[String; 2]>,
    /// All who send returns together: `["region", "regions"]`.
    #[serde(default)]
    pub network: Option<[String; 2]>,
    /// Who sends a return: `["provider", "providers"]`.
    #[serde(default)]
    pub organisation: Option<[String; 2]>,
    /// What is sent: `["self-assessment", "self-assessments"]`. Without it `framework.noun`, and several of these by the rule.
    #[serde(default, rename = "return")]
    pub returned: Option<[String; 2]>,
    /// A part with a score of its own: `["key question", "key questions"]`.
    #[serde(default)]
    pub section: Option<[String; 2]>,
    /// What bands are about: `["score", "scores"]`.
    #[serde(default)]
    pub total: Option<[String; 2]>,
}

/// Who judges.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RaterEntry {
    /// The name in results: `assessor`.
    pub id: String,
    /// As people call it.
    pub title: String,
    /// When this rater's answers make the outcome; without it, always.
    #[serde(default)]
    pub counts_when: Option<String>,
}

/// Returns the JSON Schema of the language, by which editors complete and check a pack.
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(PackFile)
}
