//! Figures of the form that the pack doesn't know, as counts below a register, and that were typed over.
//!
//! Their row is told by its label, their column by what it is for. What the form's formula gives there is worked out where that can be
//! done: the figure is then said to be right, or what it should be.

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::finding::{Finding, LONGEST_FORMULA, Place, Severity};
use crate::framework::Framework;
use crate::wording::{Wording, excerpt};
use crate::workbook::calculation::Worth;
use crate::workbook::{Cell, Sheet, Value, Workbook};

use super::Anchors;
use super::placed::{self, called_alike};
use super::put_back::worth_of;
use super::rule::{ELSEWHERE, FORMULA_OVERWRITTEN, PUT_BACK};
use super::side::Side;

/// A figure that stands where the form has a formula.
struct Figure<'a> {
    /// Which sheet of the return.
    sheet: usize,
    cell: &'a Cell,
    /// The formula that belongs there; `None` where it can't be written for the rows of the return.
    formula: Option<String>,
    /// The words of its row.
    label: &'a str,
}

/// Says which figures of the form that the pack doesn't know were typed over.
pub(super) fn typed_over(framework: &Framework, form: &Side, sent: &Side) -> Vec<Finding> {
    let sheets = form.layout.sheets.iter().filter_map(|(id, from)| Some((*from, *sent.layout.sheets.get(id)?)));
    let figures: Vec<Figure> = sheets.flat_map(|sheets| on_sheet(framework, (form, sent), sheets)).collect();
    let (written, others): (Vec<&Figure>, Vec<&Figure>) = figures.iter().partition(|figure| figure.formula.is_some());
    let formulas =
        written.iter().filter_map(|figure| Some(((figure.sheet, figure.cell.at), figure.formula.as_deref()?)));
    let given = worth_of(framework, sent.workbook, &formulas.collect::<Vec<_>>());
    let written = written.into_iter().zip(given);
    written
        .chain(others.into_iter().map(|figure| (figure, None)))
        .map(|(figure, given)| told(sent.workbook, given, figure))
        .collect()
}

/// Returns the figures of a sheet that were typed over.
fn on_sheet<'a>(
    framework: &Framework,
    (form, sent): (&Side, &Side<'a>),
    (from, to): (usize, usize),
) -> Vec<Figure<'a>> {
    let (issued, sheet) = (&form.workbook.sheets[from], &sent.workbook.sheets[to]);
    let is_known =
        |at: CellRef| form.layout.stated.values().any(|stated| *stated == (from, at)) || is_in_register(form, from, at);
    let worked_out = issued.cells.iter().filter(|cell| !is_known(cell.at));
    let figures = worked_out.filter_map(|cell| {
        let formula = cell.formula.as_deref().filter(|formula| !formula.is_empty())?;
        let label = labelled_alike((issued, cell.at.row), sheet)?;
        let column = form.column_of((from, cell.at.column), (sent, to))?;
        let cell = sheet.cell(CellRef::new(label.at.row, column)).filter(|cell| is_typed_number(cell))?;
        let formula = placed::here(framework, (form, sent), &issued.name, formula);
        Some(Figure { sheet: to, cell, formula, label: label.text()? })
    });
    figures.collect()
}

/// Whether a cell is one of a register's rows on the form.
fn is_in_register(form: &Side, sheet: usize, at: CellRef) -> bool {
    let mut places = form.layout.registers.values().filter(|place| place.sheet == sheet);
    places.any(|place| {
        place.columns.values().any(|column| *column == at.column) && (place.rows.0..=place.printed).contains(&at.row)
    })
}

/// Whether a number stands in a cell that nothing works out.
fn is_typed_number(cell: &Cell) -> bool {
    cell.formula.is_none() && number_in(cell).is_some()
}

/// Returns the number in a cell, typed as one or as text.
fn number_in(cell: &Cell) -> Option<Exact> {
    match &cell.value {
        Value::Number(number) => Exact::from_float(*number),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Empty | Value::Date(_) | Value::Elapsed(_) | Value::Logical(_) | Value::Error(_) | Value::Picture => {
            None
        }
    }
}

/// Returns the cell on another sheet with the first words of a row, if they stand once on both.
fn labelled_alike<'a>((issued, row): (&Sheet, u32), sheet: &'a Sheet) -> Option<&'a Cell> {
    let label = issued.row(row).iter().find(|cell| cell.formula.is_none() && cell.text().is_some())?;
    let words = Wording::of(label.text()?);
    let is_it = |cell: &&Cell| cell.formula.is_none() && cell.text().is_some_and(|text| Wording::of(text) == words);
    if issued.cells.iter().filter(is_it).count() != 1 {
        return None;
    }
    let mut there = sheet.cells.iter().filter(is_it);
    there.next().filter(|_| there.next().is_none())
}

impl Side<'_> {
    /// Returns what the rows and columns of a sheet are for.
    fn anchors_on(&self, sheet: usize) -> Option<&Anchors> {
        self.anchors_of(self.sheet_name(&Wording::of(&self.workbook.sheets[sheet].name))?)
    }

    /// Returns the column of another side's sheet that is for what a column of this one is; `None` where it is for nothing known.
    fn column_of(&self, (sheet, column): (usize, u32), (other, there): (&Self, usize)) -> Option<u32> {
        called_alike(&self.anchors_on(sheet)?.columns, &other.anchors_on(there)?.columns, column)
    }
}

/// Says that a figure was typed over, and whether it is what the formula gives.
fn told(workbook: &Workbook, given: Option<Worth>, figure: &Figure) -> Finding {
    let sheet = &workbook.sheets[figure.sheet].name;
    let written = figure.cell.shown(workbook.date_system);
    let formula =
        figure.formula.as_deref().map(|formula| format!("the formula ={}", excerpt(formula, LONGEST_FORMULA)));
    let formula = formula.unwrap_or_else(|| "a formula".to_owned());
    let message = format!("“{}” is typed in ({written}) where the form has {formula}", figure.label.trim());
    let given = match given {
        Some(Worth::Number(number)) => Some(number),
        Some(Worth::Blank | Worth::Text(_) | Worth::Truth(_) | Worth::Error(_)) | None => None,
    };
    let own = number_in(figure.cell);
    let place = Place::Cells(sheet.clone(), CellRange::from(figure.cell.at));
    let finding = |message, severity| {
        let finding = Finding::new(&FORMULA_OVERWRITTEN, place, message).with_severity(severity);
        finding.with_subject(figure.label.trim()).with_found(&written).with_help(PUT_BACK)
    };
    match given {
        Some(given) if own.as_ref() == Some(&given) => {
            finding(format!("{message}; that is what it gives"), Severity::Note).with_expected(given.to_string())
        }
        Some(given) => {
            finding(format!("{message}; {given} is expected"), Severity::Warning).with_expected(given.to_string())
        }
        None => {
            let finding = finding(message, Severity::Warning);
            match &figure.formula {
                Some(formula) => finding.with_expected(format!("={formula}")),
                None => finding.with_help(ELSEWHERE),
            }
        }
    }
}
