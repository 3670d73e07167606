//! Finds the totals, weights and outcomes that a workbook states: a label's row, under a heading or beside the label.
//!
//! A column of a table of criteria is the one that was found for the table, whatever its heading. Elsewhere the nearest
//! heading above counts; where it is worded otherwise, all headings stated values stand under are looked for together.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::cell::CellRef;
use crate::framework::{Framework, SheetId, Stated, StatedColumn};
use crate::wording::Wording;
use crate::workbook::{Cell, Sheet};

use super::TablePlace;
use super::content::Content;
use super::heading::{self, Heading, HeadingRow, Needed};
use super::text::{SheetText, WorkbookText};

/// A label at least this alike is taken for the one expected.
const NEAR_LABEL: f64 = 0.75;
/// A heading at least this alike is taken for the one expected.
const NEAR: f64 = 0.85;

/// Finds the stated values whose sheet was found.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    sheets: &BTreeMap<SheetId, usize>,
    tables: &[TablePlace],
) -> BTreeMap<String, (usize, CellRef)> {
    let mut places = BTreeMap::new();
    for (id, index) in sheets {
        let here: Vec<&Stated> = framework.stated.iter().filter(|stated| stated.sheet == *id).collect();
        let tables = tables.iter().filter(|table| table.sheet == *index).collect();
        let columns = Columns::new(framework, &text.sheets[*index], &here, tables);
        places.extend(here.iter().filter_map(|stated| Some((stated.id.clone(), (*index, columns.place(stated)?)))));
    }
    places
}

/// The columns of a sheet under whose headings values are stated.
struct Columns<'a> {
    framework: &'a Framework,
    text: &'a SheetText<'a>,
    tables: Vec<&'a TablePlace>,
    /// The headings that values of this sheet are stated under, each once.
    headings: Vec<(&'a str, Option<&'a str>)>,
    /// For each of these the cells that say it, or nearly, from below; looked for when first asked for.
    near: Vec<OnceCell<Vec<CellRef>>>,
    /// Where they were found together.
    row: Option<HeadingRow>,
}

impl<'a> Columns<'a> {
    /// Finds the headings that the stated values of a sheet stand under.
    fn new(
        framework: &'a Framework,
        text: &'a SheetText<'a>,
        stated: &[&'a Stated],
        tables: Vec<&'a TablePlace>,
    ) -> Self {
        let mut headings = Vec::new();
        for stated in stated {
            if let StatedColumn::Under { heading, after } = &stated.column
                && !headings.contains(&(heading.as_str(), after.as_deref()))
            {
                headings.push((heading.as_str(), after.as_deref()));
            }
        }
        let wanted: Vec<Heading> = headings
            .iter()
            .map(|(title, _)| Heading { title, also: &[], needed: Needed::No, content: Content::Anything })
            .collect();
        let row = if wanted.len() > 1 { heading::find(text, &wanted) } else { None };
        let near = vec![OnceCell::new(); headings.len()];
        Self { framework, text, tables, headings, near, row }
    }

    /// Finds one stated value: the row of its label that has its heading above.
    fn place(&self, stated: &Stated) -> Option<CellRef> {
        labels(&Wording::of(&stated.row), self.text).into_iter().find_map(|label| match &stated.column {
            StatedColumn::Under { heading, after } => {
                let column = self
                    .of_table(heading, label.row)
                    .or_else(|| self.nearest_above(heading, after.as_deref(), label.row))
                    .or_else(|| self.of_row(heading, after.as_deref(), label.row))?;
                Some(CellRef::new(label.row, column))
            }
            StatedColumn::BesideLabel => Some(self.beside(stated, label)),
        })
    }

    /// Returns the first cell right of a label, past what is merged with it; where that is blank and nothing is, past what the form has
    /// merged, as some programs lose that.
    fn beside(&self, stated: &Stated, label: CellRef) -> CellRef {
        let sheet = self.text.sheet;
        let at = |columns: u32| CellRef::new(label.row, label.column + columns);
        let own = at(after(sheet, label));
        let is_filled = sheet.cell(own).is_some_and(|cell| cell.formula.is_some() || !cell.value.is_blank());
        if is_filled || sheet.merge_over(label).is_some() {
            return own;
        }
        let words = Wording::of(&stated.row);
        let issued = self.framework.issued_sheet(&stated.sheet);
        let says = |cell: &&Cell| cell.text().is_some_and(|text| Wording::of(text) == words);
        let printed = issued.and_then(|issued| Some(after(issued, issued.cells.iter().find(says)?.at)));
        printed.map_or(own, at)
    }

    /// Returns the column of a table of criteria above a row that goes by a heading.
    fn of_table(&self, heading: &str, row: u32) -> Option<u32> {
        let heading = Wording::of(heading);
        let above = self.tables.iter().filter(|table| table.heading < row).max_by_key(|table| table.heading)?;
        let columns = self.framework.tables[above.table].columns.iter();
        let named = columns.filter(|column| Wording::of(&column.heading) == heading);
        named.filter_map(|column| above.columns.get(&column.id)).copied().next()
    }

    /// Returns the column of the nearest heading above a row; of several in its row the leftmost is meant.
    fn nearest_above(&self, heading: &str, after: Option<&str>, row: u32) -> Option<u32> {
        let index = self.headings.iter().position(|pair| *pair == (heading, after))?;
        let near = self.near[index].get_or_init(|| near(self.text, heading, after));
        let mut above = near.iter().skip_while(|at| at.row >= row);
        let nearest = above.next()?;
        above.take_while(|at| at.row == nearest.row).chain([nearest]).map(|at| at.column).min()
    }

    /// Returns the column of a heading that was found together with the others.
    fn of_row(&self, heading: &str, after: Option<&str>, row: u32) -> Option<u32> {
        let headings = self.row.as_ref().filter(|headings| headings.row < row)?;
        let index = self.headings.iter().position(|pair| *pair == (heading, after))?;
        headings.columns[index]
    }
}

/// Returns the cells that hold the label: those word for word, else the most alike.
fn labels(label: &Wording, text: &SheetText) -> Vec<CellRef> {
    let exact: Vec<CellRef> = text.texts.iter().filter(|(_, words)| words == label).map(|(at, _)| *at).collect();
    if !exact.is_empty() {
        return exact;
    }
    let near = text.texts.iter().filter_map(|(at, words)| Some((words.likeness_from(label, NEAR_LABEL)?, *at)));
    near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at).into_iter().collect()
}

/// Returns the cells that say a heading or nearly, from below: right of another heading, where one is named.
fn near(text: &SheetText, heading: &str, after: Option<&str>) -> Vec<CellRef> {
    let (heading, after) = (Wording::of(heading), after.map(Wording::of));
    let is_allowed = |at: CellRef| {
        let left = |after| text.row(at.row).iter().find(|(_, words)| words == after).map(|(at, _)| at.column);
        after.as_ref().is_none_or(|after| left(after).is_some_and(|left| left < at.column))
    };
    let alike = text.texts.iter().rev().filter(|(_, words)| words.likeness_from(&heading, NEAR).is_some());
    alike.map(|(at, _)| *at).filter(|at| is_allowed(*at)).collect()
}

/// Returns how many columns after a label the first cell is that isn't merged with it.
fn after(sheet: &Sheet, label: CellRef) -> u32 {
    sheet.merge_over(label).map_or(label.column, |merge| merge.last.column) + 1 - label.column
}
