//! Columns that the form doesn't have, headed by what tells who people are: names, birth dates, National Insurance numbers.
//!
//! A heading alone tells nothing: what most cells below it hold must be able to be what it asks for. One that may be over names of
//! other things counts beside a register of people, and beside one that asks for what people have. A list may lie on its side, too,
//! with headings down a column and people in the columns beside it.

use std::collections::BTreeSet;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::framework::{Framework, Personal, RegisterSpec};
use crate::layout::Layout;
use crate::personal::{Datum, Headed, References, Whose, headed};
use crate::wording::Wording;
use crate::words::number_of;
use crate::workbook::{Cell, DateSystem, Sheet, Value, Workbook};

use super::rule::PERSONAL_DATA_PRESENT;
use super::stopgap::names_nothing;

/// A column that the form doesn't have, with a heading for what tells who people are.
pub(super) struct HeadedColumn<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What is asked for.
    datum: Datum,
    /// The heading.
    heading: &'a Cell,
    /// What stands below it, or beside it where the list lies on its side.
    pub cells: Vec<&'a Cell>,
    /// Where of these stands what can be what is asked for.
    such: BTreeSet<CellRef>,
}

impl HeadedColumn<'_> {
    /// Whether what stands in a cell of it can be what is asked for.
    pub(super) fn has_such(&self, cell: &Cell) -> bool {
        self.such.contains(&cell.at)
    }

    /// Says that it is there.
    pub(super) fn told(&self) -> Option<Finding> {
        let last = self.cells.last()?.at;
        let (lies, it) = if last.row == self.heading.at.row { ("beside", "them") } else { ("under", "the column") };
        let message = format!(
            "{lies} “{}”, which the form doesn't ask for there, stand {} in {}",
            self.heading.text()?.trim(),
            self.datum.plural(),
            number_of(self.such.len(), "cell", "cells")
        );
        let help = format!("Take {it} out, and keep the list of who is who to yourself.");
        let place = Place::Cells(self.sheet.name.clone(), CellRange::new(self.heading.at, last));
        Some(Finding::new(&PERSONAL_DATA_PRESENT, place, message).with_help(help))
    }
}

/// Returns the columns of a workbook that the form doesn't have and that tell who people are.
pub(super) fn columns<'a>(framework: &Framework, workbook: &'a Workbook, layout: &Layout) -> Vec<HeadedColumn<'a>> {
    let of_sheet = |(index, sheet): (usize, &'a Sheet)| {
        let headings = sheet.cells.iter().filter_map(|cell| Some((cell, headed(cell.text()?)?)));
        let headings: Vec<(&Cell, Headed)> = headings.collect();
        if headings.is_empty() {
            return Vec::new();
        }
        let on = On::of(framework, layout, index);
        OnSheet { sheet, dates: workbook.date_system, headings, on }.columns()
    };
    workbook.sheets.iter().enumerate().flat_map(of_sheet).collect()
}

/// A sheet with the headings on it that ask for what people have.
struct OnSheet<'a> {
    sheet: &'a Sheet,
    dates: DateSystem,
    headings: Vec<(&'a Cell, Headed)>,
    on: On,
}

