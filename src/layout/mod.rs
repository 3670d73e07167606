//! Where each field, criterion, register and stated total of the framework stands in a workbook.
//!
//! A [`Recogniser`] says which framework a workbook is of; [`locate`] finds its places by names, headings, labels and codes,
//! never by fixed cells. Whatever is taken for something that it isn't word for word is a finding that says so; what can't
//! be told is absent, and a finding. `sheet` finds the tabs (`expected` what they say, `rival` which of several is taken), `heading` the heading rows, `criteria` the rows of criteria (`identity` their codes and texts), `unit` which columns are those of an
//! organisation's parts, `content` what stands in a column, `table` the extent of registers (`printed` how many rows the form has for them), `field` the labels of the cover, `stated` the totals,
//! `shift` where what stands on the issued form is in a sheet with other rows and columns.

mod alignment;
pub mod content;
mod criteria;
mod expected;
mod field;
mod further;
pub mod heading;
mod identity;
mod printed;
mod recognise;
mod rival;
pub mod rule;
mod sheet;
mod shift;
mod stated;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_places;
mod text;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::finding::Findings;
use crate::framework::{ColumnId, FieldId, Framework, RegisterId, SheetId};
use crate::workbook::{Cell, Sheet};

use shift::Forms;
use unit::Units;

pub use recognise::{Insisted, Nearest, Recogniser, Recognition};
pub use text::{SheetText, WorkbookText};

/// Where everything stands; what isn't in here wasn't found.
#[derive(Debug, Default)]
pub struct Layout {
    /// The sheets, as places in the workbook's list.
    pub sheets: BTreeMap<SheetId, usize>,
    /// The sheets that are like one of the form's and weren't taken for it, or not before others.
    pub copies: BTreeMap<usize, SheetId>,
    /// The fields.
    pub fields: BTreeMap<FieldId, FieldPlace>,
    /// The fields whose label isn't there: the sheet that they belong on, and the cell in which the form has the entry, where that can be told.
    pub unlabelled: BTreeMap<FieldId, (usize, Option<CellRef>)>,
    /// The tables of criteria, in the framework's order; those not found are left out.
    pub tables: Vec<TablePlace>,
    /// The registers.
    pub registers: BTreeMap<RegisterId, RegisterPlace>,
    /// The registers whose headings can't be told on their sheet, which is filled in: none of their rows is known. Each with the sheet,
    /// and the row in which the headings should be.
    pub unheaded: BTreeMap<RegisterId, (usize, u32)>,
    /// The stated totals, by name: the sheet and the cell.
    pub stated: BTreeMap<String, (usize, CellRef)>,
    /// Those of them that stand behind their labels, in the labels' own cells.
    pub stated_behind: BTreeSet<String>,
    /// The cells in which labels of stated totals stand that aren't worded as expected, each with its sheet.
    pub reworded: BTreeSet<(usize, CellRef)>,
    /// The registers that may go on on another sheet than their own, each with that.
    pub further: BTreeMap<RegisterId, usize>,
    /// The criteria and measures that have a row on another sheet than their own, and none on that.
    pub elsewhere: BTreeSet<String>,
    /// Where everything stands too, with another of several sheets of which nothing tells which counts.
    pub rivals: Vec<Layout>,
}

impl Layout {
    /// Returns it and those of which nothing tells it.
    pub fn with_rivals(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.rivals)
    }
}

/// Where a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldPlace {
    /// The sheet.
    pub sheet: usize,
    /// The cell of the label.
    pub label: CellRef,
    /// The cell of the entry: that of the label, where the entry stands behind it.
    pub entry: CellRef,
    /// Whether something stands behind the label too, though the entry has a cell of its own.
    pub is_said_twice: bool,
}

impl FieldPlace {
    /// Returns what stands behind the label in its own cell; `None` where the entry has a cell of its own.
    pub fn behind_label<'a>(&self, sheet: &'a Sheet) -> Option<&'a str> {
        let text = sheet.cell(self.label).filter(|_| self.entry == self.label)?.text()?;
        text::behind_label(text).map(|(_, entry)| entry)
    }

    /// Returns what stands behind the label though the entry has a cell of its own; `None` where nothing does.
    pub fn said_twice<'a>(&self, sheet: &'a Sheet) -> Option<&'a str> {
        let text = sheet.cell(self.label).filter(|_| self.is_said_twice)?.text()?;
        text::behind_label(text).map(|(_, entry)| entry)
    }
}

