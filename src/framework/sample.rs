//! Parts of frameworks in a few lines, for tests.

use std::collections::BTreeMap;

use super::expression::Expression;
use super::{
    Band, Better, CalendarStep, Criterion, EntryKind, Field, FieldRole, Framework, Grade, Grades, Lookup, Measure,
    Mode, NotApplicable, OutcomeSpec, Presence, Scale, ScaleId, Section, StepKind,
};
use crate::exact::Exact;
use crate::words::Nouns;

/// Reads an exact number.
#[track_caller]
pub(crate) fn exact(written: &str) -> Exact {
    written.parse().unwrap()
}

/// Reads an expression.
#[track_caller]
pub(crate) fn expression(written: &str) -> Expression {
    Expression::parse(written).unwrap_or_else(|error| panic!("{written}: {error}"))
}

/// Returns a framework without anything, whose total is an expression.
pub(crate) fn framework(total: &str) -> Framework {
    Framework {
        id: "small".into(),
        version: "1".to_owned(),
        title: "Small".to_owned(),
        owner: "Nobody".to_owned(),
        return_noun: "return".to_owned(),
        nouns: Nouns::default(),
        valid_from: None,
        valid_until: None,
        provenance: String::new(),
        illustrative: true,
        members: Vec::new(),
        raters: Vec::new(),
        scales: BTreeMap::new(),
        sections: Vec::new(),
        groups: BTreeMap::new(),
        applies: Vec::new(),
        values: Vec::new(),
        grades: Vec::new(),
        outcome: OutcomeSpec {
            total: expression(total),
            unit: "points".to_owned(),
            decimals: 1,
            mode: Mode::Cascade,
            bands: Vec::new(),
            gates: Vec::new(),
            levels: Vec::new(),
            better: Better::Higher,
            near: None,
            incomplete: Some("Incomplete".to_owned()),
            again: None,
        },
        sheets: Vec::new(),
        fields: Vec::new(),
        tables: Vec::new(),
        registers: Vec::new(),
        stated: Vec::new(),
        fillers: Vec::new(),
        requirements: Vec::new(),
        kinds: Vec::new(),
        consolidation: None,
        rules: Vec::new(),
        severities: BTreeMap::new(),
        one_for_each: Vec::new(),
        tolerance: None,
        calendar: Vec::new(),
        report: None,
        form: None,
    }
}

/// Returns a scale of answers, each with its points; `?` is an answer that leaves the outcome open.
pub(crate) fn scale(grades: &[(&str, &str)], better: Better) -> Scale {
    let grade = |(id, points): &(&str, &str)| Grade {
        id: (*id).to_owned(),
        points: points.parse().ok(),
        label: None,
        written: Vec::new(),
        not_advised: false,
    };
    Scale {
        grades: Grades::Listed(grades.iter().map(grade).collect()),
        placeholders: Vec::new(),
        missing: Vec::new(),
        not_applicable: NotApplicable::Refused,
        better,
        unit: None,
    }
}

/// Returns a scale whose answers are their points.
pub(crate) fn points_scale(points: &[&str], better: Better) -> Scale {
    scale(&points.iter().map(|points| (*points, *points)).collect::<Vec<_>>(), better)
}

/// Returns a section with criteria of one scale, named by the section's name and a number.
pub(crate) fn section(id: &str, criteria: usize, scale: &str) -> Section {
    let criterion = |number: usize| criterion(&format!("{id}{number}"), scale, &[]);
    Section {
        id: id.into(),
        title: format!("Section {id}"),
        weight: None,
        weight_from: None,
        weights_in: None,
        sheet: None,
        criteria: (1..=criteria).map(criterion).collect(),
        measures: Vec::new(),
    }
}

/// Returns a criterion.
pub(crate) fn criterion(id: &str, scale: &str, tags: &[&str]) -> Criterion {
    Criterion {
        id: id.into(),
        text: String::new(),
        short: String::new(),
        scale: ScaleId::from(scale),
        weight: None,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        levels: Vec::new(),
        note: None,
    }
}

/// Returns a measure.
pub(crate) fn measure(id: &str, maximum: &str, lookup: Option<Lookup>) -> Measure {
    Measure {
        id: id.into(),
        text: String::new(),
        short: String::new(),
        unit: "%".to_owned(),
        least: None,
        greatest: None,
        decimals: 1,
        maximum: exact(maximum),
        lookup,
        from_register: None,
        cohort: None,
        small_cohort: None,
        register: None,
    }
}

/// Returns a band with the least total and its gates; an empty limit is none.
pub(crate) fn band(id: &str, at_least: &str, gates: &[&str]) -> Band {
    Band {
        id: id.into(),
        title: id.to_owned(),
        written: Vec::new(),
        at_least: at_least.parse().ok(),
        over: None,
        at_most: None,
        under: None,
        printed_to: None,
        again: false,
        gates: gates.iter().map(|gate| (*gate).into()).collect(),
    }
}

/// Returns a dated step of the return itself.
pub(crate) fn step(id: &str, due: &str) -> CalendarStep {
    CalendarStep {
        id: id.into(),
        title: id.to_owned(),
        kind: StepKind::Task,
        over: None,
        when: None,
        due: expression(due),
        done: None,
        arrival_of: None,
        again: false,
        basis: None,
    }
}

/// Returns a field of the cover that must be filled in and plays a role.
pub(crate) fn field(id: &str, label: &str, kind: EntryKind, role: FieldRole) -> Field {
    Field {
        id: id.into(),
        sheet: "cover".into(),
        label: label.to_owned(),
        also: Vec::new(),
        row: None,
        kind,
        required: Presence::Required,
        role: Some(role),
    }
}
