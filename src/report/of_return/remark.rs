//! What a reviewer notes as strengths and as development areas, section by section.

use super::section;
use crate::document::{Cell, Column, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{Criterion, Section};
use crate::report::subject::{Subjects, full};
use crate::review::{RemarkKind, RemarkRecord, Review};
use crate::words::{agree, capital, count, list_of_at_most, sentence};

/// Whether a form has remarks on what is good and on what is to be developed, and they were read.
pub(super) fn has_remarks(subjects: &Subjects) -> bool {
    let mut columns = subjects.framework.tables.iter().flat_map(|table| &table.columns);
    subjects.review.outcome.is_some() && columns.any(|column| column.remarks.is_some())
}

/// Returns what is good, section by section.
pub(super) fn strengths(subjects: &Subjects) -> Part {
    let (reached, asked) = subjects.best();
    let sentence = format!(
        "{reached} of {} that {} judged {} the best grade. The reviewer\u{2019}s notes stand with the ¤criteria that they are about.",
        count(asked, "¤criterion", "¤criteria"),
        agree(asked, "was", "were"),
        agree(reached, "has", "have")
    );
    let held = |section: &Section| section.criteria.iter().filter(|of| subjects.is_best(of)).count();
    let noted = |section: &Section| {
        let is_held =
            |id: &str| section.holds(id) && subjects.framework.criterion(id).is_some_and(|of| subjects.is_best(of));
        Cell::Lines(grouped([subjects.review], is_held))
    };
    let columns = vec![
        Column::new("¤Section").share(1.0).cell(|section: &Section| section::title(section).into()),
        Column::new("Best grade")
            .side(Side::Right)
            .cell(|section| format!("{} of {}", held(section), section.criteria.len()).into()),
        Column::new("What the reviewer notes").share(2.4).cell(noted),
    ];
    let table = Table::of(&subjects.framework.sections, columns).caption("What is good, by ¤section");
    Part::new("Strengths").lead([sentence]).block(table)
}

/// Returns what is to be developed, section by section.
pub(super) fn developments(subjects: &Subjects) -> Part {
    let is_below = |criterion: &&Criterion| subjects.level(criterion).is_some_and(|level| level < Exact::one());
    let below = subjects.framework.criteria().filter(is_below).count();
    let criteria = capital(&count(below, "¤criterion", "¤criteria"));
    let sentence = match below {
        0 => "Every ¤criterion that was judged has the best grade.".to_owned(),
        _ => format!("{criteria} {} below the best grade.", agree(below, "is", "are")),
    };
    let of_section = |section: &Section| {
        let rows: Vec<&Criterion> = section.criteria.iter().filter(is_below).collect();
        (!rows.is_empty()).then(|| Part::new(section::title(section)).block(table(&rows, subjects)))
    };
    let parts = subjects.framework.sections.iter().filter_map(of_section);
    Part::new("Development areas").lead([sentence]).part(parts)
}

/// Returns the table of what is to be developed.
fn table(rows: &[&Criterion], subjects: &Subjects) -> Table {
    let noted = |row: &&Criterion| Cell::Noted(full(&row.text, &row.short).to_owned(), note(subjects.review, &row.id));
    let judged = |row: &&Criterion| {
        let grade = subjects.answer(&row.id).and_then(|answer| answer.value.as_deref()).unwrap_or_default();
        subjects.framework.scale(row).label(grade).unwrap_or(grade).into()
    };
    let columns = vec![
        Column::new("No.").chars(3.6).cell(|row: &&Criterion| row.id.to_string().into()),
        Column::new("¤Criterion, and what the reviewer notes").share(1.0).cell(noted),
        Column::new("Judged").cell(judged),
    ];
    Table::of(rows, columns)
}

/// Returns what is noted as good at those criteria that are meant, each note once with the criteria that it stands at, the most
/// frequent first.
pub(in crate::report) fn grouped<'a>(
    reviews: impl IntoIterator<Item = &'a Review>,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<String> {
    let remarks = reviews.into_iter().flat_map(|review| &review.remarks);
    let is_praise = |remark: &&RemarkRecord| remark.kind == RemarkKind::Strength && is_meant(&remark.id);
    let mut notes: Vec<(&str, Vec<&str>)> = Vec::new();
    for remark in remarks.filter(is_praise) {
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
