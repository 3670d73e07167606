//! Formulas that the form has in the rows of a register, one below the other, and that were typed over in some, taken out, or made
//! others than the rest of their column.

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, LONGEST_FORMULA, Place, Severity};
use crate::framework::{Framework, RegisterColumn, RegisterSpec};
use crate::layout::RegisterPlace;
use crate::returns::{Register, Row};
use crate::wording::excerpt;
use crate::words::list_of_at_most;
use crate::workbook::calculation::Worth;
use crate::workbook::{Cell, Uses};

use super::placed;
use super::put_back::worth_of;
use super::rule::{FORMULA_CHANGED, FORMULA_OVERWRITTEN, PUT_BACK};
use super::side::Side;

/// A row in whose cell of a column the form has a formula.
struct OfColumn<'a> {
    at: CellRef,
    /// What stands there; `None` where nothing does.
    cell: Option<&'a Cell>,
    /// The formula that belongs there.
    formula: String,
    /// What the row is about.
    row: String,
}

impl OfColumn<'_> {
    /// Whether something stands there that no formula gives.
    fn is_typed(&self) -> bool {
        self.cell.is_some_and(|cell| cell.formula.is_none())
    }
}

/// Says in which rows of registers a formula of the form was typed over, rows one below the other at once, and in which it was taken out
/// or is another than the rest of its column, each column's at once.
pub(super) fn changed(framework: &Framework, form: &Side, sent: &Side) -> Vec<Finding> {
    let mut findings = Vec::new();
    for spec in &framework.registers {
        let register = sent.answers.and_then(|answers| answers.registers.get(&spec.id));
        let places = form.layout.registers.get(&spec.id).zip(sent.layout.registers.get(&spec.id));
        let Some((register, places)) = register.zip(places) else { continue };
        for column in &spec.columns {
            let all = in_column(framework, (form, sent), (spec, column), register, places);
            let (typed, others): (Vec<OfColumn>, Vec<OfColumn>) = all.into_iter().partition(OfColumn::is_typed);
            let runs = typed.chunk_by(|above, below| below.at.row - above.at.row == 1);
            findings.extend(runs.map(|run| told(sent, column, run, places.1)));
            let sheet = &sent.workbook.sheets[places.1.sheet].name;
            findings.extend(taken_out(framework, (sent, places.1.sheet), column, &others));
            findings.extend(made_others((sheet, column), &others));
        }
    }
    findings
}

/// Returns the rows of a register in whose cell of a column the form has a formula.
fn in_column<'a>(
    framework: &Framework,
    sides: (&Side, &Side<'a>),
    (spec, column): (&RegisterSpec, &RegisterColumn),
    register: &Register,
    (printed, place): (&RegisterPlace, &RegisterPlace),
) -> Vec<OfColumn<'a>> {
    let columns = printed.columns.get(&column.id).zip(place.columns.get(&column.id));
    let Some((from, to)) = columns else { return Vec::new() };
    let (issued, sheet) = (&sides.0.workbook.sheets[printed.sheet], &sides.1.workbook.sheets[place.sheet]);
    let in_row = |row: &Row| {
        let at = CellRef::new(row.number, *to);
        let cell = sheet.cell(at).filter(|cell| cell.formula.is_some() || !cell.value.is_blank());
        if sheet.shown_at(at) != at {
            return None;
        }
        let there = CellRef::new((row.number + printed.heading).checked_sub(place.heading)?, *from);
        if there.row > printed.printed {
            return None;
        }
        let formula = issued.cell(there)?.formula.as_deref().filter(|formula| !formula.is_empty())?;
        let formula = placed::here(framework, sides, &issued.name, formula)?;
        Some(OfColumn { at, cell, formula, row: row.name(spec) })
    };
    register.rows.iter().filter_map(in_row).collect()
}

/// Says that a constant stands in rows where the form has a formula.
fn told(sent: &Side, column: &RegisterColumn, run: &[OfColumn], place: &RegisterPlace) -> Finding {
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let sheet = &sent.workbook.sheets[place.sheet].name;
    let place = Place::Cells(sheet.clone(), CellRange::new(first.at, last.at));
    let heading = &column.heading;
    if run.len() > 1 {
        let message = format!(
            "“{heading}” is typed in rows {} to {} where the form has a formula (={} in row {})",
            first.at.row,
            last.at.row,
            excerpt(&first.formula, LONGEST_FORMULA),
            first.at.row
        );
        let expected = format!("={}", first.formula);
        return Finding::new(&FORMULA_OVERWRITTEN, place, message).with_expected(expected).with_help(PUT_BACK);
    }
    let written = first.cell.map(|cell| cell.shown(sent.workbook.date_system)).unwrap_or_default();
    let message = format!(
        "“{heading}” is typed in ({written}) where the form has the formula ={}",
        excerpt(&first.formula, LONGEST_FORMULA)
    );
    let finding = Finding::new(&FORMULA_OVERWRITTEN, place, message).with_subject(&first.row).with_found(written);
    finding.with_expected(format!("={}", first.formula)).with_help(PUT_BACK)
}

