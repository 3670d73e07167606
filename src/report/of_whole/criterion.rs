//! The criteria over all units: where the whole's return says otherwise, strengths, development areas, and all in full.

use super::Whole;
use crate::document::{Block, Cell, Column, Fact, Lies, Part, Side, Table};
use crate::framework::{Criterion, Section};
use crate::report::of_return::{remark, section};
use crate::report::pairs;
use crate::report::subject::full;
use crate::season::consolidation::{CriterionConsolidated, UnitConsolidated, VoiceStanding};
use crate::words::{agree, capital, count};

/// A criterion with what came of it.
type Judged<'a> = (&'a Criterion, &'a CriterionConsolidated);

/// The columns that begin each table of criteria.
fn named<'a>() -> Vec<Column<'a, Judged<'a>>> {
    vec![
        Column::new("No.").chars(3.6).cell(|row: &Judged| row.1.id.to_string().into()),
        Column::new("¤Criterion").share(1.0).cell(|row: &Judged| full(&row.0.text, &row.0.short).into()),
    ]
}

/// Returns the numbers of the units in which a criterion stands in this way.
fn units_with(of: &CriterionConsolidated, standing: VoiceStanding) -> String {
    let units = of.voices.iter().enumerate().filter(|(_, voice)| voice.standing == standing).map(|(at, _)| at);
    let numbers = Whole::numbers(units);
    if numbers.is_empty() { "none".to_owned() } else { numbers }
}

/// Returns where the return about the whole says otherwise.
pub(super) fn disagreements(whole: Whole) -> Part {
    let (kind, spec) = (whole.kind(), whole.spec);
    let rows: Vec<Judged> = whole.criteria().filter(|(_, of)| of.agrees == Some(false)).collect();
    let sentence = match (&whole.of.whole, rows.len()) {
        (None, _) => format!("No {kind} ¤return was sent, so there is nothing to compare the rule with."),
        (Some(_), 0) => {
            format!("The {kind} ¤return says of every ¤criterion what the rule says, where both are settled.")
        }
        (Some(_), number) => format!(
            "On {} the {kind} ¤return says otherwise than the rule. The judgement is the assessor\u{2019}s; each difference \
             is worth a word of explanation.",
            count(number, "¤criterion", "¤criteria")
        ),
    };
    let mut columns = named();
    columns.extend([
        Column::new("By the rule").cell(|row: &Judged| whole.grade(row.0, row.1.status.as_deref()).into()),
        Column::new("Stated").cell(|row: &Judged| whole.grade(row.0, row.1.stated.as_deref()).into()),
        Column::new("Fails in").cell(|row: &Judged| units_with(row.1, VoiceStanding::Fails).into()),
    ]);
    let table = Table::of(&rows, columns).caption(format!("¤Criteria that the {kind} ¤return judges otherwise"));
    let differing = columns_differing(whole);
    let plural = &spec.plural;
    let told =
        format!("The {kind} ¤return also has columns for the {plural} that say the opposite of their own ¤returns.");
    let by_unit = pairs(&differing, [&capital(&spec.noun), "¤Criteria"])
        .caption(format!("¤Criteria on which a {} and its column differ", spec.noun));
    let part = Part::new("Where judgements differ").lead([sentence]).block(table);
    part.lead((!differing.is_empty()).then_some(told)).block(by_unit)
}

/// Returns the criteria on which a unit and its column differ, by unit.
fn columns_differing(whole: Whole) -> Vec<Fact> {
    let of_unit = |(at, unit): (usize, &UnitConsolidated)| {
        let differing = whole.of.columns_differing().filter(|(_, of)| *of == at).map(|(of, _)| of.id.as_str());
        Fact::new(format!("{} {}", at + 1, unit.name), differing.collect::<Vec<_>>().join(", "))
    };
    let units = whole.of.units.iter().enumerate().map(of_unit);
    units.filter(|unit| !unit.value.is_empty()).collect()
}

/// Returns the strengths of the whole: what is praised, by section, with how much of the section holds.
pub(super) fn strengths(whole: Whole) -> Part {
    let of_section = |section: &Section| {
        let is_here = |id: &str| section.holds(id);
        let is_praised = |id: &str| is_here(id) && whole.of.strengths.iter().any(|praised| praised == id);
        let reviews = whole.whole().into_iter().chain(whole.own().map(|(_, review)| review));
        let notes = remark::grouped(reviews, is_praised);
        let notes = if notes.is_empty() { String::new() } else { format!(" {}.", notes.join(". ")) };
        match whole.held(is_here) {
            0 => String::new(),
            held => format!("{held} of {} hold.{notes}", section.criteria.len()),
        }
    };
    let praised = whole.of.strengths.len();
    let sentence = format!(
        "{} for the whole and {} praised in a ¤return.",
        capital(&count(praised, "¤criterion holds", "¤criteria hold")),
        agree(praised, "is", "are")
    );
    Part::new("Strengths").paragraphs([sentence]).block(Block::Labelled(section::told(whole.framework, of_section)))
}

