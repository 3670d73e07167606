//! The parts of a return's report that its pack declares, filled in with what the return says.
//!
//! [`paper`] works every text out once, while the whole return is at hand, so that reports are made of reviews alone. Texts
//! that come to nothing are left out, and rows beyond a number that a reader can use are counted, not told.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::framework::expression::{Expression, Quantity, Scope};
use crate::framework::message::Message;
use crate::framework::report::{
    BlockSpec, CardsSpec, FigureSpec, Lies, ReportSpec, RowTableSpec, RowsSpec, Stands, TableColumnSpec,
};
use crate::framework::{Framework, RegisterId};
use crate::outcome::{Basis, Gaps, Outcome, OutcomeScope, RowScope};
use crate::personal::masked;
use crate::rules::Judged;

/// The most rows that a table of a report tells.
const ROWS: usize = 400;
/// The most rows that a report tells one below the other.
const CARDS: usize = 60;

/// The parts of a report that its pack declares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperRecord {
    /// The title.
    pub title: String,
    /// To whom it goes, a line each.
    pub to: Vec<String>,
    /// The reference; `None` where it has none.
    pub reference: Option<String>,
    /// Within how many days of its date it is to be answered; `None` where the pack sets none.
    pub answer_within: Option<u16>,
    /// What stands beside the title.
    pub facts: Vec<FigureRecord>,
    /// The parts, in order.
    pub blocks: Vec<BlockRecord>,
    /// The words above the lines that are signed; empty where nothing is.
    pub closing: String,
    /// What each line that is signed is for.
    pub lines: Vec<String>,
}

/// A label with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureRecord {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockRecord {
    /// Whether it comes after the signature, as an enclosure or an annex.
    pub enclosed: bool,
    /// The heading; `None` where it has none.
    pub heading: Option<String>,
    /// A statement that is set apart; `None` where there is none.
    pub statement: Option<String>,
    /// The paragraphs.
    pub text: Vec<String>,
    /// A list.
    pub points: Vec<String>,
    /// Figures, a row each.
    pub figures: Vec<FigureRecord>,
    /// Rows of a register, counted by what they come to; `None` where none are.
    pub tally: Option<TallyRecord>,
    /// A table of rows; `None` where it has none.
    pub table: Option<RowTableRecord>,
    /// Rows one below the other; empty where it has none.
    pub cards: Vec<CardRecord>,
    /// How many rows there are beyond those that are told.
    pub more: usize,
    /// What those rows are: "learner".
    pub more_noun: String,
}

/// Rows of a register, counted by what they come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyRecord {
    /// What a row is about.
    pub row_noun: String,
    /// All rows.
    pub all: usize,
    /// Each thing that a row can come to, best first, with how many do.
    pub results: Vec<(String, usize)>,
}

/// A table of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowTableRecord {
    /// The words above it.
    pub caption: String,
    /// Whether it lies on pages of its own, turned on their side.
    pub turned: bool,
    /// The columns.
    pub columns: Vec<ColumnRecord>,
    /// The rows.
    pub rows: Vec<Vec<CellRecord>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnRecord {
    /// The heading.
    pub heading: String,
    /// Its share of the width; `None` where it is as wide as what stands in it.
    pub wide: Option<f64>,
    /// Whether numbers stand in it.
    pub is_number: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellRecord {
    /// What stands in it.
    pub text: String,
    /// Whether it stands out.
    pub stressed: bool,
}

/// A row with its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRecord {
    /// The title.
    pub title: String,
    /// What is told of the row.
    pub facts: Vec<FigureRecord>,
}

/// Where a report's texts are worked out.
struct ReportBasis<'a> {
    framework: &'a Framework,
    outcome: &'a Outcome,
    basis: &'a Basis<'a>,
}

/// Fills in the report that a pack declares; `None` where it declares none.
pub fn paper(judged: &Judged) -> Option<PaperRecord> {
    let spec: &ReportSpec = judged.framework.report.as_ref()?;
    let outcome = judged.outcome();
    let basis = Basis::of(judged.framework, judged.sent, outcome);
    let report = ReportBasis { framework: judged.framework, outcome, basis: &basis };
    let scope = OutcomeScope::new(&basis, outcome, Gaps::Open);
    Some(PaperRecord {
        title: spec.title.render(&scope),
        to: texts(&spec.to, &scope),
        reference: spec.reference.as_ref().and_then(|text| said(text, &scope)),
        answer_within: spec.answer_within,
        facts: figures(&spec.facts, &scope),
        blocks: spec
            .blocks
            .iter()
            .filter(|block| holds(block.when.as_ref(), &scope))
            .map(|block| report.block(block, &scope))
            .collect(),
        closing: spec.signature.as_ref().map(|signature| signature.closing.clone()).unwrap_or_default(),
        lines: spec.signature.iter().flat_map(|signature| signature.lines.clone()).collect(),
    })
}

