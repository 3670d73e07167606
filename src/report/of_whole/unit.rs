//! The units: their outcomes, their sections as a heat map, and what each is strong and weak in.

use super::Whole;
use crate::document::{Cell, Column, Fact, Part, Side, Table, Width};
use crate::exact::Exact;
use crate::framework::Section;
use crate::report::of_return::{remark, section};
use crate::season::consolidation::{UnitConsolidated, UnitSection};
use crate::words::{agree, capital, count, list_of_at_most, number};

/// A unit with its number.
type Numbered<'a> = (usize, &'a UnitConsolidated);

/// Returns the units with their outcomes, and their sections as a heat map.
pub(super) fn part(whole: Whole) -> Part {
    let heading = format!("{} by {}", capital(&whole.spec.noun), whole.spec.noun.to_lowercase());
    Part::new(heading).lead([sources(whole)]).block(table(whole)).lead([reading(whole)]).block(heat(whole))
}

/// Says which units sent a return of their own.
fn sources(whole: Whole) -> String {
    let own = whole.own().count();
    let all = whole.of.units.len();
    let column = format!("its column in the {} ¤return", whole.kind());
    match (own, all - own) {
        (_, 0) => format!("Every {} sent a ¤return of its own.", whole.spec.noun),
        (0, _) => format!("No {} sent a ¤return of its own; {column} speaks for each.", whole.spec.noun),
        (own, rest) => format!(
            "{own} of {all} {} sent {} of {} own. For {} {column} speaks.",
            whole.spec.plural,
            agree(own, "a ¤return", "returns"),
            agree(own, "its", "their"),
            agree(rest, "the other", "each of the others")
        ),
    }
}

