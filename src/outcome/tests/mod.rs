//! Frameworks and returns in a few lines, for the tests of scoring; each file beside this one tests one scheme or idea.

mod applies;
mod bounds;
mod code_of_practice;
mod completion;
mod display;
mod employer_involvement;
mod food_hygiene;
mod grades;
mod groups;
mod investors_in_people;
mod levels;
mod lower;
mod route;
mod rows;
mod search;
mod seqf;
mod weights;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Outcome, score};
use crate::exact::Exact;
use crate::finding::Findings;
use crate::framework::sample::field;
pub(super) use crate::framework::sample::{
    band, criterion, exact, expression, framework, measure, points_scale, scale, section,
};
use crate::framework::{
    Band, Better, Criterion, EntryKind, Field, FieldRole, Framework, Gate, Grades, Lookup, Measure, Mode, NamedValue,
    PackText, Personal, Presence, RaterId, RegisterColumn, RegisterSpec, RowOutcome, RowsAre, Section, Tense, Unusable,
    load,
};
use crate::returns::{Columns, Entry, EntryValue, Filled, Grading, Reading, Register, Return, Row, Standing};

/// Returns a gate.
pub(super) fn gate(id: &str, holds: &str, why: &str) -> Gate {
    Gate { id: id.into(), title: id.to_owned(), holds: expression(holds), why: why.to_owned() }
}

/// Returns a named value.
pub(super) fn value(name: &str, written: &str) -> NamedValue {
    NamedValue { name: name.to_owned(), title: name.to_owned(), value: expression(written) }
}

/// Returns a register with its key, its derived values and the outcome of a row.
pub(super) fn register(id: &str, columns: &[&str], derived: &[(&str, &str)], outcome: Option<&str>) -> RegisterSpec {
    let column = |id: &&str| RegisterColumn {
        id: (*id).into(),
        heading: (*id).to_owned(),
        also: Vec::new(),
        kind: EntryKind::Text,
        each: None,
        refers_to: None,
        personal: Personal::Refused,
        required: Presence::Optional,
        computed: None,
        states: None,
        unusable: Unusable::Open,
        applies: None,
        period: None,
    };
    RegisterSpec {
        id: id.into(),
        title: id.to_owned(),
        row_noun: "row".to_owned(),
        rows_are: RowsAre::People,
        sheet: "sheet".into(),
        columns: columns.iter().map(column).collect(),
        key: columns.first().map(|id| (*id).into()),
        begun_by: Vec::new(),
        ends_at: Vec::new(),
        derived: derived.iter().map(|(name, written)| value(name, written)).collect(),
        date_order: Vec::new(),
        outcome: outcome.map(|written| RowOutcome {
            value: expression(written),
            stated: None,
            stated_as: None,
            stated_order: Vec::new(),
            results: Vec::new(),
            actions: Vec::new(),
        }),
        complete: Vec::new(),
        required: Presence::Optional,
        plan: None,
    }
}

/// Returns the field of the data date.
pub(super) fn data_date_field() -> Field {
    field("data_date", "Data date", EntryKind::Date(Tense::Past), FieldRole::DataDate)
}

/// Returns who judges in all these tests.
pub(super) fn rater() -> RaterId {
    "self".into()
}

/// Returns a return that says nothing.
pub(super) fn empty_return() -> Return {
    Return::empty(rater())
}

/// Returns an entry that says something.
pub(super) fn given<T>(value: T) -> Entry<T> {
    Entry::unplaced(Reading::Given(value))
}

/// Returns a blank entry.
pub(super) fn blank<T>() -> Entry<T> {
    Entry::unplaced(Reading::Blank)
}

