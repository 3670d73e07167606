//! Lines of a register of which it can't be told whether they are rows: they have nothing but words, which may be a key, a title of a
//! part, a remark, or the end of the list; or, below a gap, nothing but a name and figures, which may be of all rows.
//!
//! They are told by what the other lines have: where these have many entries, a name alone may be none, and so may words where others
//! have references, or words beside no key. “No further actions” is no action wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::framework::{EntryKind, RegisterSpec};
use crate::wording::Wording;
use crate::words::{list, with_article};
use crate::workbook::{Cell, Sheet, Value};

use super::entry::has_shape;
use super::line::Column;
use super::rule::{ANSWER_IS_AN_ERROR, FORMULA_NOT_CALCULATED, ROW_LEFT_OUT};
use super::stopgap::names_nothing;
use super::sum::figure;

/// Where rows have this many entries, a line with nothing but a name may be none.
const MANY: usize = 4;

/// How texts begin that say that nothing more follows, in English and in Welsh.
const NO_MORE: [&str; 13] = [
    "no further",
    "no more",
    "no other",
    "no additional",
    "no action",
    "no outstanding",
    "nothing further",
    "nothing more",
    "end of",
    "dim pellach",
    "dim mwy",
    "dim rhagor",
    "dim camau",
];

/// A line of which it can't be told whether it is a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doubtful {
    /// The row of the sheet.
    pub(super) row: u32,
    /// What stands in it.
    pub(super) what: Lone,
    /// The columns in which it stands.
    pub(super) columns: Vec<u32>,
}

/// What stands alone in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lone {
    /// Words, which may be a key, a title, a note or the end of the rows.
    Words,
    /// A name and figures, which may be of all rows.
    Figures,
    /// An error.
    Error,
    /// A formula whose result was never stored.
    NotCalculated,
    /// What stands in rows, though it is below the line at which they end.
    Below,
}

impl Lone {
    /// Returns what stands in a line of its own.
    pub(super) fn among(filled: &[&Cell]) -> Self {
        if filled.iter().any(|cell| figure(cell).is_some()) { Self::Figures } else { Self::of(filled[0]) }
    }

    /// Returns what a cell holds.
    pub(super) fn of(cell: &Cell) -> Self {
        match &cell.value {
            Value::Error(_) => Self::Error,
            Value::Empty => Self::NotCalculated,
            Value::Number(_)
            | Value::Date(_)
            | Value::Elapsed(_)
            | Value::Logical(_)
            | Value::Text(_)
            | Value::Picture => Self::Words,
        }
    }
}

/// What the lines of a register have as a rule.
#[derive(Debug, Default)]
pub(super) struct Usual {
    /// The most entries of a line.
    most: usize,
    /// How references look that stand in lines with other entries, by column.
    references: BTreeMap<u32, BTreeSet<String>>,
}

impl Usual {
    /// Takes in what is filled in of a line.
    pub(super) fn take(&mut self, filled: &[&Cell], columns: &[Column]) {
        self.most = self.most.max(filled.len());
        let is_reference =
            |column: &&Column| matches!(column.spec.kind, EntryKind::Reference(_) | EntryKind::Registration(_));
        for column in columns.iter().filter(is_reference).filter(|_| filled.len() > 1) {
            let own = filled.iter().find(|cell| cell.at.column == column.at).and_then(|cell| match &cell.value {
                Value::Text(text) => Some(outline(text)),
                Value::Number(_) => Some(outline("9")),
                Value::Empty
                | Value::Date(_)
                | Value::Elapsed(_)
                | Value::Logical(_)
                | Value::Error(_)
                | Value::Picture => None,
            });
            self.references.entry(column.at).or_default().extend(own);
        }
    }

    /// Whether a text looks as the references of a column do.
    fn has_reference(&self, column: u32, text: &str) -> bool {
        let is_short = text.contains(|c: char| c.is_ascii_digit()) && text.split_whitespace().count() <= 2;
        let others = self.references.get(&column).filter(|others| !others.is_empty());
        is_short && others.is_none_or(|others| others.contains(&outline(text)))
    }
}

/// Returns how a text looks: a letter for its letters that follow each other, a figure for its figures.
fn outline(text: &str) -> String {
    let kind = |c: char| match c {
        c if c.is_numeric() => '9',
        c if c.is_alphabetic() => 'a',
        c => c,
    };
    let mut kinds: Vec<char> = text.trim().chars().map(kind).collect();
    kinds.dedup();
    kinds.into_iter().collect()
}

/// A register whose lines are looked at, with its columns and where its key stands.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// What the pack says of it.
    pub(super) spec: &'a RegisterSpec,
    /// The columns that were found.
    pub(super) columns: &'a [Column<'a>],
    /// Where the key stands; `None` where there is none.
    pub(super) key: Option<u32>,
}

