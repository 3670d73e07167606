//! The criteria over all units: where the whole's return says otherwise, strengths, development areas, and all in full.

use super::Whole;
use crate::document::{Block, Cell, Column, Fact, Lies, Part, Side, Table};
use crate::framework::{Criterion, Section};
use crate::report::of_return::{remark, section};
use crate::report::pairs;
use crate::review::{RemarkKind, RemarkRecord};
use crate::season::consolidation::{CriterionConsolidated, VoiceStanding};
use crate::words::{agree, capital, count};

/// A criterion with what came of it.
type Judged<'a> = (&'a Criterion, &'a CriterionConsolidated);

/// The columns that begin each table of criteria.
fn named<'a>() -> Vec<Column<'a, Judged<'a>>> {
    vec![
        Column::new("No.").chars(3.6).cell(|row: &Judged| row.1.id.to_string().into()),
        Column::new("Criterion").share(1.0).cell(|row: &Judged| text(row.0).into()),
    ]
}

/// Returns a criterion's text, or its few words where it has none.
fn text(criterion: &Criterion) -> String {
    if criterion.text.is_empty() { criterion.short.clone() } else { criterion.text.clone() }
}

/// Returns the numbers of the units in which a criterion stands in this way.
fn units_with(of: &CriterionConsolidated, standing: VoiceStanding) -> String {
    let units = of.voices.iter().enumerate().filter(|(_, voice)| voice.standing == standing).map(|(at, _)| at);
    let numbers = Whole::numbers(units);
    if numbers.is_empty() { "none".to_owned() } else { numbers }
}

/// Returns where the return about the whole says otherwise.
pub(super) fn disagreements(whole: Whole) -> Part {
    let kind = whole.spec.whole_kind.to_lowercase();
    let rows: Vec<Judged> = whole.criteria().filter(|(_, of)| of.agrees == Some(false)).collect();
    let sentence = match (&whole.of.whole, rows.len()) {
        (None, _) => format!("No {kind} return was sent, so there is nothing to compare the rule with."),
        (Some(_), 0) => {
            format!("The {kind} return says of every criterion what the rule says, where both are settled.")
        }
        (Some(_), number) => format!(
            "On {} the {kind} return says otherwise than the rule. The judgement is the assessor\u{2019}s; each difference \
             is worth a word of explanation.",
            count(number, "criterion", "criteria")
        ),
    };
    let mut columns = named();
    columns.extend([
        Column::new("By the rule").cell(|row: &Judged| whole.grade(row.0, row.1.status.as_deref()).into()),
        Column::new("Stated").cell(|row: &Judged| whole.grade(row.0, row.1.stated.as_deref()).into()),
        Column::new("Fails in").cell(|row: &Judged| units_with(row.1, VoiceStanding::Fails).into()),
    ]);
    let table = Table::of(&rows, columns).caption(format!("Criteria that the {kind} return judges otherwise"));
    let differing = columns_differing(whole);
    let told = format!(
        "The {kind} return also has columns for the {} that say the opposite of their own returns.",
        whole.spec.plural
    );
    let by_unit = pairs(&differing, [&capital(&whole.spec.noun), "Criteria"])
        .caption(format!("Criteria on which a {} and its column differ", whole.spec.noun));
    Part::new("Where judgements differ")
        .lead([sentence])
        .block(table)
        .lead((!differing.is_empty()).then_some(told))
        .block(by_unit)
}

/// Returns the criteria on which a unit and its column differ, by unit.
fn columns_differing(whole: Whole) -> Vec<Fact> {
    let of_unit = |(at, unit): (usize, &crate::season::consolidation::UnitConsolidated)| {
        let differing: Vec<&str> =
            whole.of.columns_differing().filter(|(_, of)| *of == at).map(|(of, _)| of.id.as_str()).collect();
        (!differing.is_empty()).then(|| Fact::new(format!("{} {}", at + 1, unit.name), differing.join(", ")))
    };
    whole.of.units.iter().enumerate().filter_map(of_unit).collect()
}

