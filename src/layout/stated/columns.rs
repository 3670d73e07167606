//! The columns under whose headings values are stated.
//!
//! A heading is told by its words where no other cell of its row says them, or as many as on the form. Where a twin of it lost its words,
//! or it did itself, it is where the form's columns around it tell, and never where the form has another.

use std::cell::OnceCell;

use crate::cell::CellRef;
use crate::framework::{Framework, Stated, StatedColumn};
use crate::wording::Wording;
use crate::workbook::{Cell, Sheet};

use super::super::TablePlace;
use super::super::content::Content;
use super::super::heading::{self, Heading, HeadingRow, Needed};
use super::super::shift::Shifts;
use super::super::text::SheetText;

/// A heading at least this alike is taken for the one expected.
const NEAR: f64 = 0.85;

/// A column that was found for a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Headed {
    pub(super) column: u32,
    /// The cell of the heading; `None` where a table of criteria tells the column.
    pub(super) heading: Option<CellRef>,
    /// How it was told.
    pub(super) by: By,
}

/// By what a heading is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Its words, or the table to which it belongs.
    Words,
    /// Like words, its neighbours, or its place on the form.
    Otherwise,
}

/// The columns of a sheet under whose headings values are stated.
pub(super) struct Columns<'a> {
    pub(super) framework: &'a Framework,
    pub(super) text: &'a SheetText<'a>,
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
    pub(super) fn new(
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

    /// Finds one stated value by the first of some labels that has its heading above: that label, the cell, and its heading.
    pub(super) fn first_of(&self, stated: &Stated, labels: &[CellRef]) -> Option<(CellRef, CellRef, Option<Headed>)> {
        labels.iter().find_map(|label| match &stated.column {
            StatedColumn::Under { heading, after } => {
                let headed = self.under(heading, after.as_deref(), *label)?;
                Some((*label, CellRef::new(label.row, headed.column), Some(headed)))
            }
            StatedColumn::BesideLabel => Some((*label, self.beside(stated, *label), None)),
        })
    }

    /// Returns the column of a heading for what stands in the row of a label.
    fn under(&self, heading: &str, after: Option<&str>, label: CellRef) -> Option<Headed> {
        let of_table = self.of_table(heading, label.row);
        let by_words = || self.nearest_above(heading, after, label.row);
        let headed = of_table.or_else(by_words).or_else(|| self.of_row(heading, after, label.row));
        headed.filter(|headed| headed.column != label.column)
    }

    /// Returns the column of a heading for what stands in the row of a label, as far as it can be told beside the form's.
    pub(super) fn by_form(
        &self,
        (heading, after): (&str, Option<&str>),
        label: CellRef,
        (shifts, printed): (&Shifts, &OnForm),
    ) -> Option<Headed> {
        let (words, own) = (Wording::of(heading), printed.heading?);
        let of_table = self.of_table(heading, label.row);
        let by_words = || self.by_words(&words, label, (shifts, own));
        let by_place = || self.by_place(&words, label, (shifts, printed));
        let is_alone = said_in(&shifts.form, own.row, &words).len() == 1;
        let is_new = |headed: &Headed| {
            let said = headed.heading.and_then(|at| self.text.at(at));
            is_alone && said.is_some_and(|said| !shifts.form.says(said))
        };
        let alike = || self.under(heading, after, label).filter(is_new);
        let headed = of_table.or_else(by_words).or_else(by_place).or_else(alike);
        headed.filter(|headed| headed.column != label.column)
    }

    /// Returns the column of a heading where its row says it as often as the form's does.
    fn by_words(&self, words: &Wording, label: CellRef, (shifts, printed): (&Shifts, CellRef)) -> Option<Headed> {
        let twins = said_in(&shifts.form, printed.row, words);
        let (first, last) = shifts.room(printed.row);
        let above = self.text.texts.iter().rev().map(|(at, _)| at.row).filter(|row| *row < label.row);
        let room = above.filter(|row| *row >= first && last.is_none_or(|last| *row <= last));
        let cells = room.map(|row| said_in(self.text, row, words)).find(|cells| !cells.is_empty())?;
        let own = twins.iter().position(|twin| *twin == printed)?;
        let at = *cells.get(own).filter(|_| cells.len() == twins.len())?;
        Some(Headed { column: at.column, heading: Some(at), by: By::Words })
    }

    /// Returns the column where the form's columns around it tell it; where none follows it, that of the one formula.
    fn by_place(&self, words: &Wording, label: CellRef, (shifts, printed): (&Shifts, &OnForm)) -> Option<Headed> {
        let heading = printed.heading?;
        let row = shifts.likely(heading).row;
        let is_open = |column: u32| {
            let said = self.text.at(CellRef::new(row, column));
            said.is_none_or(|said| said == words || !shifts.form.says(said))
        };
        let columns = shifts.columns_near(heading.column).filter(|column| is_open(*column));
        let mut columns: Vec<u32> = columns.collect();
        if columns.len() > 1 && is_worked_out(shifts.form.sheet, printed.own) {
            columns.retain(|column| is_worked_out(self.text.sheet, CellRef::new(label.row, *column)));
        }
        let [column] = columns[..] else { return None };
        Some(Headed { column, heading: Some(CellRef::new(row, column)), by: By::Otherwise })
    }

    /// Returns the column of the one formula in a label's row that may be the form's beside its label.
    pub(super) fn worked_out(&self, label: CellRef, (shifts, printed): (&Shifts, &OnForm)) -> Option<u32> {
        let is_here = |column: &u32| is_worked_out(self.text.sheet, CellRef::new(label.row, *column));
        let mut columns = shifts.columns_near(printed.own.column).filter(is_here);
        let column = columns.next().filter(|_| is_worked_out(shifts.form.sheet, printed.own));
        column.filter(|column| *column > label.column && columns.next().is_none())
    }

    /// Returns the first cell right of a label, past what is merged with it; where that is blank and nothing is, past what the form has
    /// merged, as some programs lose that.
    pub(super) fn beside(&self, stated: &Stated, label: CellRef) -> CellRef {
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
    fn of_table(&self, heading: &str, row: u32) -> Option<Headed> {
        let heading = Wording::of(heading);
        let above = self.tables.iter().filter(|table| table.heading < row).max_by_key(|table| table.heading)?;
        let columns = self.framework.tables[above.table].columns.iter();
        let named = columns.filter(|column| Wording::of(&column.heading) == heading);
        let column = named.filter_map(|column| above.columns.get(&column.id)).copied().next()?;
        Some(Headed { column, heading: None, by: By::Words })
    }

    /// Returns the column of the nearest heading above a row; of several in its row the leftmost is meant.
    fn nearest_above(&self, heading: &str, after: Option<&str>, row: u32) -> Option<Headed> {
        let index = self.headings.iter().position(|pair| *pair == (heading, after))?;
        let near = self.near[index].get_or_init(|| near(self.text, heading, after));
        let mut above = near.iter().skip_while(|at| at.row >= row);
        let nearest = above.next()?;
        let at = *above.take_while(|at| at.row == nearest.row).chain([nearest]).min_by_key(|at| at.column)?;
        let by = if self.is_told_by_words(heading, at) { By::Words } else { By::Otherwise };
        Some(Headed { column: at.column, heading: Some(at), by })
    }

    /// Whether a cell says a heading, and its row says it as often as it is asked for.
    fn is_told_by_words(&self, heading: &str, at: CellRef) -> bool {
        let cells = said_in(self.text, at.row, &Wording::of(heading));
        cells.contains(&at) && cells.len() == self.headings.iter().filter(|(title, _)| *title == heading).count()
    }

    /// Returns the column of a heading that was found together with the others.
    fn of_row(&self, heading: &str, after: Option<&str>, row: u32) -> Option<Headed> {
        let headings = self.row.as_ref().filter(|headings| headings.row < row)?;
        let index = self.headings.iter().position(|pair| *pair == (heading, after))?;
        let column = headings.columns[index]?;
        Some(Headed { column, heading: Some(CellRef::new(headings.row, column)), by: By::Otherwise })
    }
}

/// Where the form states a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnForm {
    pub(super) label: CellRef,
    pub(super) own: CellRef,
    /// Its heading; `None` where it stands beside its label.
    pub(super) heading: Option<CellRef>,
}

/// Whether a formula stands in a cell.
pub(super) fn is_worked_out(sheet: &Sheet, at: CellRef) -> bool {
    sheet.cell(at).is_some_and(|cell| cell.formula.is_some())
}

/// Returns the cells of a row that say some words, in order of columns.
fn said_in(text: &SheetText, row: u32, words: &Wording) -> Vec<CellRef> {
    text.row(row).iter().filter(|(_, said)| said == words).map(|(at, _)| *at).collect()
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
