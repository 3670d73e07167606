//! Answers in percent: 60, “60 %”, and 0.6 in a cell that shows 60%, are the same answer.
//!
//! A scale is in percent where the pack says so, or where it goes from 0 to 100 under a heading that does. On other scales from 0 to 100
//! only what the cell itself shows as a percentage is one. A bare 0.6 is 60 % where the scale can mean nothing else by it; where it can
//! mean 0.6 % too, it isn't told which, and so is a bare 1 beside it.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::finding::{Finding, Place};
use crate::framework::expression::Mention;
use crate::framework::{CriterionId, FieldId, Framework, RaterId, Scale, ScaleUnit, TableColumn};
use crate::workbook::{Cell, Shows};

use super::place::Spot;
use super::rule::{PERCENT_AMBIGUOUS, PERCENT_AS_SHARE};
use super::unit::Unit;
use super::{Grading, Reading, number};

/// What to do about percentages that are written in several ways.
const HELP: &str = "Write all percentages in one way, with the % sign.";

/// Returns the unit of an answer on a scale, under a column's heading where it stands in one.
pub(super) fn unit(spot: &Spot, scale: &Scale, column: Option<&TableColumn>) -> Unit<'static> {
    let is_of_hundred = scale.minimum().is_zero() && scale.maximum() == Exact::from(100);
    let says = |column: &TableColumn| {
        std::iter::once(&column.heading).chain(&column.also).any(|words| number::is_in_percent(words))
    };
    let is_shown = || number::is_in_percent(&spot.written());
    let is_percent = match scale.unit {
        Some(ScaleUnit::Percent) => true,
        None => is_of_hundred && (column.is_some_and(says) || is_shown()),
    };
    if is_percent { Unit::Of("%") } else { Unit::Bare }
}

/// Returns what a number can mean on a scale: itself where that isn't in percent; two numbers where it can't be told.
pub(super) fn meanings(spot: &Spot, number: Exact, scale: &Scale) -> Vec<Exact> {
    if !spot.unit.takes_percentages() {
        return vec![number];
    }
    let (hundred, counts_percents) = (Exact::from(100), scale.counts_percents());
    let is_shown = spot.cell.is_some_and(Cell::shows_percentage);
    let is_fraction = number > Exact::zero() && number < Exact::one();
    let share = if counts_percents { &number * &hundred } else { number.clone() };
    // 105% is too much rather than 1.05 %; nobody means 6000%.
    let is_percent = !is_shown || is_beyond(&number);
    let percent = if counts_percents { Some(number) } else { number.divided_by(&hundred) }.filter(|_| is_percent);
    let mut all: Vec<Exact> = std::iter::once(share).chain(percent).collect();
    if counts_percents && !is_shown {
        all.reverse();
    }
    all.dedup();
    let fits: Vec<Exact> = all.iter().filter(|number| scale.grades.has(number)).cloned().collect();
    let is_unclear = counts_percents && is_fraction && !is_shown;
    match fits.len() {
        0 => all.into_iter().take(1).collect(),
        _ => fits.into_iter().take(if is_unclear { 2 } else { 1 }).collect(),
    }
}

/// Whether a number that a cell shows a hundredfold was put there before the cell showed percentages.
fn is_beyond(number: &Exact) -> bool {
    *number >= Exact::from(10)
}

/// Returns the numbers that a text can mean on a scale.
pub(super) fn readings(spot: &Spot, text: &str, scale: &Scale) -> Vec<Exact> {
    if !spot.unit.takes_percentages() {
        return number::readings(text);
    }
    if !number::is_in_percent(text) {
        return number::readings(text).into_iter().flat_map(|number| meanings(spot, number, scale)).collect();
    }
    let on_scale =
        |number: Exact| if scale.counts_percents() { Some(number) } else { number.divided_by(&Exact::from(100)) };
    spot.readings(text).into_iter().filter_map(on_scale).collect()
}

/// Says that a number can be a percentage or a share.
pub(super) fn unclear(spot: &Spot, first: &Exact, second: &Exact) -> Finding {
    let message = format!("{} can mean {first} % or {second} %", spot.written().trim());
    spot.finding(&PERCENT_AMBIGUOUS, message).with_expected(format!("{first}% or {second}%")).with_help(HELP)
}

/// What is odd about the percentages of a return, told once for each column when all are read.
#[derive(Debug, Default)]
pub(super) struct Percentages {
    columns: BTreeMap<(String, u32), Column>,
}

/// The percentages of one column.
#[derive(Debug, Default)]
struct Column {
    /// The answers that are other numbers in the workbook's own sums.
    otherwise: Vec<Otherwise>,
    /// Whether one of them can't be told.
    is_unclear: bool,
    /// Bare ones: whose, of which criterion, and where.
    ones: Vec<(RaterId, CriterionId, CellRef)>,
}

/// An answer that is another number in the workbook's own sums.
#[derive(Debug)]
struct Otherwise {
    at: CellRef,
    /// What the cell shows.
    shown: String,
    /// The number that it holds.
    stored: Exact,
    /// What is read.
    read: Exact,
}