/// Returns the strengths of the whole: what is praised, by section, with how much of the section holds.
pub(super) fn strengths(whole: Whole) -> Part {
    let remarks: Vec<&RemarkRecord> = whole
        .whole()
        .into_iter()
        .chain(whole.own().map(|(_, review)| review))
        .flat_map(|review| &review.remarks)
        .filter(|remark| remark.kind == RemarkKind::Strength && whole.of.strengths.contains(&remark.id))
        .collect();
    let of_section = |section: &Section| {
        let ids: Vec<&str> = section.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
        let mine = whole.of.criteria.iter().filter(|of| ids.contains(&of.id.as_str()));
        let held = mine.filter(|of| of.status.as_ref() == Some(&whole.spec.grade)).count();
        let notes = remark::grouped(remarks.iter().copied().filter(|remark| ids.contains(&remark.id.as_str())));
        let notes = if notes.is_empty() { String::new() } else { format!(" {}.", notes.join(". ")) };
        (held > 0).then(|| Fact::new(section::title(section), format!("{held} of {} hold.{notes}", ids.len())))
    };
    let praised = whole.of.strengths.len();
    let sentence = format!(
        "{} for the whole and {} praised in a return.",
        capital(&count(praised, "criterion holds", "criteria hold")),
        agree(praised, "is", "are")
    );
    let sections: Vec<Fact> = whole.framework.sections.iter().filter_map(of_section).collect();
    let sections = (!sections.is_empty()).then_some(Block::Labelled(sections));
    Part::new("Strengths").paragraphs([sentence]).blocks(sections)
}

/// Returns the development areas of the whole.
pub(super) fn developments(whole: Whole) -> Part {
    let rows: Vec<Judged> = whole.criteria().filter(|(_, of)| whole.of.developments.contains(&of.id)).collect();
    let open = whole.of.outcome.missing.len();
    let sentence = match rows.len() {
        0 => "No criterion is known to fail for the whole.".to_owned(),
        number => format!(
            "{} for the whole. The {} where {} fails are numbered as above.",
            capital(&count(number, "criterion doesn\u{2019}t hold", "criteria don\u{2019}t hold")),
            whole.spec.plural,
            agree(number, "it", "each")
        ),
    };
    let open_too = format!(
        "{} still open: {}.",
        capital(&count(open, "criterion is", "criteria are")),
        whole.of.outcome.missing.join(", ")
    );
    let part = Part::new("Development areas").lead([sentence]).block(to_develop(whole, &rows));
    part.paragraphs((open > 0).then_some(open_too))
}

/// Returns the table of criteria that don't hold for the whole.
fn to_develop(whole: Whole, rows: &[Judged]) -> Table {
    let note = |row: &Judged| whole.whole().map(|review| remark::note(review, &row.1.id)).unwrap_or_default();
    let noted = rows.iter().any(|row| !note(row).is_empty());
    let heading = if noted { "Criterion, and what the reviewer notes" } else { "Criterion" };
    let columns = vec![
        Column::new("No.").chars(3.6).cell(|row: &Judged| row.1.id.to_string().into()),
        Column::new(heading).share(1.0).cell(|row: &Judged| Cell::Noted(text(row.0), note(row))),
        Column::new("Fails in").cell(|row: &Judged| units_with(row.1, VoiceStanding::Fails).into()),
    ];
    Table::of(rows, columns).caption("Development areas of the whole")
}

/// Returns every criterion with what each unit says.
pub(super) fn criteria(whole: Whole) -> Part {
    let mut labels =
        whole.framework.scales.values().filter_map(|scale| crate::report::subject::label(scale, &whole.spec.grade));
    let held = labels.next().unwrap_or(&whole.spec.grade);
    let sentence = format!(
        "\u{201c}yes\u{201d} is {held}, \u{201c}no\u{201d} any other judgement, \u{201c}open\u{201d} no judgement yet; a dash is \
         left out of the share."
    );
    let sections = whole.framework.sections.iter().filter(|of| !of.criteria.is_empty());
    let parts = sections.map(|section| Part::new(section::title(section)).block(of_section(whole, section)));
    Part::new("Criteria in full").lying(Lies::Turned).lead([sentence]).part(parts)
}

/// Returns the table of a section's criteria.
fn of_section<'a>(whole: Whole<'a>, section: &'a Section) -> Table {
    let found =
        |criterion: &'a Criterion| Some((criterion, whole.of.criteria.iter().find(|of| of.id == *criterion.id)?));
    let rows: Vec<Judged> = section.criteria.iter().filter_map(found).collect();
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