impl<'a> OnSheet<'a> {
    /// Returns the columns that tell who people are.
    fn columns(&self) -> Vec<HeadedColumn<'a>> {
        let own = self.headings.iter().filter(|(cell, asked)| !self.on.is_asked(cell, asked.datum));
        own.filter_map(|heading| self.below(heading).or_else(|| self.beside(heading))).collect()
    }

    /// Returns the column below a heading, if it tells who people are.
    fn below(&self, (heading, asked): &(&'a Cell, Headed)) -> Option<HeadedColumn<'a>> {
        let row = heading.at.row;
        let is_beside = |other: &Cell| other.at.row == row;
        let is_by_people = self.on.people.is_some_and(|people| row >= people);
        if !is_by_people && !self.counts(heading, *asked, is_beside) {
            return None;
        }
        let below = |cell: &&Cell| cell.at.column == heading.at.column && cell.at.row > row;
        self.filled((heading, *asked), self.sheet.cells.iter().filter(below))
    }

    /// Returns what stands beside a heading, if it is one of several down a column and that tells who people are.
    fn beside(&self, (heading, asked): &(&'a Cell, Headed)) -> Option<HeadedColumn<'a>> {
        let is_above = |other: &Cell| other.at.column == heading.at.column && other.at != heading.at;
        let others = self.headings.iter().map(|(cell, _)| *cell).chain(self.labels());
        let is_next = |other: &Cell| is_above(other) && other.at.row.abs_diff(heading.at.row) == 1;
        let beside = |cell: &&Cell| cell.at.row == heading.at.row && cell.at.column > heading.at.column;
        if !others.into_iter().any(is_next) || !self.counts(heading, *asked, is_above) {
            let label = self.filled((heading, *asked), self.sheet.cells.iter().filter(beside));
            return label.filter(|label| is_label_of(label, *asked));
        }
        self.filled((heading, *asked), self.sheet.cells.iter().filter(beside))
    }

    /// Returns the cells whose words head columns of the form's registers.
    fn labels(&self) -> impl Iterator<Item = &'a Cell> {
        let is_label = |cell: &&Cell| cell.text().is_some_and(|text| self.on.labels.contains(&Wording::of(text)));
        self.sheet.cells.iter().filter(is_label)
    }

    /// Whether a heading asks for what is some person's.
    fn counts(&self, heading: &Cell, asked: Headed, is_of_list: impl Fn(&Cell) -> bool) -> bool {
        let has_other = || {
            let mut others = self.headings.iter().filter(|(cell, _)| cell.at != heading.at && is_of_list(cell));
            others.any(|(_, other)| other.of == Whose::Peoples)
        };
        match asked.of {
            Whose::Peoples => true,
            Whose::Clients => self.on.has_people || has_other(),
            Whose::Anybodys => has_other(),
        }
    }

    /// Returns what of these cells is filled in, up to what ends them, if most can be what is asked for.
    fn filled(
        &self,
        (heading, asked): (&'a Cell, Headed),
        cells: impl Iterator<Item = &'a Cell>,
    ) -> Option<HeadedColumn<'a>> {
        let ends = |cell: &Cell| self.headings.iter().any(|(other, _)| other.at == cell.at) || self.on.is_printed(cell);
        let cells: Vec<&Cell> = cells.filter(|cell| !cell.value.is_blank()).take_while(|cell| !ends(cell)).collect();
        let said: Vec<&Cell> = cells.iter().copied().filter(|cell| !cell.text().is_some_and(names_nothing)).collect();
        let such = self.such(asked, &said);
        (!such.is_empty() && such.len() * 2 >= said.len()).then_some(HeadedColumn {
            sheet: self.sheet,
            datum: asked.datum,
            heading,
            cells,
            such,
        })
    }

    /// Returns where what can be what is asked for stands: where the heading doesn't say that people are named, by how the others are
    /// written.
    fn such(&self, asked: Headed, cells: &[&Cell]) -> BTreeSet<CellRef> {
        let can_be = |cell: &Cell, shown: &str| match cell.value {
            Value::Date(_) => asked.datum == Datum::BirthDates,
            Value::Text(_) | Value::Number(_) => asked.datum.can_be(shown),
            Value::Empty | Value::Elapsed(_) | Value::Logical(_) | Value::Error(_) | Value::Picture => false,
        };
        let shown: Vec<String> = cells.iter().map(|cell| cell.written(self.dates)).collect();
        let such = cells.iter().zip(&shown).filter(|(cell, shown)| can_be(cell, shown));
        if asked.datum != Datum::Names || asked.of == Whose::Peoples {
            return such.map(|(cell, _)| cell.at).collect();
        }
        let references = References::among(shown.iter().map(String::as_str), Default::default);
        such.filter(|(_, shown)| references.has_name(shown)).map(|(cell, _)| cell.at).collect()
    }
}

/// Whether a heading that stands alone is a label before one entry, in words that can only be of a person: “Client name” before two words.
fn is_label_of(column: &HeadedColumn, asked: Headed) -> bool {
    let [entry] = column.cells[..] else { return false };
    let is_next = entry.at.column == column.heading.at.column + 1;
    let is_whole = asked.datum != Datum::Names || entry.text().is_some_and(|text| text.trim().contains(' '));
    asked.of == Whose::Peoples && is_next && is_whole
}

/// What a form has on a sheet.
struct On {
    /// The cells in which it asks for something by a heading or label of this wording.
    asked: BTreeSet<(CellRef, Wording)>,
    /// The cells in which it asks for what people have by a heading or label in other words.
    reworded: Vec<(CellRef, Datum)>,
    /// What it prints there; nothing on a sheet that it doesn't have.
    printed: BTreeSet<Wording>,
    /// The heading of a register of people; `None` where there is none.
    people: Option<u32>,
    /// Whether the form has a register of people on any sheet.
    has_people: bool,
    /// The headings of all registers of the form.
    labels: BTreeSet<Wording>,
}

impl On {
    /// Returns what a form has on a sheet.
    fn of(framework: &Framework, layout: &Layout, index: usize) -> Self {
        let (mut asked, mut reworded) = (BTreeSet::new(), Vec::new());
        let (mut printed, mut people) = (BTreeSet::new(), None);
        for layout in layout.with_rivals() {
            let places = layout.registers.iter().filter(|(_, place)| place.sheet == index);
            for (spec, place) in places.filter_map(|(id, place)| Some((framework.register(id)?, place))) {
                let columns = place.columns.iter().filter_map(|(id, at)| Some((spec.column(id)?, *at)));
                asked.extend(columns.flat_map(|(column, at)| {
                    let at = CellRef::new(place.heading, at);
                    std::iter::once(&column.heading).chain(&column.also).map(move |text| (at, Wording::of(text)))
                }));
                let columns = place.columns.iter().filter_map(|(id, at)| Some((spec.column(id)?, *at)));
                reworded.extend(columns.flat_map(|(column, at)| {
                    let words = std::iter::once(&column.heading).chain(&column.also);
                    words.filter_map(move |text| Some((CellRef::new(place.heading, at), headed(text)?.datum)))
                }));
                people = people.or(has_people(spec).then_some(place.heading));
            }
            let fields = layout.fields.iter().filter(|(_, place)| place.sheet == index);
            let fields = fields.filter_map(|(id, place)| Some((framework.field(id.as_str())?, place.label)));
            reworded.extend(fields.flat_map(|(field, at)| {
                let words = std::iter::once(&field.label).chain(&field.also);
                words.filter_map(move |text| Some((at, headed(text)?.datum)))
            }));
            let own = layout.sheets.iter().filter(|(_, sheet)| **sheet == index).map(|(id, _)| id);
            let like = layout.copies.get(&index).into_iter();
            let issued = own.chain(like).filter_map(|id| framework.issued_sheet(id));
            printed.extend(issued.flat_map(|sheet| &sheet.cells).filter_map(Cell::text).map(Wording::of));
        }
        let labels = framework.registers.iter().flat_map(|spec| &spec.columns);
        let labels = labels.flat_map(|column| std::iter::once(&column.heading).chain(&column.also));
        let labels = labels.map(|text| Wording::of(text)).collect();
        Self { asked, reworded, printed, people, has_people: framework.registers.iter().any(has_people), labels }
    }

    /// Whether the form itself asks for what a heading asks for.
    fn is_asked(&self, heading: &Cell, datum: Datum) -> bool {
        self.is_printed(heading)
            || self.reworded.contains(&(heading.at, datum))
            || heading.text().is_some_and(|text| self.asked.contains(&(heading.at, Wording::of(text))))
    }

    /// Whether the form has a text.
    fn is_printed(&self, cell: &Cell) -> bool {
        cell.text().is_some_and(|text| !self.printed.is_empty() && self.printed.contains(&Wording::of(text)))
    }
}

/// Whether a register has something of people.
fn has_people(spec: &RegisterSpec) -> bool {
    spec.columns.iter().any(|column| column.personal != Personal::Allowed)
}
