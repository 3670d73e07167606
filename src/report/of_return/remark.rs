//! What a reviewer notes as strengths and as development areas, section by section.

use super::section;
use crate::document::{Cell, Column, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{Criterion, CriterionId, Framework, Section};
use crate::report::subject::{Subjects, label};
use crate::review::Review;
use crate::review::{RemarkKind, RemarkRecord};
use crate::words::{agree, capital, count, list_of_at_most, sentence};

/// A criterion that is to be developed.
struct Development {
    id: String,
    text: String,
    grade: String,
    note: String,
}

/// Whether a form has remarks on what is good and on what is to be developed, and they were read.
pub(super) fn has_remarks(framework: &Framework, review: &Review) -> bool {
    let mut columns = framework.tables.iter().flat_map(|table| &table.columns);
    review.outcome.is_some() && columns.any(|column| column.remarks.is_some())
}

/// Returns what is good, section by section.
pub(super) fn strengths(framework: &Framework, review: &Review, subjects: &Subjects) -> Part {
    let best = |criterion: &&Criterion| subjects.level(criterion) == Some(Exact::one());
    let (reached, asked) = (framework.criteria().filter(best).count(), framework.criteria().count());
    let sentence = format!(
        "{reached} of {} {} the best grade. The reviewer\u{2019}s notes stand with the criteria that they are about.",
        count(asked, "criterion", "criteria"),
        agree(reached, "has", "have")
    );
    let held = |section: &Section| held(section, subjects);
    let noted = |section: &Section| {
        let notes = praise(review, &held(section));
        if notes.is_empty() { "\u{2013}".into() } else { Cell::Lines(notes) }
    };
    let reached = |section: &Section| format!("{} of {}", held(section).len(), section.criteria.len()).into();
    let columns = vec![
        Column::new("Section").share(1.0).cell(|section: &Section| section::title(section).into()),
        Column::new("Best grade").side(Side::Right).cell(reached),
        Column::new("What the reviewer notes").share(2.4).cell(noted),
    ];
    let table = Table::of(&framework.sections, columns).caption("What is good, by section");
    Part::new("Strengths").lead([sentence]).block(table)
}

/// Returns the criteria of a section that have the best grade.
fn held(section: &Section, subjects: &Subjects) -> Vec<CriterionId> {
    let best = |criterion: &&Criterion| subjects.level(criterion) == Some(Exact::one());
    section.criteria.iter().filter(best).map(|criterion| criterion.id.clone()).collect()
}

/// Returns what is noted as good at some criteria.
fn praise(review: &Review, held: &[CriterionId]) -> Vec<String> {
    let noted = review.remarks.iter().filter(|remark| held.contains(&remark.id));
    grouped(noted.filter(|remark| remark.kind == RemarkKind::Strength))
}

/// Returns what is to be developed, section by section.
pub(super) fn developments(framework: &Framework, review: &Review, subjects: &Subjects) -> Part {
    let rows = |section: &Section| -> Vec<Development> {
        section.criteria.iter().filter_map(|criterion| development(framework, review, subjects, criterion)).collect()
    };
    let sections: Vec<(&Section, Vec<Development>)> = framework
        .sections
        .iter()
        .map(|section| (section, rows(section)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    let sentence = match sections.iter().map(|(_, rows)| rows.len()).sum() {
        0 => "Every criterion that was judged has the best grade.".to_owned(),
        below => {
            let criteria = capital(&count(below, "criterion", "criteria"));
            format!("{criteria} {} below the best grade.", agree(below, "is", "are"))
        }
    };
    let parts = sections.iter().map(|(section, rows)| Part::new(section::title(section)).block(table(rows)));
    Part::new("Development areas").lead([sentence]).part(parts)
}

/// Returns the table of what is to be developed.
fn table(rows: &[Development]) -> Table {
    let noted = |row: &Development| Cell::Noted(row.text.clone(), row.note.clone());
    let columns = vec![
        Column::new("No.").chars(3.6).cell(|row: &Development| (&row.id).into()),
        Column::new("Criterion, and what the reviewer notes").share(1.0).cell(noted),
        Column::new("Judged").cell(|row: &Development| (&row.grade).into()),
    ];
    Table::of(rows, columns)
}

/// Returns a criterion that is to be developed; `None` where it has the best grade, or none.
fn development(
    framework: &Framework,
    review: &Review,
    subjects: &Subjects,
    criterion: &Criterion,
) -> Option<Development> {
    let id = criterion.id.as_str();
    let level = subjects.level(criterion)?;
    let grade = subjects.answer(id).and_then(|answer| answer.value.as_deref()).unwrap_or_default();
    (level < Exact::one()).then(|| Development {
        id: id.to_owned(),
        text: if criterion.text.is_empty() { &criterion.short } else { &criterion.text }.clone(),
        grade: label(framework.scale(criterion), grade).unwrap_or(grade).to_owned(),
        note: note(review, id),
    })
}

/// Returns notes, each once with the criteria that it stands at, the most frequent first.
pub(in crate::report) fn grouped<'a>(remarks: impl Iterator<Item = &'a RemarkRecord>) -> Vec<String> {
    let mut notes: Vec<(&str, Vec<&str>)> = Vec::new();
    for remark in remarks {
        match notes.iter_mut().find(|(text, _)| *text == remark.text) {
            Some((_, ids)) if ids.contains(&remark.id.as_str()) => {}
            Some((_, ids)) => ids.push(&remark.id),
            None => notes.push((&remark.text, vec![&remark.id])),
        }
    }
    notes.sort_by_key(|(_, ids)| std::cmp::Reverse(ids.len()));
    let said = |(text, ids): (&str, Vec<&str>)| {
        let text = sentence(&capital(text));
        format!("{} ({})", text.trim_end_matches('.'), list_of_at_most(&ids, 8))
    };
    notes.into_iter().map(said).collect()
}

/// Returns what is noted as to be developed at a criterion.
pub(in crate::report) fn note(review: &Review, id: &str) -> String {
    let noted = review.remarks.iter().filter(|remark| remark.id == id && remark.kind == RemarkKind::Development);
    noted.map(|remark| sentence(&capital(&remark.text))).collect::<Vec<_>>().join(" ")
}
