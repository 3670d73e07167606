//! The form or a return, as formulas of both are compared: by what the cells are for that they use.

use std::collections::BTreeMap;

use crate::cell::CellRef;
use crate::framework::{RegisterId, SheetId, Stated};
use crate::layout::{Layout, RegisterPlace};
use crate::returns::Return;
use crate::wording::Wording;
use crate::workbook::{Cell, Span, Uses, Workbook};

use super::Anchors;

/// A workbook, where it has what, and what its rows and columns are for.
pub(super) struct Side<'a> {
    /// The workbook.
    pub(super) workbook: &'a Workbook,
    /// Where it has what.
    pub(super) layout: &'a Layout,
    anchors: &'a BTreeMap<Wording, Anchors>,
    /// The names by which the framework knows the sheets.
    names: Vec<(Wording, &'a SheetId)>,
    /// What was read of it; `None` for the form.
    pub(super) answers: Option<&'a Return>,
}

impl<'a> Side<'a> {
    /// Takes a workbook; `answers` are `None` for the form.
    pub(super) fn new(
        workbook: &'a Workbook,
        layout: &'a Layout,
        anchors: &'a BTreeMap<Wording, Anchors>,
        answers: Option<&'a Return>,
    ) -> Self {
        let names = layout.sheets.iter().map(|(id, sheet)| (Wording::of(&workbook.sheets[*sheet].name), id));
        Self { workbook, layout, anchors, names: names.collect(), answers }
    }

    /// Returns where a stated value stands, and its cell.
    pub(super) fn at(&self, stated: &Stated) -> Option<(usize, CellRef, Option<&'a Cell>)> {
        let (sheet, at) = *self.layout.stated.get(&stated.id)?;
        Some((sheet, at, self.workbook.sheets[sheet].cell(at)))
    }

    /// Returns the name of the sheet on which a stated value stands; nothing where it isn't there.
    pub(super) fn sheet_of(&self, stated: &Stated) -> &'a str {
        self.at(stated).map_or("", |(sheet, ..)| &self.workbook.sheets[sheet].name)
    }

    /// Returns the name by which the framework knows a sheet.
    pub(super) fn sheet_name(&self, sheet: &Wording) -> Option<&str> {
        self.names.iter().find(|(name, _)| name == sheet).map(|(_, id)| id.as_str())
    }

    /// Returns what the rows and columns of a sheet are for, by the name that the framework has for the sheet.
    pub(super) fn anchors_of(&self, sheet: &str) -> Option<&Anchors> {
        let (name, _) = self.names.iter().find(|(_, id)| id.as_str() == sheet)?;
        self.anchors.get(name)
    }

    /// Returns the register whose heading is the nearest above a row of a sheet.
    pub(super) fn above(&self, sheet: usize, row: u32) -> Option<(&'a RegisterId, &'a RegisterPlace)> {
        let above = self.layout.registers.iter().filter(|(_, place)| place.sheet == sheet && place.heading < row);
        above.max_by_key(|(_, place)| place.heading)
    }

    /// Returns what a formula's references are for, as names that hold in both workbooks; `None` where one can't be told.
    pub(super) fn meaning(&self, uses: &Uses, own: &str) -> Option<Vec<NamedCells<'_>>> {
        let meant = uses.references.iter().map(|(sheet, range)| {
            let sheet = Wording::of(sheet.as_deref().unwrap_or(own));
            let (rows, columns) = self.anchors.get(&sheet)?.covered(range.first, range.last)?;
            Some(NamedCells { sheet: self.sheet_name(&sheet)?, rows, columns })
        });
        let mut meant: Vec<NamedCells> = meant.collect::<Option<_>>()?;
        meant.sort();
        Some(meant)
    }
}

/// What a reference is for.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NamedCells<'a> {
    /// The sheet, as the framework names it.
    pub(super) sheet: &'a str,
    /// What its rows are for.
    pub(super) rows: Vec<&'a str>,
    /// What its columns are for.
    pub(super) columns: Vec<&'a str>,
}

/// Returns the rows below the heading of a register at which a formula looks.
pub(super) fn spans((side, uses, own): (&Side, &Uses, &str), register: &RegisterId) -> Vec<Span> {
    let Some(place) = side.layout.registers.get(register) else { return Vec::new() };
    let sheet = Wording::of(&side.workbook.sheets[place.sheet].name);
    let of_sheet = uses.references.iter().filter(|(name, _)| Wording::of(name.as_deref().unwrap_or(own)) == sheet);
    let is_nearest = |row: u32| side.above(place.sheet, row).is_some_and(|(_, other)| other.heading == place.heading);
    let below = of_sheet.filter(|(_, range)| is_nearest(range.first.row));
    below.map(|(_, range)| Span { first: range.first.row, last: range.last.row }).collect()
}