/// Returns the answer of a name on a criterion's scale; `-` is blank, `n/a` doesn't apply.
pub(super) fn answer(framework: &Framework, criterion: &Criterion, grade: &str) -> Entry<Grading> {
    let Grades::Listed(grades) = &framework.scale(criterion).grades else {
        let points = grade.parse().ok();
        return given(Grading { grade: grade.to_owned(), points, standing: Standing::Counts });
    };
    match (grade, grades.iter().find(|spec| spec.id == grade)) {
        ("-", _) => blank(),
        ("n/a", _) => given(Grading { grade: grade.to_owned(), points: None, standing: Standing::Dropped }),
        (_, Some(spec)) => {
            given(Grading { grade: grade.to_owned(), points: spec.points.clone(), standing: Standing::Counts })
        }
        (_, None) => panic!("`{grade}` is not on the scale"),
    }
}

/// Returns a return whose criteria are answered in the form's order, and whose measures have these points.
#[track_caller]
pub(super) fn answered(framework: &Framework, grades: &[&str], points: &[&str]) -> Return {
    let mut sent = empty_return();
    assert_eq!(framework.criteria().count(), grades.len());
    for (criterion, grade) in framework.criteria().zip(grades) {
        sent.answers.insert((rater(), criterion.id.clone()), answer(framework, criterion, grade));
    }
    for (measure, points) in framework.measures().zip(points) {
        let entry = points.parse().map_or_else(|_| blank(), given);
        sent.points.insert((rater(), measure.id.clone()), entry);
    }
    sent
}

/// Scores a return whose criteria are answered in the form's order.
#[track_caller]
pub(super) fn scored(framework: &Framework, grades: &[&str]) -> Outcome {
    score(framework, &answered(framework, grades, &[]), &rater())
}

/// Returns the framework of a pack.
#[track_caller]
pub(super) fn of_pack(text: &str) -> Framework {
    let mut findings = Findings::default();
    let pack = PackText { file: "framework.toml".to_owned(), text: text.to_owned(), form: None, criteria: None };
    load(&pack, &mut findings).unwrap_or_else(|| panic!("{findings:?}"))
}

/// Returns answers by their places among those that there can be; beyond them stands a blank.
pub(super) fn picked(picks: &[usize], answers: &[&'static str]) -> Vec<&'static str> {
    picks.iter().map(|pick| answers.get(*pick).copied().unwrap_or("-")).collect()
}

/// Returns all ways of filling blanks with the answers that there can be.
pub(super) fn ways(written: &[&'static str], answers: &[&'static str]) -> Vec<Vec<&'static str>> {
    written.iter().fold(vec![Vec::new()], |all, one| {
        let with = if *one == "-" { answers.to_vec() } else { vec![*one] };
        all.iter().flat_map(|before| with.iter().map(|answer| [before.as_slice(), &[*answer]].concat())).collect()
    })
}

/// Returns rows from lines of text, whose entries are apart by `|`: dates, numbers, texts, or blank.
#[track_caller]
pub(super) fn rows(columns: &[&str], lines: &[&str]) -> Register {
    let value = |written: &str| match (written.parse(), written.parse()) {
        (Ok(date), _) => EntryValue::Date(date),
        (Err(_), Ok(number)) => EntryValue::Number(number),
        (Err(_), Err(_)) => EntryValue::Text(written.into()),
    };
    let shared =
        Arc::new(Columns::new("Register", (1..).zip(columns).map(|(at, id)| ((*id).into(), Some(at))).collect()));
    let entry = |(id, written): (&&str, &str)| {
        let written = Some(written.trim()).filter(|written| !written.is_empty())?;
        Some(Filled {
            column: shared.position(id)?,
            reading: Reading::Given(value(written)),
            written: written.into(),
            day: None,
        })
    };
    let row = |(number, line): (u32, &&str)| {
        Row::new(number, Arc::clone(&shared), columns.iter().zip(line.split('|')).filter_map(entry).collect())
    };
    let rows = (2..).zip(lines).map(row).collect();
    Register::of_rows("Register", rows)
}

/// Returns between which ends a total lies.
pub(super) fn ends(outcome: &Outcome) -> (Exact, Exact) {
    let bounds = outcome.award.bounds.clone().unwrap();
    (bounds.lowest, bounds.highest)
}

/// Returns the name of a band.
pub(super) fn name(band: Option<&crate::framework::BandId>) -> &str {
    band.map_or("-", |band| band.as_str())
}
