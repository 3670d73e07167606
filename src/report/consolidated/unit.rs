//! The units: their outcomes, their sections as a heat map, and what each is strong and weak in.

use serde::Serialize;

use super::Whole;
use crate::exact::Exact;
use crate::report::view::{Fact, remark, section};
use crate::review::RemarkKind;
use crate::season::consolidation::{UnitConsolidated, UnitSection};
use crate::words::{agree, capital, count, list_of_at_most, number};

/// The units as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct UnitsView {
    noun: String,
    sentence: String,
    caption: String,
    weight: Option<String>,
    rows: Vec<UnitRow>,
}

/// A unit's row.
#[derive(Clone, Debug, Serialize)]
struct UnitRow {
    number: usize,
    name: String,
    weight: String,
    source: &'static str,
    outcome: String,
    holds: usize,
    fails: usize,
    open: usize,
}

/// A heat map of sections by unit.
#[derive(Clone, Debug, Serialize)]
pub(super) struct HeatView {
    sentence: String,
    caption: String,
    columns: Vec<String>,
    rows: Vec<HeatRow>,
}

/// A section's row.
#[derive(Clone, Debug, Serialize)]
struct HeatRow {
    title: String,
    cells: Vec<HeatCell>,
}

/// A cell: the share as it is printed, and its place between nought and one.
#[derive(Clone, Debug, Serialize)]
struct HeatCell {
    label: String,
    place: Option<f64>,
}

/// What one unit is strong and weak in.
#[derive(Clone, Debug, Serialize)]
pub(super) struct UnitView {
    title: String,
    sentence: String,
    strengths: Vec<String>,
    developments: Vec<Fact>,
}

/// Returns the units as a template sees them.
pub(super) fn units(whole: Whole) -> UnitsView {
    let own = whole.own().count();
    let all = whole.of.units.len();
    let rest = all - own;
    let weighed = whole.of.units.iter().any(|unit| unit.weight.is_some());
    let column = format!("its column in the {} return", whole.spec.whole_kind.to_lowercase());
    let sentence = match (own, rest) {
        (_, 0) => format!("Every {} sent a return of its own.", whole.spec.noun),
        (0, _) => format!("No {} sent a return of its own; {column} speaks for each.", whole.spec.noun),
        (own, rest) => format!(
            "{own} of {all} {} sent {} of {} own. For {} {column} speaks.",
            whole.spec.plural,
            agree(own, "a return", "returns"),
            agree(own, "its", "their"),
            agree(rest, "the other", "each of the others")
        ),
    };
    UnitsView {
        noun: capital(&whole.spec.noun),
        sentence,
        caption: format!("{} with their outcomes and how many criteria hold", capital(&whole.spec.plural)),
        weight: whole.spec.weight_label(whole.framework).filter(|_| weighed).map(capital),
        rows: whole.of.units.iter().enumerate().map(|(at, unit)| row(whole, at, unit)).collect(),
    }
}

/// Returns a unit's row.
fn row(whole: Whole, at: usize, unit: &UnitConsolidated) -> UnitRow {
    let sum = |of: fn(&UnitSection) -> usize| unit.sections.iter().map(of).sum();
    UnitRow {
        number: at + 1,
        name: unit.name.clone(),
        weight: unit.weight.as_ref().map_or_else(|| "\u{2013}".to_owned(), ToString::to_string),
        source: if unit.file.is_some() { "own return" } else { "column" },
        outcome: outcome(whole, unit),
        holds: sum(|section| section.holds),
        fails: sum(|section| section.fails),
        open: sum(|section| section.open),
    }
}

/// Returns the outcome of a unit's own return.
fn outcome(whole: Whole, unit: &UnitConsolidated) -> String {
    let titled = |id| whole.framework.band_title(id);
    match (&unit.band, &unit.band_lowest, &unit.band_highest) {
        (Some(band), _, _) => titled(band).to_owned(),
        (None, Some(low), Some(high)) if low == high => titled(low).to_owned(),
        (None, Some(low), Some(high)) => format!("{} to {}", titled(low), titled(high)),
        (None, ..) => "\u{2013}".to_owned(),
    }
}