impl Percentages {
    /// Takes in an answer as it was read.
    pub(super) fn take(
        &mut self,
        framework: &Framework,
        spot: &Spot,
        (rater, criterion): (&RaterId, &CriterionId),
        reading: &Reading<Grading>,
    ) {
        let Some(number) = spot.number().filter(|_| spot.unit.takes_percentages()) else { return };
        let column = self.columns.entry((spot.sheet.name.clone(), spot.at.column)).or_default();
        let is_shown = spot.cell.is_some_and(Cell::shows_percentage);
        let is_fraction = number > Exact::zero() && number < Exact::one();
        match reading {
            Reading::Given(Grading { points: Some(points), .. })
                if (*points != number || is_shown && is_beyond(&number)) && !is_forms(framework, spot) =>
            {
                let (shown, read) = (spot.written(), points.clone());
                column.otherwise.push(Otherwise { at: spot.at, shown, stored: number, read });
            }
            Reading::Given(Grading { points: Some(points), .. }) if !is_shown && *points == Exact::one() => {
                column.ones.push((rater.clone(), criterion.clone(), spot.at));
            }
            Reading::Unusable => column.is_unclear |= is_fraction,
            Reading::Given(_) | Reading::Blank | Reading::Absent => {}
        }
    }

    /// Returns the ones that are as unclear as the fractions beside them, each with what is said of it.
    pub(super) fn unclear(&self) -> impl Iterator<Item = ((RaterId, CriterionId), Finding)> {
        let unclear = self.columns.iter().filter(|(_, column)| column.is_unclear);
        unclear.flat_map(|((sheet, _), column)| {
            column.ones.iter().map(move |(rater, criterion, at)| {
                let message = "1 can mean 1 % or 100 %, as others are written as shares";
                let finding = Finding::new(&PERCENT_AMBIGUOUS, Place::cell(sheet, *at), message).with_found("1");
                let finding = finding.with_subject(criterion.as_str()).with_expected("1% or 100%").with_help(HELP);
                ((rater.clone(), criterion.clone()), finding)
            })
        })
    }

    /// Says which answers the workbook's own sums count otherwise, once for each column.
    pub(super) fn told(&self) -> Vec<Finding> {
        let columns = self.columns.iter();
        columns.filter_map(|((sheet, _), column)| otherwise(sheet, &column.otherwise)).collect()
    }
}

/// Says that the workbook's own sums count answers otherwise than they are read.
fn otherwise(sheet: &str, answers: &[Otherwise]) -> Option<Finding> {
    let Otherwise { shown, stored, read, .. } = answers.first()?;
    let (first, last) = (answers.iter().map(|answer| answer.at).min()?, answers.iter().map(|answer| answer.at).max()?);
    let (stored, read) = (number::shown(stored), number::shown(read));
    let (message, help) = match answers.len() {
        1 => (
            format!("{shown} is {stored} in the workbook's own sums; it is read as {read}"),
            "Check that it is meant; where the workbook's own sums differ, type the number that the scale counts.",
        ),
        several => (
            format!(
                "{several} answers are other numbers in the workbook's own sums than on the scale: {shown} is {stored} there, and is read as {read}"
            ),
            "Check that they are meant; where the workbook's own sums differ, type the numbers that the scale counts.",
        ),
    };
    let place = Place::Cells(sheet.to_owned(), CellRange { first, last });
    Some(Finding::new(&PERCENT_AS_SHARE, place, message).with_found(shown).with_help(help))
}

/// Whether the form as issued shows percentages where an answer stands, so that its sums are made for them.
fn is_forms(framework: &Framework, spot: &Spot) -> bool {
    let form = framework.form().and_then(|form| form.sheet(&spot.sheet.name));
    let cell = form.and_then(|form| form.cell(spot.at));
    let is_shown = spot.cell.is_some_and(Cell::shows_percentage);
    let format = cell.and_then(|cell| cell.look.format.as_ref());
    is_shown && format.is_some_and(|format| format.shows() == Shows::Percentage)
}

/// Whether an organisation weights a section by a field, in percent or as a share, whatever the form's label says.
pub(super) fn is_weight(framework: &Framework, field: &FieldId) -> bool {
    let is_of =
        |mention: &Mention| matches!(mention, Mention::Attribute(of, part) if of == "field" && part == field.as_str());
    framework
        .sections
        .iter()
        .filter_map(|section| section.weight_from.as_ref())
        .any(|weight| weight.names().iter().any(is_of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample::{expression, framework};
    use crate::framework::{Section, builtin};

    #[test]
    fn fields_by_which_an_organisation_weights_sections_are_in_percent() {
        let section = builtin::load("seqf").unwrap().framework.sections[0].clone();
        let section = Section { weight_from: Some(expression("field.own / 100")), ..section };
        let framework = Framework { sections: vec![section], ..framework("none") };
        assert!(is_weight(&framework, &"own".into()) && !is_weight(&framework, &"years".into()));
        assert!(Unit::Of("%").takes_percentages());
    }
}
