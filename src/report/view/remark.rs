//! What a reviewer notes as strengths and as development areas, section by section.

use serde::Serialize;

use super::section;
use crate::exact::Exact;
use crate::framework::{Criterion, Framework, Section};
use crate::report::subject::{Subjects, label};
use crate::review::Review;
use crate::review::{RemarkKind, RemarkRecord};
use crate::words::{agree, capital, count, list_of_at_most, sentence};

/// Strengths and development areas as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(in crate::report) struct RemarksView {
    sentence: String,
    strengths: Vec<NotedSection>,
    development_sentence: String,
    developments: Vec<DevelopmentSection>,
}

/// What is good in a section.
#[derive(Clone, Debug, Serialize)]
struct NotedSection {
    title: String,
    reached: String,
    notes: Vec<String>,
}

/// What is to be developed in a section.
#[derive(Clone, Debug, Serialize)]
struct DevelopmentSection {
    title: String,
    rows: Vec<Development>,
}

/// A criterion that is to be developed.
#[derive(Clone, Debug, Serialize)]
pub(in crate::report) struct Development {
    pub(in crate::report) id: String,
    pub(in crate::report) text: String,
    pub(in crate::report) grade: String,
    pub(in crate::report) note: String,
}

/// Returns strengths and development areas; `None` where the form has no such remarks or nothing was read.
pub(super) fn view(framework: &Framework, review: &Review, subjects: &Subjects) -> Option<RemarksView> {
    review.outcome.as_ref()?;
    let columns = framework.tables.iter().flat_map(|table| &table.columns);
    columns.into_iter().find(|column| column.remarks.is_some())?;
    let best = |criterion: &&Criterion| subjects.level(criterion) == Some(Exact::one());
    let (reached, asked) = (framework.criteria().filter(best).count(), framework.criteria().count());
    let developments: Vec<DevelopmentSection> =
        framework.sections.iter().filter_map(|section| development(framework, review, subjects, section)).collect();
    let below = developments.iter().map(|section| section.rows.len()).sum();
    Some(RemarksView {
        sentence: format!(
            "{reached} of {} {} the best grade. The reviewer\u{2019}s notes stand with the criteria that they are about.",
            count(asked, "criterion", "criteria"),
            agree(reached, "has", "have")
        ),
        strengths: framework.sections.iter().map(|section| strength(review, subjects, section)).collect(),
        development_sentence: match below {
            0 => "Every criterion that was judged has the best grade.".to_owned(),
            below => format!(
                "{} {} below the best grade.",
                capital(&count(below, "criterion", "criteria")),
                agree(below, "is", "are")
            ),
        },
        developments,
    })
}

/// Returns what is good in a section.
fn strength(review: &Review, subjects: &Subjects, section: &Section) -> NotedSection {
    let best = |criterion: &&Criterion| subjects.level(criterion) == Some(Exact::one());
    let held: Vec<&str> = section.criteria.iter().filter(best).map(|criterion| criterion.id.as_str()).collect();
    let noted = review.remarks.iter().filter(|remark| held.contains(&remark.id.as_str()));
    NotedSection {
        title: section::title(section),
        reached: format!("{} of {}", held.len(), section.criteria.len()),
        notes: grouped(noted.filter(|remark| remark.kind == RemarkKind::Strength)),
    }
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

/// Returns what is to be developed in a section; `None` where nothing is.
fn development(
    framework: &Framework,
    review: &Review,
    subjects: &Subjects,
    section: &Section,
) -> Option<DevelopmentSection> {
    let row = |criterion: &Criterion| {
        let id = criterion.id.as_str();
        let level = subjects.level(criterion)?;
        let grade = subjects.answer(id).and_then(|answer| answer.value.as_deref()).unwrap_or_default();
        (level < Exact::one()).then(|| Development {
            id: id.to_owned(),
            text: if criterion.text.is_empty() { &criterion.short } else { &criterion.text }.clone(),
            grade: label(framework.scale(criterion), grade).unwrap_or(grade).to_owned(),
            note: note(review, id),
        })
    };
    let rows: Vec<Development> = section.criteria.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| DevelopmentSection { title: section::title(section), rows })
}

/// Returns what is noted as to be developed at a criterion.
pub(in crate::report) fn note(review: &Review, id: &str) -> String {
    let noted = review.remarks.iter().filter(|remark| remark.id == id && remark.kind == RemarkKind::Development);
    noted.map(|remark| sentence(&capital(&remark.text))).collect::<Vec<_>>().join(" ")
}
