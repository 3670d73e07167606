//! A return against the form as it was issued: which cells are the form's own, and where its formulas were changed.
//!
//! [`Issued`] is the form of a framework, prepared once. [`account`] says of each filled cell whose it is; [`tampering`] says
//! where a formula of the form was typed over or is another one. The form is compared by meaning, never by position: a cell
//! of the form and a cell of the return are the same when they are the same criterion's, heading's or total's.

mod content;
mod elsewhere;
mod filled_down;
mod order;
mod placed;
mod printed;
mod put_back;

pub mod rule;
mod side;
mod tamper;
mod version;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;

use crate::cell::CellRef;
use crate::exact::Exact;
use crate::framework::{Framework, Stated};
use crate::layout::{Layout, WorkbookText, locate};
use crate::wording::Wording;
use crate::workbook::{Cell, DateSystem, Sheet, Value, Workbook};

pub use content::{Account, account};
pub use printed::reworded;
pub use tamper::tampering;
pub use version::version;

/// The form of a framework as issued.
#[derive(Debug)]
pub struct Issued<'a> {
    /// The form.
    pub workbook: &'a Workbook,
    /// Where it has what.
    layout: Layout,
    /// What its sheets say, by the names of the tabs.
    sheets: BTreeMap<Wording, Printed<'a>>,
    /// What the rows and columns of its sheets are for, by the names of the tabs.
    anchors: BTreeMap<Wording, Anchors>,
}

/// What a sheet of the form says.
#[derive(Debug, Default)]
struct Printed<'a> {
    /// The texts as they are.
    texts: HashSet<&'a str>,
    /// The texts as they are compared.
    wordings: HashSet<Wording>,
    /// The numbers.
    numbers: HashSet<Exact>,
    /// The days.
    days: HashSet<Date>,
    /// The cells that it works out.
    worked_out: BTreeSet<CellRef>,
    /// The texts where they stand, by which rows and columns are known that stand where they stood.
    placed: BTreeMap<CellRef, Wording>,
}

impl<'a> Issued<'a> {
    /// Prepares the form of a framework, where the pack has one.
    pub fn of(framework: &'a Framework) -> Option<Self> {
        let workbook = framework.form()?;
        let layout = locate(framework, &WorkbookText::new(workbook), &mut crate::finding::Findings::default());
        let sheets = workbook.sheets.iter();
        let sheets = sheets.map(|sheet| (Wording::of(&sheet.name), Printed::of(sheet, workbook.date_system))).collect();
        let anchors = Anchors::of_sheets(framework, workbook, &layout);
        Some(Self { workbook, layout, sheets, anchors })
    }
}

impl<'a> Printed<'a> {
    /// Collects what a sheet says outside its formulas, and where these are.
    fn of(sheet: &'a Sheet, system: DateSystem) -> Self {
        let formulas = sheet.cells.iter().filter(|cell| cell.formula.is_some());
        let mut printed = Self { worked_out: formulas.map(|cell| cell.at).collect(), ..Self::default() };
        for cell in sheet.cells.iter().filter(|cell| cell.formula.is_none()) {
            match &cell.value {
                Value::Text(text) => {
                    printed.texts.insert(text);
                    printed.wordings.insert(Wording::of(text));
                    printed.placed.insert(cell.at, Wording::of(text));
                }
                Value::Number(number) => printed.numbers.extend(Exact::from_float(*number)),
                Value::Date(serial) => printed.days.extend(system.date(*serial)),
                Value::Empty | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) => {}
            }
        }
        printed
    }

    /// Whether the form works out what stands at a cell of a sheet, whose row begins and ends there as the form's does, and whose column has
    /// the same above: what was moved there stands elsewhere in the form.
    fn works_out(&self, sheet: &Sheet, at: CellRef) -> bool {
        let is_same = |(label, words): (&CellRef, &Wording)| {
            sheet.cell(*label).and_then(Cell::text).is_some_and(|text| Wording::of(text) == *words)
        };
        let mut row = self.placed.range(CellRef::new(at.row, 0)..CellRef::new(at.row + 1, 0));
        let first = row.next();
        let last = row.next_back().or(first);
        let above = self.placed.range(..at).rfind(|(above, _)| above.column == at.column);
        self.worked_out.contains(&at) && first.is_some() && [first, last, above].into_iter().flatten().all(is_same)
    }

    /// Whether the form says this on this sheet.
    fn says(&self, value: &Value, system: DateSystem) -> bool {
        match value {
            Value::Text(text) => self.texts.contains(text.as_ref()) || self.wordings.contains(&Wording::of(text)),
            Value::Number(number) => Exact::from_float(*number).is_some_and(|number| self.numbers.contains(&number)),
            Value::Date(serial) => system.date(*serial).is_some_and(|day| self.days.contains(&day)),
            Value::Empty | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) => false,
        }
    }
}