/// Where a table of criteria stands.
#[derive(Clone, Debug)]
pub struct TablePlace {
    /// Which of the framework's tables.
    pub table: usize,
    /// The sheet.
    pub sheet: usize,
    /// The last heading row.
    pub heading: u32,
    /// The columns found.
    pub columns: BTreeMap<ColumnId, u32>,
    /// Other columns with the heading of one of them.
    pub again: BTreeMap<ColumnId, Vec<u32>>,
    /// The columns of entries that the form has and this sheet doesn't.
    pub absent: Vec<ColumnId>,
    /// The criteria and measures found, each with its row; those with several rows have the first.
    pub rows: BTreeMap<String, u32>,
    /// Rows that repeat a criterion or belong to none.
    pub other_rows: Vec<u32>,
    /// The columns of opinions: the heading, as written, and the column.
    pub opinions: Vec<(String, u32)>,
}

/// Where a register stands.
#[derive(Clone, Debug)]
pub struct RegisterPlace {
    /// The sheet.
    pub sheet: usize,
    /// The heading row.
    pub heading: u32,
    /// The columns found.
    pub columns: BTreeMap<ColumnId, u32>,
    /// Other columns with the heading of one of them.
    pub again: BTreeMap<ColumnId, Vec<u32>>,
    /// The columns that senders fill in and that weren't found: the first that is filled in and may be theirs; `None` where there is none.
    pub untold: BTreeMap<ColumnId, Option<u32>>,
    /// The first and last row that can belong to it.
    pub rows: (u32, u32),
    /// The last of the rows that the form has for it; the heading row where that can't be told.
    pub printed: u32,
}

/// Finds the places of a framework in a workbook.
pub fn locate(framework: &Framework, text: &WorkbookText, findings: &mut Findings) -> Layout {
    let sheet::Sheets { taken, others: copies, rivals, passed } = sheet::locate(framework, text, findings);
    let (mut said, mut said_of_rivals) = (Findings::default(), Vec::new());
    let layout = locate_on(framework, text, taken, &mut said);
    let locate_rival = |(id, sheet)| {
        let mut sheets = layout.sheets.clone();
        sheets.insert(id, sheet);
        let mut said = Findings::default();
        let rival = locate_on(framework, text, sheets, &mut said);
        said_of_rivals.push(said);
        rival
    };
    let rivals = rivals.into_iter().map(locate_rival).collect();
    findings.extend(said.shared_with(&said_of_rivals));
    let further::Further { registers: further, items: elsewhere } =
        further::locate(framework, text, &layout, passed, findings);
    Layout { copies, further, elsewhere, rivals, ..layout }
}

/// Returns what stands behind a label in the label's own cell; `None` where nothing does.
pub fn said_behind(cell: &Cell) -> Option<&str> {
    text::behind_label(cell.text()?).map(|(_, said)| said)
}

/// Returns what stands in the form as issued where a value is stated; `None` where there is no form, or nothing stands there.
pub fn issued_cell<'a>(framework: &'a Framework, stated: &str) -> Option<&'a Cell> {
    let form = framework.form()?;
    let layout = locate(framework, &WorkbookText::new(form), &mut Findings::default());
    let (sheet, at) = layout.stated.get(stated)?;
    form.sheets[*sheet].cell(*at)
}

/// Finds the places of a framework on the sheets that were taken for its own.
fn locate_on(
    framework: &Framework,
    text: &WorkbookText,
    sheets: BTreeMap<SheetId, usize>,
    findings: &mut Findings,
) -> Layout {
    let mut layout = Layout { sheets, ..Layout::default() };
    let sheets = &layout.sheets;
    let forms = Forms::new(framework, text, sheets);
    let field::Fields { found, unlabelled } = field::locate(framework, text, (&forms, sheets), findings);
    (layout.fields, layout.unlabelled) = (found, unlabelled);
    (layout.registers, layout.unheaded) = table::locate(framework, text, (&forms, sheets), findings);
    let units = Units::of(framework, text.workbook, &layout.fields, &layout.registers);
    layout.tables = criteria::locate(framework, text, (&forms, sheets, &units), findings);
    let stated::Found { places, behind, reworded } = stated::locate(framework, text, (&forms, &layout), findings);
    (layout.stated, layout.stated_behind, layout.reworded) = (places, behind, reworded);
    layout
}
