//! The report on a return as a pack writes it: what kind of paper it is, to whom it goes, and what its parts say.
//!
//! Texts are minijinja templates over the names of the return, or of a row where a part goes over a register. A text that
//! comes to nothing is left out. No column that holds personal data can be used.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Number;
use super::outcome::ForEach;
use crate::framework::ReportKind;
use crate::framework::report::SignatureSpec;

/// The report on one return.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportEntry {
    /// What kind of paper it is.
    pub kind: ReportKind,
    /// Its title: "Outcome of quality assurance"; the standard report has its own.
    #[serde(default)]
    pub title: Option<String>,
    /// To whom it goes, a line each.
    #[serde(default)]
    pub to: Vec<String>,
    /// Its reference, by which it is filed and quoted.
    #[serde(default)]
    pub reference: Option<String>,
    /// Within how many days of the report's date it is to be answered; `{answer_by}` in a statement or text is that day.
    #[serde(default)]
    pub answer_within: Option<u16>,
    /// What stands beside the title.
    #[serde(default)]
    pub facts: Vec<FigureEntry>,
    /// Its parts, in order.
    #[serde(default)]
    pub blocks: Vec<BlockEntry>,
    /// What is signed at its end: the words above the lines, and what each line is for.
    #[serde(default)]
    pub signature: Option<SignatureSpec>,
}

/// A label with its value.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureEntry {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// A part of a report.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockEntry {
    /// The part is there where this holds; without it, always.
    #[serde(default)]
    pub when: Option<String>,
    /// Whether it comes after the signature: as an enclosure of a letter, as an annex of a paper.
    #[serde(default)]
    pub enclosed: bool,
    /// Its heading.
    #[serde(default)]
    pub heading: Option<String>,
    /// A statement that must not be missed, set apart.
    #[serde(default)]
    pub statement: Option<String>,
    /// Its paragraphs.
    #[serde(default)]
    pub text: Vec<String>,
    /// A list.
    #[serde(default)]
    pub points: Vec<String>,
    /// Figures, a row each.
    #[serde(default)]
    pub figures: Vec<FigureEntry>,
    /// The register whose rows are counted by what they come to.
    #[serde(default)]
    pub tally: Option<String>,
    /// A table of rows of a register.
    #[serde(default)]
    pub table: Option<RowTableEntry>,
    /// Rows of a register, one below the other, each with its facts.
    #[serde(default)]
    pub cards: Option<CardsEntry>,
    /// There is such a part for each of these: `"section"`, `"tag"`, or a list of names. Its texts may then say `{each.id}` and
    /// `{each.title}`.
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}

/// A table of rows of a register.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowTableEntry {
    /// The register.
    pub over: String,
    /// The rows that are told; without it, all.
    #[serde(default)]
    pub when: Option<String>,
    /// The words above the table.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<TableColumnEntry>,
    /// Whether it lies on pages of its own, turned on their side; its part comes after the signature then.
    #[serde(default)]
    pub turned: bool,
}

/// A column of a table of rows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableColumnEntry {
    /// Its heading.
    pub heading: String,
    /// What stands in it.
    pub value: String,
    /// Its share of the width; without it, it is as wide as what stands in it.
    #[serde(default)]
    pub wide: Option<Number>,
    /// Whether numbers stand in it, which are set on the right.
    #[serde(default)]
    pub number: bool,
    /// The cells that stand out are those of rows of which this holds.
    #[serde(default)]
    pub stress: Option<String>,
}

/// Rows of a register, one below the other.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardsEntry {
    /// The register.
    pub over: String,
    /// The rows that are told; without it, all.
    #[serde(default)]
    pub when: Option<String>,
    /// The title of a row.
    pub title: String,
    /// What is told of a row.
    pub facts: Vec<FigureEntry>,
}
