//! Which lines below a register's heading are its rows, and which filled ones are left out.
//!
//! All rows that the form has for a register belong to it, whatever gaps are between. Beyond them a line must look like the
//! rows above; one that doesn't, and isn't plainly something else, is told. So is one with nothing but words among lines that have more, of
//! which it can't be told whether it is a row.

use std::collections::BTreeSet;

use crate::cell::{CellRange, CellRef};
use crate::finding::Findings;
use crate::framework::{ColumnId, EntryKind, RegisterSpec};
use crate::layout::RegisterPlace;
use crate::wording::Wording;
use crate::workbook::{Cell, DateSystem, Sheet, Uses, Value};

use super::doubt::{Asked, Doubtful, Lone, Usual};
use super::entry;
use super::line::{Column, Line};
use super::place::Spot;
use super::sum::own_words;
use super::unit::Unit;

/// After this many empty rows a lone filled cell beyond the form's rows is no row of the register.
const GAP: u32 = 2;

/// Functions that fetch what stands elsewhere.
const FETCHING: [&str; 8] = ["FILTER", "HLOOKUP", "INDEX", "INDIRECT", "LOOKUP", "OFFSET", "VLOOKUP", "XLOOKUP"];

/// The lines below a register's heading.
pub(super) struct Lines<'a> {
    /// What the pack says of the register.
    pub(super) spec: &'a RegisterSpec,
    /// The columns that were found.
    pub(super) columns: &'a [Column<'a>],
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// Where the register stands.
    pub(super) place: &'a RegisterPlace,
    /// How the workbook counts dates.
    pub(super) dates: DateSystem,
    /// The sheet's rows that something else of the form stands in.
    pub(super) taken: BTreeSet<u32>,
    /// What the form prints on the sheet.
    pub(super) printed: BTreeSet<&'a str>,
    /// The sheet of the form; `None` where there is none.
    pub(super) form: Option<&'a Sheet>,
}

/// The lines of a register by what they are.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// The rows.
    pub(super) rows: Vec<u32>,
    /// Lines with entries that are neither rows nor plainly anything else.
    pub(super) left_out: Vec<u32>,
    /// Lines with nothing but words, of which it can't be told whether they are rows.
    pub(super) perhaps: Vec<Doubtful>,
    /// Lines that sum rows up.
    pub(super) sums: Vec<u32>,
    /// Lines among the rows that repeat the heading.
    pub(super) headings: Vec<u32>,
}

/// What a line is.
enum Kind {
    Row,
    Perhaps(Lone, Vec<u32>),
    Sum,
    Heading,
    LeftOut,
    Aside,
}

/// What stands above a line.
struct Above {
    /// The last row, or the heading.
    last: u32,
    /// The most entries of a row.
    most: usize,
    /// How many rows stand above the last line that sums up.
    since: usize,
    /// Whether the text stands above at which the rows end.
    ended: bool,
}