impl ReportBasis<'_> {
    /// Fills in one part.
    fn block(&self, spec: &BlockSpec, scope: &dyn Scope) -> BlockRecord {
        let (table, beyond) = spec.table.as_ref().map(|table| self.table(table)).unzip();
        let (cards, others) = spec.cards.as_ref().map(|cards| self.cards(cards)).unzip();
        let over = spec.table.as_ref().map(|table| &table.rows).or(spec.cards.as_ref().map(|cards| &cards.rows));
        BlockRecord {
            enclosed: spec.stands == Stands::Enclosed,
            heading: spec.heading.as_ref().and_then(|text| said(text, scope)),
            statement: spec.statement.as_ref().and_then(|text| said(text, scope)),
            text: texts(&spec.text, scope),
            points: texts(&spec.points, scope),
            figures: figures(&spec.figures, scope),
            tally: spec.tally.as_ref().and_then(|register| self.tally(register)),
            table: table.filter(|table| !table.rows.is_empty()),
            cards: cards.unwrap_or_default(),
            more: beyond.unwrap_or_default() + others.unwrap_or_default(),
            more_noun: over.map_or_else(String::new, |rows| self.noun(&rows.over)),
        }
    }

    /// Returns what a register's row is about.
    fn noun(&self, register: &RegisterId) -> String {
        let spec = self.framework.register(register);
        spec.map_or_else(String::new, |spec| spec.row_noun.clone())
    }

    /// Counts a register's rows by what they come to.
    fn tally(&self, register: &RegisterId) -> Option<TallyRecord> {
        let outcome = self.framework.register(register)?.outcome.as_ref()?;
        let scores = self.outcome.registers.get(register)?;
        let number = |id: Option<&str>| scores.iter().filter(|score| score.outcome() == id).count();
        let results = outcome.results.iter().map(|result| (result.title.clone(), number(Some(&result.id))));
        let open = scores.iter().filter(|score| score.comes_to.is_open()).count();
        Some(TallyRecord {
            row_noun: self.noun(register),
            all: scores.len(),
            results: results.chain((open > 0).then(|| ("Not to be told yet".to_owned(), open))).collect(),
        })
    }

    /// Returns the rows that are told, at most so many, and how many there are beyond.
    fn rows<T>(&self, spec: &RowsSpec, most: usize, told: impl Fn(&RowScope) -> T) -> (Vec<T>, usize) {
        let number = self.outcome.registers.get(&spec.over).map_or(0, Vec::len);
        let (mut rows, mut more) = (Vec::new(), 0);
        for row in (0..number).filter_map(|row| self.basis.row(&spec.over, row)) {
            if !holds(spec.when.as_ref(), &row) {
                continue;
            }
            if rows.len() < most {
                rows.push(told(&row));
            } else {
                more += 1;
            }
        }
        (rows, more)
    }

    /// Fills in a table, and says how many rows there are beyond those told.
    fn table(&self, spec: &RowTableSpec) -> (RowTableRecord, usize) {
        let (rows, more) = self.rows(&spec.rows, ROWS, |row| {
            let cells = spec.columns.iter().map(|column| CellRecord {
                text: told(&column.value, row),
                stressed: column.stress.as_ref().is_some_and(|stress| holds(Some(stress), row)),
            });
            cells.collect::<Vec<_>>()
        });
        let table = RowTableRecord {
            caption: spec.caption.clone(),
            turned: spec.lies == Lies::Turned,
            columns: spec.columns.iter().map(column).collect(),
            rows,
        };
        (table, more)
    }

    /// Fills in rows one below the other, and says how many there are beyond those told.
    fn cards(&self, spec: &CardsSpec) -> (Vec<CardRecord>, usize) {
        self.rows(&spec.rows, CARDS, |row| CardRecord {
            title: told(&spec.title, row),
            facts: figures(&spec.facts, row),
        })
    }
}

/// Returns what a table's column is.
fn column(spec: &TableColumnSpec) -> ColumnRecord {
    let wide = spec.wide.as_ref().map(Exact::to_float);
    ColumnRecord { heading: spec.heading.clone(), wide, is_number: spec.is_number }
}

/// Whether a part or a row is told: where there is a condition, it must hold.
fn holds(when: Option<&Expression>, scope: &dyn Scope) -> bool {
    when.is_none_or(|when| when.evaluate(scope) == Quantity::Truth(true))
}

/// Returns what a text comes to; `None` where that is nothing.
fn said(text: &Message, scope: &dyn Scope) -> Option<String> {
    Some(told(text, scope)).filter(|text| !text.is_empty())
}

/// Returns what a text comes to, without what tells who a person is.
fn told(text: &Message, scope: &dyn Scope) -> String {
    masked(text.render(scope).trim()).into_owned()
}

/// Returns what texts come to, without those that come to nothing.
fn texts(texts: &[Message], scope: &dyn Scope) -> Vec<String> {
    texts.iter().filter_map(|text| said(text, scope)).collect()
}

/// Returns figures, without those that have no value.
fn figures(specs: &[FigureSpec], scope: &dyn Scope) -> Vec<FigureRecord> {
    let of = |spec: &FigureSpec| Some(FigureRecord { label: spec.label.clone(), value: said(&spec.value, scope)? });
    specs.iter().filter_map(of).collect()
}
