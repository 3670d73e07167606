//! The report on a return, as a checked pack declares it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::expression::Expression;
use super::message::Message;
use super::{Framework, RegisterId};
use crate::exact::Exact;

/// The report on one return.
#[derive(Clone, Debug)]
pub struct ReportSpec {
    /// What kind of paper it is.
    pub kind: ReportKind,
    /// Its title.
    pub title: Message,
    /// To whom it goes, a line each.
    pub to: Vec<Message>,
    /// Its reference; `None` where it has none.
    pub reference: Option<Message>,
    /// Within how many days of its date it is to be answered; `None` where the pack sets none.
    pub answer_within: Option<u16>,
    /// What stands beside the title.
    pub facts: Vec<FigureSpec>,
    /// Its parts, in order.
    pub blocks: Vec<BlockSpec>,
    /// What is signed at its end; `None` where nothing is.
    pub signature: Option<SignatureSpec>,
}

/// What kind of paper a report is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ReportKindEntry")]
pub enum ReportKind {
    /// The report on scores and criteria, with the pack's parts after the outcome.
    #[default]
    Assessment,
    /// A letter to the sender.
    Letter,
    /// A paper on which a board decides.
    BoardPaper,
}

/// A label with its value.
#[derive(Clone, Debug)]
pub struct FigureSpec {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: Message,
}

/// A part of a report.
#[derive(Clone, Debug)]
pub struct BlockSpec {
    /// The part is there where this holds; `None` is always.
    pub when: Option<Expression>,
    /// Where it stands.
    pub stands: Stands,
    /// Its heading; `None` where it has none.
    pub heading: Option<Message>,
    /// A statement that is set apart; `None` where there is none.
    pub statement: Option<Message>,
    /// Its paragraphs.
    pub text: Vec<Message>,
    /// A list.
    pub points: Vec<Message>,
    /// Figures, a row each.
    pub figures: Vec<FigureSpec>,
    /// The register whose rows are counted by what they come to; `None` where none are.
    pub tally: Option<RegisterId>,
    /// A table of rows; `None` where it has none.
    pub table: Option<RowTableSpec>,
    /// Rows one below the other; `None` where it has none.
    pub cards: Option<CardsSpec>,
}

/// Where a part of a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Above the signature.
    Within,
    /// After it, as an enclosure or an annex.
    Enclosed,
}

/// A table of rows of a register.
#[derive(Clone, Debug)]
pub struct RowTableSpec {
    /// The rows.
    pub rows: RowsSpec,
    /// The words above the table.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<TableColumnSpec>,
    /// How it lies on the page.
    pub lies: Lies,
}

/// How a table lies on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// Between other parts.
    Upright,
    /// On pages of its own, turned on their side.
    Turned,
}

/// Rows of a register.
#[derive(Clone, Debug)]
pub struct RowsSpec {
    /// The register.
    pub over: RegisterId,
    /// Those that are told; `None` is all.
    pub when: Option<Expression>,
}

/// A column of a table of rows.
#[derive(Clone, Debug)]
pub struct TableColumnSpec {
    /// Its heading.
    pub heading: String,
    /// What stands in it.
    pub value: Message,
    /// Its share of the width; `None` where it is as wide as what stands in it.
    pub wide: Option<Exact>,
    /// Whether numbers stand in it.
    pub is_number: bool,
    /// Where this holds, the cell stands out; `None` is nowhere.
    pub stress: Option<Expression>,
}

/// Rows of a register, one below the other.
#[derive(Clone, Debug)]
pub struct CardsSpec {
    /// The rows.
    pub rows: RowsSpec,
    /// The title of a row.
    pub title: Message,
    /// What is told of a row.
    pub facts: Vec<FigureSpec>,
}

/// What is signed at the end of a report.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SignatureEntry")]
pub struct SignatureSpec {
    /// The words above: "Yours faithfully".
    pub closing: String,
    /// What each line is for: "Name", "Date".
    pub lines: Vec<String>,
}

impl Framework {
    /// Returns what kind of paper the report on a return is.
    pub fn report_kind(&self) -> ReportKind {
        self.report.as_ref().map_or_else(ReportKind::default, |report| report.kind)
    }
}