/// Returns the units in the order of their numbers.
fn numbered(whole: Whole<'_>) -> Vec<Numbered<'_>> {
    (1..).zip(&whole.of.units).collect()
}

/// Returns the table of units.
fn table(whole: Whole) -> Table {
    let rows = numbered(whole);
    let label = whole.spec.weight_label(whole.framework).filter(|_| rows.iter().any(|(_, unit)| unit.weight.is_some()));
    let sum = |of: fn(&UnitSection) -> usize| move |row: &Numbered| Cell::Count(row.1.sections.iter().map(of).sum());
    let weighed = |row: &Numbered| Cell::or_dash(row.1.weight.as_ref().map(ToString::to_string));
    let source = |row: &Numbered| if row.1.file.is_some() { "own ¤return" } else { "column" }.into();
    let told = rows.iter().any(|(_, unit)| outcome(whole, unit).is_some());
    let own = |row: &Numbered| Cell::or_dash(outcome(whole, row.1));
    let columns = vec![
        Column::new("No.").cell(|row: &Numbered| row.0.into()),
        Column::new(capital(&whole.spec.noun)).share(1.5).cell(|row: &Numbered| (&row.1.name).into()),
        Column::new(label.map(capital).unwrap_or_default()).side(Side::Right).cell(weighed).only_if(label.is_some()),
        Column::new("Speaks by").cell(source),
        Column::new("Own outcome").share(1.0).cell(own).only_if(told),
        Column::new("Hold").cell(sum(|section| section.holds)),
        Column::new("Don\u{2019}t").cell(sum(|section| section.fails)),
        Column::new("Open").cell(sum(|section| section.open)),
    ];
    Table::of(&rows, columns)
        .caption(format!("{} with their outcomes and how many ¤criteria hold", capital(&whole.spec.plural)))
}

/// Returns the outcome of a unit's own return; `None` where it has none.
fn outcome(whole: Whole, unit: &UnitConsolidated) -> Option<String> {
    let spec = &whole.framework.outcome;
    let range = || {
        let (lowest, highest) = unit.band_lowest.as_ref().zip(unit.band_highest.as_ref())?;
        Some(spec.bands_in_words(lowest, highest, &unit.can_be))
    };
    unit.band.as_ref().map(|band| spec.band_title(band).to_owned()).or_else(range)
}

/// Says how the heat map is read.
fn reading(whole: Whole) -> String {
    format!(
        "Each cell is the share of ¤criteria that hold, of all in the ¤section; the {} are numbered as above, and the last column \
         is the whole by the rule. The darkest cell has the most, the lightest the least.",
        whole.spec.plural
    )
}

/// Returns the sections of each unit and of the whole as a heat map.
fn heat(whole: Whole) -> Table {
    let sections = whole.framework.sections.iter().enumerate().filter(|(_, of)| !of.criteria.is_empty());
    let rows: Vec<(&Section, Vec<Option<Exact>>)> =
        sections.map(|(at, section)| (section, shares(whole, at, section))).collect();
    let (least, most) = ends(&rows);
    let width = if whole.of.units.len() > 7 { Width::Share(0.12) } else { Width::Chars(4.8) };
    let numbers = (1..=whole.of.units.len()).map(|number| number.to_string()).chain(["All".to_owned()]);
    let shares = numbers.enumerate().map(|(at, number)| {
        let shown =
            move |row: &(&Section, Vec<Option<Exact>>)| cell(row.1.get(at).and_then(Option::as_ref), least, most);
        Column::new(number).width(width).side(Side::Center).cell(shown)
    });
    let section = Column::new("¤Section").share(1.0).cell(|row: &(&Section, _)| section::title(row.0).into());
    Table::of(&rows, std::iter::once(section).chain(shares).collect())
        .caption(format!("¤Sections by {}: ¤criteria that hold, in per cent", whole.spec.noun))
}

/// Returns the shares of a section's criteria that hold, of each unit and then of the whole.
fn shares(whole: Whole, at: usize, section: &Section) -> Vec<Option<Exact>> {
    let share = |holds: usize, all: usize| Exact::from(holds).divided_by(&Exact::from(all));
    let of_units = whole.of.units.iter().filter_map(|unit| unit.sections.get(at));
    let of_units = of_units.map(|of| share(of.holds, of.holds + of.fails + of.open));
    let held = whole.held(|id| section.holds(id));
    of_units.chain([share(held, section.criteria.len())]).collect()
}

/// Returns the least and the greatest share.
fn ends(rows: &[(&Section, Vec<Option<Exact>>)]) -> (f64, f64) {
    let places = || rows.iter().flat_map(|row| row.1.iter().flatten()).map(Exact::to_float);
    (places().fold(1.0, f64::min), places().fold(0.0, f64::max))
}

/// Returns a share on a ground between the least and the greatest, so that what differs can be seen.
#[expect(clippy::float_arithmetic, reason = "a place on a chart is no score")]
fn cell(share: Option<&Exact>, least: f64, most: f64) -> Cell {
    let spread = |place: f64| if most > least { (place - least) / (most - least) } else { 0.5 };
    Cell::Heat {
        place: share.map(|share| spread(share.to_float())),
        label: share.map_or_else(|| "\u{2013}".to_owned(), |share| number(&(share * &Exact::from(100)), 0)),
    }
}

/// Returns what each unit is strong and weak in.
pub(super) fn by_unit(whole: Whole) -> Part {
    let units = numbered(whole).into_iter().map(|(number, unit)| of_unit(whole, number, unit));
    Part::new(format!("Each {}", whole.spec.noun.to_lowercase())).part(units)
}

/// Returns what one unit is strong and weak in.
fn of_unit(whole: Whole, number: usize, unit: &UnitConsolidated) -> Part {
    let holds: usize = unit.sections.iter().map(|section| section.holds).sum();
    let sentence = format!(
        "{holds} of {} hold; {} to be developed.",
        count(whole.of.criteria.len(), "¤criterion", "¤criteria"),
        count(unit.developments.len(), "is", "are")
    );
    let of_section = |section: &Section| {
        let ids = section.criteria.iter().map(|criterion| criterion.id.as_str());
        let weak = ids.filter(|id| unit.developments.iter().any(|of| of == id));
        weak.collect::<Vec<_>>().join(", ")
    };
    let develop = develop(&section::told(whole.framework, of_section));
    Part::new(format!("{number} {}", unit.name)).lead([sentence]).points(strengths(whole, unit)).block(develop)
}

/// Returns the sections in which every criterion holds in a unit, and what is praised there.
fn strengths(whole: Whole, unit: &UnitConsolidated) -> Vec<String> {
    let sections = whole.framework.sections.iter().zip(&unit.sections);
    let held = sections.filter(|(_, of)| of.holds > 0 && of.fails + of.open == 0);
    let held: Vec<String> = held.map(|(section, _)| section::title(section)).collect();
    let all = format!("Every ¤criterion holds in {}.", list_of_at_most(&held, 4));
    let is_praised = |id: &str| unit.strengths.iter().any(|praised| praised == id);
    let notes = remark::grouped(whole.review(unit.file.as_ref()), is_praised);
    let notes = notes.into_iter().map(|note| format!("{note}."));
    (!held.is_empty()).then_some(all).into_iter().chain(notes).collect()
}

/// Returns what is to be developed, section by section.
fn develop(rows: &[Fact]) -> Table {
    let columns = vec![
        Column::new("To be developed in").share(1.0).cell(|row: &Fact| (&row.label).into()),
        Column::new("¤Criteria").share(1.5).cell(|row: &Fact| (&row.value).into()),
    ];
    Table::of(rows, columns)
}
