//! Rows of a table that stand in another order than the form's, as after sorting: the form's own formulas then take in other rows than they are
//! for, though nobody changed them.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::layout::TablePlace;
use crate::wording::Wording;
use crate::words::list_of_at_most;
use crate::workbook::Uses;

use super::rule::FORMULA_CHANGED;
use super::side::Side;

/// The most formulas that are named one by one.
const MOST_NAMED: usize = 6;

/// Cells that a formula uses, with the sheet's name where one is written.
type Used = (Option<String>, CellRange);

/// The tables of a return whose rows stand in another order than the form's, with the formulas that take in other rows for that sake.
pub(super) struct Reordered<'a> {
    tables: Vec<Table<'a>>,
}

/// A table whose rows stand in another order.
struct Table<'a> {
    place: &'a TablePlace,
    /// How many rows further down than in the form its heading stands.
    down: i64,
    /// Where the formulas stand.
    formulas: Vec<Place>,
}

impl<'a> Reordered<'a> {
    /// Finds them.
    pub(super) fn of(form: &Side<'a>, sent: &Side<'a>) -> Self {
        let table = |place: &'a TablePlace| {
            let issued = form.layout.tables.iter().find(|other| other.table == place.table)?;
            let down = i64::from(place.heading) - i64::from(issued.heading);
            (in_order(place, issued) != in_order(issued, place)).then(|| Table { place, down, formulas: Vec::new() })
        };
        Self { tables: sent.layout.tables.iter().filter_map(table).collect() }
    }

    /// Takes a formula that is the form's word for word and uses rows of such a table, and says whether it is one.
    pub(super) fn takes(
        &mut self,
        (form, printed): (&Side, &Uses),
        (sent, written): (&Side, &Uses),
        (form_own, place): (&str, &Place),
    ) -> bool {
        let own = place.sheet().unwrap_or_default();
        let same_words = printed.functions == written.functions && printed.constants == written.constants;
        if !same_words || printed.references.len() != written.references.len() {
            return false;
        }
        let taken = self.tables.iter_mut().find(|table| {
            let here = &sent.workbook.sheets[table.place.sheet].name;
            let named = |name: &Option<String>, own: &str| Wording::of(name.as_deref().unwrap_or(own));
            let of_table = |(name, _): &Used| named(name, own) == Wording::of(here);
            let is_it = |(issued, is): (&Used, &Used)| {
                let down = if of_table(is) { table.down } else { 0 };
                let (from, to) = (named(&issued.0, form_own), named(&is.0, own));
                form.sheet_name(&from) == sent.sheet_name(&to) && lower(issued.1, down) == Some(is.1)
            };
            written.references.iter().any(of_table) && printed.references.iter().zip(&written.references).all(is_it)
        });
        taken.map(|table| table.formulas.push(place.clone())).is_some()
    }

    /// Says of each table whose order matters to formulas that it isn't the form's.
    pub(super) fn told(&self, sent: &Side) -> Vec<Finding> {
        self.tables.iter().filter(|table| !table.formulas.is_empty()).map(|table| told(table, sent)).collect()
    }
}

/// Returns the rows of a table in order, as far as another has them too.
fn in_order<'b>(place: &'b TablePlace, other: &TablePlace) -> Vec<&'b str> {
    let rows: BTreeMap<u32, &str> = place.rows.iter().map(|(id, row)| (*row, id.as_str())).collect();
    rows.into_values().filter(|id| other.rows.contains_key(*id)).collect()
}

/// Returns cells so many rows further down.
fn lower(cells: CellRange, down: i64) -> Option<CellRange> {
    let lower = |at: CellRef| Some(CellRef::new(u32::try_from(i64::from(at.row) + down).ok()?, at.column));
    Some(CellRange::new(lower(cells.first)?, lower(cells.last)?))
}

/// Says that the rows of a table stand in another order.
fn told(table: &Table, sent: &Side) -> Finding {
    let sheet = &sent.workbook.sheets[table.place.sheet].name;
    let address = |place: &Place| place.named().unwrap_or_default();
    let formulas: Vec<String> = table.formulas.iter().map(address).collect();
    let message = format!(
        "the rows of “{sheet}” stand in another order than the form\u{2019}s, and formulas that take in some of them ({}) are as the form has them: they take in other rows than they are for",
        list_of_at_most(&formulas, MOST_NAMED)
    );
    let rows = table.place.rows.values().copied();
    let columns = table.place.columns.values().copied();
    let first = CellRef::new(rows.clone().min().unwrap_or(1), columns.clone().min().unwrap_or(1));
    let last = CellRef::new(rows.max().unwrap_or(1), columns.max().unwrap_or(1));
    let place = Place::Cells(sheet.clone(), CellRange::new(first, last));
    Finding::new(&FORMULA_CHANGED, place, message)
        .with_help("Sort the rows into the form\u{2019}s order again, and let the workbook calculate; the answers and the formulas can stay.")
}