/// Names the rows and columns of a sheet by what they are for: criteria, headings, totals, register columns.
#[derive(Debug, Default, PartialEq, Eq)]
struct Anchors {
    rows: Names,
    columns: Names,
}

/// How the name of a criterion's row begins.
const ROW: &str = "row ";

/// What lines of a sheet are for.
type Names = BTreeMap<u32, Vec<String>>;

impl Anchors {
    /// Collects the anchors of all sheets of a layout, by the names of the tabs.
    fn of_sheets(framework: &Framework, workbook: &Workbook, layout: &Layout) -> BTreeMap<Wording, Self> {
        let placed = framework.stated.iter().filter_map(|stated| {
            let (sheet, at) = layout.stated.get(&stated.id)?;
            Some((stated, *sheet, *at))
        });
        let placed: Vec<(&Stated, usize, CellRef)> = placed.collect();
        let sheets = layout.sheets.values();
        let named = sheets.map(|sheet| (Wording::of(&workbook.sheets[*sheet].name), Self::of(layout, &placed, *sheet)));
        named.collect()
    }

    /// Collects the anchors of one sheet of a layout, of which the stated figures are `placed` on their sheets.
    fn of(layout: &Layout, placed: &[(&Stated, usize, CellRef)], sheet: usize) -> Self {
        let mut anchors = Self::default();
        for table in layout.tables.iter().filter(|table| table.sheet == sheet) {
            anchors.row(table.heading, format!("heading {}", table.table));
            table.rows.iter().for_each(|(id, row)| anchors.row(*row, format!("{ROW}{id}")));
            table.columns.iter().for_each(|(id, column)| anchors.column(*column, format!("column {id}")));
        }
        for (id, register) in layout.registers.iter().filter(|(_, register)| register.sheet == sheet) {
            anchors.row(register.heading, format!("heading {id}"));
            register.columns.iter().for_each(|(column, at)| anchors.column(*at, format!("column {id} {column}")));
        }
        for (stated, _, at) in placed.iter().filter(|(_, of, _)| *of == sheet) {
            anchors.row(at.row, format!("stated {}", stated.row));
            anchors.column(at.column, format!("stated {:?}", stated.column));
        }
        anchors
    }

    /// Names a row; several names of one row stay.
    fn row(&mut self, row: u32, name: String) {
        self.rows.entry(row).or_default().push(name);
    }

    /// Names a column.
    fn column(&mut self, column: u32, name: String) {
        self.columns.entry(column).or_default().push(name);
    }

    /// Returns the names of what a rectangle covers; `None` where a side of it has no name at all.
    fn covered(&self, first: CellRef, last: CellRef) -> Option<(Vec<&str>, Vec<&str>)> {
        let rows = sorted(self.rows.range(first.row..=last.row).flat_map(|(_, names)| names));
        let columns = sorted(self.columns.range(first.column..=last.column).flat_map(|(_, names)| names));
        (!rows.is_empty() && !columns.is_empty()).then_some((rows, columns))
    }
}

/// Returns names in order, each once.
fn sorted<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}
