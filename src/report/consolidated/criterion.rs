//! The criteria over all units: where the whole's return says otherwise, strengths, development areas, and all in full.

use serde::Serialize;

use super::Whole;
use crate::framework::{Criterion, Section};
use crate::report::view::{Fact, remark, section};
use crate::review::{RemarkKind, RemarkRecord};
use crate::season::consolidation::{CriterionConsolidated, VoiceStanding};
use crate::words::{agree, capital, count};

/// Where the return about the whole, or a unit's column in it, says otherwise.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DisagreementsView {
    sentence: String,
    caption: String,
    rows: Vec<DisagreementRow>,
    column_sentence: Option<String>,
    column_caption: String,
    columns: Vec<Fact>,
}

/// A criterion that is judged otherwise.
#[derive(Clone, Debug, Serialize)]
struct DisagreementRow {
    id: String,
    text: String,
    by_rule: String,
    stated: String,
    fails: String,
}

/// The strengths of the whole.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StrengthsView {
    sentence: String,
    sections: Vec<Fact>,
}

/// The development areas of the whole.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DevelopmentsView {
    sentence: String,
    caption: String,
    rows: Vec<DevelopmentRow>,
    open_sentence: Option<String>,
}

/// A criterion that doesn't hold for the whole.
#[derive(Clone, Debug, Serialize)]
struct DevelopmentRow {
    id: String,
    text: String,
    fails: String,
    note: String,
}

/// Every criterion with what each unit says.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CriteriaView {
    sentence: String,
    columns: Vec<String>,
    stated: bool,
    sections: Vec<SectionRows>,
}

/// A section's criteria.
#[derive(Clone, Debug, Serialize)]
struct SectionRows {
    title: String,
    rows: Vec<CriterionRow>,
}

/// A criterion's row.
#[derive(Clone, Debug, Serialize)]
struct CriterionRow {
    id: String,
    text: String,
    voices: Vec<&'static str>,
    status: String,
    stated: String,
    agrees: bool,
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
pub(super) fn disagreements(whole: Whole) -> DisagreementsView {
    let kind = whole.spec.whole_kind.to_lowercase();
    let row = |(criterion, of): (&Criterion, &CriterionConsolidated)| {
        (of.agrees == Some(false)).then(|| DisagreementRow {
            id: of.id.to_string(),
            text: text(criterion),
            by_rule: whole.grade(criterion, of.status.as_deref()).to_owned(),
            stated: whole.grade(criterion, of.stated.as_deref()).to_owned(),
            fails: units_with(of, VoiceStanding::Fails),
        })
    };
    let rows: Vec<DisagreementRow> = whole.criteria().filter_map(row).collect();
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
    let columns = columns(whole);
    DisagreementsView {
        sentence,
        caption: format!("Criteria that the {kind} return judges otherwise"),
        rows,
        column_sentence: (!columns.is_empty()).then(|| {
            format!(
                "The {kind} return also has columns for the {} that say the opposite of their own returns.",
                whole.spec.plural
            )
        }),
        column_caption: format!("Criteria on which a {} and its column differ", whole.spec.noun),
        columns,
    }
}

/// Returns the criteria on which a unit and its column differ, by unit.
fn columns(whole: Whole) -> Vec<Fact> {
    let of_unit = |(at, unit): (usize, &crate::season::consolidation::UnitConsolidated)| {
        let differing: Vec<&str> =
            whole.of.columns_differing().filter(|(_, of)| *of == at).map(|(of, _)| of.id.as_str()).collect();
        (!differing.is_empty()).then(|| Fact::new(format!("{} {}", at + 1, unit.name), differing.join(", ")))
    };
    whole.of.units.iter().enumerate().filter_map(of_unit).collect()
}

/// Returns the strengths of the whole: what is praised, by section, with how much of the section holds.
pub(super) fn strengths(whole: Whole) -> StrengthsView {
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
    StrengthsView {
        sentence: format!(
            "{} for the whole and {} praised in a return.",
            capital(&count(praised, "criterion holds", "criteria hold")),
            agree(praised, "is", "are")
        ),
        sections: whole.framework.sections.iter().filter_map(of_section).collect(),
    }
}

/// Returns the development areas of the whole.
pub(super) fn developments(whole: Whole) -> DevelopmentsView {
    let row = |(criterion, of): (&Criterion, &CriterionConsolidated)| {
        whole.of.developments.contains(&of.id).then(|| DevelopmentRow {
            id: of.id.to_string(),
            text: text(criterion),
            fails: units_with(of, VoiceStanding::Fails),
            note: whole.whole().map(|review| remark::note(review, &of.id)).unwrap_or_default(),
        })
    };
    let rows: Vec<DevelopmentRow> = whole.criteria().filter_map(row).collect();
    let open = whole.of.outcome.missing.len();
    DevelopmentsView {
        sentence: match rows.len() {
            0 => "No criterion is known to fail for the whole.".to_owned(),
            number => format!(
                "{} for the whole. The {} where {} fails are numbered as above.",
                capital(&count(number, "criterion doesn\u{2019}t hold", "criteria don\u{2019}t hold")),
                whole.spec.plural,
                agree(number, "it", "each")
            ),
        },
        caption: "Development areas of the whole".to_owned(),
        rows,
        open_sentence: (open > 0).then(|| {
            format!(
                "{} still open: {}.",
                capital(&count(open, "criterion is", "criteria are")),
                whole.of.outcome.missing.join(", ")
            )
        }),
    }
}

/// Returns every criterion with what each unit says.
pub(super) fn criteria(whole: Whole) -> CriteriaView {
    let row = |criterion: &Criterion| {
        let of = whole.of.criteria.iter().find(|of| of.id == criterion.id.as_str())?;
        let word = |standing: VoiceStanding| match standing {
            VoiceStanding::Holds => "yes",
            VoiceStanding::Fails => "no",
            VoiceStanding::Open => "open",
            VoiceStanding::LeftOut => "\u{2013}",
        };
        let stated = of.stated.as_deref().map_or("\u{2013}", |stated| whole.grade(criterion, Some(stated)));
        Some(CriterionRow {
            id: of.id.to_string(),
            text: text(criterion),
            voices: of.voices.iter().map(|voice| word(voice.standing)).collect(),
            status: whole.grade(criterion, of.status.as_deref()).to_owned(),
            stated: stated.to_owned(),
            agrees: of.agrees != Some(false),
        })
    };
    let section =
        |of: &Section| SectionRows { title: section::title(of), rows: of.criteria.iter().filter_map(row).collect() };
    let held = whole
        .framework
        .scales
        .values()
        .find_map(|scale| crate::report::subject::label(scale, &whole.spec.grade))
        .unwrap_or(&whole.spec.grade);
    CriteriaView {
        sentence: format!(
            "\u{201c}yes\u{201d} is {held}, \u{201c}no\u{201d} any other judgement, \u{201c}open\u{201d} no judgement yet; a dash is \
             left out of the share."
        ),
        columns: (1..=whole.of.units.len()).map(|number| number.to_string()).collect(),
        stated: whole.of.whole.is_some(),
        sections: whole.framework.sections.iter().filter(|of| !of.criteria.is_empty()).map(section).collect(),
    }
}