/// Returns the development areas of the whole.
pub(super) fn developments(whole: Whole) -> Part {
    let rows: Vec<Judged> = whole.criteria().filter(|(_, of)| whole.of.developments.contains(&of.id)).collect();
    let sentence = match rows.len() {
        0 => "No ¤criterion is known to fail for the whole.".to_owned(),
        number => format!(
            "{} for the whole. The {} where {} fails are numbered as above.",
            capital(&count(number, "¤criterion doesn\u{2019}t hold", "¤criteria don\u{2019}t hold")),
            whole.spec.plural,
            agree(number, "it", "each")
        ),
    };
    let missing = &whole.of.outcome.missing;
    let open = capital(&count(missing.len(), "¤criterion is", "¤criteria are"));
    let open = format!("{open} still open: {}.", missing.join(", "));
    let part = Part::new("Development areas").lead([sentence]).block(to_develop(whole, &rows));
    part.paragraphs((!missing.is_empty()).then_some(open))
}

/// Returns the table of criteria that don't hold for the whole.
fn to_develop(whole: Whole, rows: &[Judged]) -> Table {
    let note = |row: &Judged| whole.whole().map(|review| remark::note(review, &row.1.id)).unwrap_or_default();
    let has_notes = rows.iter().any(|row| !note(row).is_empty());
    let heading = if has_notes { "¤Criterion, and what the reviewer notes" } else { "¤Criterion" };
    let noted = |row: &Judged| Cell::Noted(full(&row.0.text, &row.0.short).to_owned(), note(row));
    let columns = vec![
        Column::new("No.").chars(3.6).cell(|row: &Judged| row.1.id.to_string().into()),
        Column::new(heading).share(1.0).cell(noted),
        Column::new("Fails in").cell(|row: &Judged| units_with(row.1, VoiceStanding::Fails).into()),
    ];
    Table::of(rows, columns).caption("Development areas of the whole")
}

/// Returns every criterion with what each unit says.
pub(super) fn criteria(whole: Whole) -> Part {
    let mut labels = whole.framework.scales.values().filter_map(|scale| scale.label(&whole.spec.grade));
    let held = labels.next().unwrap_or(&whole.spec.grade);
    let sentence = format!(
        "\u{201c}yes\u{201d} is {held}, \u{201c}no\u{201d} any other judgement, \u{201c}open\u{201d} no judgement yet; a dash is \
         left out of the share."
    );
    let sections = whole.framework.sections.iter().filter(|of| !of.criteria.is_empty());
    let parts = sections.map(|section| Part::new(section::title(section)).block(of_section(whole, section)));
    Part::new("¤Criteria in full").lying(Lies::Turned).lead([sentence]).part(parts)
}

/// Returns the table of a section's criteria.
fn of_section<'a>(whole: Whole<'a>, section: &'a Section) -> Table {
    let is_here = |of: &Judged| section.holds(&of.0.id);
    let rows: Vec<Judged> = whole.criteria().filter(is_here).collect();
    let mut columns = named();
    columns.extend((0..whole.of.units.len()).map(|at| {
        let voice = move |row: &Judged| row.1.voices.get(at).map_or(Cell::Empty, |voice| word(voice.standing));
        Column::new((at + 1).to_string()).chars(3.6).side(Side::Center).cell(voice)
    }));
    columns.extend([
        Column::new("By the rule")
            .cell(|row: &Judged| Cell::Strong(whole.grade(row.0, row.1.status.as_deref()).to_owned())),
        Column::new("Stated").cell(|row: &Judged| stated(whole, row)).only_if(whole.of.whole.is_some()),
    ]);
    Table::of(&rows, columns)
}

/// Returns how a unit's judgement is told.
fn word(standing: VoiceStanding) -> Cell {
    match standing {
        VoiceStanding::Holds => "yes".into(),
        VoiceStanding::Fails => Cell::Strong("no".to_owned()),
        VoiceStanding::Open => "open".into(),
        VoiceStanding::LeftOut => "\u{2013}".into(),
    }
}

/// Returns what the return about the whole says of a criterion, which stands out where it differs.
fn stated(whole: Whole, row: &Judged) -> Cell {
    let stated = row.1.stated.as_deref().map_or("\u{2013}", |stated| whole.grade(row.0, Some(stated)));
    if row.1.agrees == Some(false) { Cell::Strong(format!("{stated} (differs)")) } else { stated.into() }
}