impl Lines<'_> {
    /// Sorts the lines.
    pub(super) fn sorted(&self) -> Sorted {
        let mut sorted = Sorted::default();
        let mut above = Above { last: self.place.heading, most: 0, since: 0, ended: false };
        let (words, usual) = (own_words(self.spec), self.usual());
        for (row, cells) in self.lines() {
            let ends_here = self.ends_at(cells);
            above.ended |= ends_here;
            if ends_here {
                continue;
            }
            let filled = self.filled(cells);
            let line = Line {
                sheet: self.sheet,
                place: self.place,
                columns: self.columns,
                key: self.key(),
                has_printed_keys: !self.spec.begun_by.is_empty(),
                cells: self.within(cells),
                filled: &filled,
                most: above.most,
                above: &sorted.rows,
                since: above.since,
                words: &words,
            };
            match self.kind(row, &line, (&above, &usual)) {
                Kind::Row => {
                    sorted.rows.push(row);
                    (above.last, above.most) = (row, above.most.max(filled.len()));
                }
                Kind::Sum => {
                    sorted.sums.push(row);
                    above.since = sorted.rows.len();
                }
                Kind::Perhaps(what, columns) => sorted.perhaps.push(Doubtful { row, what, columns }),
                Kind::Heading => sorted.headings.push(row),
                Kind::LeftOut => sorted.left_out.push(row),
                Kind::Aside => {}
            }
        }
        sorted
    }

    /// Returns the lines below the heading.
    fn lines(&self) -> impl Iterator<Item = (u32, &[Cell])> {
        let (first, last) = self.place.rows;
        self.sheet.rows().filter(move |(row, _)| (first..=last).contains(row))
    }

    /// Returns what its lines have as a rule, above the text at which the rows end.
    fn usual(&self) -> Usual {
        let mut usual = Usual::default();
        for (row, cells) in self.lines().take_while(|(_, cells)| !self.ends_at(cells)) {
            if !self.taken.contains(&row) {
                usual.take(&self.filled(cells), self.columns);
            }
        }
        usual
    }

    /// Says what a line is.
    fn kind(&self, row: u32, line: &Line, (above, usual): (&Above, &Usual)) -> Kind {
        let filled = line.filled;
        let keyed = filled.iter().any(|cell| Some(cell.at.column) == self.key());
        let is_near = !above.ended && (row <= self.place.printed || row <= above.last + GAP);
        match () {
            () if filled.is_empty() => self.unfilled(line),
            () if line.sums_up() => Kind::Sum,
            () if above.most > 0 && !self.taken.contains(&row) && line.says_heading() => Kind::Heading,
            () if line.is_aside() => Kind::Aside,
            () if line.is_remark() => self.left_out(row, filled, is_near),
            () if line.may_sum_up() => self.left_out(row, filled, true),
            () if above.ended && self.is_full(filled) => self.doubtful(row, filled, Lone::Below),
            () if above.ended => self.left_out(row, filled, filled.len() > 1),
            () if !self.is_begun(filled) => {
                let is_meant = filled.len() > usize::from(keyed) || is_near && self.asked().is_doubtful(filled, usual);
                self.left_out(row, filled, is_meant)
            }
            () if self.is_no_key(filled) => self.left_out(row, filled, true),
            () if (is_near || keyed && self.has_names()) && self.asked().is_doubtful(filled, usual) => {
                self.doubtful(row, filled, Lone::among(filled))
            }
            () if row > above.last + 1 && self.asked().is_name_with_figures(filled, usual) => {
                self.doubtful(row, filled, Lone::among(filled))
            }
            () if row <= above.last + GAP || is_like_others(filled.len(), keyed, above.most) => Kind::Row,
            () if row > self.place.printed => {
                self.left_out(row, filled, filled.len() > 1 || keyed && self.is_apt(filled[0]))
            }
            () if filled.len() > 1 || self.is_apt(filled[0]) => Kind::Row,
            () => self.left_out(row, filled, true),
        }
    }

    /// Says what a line is in which nothing is filled in: one whose formulas gather rows, or that fetch a key and fail.
    fn unfilled(&self, line: &Line) -> Kind {
        let key = line.cells.iter().find(|cell| Some(cell.at.column) == line.key);
        let lost = key.filter(|cell| cell.formula.is_some() && (self.is_lost(cell) || self.is_awaited(cell)));
        match lost {
            Some(cell) => Kind::Perhaps(Lone::of(cell), vec![cell.at.column]),
            None if line.gathers_alone() => Kind::Sum,
            None => Kind::Aside,
        }
    }

    /// Whether a formula for a key lost what it fetches.
    fn is_lost(&self, cell: &Cell) -> bool {
        let is_broken = cell.formula.as_deref().is_some_and(|formula| formula.contains("#REF!"));
        matches!(&cell.value, Value::Error(_)) && !self.waits(cell) && (is_broken || self.fetches(cell))
    }

    /// Whether a formula finds nothing since the cell of this sheet is blank by which it looks something up, or since the form
    /// itself has it there for entries that may come.
    fn waits(&self, cell: &Cell) -> bool {
        let is_blank = |at: CellRef| self.sheet.cell(at).is_none_or(|cell| cell.value.is_blank());
        let is_unfilled = |(sheet, range): &(Option<String>, CellRange)| {
            sheet.is_none() && range.first == range.last && is_blank(range.first)
        };
        let looks_for_nothing = |formula: &str| Uses::of(formula).references.iter().any(is_unfilled);
        let is_forms = || self.form.and_then(|form| form.cell(cell.at)).is_some_and(|form| form.formula.is_some());
        is_idle(&cell.value) && (cell.formula.as_deref().is_some_and(looks_for_nothing) || is_forms())
    }

    /// Whether a formula fetches a key, and what it gives was never stored.
    fn is_awaited(&self, cell: &Cell) -> bool {
        cell.value == Value::Empty && self.fetches(cell)
    }

    /// Returns what tells whether a line may be no row.
    fn asked(&self) -> Asked<'_> {
        Asked { spec: self.spec, columns: self.columns, key: self.key() }
    }

    /// Whether its keys are names.
    fn has_names(&self) -> bool {
        let key = self.spec.key.as_ref().and_then(|key| Column::among(self.columns, key));
        key.is_some_and(|key| matches!(key.spec.kind, EntryKind::Text))
    }

    /// Returns that it can't be told whether a line is a row, unless it is the form's own or something else of it.
    fn doubtful(&self, row: u32, filled: &[&Cell], what: Lone) -> Kind {
        match self.left_out(row, filled, true) {
            Kind::LeftOut => Kind::Perhaps(what, filled.iter().map(|cell| cell.at.column).collect()),
            other @ (Kind::Row | Kind::Perhaps(..) | Kind::Sum | Kind::Heading | Kind::Aside) => other,
        }
    }

    /// Returns that a line is left out where it may be meant as a row and is nothing of the form's.
    fn left_out(&self, row: u32, filled: &[&Cell], is_meant: bool) -> Kind {
        let mut texts = filled.iter().filter_map(|cell| cell.text()).peekable();
        let is_printed = texts.peek().is_some() && texts.all(|text| self.printed.contains(text));
        if is_meant && !is_printed && !self.taken.contains(&row) { Kind::LeftOut } else { Kind::Aside }
    }

    /// Whether nothing but words stand in a line, where a key belongs that is no words: a heading of some rows, or a remark.
    fn is_no_key(&self, filled: &[&Cell]) -> bool {
        let column = self.spec.key.as_ref().and_then(|key| Column::among(self.columns, key));
        let is_reference = column.is_some_and(|column| column.spec.kind.is_reference());
        matches!(filled, [one] if is_reference && Some(one.at.column) == self.key() && !self.is_apt(one))
    }

    /// Returns where the key stands.
    fn key(&self) -> Option<u32> {
        Column::among(self.columns, self.spec.key.as_ref()?).map(|column| column.at)
    }

    /// Returns the cells of a row up to the register's last column.
    fn within<'a>(&self, cells: &'a [Cell]) -> &'a [Cell] {
        let last = self.columns.iter().map(|column| column.at).max().unwrap_or_default();
        &cells[..cells.partition_point(|cell| cell.at.column <= last)]
    }

    /// Whether a row begins with a text at which the rows end.
    fn ends_at(&self, cells: &[Cell]) -> bool {
        let first = cells.first().and_then(Cell::text).map(Wording::of);
        first.is_some_and(|first| self.spec.ends_at.iter().any(|text| Wording::of(text) == first))
    }

    /// Whether a line has what makes a row wherever it stands: a key, as the register asks for it, and several entries beside it.
    fn is_full(&self, filled: &[&Cell]) -> bool {
        let key = filled.iter().find(|cell| Some(cell.at.column) == self.key());
        filled.len() > 2 && key.is_some_and(|key| self.is_apt(key))
    }

    /// Whether one of the columns is filled in that begin a row.
    fn is_begun(&self, filled: &[&Cell]) -> bool {
        let begins = |id: &ColumnId| {
            Column::among(self.columns, id).is_some_and(|column| filled.iter().any(|cell| cell.at.column == column.at))
        };
        self.spec.begun_by.is_empty() || self.spec.begun_by.iter().any(begins)
    }

    /// Returns what is filled in; nothing where only formulas stand there that wait for entries.
    fn filled<'a>(&self, cells: &'a [Cell]) -> Vec<&'a Cell> {
        let is_entry = |at: u32| self.columns.iter().any(|column| column.at == at && column.spec.computed.is_none());
        let filled: Vec<&Cell> =
            cells.iter().filter(|cell| !cell.value.is_blank() && is_entry(cell.at.column)).collect();
        if filled.iter().any(|cell| self.says_something(cell)) { filled } else { Vec::new() }
    }

    /// Whether a cell is an entry by itself: typed, or fetched from beyond the register.
    fn says_something(&self, cell: &Cell) -> bool {
        match cell.formula {
            Some(_) => !is_idle(&cell.value) && self.fetches(cell),
            None => cell.value != Value::Logical(false),
        }
    }

    /// Whether a cell's formula fetches something from beyond the register.
    fn fetches(&self, cell: &Cell) -> bool {
        let Some(formula) = cell.formula.as_deref() else { return false };
        let uses = Uses::of(formula);
        let spans = self.columns.iter().map(|column| column.at);
        let span = spans.clone().min().unwrap_or_default()..=spans.max().unwrap_or_default();
        let fetches = uses.functions.iter().any(|function| FETCHING.contains(&function.as_str()));
        let is_beyond =
            |(sheet, range): &(Option<String>, CellRange)| sheet.is_some() || !span.contains(&range.first.column);
        fetches || uses.references.iter().any(is_beyond)
    }

    /// Whether a lone entry is what its column asks for, so that it is no signature or remark.
    fn is_apt(&self, cell: &Cell) -> bool {
        let Some(column) = self.columns.iter().find(|column| column.at == cell.at.column) else { return false };
        let (sheet, dates) = (self.sheet, self.dates);
        let spot =
            Spot { sheet, at: cell.at, cell: Some(cell), dates, subject: "", unit: Unit::Unsaid, is_chosen: false };
        match &column.spec.kind {
            EntryKind::Text | EntryKind::Contact => Some(column.at) == self.key(),
            EntryKind::Number { .. } => false,
            EntryKind::Reference(_) | EntryKind::Registration(_) => is_like_a_reference(&spot.written()),
            kind @ (EntryKind::Date(_) | EntryKind::Choice(_) | EntryKind::Mark(_)) => {
                entry::read(&spot, kind, &mut Findings::default()).given().is_some()
            }
        }
    }
}

/// Whether a line has as many entries as rows above let expect.
fn is_like_others(filled: usize, keyed: bool, most: usize) -> bool {
    if most == 0 { keyed || filled > 1 } else { filled >= (most / 3).max(2) }
}

/// Whether a formula shows what it shows of empty cells.
fn is_idle(value: &Value) -> bool {
    match value {
        Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => *number == 0.0,
        Value::Error(error) => &**error == "#N/A",
        Value::Logical(truth) => !truth,
        Value::Empty => true,
        Value::Text(_) | Value::Picture => value.is_blank(),
    }
}

/// Whether a text is short and has a figure, as references have.
fn is_like_a_reference(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.split_whitespace().count() <= 2
}