/// Says in which rows nothing stands where the form has a formula, though others of the column have theirs; it is a note where these would
/// give nothing there.
fn taken_out(
    framework: &Framework,
    (sent, sheet): (&Side, usize),
    column: &RegisterColumn,
    rows: &[OfColumn],
) -> Option<Finding> {
    let (blank, kept): (Vec<&OfColumn>, Vec<&OfColumn>) = rows.iter().partition(|row| row.cell.is_none());
    let (first, last) = (blank.first()?, blank.last()?);
    if kept.is_empty() {
        return None;
    }
    let message = format!(
        "“{}” is blank in {} where the form has a formula (={} in row {})",
        column.heading,
        named(&blank),
        excerpt(&first.formula, LONGEST_FORMULA),
        first.at.row
    );
    let place = Place::Cells(sent.workbook.sheets[sheet].name.clone(), CellRange::new(first.at, last.at));
    let finding = Finding::new(&FORMULA_OVERWRITTEN, place, message).with_expected(format!("={}", first.formula));
    let formulas: Vec<_> = blank.iter().map(|row| ((sheet, row.at), row.formula.as_str())).collect();
    let is_nothing = |given: &Option<Worth>| match given {
        Some(Worth::Blank) => true,
        Some(Worth::Text(text)) => text.is_empty(),
        Some(Worth::Number(_) | Worth::Truth(_) | Worth::Error(_)) | None => false,
    };
    let gives_nothing = worth_of(framework, sent.workbook, &formulas).iter().all(is_nothing);
    Some(if gives_nothing { finding.with_severity(Severity::Note) } else { finding }.with_help(PUT_BACK))
}

/// Says in which rows another formula stands than in most of the column, and than in the form.
fn made_others((sheet, column): (&str, &RegisterColumn), rows: &[OfColumn]) -> Option<Finding> {
    let formulas: Vec<Filled> = rows.iter().filter_map(Filled::of).collect();
    let tried = [0, formulas.len() / 2, formulas.len().saturating_sub(1)];
    let agreeing = |pivot: &&Filled| formulas.iter().filter(|other| pivot.goes_on_in(other)).count();
    let pivot = tried.into_iter().filter_map(|at| formulas.get(at)).max_by_key(agreeing)?;
    let is_usual = agreeing(&pivot) >= LEAST_ALIKE && agreeing(&pivot) * 2 > formulas.len();
    let is_other = |other: &&Filled| is_usual && !pivot.goes_on_in(other) && other.uses != Uses::of(&other.row.formula);
    let others: Vec<&OfColumn> = formulas.iter().filter(is_other).map(|other| other.row).collect();
    let (first, last) = (others.first()?, others.last()?);
    let written = first.cell.and_then(|cell| cell.formula.as_deref()).unwrap_or_default();
    let message = format!(
        "“{}” is worked out in {} by another formula than in the other rows (={} in row {}, where the form has ={})",
        column.heading,
        named(&others),
        excerpt(written, LONGEST_FORMULA),
        first.at.row,
        excerpt(&first.formula, LONGEST_FORMULA)
    );
    let place = Place::Cells(sheet.to_owned(), CellRange::new(first.at, last.at));
    let finding = Finding::new(&FORMULA_CHANGED, place, message).with_found(format!("={written}"));
    Some(finding.with_expected(format!("={}", first.formula)).with_help(FILL_DOWN))
}

/// What to do about a formula that isn't that of the other rows.
const FILL_DOWN: &str =
    "Copy the formula of another row of the column into these, so that all rows are worked out alike.";

/// So many rows with one formula make it the column's.
const LEAST_ALIKE: usize = 3;

/// The most rows that are named one by one.
const MOST_NAMED: usize = 10;

/// Returns the numbers of rows in words.
fn named(rows: &[&OfColumn]) -> String {
    let numbers: Vec<String> = rows.iter().map(|row| row.at.row.to_string()).collect();
    let noun = if numbers.len() == 1 { "row" } else { "rows" };
    format!("{noun} {}", list_of_at_most(&numbers, MOST_NAMED))
}

/// A reference of a formula: the sheet, where one is named, and the cells.
type Used = (Option<String>, CellRange);

/// A formula of a row.
struct Filled<'r, 'a> {
    row: &'r OfColumn<'a>,
    uses: Uses,
}

impl<'r, 'a> Filled<'r, 'a> {
    /// Reads the formula of a row; `None` where it has none, or none with words.
    fn of(row: &'r OfColumn<'a>) -> Option<Self> {
        let formula = row.cell?.formula.as_deref().filter(|formula| !formula.is_empty())?;
        Some(Self { row, uses: Uses::of(&Uses::meant(formula)) })
    }

    /// Whether another row has what comes of it by filling down: the same, with its references as many rows further or where they were.
    fn goes_on_in(&self, other: &Self) -> bool {
        let further = |own: u32| i64::from(own) + i64::from(other.row.at.row) - i64::from(self.row.at.row);
        let is_row = |own: u32, there: u32| own == there || further(own) == i64::from(there);
        let is_same = |(sheet, own): &Used, (other_sheet, there): &Used| {
            sheet == other_sheet
                && (own.first.column, own.last.column) == (there.first.column, there.last.column)
                && is_row(own.first.row, there.first.row)
                && is_row(own.last.row, there.last.row)
        };
        self.uses.functions == other.uses.functions
            && self.uses.constants == other.uses.constants
            && self.uses.references.len() == other.uses.references.len()
            && self.uses.references.iter().zip(&other.uses.references).all(|(own, there)| is_same(own, there))
    }
}