/// Returns the sections of each unit and of the whole as a heat map.
pub(super) fn heat(whole: Whole) -> HeatView {
    let mut columns: Vec<String> = (1..=whole.of.units.len()).map(|number| number.to_string()).collect();
    columns.push("All".to_owned());
    let row = |(at, section): (usize, &crate::framework::Section)| {
        let of_units = whole.of.units.iter().filter_map(|unit| unit.sections.get(at));
        let mut cells: Vec<HeatCell> = of_units.map(|of| cell(of.holds, of.holds + of.fails + of.open)).collect();
        let ids: Vec<&str> = section.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
        let of_whole = whole.of.criteria.iter().filter(|of| ids.contains(&of.id.as_str()));
        let held = of_whole.filter(|of| of.status.as_ref() == Some(&whole.spec.grade)).count();
        cells.push(cell(held, ids.len()));
        HeatRow { title: section::title(section), cells }
    };
    let filled = whole.framework.sections.iter().enumerate().filter(|(_, of)| !of.criteria.is_empty());
    let mut rows: Vec<HeatRow> = filled.map(row).collect();
    spread(&mut rows);
    HeatView {
        sentence: format!(
            "Each cell is the share of criteria that hold, of all in the section; the {} are numbered as above, and the last \
             column is the whole by the rule. The darkest cell has the most, the lightest the least.",
            whole.spec.plural
        ),
        caption: format!("Sections by {}: criteria that hold, in per cent", whole.spec.noun),
        columns,
        rows,
    }
}

/// Spreads the places of the cells between the least and the most, so that what differs can be seen.
#[expect(clippy::float_arithmetic, reason = "a place on a chart is no score")]
fn spread(rows: &mut [HeatRow]) {
    let places = || rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.place);
    let (least, most) = (places().fold(1.0, f64::min), places().fold(0.0, f64::max));
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.place = cell.place.map(|place| if most > least { (place - least) / (most - least) } else { 0.5 });
    }
}

/// Returns a cell.
fn cell(holds: usize, all: usize) -> HeatCell {
    let share = Exact::from(holds).divided_by(&Exact::from(all));
    HeatCell {
        label: share.as_ref().map_or_else(|| "\u{2013}".to_owned(), |share| number(&(share * &Exact::from(100)), 0)),
        place: share.map(|share| share.to_float()),
    }
}

/// Returns what each unit is strong and weak in.
pub(super) fn by_unit(whole: Whole) -> Vec<UnitView> {
    whole.of.units.iter().enumerate().map(|(at, unit)| of_unit(whole, at, unit)).collect()
}

/// Returns what one unit is strong and weak in.
fn of_unit(whole: Whole, at: usize, unit: &UnitConsolidated) -> UnitView {
    let own = whole.review(unit.file.as_ref());
    let praise = own.into_iter().flat_map(|review| &review.remarks);
    let praise = praise.filter(|remark| remark.kind == RemarkKind::Strength && unit.strengths.contains(&remark.id));
    let holds: usize = unit.sections.iter().map(|section| section.holds).sum();
    let whole_sections: Vec<String> = whole
        .framework
        .sections
        .iter()
        .zip(&unit.sections)
        .filter(|(_, of)| of.holds > 0 && of.fails + of.open == 0)
        .map(|(section, _)| section::title(section))
        .collect();
    let mut strengths: Vec<String> = Vec::new();
    if !whole_sections.is_empty() {
        strengths.push(format!("Every criterion holds in {}.", list_of_at_most(&whole_sections, 4)));
    }
    strengths.extend(remark::grouped(praise).into_iter().map(|note| format!("{note}.")));
    let developments = whole.framework.sections.iter().filter_map(|section| {
        let ids = section.criteria.iter().map(|criterion| criterion.id.as_str());
        let weak: Vec<&str> = ids.filter(|id| unit.developments.iter().any(|of| of == id)).collect();
        (!weak.is_empty()).then(|| Fact::new(section::title(section), weak.join(", ")))
    });
    let sentence = format!(
        "{holds} of {} hold; {} to be developed.",
        count(whole.of.criteria.len(), "criterion", "criteria"),
        count(unit.developments.len(), "is", "are")
    );
    UnitView { title: format!("{} {}", at + 1, unit.name), sentence, strengths, developments: developments.collect() }
}
