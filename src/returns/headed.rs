//! Columns that the form doesn't have, headed by what tells who people are: names, birth dates, National Insurance numbers.
//!
//! What stands below such a heading is personal whatever it looks like. A heading that may be over names of other things counts
//! beside a register of people, and beside one that surely asks for what people have.

use std::collections::BTreeSet;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::framework::{Framework, Personal};
use crate::layout::Layout;
use crate::personal::{Headed, headed};
use crate::wording::Wording;
use crate::words::number_of;
use crate::workbook::{Cell, Sheet, Workbook};

use super::rule::PERSONAL_DATA_PRESENT;

/// A column that the form doesn't have, with a heading for what tells who people are.
pub(super) struct HeadedColumn<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What is asked for, in the plural.
    pub what: &'static str,
    /// The heading.
    heading: &'a Cell,
    /// What stands below it.
    pub cells: Vec<&'a Cell>,
}

impl HeadedColumn<'_> {
    /// Says that it is there.
    pub(super) fn told(&self) -> Option<Finding> {
        let cells = CellRange::new(self.heading.at, self.cells.last()?.at);
        let count = number_of(self.cells.len(), "cell", "cells");
        let message = format!(
            "under “{}”, which the form doesn't ask for there, stand {} in {count}",
            self.heading.text()?.trim(),
            self.what
        );
        let help = "Take the column out, and keep the list of who is who to yourself.";
        let place = Place::Cells(self.sheet.name.clone(), cells);
        Some(Finding::new(&PERSONAL_DATA_PRESENT, place, message).with_help(help))
    }
}

/// Returns the columns of a workbook that the form doesn't have and that tell who people are.
pub(super) fn columns<'a>(framework: &Framework, workbook: &'a Workbook, layout: &Layout) -> Vec<HeadedColumn<'a>> {
    let of_sheet = |(index, sheet): (usize, &'a Sheet)| on_sheet((framework, layout), (index, sheet));
    workbook.sheets.iter().enumerate().flat_map(of_sheet).collect()
}

/// Returns these of one sheet.
fn on_sheet<'a>(
    (framework, layout): (&Framework, &Layout),
    (index, sheet): (usize, &'a Sheet),
) -> Vec<HeadedColumn<'a>> {
    let headings = sheet.cells.iter().filter_map(|cell| Some((cell, headed(cell.text()?)?)));
    let headings: Vec<(&Cell, Headed)> = headings.collect();
    if headings.is_empty() {
        return Vec::new();
    }
    let on = On::of(framework, layout, index);
    let own: Vec<&(&Cell, Headed)> = headings.iter().filter(|(cell, _)| !on.is_asked(cell)).collect();
    let is_sure = |row: u32| own.iter().any(|(cell, asked)| cell.at.row == row && matches!(asked, Headed::Surely(_)));
    let column = |(heading, asked): &(&'a Cell, Headed)| {
        let what = match asked {
            Headed::Surely(what) => what,
            Headed::Perhaps(what) if on.people.is_some_and(|row| heading.at.row >= row) || is_sure(heading.at.row) => {
                what
            }
            Headed::Perhaps(_) => return None,
        };
        let cells = below(sheet, heading.at, |cell| {
            headings.iter().any(|(other, _)| other.at == cell.at) || on.is_printed(cell)
        });
        (!cells.is_empty()).then_some(HeadedColumn { sheet, what, heading, cells })
    };
    own.iter().filter_map(|heading| column(heading)).collect()
}

/// Returns what is filled in below a heading, up to what ends its column.
fn below(sheet: &Sheet, heading: CellRef, ends: impl Fn(&Cell) -> bool) -> Vec<&Cell> {
    let below = sheet.cells.iter().filter(|cell| cell.at.column == heading.column && cell.at.row > heading.row);
    below.filter(|cell| !cell.value.is_blank()).take_while(|cell| !ends(cell)).collect()
}

/// What a form has on a sheet.
struct On {
    /// The cells in which it asks for something by a heading or label of this wording.
    asked: BTreeSet<(CellRef, Wording)>,
    /// What it prints there; nothing on a sheet that it doesn't have.
    printed: BTreeSet<Wording>,
    /// The heading of a register of people; `None` where there is none.
    people: Option<u32>,
}

impl On {
    /// Returns what a form has on a sheet.
    fn of(framework: &Framework, layout: &Layout, index: usize) -> Self {
        let (mut asked, mut printed, mut people) = (BTreeSet::new(), BTreeSet::new(), None);
        for layout in layout.with_rivals() {
            let places = layout.registers.iter().filter(|(_, place)| place.sheet == index);
            for (spec, place) in places.filter_map(|(id, place)| Some((framework.register(id)?, place))) {
                let columns = place.columns.iter().filter_map(|(id, at)| Some((spec.column(id)?, *at)));
                asked.extend(columns.flat_map(|(column, at)| {
                    let at = CellRef::new(place.heading, at);
                    std::iter::once(&column.heading).chain(&column.also).map(move |text| (at, Wording::of(text)))
                }));
                let is_of_people = spec.columns.iter().any(|column| column.personal != Personal::Allowed);
                people = people.or(is_of_people.then_some(place.heading));
            }
            let own = layout.sheets.iter().filter(|(_, sheet)| **sheet == index).map(|(id, _)| id);
            let like = layout.copies.get(&index).into_iter();
            let issued = own.chain(like).filter_map(|id| framework.issued_sheet(id));
            printed.extend(issued.flat_map(|sheet| &sheet.cells).filter_map(Cell::text).map(Wording::of));
        }
        Self { asked, printed, people }
    }

    /// Whether the form itself asks for what a heading asks for.
    fn is_asked(&self, heading: &Cell) -> bool {
        self.is_printed(heading)
            || heading.text().is_some_and(|text| self.asked.contains(&(heading.at, Wording::of(text))))
    }

    /// Whether the form has a text.
    fn is_printed(&self, cell: &Cell) -> bool {
        cell.text().is_some_and(|text| !self.printed.is_empty() && self.printed.contains(&Wording::of(text)))
    }
}