impl Asked<'_> {
    /// Whether a line may be no row by what it has alone.
    pub(super) fn is_doubtful(self, filled: &[&Cell], usual: &Usual) -> bool {
        let [cell] = filled else { return self.are_remarks(filled, usual) };
        let Some(column) = self.columns.iter().find(|column| column.at == cell.at.column) else { return false };
        let Some(text) = cell.text().filter(|_| cell.formula.is_none()) else {
            let is_name = Some(column.at) == self.key && matches!(column.spec.kind, EntryKind::Text);
            return is_name && usual.most >= MANY && matches!(cell.value, Value::Error(_));
        };
        let is_needed = self.spec.complete.contains(&column.spec.id);
        if is_needed || usual.most < MANY {
            return !self.spec.complete.is_empty() && says_no_more(text);
        }
        match &column.spec.kind {
            EntryKind::Reference(Some(shape)) => !has_shape(text.trim(), shape),
            EntryKind::Reference(None) | EntryKind::Registration(_) => !usual.has_reference(column.at, text),
            EntryKind::Text | EntryKind::Contact | EntryKind::Choice(_) | EntryKind::Mark(_) => true,
            EntryKind::Number { .. } | EntryKind::Date(_) => false,
        }
    }

    /// Whether a name and a few figures are all that a line has where others have many entries.
    pub(super) fn is_name_with_figures(self, filled: &[&Cell], usual: &Usual) -> bool {
        let [name, figures @ ..] = filled else { return false };
        let key = self.columns.iter().find(|column| Some(column.at) == self.key);
        let is_name = key.is_some_and(|key| key.at == name.at.column && matches!(key.spec.kind, EntryKind::Text));
        let is_typed = |cell: &Cell| cell.formula.is_none();
        is_name
            && usual.most >= MANY
            && filled.len() * 3 <= usual.most
            && name.text().is_some_and(|_| is_typed(name))
            && !figures.is_empty()
            && figures.iter().all(|cell| figure(cell).is_some() && is_typed(cell))
    }

    /// Whether a few words in columns of words are all that a line has, and no key.
    fn are_remarks(self, filled: &[&Cell], usual: &Usual) -> bool {
        let is_of_words = |cell: &Cell| {
            let column = self.columns.iter().find(|column| column.at == cell.at.column);
            column.is_some_and(|column| matches!(column.spec.kind, EntryKind::Text | EntryKind::Contact))
        };
        let is_typed = |cell: &Cell| cell.formula.is_none() && cell.text().is_some();
        let is_remark = |cell: &&Cell| is_of_words(cell) && is_typed(cell) && Some(cell.at.column) != self.key;
        self.key.is_some() && filled.len() * 3 <= usual.most && filled.iter().all(is_remark)
    }
}

/// Whether a text says that nothing more follows.
fn says_no_more(text: &str) -> bool {
    let words = Wording::of(text);
    names_nothing(text) || NO_MORE.iter().any(|start| words.as_str().starts_with(start))
}

/// Says of lines with nothing but words that it can't be told whether they are rows: those that follow each other together.
pub(super) fn told(spec: &RegisterSpec, (sheet, columns): (&Sheet, &[Column]), lines: &[Doubtful]) -> Vec<Finding> {
    let together = lines.chunk_by(|above, below| {
        let is_alike = (above.what, &above.columns) == (below.what, &below.columns) || above.what == Lone::Below;
        below.row - above.row == 1 && above.what == below.what && is_alike
    });
    together.filter_map(|lines| told_together(spec, (sheet, columns), lines)).collect()
}

/// Says it of lines that follow each other.
fn told_together(spec: &RegisterSpec, (sheet, columns): (&Sheet, &[Column]), lines: &[Doubtful]) -> Option<Finding> {
    let (first, end) = (lines.first()?, lines.last()?.row);
    let top = first.row;
    let here = columns.iter().filter(|column| lines.iter().any(|line| line.columns.contains(&column.at)));
    let mut here: Vec<(u32, &str)> = here.map(|column| (column.at, column.spec.heading.as_str())).collect();
    here.sort_unstable();
    let noun = with_article(&spec.row_noun);
    let which = if top == end { format!("row {top}") } else { format!("rows {top} to {end}") };
    let (rule, what) = match first.what {
        Lone::Words => (&ROW_LEFT_OUT, lone(&which, top == end, "words", &here)),
        Lone::Figures => (&ROW_LEFT_OUT, lone(&which, top == end, "words and figures", &here)),
        Lone::Error => (&ANSWER_IS_AN_ERROR, lone(&which, top == end, "an error", &here)),
        Lone::NotCalculated => {
            (&FORMULA_NOT_CALCULATED, lone(&which, top == end, "a formula whose result was never stored", &here))
        }
        Lone::Below => (&ROW_LEFT_OUT, below(&which, top == end, &spec.title)),
    };
    let message = format!("{what}: whether that is {noun} can\u{2019}t be told, so how many there are is open");
    let help = match first.what {
        Lone::Below => format!("If it is {noun}, move it up to the others; if not, clear it or move it off the table."),
        Lone::Words | Lone::Figures | Lone::Error | Lone::NotCalculated => {
            format!("If it is {noun}, fill in the row as the others are; if not, clear it or move it off the table.")
        }
    };
    let cells = CellRange::new(CellRef::new(top, here.first()?.0), CellRef::new(end, here.last()?.0));
    let finding = Finding::new(rule, Place::Cells(sheet.name.clone(), cells), message);
    Some(finding.with_subject(spec.id.as_str()).with_help(help))
}

/// Says that something stands alone in lines.
fn lone(which: &str, is_one: bool, what: &str, here: &[(u32, &str)]) -> String {
    let headings: Vec<String> = here.iter().map(|(_, heading)| format!("“{heading}”")).collect();
    let headings = list(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    format!("{which} {} nothing but {what} under {headings}", if is_one { "has" } else { "have" })
}

/// Says that lines are filled in as rows are, below where those end.
fn below(which: &str, is_one: bool, title: &str) -> String {
    format!(
        "{which} {} filled in as those of “{title}” are, below the line at which they end",
        if is_one { "is" } else { "are" }
    )
}
